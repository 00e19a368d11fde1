"""A database that is too busy: the wait ends with a page that says so and keeps what was typed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from config.busy import is_busy
from reports.models import PetitionField
from tests.factories import make_body, make_field, make_user

NAME = "Sở “Nông nghiệp”\r\nvà <Môi trường>"


@contextmanager
def held_by_another() -> Iterator[None]:
    """Hold what a writer needs from a connection of another thread; wait for it only shortly."""
    begun, over = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(PetitionField.objects.select_for_update())
            begun.set()
            over.wait(timeout=30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    begun.wait(timeout=30)
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50" if is_sqlite else "SET lock_timeout = '50ms'")
    try:
        yield
    finally:
        over.set()
        other.join()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 20000" if is_sqlite else "RESET lock_timeout")


@pytest.fixture
def admin(db) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_user(Role.ADMIN))
    return client


@pytest.mark.django_db(transaction=True)
def test_the_wait_ends_with_a_page_that_keeps_what_was_typed(admin):
    row = make_field("Thủy lợi", body=make_body())
    path = reverse("admin:reports_petitionfield_change", args=[row.pk])
    data = {"name": NAME, "limit_days": 30, "order": 1, "words": "kênh", "audit_reason": "x"}
    with held_by_another():
        answer = admin.post(path, data)
    assert answer.status_code == 503, answer.text
    assert answer["Retry-After"] == "5"
    assert "Máy chủ đang bận" in answer.text
    assert "Gửi lại" in answer.text
    assert f'action="{path}"' in answer.text
    assert 'value="Sở “Nông nghiệp”\r\nvà &lt;Môi trường&gt;"' in answer.text
    assert "locked" not in answer.text
    row.refresh_from_db()
    assert row.name == "Thủy lợi"


@pytest.mark.django_db(transaction=True)
def test_readers_do_not_wait(admin):
    make_field("Thủy lợi")
    path = reverse("admin:reports_petitionfield_changelist")
    with held_by_another():
        assert admin.get(path).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_is_secret_is_not_written_into_the_page(admin):
    make_field("Thủy lợi")
    user = make_user(Role.OFFICE)
    with held_by_another():
        if connection.vendor == "postgresql":
            pytest.skip("on PostgreSQL nothing that logs in needs what is held here")
        answer = Client(raise_request_exception=False).post(
            reverse("accounts:login"), {"username": user.username, "password": "Bí-mật-2026-abc"}
        )
    assert answer.status_code == 503
    assert "Bí-mật" not in answer.text
    assert user.username not in answer.text


class Coded(DatabaseError):
    """What a driver raises, with its code."""

    def __init__(self, **codes):
        super().__init__("…")
        vars(self).update(codes)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({"sqlite_errorcode": 5}, True),
        ({"sqlite_errorcode": 5 | 2 << 8}, True),  # a snapshot that is no longer the last
        ({"sqlite_errorcode": 1}, False),
        ({"pgcode": "40P01"}, True),
        ({"pgcode": "40001"}, True),
        ({"pgcode": "57P01"}, True),
        ({"pgcode": None}, True),
        ({"pgcode": "42P01"}, False),
        ({}, False),
    ],
)
def test_what_is_busy(codes, expected):
    error = OperationalError()
    error.__cause__ = Coded(**codes)
    assert is_busy(error) is expected


def test_a_connection_broken_in_the_middle_of_an_answer_is_busy():
    error = DatabaseError("error with status PGRES_TUPLES_OK and no message from the libpq")
    error.__cause__ = Coded(pgcode=None)
    assert is_busy(error)


def test_what_is_no_fault_of_the_database_is_not_busy():
    assert is_busy(InterfaceError("connection already closed"))
    assert not is_busy(DatabaseError("malformed"))
    assert not is_busy(ValueError("database is locked"))
    assert not is_busy(None)
