"""Evaluations of officers: what each step said, by whom, on which records.

The content is for leaders and the office; an officer sees their own self-rating, and what was
decided once it is released (DESIGN §1). Administrators see none of it.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts import clock
from accounts.enums import Permission, Role
from accounts.models import AppendOnly, AppendOnlyQuerySet, User
from accounts.permissions import allowed
from assignments.models import Attendance, Officer
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from assignments.models.scope import of_own_officer
from communes.fields import LinesField, NameField
from communes.models import Commune
from reports.enums import (
    CONCLUDED_STATES,
    EVALUATION_MOVES,
    EvaluationState,
    EvaluationStep,
    RatedBy,
    RatingLevel,
)
from reports.models.conclusions import ConclusionTask
from reports.models.evaluation_rules import Criterion, EvaluationCycle
from reports.models.periodic_reports import PeriodicReport
from reports.models.petitions import Petition

MOST_POINTS = 100
DECIDED_TOGETHER = {
    "decided_level": "",
    "decision_reason": "",
    "decided_on__isnull": True,
    "evidence__isnull": True,
}


class EvaluationQuerySet(models.QuerySet):
    """Evaluations."""

    def visible_to(self, user: User):
        """Keep all for leaders and the office, the officer's own for an officer, none for others.

        That an evaluation is the officer's own does not open all of it:
        ``reports.evaluation.shown`` says what of it they see.
        """
        if allowed(user, Permission.VIEW_EVALUATIONS):
            return self
        if user.is_authenticated and user.role == Role.OFFICER:
            return self.filter(of_own_officer(user))
        return self.none()

    def with_parties(self):
        """Fetch officer, cycle and its rules in the same query."""
        return self.select_related("officer", "cycle__rules")


class Evaluation(models.Model):
    """One officer in one cycle. ``edition`` counts writes.

    ``evidence`` is what was decided on: criteria, measured values with their members, points,
    thresholds. It is kept with the decision, so that nothing changes it later.
    """

    cycle = models.ForeignKey(
        EvaluationCycle,
        verbose_name="kỳ đánh giá",
        on_delete=models.PROTECT,
        related_name="evaluations",
    )
    officer = models.ForeignKey(
        Officer, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="evaluations"
    )
    state = models.CharField(
        "tình trạng", max_length=12, choices=EvaluationState, default=EvaluationState.OPEN
    )
    edition = models.PositiveIntegerField("lần ghi", default=1)
    self_level = models.CharField("tự xếp loại", max_length=15, choices=RatingLevel, blank=True)
    self_text = LinesField("tự nhận xét", max_length=4000, blank=True)
    proposed_level = models.CharField("mức đề xuất", max_length=15, choices=RatingLevel, blank=True)
    proposal_text = LinesField("lý do đề xuất", max_length=4000, blank=True)
    commendation = LinesField("đề nghị biểu dương", max_length=1000, blank=True)
    training_need = LinesField("nhu cầu bồi dưỡng", max_length=1000, blank=True)
    decided_level = models.CharField("mức xếp loại", max_length=15, choices=RatingLevel, blank=True)
    decision_reason = LinesField("lý do quyết định", max_length=4000, blank=True)
    decision_number = NameField("số văn bản", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    released_on = models.DateField("ngày công bố", null=True, blank=True)
    objection = LinesField("ý kiến của cán bộ", max_length=4000, blank=True)
    evidence = models.JSONField("số liệu đã kết luận", null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá cán bộ"
        verbose_name_plural = "đánh giá cán bộ"
        ordering = ["cycle", "officer"]
        constraints = [
            known("reports_evaluation", "state", EvaluationState, "Tình trạng không hợp lệ."),
            models.UniqueConstraint(
                name="reports_evaluation_once_a_cycle",
                fields=("cycle", "officer"),
                violation_error_message="Cán bộ này đã có đánh giá trong kỳ.",
            ),
            models.CheckConstraint(
                name="reports_evaluation_levels_known",
                condition=Q(self_level__in=["", *RatingLevel.values])
                & Q(proposed_level__in=["", *RatingLevel.values])
                & Q(decided_level__in=["", *RatingLevel.values]),
                violation_error_message="Mức xếp loại không hợp lệ.",
            ),
            models.CheckConstraint(
                name="reports_evaluation_self_rated_whole",
                condition=~Q(state=EvaluationState.SELF_RATED)
                | ~Q(self_level="") & ~Q(self_text=""),
                violation_error_message="Tự đánh giá phải có mức và nhận xét.",
            ),
            models.CheckConstraint(
                name="reports_evaluation_proposed_whole",
                condition=Q(state__in=[EvaluationState.OPEN, EvaluationState.SELF_RATED])
                | ~Q(proposed_level="") & ~Q(proposal_text=""),
                violation_error_message="Đề xuất phải có mức và lý do.",
            ),
            models.CheckConstraint(
                name="reports_evaluation_decided_whole",
                condition=~Q(state__in=CONCLUDED_STATES) & Q(**DECIDED_TOGETHER)
                | Q(state__in=CONCLUDED_STATES)
                & ~Q(decided_level="")
                & ~Q(decision_reason="")
                & Q(decided_on__isnull=False, evidence__isnull=False),
                violation_error_message="Quyết định phải có mức, lý do, ngày và số liệu kèm theo.",
            ),
            models.CheckConstraint(
                name="reports_evaluation_released_whole",
                condition=Q(state=EvaluationState.RELEASED, released_on__isnull=False)
                | ~Q(state=EvaluationState.RELEASED) & Q(released_on__isnull=True),
                violation_error_message="Đánh giá đã công bố phải có ngày công bố.",
            ),
        ]

    def __str__(self) -> str:
        return f"Đánh giá đồng chí {self.officer.full_name}, {self.cycle}"

    @property
    def is_concluded(self) -> bool:
        """Say whether it was decided: nothing of it is computed anew."""
        return self.state in CONCLUDED_STATES


class PartOfEvaluationQuerySet(models.QuerySet):
    """What belongs to evaluations; only leaders and the office reach it by itself."""

    def visible_to(self, user: User):
        return self if allowed(user, Permission.VIEW_EVALUATIONS) else self.none()


class EvaluationScore(models.Model):
    """The points somebody gave for a judged criterion, and why."""

    evaluation = models.ForeignKey(
        Evaluation, verbose_name="đánh giá", on_delete=models.PROTECT, related_name="scores"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name="tiêu chí", on_delete=models.PROTECT, related_name="scores"
    )
    rated_by = models.CharField("ai chấm", max_length=10, choices=RatedBy)
    points = models.PositiveSmallIntegerField("điểm", validators=[MaxValueValidator(MOST_POINTS)])
    note = LinesField("nhận xét", max_length=1000, blank=True)

    objects = PartOfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm tiêu chí"
        verbose_name_plural = "điểm tiêu chí"
        ordering = ["evaluation", "criterion__position", "rated_by"]
        constraints = [
            known("reports_evaluationscore", "rated_by", RatedBy, "Người chấm không hợp lệ."),
            models.UniqueConstraint(
                name="reports_evaluationscore_once",
                fields=("evaluation", "criterion", "rated_by"),
                violation_error_message="Tiêu chí này đã được chấm.",
            ),
            models.CheckConstraint(
                name="reports_evaluationscore_within_a_hundred",
                condition=Q(points__lte=MOST_POINTS),
                violation_error_message="Điểm không quá 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


CITED = ("attendance", "report", "petition", "task")


def only(field: str) -> Q:
    """Give the condition that of the records that may be cited only ``field`` is."""
    others = {f"{name}__isnull": name != field for name in CITED}
    return Q(**others, document="")


class EvaluationCitation(models.Model):
    """The record a judged score rests on; where there is none here, a document by its number."""

    score = models.ForeignKey(
        EvaluationScore, verbose_name="điểm", on_delete=models.CASCADE, related_name="citations"
    )
    attendance = models.ForeignKey(
        Attendance,
        verbose_name="chuyến đi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    report = models.ForeignKey(
        PeriodicReport,
        verbose_name="báo cáo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    petition = models.ForeignKey(
        Petition,
        verbose_name="kiến nghị",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    task = models.ForeignKey(
        ConclusionTask,
        verbose_name="nhiệm vụ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    document = NameField("văn bản", max_length=200, blank=True, help_text="Số, ngày, nơi ban hành.")

    objects = PartOfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["score", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_evaluationcitation_of_one_thing",
                condition=only("attendance")
                | only("report")
                | only("petition")
                | only("task")
                | Q(**{f"{name}__isnull": True for name in CITED}) & ~Q(document=""),
                violation_error_message="Mỗi minh chứng là một bản ghi hoặc một văn bản.",
            ),
        ]

    def __str__(self) -> str:
        cited = self.attendance or self.report or self.petition or self.task or self.document
        return str(cited)


class CommuneRemark(Entered, Withdrawable):
    """What a commune's committee says of its officer, as the office received it."""

    evaluation = models.ForeignKey(
        Evaluation, verbose_name="đánh giá", on_delete=models.PROTECT, related_name="remarks"
    )
    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="+"
    )
    given_on = models.DateField("ngày nhận xét")
    document = NameField("văn bản", max_length=120, help_text="Số, ngày của văn bản nhận xét.")
    content = LinesField("nhận xét", max_length=4000)

    objects = PartOfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "nhận xét của Đảng ủy xã"
        verbose_name_plural = "nhận xét của Đảng ủy xã"
        ordering = ["evaluation", "given_on", "pk"]
        constraints = [
            withdrawn_with_reason("reports_communeremark"),
            models.UniqueConstraint(
                name="reports_communeremark_once_a_commune",
                fields=("evaluation", "commune"),
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Đảng ủy này đã có nhận xét; rút nhận xét cũ trước đã.",
            ),
        ]

    def __str__(self) -> str:
        return f"Nhận xét của {self.commune.party_body}"


class EvaluationEventQuerySet(PartOfEvaluationQuerySet, AppendOnlyQuerySet):
    """Steps taken."""


class EvaluationEvent(AppendOnly):
    """One step of an evaluation; only ever added. ``content`` is what the step said."""

    evaluation = models.ForeignKey(
        Evaluation, verbose_name="đánh giá", on_delete=models.PROTECT, related_name="events"
    )
    step = models.CharField("việc", max_length=20, choices=EvaluationStep)
    state = models.CharField("tình trạng sau đó", max_length=12, choices=EvaluationState)
    happened_on = models.DateField("ngày")
    happened_at = models.DateTimeField("lúc", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người thực hiện",
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = LinesField("lý do", max_length=4000, blank=True)
    content = models.JSONField("nội dung", default=dict, blank=True)

    objects = EvaluationEventQuerySet.as_manager()

    class Meta:
        verbose_name = "việc với đánh giá"
        verbose_name_plural = "các việc với đánh giá"
        ordering = ["happened_at", "pk"]
        constraints = [
            known("reports_evaluationevent", "step", EvaluationStep, "Việc không hợp lệ."),
            known("reports_evaluationevent", "state", EvaluationState, "Tình trạng không hợp lệ."),
            models.CheckConstraint(
                name="reports_evaluationevent_reasoned",
                condition=~Q(
                    step__in=[step for step, move in EVALUATION_MOVES.items() if move.needs_reason]
                )
                | ~Q(reason=""),
                violation_error_message="Bước này phải ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.evaluation}"
