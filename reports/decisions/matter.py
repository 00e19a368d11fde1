"""One thing that needs a decision, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures import FIGURES
from reports.viewpoint import Viewpoint

NAMED = 4  # so many units are named before "và n đơn vị khác"


@dataclass(frozen=True)
class Matter:
    """One thing to decide."""

    count: int
    tone: str
    title: str
    detail: str
    action: str
    address: str
    # Another way to resolve it, for who may: (word, address).
    other: tuple[str, str] | None = None


def name_some(units: Sequence[str]) -> str:
    """Name the first units and count the rest: "xã A, xã B và 2 đơn vị khác"."""
    shown = ", ".join(units[:NAMED])
    rest = len(units) - NAMED
    return f"{shown} và {rest} đơn vị khác" if rest > 0 else shown


def figure_matter(
    key: str,
    view: Viewpoint,
    values: dict[str, int],
    tone: str,
    detail: str,
    *,
    action: str = "Xem",
    address: str = "",
) -> Matter | None:
    """Tell of a figure that should be nought, by its own words, leading to its list."""
    figure, count = FIGURES[key], values[key]
    if not count:
        return None
    title, address = f"{count} {figure.label}", address or figure.url(view)
    return Matter(count, tone, title, detail, action, address)
