"""Invented Party cells of every commune, with hamlet names such as the region bears; contacts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from assignments.demo.logins import random_for
from assignments.demo.people import fresh_names
from communes.enums import CellKind, CommuneKind
from communes.models import Commune, Contact, PartyCell

words = str.split
FIRST_WORDS = words("An Bình Hòa Long Mỹ Phú Phước Tân Thạnh Vĩnh Đại Thới Hưng")
SECOND_WORDS = words("Hòa Bình Thành Lợi Phú An Đông Thới Quới Hưng Thuận Trung Nghĩa")
KHMER_HAMLETS = (
    "Sóc Bưng",
    "Trà Canh",
    "Trà Mơn",
    "Bưng Chông",
    "Sóc Dong",
    "Sóc Xoài",
    "Sóc Mới",
    "Trà Quýt",
    "Giồng Chùa",
    "Giồng Giữa",
    "Cà Lăng",
    "Đay Sô",
    "Bưng Tróp",
    "Rạch Sên",
    "Tắc Gồng",
    "Prey Chóp",
    "Xẻo Me",
    "Kinh Mới",
    "Xóm Lớn",
    "Chắc Tưng",
)
# Cells that are no hamlet's, with how often a commune has one.
OFFICES = (("Công an", 1.0), ("Trạm Y tế", 0.7), ("Quân sự", 0.6))
SCHOOLS = ("Trường Mầm non", "Trường Tiểu học", "Trường Trung học cơ sở")
MERGED = 6  # communes in which two hamlets became one
CONTACT_OFFICES = ("Bí thư Đảng ủy", "Phó Bí thư Thường trực Đảng ủy")
REPLACED = 5  # communes whose first contact was another not long ago
PHONE = "0299 000 {:04}"  # no exchange has the number 000


@dataclass(frozen=True)
class Cells:
    """All cells, saved, and how many members each has, by key."""

    by_commune: dict[int, list[PartyCell]]
    members: dict[int, int]

    @classmethod
    def of(cls, seed: int, cells: Iterable[PartyCell]) -> Cells:
        rng = random_for(seed, "members of cells")
        by_commune, members = defaultdict(list), {}
        for cell in cells:
            by_commune[cell.commune_id].append(cell)
            members[cell.pk] = rng.randint(8, 27)
        return cls(by_commune, members)

    def existing(self, commune: Commune, day: dt.date) -> list[PartyCell]:
        """Give the cells of a commune on ``day``."""
        return [
            cell
            for cell in self.by_commune[commune.pk]
            if (cell.started_on is None or cell.started_on <= day)
            and (cell.ended_on is None or day < cell.ended_on)
        ]

    def hamlets(self, commune: Commune, day: dt.date) -> list[PartyCell]:
        """Give those of them where people live."""
        return [cell for cell in self.existing(commune, day) if cell.kind != CellKind.OFFICE]


def hamlet_names(rng: Random, number: int) -> list[str]:
    """Name the hamlets of a rural commune: by number, or each by its own name."""
    if rng.random() < 0.3:
        return [str(place) for place in range(1, number + 1)]
    named = [f"{first} {second}" for first in FIRST_WORDS for second in SECOND_WORDS]
    suitable = [name for name in named if len(set(name.split())) == 2]
    khmer = rng.sample(KHMER_HAMLETS, rng.choice((0, 1, 2, 3)))
    return sorted(khmer + rng.sample(suitable, number - len(khmer)))


def hamlets_of(rng: Random, commune: Commune) -> list[PartyCell]:
    number = rng.randint(4, 8)
    if commune.kind == CommuneKind.RURAL_COMMUNE:
        kind, names = CellKind.HAMLET, hamlet_names(rng, number)
    else:
        kind, names = CellKind.URBAN_QUARTER, [str(place) for place in range(1, number + 1)]
    return [PartyCell(commune=commune, kind=kind, name=name) for name in names]


def offices_of(rng: Random, commune: Commune) -> Iterator[PartyCell]:
    kind = commune.get_kind_display().lower()
    for name, chance in OFFICES:
        if rng.random() < chance:
            yield PartyCell(commune=commune, kind=CellKind.OFFICE, name=f"{name} {kind}")
    yield PartyCell(commune=commune, kind=CellKind.OFFICE, name=rng.choice(SCHOOLS))


def invent_cells(seed: int, communes: Iterable[Commune], day: dt.date) -> list[PartyCell]:
    """Invent five to twelve cells for each commune, unsaved; in a few, hamlets have merged."""
    rng = random_for(seed, "cells")
    made = [(hamlets_of(rng, commune), list(offices_of(rng, commune))) for commune in communes]
    large = [hamlets for hamlets, _ in made if len(hamlets) >= 7]
    for hamlets in rng.sample(large, min(MERGED, len(large))):
        merge(rng, hamlets, day)
    return [cell for hamlets, offices in made for cell in hamlets + offices]


def merge(rng: Random, hamlets: list[PartyCell], day: dt.date) -> None:
    """End one hamlet's cell on the first of a month of the last year or so: it joined another."""
    gone, into = rng.sample(hamlets, 2)
    gone.ended_on = (day - dt.timedelta(days=rng.randint(150, 480))).replace(day=1)
    resolution = f"Nghị quyết số {rng.randint(11, 48)}/NQ-HĐND của Hội đồng nhân dân tỉnh"
    gone.end_note = f"Nhập vào {into.place[:1].lower()}{into.place[1:]} theo {resolution}"


def invent_contacts(seed: int, communes: list[Commune], day: dt.date) -> list[Contact]:
    """Invent whom to call in each commune, unsaved: one or two, a few of them newly in office."""
    rng = random_for(seed, "contacts")
    names, numbers = fresh_names(rng), count(1)
    renewed = set(rng.sample(range(len(communes)), REPLACED))

    def contact(commune: Commune, rank: int, **dates: dt.date) -> Contact:
        _, full_name = next(names)
        return Contact(
            commune=commune,
            full_name=full_name,
            office=CONTACT_OFFICES[rank],
            phone=PHONE.format(next(numbers)),
            rank=rank + 1,
            **dates,
        )

    made = []
    for place, commune in enumerate(communes):
        since = {}
        if place in renewed:
            changed_on = day - dt.timedelta(days=rng.randint(60, 400))
            made.append(contact(commune, 0, ended_on=changed_on))
            since = {"started_on": changed_on}
        made.append(contact(commune, 0, **since))
        if rng.random() < 0.6:
            made.append(contact(commune, 1))
    return made
