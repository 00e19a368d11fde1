"""What no placing may break, and requests that cannot all be kept, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assignments.planning.explaining import WORDS
from assignments.planning.problem import Candidate, Limit, Placing, Problem, Unit


@dataclass(frozen=True)
class Violation:
    """A limit that a placing breaks; ``key`` tells it from others."""

    key: str
    sentence: str


@dataclass(frozen=True)
class Choice:
    """An officer who might be given a commune; ``refusal`` says why not (empty: they may)."""

    candidate: Candidate
    refusal: str


def refusal(problem: Problem, candidate: Candidate, unit: Unit) -> str:
    """Say what bars a pair; empty where nothing does."""
    limit = problem.limit_on(candidate, unit)
    if limit is None:
        return ""
    return f"Đồng chí {candidate.name} – {unit.name}: {told(problem, limit, candidate, unit)}."


def told(problem: Problem, limit: Limit, candidate: Candidate, unit: Unit) -> str:
    """Say by what a pair is barred, with the day or the office's own reason where there is one."""
    if limit == Limit.LEAVING:
        return f"thôi công tác từ {candidate.leaves_on:%d/%m/%Y}"
    bar = problem.barred.get((candidate.key, unit.key))
    return f"{WORDS[limit]} ({bar.reason})" if bar and bar.reason else WORDS[limit]


def violations(problem: Problem, placing: Placing) -> list[Violation]:
    """Give every limit that ``placing`` breaks, in a fixed order; none: it may be applied."""
    return [*pair_violations(problem, placing), *number_violations(problem, placing)]


def pair_violations(problem: Problem, placing: Placing) -> Iterator[Violation]:
    for unit in problem.units:
        who = placing.get(unit.key)
        if who is None:
            if unit.needs:
                yield Violation(f"empty:{unit.key}", f"{unit.name} chưa có người phụ trách.")
        elif who not in problem.candidate:
            sentence = f"{unit.name}: người được chọn không còn nhận phân công từ ngày đó."
            yield Violation(f"gone:{unit.key}:{who}", sentence)
        elif told := refusal(problem, problem.candidate[who], unit):
            yield Violation(f"barred:{unit.key}:{who}", told)
    for sentence in dict.fromkeys(unknown_fixed(problem)):
        yield Violation(f"fixed:{sentence}", sentence)
    for candidate, unit in problem.fixed:
        is_known = candidate in problem.candidate and unit in problem.unit
        if is_known and placing.get(unit) is None:
            told = f"{problem.unit[unit].name} phải do đồng chí {problem.candidate[candidate].name}"
            yield Violation(f"fixed:{unit}", f"{told} phụ trách.")


def number_violations(problem: Problem, placing: Placing) -> Iterator[Violation]:
    numbers = Counter(placing.values())
    for candidate in problem.candidates:
        number, key = numbers[candidate.key], candidate.key
        if number > candidate.capacity:
            yield Violation(
                f"capacity:{key}:{number}",
                f"Đồng chí {candidate.name} phụ trách {number} Đảng bộ, "
                f"nhiều nhất {candidate.capacity}.",
            )
        elif number < candidate.minimum:
            yield Violation(
                f"minimum:{key}:{number}",
                f"Đồng chí {candidate.name} phụ trách {number} Đảng bộ, "
                f"ít nhất {candidate.minimum}.",
            )


def choices(problem: Problem, placing: Placing, unit: int) -> list[Choice]:
    """Give every officer for a commune by hand, with what stands against it now."""
    asked, numbers = problem.unit[unit], Counter(placing.values())
    return [
        Choice(one, refusal(problem, one, asked) or no_room(one, numbers, placing.get(unit)))
        for one in problem.candidates
    ]


def no_room(candidate: Candidate, numbers: Counter, now: int | None) -> str:
    """Say that an officer has as many as they may; who follows the commune now may stay."""
    if candidate.key == now or numbers[candidate.key] < candidate.capacity:
        return ""
    return f"Đồng chí {candidate.name} đã đủ {candidate.capacity} Đảng bộ."


def contradictions(problem: Problem) -> list[str]:
    """Give the requests that cannot all be kept; the solver is asked only without any."""
    return list(unknown_fixed(problem)) or [*barred_fixed(problem), *crowded_fixed(problem)]


def unknown_fixed(problem: Problem) -> Iterator[str]:
    for candidate, unit in problem.fixed:
        if candidate not in problem.candidate:
            yield "Cán bộ được ấn định đã thôi, hoặc được chọn là người thôi phụ trách."
        if unit not in problem.unit:
            yield "Đảng bộ được ấn định không còn vào ngày thực hiện phương án."


def barred_fixed(problem: Problem) -> Iterator[str]:
    fixed = Counter(unit for _, unit in problem.fixed)
    for candidate, unit in problem.fixed:
        if fixed[unit] > 1:
            yield f"{problem.unit[unit].name} được ấn định cho nhiều đồng chí."
        elif told := refusal(problem, problem.candidate[candidate], problem.unit[unit]):
            yield f"Vừa ấn định vừa không cho phép: {told}"


def crowded_fixed(problem: Problem) -> Iterator[str]:
    numbers = Counter(candidate for candidate, _ in problem.fixed)
    for candidate, number in numbers.items():
        officer = problem.candidate[candidate]
        if number > officer.capacity:
            yield (
                f"Đồng chí {officer.name} phải giữ {number} Đảng bộ, "
                f"nhiều hơn mức tối đa {officer.capacity}."
            )
