"""Fixtures every test may ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.db import transaction
from django.test import TransactionTestCase

from accounts import sessions
from accounts.enums import Role
from accounts.models import User
from communes.gazetteer import load_communes
from communes.models import Commune
from tests import printed_numbers
from tests.access.people import People, make_people
from tests.client import ReadingClient
from tests.demonstration import seed
from tests.factories import make_user
from tests.libreoffice import LACKING, find_libreoffice
from tests.only_added import triggers_lifted

# The same examples at every run, however slow the machine.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def skip_without_libreoffice(request) -> None:
    """Leave out what needs LibreOffice where there is none; ``make test`` says so."""
    if request.node.get_closest_marker("libreoffice") and not find_libreoffice():
        pytest.skip(LACKING)


printed_numbers.watch()


@pytest.fixture(autouse=True, scope="session")
def emptying_tables_lifts_triggers() -> Iterator[None]:
    """Let Django empty the tables after a transactional test; during the tests triggers stand."""
    flush = TransactionTestCase._fixture_teardown

    def lifted(test: TransactionTestCase) -> None:
        with triggers_lifted():
            flush(test)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted)
        yield


@pytest.fixture
def client() -> ReadingClient:
    """Give a client that is not logged in."""
    return ReadingClient()


NOTED = {"NOTED_EVERY": sessions.NOTED_EVERY, "USER_NOTED_EVERY": sessions.USER_NOTED_EVERY}


@pytest.fixture(autouse=True, scope="session")
def quiet_sessions() -> Iterator[None]:
    """Let no use of a session be written: on a slow machine a page would cost a query more."""
    with pytest.MonkeyPatch.context() as patch:
        for name in NOTED:
            patch.setattr(sessions, name, dt.timedelta(days=365 * 100))
        yield


@pytest.fixture
def real_sessions(settings, monkeypatch) -> None:
    """Let sessions be noted and end as on a real site: tests that move the clock want neither."""
    for name, value in settings.REAL_SESSIONS.items():
        setattr(settings, name, value)
    for name, value in NOTED.items():
        monkeypatch.setattr(sessions, name, value)


@pytest.fixture
def users(db) -> dict[Role, User]:
    """Give one user of each role. The officer and the assistant act for nobody yet."""
    return {role: make_user(role, username=role.value) for role in Role}


@pytest.fixture
def client_as(request, db) -> Callable[[Role | User], ReadingClient]:
    """Give ``client_as(Role.OFFICE)`` or ``client_as(user)``: a client logged in as them."""

    def logged_in(who: Role | User) -> ReadingClient:
        user = who if isinstance(who, User) else request.getfixturevalue("users")[who]
        client = ReadingClient()
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def gazetteer(db) -> dict[str, Commune]:
    """Load the 11 districts and 109 communes; give the communes by official code."""
    load_communes()
    return {commune.code: commune for commune in Commune.objects.select_related("district")}


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Seed the demonstration once for the tests of a module that only read it.

    The whole module then has it: tests that want an empty database live in another one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def everybody(django_db_setup, django_db_blocker) -> Iterator[People]:
    """Make everybody who asks (tests/access/people.py) once for the tests of a module.

    The whole module then has them: tests that want an empty database live in another one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_people()
        transaction.set_rollback(True)


@pytest.fixture
def people(everybody, db) -> People:
    """Give everybody who asks; what the test writes is taken back."""
    everybody.stay()
    return everybody
