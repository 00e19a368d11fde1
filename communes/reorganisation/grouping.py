"""Which rows speak of one new unit, though not each says all of it; what is spelled two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from communes.models import District
from communes.reorganisation.reading import RowReading


@dataclass
class Group:
    """The rows of one new unit."""

    readings: list[RowReading]
    code: str = ""
    district: District | None = None


def groups_of(
    readings: Sequence[RowReading], *, has_districts: bool
) -> tuple[list[Group], list[tuple[int, str]]]:
    """Give the new units' rows, and (row, reason) for those that contradict each other.

    Kind and name make a unit. While there are districts, two units may have one name: then each
    of their rows must say by district which one it means.
    """
    groups: list[Group] = []
    refused: list[tuple[int, str]] = []
    for rows in bucketed(readings, lambda reading: reading.new.identity).values():
        found = [Group(rows)]
        if has_districts and len({district_key(row) for row in rows}) > 1:
            found = by_district(rows)
        for group in found:
            refused += completed(group)
        groups += found
    refused += code_refusals(groups)
    return groups, refused


def bucketed(rows: Iterable[RowReading], key: Callable) -> dict[object, list[RowReading]]:
    buckets: dict[object, list[RowReading]] = defaultdict(list)
    for row in rows:
        buckets[key(row)].append(row)
    return buckets


def district_key(row: RowReading) -> int | None:
    """Give the district a row says its new unit lies in: the one written, else the old one's."""
    return row.district.pk if row.district else row.old.district_id


def by_district(rows: list[RowReading]) -> list[Group]:
    """Tell units of one name in several districts apart; one unit across districts stays one.

    They are several when every row says its district, or when each district has its own code.
    """
    buckets = bucketed(rows, district_key)
    codes = [{row.code for row in bucket if row.code} for bucket in buckets.values()]
    are_written = all(row.district for row in rows)
    have_own_codes = all(codes) and sum(map(len, codes)) == len(set().union(*codes))
    if are_written or have_own_codes:
        return [Group(bucket) for bucket in buckets.values()]
    return [Group(rows)]


def completed(group: Group) -> Iterator[tuple[int, str]]:
    """Give the group its code and district from the rows that have them; refuse two of either."""
    name = group.readings[0].new.full_name
    codes = sorted({row.code for row in group.readings if row.code})
    districts = {row.district.pk: row.district for row in group.readings if row.district}
    group.code = codes[0] if codes else ""
    group.district = next(iter(districts.values()), None)
    for what, found in (("mã", codes), ("huyện mới", sorted(map(str, districts.values())))):
        if len(found) > 1:
            reason = f"{name} được ghi với nhiều {what}: {', '.join(found)}"
            yield from ((row.row, reason) for row in group.readings)


def code_refusals(groups: Sequence[Group]) -> Iterator[tuple[int, str]]:
    """Refuse a code that two new units share."""
    by_code: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.code:
            by_code[group.code.lstrip("0")].append(group)
    for sharing in by_code.values():
        if len(sharing) > 1:
            listed = ", ".join(group.readings[0].new.full_name for group in sharing)
            reason = f"mã {sharing[0].code} được ghi cho nhiều đơn vị mới: {listed}"
            yield from ((row.row, reason) for group in sharing for row in group.readings)
