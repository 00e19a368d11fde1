"""The regulation in dated versions, and what each version asks of officers."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from assignments.enums import DutyKind, DutyUnit, PeriodKind, ProRata, WeekendRule
from assignments.models.entries import Entered, known
from communes.fields import LinesField, NameField
from communes.periods import NoOverlap, covers

ORDER_SENTENCE = "Ngày hết hiệu lực phải sau ngày có hiệu lực."
MOST_TIMES, MOST_GRACE = 99, 60
ONE_REPORT = "Mỗi kỳ chỉ có một báo cáo định kỳ."


class RegulationQuerySet(models.QuerySet):
    """Versions of the regulation; every user may know of them."""

    def visible_to(self, user: User):
        """Keep all for who is logged in: the regulation is issued to everybody it binds."""
        return self if user.is_authenticated else self.none()

    def in_force_on(self, day: dt.date):
        """Keep the version in force on ``day``: one at most."""
        return self.filter(covers(day))


class Regulation(Entered):
    """One version of the regulation. A period is judged by the version of its first day."""

    number = NameField("số, ký hiệu", max_length=60, help_text="Ví dụ: 10-QC/TU")
    issued_on = models.DateField("ngày ban hành")
    subject = NameField("trích yếu", max_length=300, blank=True)
    started_on = models.DateField("có hiệu lực từ ngày")
    ended_on = models.DateField(
        "hết hiệu lực từ ngày",
        null=True,
        blank=True,
        help_text="Ngày đầu tiên không còn hiệu lực.",
    )
    note = LinesField("ghi chú", blank=True)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = "quy chế"
        verbose_name_plural = "quy chế"
        ordering = ["-started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assignments_regulation_dates_in_order",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=ORDER_SENTENCE,
            ),
            NoOverlap(
                name="assignments_regulation_one_in_force",
                fields=(),
                violation_error_message="Đã có phiên bản quy chế có hiệu lực trong thời gian đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"Quy chế số {self.number}, ngày {self.issued_on:%d/%m/%Y}"

    @property
    def last_day(self) -> dt.date | None:
        """Give the last day in force ("đến hết ngày"), or ``None`` while open."""
        return self.ended_on - dt.timedelta(days=1) if self.ended_on else None

    def clean(self) -> None:
        if self.started_on and self.ended_on and self.ended_on <= self.started_on:
            raise ValidationError({"ended_on": ORDER_SENTENCE})


class Duty(models.Model):
    """What one version asks: how often, of whom, by when, and of who came or left meanwhile."""

    regulation = models.ForeignKey(
        Regulation, verbose_name="quy chế", on_delete=models.PROTECT, related_name="duties"
    )
    kind = models.CharField("nhiệm vụ", max_length=20, choices=DutyKind)
    period_kind = models.CharField(
        "trong mỗi", max_length=10, choices=PeriodKind, default=PeriodKind.QUARTER
    )
    required = models.PositiveSmallIntegerField(
        "số lần tối thiểu",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_TIMES)],
    )
    unit = models.CharField(
        "tính cho", max_length=20, choices=DutyUnit, default=DutyUnit.PER_ASSIGNMENT
    )
    due_day = models.PositiveSmallIntegerField(
        "ngày hạn",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text="Ngày trong tháng cuối của kỳ; bỏ trống là ngày cuối kỳ.",
    )
    grace_days = models.PositiveSmallIntegerField(
        "số ngày gia hạn", default=0, validators=[MaxValueValidator(MOST_GRACE)]
    )
    weekend_rule = models.CharField(
        "hạn rơi vào thứ bảy, chủ nhật",
        max_length=10,
        choices=WeekendRule,
        default=WeekendRule.NEXT_WORKING_DAY,
    )
    pro_rata = models.CharField(
        "giữ địa bàn không trọn kỳ", max_length=15, choices=ProRata, default=ProRata.PROPORTIONAL
    )
    exempt_days = models.PositiveSmallIntegerField(
        "không tính nếu giữ dưới (ngày)",
        default=15,
        validators=[MaxValueValidator(366)],
        help_text="Giữ địa bàn ít ngày hơn số này trong kỳ thì chưa phải thực hiện.",
    )

    class Meta:
        verbose_name = "nhiệm vụ theo quy chế"
        verbose_name_plural = "nhiệm vụ theo quy chế"
        ordering = ["pk"]
        constraints = [
            known("assignments_duty", "kind", DutyKind, "Nhiệm vụ không hợp lệ."),
            known("assignments_duty", "period_kind", PeriodKind, "Loại kỳ không hợp lệ."),
            known("assignments_duty", "unit", DutyUnit, "Cách tính không hợp lệ."),
            known("assignments_duty", "weekend_rule", WeekendRule, "Cách tính hạn không hợp lệ."),
            known("assignments_duty", "pro_rata", ProRata, "Cách tính tỷ lệ không hợp lệ."),
            models.CheckConstraint(
                name="assignments_duty_numbers_plausible",
                condition=Q(
                    required__range=(1, MOST_TIMES),
                    grace_days__lte=MOST_GRACE,
                    exempt_days__lte=366,
                )
                & (Q(due_day__isnull=True) | Q(due_day__range=(1, 31))),
                violation_error_message="Số lần, số ngày của nhiệm vụ không hợp lệ.",
            ),
            models.UniqueConstraint(
                name="assignments_duty_once_per_period_kind",
                fields=("regulation", "kind", "period_kind"),
                violation_error_message="Nhiệm vụ này đã có trong cùng loại kỳ.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        if self.kind == DutyKind.REPORT and self.required != 1:
            raise ValidationError({"required": ONE_REPORT})

    @property
    def rule(self) -> str:
        """Give the rule in words: "ít nhất 1 lần mỗi quý, mỗi Đảng bộ được giao"."""
        period, unit = self.get_period_kind_display(), self.get_unit_display()
        return f"ít nhất {self.required} lần mỗi {period.lower()}, {unit[:1].lower()}{unit[1:]}"
