"""How well an officer is acquainted with a commune they would get: points, shown to the user."""

from __future__ import annotations

from collections.abc import Iterator

from assignments.planning.problem import Problem

WAS_THERE, SAME_PLACE, SAME_FIELD = "was_there", "same_place", "same_field"
# The more an officer knows the very commune, the more it counts.
WEIGHTS = {WAS_THERE: 5, SAME_PLACE: 3, SAME_FIELD: 2}
WEIGHT_LABELS = {
    WAS_THERE: "đã từng phụ trách Đảng bộ đó",
    SAME_PLACE: "đang phụ trách Đảng bộ khác cùng huyện, khu vực",
    SAME_FIELD: "cùng lĩnh vực, cơ quan với người phụ trách trước",
}


def reasons(problem: Problem, candidate: int, unit: int) -> Iterator[str]:
    """Give what joins an officer to a commune they would get: keys of :data:`WEIGHTS`."""
    officer, asked = problem.candidate[candidate], problem.unit[unit]
    if unit in officer.former:
        yield WAS_THERE
    near = {other.place for other in problem.held[candidate] if other.key != unit}
    if asked.place and asked.place in near:
        yield SAME_PLACE
    if officer.field and officer.field == asked.before_field:
        yield SAME_FIELD


def points(problem: Problem, candidate: int, unit: int) -> int:
    """Give the sum of the weights of :func:`reasons`."""
    return sum(WEIGHTS[reason] for reason in reasons(problem, candidate, unit))
