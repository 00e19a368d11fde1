"""Figures of duties: sums over the duty list of the quarters looked at."""

from __future__ import annotations

from assignments.enums import DutyKind
from reports.duties.words import DUTY_WORDS, OVERDUE, DutyWord
from reports.figures.defined import Summed


def of_kind(word: DutyWord, kind: DutyKind | None) -> Summed:
    """Give the figure of one of the numbers, of one kind of duty or of all."""
    about = kind.label if kind else "mọi nhiệm vụ"
    return Summed(
        key_of(word, kind),
        f"{word.label.lower()} – {about}",
        word.sentence,
        word,
        kind,
        of="" if word is DUE else key_of(UNEXPLAINED if word is OVERDUE else DUE, kind),
        short=word.label.lower(),
        waived=key_of(WAIVED, kind) if word is DONE else "",
    )


def key_of(word: DutyWord, kind: DutyKind | None) -> str:
    return f"{word.key}_{kind.value}" if kind else f"duties_{word.key}"


DUE, DONE, WAIVED, _, UNEXPLAINED = DUTY_WORDS
DUTY_FIGURES = tuple(
    of_kind(word, kind) for kind in (None, *DutyKind) for word in (*DUTY_WORDS, OVERDUE)
)
