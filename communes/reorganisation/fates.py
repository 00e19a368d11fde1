"""What becomes of each old unit: all of it into one, or parts of it into several, one the heir."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from communes.enums import Extent
from communes.finding import commune_label
from communes.reorganisation.reading import RowReading


def by_old_unit(readings: Iterable[RowReading]) -> dict[int, list[RowReading]]:
    """Give the rows of each old unit, in their order."""
    fates: dict[int, list[RowReading]] = defaultdict(list)
    for reading in readings:
        fates[reading.old.pk].append(reading)
    return fates


def fate_refusals(readings: Sequence[RowReading]) -> Iterator[tuple[int, str]]:
    """Give (row, reason) for every old unit whose rows do not agree; not while one is unread."""
    for rows in by_old_unit(readings).values():
        if any(row.extent is None for row in rows):
            continue
        reason = disagreement(rows) or same_heir_twice(rows) or heir_problem(rows)
        if reason:
            yield from ((row.row, reason) for row in rows)


def main_rows(readings: Sequence[RowReading]) -> set[int]:
    """Give the rows along which the records of their old unit go."""
    return {
        row.row
        for rows in by_old_unit(readings).values()
        for row in rows
        if row.extent is Extent.WHOLE or row.is_heir
    }


def disagreement(rows: Sequence[RowReading]) -> str:
    """Say what is wrong when a unit goes wholly into one and into another as well."""
    unit, listed = commune_label(rows[0].old), row_numbers(rows)
    wholes = [row for row in rows if row.extent is Extent.WHOLE]
    if len(wholes) > 1:
        return (
            f"{unit} được chuyển toàn bộ ở nhiều dòng ({listed}); nếu chia cho nhiều đơn vị mới "
            "thì ghi “Một phần” ở từng dòng"
        )
    if wholes and len(rows) > 1:
        return f"{unit} vừa được chuyển toàn bộ vừa được chuyển một phần ({listed})"
    if not wholes and len(rows) == 1 and rows[0].extent is Extent.PART:
        return (
            f"{unit} mới ghi một phần; ghi thêm dòng cho phần còn lại, kể cả phần giữ nguyên tên, "
            "hoặc ghi “Toàn bộ”"
        )
    return ""


def same_heir_twice(rows: Sequence[RowReading]) -> str:
    """Say that two parts go into one new unit."""
    heirs = [(row.new.identity, row.code) for row in rows if row.new]
    if len(heirs) == len(set(heirs)):
        return ""
    return f"{commune_label(rows[0].old)} được ghi hai lần vào cùng một đơn vị mới"


def heir_problem(rows: Sequence[RowReading]) -> str:
    """Say that of several heirs none, or more than one, is to keep the records."""
    if len(rows) == 1:
        return ""
    unit, heirs = commune_label(rows[0].old), [row for row in rows if row.is_heir]
    if not heirs:
        return f"{unit} được chia mà chưa ghi x ở cột kế thừa hồ sơ cho đơn vị nào"
    if len(heirs) > 1:
        return f"{unit} có nhiều đơn vị cùng ghi kế thừa hồ sơ ({row_numbers(heirs)}), chỉ ghi một"
    return ""


def row_numbers(rows: Sequence[RowReading]) -> str:
    """Give "dòng 5, 9"."""
    return "dòng " + ", ".join(str(row.row) for row in rows)
