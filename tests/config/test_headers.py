"""Headers by setting, of files, and of what never reaches a page.

That every answer of every other test has them is asked by the client itself (tests/policy.py).
"""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings as real
from django.http import FileResponse, HttpResponse

from accounts.enums import Role
from config.headers import POLICY_OF_FILES, POWERS, HeadersMiddleware
from tests.config.test_checks import REAL, run

PRINT = (
    "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT, "
    "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, "
    "s.SESSION_COOKIE_SAMESITE, s.SECOND_FACTOR_ROLES)"
)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (REAL, "31536000 True True True True Lax ['admin']"),
        ({}, "0 False False False True Lax []"),
    ],
)
def test_flags_follow_the_setting(tmp_path, given, wanted):
    done = run(["manage.py", "shell", "--no-imports", "-c", PRINT], tmp_path, **given)
    assert done.stdout.strip() == wanted, done.stderr


def test_https_says_so_for_a_year(client, db, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    response = client.get("/tai-khoan/dang-nhap/", secure=True)
    assert response["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Strict-Transport-Security" not in client.get("/tai-khoan/dang-nhap/")


def test_the_outermost_are_around_everything():
    names = [name.rpartition(".")[2] for name in real.MIDDLEWARE]
    first = names[names.index("RequestMiddleware") :][:7]
    assert first == [
        "RequestMiddleware",
        "HeadersMiddleware",
        "CSPMiddleware",
        "XFrameOptionsMiddleware",
        "CompressedPagesMiddleware",
        "ErrorPagesMiddleware",
        "HealthMiddleware",
    ]


def test_a_file_to_be_saved_is_shut_in(rf):
    def file(request):
        return FileResponse(BytesIO(b"<script>"), as_attachment=True, filename="a.pdf")

    response = HeadersMiddleware(file)(rf.get("/"))
    assert response["Content-Security-Policy"] == POLICY_OF_FILES
    assert response["X-Content-Type-Options"] == "nosniff"


def test_nothing_is_allowed_to_pages(rf):
    response = HeadersMiddleware(lambda request: HttpResponse())(rf.get("/"))
    assert response["Permissions-Policy"].count("=()") == len(POWERS)
    assert {"camera", "geolocation", "microphone"} <= set(POWERS)


def test_scripts_of_ours_get_a_sentence(client_as, client, users):
    asked = {"headers": {"Accept": "application/json"}}
    response = client_as(Role.OFFICE).get("/khong-co/", **asked)
    assert response.status_code == 404
    assert response.json() == {"sentence": "Không tìm thấy, hoặc không thuộc phạm vi của đồng chí."}
    refused = client.delete("/", **asked)
    assert (refused.status_code, set(refused.json())) == (405, {"sentence"})


def test_refusals_without_words_get_a_page(client, db):
    response = client.delete("/")
    assert response.status_code == 405
    assert response["Allow"]
    assert "Địa chỉ này không nhận cách gửi vừa rồi" in response.text


@pytest.mark.parametrize("limit", ["DATA_UPLOAD_MAX_NUMBER_FIELDS", "DATA_UPLOAD_MAX_MEMORY_SIZE"])
def test_too_much_is_told_as_too_much(client, db, settings, limit):
    setattr(settings, limit, 2)
    response = client.post(
        "/tai-khoan/dang-nhap/", "a=1&b=2&c=3", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 413
    assert "quá lớn, hoặc có quá nhiều ô" in response.text
    assert limit not in response.text
