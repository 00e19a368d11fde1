"""What an officer says of a visit, put together from phrases fit for the place and the month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from assignments.demo.going import Going
from assignments.demo.phrases import Number, Phrases, changes, fieldwork, meetings, opinions
from assignments.demo.stage import Stage
from assignments.enums import MassOrganisation, VisitKind, VisitOutcome
from assignments.visits import Account
from communes.enums import CellKind, CommuneKind
from communes.models import Commune

ROMAN = ("", "I", "II", "III", "IV")
# What people live on, by the official code of their district in the bundled list.
AREAS = {
    "941": ("city",),
    "942": ("rice",),
    "943": ("fruit", "rice"),
    "944": ("rice",),
    "945": ("shrimp", "fruit"),
    "946": ("rice", "fruit"),
    "947": ("shrimp", "rice"),
    "948": ("rice",),
    "949": ("rice",),
    "950": ("shrimp", "onion", "sea"),
    "951": ("rice", "shrimp", "sea"),
}
URBAN = (CommuneKind.WARD, CommuneKind.TOWNSHIP)
CROPS = {"Đông Xuân": (11, 12, 1, 2, 3), "Hè Thu": (4, 5, 6, 7), "Thu Đông": (8, 9, 10)}
CROP_OF = {month: crop for crop, months in CROPS.items() for month in months}

HELD: dict[str, tuple[Phrases | None, Phrases]] = {
    VisitKind.COMMITTEE_MEETING: (meetings.COMMITTEE_OPENING, meetings.COMMITTEE),
    VisitKind.CELL_MEETING: (meetings.CELL_OPENING, meetings.CELL),
    VisitKind.FIELD_VISIT: (fieldwork.FIELD_OPENING, fieldwork.FIELD),
    VisitKind.LOCAL_ACTIVITY: (None, fieldwork.LOCAL),
    VisitKind.MASS_ACTIVITY: (None, fieldwork.MASS),
}
MET = {
    VisitKind.COMMITTEE_MEETING: (
        "Ban Thường vụ Đảng ủy",
        "Đồng chí Bí thư Đảng ủy",
        "Thường trực Đảng ủy, Chủ tịch Ủy ban nhân dân {loai}",
    ),
    VisitKind.CELL_MEETING: (
        "Chi ủy và đảng viên trong chi bộ",
        "Đồng chí Bí thư chi bộ",
        "Bí thư chi bộ, Phó Bí thư chi bộ",
    ),
    VisitKind.FIELD_VISIT: (
        "Thường trực Đảng ủy",
        "Phó Chủ tịch Ủy ban nhân dân {loai}",
        "Bí thư chi bộ {ap} và các hộ dân",
    ),
    VisitKind.LOCAL_ACTIVITY: ("Bà con {ap}", ""),
    VisitKind.MASS_ACTIVITY: ("Ban Thường trực Ủy ban Mặt trận Tổ quốc {loai}", ""),
}
# How often an opinion is given in (economy, defence, politics), and something is promised.
OPINIONS = {
    VisitKind.COMMITTEE_MEETING: (0.65, 0.35, 0.55, 0.22),
    VisitKind.CELL_MEETING: (0.25, 0.2, 0.6, 0.2),
    VisitKind.FIELD_VISIT: (0.6, 0.2, 0.2, 0.3),
}
FIELDS = (
    ("economy", opinions.ECONOMY),
    ("defence", opinions.DEFENCE),
    ("politics", opinions.POLITICS),
    ("promised", opinions.PROMISED),
)
ORGANISATIONS = {
    VisitKind.CELL_MEETING: 0.15,
    VisitKind.FIELD_VISIT: 0.1,
    VisitKind.MASS_ACTIVITY: 0.6,
}
MEASURED = 0.65  # of the communes have their changes followed
TOLD = 0.7  # of the quarters something is told of it
FIRST_NOTE = "Khi nhận địa bàn"


@dataclass
class Change:
    """How far a commune is with what is measured there."""

    measures: Iterator[changes.Measure]
    hamlets: int
    measure: changes.Measure | None = None
    value: float = 0
    noted: str = FIRST_NOTE
    quarter: tuple[int, int] | None = None


def areas_of(commune: Commune) -> tuple[str, ...]:
    """Give what people of a commune live on; all but the city's wards have fields as well."""
    areas = AREAS.get(commune.district.code if commune.district else "", ("rice",))
    if "city" in areas:
        return areas
    return (*areas, "country", *(("city",) if commune.kind in URBAN else ()))


def names_of(commune: Commune) -> dict[str, str]:
    """Give how a commune is named inside sentences."""
    return {
        "xa": commune.name_in_sentence,
        "dang_bo": commune.party_body,
        "loai": commune.get_kind_display().lower(),
    }


def quarter_of(day: dt.date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def words_for(going: Going) -> tuple[Phrases | None, Phrases]:
    """Give the phrases to open with, if any, and those to go on with."""
    opening, details = HELD[going.kind]
    if going.kind == VisitKind.CELL_MEETING and going.cell and going.cell.kind == CellKind.OFFICE:
        return opening, meetings.OFFICE_CELL
    return opening, details


class Teller:
    """Tells one going after another, in the order of days: changes build on what was said."""

    def __init__(self, stage: Stage):
        self.stage = stage
        self.rng = stage.random("what is told")
        self.changes = self.followed(stage.random("changes of areas"))
        self.names = {commune.pk: names_of(commune) for commune in stage.communes}

    def followed(self, rng: Random) -> dict[int, Change]:
        """Choose the communes whose changes are told, and what is measured in each."""
        return {
            commune.pk: Change(
                iter(rng.sample(changes.MEASURES, 4)),
                len(self.stage.cells.hamlets(commune, self.stage.world.start)),
            )
            for commune in self.stage.communes
            if rng.random() < MEASURED
        }

    def account(self, going: Going, is_first: bool = True) -> Account:
        """Give what one officer says; whoever is there beside the first says less."""
        slots = self.slots(going)
        if going.outcome == VisitOutcome.POSTPONED:
            return Account(findings=self.say(fieldwork.POSTPONED, going, slots))
        if not is_first:
            _, details = words_for(going)
            return Account(findings=self.say(details, going, slots))
        return Account(
            met=self.rng.choice(MET[going.kind]).format(**slots),
            findings=self.findings(going, slots),
            area_change=self.area_change(going, slots),
            organisations=self.organisations(going, slots),
            **self.advice(going, slots),
        )

    def findings(self, going: Going, slots: dict[str, object]) -> str:
        opening, details = words_for(going)
        first = [self.say(opening, going, slots)] if opening else []
        number = self.rng.choice((1, 1, 2)) if opening else 1
        return "\n".join([*first, *self.pick(details, going, slots, number)])

    def advice(self, going: Going, slots: dict[str, object]) -> dict[str, str]:
        chances = OPINIONS.get(going.kind, ())
        return {
            name: self.say(phrases, going, slots)
            for (name, phrases), chance in zip(FIELDS, chances, strict=False)
            if self.rng.random() < chance
        }

    def organisations(self, going: Going, slots: dict[str, object]) -> dict[MassOrganisation, str]:
        if self.rng.random() >= ORGANISATIONS.get(going.kind, 0):
            return {}
        chosen = self.rng.sample(list(MassOrganisation), self.rng.choice((1, 1, 2)))
        return {
            organisation: self.rng.choice(opinions.ORGANISATIONS[organisation]).format(**slots)
            for organisation in chosen
        }

    def area_change(self, going: Going, slots: dict[str, object]) -> str:
        """Tell how far the commune has come since it was last told; "" when there is nothing."""
        change = self.changes.get(going.commune.pk)
        quarter = quarter_of(going.day)
        if change is None or change.quarter == quarter or going.kind not in OPINIONS:
            return ""
        change.quarter = quarter
        if self.rng.random() > TOLD:
            return ""
        earlier = self.progress(change)
        if earlier is None:
            return ""
        told = change.measure.words.format(
            ky=change.noted,
            truoc=change.measure.written(earlier),
            nay=change.measure.written(change.value),
            tong=change.hamlets,
            **slots,
        )
        change.noted = "Cuối quý {quy}/{nam}".format(**slots)
        return told

    def progress(self, change: Change) -> float | None:
        """Let what is measured move, or the next thing when it cannot; give the value before."""
        for _ in range(2):
            if change.measure:
                earlier = change.value
                change.value = change.measure.move(self.rng, earlier, change.hamlets)
                if change.value != earlier:
                    return earlier
            change.measure = next(change.measures, None)
            if change.measure is None:
                return None
            change.value = change.measure.begin(self.rng, change.hamlets)
            change.noted = FIRST_NOTE
        return None

    def say(self, phrases: Phrases, going: Going, slots: dict[str, object]) -> str:
        return self.pick(phrases, going, slots, 1)[0]

    def pick(
        self, phrases: Phrases, going: Going, slots: dict[str, object], number: int
    ) -> list[str]:
        areas = areas_of(going.commune)
        chosen = phrases.pick(self.rng, going.day.month, areas, number)
        return [phrase.format(**slots) for phrase in chosen]

    def slots(self, going: Going) -> dict[str, object]:
        """Give what fills the places of phrases."""
        rng, commune, day = self.rng, going.commune, going.day
        year, quarter = quarter_of(day)
        hamlets = self.stage.cells.hamlets(commune, day)
        is_hamlet = going.cell and going.cell.kind != CellKind.OFFICE
        hamlet = (going.cell if is_hamlet else rng.choice(hamlets)).place
        members = self.stage.cells.members[going.cell.pk] if going.cell else rng.randint(9, 20)
        cell = str(going.cell) if going.cell else going.cell_name or f"Chi bộ {lowered(hamlet)}"
        return {
            **self.names[commune.pk],
            "ap": lowered(hamlet),
            "aps": hamlets[0].get_kind_display().lower(),
            "chi_bo": lowered(cell),
            "dv": f"{members - rng.randint(0, 3)}/{members}",
            "thang": day.month,
            "quy": ROMAN[quarter],
            "quy_toi": ROMAN[quarter % 4 + 1],
            "nam": year,
            "vu": CROP_OF[day.month],
            "tien_do": min(99, max(4, round(day.month * 100 / 12) + rng.randint(-9, 5))),
            "hen": f"{day + dt.timedelta(days=rng.randint(12, 45)):%d/%m/%Y}",
            "so": Number(rng),
            "tl": Number(rng, decimals=True),
        }


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
