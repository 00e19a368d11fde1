"""Which records a judged score may rest on: the officer's own, of the time of the cycle."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet

from assignments.models import Attendance
from reports.enums import HANDED_IN
from reports.models import (
    ConclusionTask,
    Evaluation,
    EvaluationCitation,
    EvaluationScore,
    PeriodicReport,
    Petition,
)

# What may be cited: a record, or a document by its number, date and issuer.
Cited = Attendance | PeriodicReport | Petition | ConclusionTask | str
COLUMNS: dict[type[models.Model], str] = {
    Attendance: "attendance",
    PeriodicReport: "report",
    Petition: "petition",
    ConclusionTask: "task",
}
NOT_THEIRS = "“{cited}” không phải của cán bộ này trong kỳ đánh giá nên không dẫn được."


@dataclass(frozen=True)
class Citable:
    """The records one may cite, latest first."""

    attendances: QuerySet[Attendance]
    reports: QuerySet[PeriodicReport]
    petitions: QuerySet[Petition]
    tasks: QuerySet[ConclusionTask]

    def of(self, record: models.Model) -> QuerySet:
        """Give the records of the kind of ``record``."""
        by_kind = {
            Attendance: self.attendances,
            PeriodicReport: self.reports,
            Petition: self.petitions,
            ConclusionTask: self.tasks,
        }
        return by_kind[type(record)]


def citable(evaluation: Evaluation) -> Citable:
    """Give what scores of ``evaluation`` may cite.

    Visits confirmed and petitions raised on a day of the cycle; reports handed in of a period that
    ends in it, urgent ones handed in in it; tasks due or done in it.
    """
    cycle, officer = evaluation.cycle, evaluation.officer_id

    def within(column: str) -> Q:
        return Q(**{f"{column}__gte": cycle.started_on, f"{column}__lt": cycle.ended_on})

    ends_within = Q(period__ended_on__gt=cycle.started_on, period__ended_on__lte=cycle.ended_on)
    urgent = Q(period__isnull=True) & within("first_submitted_on")
    attendances = Attendance.objects.confirmed().filter(within("visit__visited_on"))
    reports = PeriodicReport.objects.standing().filter(ends_within | urgent, state__in=HANDED_IN)
    petitions = Petition.objects.standing().filter(within("raised_on"))
    tasks = ConclusionTask.objects.standing().filter(within("due_on") | within("done_on"))
    return Citable(
        attendances.filter(officer=officer).with_visit().order_by("-visit__visited_on", "-pk"),
        reports.filter(officer=officer).with_parties().order_by("-first_submitted_on", "-pk"),
        petitions.filter(officer=officer).with_parties(),
        tasks.filter(officer=officer).select_related("conclusion").order_by("-due_on", "-pk"),
    )


def cite(score: EvaluationScore, cited: Cited, among: Citable) -> EvaluationCitation:
    """Write what ``score`` rests on; refused when it is not the officer's, or not of the cycle."""
    if isinstance(cited, str):
        made = EvaluationCitation(score=score, document=cited)
    elif among.of(cited).filter(pk=cited.pk).exists():
        made = EvaluationCitation(score=score, **{COLUMNS[type(cited)]: cited})
    else:
        raise ValidationError(NOT_THEIRS.format(cited=cited))
    made.full_clean()
    made.save()
    return made
