"""Which commune a text means on a day: exactly one, or a sentence why not and what to choose from.

Kind + name + district + date identify a unit. An official code is an attribute: it may settle
which of several units of one name is meant, never contradict the name.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from communes import names
from communes.models import Commune, Descent, District
from communes.place_texts import (
    DistrictText,
    PlaceText,
    locate,
    name_key,
    read_district,
)

NEAR = 0.75
MOST_SUGGESTIONS = 3


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

    ``descents`` tell what became of units that are no more: read once a text names one of them.
    """

    def __init__(self, communes: Iterable[Commune], descents: Iterable[Descent] = ()):
        self.descents = descents
        self.by_pk = {commune.pk: commune for commune in communes}
        self.communes: dict[str, list[Commune]] = defaultdict(list)
        self.districts: dict[str, list[District]] = defaultdict(list)
        self.plain_names: dict[dt.date, dict[str, list[Commune]]] = {}
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
        return key in self.districts and not any(c.exists_on(day) for c in self.communes[key])

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
        fitting = [
            commune
            for commune in named
            if place.kind in (None, commune.kind)
            and (district is None or may_be_in(commune, district, day))
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
        existing = [
            commune
            for commune in self.by_pk.values()
            if same_code(commune.code, code) and commune.exists_on(day)
        ]
        if len(existing) == 1:
            return Found(existing[0])
        return Found(reason=f"mã ĐVHC {code} không ứng với đúng một xã, phường, thị trấn")

    def find_with_district_behind(self, place: PlaceText, code: str, day: dt.date) -> Found | None:
        """Read "Phường 1 Ngã Năm": a district's name right behind, without its kind."""
        key = name_key(place.name)
        for district_key, districts in self.districts.items():
            name = key.removesuffix(f" {district_key}")
            if name != key and len(districts) == 1:
                found = self.find_in(replace(place, name=name), districts[0], code, day)
                return found if found.commune else None
        return None

    def same_name(self, index: dict[str, list], name: str, text: str) -> list:
        """Give the units of that name; a text without any accent also finds accented names."""
        exact = index.get(name_key(name), [])
        if exact or not text.isascii():
            return exact
        plain = names.without_accents(name_key(name))
        return [
            unit
            for key, units in index.items()
            if names.without_accents(key) == plain
            for unit in units
        ]

    # --- sentences ----------------------------------------------------------------------------

    def unknown_district(self, text: DistrictText) -> str:
        """Say that no such district is known, and name one of the same or a similar name."""
        names_without_accents = {names.without_accents(key): key for key in self.districts}
        wanted = names.without_accents(name_key(text.name))
        near = difflib.get_close_matches(wanted, names_without_accents, 1, NEAR)
        known = [str(unit) for key in near for unit in self.districts[names_without_accents[key]]]
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
            for row in self.descents
            if row.old_id == gone.pk
            and row.started_on <= day
            and (row.ended_on is None or day < row.ended_on)
        ]
        rows.sort(key=lambda row: (not row.is_main, row.pk))
        return [self.by_pk[row.new_id] for row in rows]

    def names_without_accents(self, day: dt.date) -> dict[str, list[Commune]]:
        """Give the units of ``day`` by their name without accents."""
        if day not in self.plain_names:
            by_plain_name = self.plain_names[day] = defaultdict(list)
            for key, communes in self.communes.items():
                plain = names.without_accents(key)
                by_plain_name[plain] += [unit for unit in communes if unit.exists_on(day)]
        return self.plain_names[day]

    def near(self, place: PlaceText, district: District | None, day: dt.date) -> list[Commune]:
        """Give units with the same or a similar name, those of the right district first."""
        by_plain_name = self.names_without_accents(day)
        wanted = names.without_accents(name_key(place.name))
        similar = difflib.get_close_matches(wanted, by_plain_name, MOST_SUGGESTIONS, NEAR)
        units = [commune for plain in similar for commune in by_plain_name[plain]]
        units.sort(
            key=lambda unit: (
                district is not None and unit.district_id != district.pk,
                unit.kind != place.kind,
            )
        )
        return units[:MOST_SUGGESTIONS]


def may_be_in(commune: Commune, district: District, day: dt.date) -> bool:
    """Say whether a text that names ``district`` may mean ``commune``.

    Once a district is no more, its name goes on being written beside units that are in none.
    """
    if commune.district_id is None:
        return not district.exists_on(day)
    return commune.district_id == district.pk


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
