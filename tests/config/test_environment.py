"""Settings from the environment: each bad one has its sentence, and the default stands in."""

from pathlib import Path

import pytest

from accounts.enums import Role
from config.environment import (
    ADDRESS,
    FOLDER,
    HOST,
    INCOMPLETE,
    KEY,
    OUT_OF_RANGE,
    UNKNOWN,
    Environment,
)
from config.environment import UNREADABLE as BAD

SQLITE = "sqlite:////x.sqlite3"
LOCAL = "http://127.0.0.1:8000"

# How a setting is read, what is given, the code of the problem and words of its sentence.
WRONG = [
    (lambda env: env.bool("A", default=True), "ja", BAD, "chỉ nhận true hoặc false"),
    (lambda env: env.int("A", 5), "năm", BAD, "“năm” không phải là số nguyên"),
    (lambda env: env.int("A", 5), "1.5", BAD, "không phải là số nguyên"),
    (lambda env: env.int("A", 5, low=1), "0", OUT_OF_RANGE, "0 ngoài khoảng cho phép (từ 1)"),
    (lambda env: env.int("A", 5, low=1, high=9), "10", OUT_OF_RANGE, "(từ 1 đến 9)"),
    (lambda env: env.int("A", 5, high=9), "10", OUT_OF_RANGE, "(đến 9)"),
    (lambda env: env.list("A", [1], cast=int), "7,x", BAD, "“x” không phải là số nguyên"),
    (lambda env: env.list("A", [1.5], cast=float), "9.6,10o", BAD, "số, viết dấu chấm"),
    (lambda env: env.list("A", [1.5], cast=float, low=-9), "nan", OUT_OF_RANGE, "nan ngoài"),
    (lambda env: env.one_of("A", "", ["X", "Y"]), "Z", UNKNOWN, "chỉ nhận: X, Y"),
    (lambda env: env.roles("A", "admin"), "admin,sếp", UNKNOWN, "không có vai trò “sếp”"),
    (lambda env: env.numbers_by_role("A", "9"), "9,boss=1", UNKNOWN, "không có vai trò “boss”"),
    (lambda env: env.numbers_by_role("A", "9"), "9,admin=", BAD, "“” không phải là số nguyên"),
    (lambda env: env.numbers_by_role("A", "9", low=2), "1", OUT_OF_RANGE, "(từ 2)"),
    (lambda env: env.hosts("A", ["x"]), "a,*", HOST, "không được để “*”"),
    (lambda env: env.hosts("A", ["x"]), "https://a", HOST, "không kèm https://"),
    (lambda env: env.hosts("A", ["x"]), "a:8000", HOST, "số cổng"),
    (lambda env: env.origins("A"), "theodoi.example", HOST, "dạng https://"),
    (lambda env: env.origins("A"), "https://a.example/trang", HOST, "dạng https://"),
    (lambda env: env.site_address("A", LOCAL), "theodoi", HOST, "dạng https://"),
    (lambda env: env.database("A", SQLITE), "mysql://a:mat@b/c", ADDRESS, "viết postgres://"),
    (lambda env: env.database("A", SQLITE), "postgres://a:mat@b:x/c", ADDRESS, "viết postgres://"),
    (lambda env: env.database("A", SQLITE), "postgres://a:mat@b", INCOMPLETE, "thiếu tên"),
    (lambda env: env.database("A", SQLITE), "sqlite://var/db", ADDRESS, "ba dấu gạch chéo"),
    (lambda env: env.mail("A"), "thu.example:25", ADDRESS, "viết smtp+tls://"),
    (lambda env: env.mail("A"), "smtp://", ADDRESS, "viết smtp+tls://"),
    (lambda env: env.mail("A"), "smtp://a:mat@b:x", ADDRESS, "viết smtp+tls://"),
    (lambda env: env.mail("A"), "smtp://ai@thu.example", INCOMPLETE, "cả tên và mật khẩu"),
    (lambda env: env.time_zone("A", "UTC"), "Asia/SocTrang", UNKNOWN, "không có múi giờ"),
    (lambda env: env.time_zone("A", "UTC"), "../etc/passwd", UNKNOWN, "không có múi giờ"),
    (lambda env: env.folder("A", Path()), "/dev/null/x", FOLDER, "không ghi được"),
    (lambda env: env.key("A", 32), "ngắn", KEY, "ít nhất 32 ký tự"),
]


@pytest.mark.parametrize(("read", "given", "code", "words"), WRONG)
def test_a_bad_value_has_its_sentence(read, given, code, words):
    env = Environment({"A": given})
    read(env)
    assert [problem.code for problem in env.problems] == [code]
    assert words in env.problems[0].sentence
    assert str(env.problems[0]).startswith("A: ")
    assert "mat" not in env.problems[0].sentence.replace("mật", "")  # no password is quoted


@pytest.mark.parametrize(
    ("read", "given", "default"),
    [
        (lambda env: env.bool("A", default=True), "ja", True),
        (lambda env: env.int("A", 5, low=1), "0", 5),
        (lambda env: env.list("A", [1], cast=int), "7,x", [1]),
        (lambda env: env.one_of("A", "X", ["X"]), "Z", "X"),
        (lambda env: env.roles("A", "admin"), "admin,x", ["admin"]),
        (lambda env: env.numbers_by_role("A", "9"), "8,x=1", dict.fromkeys(Role.values, 9)),
        (lambda env: env.hosts("A", ["x"]), "*", []),
        (lambda env: env.origins("A"), "x", []),
        (lambda env: env.site_address("A", LOCAL), "x", LOCAL),
        (lambda env: env.database("A", SQLITE)["NAME"], "x", "/x.sqlite3"),
        (lambda env: env.mail("A"), "x", {}),
        (lambda env: env.time_zone("A", "UTC"), "x", "UTC"),
    ],
)
def test_a_bad_value_gives_the_default(read, given, default):
    assert read(Environment({"A": given})) == default


def test_a_bad_key_opens_nothing():
    env = Environment({"A": "ngắn"})
    assert len(env.key("A", 32)) > 32
    assert "ngắn" not in env.key("A", 32)


@pytest.mark.parametrize(
    ("read", "given", "wanted"),
    [
        (lambda env: env("A"), "  chữ ", "chữ"),
        (lambda env: env.bool("A"), "ON", True),
        (lambda env: env.bool("A", default=True), "0", False),
        (lambda env: env.bool("A", default=True), "", True),
        (lambda env: env.int("A", 5, low=1, high=9), " 9 ", 9),
        (lambda env: env.int("A", 5), "", 5),
        (lambda env: env.list("A", [20, 7], cast=int), "", []),
        (lambda env: env.list("A", [1.0], cast=float, low=-180, high=180), "9.6,-105", [9.6, -105]),
        (lambda env: env.list("A", []), "a, b,", ["a", "b"]),
        (lambda env: env.roles("A", "admin"), "none", []),
        (lambda env: env.roles("A", "none"), "leader, office", ["leader", "office"]),
        (lambda env: env.hosts("A", []), "a.example,[::1],.b.vn", ["a.example", "[::1]", ".b.vn"]),
        (lambda env: env.origins("A"), "https://a.vn:8443", ["https://a.vn:8443"]),
        (lambda env: env.site_address("A", LOCAL), "https://a.vn/", "https://a.vn"),
        (lambda env: env.database("A", SQLITE)["PORT"], "postgres://a:b@c:5432/d", 5432),
        (lambda env: env.database("A", SQLITE)["HOST"], "postgres:////run/pg/d", "/run/pg"),
        (lambda env: env.mail("A")["EMAIL_USE_TLS"], "smtp+tls://a:b@c:587", True),
        (lambda env: env.mail("A"), "", {}),
        (lambda env: env.time_zone("A", "UTC"), "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
    ],
)
def test_a_good_value_is_read(read, given, wanted):
    env = Environment({"A": given})
    assert read(env) == wanted
    assert env.problems == []


def test_a_number_for_each_role():
    env = Environment({"A": "180, admin=60", "B": "admin=4", "C": "office=7,90"})
    everybody = dict.fromkeys(Role.values, 180)
    assert env.numbers_by_role("A", "1") == everybody | {"admin": 60}
    assert env.numbers_by_role("NONE", "180,admin=60") == everybody | {"admin": 60}
    # What is left out keeps the default, in whatever order the rest comes.
    assert env.numbers_by_role("B", "15,admin=5") == dict.fromkeys(Role.values, 15) | {"admin": 4}
    assert env.numbers_by_role("C", "1") == dict.fromkeys(Role.values, 90) | {"office": 7}
    assert env.problems == []


def test_all_problems_are_told_once():
    env = Environment({"A": "x", "B": "y"})
    for _ in range(2):
        env.int("A", 1)
        env.bool("B")
    assert [problem.name for problem in env.problems] == ["A", "B"]


def test_folders_are_made_for_nobody_else(tmp_path):
    env = Environment({"A": str(tmp_path / "new" / "folder")})
    folder = env.folder("A", tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert env.problems == []


def test_the_key_is_made_once_and_kept(tmp_path):
    env = Environment({})
    made = env.secret_key("SECRET_KEY", tmp_path)
    assert len(made) >= 50
    assert env.secret_key("SECRET_KEY", tmp_path) == made
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("given", ["bí-mật-ab", "a" * 60])
def test_a_weak_key_is_told_without_being_quoted(given, tmp_path):
    env = Environment({"SECRET_KEY": given})
    env.secret_key("SECRET_KEY", tmp_path)
    assert [problem.code for problem in env.problems] == [KEY]
    assert given not in env.problems[0].sentence


def test_a_key_that_cannot_be_kept_is_told(tmp_path):
    env = Environment({})
    assert len(env.secret_key("SECRET_KEY", tmp_path / "missing")) >= 50
    assert [problem.code for problem in env.problems] == [KEY]
