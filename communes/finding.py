"""Which commune a text means on a day: exactly one, or a sentence why not and what to choose from.

Kind + name + district + date identify a unit. An official code is an attribute: it may settle
which of several units of one name is meant, never contradict the name.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from communes import names
from communes.models import Commune, Descent, District
from communes.name_index import MOST_SUGGESTIONS, NameIndex
from communes.place_texts import (
    DistrictText,
    PlaceText,
    locate,
    name_key,
    read_district,
)


@dataclass(frozen=True)
class Found:
    """What a text turned out to mean: one commune, or a reason and the units to choose from."""

    commune: Commune | None = None
    reason: str = ""
    warning: str = ""
    options: tuple[Commune, ...] = ()


def commune_label(commune: Commune) -> str:
    """Give a unit's name with its district: "Phường 1 (Thành phố Sóc Trăng)"."""
    return f"{commune} ({commune.district})" if commune.district else str(commune)


class Gazetteer:
    """All units, indexed by name. Made from rows already read, it asks the database nothing.

    What texts are looked up in is indexed once: a list of ten thousand rows may be wrong in every
    one. ``descents`` tell what became of units that are no more: read once a text names one.
    """

    def __init__(self, communes: Iterable[Commune], descents: Iterable[Descent] = ()):
        self.descents = descents
        self.by_pk = {commune.pk: commune for commune in communes}
        self.communes, self.districts = NameIndex(), NameIndex()
        for commune in self.by_pk.values():
            self.communes[name_key(commune.name)].append(commune)
        for district in {c.district_id: c.district for c in self.by_pk.values()}.values():
            if district:
                self.districts[name_key(district.name)].append(district)

    # --- districts ----------------------------------------------------------------------------

    def district(self, text: DistrictText) -> District | None:
        """Give the district a text names: by kind if it has one, without accents if it has none."""
        return one_of(self.same_name(self.districts, text.name, text.text), text.kind)

    def sort_out_bare_names(self, places: list[PlaceText], day: dt.date) -> list[PlaceText]:
        """Take "Ngã Năm" in "Phường 1, Ngã Năm" as a district where no commune is called so."""
        sorted_out: list[PlaceText] = []
        for place in places:
            if place.bare and not place.plural and self.names_only_district(place, day):
                district = DistrictText(place.name, None, place.name)
                sorted_out = locate(sorted_out, district)
            else:
                sorted_out.append(place)
        return sorted_out

    def names_only_district(self, place: PlaceText, day: dt.date) -> bool:
        key = name_key(place.name)
        return key in self.districts and not any(
            commune.exists_on(day) for commune in self.communes.get(key, ())
        )

    # --- communes -----------------------------------------------------------------------------

    def find(
        self, place: PlaceText, row_district: DistrictText | None, code: str, day: dt.date
    ) -> Found:
        """Say which commune ``place`` means on ``day``.

        ``row_district`` is the district the row's own column or a heading names; the one written
        beside the commune is more particular. A ``code`` must agree with the name.
        """
        place = self.with_bracketed_district(place)
        if place.remark:
            return Found(reason=f"không rõ phần ghi trong ngoặc “{place.remark}” sau {place.label}")
        if place.bare and not place.plural and name_key(place.name) in self.districts:
            return Found(
                reason=f"không rõ “{place.name}” là tên xã, phường, thị trấn hay tên huyện"
            )
        district_text = place.district or row_district
        district = self.district(district_text) if district_text else None
        if district_text and district is None:
            return Found(reason=self.unknown_district(district_text))
        found = self.find_in(place, district, code, day)
        if found.commune is None and not found.options and district is None:
            return self.find_with_district_behind(place, code, day) or found
        return found

    def with_bracketed_district(self, place: PlaceText) -> PlaceText:
        """Take "Xã An Ninh (Châu Thành)", without "huyện", as the district it names."""
        district = read_district(place.remark)
        if district is None or place.district or self.district(district) is None:
            return place
        return replace(place, district=district, remark="")

    def find_in(
        self, place: PlaceText, district: District | None, code: str, day: dt.date
    ) -> Found:
        """Look ``place`` up in ``district``, or anywhere when that is ``None``."""
        named = self.same_name(self.communes, place.name, place.text)
        within = district and districts_meant(district, day)
        fitting = [
            commune
            for commune in named
            if place.kind in (None, commune.kind)
            and (within is None or commune.district_id in within)
        ]
        existing = [commune for commune in fitting if commune.exists_on(day)]
        if len(existing) > 1 and code:
            existing = [c for c in existing if same_code(c.code, code)] or existing
        if len(existing) > 1:
            return self.ambiguous(place, existing)
        if not existing:
            return self.unknown(place, fitting, district, day)
        return self.checked(existing[0], place, code)

    def checked(self, commune: Commune, place: PlaceText, code: str) -> Found:
        """Refuse a code that belongs to another unit; warn of a name written without accents."""
        if code and not same_code(commune.code, code):
            return Found(
                reason=f"mã {code} không phải của {commune_label(commune)} (mã {commune.code})"
            )
        warning = ""
        if name_key(place.name) != name_key(commune.name):
            warning = f"“{place.text}” ghi không dấu, hiểu là {commune_label(commune)}"
        return Found(commune, warning=warning)

    def find_code(self, code: str, day: dt.date) -> Found:
        """Give the one unit with ``code`` on ``day``; a row without a name goes by it."""
        coded = self.by_code.get(code.lstrip("0"), ())
        existing = [commune for commune in coded if commune.exists_on(day)]
        if len(existing) == 1:
            return Found(existing[0])
        return Found(reason=f"mã ĐVHC {code} không ứng với đúng một xã, phường, thị trấn")

    @cached_property
    def by_code(self) -> dict[str, list[Commune]]:
        """Give the units by their code as a number (:func:`same_code`), those that have one."""
        by_code: dict[str, list[Commune]] = defaultdict(list)
        for commune in self.by_pk.values():
            if number := commune.code.lstrip("0"):
                by_code[number].append(commune)
        return by_code

    def find_with_district_behind(self, place: PlaceText, code: str, day: dt.date) -> Found | None:
        """Read "Phường 1 Ngã Năm": a district's name right behind, without its kind."""
        key = name_key(place.name)
        for district_key, districts in self.districts.items():
            name = key.removesuffix(f" {district_key}")
            if name != key and len(districts) == 1:
                found = self.find_in(replace(place, name=name), districts[0], code, day)
                return found if found.commune else None
        return None

    def same_name(self, index: NameIndex, name: str, text: str) -> list:
        """Give the units of that name; a text without any accent also finds accented names."""
        exact = index.get(name_key(name), [])
        if exact or not text.isascii():
            return exact
        return index.of_plain_name(names.without_accents(name_key(name)))

    # --- sentences ----------------------------------------------------------------------------

    def unknown_district(self, text: DistrictText) -> str:
        """Say that no such district is known, and name one of the same or a similar name."""
        by_plain_name = self.districts.by_plain_name
        wanted = names.without_accents(name_key(text.name))
        near = self.districts.similar(wanted)[:1]
        known = [str(unit) for plain in near for unit in self.districts[by_plain_name[plain][-1]]]
        return f"không có huyện, thị xã, thành phố “{text.text}”{question(known)}"

    def ambiguous(self, place: PlaceText, existing: list[Commune]) -> Found:
        options = ", ".join(commune_label(commune) for commune in existing)
        return Found(
            reason=f"chưa rõ “{place.label}” là đơn vị nào: {options}", options=tuple(existing)
        )

    def unknown(
        self, place: PlaceText, fitting: list[Commune], district: District | None, day: dt.date
    ) -> Found:
        """Say that no such unit exists on ``day``, and name the nearest that does."""
        if fitting:
            gone = max(fitting, key=lambda unit: unit.dissolved_on or dt.date.min)
            heirs = self.heirs(gone, day)
            since = f", nay là {' và '.join(map(commune_label, heirs))}" if heirs else ""
            return Found(reason=not_there(gone, day) + since, options=tuple(heirs))
        within = f" trong {district}" if district else ""
        near = self.near(place, district, day)
        reason = f"không có {place_name(place)}{within}"
        labels = [commune_label(commune) for commune in near]
        return Found(reason=reason + question(labels), options=tuple(near))

    def heirs(self, gone: Commune, day: dt.date) -> list[Commune]:
        """Give the units of ``day`` that came of one that is no more, the main one first."""
        rows = [
            row
            for row in self.descents_of.get(gone.pk, ())
            if row.started_on <= day and (row.ended_on is None or day < row.ended_on)
        ]
        rows.sort(key=lambda row: (not row.is_main, row.pk))
        return [self.by_pk[row.new_id] for row in rows]

    @cached_property
    def descents_of(self) -> dict[int, list[Descent]]:
        """Give what came of units that are no more, by their keys."""
        of_unit: dict[int, list[Descent]] = defaultdict(list)
        for row in self.descents:
            of_unit[row.old_id].append(row)
        return of_unit

    def near(self, place: PlaceText, district: District | None, day: dt.date) -> list[Commune]:
        """Give units with the same or a similar name, those of the right district first."""
        similar = self.communes.similar(names.without_accents(name_key(place.name)))
        named = (unit for plain in similar for unit in self.communes.of_plain_name(plain))
        units = [unit for unit in named if unit.exists_on(day)]
        units.sort(
            key=lambda unit: (
                district is not None and unit.district_id != district.pk,
                unit.kind != place.kind,
            )
        )
        return units[:MOST_SUGGESTIONS]


def districts_meant(district: District, day: dt.date) -> set[int | None]:
    """Give the keys of the districts a unit may be in where a text names ``district``.

    Once a district is no more, its name goes on being written beside units that are in none.
    """
    return {district.pk} if district.exists_on(day) else {district.pk, None}


def one_of(units: list[District], kind: str | None) -> District | None:
    fitting = [unit for unit in units if kind in (None, unit.kind)]
    return fitting[0] if len(fitting) == 1 else None


def same_code(stored: str, written: str) -> bool:
    """Compare codes as numbers: a leading zero is lost in a number cell."""
    return stored.lstrip("0") == written.lstrip("0") != ""


def place_name(place: PlaceText) -> str:
    return f"{place.kind.label} {place.name}" if place.kind else f"“{place.name}”"


def question(labels: list[str]) -> str:
    return f". Có phải {' hoặc '.join(labels)} không?" if labels else ""


def not_there(commune: Commune, day: dt.date) -> str:
    """Say since when a unit no longer, or not yet, exists."""
    if commune.dissolved_on and commune.dissolved_on <= day:
        return f"{commune_label(commune)} không còn từ ngày {commune.dissolved_on:%d/%m/%Y}"
    return f"{commune_label(commune)} chỉ thành lập từ ngày {commune.established_on:%d/%m/%Y}"
