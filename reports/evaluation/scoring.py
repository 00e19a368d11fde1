"""Points for judged criteria, given by the officer and by the office, each resting on records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from communes.names import normalise
from reports.enums import CriterionKind, RatedBy
from reports.evaluation.citing import Citable, Cited, citable, cite
from reports.models import Criterion, Evaluation, EvaluationScore

OTHER_CRITERION = "Tiêu chí “{name}” không phải do người đánh giá chấm trong kỳ này."
SCORED_TWICE = "Tiêu chí “{name}” được chấm hai lần."
NOT_SCORED = "Chưa chấm tiêu chí “{name}”."
TOO_MANY = "Tiêu chí “{name}” cho nhiều nhất {weight} điểm."
NOT_CITED = "Tiêu chí “{name}” cần dẫn ít nhất một bản ghi hoặc một văn bản làm minh chứng."


@dataclass(frozen=True)
class ScoreFacts:
    """Points for one criterion, why, and the records or documents they rest on."""

    criterion: Criterion
    points: int
    note: str = ""
    citations: Sequence[Cited] = ()

    @property
    def cited(self) -> list[Cited]:
        """Give what is cited, each once, blank documents left out."""
        found = [normalise(one) if isinstance(one, str) else one for one in self.citations]
        return list(dict.fromkeys(one for one in found if one))


def judged_criteria(evaluation: Evaluation) -> list[Criterion]:
    """Give the criteria somebody gives points for, in order."""
    rows = Criterion.objects.filter(rules=evaluation.cycle.rules_id, kind=CriterionKind.JUDGED)
    return list(rows.order_by("position"))


def write_scores(
    evaluation: Evaluation, rated_by: RatedBy, scores: Sequence[ScoreFacts]
) -> list[EvaluationScore]:
    """Write the points of one side inside the caller's transaction; what it gave before goes.

    What it gave before stays in the events. Raises with a sentence for each criterion that is not
    scored, scored twice, given too many points, or cites nothing.
    """
    sentences = list(wrongs(judged_criteria(evaluation), scores))
    if sentences:
        raise ValidationError(sentences)
    evaluation.scores.filter(rated_by=rated_by).delete()
    among = citable(evaluation)
    return [write_score(evaluation, rated_by, facts, among) for facts in scores]


def wrongs(judged: Sequence[Criterion], scores: Sequence[ScoreFacts]):
    """Say what is wrong with ``scores`` of the criteria ``judged``."""
    given = [facts.criterion for facts in scores]
    for criterion in judged:
        if criterion not in given:
            yield NOT_SCORED.format(name=criterion)
    for place, facts in enumerate(scores):
        words = {"name": facts.criterion, "weight": facts.criterion.weight}
        if facts.criterion not in judged:
            yield OTHER_CRITERION.format(**words)
        elif facts.criterion in given[:place]:
            yield SCORED_TWICE.format(**words)
        elif facts.points > facts.criterion.weight:
            yield TOO_MANY.format(**words)
        elif not facts.cited:
            yield NOT_CITED.format(**words)


def write_score(
    evaluation: Evaluation, rated_by: RatedBy, facts: ScoreFacts, among: Citable
) -> EvaluationScore:
    score = EvaluationScore(
        evaluation=evaluation,
        criterion=facts.criterion,
        rated_by=rated_by,
        points=facts.points,
        note=facts.note,
    )
    score.full_clean()
    score.save()
    for cited in facts.cited:
        cite(score, cited, among)
    return score


def said(scores: Sequence[ScoreFacts]) -> list[dict[str, object]]:
    """Give scores as an event keeps them."""
    return [
        {
            "criterion": facts.criterion.name,
            "points": facts.points,
            "note": facts.note,
            "citations": [str(one) for one in facts.cited],
        }
        for facts in scores
    ]
