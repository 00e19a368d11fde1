"""Plans of reassignment: proposed by the solver, changed by hand, applied under one decision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts import clock
from accounts.enums import Permission
from accounts.models import AppendOnly, AppendOnlyQuerySet, User
from accounts.permissions import allowed
from assignments.enums import PlanVariant
from assignments.models.assignments import Decision, Officer
from assignments.models.entries import Entered, Withdrawable, withdrawn_with_reason
from communes.fields import LinesField, NameField
from communes.models import Commune


class PlanQuerySet(models.QuerySet):
    """Plans of reassignment."""

    def visible_to(self, user: User):
        """Keep all for who sees all, none for anybody else: personnel is not told beforehand."""
        return self if allowed(user, Permission.VIEW_ALL) else self.none()

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def drafts(self):
        """Keep what is still being discussed."""
        return self.standing().filter(applied_at__isnull=True)


class ReassignmentPlan(Entered, Withdrawable):
    """One plan: who leaves, which communes need somebody, within which limits, from which day.

    ``parameters`` is what was asked (:mod:`assignments.planning`), ``solutions`` what the solver
    answered for each variant; its rows (:class:`PlannedRow`) are the variant chosen, as changed by
    hand. ``world`` is the digest of the assignments it was computed of: a plan is applied to that
    world or not at all. ``edition`` counts writes.
    """

    name = NameField("tên phương án", max_length=200)
    starts_on = models.DateField("thực hiện từ ngày")
    parameters = models.JSONField("yêu cầu, giới hạn", default=dict, blank=True, editable=False)
    solutions = models.JSONField(
        "các phương án tính được", default=dict, blank=True, editable=False
    )
    variant = models.CharField(
        "phương án chọn", max_length=20, choices=PlanVariant, blank=True, editable=False
    )
    world = models.CharField("mã kiểm tra phân công", max_length=64, blank=True, editable=False)
    edition = models.PositiveIntegerField("lần ghi", default=1, editable=False)
    decision = models.ForeignKey(
        Decision,
        verbose_name="quyết định",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="plans",
    )
    applied_at = models.DateTimeField("áp dụng lúc", null=True, blank=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "phương án phân công"
        verbose_name_plural = "phương án phân công"
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="assignments_reassignmentplan_variant_known",
                condition=Q(variant="") | Q(variant__in=PlanVariant.values),
                violation_error_message="Phương án không hợp lệ.",
            ),
            models.CheckConstraint(
                name="assignments_reassignmentplan_applied_by_decision",
                condition=Q(applied_at__isnull=True, decision__isnull=True)
                | Q(applied_at__isnull=False, decision__isnull=False),
                violation_error_message="Áp dụng phương án thì phải ghi quyết định.",
            ),
            models.CheckConstraint(
                name="assignments_reassignmentplan_applied_not_withdrawn",
                condition=Q(applied_at__isnull=True) | Q(withdrawn_at__isnull=True),
                violation_error_message="Phương án đã áp dụng thì không bỏ được.",
            ),
            withdrawn_with_reason("assignments_reassignmentplan"),
        ]

    def __str__(self) -> str:
        return self.name


class PlannedRow(models.Model):
    """What a plan changes in one commune: who follows it before and after, as main officer."""

    plan = models.ForeignKey(
        ReassignmentPlan, verbose_name="phương án", on_delete=models.CASCADE, related_name="rows"
    )
    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="planned_rows"
    )
    before = models.ForeignKey(
        Officer,
        verbose_name="người đang phụ trách",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    after = models.ForeignKey(
        Officer,
        verbose_name="người được phân công",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_manual = models.BooleanField("sửa tay", default=False)

    class Meta:
        verbose_name = "dòng phương án"
        verbose_name_plural = "dòng phương án"
        ordering = ["plan", "commune__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="assignments_plannedrow_once",
                fields=["plan", "commune"],
                violation_error_message="Đảng bộ này đã có trong phương án.",
            ),
            models.CheckConstraint(
                name="assignments_plannedrow_changes",
                condition=Q(before__isnull=True) | Q(after__isnull=True) | ~Q(before=F("after")),
                violation_error_message="Người trước và người sau phải khác nhau.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune}: {self.before or 'chưa có'} → {self.after or 'chưa có'}"


class PlanComment(AppendOnly):
    """What somebody said of a plan; only ever added."""

    plan = models.ForeignKey(
        ReassignmentPlan,
        verbose_name="phương án",
        on_delete=models.CASCADE,
        related_name="comments",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người cho ý kiến",
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("lúc", default=clock.now)
    text = LinesField("ý kiến", max_length=2000)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến về phương án"
        verbose_name_plural = "ý kiến về phương án"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:50]}"
