"""Communes that were merged, divided, renamed: the events, and who stands for whom since."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts import clock
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from communes.enums import Extent
from communes.fields import NameField
from communes.models.places import Commune
from communes.periods import NoOverlap, covers


class ReorganisationQuerySet(models.QuerySet):
    """Reorganisations."""

    def visible_to(self, user: User):
        """Keep all for who sees all, none for anybody else."""
        return self if allowed(user, Permission.VIEW_ALL) else self.none()

    def in_force(self):
        """Keep what was applied and not undone."""
        return self.filter(applied_at__isnull=False, undone_at__isnull=True)

    def drafts(self):
        """Keep what is being prepared."""
        return self.filter(applied_at__isnull=True, dropped_at__isnull=True)


class Reorganisation(models.Model):
    """One rearrangement of communes by a resolution, from the mapping read to its application.

    ``mapping`` are the rows of the workbook as read, ``choices`` what the office decided of each
    new unit; ``digest`` is of the world the preview was made of. ``journal`` is what the
    application changed, from which it can be undone.
    """

    resolution = NameField("số nghị quyết", max_length=60)
    subject = NameField("trích yếu", max_length=300, blank=True)
    effective_on = models.DateField("có hiệu lực từ ngày")
    ends_districts = models.BooleanField("kết thúc hoạt động cấp huyện từ ngày này", default=False)
    file_name = models.CharField("tên tệp", max_length=200, blank=True, editable=False)
    mapping = models.JSONField("bảng đối chiếu đã đọc", default=list, blank=True, editable=False)
    choices = models.JSONField("lựa chọn", default=dict, blank=True, editable=False)
    digest = models.CharField("mã kiểm tra", max_length=64, blank=True, editable=False)
    journal = models.JSONField("các thay đổi đã ghi", default=list, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người lập",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("lập lúc", default=clock.now, editable=False)
    applied_at = models.DateTimeField("áp dụng lúc", null=True, blank=True, editable=False)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True, editable=False)
    undo_reason = NameField("lý do hoàn tác", max_length=300, blank=True, editable=False)
    dropped_at = models.DateTimeField("bỏ dự thảo lúc", null=True, blank=True, editable=False)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "lần sắp xếp đơn vị hành chính"
        verbose_name_plural = "các lần sắp xếp đơn vị hành chính"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="communes_reorganisation_undone_after_applied",
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False),
                violation_error_message="Chưa áp dụng thì không có gì để hoàn tác.",
            ),
            models.CheckConstraint(
                name="communes_reorganisation_undone_with_reason",
                condition=Q(undone_at__isnull=True, undo_reason="")
                | Q(undone_at__isnull=False) & ~Q(undo_reason=""),
                violation_error_message="Hoàn tác thì phải ghi lý do.",
            ),
            models.CheckConstraint(
                name="communes_reorganisation_dropped_unapplied",
                condition=Q(dropped_at__isnull=True) | Q(applied_at__isnull=True),
                violation_error_message="Đã áp dụng thì không bỏ dự thảo được.",
            ),
        ]

    def __str__(self) -> str:
        return f"Nghị quyết {self.resolution}, hiệu lực {self.effective_on:%d/%m/%Y}"

    @property
    def is_in_force(self) -> bool:
        return self.applied_at is not None and self.undone_at is None

    @property
    def is_draft(self) -> bool:
        return self.applied_at is None and self.dropped_at is None


class Succession(models.Model):
    """One line of an applied mapping: the old unit went, wholly or in part, into the new one.

    Every old unit has one main heir, which keeps its records: so that each record is read under
    exactly one new unit.
    """

    reorganisation = models.ForeignKey(
        Reorganisation,
        verbose_name="lần sắp xếp",
        on_delete=models.PROTECT,
        related_name="successions",
    )
    old = models.ForeignKey(
        Commune, verbose_name="đơn vị cũ", on_delete=models.PROTECT, related_name="successors"
    )
    new = models.ForeignKey(
        Commune, verbose_name="đơn vị mới", on_delete=models.PROTECT, related_name="predecessors"
    )
    extent = models.CharField(
        "phần chuyển sang", max_length=10, choices=Extent, default=Extent.WHOLE
    )
    is_main = models.BooleanField("kế thừa hồ sơ", default=True)

    class Meta:
        verbose_name = "dòng đối chiếu đơn vị"
        verbose_name_plural = "đối chiếu đơn vị cũ, đơn vị mới"
        ordering = ["reorganisation", "old__sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communes_succession_extent_known",
                condition=Q(extent__in=Extent.values),
                violation_error_message="Phần chuyển sang không hợp lệ.",
            ),
            models.CheckConstraint(
                name="communes_succession_of_another",
                condition=~Q(old=F("new")),
                violation_error_message="Đơn vị mới phải khác đơn vị cũ.",
            ),
            models.CheckConstraint(
                name="communes_succession_whole_is_main",
                condition=Q(is_main=True) | Q(extent=Extent.PART),
                violation_error_message="Chuyển toàn bộ thì hồ sơ đi theo.",
            ),
            models.UniqueConstraint(
                name="communes_succession_once",
                fields=["old", "new"],
                violation_error_message="Hai đơn vị này đã được đối chiếu.",
            ),
            models.UniqueConstraint(
                name="communes_succession_one_heir",
                fields=["old"],
                condition=Q(is_main=True),
                violation_error_message="Hồ sơ của đơn vị cũ chỉ theo một đơn vị mới.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class DescentQuerySet(models.QuerySet):
    """Descents."""

    def on(self, day: dt.date):
        """Keep those of ``day``."""
        return self.filter(covers(day))

    def main(self):
        """Keep those along which records go."""
        return self.filter(is_main=True)


class Descent(models.Model):
    """From ``started_on`` up to ``ended_on``, ``new`` stands for what was once ``old``.

    Successions joined over any number of events; written by
    :func:`communes.reorganisation.descents.rebuild` alone.
    """

    old = models.ForeignKey(
        Commune, verbose_name="đơn vị cũ", on_delete=models.PROTECT, related_name="heirs"
    )
    new = models.ForeignKey(
        Commune,
        verbose_name="đơn vị đang kế thừa",
        on_delete=models.PROTECT,
        related_name="origins",
    )
    started_on = models.DateField("từ ngày")
    ended_on = models.DateField("đến trước ngày", null=True, blank=True)
    is_main = models.BooleanField("kế thừa hồ sơ", default=True)

    objects = DescentQuerySet.as_manager()

    class Meta:
        verbose_name = "quan hệ kế thừa đơn vị"
        verbose_name_plural = "quan hệ kế thừa đơn vị"
        ordering = ["old", "started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communes_descent_dates_in_order",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            NoOverlap(
                name="communes_descent_one_heir",
                fields=("old",),
                condition=Q(is_main=True),
                violation_error_message="Mỗi ngày hồ sơ của một đơn vị chỉ theo một đơn vị.",
            ),
            NoOverlap(
                name="communes_descent_once",
                fields=("old", "new"),
                violation_error_message="Quan hệ kế thừa này đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
