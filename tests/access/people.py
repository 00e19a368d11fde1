"""Who asks: nobody, the five roles, and who has the role but not the record."""

from __future__ import annotations

from dataclasses import dataclass

from accounts import clock
from accounts.enums import Role
from accounts.models import Session, User
from assignments.models import Assignment
from tests.client import ReadingClient
from tests.factories import make_assignment, make_officer, make_user

ANONYMOUS = ""
ELSEWHERE_OFFICER = "officer of another commune"
ELSEWHERE_ASSISTANT = "assistant of another officer"
EVALUATED_LEADER = "leader who is evaluated"
# Each asker with the role they have.
ASKERS: dict[str, str] = {
    ANONYMOUS: ANONYMOUS,
    **{role: role for role in Role},
    ELSEWHERE_OFFICER: Role.OFFICER,
    ELSEWHERE_ASSISTANT: Role.ASSISTANT,
    EVALUATED_LEADER: Role.LEADER,
}
ELSEWHERE = (ELSEWHERE_OFFICER, ELSEWHERE_ASSISTANT)


@dataclass(frozen=True)
class People:
    """One account for each asker, logged in. ``own`` is what the officer and assistant follow.

    ``other`` is followed by the officer of elsewhere; the evaluated leader follows a commune too.
    """

    users: dict[str, User]
    clients: dict[str, ReadingClient]
    own: Assignment
    other: Assignment
    led: Assignment

    @property
    def office(self) -> User:
        return self.users[Role.OFFICE]

    def stay(self) -> None:
        """Keep everybody logged in: on a slow machine a module outlasts a session not used."""
        Session.objects.update(seen_at=clock.now())


def make_people() -> People:
    """Make the accounts, their officers and one assignment of each officer."""
    users = {
        asker: make_user(role, username=f"access{place}")
        for place, (asker, role) in enumerate(ASKERS.items())
        if role
    }
    followed = [
        followed_by(name, users[officer], users.get(assistant))
        for name, officer, assistant in (
            ("Thạch Văn Bình", Role.OFFICER, Role.ASSISTANT),
            ("Lê Thị Ánh", ELSEWHERE_OFFICER, ELSEWHERE_ASSISTANT),
            ("Sơn Minh Châu", EVALUATED_LEADER, None),
        )
    ]
    return People(users, {asker: client_of(users.get(asker)) for asker in ASKERS}, *followed)


def client_of(user: User | None) -> ReadingClient:
    """Give a client, logged in if there is a user."""
    client = ReadingClient()
    if user:
        client.force_login(user)
    return client


def followed_by(name: str, user: User, assistant: User | None) -> Assignment:
    """Make the officer of an account, who follows one commune."""
    officer = make_officer(name, user=user)
    if assistant:
        officer.assistants.add(assistant)
    return make_assignment(officer)
