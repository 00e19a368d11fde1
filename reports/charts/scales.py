"""Round numbers along an axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count

STEPS = (1, 2, 5)
MOST_STEPS = 5


@dataclass(frozen=True)
class Scale:
    """An axis from nought to ``top``, the last of its ``ticks``, ``length`` units long."""

    ticks: tuple[int, ...]
    length: float

    @property
    def top(self) -> int:
        return self.ticks[-1]

    def at(self, value: float) -> float:
        """Give how far from nought ``value`` lies, to a hundredth of a unit."""
        return round(value * self.length / self.top, 2)

    def ends(self, amounts: Sequence[int], *, as_shares: bool) -> list[float]:
        """Give where each part of a stack begins, and where the last one ends.

        ``as_shares``: together they are as long as the axis, whatever they add up to.
        """
        unit = self.top / sum(amounts) if as_shares and any(amounts) else 1
        return [self.at(reached * unit) for reached in accumulate(amounts, initial=0)]


def round_steps() -> Iterator[int]:
    """Give 1, 2, 5, 10, 20, 50 …"""
    return (step * 10**power for power in count() for step in STEPS)


def scale_to(most: int, length: float) -> Scale:
    """Give the axis that reaches ``most`` in a few round steps; one step of 1 for nought."""
    step = next(step for step in round_steps() if step * MOST_STEPS >= most)
    steps = max(1, -(-most // step))
    return Scale(tuple(step * number for number in range(steps + 1)), length)


PERCENT = (0, 25, 50, 75, 100)


def percent_scale(length: float) -> Scale:
    """Give the axis of shares of a whole."""
    return Scale(PERCENT, length)
