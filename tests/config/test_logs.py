"""The server's own log: every request has a name and a line, and nobody's data is in it."""

from __future__ import annotations

import io
import json
import logging
import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import override_settings
from django.urls import path

from accounts.enums import Role
from accounts.models import AuditEvent, User
from accounts.present_request import current_request
from config.logs import JsonLines, TextLines, configuration, of_gunicorn
from config.urls import handler400, handler500  # noqa: F401 (as of the real addresses)
from config.urls import urlpatterns as real
from tests.factories import make_user

SECRETS = (
    "Nguyễn Thị Mật",
    "0912345678",
    "nguyen.mat",
    "Khẩu-lệnh-1!",
    "079123456789",
    "10.9.8.7",
    "duong-dan-rieng",
)
SENT = {"username": SECRETS[2], "password": SECRETS[3], "ho_ten": SECRETS[0], "so": SECRETS[1]}


def failing(request, word):
    """Fail with everything that was sent at hand and in the error's words."""
    name = request.POST.get("ho_ten", "") + request.GET.get("q", "")
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ZeroDivisionError(f"{name} {word}") from error


def clashing(request):
    """Have the database quote what was sent."""
    User.objects.create(username="nguyen.mat", full_name="Nguyễn Thị Mật")


urlpatterns = [*real, path("loi/<str:word>/", failing), path("trung/", clashing)]


@pytest.fixture
def lines():
    """Give ``lines()``: what the server's log says, as JSON, of requests and of errors."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(), logging.getLogger("theo_doi.request")]
    before = loggers[1].level
    loggers[0].addHandler(handler)
    loggers[1].setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    loggers[0].removeHandler(handler)
    loggers[1].setLevel(before)


def test_a_request_has_one_line(lines, client_as, users):
    response = client_as(Role.OFFICE).get("/dang-bo/?tim=thanh")
    [line] = lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]{12}\+00:00", line.pop("time"))
    assert isinstance(line.pop("ms"), int)
    assert line == {
        "level": "INFO",
        "logger": "theo_doi.request",
        "message": "request",
        "request_id": response["X-Request-ID"],
        "method": "GET",
        "route": "reports:commune_list",
        "status": 200,
        "role": "office",
    }


def test_probes_and_files_of_ours_have_none(lines, client, db):
    client.get("/suc-khoe/")
    assert lines() == []


def test_what_is_refused_early_has_its_line(lines, client, db):
    client.generic("BREW", "/duong-dan-rieng/")
    client.get("/khong-co/duong-dan-rieng/")
    assert [(line["method"], line["route"], line["status"]) for line in lines()] == [
        ("?", "", 405),
        ("GET", "", 404),
    ]


@override_settings(ROOT_URLCONF="tests.config.test_logs")
@pytest.mark.parametrize("address", ["/loi/duong-dan-rieng/?q=079123456789", "/trung/"])
def test_a_failure_tells_where_and_nothing_of_what_was_sent(lines, client_as, users, address):
    make_user(Role.OFFICE, username="nguyen.mat")
    client = client_as(Role.OFFICE)
    client.raise_request_exception = False
    response = client.post(
        address, SENT, REMOTE_ADDR="10.9.8.7", headers={"User-Agent": SECRETS[0]}
    )
    assert response.status_code == 500
    assert response["X-Request-ID"] in response.text
    error, line = lines()
    assert error["request_id"] == line["request_id"] == response["X-Request-ID"]
    assert (error["level"], line["status"]) == ("ERROR", 500)
    said = json.dumps([error, line], ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in said + response.text] == []
    assert "tests/config/test_logs.py" in said


@override_settings(ROOT_URLCONF="tests.config.test_logs")
def test_an_error_is_told_with_what_it_came_from(lines, client_as, users):
    client = client_as(Role.OFFICE)
    client.raise_request_exception = False
    client.post("/loi/x/")
    kinds = [words for words in lines()[0]["error"] if not words.startswith("  ")]
    assert kinds == ["builtins.ZeroDivisionError", "builtins.KeyError"]


@pytest.mark.parametrize("address", ["/tai-khoan/dang-nhap/", "/tim/?tim=079123456789", "/khong/"])
def test_what_people_send_is_in_no_line(lines, client, db, address):
    client.post(address, SENT, REMOTE_ADDR="10.9.8.7")
    client.get(address, SENT, REMOTE_ADDR="10.9.8.7")
    said = json.dumps(lines(), ensure_ascii=False)
    assert len(lines()) >= 2
    assert [secret for secret in SECRETS if secret in said] == []


def test_a_refused_host_is_not_quoted(lines, client, db):
    client.get("/", headers={"Host": "duong-dan-rieng.example"})
    said = json.dumps(lines())
    assert "DisallowedHost" in said
    assert "duong-dan-rieng" not in said


def test_the_audit_log_names_the_request(client, db):
    response = client.post("/tai-khoan/dang-nhap/", {"username": "a", "password": "b"})
    row = AuditEvent.objects.get()
    assert row.request_id == response["X-Request-ID"]
    assert current_request.get() == ""


def test_a_command_has_no_request(db):
    call_command("check", verbosity=0)
    assert current_request.get() == ""


@pytest.mark.parametrize(
    ("behind_proxy", "given", "is_taken"),
    [
        (True, "0123456789abcdef0123456789abcdef", True),
        (True, "b5c0a1de-0000-4000-8000-000000000000", True),
        (True, "ngắn", False),
        (True, "x" * 37, False),
        (True, "Nguyen Van A, 1980", False),
        (True, "<script>alert</script>", False),
        (False, "0123456789abcdef0123456789abcdef", False),
    ],
)
def test_only_our_proxy_names_requests(client, db, settings, behind_proxy, given, is_taken):
    settings.BEHIND_PROXY = behind_proxy
    response = client.get("/suc-khoe/", HTTP_X_REQUEST_ID=given)
    assert (response["X-Request-ID"] == given) == is_taken


def record(name: str, words: str, *values: object, error: BaseException | None = None):
    """Make a line of a logger."""
    told = (type(error), error, None) if error else None
    return logging.LogRecord(name, logging.ERROR, "", 1, words, values or None, told)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (record("pypdf", "bad page %s of %d", "Nguyễn Thị Mật", 3), "bad page … of 3"),
        (record("PIL", "Nguyễn Thị Mật"), "PIL"),
        (record("gunicorn.error", "Error in %s", "/?q=1"), "Error in …"),
        (record("gunicorn.error", "Worker (pid:%s) exited with code %s.", 7, 4),
         "Worker (pid:7) exited with code 4."),
        (record("x", "%d", "năm"), "%d"),
        (record("django.security.csrf", "Forbidden (%s): %s", "x", "/a/"), "csrf"),
        (record("theo_doi.x", "%s dòng", 5), "5 dòng"),
    ],
)  # fmt: skip
def test_others_lines_keep_their_authors_words_only(line, words):
    assert json.loads(JsonLines().format(line))["message"] == words


def test_text_lines_say_the_same_on_one_line():
    try:
        raise IntegrityError("Key (username)=(nguyen.mat)")
    except IntegrityError as error:
        line = record("theo_doi.x", "hai\ndòng", error=error)
    text = TextLines().format(line)
    first, kind, place = text.splitlines()
    assert first.endswith("ERROR theo_doi.x hai dòng")
    assert kind == "django.db.utils.IntegrityError"
    assert re.fullmatch(r"  .*test_logs\.py:\d+ test_text_lines\w*", place)


def test_requests_are_told_when_asked():
    assert configuration("json", requests=True)["loggers"]["theo_doi.request"]["level"] == "INFO"
    assert configuration("text", requests=False)["loggers"]["theo_doi.request"]["level"] != "INFO"
    assert of_gunicorn("json")["formatters"]["lines"]["()"] == "config.logs.JsonLines"
