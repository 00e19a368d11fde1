"""The world the writers write in: officers with communes and accounts, the office, and contests."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from django.test import Client as DjangoClient

from accounts import clock
from accounts.enums import Role
from accounts.models import User
from assignments.enums import DutyKind
from assignments.models import Assignment, Officer
from communes.models import Commune
from reports.models import CompetentBody, PeriodicReport, Petition, PetitionField
from tests.factories import (
    make_assignment,
    make_body,
    make_commune,
    make_field,
    make_officer,
    make_petition,
    make_regulation,
    make_report,
    make_term,
    make_user,
)

SURNAMES = ("An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga")


@dataclass(frozen=True)
class Own:
    """An officer with an account, the commune they follow, and a report they are writing."""

    officer: Officer
    commune: Commune
    report: PeriodicReport
    session: str


@dataclass
class World:
    """Who there is. ``contested`` rows are each meant for several writers at once."""

    own: list[Own]
    office: list[tuple[User, str]]
    free_officers: list[Officer]
    fields: list[PetitionField]
    bodies: list[CompetentBody]
    vacant: list[Commune]
    held: list[Assignment]
    petitions: list[Petition]
    admins: list[tuple[User, str]]

    def __post_init__(self) -> None:
        self.numbers = itertools.count(1)


def logged_in(user: User) -> str:
    """Give the key of a session of ``user``."""
    client = DjangoClient()
    client.force_login(user)
    return client.session.session_key


def with_session(role: Role) -> tuple[User, str]:
    user = make_user(role)
    return user, logged_in(user)


def make_world(officers: int, contests: int) -> World:
    """Write a world with so many officers who have accounts, and so many rows to contend for."""
    make_regulation(DutyKind.COMMITTEE_MEETING, DutyKind.REPORT)
    make_term(started_on=dt.date(2020, 1, 1), ended_on=dt.date(2030, 1, 1))
    fields = [make_field(f"Lĩnh vực thử {number}") for number in range(3)]
    communes = [make_commune(f"Tranh {number:04}") for number in range(contests * 3)]
    free = [make_officer(f"Lê Văn {name} {number}") for number, name in enumerate(SURNAMES)]
    vacant, held, asked = (communes[part::3] for part in range(3))
    return World(
        own=[an_own(number) for number in range(officers)],
        office=[with_session(Role.OFFICE) for _ in range(4)],
        admins=[with_session(Role.ADMIN) for _ in range(2)],
        free_officers=free,
        fields=fields,
        bodies=[make_body() for _ in range(3)],
        vacant=vacant,
        held=[make_assignment(free[0], commune) for commune in held],
        petitions=[
            make_petition(commune, field=fields[0], raised_on=clock.today(), year=2000)
            for commune in asked
        ],
    )


def an_own(number: int) -> Own:
    user, session = with_session(Role.OFFICER)
    officer = make_officer(f"Trần Thị {SURNAMES[number % 10]} {number}", user=user)
    commune = make_commune(f"Riêng {number:03}")
    make_assignment(officer, commune)
    return Own(officer, commune, make_report(officer), session)
