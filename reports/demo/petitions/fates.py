"""How four hundred petitions stand on the world's day, and which belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from reports.demo.petitions.answering import TRANSPORT
from reports.demo.petitions.asking import ASKED, CHAINS, HALLS, LIGHTS, ROADS, SCHOOLS, WATER, Asked
from reports.enums import PetitionState

NEW, ROUTED = PetitionState.NEW, PetitionState.ROUTED
CONSIDERING, IN_PROGRESS = PetitionState.CONSIDERING, PetitionState.IN_PROGRESS
RESOLVED, ANSWERED = PetitionState.RESOLVED, PetitionState.ANSWERED
UNDER_RESOURCED = PetitionState.UNDER_RESOURCED
OUT_OF_COMPETENCE, DUPLICATE = PetitionState.OUT_OF_COMPETENCE, PetitionState.DUPLICATE


class Turn(Enum):
    """What is special about a petition's life."""

    PLAIN = "plain"
    OLD = "old"  # new, and nobody has routed it for long
    OVERDUE = "overdue"
    OVERDUE_SOON = "overdue soon"  # it was urgent: a short limit
    REOPENED = "reopened"  # it had been settled, and came back
    ON_THE_SPOT = "on the spot"  # the officer settled it where it was raised
    UNTOLD = "untold"  # settled lately, the commune still to be told
    UNTOLD_LONG = "untold long"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Group:
    """A matter: its title, who had it, since how many days, how long it may take."""

    title: str
    field: str
    asked: tuple[Asked, ...]
    days_ago: int
    limit: int
    body: str = ""  # the field's own unless named
    answered_ago: int = 0


@dataclass(frozen=True)
class Fate:
    """How a petition stands in the end; ``is_shown`` is of the officer one can log in as."""

    state: PetitionState
    turn: Turn = Turn.PLAIN
    group: Group | None = None
    is_shown: bool = False


STREET_LIGHTS = Group(
    "Lắp đèn đường, chiếu sáng đường nông thôn", LIGHTS, ASKED[LIGHTS][:1], 47, 30, TRANSPORT
)
CANALS = Group("Nạo vét kênh nội đồng trước vụ Đông Xuân", WATER, ASKED[WATER][:1], 34, 75)
MEETING_HALLS = Group("Nhà văn hóa ấp, khóm xuống cấp", HALLS, ASKED[HALLS][:1], 21, 45)
BRIDGES = Group(
    "Cầu yếu trên các tuyến đường liên ấp", ROADS, ASKED[ROADS][1:2], 190, 30, answered_ago=131
)
CLASSROOMS = Group("Thiếu phòng học mầm non", SCHOOLS, ASKED[SCHOOLS][:1], 60, 30, answered_ago=19)
RICE = Group(
    "Bao tiêu lúa thơm theo hợp đồng", CHAINS, ASKED[CHAINS][:1], 300, 45, answered_ago=262
)
GROUPS = (STREET_LIGHTS, CANALS, MEETING_HALLS, BRIDGES, CLASSROOMS, RICE)

# (how many, how they stand). 400 in all, 214 of them open, 23 of these overdue.
PLAN = (
    (9, Fate(NEW)),
    (1, Fate(NEW, Turn.REOPENED)),
    (4, Fate(NEW, Turn.OLD)),
    (14, Fate(ROUTED, Turn.OVERDUE, STREET_LIGHTS)),
    (3, Fate(ROUTED, Turn.OVERDUE_SOON)),
    (2, Fate(ROUTED, Turn.REOPENED)),
    (46, Fate(ROUTED)),
    (1, Fate(ROUTED, is_shown=True)),
    (8, Fate(CONSIDERING, group=MEETING_HALLS)),
    (3, Fate(CONSIDERING, Turn.OVERDUE)),
    (1, Fate(CONSIDERING, Turn.OVERDUE, is_shown=True)),
    (46, Fate(CONSIDERING)),
    (9, Fate(IN_PROGRESS, group=CANALS)),
    (2, Fate(IN_PROGRESS, Turn.OVERDUE_SOON)),
    (2, Fate(IN_PROGRESS, Turn.REOPENED)),
    (63, Fate(IN_PROGRESS)),
    (5, Fate(RESOLVED, group=RICE)),
    (6, Fate(RESOLVED, Turn.ON_THE_SPOT)),
    (5, Fate(RESOLVED, Turn.UNTOLD)),
    (1, Fate(RESOLVED, Turn.UNTOLD, is_shown=True)),
    (2, Fate(RESOLVED, Turn.UNTOLD_LONG)),
    (43, Fate(RESOLVED)),
    (3, Fate(ANSWERED, group=CLASSROOMS)),
    (3, Fate(ANSWERED, Turn.UNTOLD, CLASSROOMS)),
    (5, Fate(ANSWERED, Turn.ON_THE_SPOT)),
    (3, Fate(ANSWERED, Turn.UNTOLD)),
    (2, Fate(ANSWERED, Turn.UNTOLD_LONG)),
    (1, Fate(ANSWERED, Turn.UNTOLD_LONG, is_shown=True)),
    (43, Fate(ANSWERED)),
    (7, Fate(UNDER_RESOURCED, group=BRIDGES)),
    (3, Fate(UNDER_RESOURCED, Turn.UNTOLD)),
    (20, Fate(UNDER_RESOURCED)),
    (2, Fate(OUT_OF_COMPETENCE, Turn.UNTOLD)),
    (14, Fate(OUT_OF_COMPETENCE)),
    (2, Fate(DUPLICATE, Turn.UNTOLD)),
    (14, Fate(DUPLICATE)),
    (2, Fate(NEW, Turn.WITHDRAWN)),
)


def fates() -> Iterator[Fate]:
    """Give one fate for each petition."""
    for number, fate in PLAN:
        yield from [fate] * number
