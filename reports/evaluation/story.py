"""The steps of an evaluation as its page tells them, what each said folded into labelled lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.enums import EvaluationStep
from reports.evaluation.shapes import level_words
from reports.models import EvaluationEvent

LABELS = {
    "on_paper": "Cách ghi",
    "level": "Mức tự xếp loại",
    "text": "Nội dung",
    "proposed_level": "Mức đề xuất",
    "commendation": "Đề nghị biểu dương",
    "training_need": "Nhu cầu bồi dưỡng",
    "unrated_reason": "Lý do khi chưa có tự đánh giá",
    "decided_level": "Mức xếp loại",
    "decision_number": "Số văn bản",
}
LEVELS = ("level", "proposed_level", "decided_level")


@dataclass(frozen=True)
class Told:
    """One step: its event, and what it said line by line."""

    event: EvaluationEvent
    lines: list[tuple[str, str]]


def story(events: Iterable[EvaluationEvent]) -> list[Told]:
    """Give the steps, the latest first. What an objection says stands with the decision."""
    return [Told(event, lines_of(event)) for event in reversed(list(events))]


def lines_of(event: EvaluationEvent) -> list[tuple[str, str]]:
    """Give what a step said that is not its reason."""
    said = event.content
    if event.step == EvaluationStep.OBJECT:
        said = {name: said[name] for name in said if name == "on_paper"}
    lines = [(label, words(name, said[name])) for name, label in LABELS.items() if said.get(name)]
    scores = [(one["criterion"], score_words(one)) for one in said.get("scores", ())]
    return [*lines, *scores]


def words(name: str, value: str) -> str:
    return level_words(value) if name in LEVELS else value


def score_words(score: dict) -> str:
    """Give the points for one criterion, why, and on what they rest."""
    parts = [f"{score['points']} điểm", score["note"], *score["citations"]]
    return "; ".join(part for part in parts if part)
