"""The health page: short for everybody, long for who watches, an answer even without a database."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts import chain, clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from config import health
from reports.models import NotificationRun

URL = "/suc-khoe/"
DETAIL = f"{URL}?chi-tiet"
KEY = "k" * 32


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    """Give the page folders of its own to look at."""
    settings.MEDIA_ROOT = settings.BACKUP_DIR = tmp_path


def watched(client: Client, **headers: object) -> dict:
    """Give what the page tells in detail, from this machine."""
    return json.loads(client.get(DETAIL, **headers).content)


def test_well(client, db):
    response = client.get(URL)
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_it_asks_little(client, db, django_assert_max_num_queries):
    client.get(URL)  # reads the migrations of the code once
    with django_assert_max_num_queries(3):
        client.get(URL)


def test_any_host_and_plain_http_are_answered(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client(headers={"Host": "10.0.0.7"}).get(URL).text == "ok\n"
    settings.SECURE_SSL_REDIRECT = False
    assert Client(headers={"Host": "10.0.0.7"}).get("/").status_code == 400


def fails(*args, **kwargs):
    raise OperationalError("host=csdl.noi-bo password=bi-mat")


def test_without_a_database(client, db, monkeypatch, client_as, users):
    logged_in = client_as(Role.OFFICE)
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", fails)
        for asker in (client, logged_in):
            response = asker.get(URL)
            assert (response.status_code, response.text) == (503, "csdl\n")
        seen = watched(client)
    assert not seen["csdl"]["ok"]
    assert seen["dia"]["ok"]
    assert "bi-mat" not in str(seen)


def test_a_folder_that_is_not_there(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "mat"
    response = client.get(URL)
    assert (response.status_code, response.text) == (503, "tep\n")
    assert not watched(client)["dia"]["ok"]


def test_an_older_database(client, db, monkeypatch):
    real = health.on_disk()
    monkeypatch.setattr(health, "on_disk", lambda: real | {("reports", "9999_moi")})
    response = client.get(URL)
    assert (response.status_code, response.text) == (503, "cap-nhat\n")


@pytest.mark.parametrize(
    ("address", "headers", "is_told"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("10.0.0.5", {}, False),
        ("", {}, False),
        # nginx sits at this machine; who is behind it does not.
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.5"}, False),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, False),
        ("10.0.0.5", {"X-Health-Key": KEY}, True),
        ("10.0.0.5", {"X-Health-Key": KEY[:-1]}, False),
        ("10.0.0.5", {"X-Health-Key": ""}, False),
    ],
)
def test_detail_is_for_who_watches(client, db, settings, address, headers, is_told):
    settings.HEALTH_KEY = KEY
    response = client.get(DETAIL, REMOTE_ADDR=address, headers=headers)
    assert ("json" in response["Content-Type"]) == is_told
    if not is_told:
        assert response.text == "ok\n"


def test_no_key_set_is_no_key(client, db, settings):
    settings.HEALTH_KEY = ""
    response = client.get(DETAIL, REMOTE_ADDR="10.0.0.5", headers={"X-Health-Key": ""})
    assert response.text == "ok\n"


def test_what_is_young_is_well(client, db, tmp_path):
    made_at = clock.now() - dt.timedelta(hours=25)
    (tmp_path / "last.json").write_text(json.dumps({"made_at": made_at.isoformat()}))
    NotificationRun.objects.create(day=clock.today(), started_at=made_at, ended_at=made_at)
    seen = watched(client)
    assert {word for word, part in seen.items() if not part["ok"]} == set()
    assert seen["sao-luu"]["cau"] == "Sao lưu lần cuối cách đây 25 giờ 0 phút."


def wait_for_a_seal(*moments: dt.datetime) -> None:
    """Write rows of the log of these moments that nothing seals."""
    AuditEvent.objects.bulk_create(
        AuditEvent(at=moment, actor="Máy", verb=Verb.LOGIN, target="thử") for moment in moments
    )


def test_rows_that_merely_wait_for_a_seal_are_no_fault(client, db):
    now = clock.now()
    wait_for_a_seal(now - dt.timedelta(days=900), now)  # an upgrade: the chain has not begun
    assert watched(client)["nhat-ky"]["ok"]
    chain.seal_committed()
    wait_for_a_seal(now - dt.timedelta(hours=9))  # a crash, and a night without a write
    assert watched(client)["nhat-ky"]["ok"]
    wait_for_a_seal(now)
    assert not watched(client)["nhat-ky"]["ok"]


def test_what_is_old_is_told(client, db, tmp_path):
    made_at = clock.now() - dt.timedelta(hours=27)
    (tmp_path / "last.json").write_text(json.dumps({"made_at": made_at.isoformat()}))
    NotificationRun.objects.create(day=clock.today(), started_at=made_at, ended_at=made_at)
    wait_for_a_seal(made_at)
    chain.seal_committed()
    wait_for_a_seal(made_at, made_at + dt.timedelta(minutes=61))
    response = client.get(DETAIL)
    assert response.status_code == 503
    seen = json.loads(response.content)
    failing = {word for word, part in seen.items() if not part["ok"]}
    assert failing == {"sao-luu", "hang-dem", "nhat-ky"}
    assert client.get(URL).text == "ok\n"  # nobody is turned away for it


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"made_at": 5}', '{"made_at": "hôm qua"}'])
def test_a_stamp_that_cannot_be_read_is_no_backup(client, db, tmp_path, text):
    (tmp_path / "last.json").write_text(text)
    assert watched(client)["sao-luu"] == {"ok": False, "cau": "Chưa có bản sao lưu nào."}


def test_little_room_is_told(client, db, settings):
    settings.HEALTH_FREE_MEGABYTES = 10**9
    assert not watched(client)["dia"]["ok"]
    assert client.get(URL).text == "ok\n"
