"""How areas change from quarter to quarter: (before, after) in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


def whole(value: float) -> str:
    return str(int(value))


def decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


@dataclass(frozen=True)
class Measure:
    """Something that is counted at every visit: how it is told, where it starts, how it moves.

    ``{truoc}`` and ``{nay}`` are its values; ``{ky}`` is when the earlier one was noted; ``{tong}``
    is the number of hamlets. A start or limit of ``None`` depends on that number.
    """

    words: str
    start: tuple[int, int] | None
    step: tuple[int, int]  # tenths
    limit: float | None
    written: Callable[[float], str] = whole

    def begin(self, rng: Random, hamlets: int) -> float:
        low, high = self.start or (1, max(1, hamlets // 2))
        return float(rng.randint(low, high))

    def move(self, rng: Random, value: float, hamlets: int) -> float:
        """Give the next value; the same when it has come as far as it can."""
        limit = hamlets if self.limit is None else self.limit
        moved = value + rng.randint(*self.step) / 10
        return max(moved, limit) if self.step[0] < 0 else min(moved, limit)


# Counts of hamlets move by one whole one: a step of ten tenths.
MEASURES = (
    Measure("{ky}: {truoc}/{tong} {aps} có đường bê tông; nay {nay}/{tong}.", None, (10, 10), None),
    Measure("{ky}: {truoc}/{tong} {aps} có đèn đường; nay {nay}/{tong}.", None, (10, 10), None),
    Measure(
        "{ky}: {truoc}/{tong} chi bộ {aps} sinh hoạt đúng lịch; nay {nay}/{tong}.",
        None,
        (10, 10),
        None,
    ),
    Measure(
        "{ky}: {truoc}% người dân có thẻ bảo hiểm y tế; nay {nay}%.", (84, 89), (6, 21), 98, decimal
    ),
    Measure("{ky}: còn {truoc} hộ nghèo; nay còn {nay} hộ.", (70, 140), (-90, -30), 12),
    Measure("{ky}: có {truoc} sản phẩm OCOP; nay có {nay} sản phẩm.", (1, 2), (10, 10), 6),
    Measure("{ky}: {truoc}% hồ sơ nộp trực tuyến; nay {nay}%.", (38, 55), (30, 80), 97, decimal),
    Measure("{ky}: còn {truoc} căn nhà tạm; nay còn {nay} căn.", (16, 34), (-40, -20), 2),
)
