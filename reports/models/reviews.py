"""Review conferences (sơ kết), the figures frozen for them, and the packs handed out."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from accounts.models import AppendOnly, AppendOnlyQuerySet
from assignments.models.entries import Entered, Withdrawable, withdrawn_with_reason
from communes.fields import LinesField, NameField, SearchKeyField
from communes.models import SearchableQuerySet
from reports.models.documents import DocumentTemplate, IssuedDocument, OfWhoSeesAllQuerySet
from reports.models.periods import Period


class ReviewQuerySet(OfWhoSeesAllQuerySet, SearchableQuerySet):
    """Reviews."""

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Review(Entered, Withdrawable):
    """One review: its conference, the quarters it speaks of, the text and dress of its report.

    ``texts`` holds the parts of the report the office wrote itself, by the part's key; a part that
    is missing there is drafted from the frozen figures. ``edition`` counts writes.
    """

    name = NameField("tên hội nghị, kỳ sơ kết", max_length=200)
    first_quarter = models.ForeignKey(
        Period, verbose_name="từ quý", on_delete=models.PROTECT, related_name="+"
    )
    last_quarter = models.ForeignKey(
        Period, verbose_name="đến quý", on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField("số liệu tính đến hết ngày")
    held_on = models.DateField("ngày họp", null=True, blank=True)
    report_day = models.DateField(
        "ngày ghi trên báo cáo",
        null=True,
        blank=True,
        help_text="Bỏ trống thì ghi ngày lập tài liệu. Thể thức theo hướng dẫn có hiệu lực "
        "vào ngày này.",
    )
    document = models.ForeignKey(
        IssuedDocument,
        verbose_name="số văn bản của báo cáo",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    recipients = LinesField(
        "nơi nhận", blank=True, max_length=2000, help_text="Mỗi dòng một nơi; không ghi dấu gạch."
    )
    signer = NameField("người ký", max_length=120, blank=True)
    template = models.ForeignKey(
        DocumentTemplate,
        verbose_name="mẫu báo cáo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    texts = models.JSONField("nội dung báo cáo", default=dict, blank=True, editable=False)
    edition = models.PositiveIntegerField("lần ghi", default=1, editable=False)
    search_key = SearchKeyField(sources=("name",))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ sơ kết"
        verbose_name_plural = "kỳ sơ kết"
        ordering = ["-day", "-pk"]
        constraints = [
            withdrawn_with_reason("reports_review"),
            models.UniqueConstraint(
                name="reports_review_name_and_day",
                fields=("name", "day"),
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Đã có kỳ sơ kết cùng tên, cùng ngày tính số liệu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FrozenQuerySet(OfWhoSeesAllQuerySet, AppendOnlyQuerySet):
    """What was frozen."""


class FrozenFigures(AppendOnly):
    """Everything a review's papers say, as it was at one moment. Written once.

    ``parameters`` are what the figures depend on (day, quarters, settings, regulation);
    ``sheets`` the workbook's lists as they were; ``checksum`` is SHA-256 over both and the
    figures with their members.
    """

    review = models.ForeignKey(
        Review, verbose_name="kỳ sơ kết", on_delete=models.PROTECT, related_name="freezes"
    )
    number = models.PositiveSmallIntegerField("lần chốt")
    frozen_at = models.DateTimeField("chốt lúc", default=clock.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người chốt",
        on_delete=models.PROTECT,
        related_name="+",
    )
    parameters = models.JSONField("tham số", default=dict, blank=True)
    sheets = models.JSONField("các danh sách", default=list, blank=True)
    checksum = models.CharField("mã kiểm tra (SHA-256)", max_length=64)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu đã chốt"
        verbose_name_plural = "số liệu đã chốt"
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="reports_frozenfigures_numbered_once",
                fields=("review", "number"),
                violation_error_message="Kỳ sơ kết này vừa có người chốt số liệu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}, chốt lần {self.number}"


class FrozenFigure(AppendOnly):
    """One figure as it was frozen: its words, its value, and how much each member adds to it."""

    frozen = models.ForeignKey(
        FrozenFigures, verbose_name="lần chốt", on_delete=models.PROTECT, related_name="figures"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    key = models.CharField("mã", max_length=60)
    label = models.CharField("chỉ tiêu", max_length=200)
    sentence = models.TextField("định nghĩa")
    value = models.IntegerField("giá trị")
    members = models.JSONField("thành phần", default=dict, blank=True)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu đã chốt"
        verbose_name_plural = "chỉ tiêu đã chốt"
        ordering = ["frozen", "position"]
        constraints = [
            models.UniqueConstraint(
                name="reports_frozenfigure_once_a_freeze",
                fields=("frozen", "key"),
                violation_error_message="Chỉ tiêu này đã có trong lần chốt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


class ReviewPack(models.Model):
    """The papers of one freeze, made part by part and then handed out as one zip.

    ``parameters`` are what the papers depend on beside the freeze, kept when the pack is begun.
    """

    frozen = models.ForeignKey(
        FrozenFigures,
        verbose_name="số liệu đã chốt",
        on_delete=models.PROTECT,
        related_name="packs",
    )
    parameters = models.JSONField("tham số", default=dict, blank=True)
    begun_at = models.DateTimeField("bắt đầu lập lúc", default=clock.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người lập",
        on_delete=models.PROTECT,
        related_name="+",
    )
    finished_at = models.DateTimeField("lập xong lúc", null=True, blank=True)

    objects = OfWhoSeesAllQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tài liệu"
        verbose_name_plural = "bộ tài liệu"
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"Bộ tài liệu của {self.frozen}"


def pack_path(stored: PackFile, file_name: str) -> str:
    """Give a stored name nobody can guess."""
    return f"so-ket/{stored.made_at:%Y}/{uuid.uuid4()}"


class PackFile(models.Model):
    """One file of a pack, as it was made."""

    pack = models.ForeignKey(
        ReviewPack, verbose_name="bộ tài liệu", on_delete=models.PROTECT, related_name="files"
    )
    part = models.CharField("phần", max_length=30)
    name = models.CharField("tên tệp", max_length=150)
    file = models.FileField("tệp", upload_to=pack_path, max_length=200)
    size = models.PositiveIntegerField("số byte")
    checksum = models.CharField("mã kiểm tra (SHA-256)", max_length=64)
    missing = models.JSONField("chỗ còn thiếu", default=list, blank=True)
    made_at = models.DateTimeField("lập lúc", default=clock.now)

    objects = OfWhoSeesAllQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp của bộ tài liệu"
        verbose_name_plural = "tệp của bộ tài liệu"
        ordering = ["pack", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="reports_packfile_part_once",
                fields=("pack", "part"),
                violation_error_message="Phần này của bộ tài liệu đã lập xong.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
