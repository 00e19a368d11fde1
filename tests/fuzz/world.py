"""The worlds that are fuzzed: the demonstration, and a small one with a record of every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from tests.demonstration import seed
from tests.factories import make_assignment, make_officer, make_user
from tests.test_hostile_input import addresses

Address = Callable[[str], str]


def of_records() -> tuple[dict[Role, User], Address]:
    """Make one record for every route that names one."""
    users = {role: make_user(role, username=role.value) for role in Role}
    officer = make_officer(user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return users, addresses(users, make_assignment(officer=officer))


def of_the_demonstration() -> tuple[dict[Role, User], Address]:
    """Seed the demonstration; its records are found by following links."""
    seed()
    active = User.objects.filter(is_active=True).order_by("pk")
    return {role: active.filter(role=role)[0] for role in Role}, nowhere


def nowhere(route: str) -> str:
    raise LookupError(route)


WORLDS = {"records": of_records, "demonstration": of_the_demonstration}


@contextmanager
def world(name: str) -> Iterator[tuple[dict[Role, User], Address]]:
    """Make a world, and leave nothing of it."""
    with transaction.atomic():
        yield WORLDS[name]()
        transaction.set_rollback(True)
