"""What officers are evaluated by: criteria with weights, thresholds, and the cycles they rule."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models.entries import Entered, known
from communes.fields import LinesField, NameField
from communes.periods import NoOverlap
from reports.enums import CriterionKind, CycleKind, Measure

WHOLE = 100  # what the weights add up to
ORDER_SENTENCE = "Ngày cuối kỳ đánh giá phải từ ngày đầu kỳ trở đi."


class KnownToRatedQuerySet(models.QuerySet):
    """What is published to everybody who takes part in evaluations."""

    def visible_to(self, user: User):
        """Keep all for who rates or is rated; nothing for others."""
        takes_part = allowed(user, Permission.VIEW_EVALUATIONS) or allowed(
            user, Permission.RATE_ONESELF
        )
        return self if takes_part else self.none()


class EvaluationRules(Entered):
    """One set of criteria, thresholds and limits. A cycle keeps the set it was opened with.

    Defaults are those of Quy định 366-QĐ/TW; the share of the best level is that of 124-QĐ/TW and
    25-HD/BTCTW: of those rated good or better. It is a warning only.
    """

    name = NameField("tên bộ tiêu chí", max_length=200)
    basis = NameField("căn cứ", max_length=300, blank=True, help_text="Văn bản, số, ngày.")
    excellent_from = models.PositiveSmallIntegerField(
        "xuất sắc từ (điểm)", default=90, validators=[MaxValueValidator(WHOLE)]
    )
    good_from = models.PositiveSmallIntegerField(
        "tốt từ (điểm)", default=70, validators=[MaxValueValidator(WHOLE)]
    )
    completed_from = models.PositiveSmallIntegerField(
        "hoàn thành từ (điểm)", default=50, validators=[MaxValueValidator(WHOLE)]
    )
    excellent_cap = models.PositiveSmallIntegerField(
        "tỷ lệ xuất sắc cần lưu ý (%)", default=20, validators=[MaxValueValidator(WHOLE)]
    )
    least_days = models.PositiveSmallIntegerField(
        "giữ địa bàn ít nhất (ngày)",
        default=30,
        help_text="Cán bộ giữ địa bàn ít ngày hơn trong kỳ thì không đánh giá.",
    )
    ended_on = models.DateField(
        "thôi dùng từ ngày", null=True, blank=True, help_text="Kỳ mở từ ngày này không dùng nữa."
    )

    objects = KnownToRatedQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí đánh giá"
        verbose_name_plural = "bộ tiêu chí đánh giá"
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="reports_evaluationrules_name",
                fields=("name",),
                violation_error_message="Đã có bộ tiêu chí tên này.",
            ),
            models.CheckConstraint(
                name="reports_evaluationrules_thresholds_in_order",
                condition=Q(
                    excellent_from__lte=WHOLE,
                    excellent_from__gt=F("good_from"),
                    good_from__gt=F("completed_from"),
                ),
                violation_error_message="Ngưỡng điểm phải giảm dần: xuất sắc, tốt, hoàn thành.",
            ),
            models.CheckConstraint(
                name="reports_evaluationrules_cap_is_a_share",
                condition=Q(excellent_cap__lte=WHOLE),
                violation_error_message="Tỷ lệ không quá 100 phần trăm.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CriterionQuerySet(KnownToRatedQuerySet):
    """Criteria."""


class Criterion(models.Model):
    """One criterion. The weights of a set add up to 100: its service sees to that."""

    rules = models.ForeignKey(
        EvaluationRules,
        verbose_name="bộ tiêu chí",
        on_delete=models.PROTECT,
        related_name="criteria",
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    name = NameField("tiêu chí", max_length=300)
    kind = models.CharField("cách tính", max_length=10, choices=CriterionKind)
    measure = models.CharField("số liệu", max_length=30, choices=Measure, blank=True)
    weight = models.PositiveSmallIntegerField(
        "điểm tối đa", validators=[MinValueValidator(1), MaxValueValidator(WHOLE)]
    )
    guidance = LinesField("hướng dẫn chấm", max_length=1000, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["rules", "position"]
        constraints = [
            known("reports_criterion", "kind", CriterionKind, "Cách tính không hợp lệ."),
            models.CheckConstraint(
                name="reports_criterion_computed_by_a_measure",
                condition=Q(kind=CriterionKind.COMPUTED, measure__in=Measure.values)
                | ~Q(kind=CriterionKind.COMPUTED) & Q(measure=""),
                violation_error_message="Tiêu chí tính theo số liệu phải chọn số liệu; "
                "tiêu chí người chấm thì không.",
            ),
            models.CheckConstraint(
                name="reports_criterion_weight_within_a_hundred",
                condition=Q(weight__gte=1, weight__lte=WHOLE),
                violation_error_message="Điểm tối đa từ 1 đến 100.",
            ),
            models.UniqueConstraint(
                name="reports_criterion_one_at_a_position",
                fields=("rules", "position"),
                violation_error_message="Thứ tự này đã có tiêu chí.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EvaluationCycle(Entered):
    """One round of evaluation: the days it speaks of, and the rules it keeps."""

    kind = models.CharField("loại kỳ", max_length=10, choices=CycleKind)
    name = NameField("tên kỳ", max_length=100, help_text="Ví dụ: Quý II/2023")
    started_on = models.DateField("từ ngày")
    ended_on = models.DateField("hết kỳ từ ngày", help_text="Ngày đầu tiên sau kỳ.")
    self_rating_due_on = models.DateField("hạn tự đánh giá")
    rules = models.ForeignKey(
        EvaluationRules, verbose_name="bộ tiêu chí", on_delete=models.PROTECT, related_name="cycles"
    )

    objects = KnownToRatedQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ đánh giá"
        verbose_name_plural = "kỳ đánh giá"
        ordering = ["-ended_on", "kind", "-pk"]
        constraints = [
            known("reports_evaluationcycle", "kind", CycleKind, "Loại kỳ không hợp lệ."),
            models.CheckConstraint(
                name="reports_evaluationcycle_dates_in_order",
                condition=Q(ended_on__gt=F("started_on")),
                violation_error_message=ORDER_SENTENCE,
            ),
            NoOverlap(
                name="reports_evaluationcycle_one_of_a_kind",
                fields=("kind",),
                violation_error_message="Đã có kỳ đánh giá cùng loại trong thời gian đó.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> dt.date:
        return self.ended_on - dt.timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.ended_on - self.started_on).days

    def clean(self) -> None:
        if self.started_on and self.ended_on and self.ended_on <= self.started_on:
            raise ValidationError({"ended_on": ORDER_SENTENCE})
