"""Periods of counting: months, quarters, halves, years with their own explicit days."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from assignments.enums import PeriodKind
from assignments.models.entries import known
from communes.as_of import EARLIEST, LATEST
from communes.periods import NoOverlap

ORDER_SENTENCE = "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."
DUE_SENTENCE = "Hạn nộp báo cáo phải từ ngày đầu kỳ trở đi."
LOCK_SENTENCE = "Ngày khóa báo cáo phải sau hạn nộp, hoặc sau kỳ nếu hạn theo quy chế."
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
    due_on = models.DateField(
        "hạn nộp báo cáo",
        null=True,
        blank=True,
        help_text="Ngày cuối còn đúng hạn; bỏ trống thì theo quy chế.",
    )
    locked_on = models.DateField(
        "khóa báo cáo từ ngày",
        null=True,
        blank=True,
        help_text="Từ ngày này cán bộ không tự nộp, sửa báo cáo của kỳ được nữa; "
        "bỏ trống là không khóa.",
    )

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
            models.CheckConstraint(
                name="reports_period_due_within_reason",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("started_on")),
                violation_error_message=DUE_SENTENCE,
            ),
            models.CheckConstraint(
                name="reports_period_locked_after_it_is_due",
                condition=Q(locked_on__isnull=True)
                | Q(locked_on__gte=F("ended_on")) & Q(due_on__isnull=True)
                | Q(locked_on__gt=F("due_on"), due_on__isnull=False),
                violation_error_message=LOCK_SENTENCE,
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
