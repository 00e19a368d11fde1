"""Duties of a period excused, or their not being done explained."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Q, When

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import DutyKind
from assignments.models import Officer
from assignments.models.entries import Entered, known
from communes.fields import LinesField, NameField
from communes.models import Commune
from reports.enums import WaiverEffect
from reports.models.periods import Period

# Neither decided nor taken back.
WAITING = Q(is_accepted__isnull=True, withdrawn_on__isnull=True)


class WaiverQuerySet(models.QuerySet):
    """Waivers and explanations."""

    def visible_to(self, user: User):
        """Keep all for who sees all; else those of the user's own officers."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(officer__in=Officer.objects.of_user(user).values("pk"))

    def waiting(self):
        """Keep what the office has not decided, nor was taken back."""
        return self.filter(WAITING)

    def standing_or_waiting_on(self, day: dt.date):
        """Keep that and what waits for the office; ``stands`` says which."""
        rows = self.filter(stands_on(day) | WAITING)
        return rows.annotate(stands=Case(When(stands_on(day), then=True), default=False))


def stands_on(day: dt.date) -> Q:
    """Give the condition that a waiver counts on ``day``."""
    not_taken_back = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
    return Q(is_accepted=True, decided_on__lte=day) & not_taken_back


class Waiver(Entered):
    """A duty of a period excused ("miễn"), or its not being done explained ("có lý do").

    It counts from the day the office accepts it until it is taken back. ``commune`` is empty for
    a duty owed once by the officer, whatever their communes.
    """

    officer = models.ForeignKey(
        Officer, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="waivers"
    )
    commune = models.ForeignKey(
        Commune,
        verbose_name="Đảng bộ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="waivers",
    )
    period = models.ForeignKey(
        Period, verbose_name="kỳ", on_delete=models.PROTECT, related_name="waivers"
    )
    duty_kind = models.CharField("nhiệm vụ", max_length=20, choices=DutyKind)
    effect = models.CharField("đề nghị", max_length=10, choices=WaiverEffect)
    times = models.PositiveSmallIntegerField(
        "số lần", default=1, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    reason = LinesField("lý do")
    document = NameField("văn bản kèm theo", max_length=200, blank=True)
    is_accepted = models.BooleanField("được chấp nhận", null=True, blank=True, editable=False)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người quyết định",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decision_note = NameField("ý kiến của cơ quan", max_length=300, blank=True)
    withdrawn_on = models.DateField("ngày rút lại", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người rút lại",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawal_reason = NameField("lý do rút lại", max_length=300, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = "miễn, lý do"
        verbose_name_plural = "miễn, lý do"
        ordering = ["-entered_at", "-pk"]
        constraints = [
            known("reports_waiver", "duty_kind", DutyKind, "Nhiệm vụ không hợp lệ."),
            known("reports_waiver", "effect", WaiverEffect, "Đề nghị không hợp lệ."),
            models.CheckConstraint(
                name="reports_waiver_times_plausible",
                condition=Q(times__range=(1, 99)),
                violation_error_message="Số lần phải từ 1 đến 99.",
            ),
            models.CheckConstraint(
                name="reports_waiver_decided_whole",
                condition=Q(is_accepted__isnull=True, decided_on__isnull=True)
                | Q(is_accepted__isnull=False, decided_on__isnull=False),
                violation_error_message="Quyết định phải có cả ngày.",
            ),
            models.CheckConstraint(
                name="reports_waiver_refused_with_reason",
                condition=~Q(is_accepted=False) | ~Q(decision_note=""),
                violation_error_message="Không chấp nhận thì phải ghi lý do.",
            ),
            models.CheckConstraint(
                name="reports_waiver_withdrawn_with_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | Q(withdrawn_on__isnull=False) & ~Q(withdrawal_reason=""),
                violation_error_message="Rút lại thì phải ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_kind_display()}, {self.officer.full_name}, {self.period}"
