"""Periods of counting, and duties of a period excused or explained."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import DutyKind, PeriodKind
from assignments.models import Officer
from assignments.models.entries import Entered, known
from communes.as_of import EARLIEST, LATEST
from communes.fields import LinesField, NameField
from communes.models import Commune
from communes.periods import NoOverlap
from reports.enums import WaiverEffect

ORDER_SENTENCE = "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."
ROMAN = ("", "I", "II", "III", "IV")
# How many periods of each kind a year has.
PER_YEAR = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF_YEAR: 2,
    PeriodKind.YEAR: 1,
}


class PeriodQuerySet(models.QuerySet):
    """Periods."""

    def containing(self, day: dt.date):
        """Keep the periods ``day`` lies in: one of each kind at most."""
        return self.filter(started_on__lte=day, ended_on__gt=day)

    def begun_by(self, day: dt.date):
        """Keep the periods that had begun by ``day``."""
        return self.filter(started_on__lte=day)


class Period(models.Model):
    """A month, quarter, half or whole year with its own explicit days.

    An office may count from the 15th (NĐ 09/2019 calendar): nothing is derived from the calendar.
    """

    kind = models.CharField("loại kỳ", max_length=10, choices=PeriodKind)
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(EARLIEST.year), MaxValueValidator(LATEST.year)]
    )
    number = models.PositiveSmallIntegerField(
        "thứ tự trong năm", help_text="Tháng 1–12, quý 1–4, nửa năm 1–2, năm 1."
    )
    started_on = models.DateField("từ ngày")
    ended_on = models.DateField("hết kỳ từ ngày", help_text="Ngày đầu tiên sau kỳ.")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ"
        verbose_name_plural = "kỳ tính"
        ordering = ["-started_on", "kind", "pk"]
        constraints = [
            known("reports_period", "kind", PeriodKind, "Loại kỳ không hợp lệ."),
            models.CheckConstraint(
                name="reports_period_dates_in_order",
                condition=Q(ended_on__gt=F("started_on")),
                violation_error_message=ORDER_SENTENCE,
            ),
            models.CheckConstraint(
                name="reports_period_number_within_year",
                condition=Q(number__gte=1)
                & (
                    Q(kind=PeriodKind.MONTH, number__lte=12)
                    | Q(kind=PeriodKind.QUARTER, number__lte=4)
                    | Q(kind=PeriodKind.HALF_YEAR, number__lte=2)
                    | Q(kind=PeriodKind.YEAR, number=1)
                ),
                violation_error_message="Thứ tự trong năm không hợp với loại kỳ.",
            ),
            models.UniqueConstraint(
                name="reports_period_once",
                fields=("kind", "year", "number"),
                violation_error_message="Đã có kỳ này.",
            ),
            NoOverlap(
                name="reports_period_no_overlap",
                fields=("kind",),
                violation_error_message="Kỳ này trùng ngày với một kỳ cùng loại.",
            ),
        ]

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return f"Tháng {self.number}/{self.year}"
            case PeriodKind.QUARTER:
                return f"Quý {ROMAN[self.number]}/{self.year}"
            case PeriodKind.HALF_YEAR:
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
        return f"Năm {self.year}"

    @property
    def code(self) -> str:
        """Give the quarter as addresses name it: "2023-q2"."""
        return f"{self.year}-q{self.number}"

    @property
    def last_day(self) -> dt.date:
        return self.ended_on - dt.timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.ended_on - self.started_on).days

    def ends_within(self, other: Period) -> bool:
        """Say whether the last day lies in ``other``."""
        return other.started_on < self.ended_on <= other.ended_on

    def clean(self) -> None:
        if self.started_on and self.ended_on and self.ended_on <= self.started_on:
            raise ValidationError({"ended_on": ORDER_SENTENCE})


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

    def standing_on(self, day: dt.date):
        """Keep what was accepted by ``day`` and not yet taken back then: what counts."""
        return self.filter(stands_on(day))

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
