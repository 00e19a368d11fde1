"""Figures of duties: sums over the duty list of the quarters looked at."""

from __future__ import annotations

from assignments.enums import DutyKind
from reports.duties.words import DUTY_WORDS, DutyWord
from reports.figures.defined import Summed


def of_kind(word: DutyWord, kind: DutyKind | None) -> Summed:
    """Give the figure of one of the five numbers, of one kind of duty or of all."""
    about = kind.label if kind else "mọi nhiệm vụ"
    return Summed(
        f"{word.key}_{kind.value}" if kind else f"duties_{word.key}",
        f"{word.label.lower()} – {about}",
        word.sentence,
        word,
        kind,
        of="" if word is DUTY_WORDS[0] else f"due_{kind.value}" if kind else "duties_due",
        short=word.label.lower(),
    )


DUTY_FIGURES = tuple(of_kind(word, kind) for kind in (None, *DutyKind) for word in DUTY_WORDS)
