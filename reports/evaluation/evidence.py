"""Evidence of an evaluation: computed live, or as it was kept with the decision.

What was decided on is never computed anew: rules, records and the regulation may change since.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse

from communes.models import Commune
from reports.enums import CriterionKind, EvaluationStep, RatedBy
from reports.evaluation.counts import counts_of
from reports.evaluation.keeping import kept, restored
from reports.evaluation.measures import Measures, measured, nothing
from reports.evaluation.measures import Reading as Measuring
from reports.evaluation.points import Weighed, points_for, total_of
from reports.evaluation.shapes import (
    Cited,
    Count,
    CriterionLine,
    Evidence,
    Given,
    HeldCommune,
    Proposal,
    Remark,
    SelfRating,
    Thresholds,
)
from reports.evaluation.shares import Measured
from reports.evaluation.terms import Term, terms_in
from reports.models import (
    CommuneRemark,
    Criterion,
    Evaluation,
    EvaluationCitation,
    EvaluationCycle,
    EvaluationEvent,
    EvaluationScore,
)


def evidence_of(evaluation: Evaluation, day: dt.date) -> Evidence:
    """Give the evidence: what it was decided on where it is concluded, else what is so on ``day``.

    ``evaluation`` comes with its officer, cycle and rules.
    """
    return decided_on(evaluation) if evaluation.is_concluded else live(evaluation, day)


def decided_on(evaluation: Evaluation) -> Evidence:
    """Give the evidence kept with the decision."""
    return restored(Evidence, evaluation.evidence)


def live(evaluation: Evaluation, day: dt.date) -> Evidence:
    """Compute the evidence as of ``day``."""
    reading = Reading(evaluation.cycle, day, [evaluation], officer=evaluation.officer_id)
    return reading.evidence(evaluation)


def frozen(evaluation: Evaluation, day: dt.date) -> dict[str, object]:
    """Give the evidence of ``day`` as it is kept with a decision."""
    return kept(live(evaluation, day))


def evidences(
    cycle: EvaluationCycle, evaluations: Iterable[Evaluation], day: dt.date
) -> dict[int, Evidence]:
    """Give the evidence of many evaluations of ``cycle`` by key, in a fixed number of queries."""
    rows = list(evaluations)
    running = [row for row in rows if not row.is_concluded]
    reading = Reading(cycle, day, running)
    return {row.pk: decided_on(row) if row.is_concluded else reading.evidence(row) for row in rows}


@dataclass(frozen=True)
class Reading:
    """What is read for ``evaluations`` of one cycle together, as of a day; each thing once."""

    cycle: EvaluationCycle
    day: dt.date
    evaluations: Sequence[Evaluation]
    officer: int | None = None  # when there is only one

    @cached_property
    def criteria(self) -> list[Criterion]:
        return list(self.cycle.rules.criteria.all())

    @cached_property
    def wanted(self) -> list[str]:
        return [one.measure for one in self.criteria if one.measure]

    @cached_property
    def measuring(self) -> Measuring:
        return Measuring(self.cycle, self.day, self.officer)

    @cached_property
    def measures(self) -> dict[int, Measures]:
        return measured(self.measuring, self.wanted)

    @cached_property
    def terms(self) -> dict[int, Term]:
        return terms_in(self.cycle, self.officer)

    @cached_property
    def communes(self) -> dict[int, Commune]:
        keys = {key for term in self.terms.values() for key in term.communes}
        return Commune.objects.select_related("district").defer("boundary").in_bulk(keys)

    @cached_property
    def counts(self) -> dict[int, tuple[Count, ...]]:
        return counts_of(self.measuring, [row.officer_id for row in self.evaluations])

    @cached_property
    def scores(self) -> dict[tuple[int, int, str], EvaluationScore]:
        """Give the points by evaluation, criterion and side, with what they cite."""
        citations = EvaluationCitation.objects.select_related(
            "attendance__visit__commune__district",
            "report__period",
            "report__commune__district",
            "petition",
            "task__conclusion",
        ).defer("attendance__visit__commune__boundary", "report__commune__boundary")
        rows = EvaluationScore.objects.filter(evaluation__in=self.evaluations)
        rows = rows.prefetch_related(Prefetch("citations", queryset=citations))
        return {(row.evaluation_id, row.criterion_id, row.rated_by): row for row in rows}

    @cached_property
    def remarks(self) -> dict[int, list[CommuneRemark]]:
        rows = CommuneRemark.objects.filter(
            evaluation__in=self.evaluations, withdrawn_at__isnull=True
        )
        found: dict[int, list[CommuneRemark]] = defaultdict(list)
        named = rows.select_related("commune__district").defer("commune__boundary")
        for row in named:
            found[row.evaluation_id].append(row)
        return found

    @cached_property
    def unrated(self) -> dict[int, str]:
        """Give, by evaluation, why its last proposal was made without the officer's own rating."""
        proposals = EvaluationEvent.objects.filter(
            evaluation__in=self.evaluations, step=EvaluationStep.PROPOSE
        )
        rows = proposals.order_by("pk").values_list("evaluation", "content")
        return {evaluation: content.get("unrated_reason", "") for evaluation, content in rows}

    def evidence(self, evaluation: Evaluation) -> Evidence:
        """Put together what is known of one of the evaluations."""
        officer, rules = evaluation.officer, self.cycle.rules
        term = self.terms.get(officer.pk, Term())
        lines = tuple(self.line(evaluation, criterion) for criterion in self.criteria)
        return Evidence(
            officer=officer.full_name,
            position=officer.position,
            cycle=str(self.cycle),
            started_on=self.cycle.started_on,
            ended_on=self.cycle.ended_on,
            day=self.day,
            days=term.days,
            cycle_days=self.cycle.days,
            communes=tuple(
                HeldCommune(self.communes[key].full_name, days) for key, days in term.by_commune
            ),
            rules=rules.name,
            basis=rules.basis,
            thresholds=Thresholds(rules.excellent_from, rules.good_from, rules.completed_from),
            lines=lines,
            total=total_of(Weighed(one.weight, one.applies, one.points) for one in lines),
            own_total=total_of(Weighed(one.weight, one.applies, one.own_points) for one in lines),
            counts=self.counts[officer.pk],
            own=own_rating(evaluation),
            proposal=self.proposal(evaluation),
            remarks=tuple(map(remark, self.remarks[evaluation.pk])),
        )

    def line(self, evaluation: Evaluation, criterion: Criterion) -> CriterionLine:
        """Give one criterion of one evaluation."""
        found = self.measure(evaluation, criterion)
        own = self.given(evaluation, criterion, RatedBy.OFFICER)
        office = self.given(evaluation, criterion, RatedBy.OFFICE)
        computed = points_for(criterion.weight, found.share) if found else None
        return CriterionLine(
            criterion=criterion.pk,
            name=criterion.name,
            kind=criterion.kind,
            weight=criterion.weight,
            guidance=criterion.guidance,
            measured=found,
            own=own,
            office=office,
            points=computed if found else points_of(office),
            own_points=computed if found else points_of(own),
        )

    def measure(self, evaluation: Evaluation, criterion: Criterion) -> Measured | None:
        """Give what a computed criterion counts; ``None`` for one that is judged."""
        if criterion.kind == CriterionKind.JUDGED:
            return None
        officer = evaluation.officer_id
        found = self.measures.get(officer) or nothing(self.measuring, officer, self.wanted)
        return found[criterion.measure]

    def given(self, evaluation: Evaluation, criterion: Criterion, side: RatedBy) -> Given | None:
        """Give what one side gave a criterion; ``None`` when it has not."""
        score = self.scores.get((evaluation.pk, criterion.pk, side))
        if score is None:
            return None
        return Given(score.points, score.note, tuple(map(cited, score.citations.all())))

    def proposal(self, evaluation: Evaluation) -> Proposal | None:
        """Give what the office proposes; ``None`` while it has not."""
        if not evaluation.proposed_level:
            return None
        return Proposal(
            evaluation.proposed_level,
            evaluation.proposal_text,
            evaluation.commendation,
            evaluation.training_need,
            self.unrated.get(evaluation.pk, ""),
        )


def points_of(given: Given | None) -> Decimal | None:
    return None if given is None else Decimal(given.points)


def own_rating(evaluation: Evaluation) -> SelfRating | None:
    """Give what the officer says of themselves; ``None`` while they have not."""
    if not evaluation.self_level:
        return None
    return SelfRating(evaluation.self_level, evaluation.self_text)


def remark(row: CommuneRemark) -> Remark:
    return Remark(row.commune.full_name, row.given_on, row.document, row.content)


def cited(citation: EvaluationCitation) -> Cited:
    """Name what a score rests on; a record opens its page."""
    if visit := citation.attendance and citation.attendance.visit:
        return Cited(str(visit), reverse("visits:detail", args=[visit.pk]))
    if report := citation.report:
        return Cited(report.title, reverse("periodic:detail", args=[report.pk]))
    if petition := citation.petition:
        return Cited(str(petition), reverse("petitions:detail", args=[petition.pk]))
    if task := citation.task:
        return Cited(str(task), reverse("conclusions:detail", args=[task.conclusion_id]))
    return Cited(citation.document)
