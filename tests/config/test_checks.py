"""Bad settings stop everything; ``check --deploy`` tells what a real server should not do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core import checks

from accounts.enums import Role
from config import checks as ours
from config.environment import BASE_DIR, Problem, env
from tests.factories import make_user

REAL = {
    "SECRET_KEY": "aB3xyz%09Q" * 6,
    "HTTPS": "true",
    "BEHIND_PROXY": "true",
    "SITE_ADDRESS": "https://theodoi.example",
    "ALLOWED_HOSTS": "theodoi.example",
    "CSRF_TRUSTED_ORIGINS": "https://theodoi.example",
    "DATABASE_URL": "postgres://a:b@127.0.0.1:1/none",
    "BACKUP_KEY": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
}


def run(command: list[str], folder: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this machine's Python with settings of its own."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env={**clean, "VAR_DIR": str(folder), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_real_server_is_clean(tmp_path):
    done = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, **REAL)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        [
            "-m",
            "gunicorn",
            "config.wsgi",
            "--config",
            "config/gunicorn.py",
            "--bind",
            "127.0.0.1:0",
        ],
        ["-m", "gunicorn", "config.wsgi", "--no-control-socket"],
    ],
)
def test_nothing_starts_with_bad_settings_and_all_are_told(command, tmp_path):
    bind = {"GUNICORN_CMD_ARGS": "--bind 127.0.0.1:0"}
    done = run(
        command, tmp_path, **bind, LOCK_HOURS="lâu", ALLOWED_HOSTS="*", DATABASE_URL="mat-khau@x"
    )
    assert done.returncode != 0
    for name in ("LOCK_HOURS: “lâu” không phải", "ALLOWED_HOSTS: ", "DATABASE_URL: "):
        assert name in done.stderr
    assert "mat-khau" not in done.stderr
    assert "Listening" not in done.stderr.rpartition("Máy chủ không khởi động")[2]


def test_a_problem_is_an_error_of_its_own_code(monkeypatch):
    monkeypatch.setattr(env, "problems", [Problem("E001", "A", "sai.")])
    [found] = ours.readable_environment(None)
    assert (found.id, found.msg, found.level) == ("theo_doi.E001", "A: sai.", checks.ERROR)


def test_good_settings_serve(monkeypatch):
    monkeypatch.setattr(env, "problems", [])
    ours.refuse_bad_settings()


def told(code: str) -> str:
    """Give the sentence of one advice when it is told, else nothing."""
    found = {warning.id: warning.msg for warning in ours.fit_for_a_real_server(None)}
    return found.get(f"theo_doi.{code}", "")


HOURS = dict.fromkeys(Role.values, 15)
# The advice, the setting, a value that calls for it and one that does not, words of the sentence.
ADVISED = [
    ("W101", {"DEBUG": True}, {"DEBUG": False}, "DEBUG đang bật"),
    ("W102", {"HTTPS": False}, {"HTTPS": True}, "HTTPS chưa bật"),
    (
        "W103",
        {"HTTPS": True, "BEHIND_PROXY": False},
        {"HTTPS": True, "BEHIND_PROXY": True},
        "BEHIND_PROXY chưa bật",
    ),
    (
        "W104",
        {"HTTPS": True, "SITE_ADDRESS": "http://a.vn"},
        {"HTTPS": True, "SITE_ADDRESS": "https://a.vn"},
        "SITE_ADDRESS chưa bắt đầu bằng https://",
    ),
    (
        "W106",
        {"ALLOWED_HOSTS": ["localhost", "[::1]"]},
        {"ALLOWED_HOSTS": ["localhost", "a.vn"]},
        "chỉ có tên của chính máy này",
    ),
    ("W108", {"SECOND_FACTOR_ROLES": []}, {"SECOND_FACTOR_ROLES": ["admin"]}, "hai bước"),
    ("W109", {"BACKUP_KEY": ""}, {"BACKUP_KEY": "age1"}, "bản sao lưu không mã hóa"),
    ("W110", {"LOCK_HOURS": 11}, {"LOCK_HOURS": 12}, "ngắn hơn 12 giờ"),
    ("W111", {"LOGIN_FAILURES": 6}, {"LOGIN_FAILURES": 5}, "sai quá 5 lần"),
    ("W112", {"PASSWORD_MIN_LENGTH": 13}, {"PASSWORD_MIN_LENGTH": 14}, "ngắn hơn 14 ký tự"),
    (
        "W113",
        {"PASSWORD_MAX_AGE_DAYS": {"admin": 61}},
        {"PASSWORD_MAX_AGE_DAYS": {"admin": 60}},
        "60 ngày một lần",
    ),
    (
        "W114",
        {"SESSION_IDLE_MINUTES": HOURS},
        {"SESSION_IDLE_MINUTES": HOURS | {"admin": 5}},
        "dài hơn 15 phút",
    ),
    (
        "W114",
        {"SESSION_IDLE_MINUTES": HOURS | {"admin": 5, "office": 16}},
        {"SESSION_IDLE_MINUTES": HOURS | {"admin": 5, "office": 15}},
        "dài hơn 15 phút",
    ),
    ("W115", {"ACCOUNT_IDLE_DAYS": 46}, {"ACCOUNT_IDLE_DAYS": 45}, "dài hơn 45 ngày"),
]


@pytest.mark.parametrize(("code", "weak", "good", "words"), ADVISED)
def test_each_advice_has_its_sentence(db, settings, code, weak, good, words):
    for values, is_told in ((weak, True), (good, False)):
        for name, value in values.items():
            setattr(settings, name, value)
        assert (words in told(code)) == is_told


@pytest.mark.parametrize(("key", "is_told"), [("", True), ("x" * 50, False)])
def test_a_key_made_by_itself_is_pointed_out(db, monkeypatch, key, is_told):
    monkeypatch.setattr(env, "source", {"SECRET_KEY": key})
    assert ("khóa tự tạo" in told("W105")) == is_told


def test_many_accounts_on_one_file_are_pointed_out(db, settings, monkeypatch):
    make_user(Role.OFFICE)
    monkeypatch.setattr(ours, "SQLITE_ACCOUNTS", 0)
    engine = settings.DATABASES["default"]["ENGINE"]
    assert ("SQLite" in told("W107")) == engine.endswith("sqlite3")
    make_user(Role.LEADER)
    monkeypatch.setattr(ours, "SQLITE_ACCOUNTS", 2)
    assert told("W107") == ""


def test_every_advice_is_tested():
    tested = {code for code, *_ in ADVISED} | {"W105", "W107"}
    assert tested == {advice.code for advice in ours.ADVICE}
