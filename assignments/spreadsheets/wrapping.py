"""How many lines a text takes in a column, so that its row can be made high enough.

Excel fits rows to their text when it opens a file, but not those with merged cells;
LibreOffice fits none. So rows of more than one line get their height from here.
"""

from __future__ import annotations

from functools import lru_cache

from assignments.spreadsheets.styles import SIZE, Style

LINE_HEIGHT = 1.32  # of the font size
MAX_HEIGHT = 409  # points; Excel repairs files with more
# Widths of Times New Roman's letters, as shares of the font size.
BLANK, NARROW, ORDINARY, CAPITAL, WIDE = 0.25, 0.31, 0.49, 0.70, 0.76
NARROW_LETTERS = frozenset("fijlrtíìỉĩị.,;:!'()[]/|-")
WIDE_LETTERS = frozenset("mw")
DIGIT = 0.5  # a column's width is counted in digits of the ordinary size
SAFETY = 1.04
BOLD = 1.06


def letter_width(letter: str) -> float:
    """Give a letter's width as a share of the font size."""
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in WIDE_LETTERS:
        return WIDE
    return CAPITAL if letter.isupper() else ORDINARY


@lru_cache(maxsize=10_000)
def word_width(word: str) -> float:
    return sum(map(letter_width, word))


@lru_cache(maxsize=500)
def wrapped_lines(text: str, width: float) -> int:
    """Count the lines of one paragraph, broken between words, in ``width`` font sizes."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        needed = word_width(word)
        if used and used + BLANK + needed > width:
            lines, used = lines + 1, 0.0
        used += needed + (BLANK if used else 0)
        if used > width:  # one long word goes on over several lines
            lines, used = lines + int(used // width), used % width
    return lines


def line_count(text: str, style: Style, columns_width: float) -> int:
    """Count the lines of ``text`` in a cell of that width (in characters)."""
    size = style.get("font_size", SIZE)
    scale = SAFETY * (BOLD if style.get("bold") else 1) * size / SIZE
    width = columns_width * DIGIT / scale
    if "\n" not in text and len(text) * CAPITAL <= width:
        return 1
    return sum(wrapped_lines(line, width) for line in text.split("\n"))


def height(lines: int, style: Style) -> float:
    """Give the height in points of so many lines, as far as Excel allows."""
    return min(round(lines * style.get("font_size", SIZE) * LINE_HEIGHT, 2), MAX_HEIGHT)
