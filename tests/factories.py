"""Small makers of records for tests: each gives one saved record with sensible defaults."""

import datetime as dt
from itertools import count

from accounts.enums import Role
from accounts.models import User
from assignments.enums import EndReason, OfficerGroup
from assignments.models import Assignment, Decision, Officer
from communes.enums import CommuneKind, DistrictKind
from communes.models import Commune, District

PASSWORD = "Mat-khau-thu-2026"
# A day in the middle of the assignments made here, which start on STARTED_ON.
DAY = dt.date(2023, 5, 9)
STARTED_ON = dt.date(2021, 11, 1)

numbers = count(1)


def make_user(role: Role = Role.OFFICE, **fields) -> User:
    """Make a user with :data:`PASSWORD` who need not change it."""
    number = next(numbers)
    defaults = {
        "username": f"{role}{number}",
        "password": PASSWORD,
        "full_name": f"Trần Thị Thử {number}",
        "must_change_password": False,
    }
    return User.objects.create_user(role=role, **defaults | fields)


def make_district(name: str | None = None, **fields) -> District:
    """Make a rural district."""
    number = next(numbers)
    defaults = {"kind": DistrictKind.RURAL_DISTRICT, "code": f"9{number:03}"}
    return District.objects.create(name=name or f"Huyện Thử {number}", **defaults | fields)


def make_commune(name: str | None = None, **fields) -> Commune:
    """Make a rural commune in no district."""
    fields = {"kind": CommuneKind.RURAL_COMMUNE} | fields
    return Commune.objects.create(name=name or f"Thử {next(numbers)}", **fields)


def make_officer(full_name: str = "Nguyễn Văn An", **fields) -> Officer:
    """Make an officer of the sector group, in post; ``left_on`` alone gets a reason."""
    if fields.get("left_on"):
        fields = {"leave_reason": EndReason.RETIRED} | fields
    defaults = {"group": OfficerGroup.SECTOR, "birth_year": 1970}
    return Officer.objects.create(full_name=full_name, **defaults | fields)


def make_decision(number: str | None = None, **fields) -> Decision:
    """Make a decision signed on :data:`STARTED_ON`."""
    number = number or f"{next(numbers)}-QĐ/TU"
    return Decision.objects.create(number=number, **{"signed_on": STARTED_ON} | fields)


def make_assignment(
    officer: Officer | None = None, commune: Commune | None = None, **fields
) -> Assignment:
    """Make an open main assignment from :data:`STARTED_ON`; ``ended_on`` alone gets a reason."""
    if fields.get("ended_on"):
        fields = {"end_reason": EndReason.TRANSFERRED} | fields
    if "opening_decision" not in fields:
        fields["opening_decision"] = make_decision()
    return Assignment.objects.create(
        officer=officer or make_officer(),
        commune=commune or make_commune(),
        **{"started_on": STARTED_ON} | fields,
    )
