"""From the rows of a mapping to the units it dissolves and establishes, or the reasons why not.

Nothing is guessed and nothing is left out in silence: a row is read, says nothing (its unit stays
as it is), or is refused with a reason; a mapping with a refusal cannot be applied at all.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from communes import names
from communes.dates import short_date
from communes.finding import Gazetteer
from communes.models import Commune, District
from communes.place_texts import name_key
from communes.reorganisation.fates import fate_refusals, main_rows
from communes.reorganisation.grouping import Group, groups_of
from communes.reorganisation.mapping import Mapping, NewUnit, Refusal, Source
from communes.reorganisation.reading import RowReader, RowReading
from communes.reorganisation.sheet import MappingRow
from communes.reorganisation.standing import district_refusals, standing_refusals

NOTHING = "Bảng đối chiếu chưa ghi đơn vị mới cho đơn vị nào."


def check(
    rows: Iterable[MappingRow],
    *,
    effective_on: dt.date,
    ends_districts: bool,
    resolution: str = "",
) -> Mapping:
    """Check what the rows say against the units there are; give the units and the refusals.

    ``effective_on`` is the first day of the new units; rows that state another day, or another
    ``resolution``, are refused. The old units are those of the day before.
    """
    return Checker(effective_on, ends_districts, resolution).check(rows)


class Checker:
    """One check; the world is read once, when it begins."""

    def __init__(self, effective_on: dt.date, ends_districts: bool, resolution: str):
        self.effective_on, self.ends_districts = effective_on, ends_districts
        self.communes = list(Commune.objects.select_related("district").defer("boundary"))
        self.districts = list(District.objects.all())
        self.reader = RowReader(
            gazetteer_of(self.communes, self.districts),
            effective_on=effective_on,
            ends_districts=ends_districts,
            resolution=resolution,
        )
        self.refusals: dict[Refusal, None] = {}  # each once, in the order they were found

    def check(self, rows: Iterable[MappingRow]) -> Mapping:
        readings = [self.reader.read(row) for row in rows if row.is_change]
        if not readings:
            self.refuse([(0, NOTHING)])
        for reading in readings:
            self.refuse((reading.row, reason) for reason in reading.errors)
        named = [reading for reading in readings if reading.old]
        self.refuse(fate_refusals(named))
        units = self.units([r for r in named if r.new and not r.errors])
        leaving = {reading.old.pk for reading in named}
        self.refuse(standing_refusals(units, self.staying(leaving)))
        if self.ends_districts:
            self.refuse(
                district_refusals(self.effective_on, self.districts, self.communes, leaving)
            )
        return Mapping(
            effective_on=self.effective_on,
            ends_districts=self.ends_districts,
            new_units=tuple(units),
            refusals=tuple(sorted(self.refusals, key=lambda refusal: refusal.row)),
            warnings=tuple(f"Dòng {r.row}: {text}." for r in readings for text in r.warnings),
        )

    def refuse(self, found: Iterable[tuple[int, str]]) -> None:
        """Keep (row, reason) as full sentences, each once."""
        for row, reason in found:
            self.refusals[Refusal(row, sentence(reason))] = None

    def staying(self, leaving: set[int]) -> list[Commune]:
        """Give the units that have a day in common with the new ones and are not rearranged."""
        return [
            unit
            for unit in self.communes
            if unit.pk not in leaving
            and (unit.dissolved_on is None or unit.dissolved_on > self.effective_on)
        ]

    # --- new units --------------------------------------------------------------------------

    def units(self, readings: Sequence[RowReading]) -> list[NewUnit]:
        """Give the new units the readings name, by place; refuse what is spelled two ways."""
        groups, refused = groups_of(readings, has_districts=not self.ends_districts)
        self.refuse(refused)
        mains = main_rows(readings)
        units = [self.unit(group, mains) for group in groups]
        units.sort(key=lambda pair: pair[0])
        return with_distinct_keys([unit for _, unit in units])

    def unit(self, group: Group, mains: set[int]) -> tuple[tuple, NewUnit]:
        """Give a group's unit, and where it stands in the order."""
        name, district = group.readings[0].new, self.district_of(group)
        sources = [
            Source(reading.old, reading.extent, reading.row in mains, reading.row)
            for reading in sorted(group.readings, key=by_old_unit)
        ]
        unit = NewUnit("", name.kind, name.name, group.code, district, tuple(sources))
        return (district.code if district else "", name.identity, group.code), unit

    def district_of(self, group: Group) -> District | None:
        """Give the district of a new unit: the one written, or the one all its sources lie in."""
        if self.ends_districts:
            return None
        if group.district:
            return group.district
        found = {reading.old.district_id: reading.old.district for reading in group.readings}
        if len(found) > 1:
            listed = ", ".join(sorted(str(d) if d else "không thuộc huyện" for d in found.values()))
            self.refuse(
                (reading.row, several_districts(reading, listed)) for reading in group.readings
            )
        district = next(iter(found.values()))
        if district and not district.exists_on(self.effective_on):
            self.refuse(
                (reading.row, ended_district(district, self.effective_on))
                for reading in group.readings
            )
        return district


def gazetteer_of(communes: list[Commune], districts: list[District]) -> Gazetteer:
    """Give the index of names; districts without a commune are in it too."""
    gazetteer = Gazetteer(communes)
    known = {commune.district_id for commune in communes}
    for district in districts:
        if district.pk not in known:
            gazetteer.districts[name_key(district.name)].append(district)
    return gazetteer


def by_old_unit(reading: RowReading) -> tuple:
    old = reading.old
    return old.district.code if old.district else "", old.sort_key, old.pk


def several_districts(reading: RowReading, listed: str) -> str:
    return (
        f"các đơn vị cũ của {reading.new.full_name} thuộc nhiều huyện ({listed}); "
        "ghi rõ ở cột huyện mới"
    )


def ended_district(district: District, day: dt.date) -> str:
    return (
        f"{district} không có trong ngày {short_date(day)}; ghi huyện mới, hoặc khai khi nạp rằng "
        "cấp huyện kết thúc"
    )


def sentence(reason: str) -> str:
    """Give a reason as a sentence."""
    reason = reason.strip().rstrip(".")
    end = "" if reason.endswith("?") else "."
    return f"{reason[:1].upper()}{reason[1:]}{end}"


def with_distinct_keys(units: list[NewUnit]) -> list[NewUnit]:
    """Give each unit a key made of its name and code, "-2" behind the second of one key."""
    seen: dict[str, int] = defaultdict(int)
    keyed = []
    for unit in units:
        key = key_of(unit)
        seen[key] += 1
        keyed.append(replace(unit, key=key if seen[key] == 1 else f"{key}-{seen[key]}"))
    return keyed


def key_of(unit: NewUnit) -> str:
    """Give "phuong-soc-trang-31507"."""
    words = [names.without_accents(unit.full_name), unit.code]
    return "-".join(names.WORDS.findall(" ".join(words).lower()))
