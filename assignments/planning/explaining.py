"""Why something could not be met: the commune, and the limit that stands in its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assignments.planning.problem import Limit, Placing, Problem, Unit

# How a limit is told of a commune nobody may be given.
WORDS = {
    Limit.EXCLUDED: "không xếp theo yêu cầu",
    Limit.HOME: "là quê",
    Limit.THERE_ALREADY: "đang tham gia hoặc phụ trách tạm thời ở đó",
    Limit.JUST_LEFT: "vừa thôi phụ trách ở đó",
    Limit.LEAVING: "sắp thôi công tác",
    Limit.KIND: "không thuộc nhóm được giao loại đơn vị này",
    Limit.FIXED: "đã ấn định cho đồng chí khác",
    Limit.UNNEEDED: "không cần phân công thêm",
}


@dataclass(frozen=True)
class Unmet:
    """What a plan cannot give: a commune without anybody, or an officer with too few."""

    unit: int | None
    candidate: int | None
    sentence: str


def unmet(problem: Problem, placing: Placing) -> Iterator[Unmet]:
    """Give what ``placing`` leaves unmet, each with the limit that explains it."""
    empty = [unit for unit in problem.units if unit.needs and placing[unit.key] is None]
    for unit in empty:
        yield Unmet(
            unit.key, None, f"{unit.name} chưa có người: {why_empty(problem, placing, unit)}."
        )
    numbers = Counter(placing.values())
    for candidate in problem.candidates:
        if (number := numbers[candidate.key]) < candidate.minimum:
            sentence = (
                f"Đồng chí {candidate.name} chỉ xếp được {number} Đảng bộ, "
                f"nhóm cán bộ này mỗi người ít nhất {candidate.minimum}."
            )
            yield Unmet(None, candidate.key, sentence)


def why_empty(problem: Problem, placing: Placing, unit: Unit) -> str:
    """Give the limit by which a commune has nobody, in words that follow a colon."""
    units, officers = rivals(problem, placing, unit)
    if officers:
        room = sum(problem.candidate[key].capacity for key in officers)
        return (
            f"{len(units)} Đảng bộ chỉ có {len(officers)} đồng chí được phép nhận, "
            f"cộng lại nhiều nhất {room} Đảng bộ"
        )
    limits = Counter(problem.limit_on(one, unit) for one in problem.candidates)
    if not limits:
        return "không còn cán bộ nào"
    told = (f"{number} đồng chí {WORDS[limit]}" for limit, number in sorted(limits.items()))
    return "không ai được phép nhận (" + "; ".join(told) + ")"


def rivals(problem: Problem, placing: Placing, unit: Unit) -> tuple[set[int], set[int]]:
    """Give the communes that vie with ``unit`` for the same officers, itself too, and those.

    All who may take it, all they have, all who may take these, and so on: where a commune could
    not be given to anybody, they are all full, and no exchange among them would help.
    """
    units, officers, waiting = {unit.key}, set(), [unit.key]
    while waiting:
        allowed = set(problem.permitted[waiting.pop()]) - officers
        officers |= allowed
        theirs = {key for key, who in placing.items() if who in allowed} - units
        units |= theirs
        waiting.extend(sorted(theirs))
    return units, officers
