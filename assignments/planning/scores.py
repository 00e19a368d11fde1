"""What a placing is worth: the same measures for the solver's answers and for changes by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import fmean, pstdev

from assignments.planning.checks import Choice, Violation, choices, violations
from assignments.planning.continuity import (
    SAME_FIELD,
    SAME_PLACE,
    WAS_THERE,
    WEIGHT_LABELS,
    WEIGHTS,
    reasons,
)
from assignments.planning.problem import Pair, Placing, Problem
from assignments.planning.work import BANDS, FURTHER

__all__ = [
    "BANDS",
    "FURTHER",
    "WEIGHTS",
    "WEIGHT_LABELS",
    "Choice",
    "Score",
    "Violation",
    "choices",
    "loads",
    "scores",
    "violations",
]

LESS, MORE = "less", "more"


@dataclass(frozen=True)
class Measure:
    """One measure: what it is called, what it means, which way is better, and how it is taken."""

    key: str
    label: str
    sentence: str
    better: str
    taken: Callable[[Problem, Placing], float]
    unit: str = ""


@dataclass(frozen=True)
class Score:
    """One measure of one placing."""

    key: str
    label: str
    sentence: str
    value: float
    text: str
    better: str


def scores(problem: Problem, placing: Placing) -> list[Score]:
    """Give all measures of ``placing``."""
    found = ((measure, round(measure.taken(problem, placing), 1)) for measure in MEASURES)
    return [
        Score(one.key, one.label, one.sentence, value, written(value, one.unit), one.better)
        for one, value in found
    ]


def written(value: float, unit: str) -> str:
    """Write a number as here: decimal comma, none where it is whole."""
    number = f"{value:.1f}".removesuffix(".0").replace(".", ",")
    return f"{number} {unit}".strip()


def loads(problem: Problem, placing: Placing) -> dict[int, int]:
    """Give the work of each officer."""
    loads = dict.fromkeys(problem.candidate, 0)
    for unit, who in placing.items():
        if who in loads:
            loads[who] += problem.unit[unit].weight
    return loads


def new_pairs(problem: Problem, placing: Placing) -> list[Pair]:
    """Give who gets what they do not follow now."""
    return [
        (who, unit.key)
        for unit in problem.units
        if (who := placing[unit.key]) is not None and who != unit.holder
    ]


def lost_pairs(problem: Problem, placing: Placing) -> list[Pair]:
    """Give who stays and loses what they follow now."""
    return [
        (unit.holder, unit.key)
        for unit in problem.units
        if unit.holder is not None and placing[unit.key] != unit.holder
    ]


def uncovered(problem: Problem, placing: Placing) -> int:
    return sum(unit.needs and placing[unit.key] is None for unit in problem.units)


def changed(problem: Problem, placing: Placing) -> int:
    return sum(placing[unit.key] != unit.before for unit in problem.units)


def touched(problem: Problem, placing: Placing) -> int:
    pairs = new_pairs(problem, placing) + lost_pairs(problem, placing)
    return len({who for who, _ in pairs})


def distance(problem: Problem, placing: Placing) -> int:
    return sum(problem.distance(*pair) for pair in new_pairs(problem, placing))


def joined_by(problem: Problem, placing: Placing) -> Counter[str]:
    """Count what joins officers to what they get."""
    return Counter(
        reason for pair in new_pairs(problem, placing) for reason in reasons(problem, *pair)
    )


def continuity(problem: Problem, placing: Placing) -> int:
    found = joined_by(problem, placing)
    return sum(WEIGHTS[reason] * number for reason, number in found.items())


def of_loads(measure: Callable[[list[int]], float]) -> Callable[[Problem, Placing], float]:
    """Give the measure of all officers' loads; 0 where there is no officer."""

    def taken(problem: Problem, placing: Placing) -> float:
        found = list(loads(problem, placing).values())
        return measure(found) if found else 0

    return taken


def joins(reason: str) -> Callable[[Problem, Placing], float]:
    return lambda problem, placing: joined_by(problem, placing)[reason]


def counted() -> Iterator[Measure]:
    """Give the measures of what changes."""
    yield Measure(
        "uncovered",
        "Đảng bộ chưa có người",
        "Đảng bộ cần người phụ trách mà phương án để trống.",
        LESS,
        uncovered,
    )
    yield Measure(
        "moved",
        "Cán bộ ở lại phải rời địa bàn",
        "Số lần một đồng chí không thôi phụ trách mà phải rời Đảng bộ đang phụ trách.",
        LESS,
        lambda problem, placing: len(lost_pairs(problem, placing)),
    )
    yield Measure(
        "changed",
        "Đảng bộ thay đổi người",
        "Đảng bộ có người phụ trách sau khác người phụ trách trước, kể cả nơi đang trống.",
        LESS,
        changed,
    )
    yield Measure(
        "touched",
        "Cán bộ có thay đổi",
        "Đồng chí ở lại được giao thêm hoặc phải rời ít nhất một Đảng bộ.",
        LESS,
        touched,
    )


def shared() -> Iterator[Measure]:
    """Give the measures of how work is shared."""
    yield Measure(
        "largest_load",
        "Phần việc nhiều nhất",
        "Phần việc một năm của người nhiều việc nhất: số lần phải thực hiện theo quy chế "
        "ở các Đảng bộ được giao, cộng thêm theo khoảng cách đến trung tâm tỉnh.",
        LESS,
        of_loads(max),
    )
    yield Measure(
        "smallest_load",
        "Phần việc ít nhất",
        "Phần việc một năm của người ít việc nhất, tính cả người chưa phụ trách nơi nào.",
        MORE,
        of_loads(min),
    )
    yield Measure(
        "mean_load",
        "Phần việc bình quân",
        "Tổng phần việc chia cho số cán bộ nhận được phân công.",
        "",
        of_loads(fmean),
    )
    yield Measure(
        "spread",
        "Độ chênh lệch",
        "Độ lệch chuẩn của phần việc giữa các cán bộ: càng nhỏ càng đều.",
        LESS,
        of_loads(pstdev),
    )


def known() -> Iterator[Measure]:
    """Give the measures of how well officers know what they get."""
    weights = "; ".join(f"{WEIGHT_LABELS[key]}: {value} điểm" for key, value in WEIGHTS.items())
    yield Measure(
        "continuity",
        "Điểm gắn bó địa bàn",
        f"Tổng điểm của các lượt giao mới ({weights}).",
        MORE,
        continuity,
    )
    for key, label in (
        (WAS_THERE, "Về nơi đã từng phụ trách"),
        (SAME_PLACE, "Cùng huyện, khu vực đang phụ trách"),
        (SAME_FIELD, "Cùng lĩnh vực với người trước"),
    ):
        sentence = f"Số lượt giao mới mà người nhận {WEIGHT_LABELS[key]}."
        yield Measure(key, label, sentence, MORE, joins(key))
    yield Measure(
        "distance",
        "Tổng khoảng cách",
        "Đường chim bay từ Đảng bộ được giao mới đến Đảng bộ gần nhất người nhận đang phụ trách; "
        "người chưa phụ trách nơi nào thì tính từ trung tâm tỉnh.",
        LESS,
        distance,
        "km",
    )


MEASURES = (*counted(), *shared(), *known())
