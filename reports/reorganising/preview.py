"""What the page of a draft shows of each new unit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from assignments.tables import State
from communes.enums import Extent
from communes.reorganisation.mapping import NewUnit, Source
from reports.reorganising.carried import Carried, carried
from reports.reorganising.cells import CellMove
from reports.reorganising.drafts import Draft, UnitDraft
from reports.reorganising.maps import anchor_of
from reports.reorganising.seats import Fate, Seat
from reports.reorganising.shares import Share, shares

READY = State("✓", "Đã chọn", "ok")
WAITING = State("!", "Chưa lưu lựa chọn", "due")
WRONG = State("✕", "Chưa hợp lệ", "short")
EMPTY = State("○", "Để trống", "none")


@dataclass(frozen=True)
class SeatShown:
    """One officer: where they are now, what they may become, what they owe."""

    seat: Seat
    fate: Fate
    is_proposal: bool
    share: Share | None
    field: str  # the name of its control

    @property
    def holdings(self) -> list[str]:
        """Say what they hold in each old unit: "Xã Kế An, phụ trách chính từ 01/9/2023"."""
        return [
            f"{row.commune.full_name}, {row.get_role_display().lower()} "
            f"từ {row.started_on:%d/%m/%Y}"
            + (f" đến hết {row.last_day:%d/%m/%Y}" if row.last_day else "")
            for row in self.seat.rows
        ]


# How the form's controls are named, before the unit's key; a button says which unit it saves.
SEAT, EMPTIED, ONE = "ghe", "trong", "don_vi"


def seat_field(unit: NewUnit, seat: Seat) -> str:
    """Give the name of a seat's control; one officer may have a seat in both parts of a unit."""
    return f"{SEAT}:{unit.key}:{seat.key}"


def empty_field(unit: NewUnit) -> str:
    return f"{EMPTIED}:{unit.key}"


@dataclass(frozen=True)
class UnitShown:
    """One new unit of a draft, with all that comes to it."""

    draft: UnitDraft
    seats: list[SeatShown]
    petitions: list[Carried]
    cells: list[CellMove]
    n_contacts: int
    late: dict[str, int]

    @property
    def unit(self) -> NewUnit:
        return self.draft.unit

    @property
    def anchor(self) -> str:
        return anchor_of(self.unit)

    @property
    def emptied(self) -> str:
        return empty_field(self.unit)

    @property
    def sources(self) -> list[str]:
        return [told(source) for source in self.unit.sources]

    @property
    def state(self) -> State:
        if not self.draft.is_chosen:
            return WAITING
        if self.draft.problems:
            return WRONG
        return READY if Fate.MAIN in self.draft.fates.values() else EMPTY

    @property
    def mains(self) -> str:
        """Name who is to be main officer; "" when nobody is."""
        main = (one.seat.officer.full_name for one in self.seats if one.fate == Fate.MAIN)
        return ", ".join(dict.fromkeys(main))

    @property
    def renamed(self) -> list[CellMove]:
        return [move for move in self.cells if move.is_renamed]

    @cached_property
    def n_open(self) -> int:
        return sum(one.open for one in self.petitions)


def told(source: Source) -> str:
    """Name an old unit, and say if only a part of it comes, or its records stay elsewhere."""
    if source.extent == Extent.WHOLE:
        return source.old.full_name
    return f"một phần {source.old.full_name}" + ("" if source.is_main else " (hồ sơ không theo)")


def shown(draft: Draft, user: User, day: dt.date) -> list[UnitShown]:
    """Give every new unit of a draft, with petitions as they stand on ``day``."""
    petitions = carried(draft.mapping.old_units, user, day)
    owed = shares(draft, user)
    return [unit_shown(one, draft, petitions, owed) for one in draft.units]


def unit_shown(
    one: UnitDraft, draft: Draft, petitions: dict[int, Carried], owed: dict[int, Share]
) -> UnitShown:
    world, stored = draft.world, one.stored or {}
    return UnitShown(
        draft=one,
        seats=[
            SeatShown(
                seat,
                one.fates[seat.key],
                stored.get(seat.key) not in seat.options,
                owed.get(seat.officer.pk),
                seat_field(one.unit, seat),
            )
            for seat in one.seats
        ],
        petitions=[petitions[old.pk] for old in one.unit.main_sources if old.pk in petitions],
        cells=world.cell_moves[one.unit.key],
        n_contacts=len(world.contacts_in(one.unit)),
        late=dict(Counter(row.label for row in world.late_in(one.unit))),
    )


def n_proposals(units: Iterable[UnitShown]) -> int:
    """Give how many proposals would be taken by saving all as shown."""
    return sum(one.draft.n_proposals for one in units)
