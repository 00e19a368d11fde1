"""Tables of results as Markdown, the way docs/performance.md holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a Markdown table: the first column to the left, numbers to the right."""
    lines = [headers, [":--", *["--:"] * (len(headers) - 1)]]
    lines += [[shown(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def shown(value: object) -> str:
    """Give a number with two or more figures that say something, "–" for what there is not."""
    match value:
        case None:
            return "–"
        case float() if abs(value) < 10:
            return f"{value:.2f}"
        case float() if abs(value) < 100:
            return f"{value:.1f}"
        case int() | float():
            return f"{value:,.0f}"
    return str(value)
