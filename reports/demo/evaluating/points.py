"""Points for judged criteria and what they rest on: a visit of the cycle, else a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from assignments.models import Attendance
from reports.demo.evaluating import phrases
from reports.demo.evaluating.course import PROPOSE, RATE, Course
from reports.enums import CriterionKind, RatedBy
from reports.models import (
    Criterion,
    EvaluationCitation,
    EvaluationCycle,
    EvaluationScore,
)

LEAST, MOST = 0.55, 0.95  # of a criterion's weight
SIDES = ((RATE, RatedBy.OFFICER), (PROPOSE, RatedBy.OFFICE))


def write_points(courses: Iterable[Course], criteria: Sequence[Criterion], rng: Random) -> None:
    """Write the points both sides gave, each with what it cites."""
    judged = [one for one in criteria if one.kind == CriterionKind.JUDGED]
    courses = list(courses)
    scores = [score for course in courses for score in scores_of(course, judged, rng)]
    EvaluationScore.objects.bulk_create(scores)
    if courses:
        visits = visits_in(courses[0].evaluation.cycle)
        EvaluationCitation.objects.bulk_create(cited(score, visits, rng) for score in scores)


def scores_of(
    course: Course, judged: Sequence[Criterion], rng: Random
) -> Iterator[EvaluationScore]:
    for step, side in SIDES:
        for criterion in judged if step in course.steps else ():
            yield EvaluationScore(
                evaluation=course.evaluation,
                criterion=criterion,
                rated_by=side,
                points=round(criterion.weight * rng.uniform(LEAST, MOST)),
                note=rng.choice(phrases.NOTES),
            )


def visits_in(cycle: EvaluationCycle) -> dict[int, list[Attendance]]:
    """Give the confirmed visits of a cycle by officer."""
    found = defaultdict(list)
    rows = Attendance.objects.confirmed().filter(
        visit__visited_on__gte=cycle.started_on, visit__visited_on__lt=cycle.ended_on
    )
    for row in rows.order_by("visit__visited_on", "pk"):
        found[row.officer_id].append(row)
    return found


def cited(
    score: EvaluationScore, visits: dict[int, list[Attendance]], rng: Random
) -> EvaluationCitation:
    if own := visits.get(score.evaluation.officer_id):
        return EvaluationCitation(score=score, attendance=rng.choice(own))
    return EvaluationCitation(score=score, document=phrases.DOCUMENT)
