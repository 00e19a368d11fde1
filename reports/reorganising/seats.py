"""Who follows the old units of a new one, and what the office says becomes of each of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from django.db import models
from django.db.models import Q

from assignments.enums import AssignmentRole
from assignments.models import Assignment, Officer
from communes.models import Commune


class Fate(models.TextChoices):
    """What becomes of an officer's following of old units, in the new one."""

    MAIN = AssignmentRole.MAIN.value, "Giữ, phụ trách chính"
    SUPPORT = AssignmentRole.SUPPORT.value, "Giữ, tham gia theo dõi"
    COVER = AssignmentRole.COVER.value, "Giữ, phụ trách tạm thời"
    END = "end", "Thôi phụ trách"


@dataclass(frozen=True)
class Seat:
    """One officer in the old units of one new unit, from the day of the rearrangement on.

    ``rows`` are their assignments there which follow on each other: they become one. They begin
    on the day or, where none is in force then, when the first of them was to begin. ``carried``:
    one of the old units has its records kept by the new one.
    """

    rows: tuple[Assignment, ...]
    day: dt.date
    carried: bool

    @property
    def key(self) -> str:
        """Give what names the seat among those of all units, as long as its rows are the same."""
        return "-".join(str(row.pk) for row in self.rows)

    @property
    def officer(self) -> Officer:
        return self.rows[0].officer

    @property
    def since(self) -> dt.date:
        return max(self.day, self.rows[0].started_on)

    @property
    def last(self) -> Assignment:
        """Give the row that ends last: its end, if known, is the new assignment's."""
        return max(self.rows, key=lambda row: row.ended_on or dt.date.max)

    @property
    def until(self) -> dt.date | None:
        return self.last.ended_on

    @property
    def last_day(self) -> dt.date | None:
        return self.last.last_day

    @property
    def begins_later(self) -> bool:
        return self.since > self.day

    @property
    def main_of(self) -> list[Commune]:
        """Give the old units the officer is main officer of."""
        return [row.commune for row in self.rows if row.role == AssignmentRole.MAIN]

    @property
    def is_cover(self) -> bool:
        return all(row.role == AssignmentRole.COVER for row in self.rows)

    @cached_property
    def may_stay(self) -> bool:
        """Say whether the officer can be assigned from that day: in post, not left by then."""
        joined, left = self.officer.joined_on, self.officer.left_on
        return (joined is None or joined <= self.since) and (left is None or self.since < left)

    @property
    def options(self) -> list[Fate]:
        """Give what the office may choose."""
        if not self.may_stay:
            return [Fate.END]
        return [fate for fate in Fate if fate != Fate.COVER or self.is_cover]

    def meets(self, other: Seat) -> bool:
        """Say whether both are there on some day."""
        return self.since < (other.until or dt.date.max) and other.since < (
            self.until or dt.date.max
        )


def assignments_of(communes: Iterable[int], day: dt.date) -> list[Assignment]:
    """Give the assignments of ``communes`` that are in force on ``day``, or begin later."""
    not_over = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    rows = Assignment.objects.filter(not_over, commune__in=communes).with_parties()
    return list(rows.order_by("officer__sort_key", "officer", "started_on", "pk"))


def seats_of(rows: Iterable[Assignment], day: dt.date, main: Iterable[int]) -> list[Seat]:
    """Give the seats of the assignments in one new unit's old units, officer by officer.

    ``main`` are those old units whose records it keeps. What follows on each other or overlaps is
    one seat; somebody who comes back later has two.
    """
    of_officer: dict[int, list[list[Assignment]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.officer.sort_key, row.officer_id, row.started_on)):
        together = of_officer[row.officer_id]
        if together and row.started_on <= latest_end(together[-1]):
            together[-1].append(row)
        else:
            together.append([row])
    main = set(main)
    return [
        Seat(tuple(some), day, any(row.commune_id in main for row in some))
        for together in of_officer.values()
        for some in together
    ]


def latest_end(rows: Iterable[Assignment]) -> dt.date:
    return max(row.ended_on or dt.date.max for row in rows)


# --- what is proposed, and what speaks against a choice ------------------------------------------


def proposed(seats: Sequence[Seat], bearers: Sequence[int]) -> dict[str, Fate]:
    """Give a fate for every seat.

    Main is who is main officer of the old unit whose name, else code, the new one carries
    (``bearers``, the first that has one counts); the others support, cover stays cover. Who
    followed only a part that left its records elsewhere does not come along.
    """
    main = next((seat for bearer in bearers for seat in seats if holds(seat, bearer)), None)
    main = main or most_at_home(seats)
    fates: dict[str, Fate] = {}
    for seat in seats:
        if not seat.may_stay or not seat.carried:
            fates[seat.key] = Fate.END
        elif seat is main or (main and follows(seat, main)):
            fates[seat.key] = Fate.MAIN
        elif seat.is_cover and not any(meets_cover(seat, other, fates) for other in seats):
            fates[seat.key] = Fate.COVER
        else:
            fates[seat.key] = Fate.SUPPORT
    return fates


def most_at_home(seats: Sequence[Seat]) -> Seat | None:
    """Give who is main officer of most of the old units; ``None`` where that is not one alone."""
    held = {
        seat: len(seat.main_of)
        for seat in seats
        if seat.carried and any(holds(seat, unit.pk) for unit in seat.main_of)
    }
    most = [seat for seat, count in held.items() if count == max(held.values())]
    return most[0] if len(most) == 1 else None


def holds(seat: Seat, commune: int) -> bool:
    """Say whether the officer is the main one of an old unit on the day, and may stay."""
    there = any(unit.pk == commune for unit in seat.main_of)
    return there and seat.may_stay and not seat.begins_later


def follows(seat: Seat, main: Seat) -> bool:
    """Say whether it was known that this officer takes over from the main one."""
    places = {unit.pk for unit in main.main_of}
    takes_over = any(unit.pk in places for unit in seat.main_of)
    return takes_over and not seat.meets(main)


def meets_cover(seat: Seat, other: Seat, fates: Mapping[str, Fate]) -> bool:
    return fates.get(other.key) == Fate.COVER and seat.meets(other)


def problems(seats: Sequence[Seat], fates: Mapping[str, Fate], *, may_be_empty: bool) -> list[str]:
    """Say why the fates of a unit's seats cannot be applied; nothing when they can."""
    found = []
    for fate, sentence in (
        (Fate.MAIN, "Có hơn một người phụ trách chính trong cùng thời gian: {}."),
        (Fate.COVER, "Có hơn một người phụ trách tạm thời trong cùng thời gian: {}."),
    ):
        chosen = [seat for seat in seats if fates.get(seat.key) == fate]
        clashing = [pair for pair in combinations(chosen, 2) if pair[0].meets(pair[1])]
        named = dict.fromkeys(seat.officer.full_name for pair in clashing for seat in pair)
        if clashing:
            found.append(sentence.format(", ".join(named)))
    if not may_be_empty and Fate.MAIN not in [fates.get(seat.key) for seat in seats]:
        found.append(NOBODY)
    return found


NOBODY = "Chưa có người phụ trách chính; nếu tạm thời chưa phân công thì đánh dấu “để trống”."


def known_end(seat: Seat) -> dict[str, object]:
    """Give the end that was known of a seat, as fields of its new assignment."""
    last = seat.last
    return {
        "ended_on": last.ended_on,
        "end_reason": last.end_reason if last.ended_on else "",
        "closing_decision": last.closing_decision if last.ended_on else None,
    }
