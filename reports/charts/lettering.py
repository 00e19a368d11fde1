"""Text in a drawing: how much room it takes, where it is broken or cut.

No font is at hand to measure with; widths are estimated, rather too wide than too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

WIDE, NARROW = frozenset("mwMWĐQOG%–…"), frozenset("ijltfrI.,:;'/() ")
ELLIPSIS = "…"


@dataclass(frozen=True)
class Letters:
    """A text at a place; ``anchor`` is the end of it that stands there, as SVG calls it.

    ``full`` is all of what was cut.
    """

    text: str
    x: float
    y: float
    anchor: str = "start"
    full: str = ""


def width_of(text: str, size: float) -> float:
    """Give about how wide ``text`` is at font size ``size``."""
    return size * sum(map(ems_of, text))


def ems_of(letter: str) -> float:
    """Give the width of a letter as a part of the font size."""
    if letter in WIDE:
        return 0.92
    if letter in NARROW:
        return 0.36
    return 0.58 if letter.isdecimal() else 0.6


def broken(text: str, room: float, size: float, lines: int = 2) -> list[str]:
    """Break ``text`` between words into ``lines`` at most, each within ``room``; cut what is over.

    A word alone too long for a line is cut too.
    """
    result, words = [], text.split()
    while words and len(result) < lines:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size) <= room:
            line = f"{line} {words.pop(0)}"
        result.append(line)
    if words:
        result[-1] += ELLIPSIS
    return [cut(line, room, size) for line in result]


def cut(text: str, room: float, size: float) -> str:
    """Shorten ``text`` to ``room``, ending it with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    kept = text.removesuffix(ELLIPSIS)
    while kept and width_of(kept + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
