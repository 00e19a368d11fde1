"""Pages for what went wrong: what happened, what to do, nothing of the inside."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import path

from accounts.enums import Role
from config.urls import urlpatterns as real


def failing(request):
    raise ZeroDivisionError("Mật-khẩu-cơ-sở-dữ-liệu")


urlpatterns = [*real, path("loi/", failing)]


def test_not_found_says_it_may_be_out_of_reach(client_as, users):
    response = client_as(Role.OFFICER).get("/dang-bo/999999/")
    assert response.status_code == 404
    assert "Không tìm thấy, hoặc không thuộc phạm vi của đồng chí" in response.text
    assert "Commune" not in response.text


def test_a_stranger_learns_nothing_from_not_found(client, db):
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert "khong-co" not in response.text
    assert "Đổi mật khẩu" not in response.text


def test_forbidden(client_as, users):
    response = client_as(Role.LEADER).get("/phan-cong/giao/")
    assert response.status_code == 403
    assert "Đồng chí không có quyền thực hiện việc này" in response.text


@override_settings(ROOT_URLCONF="tests.accounts.test_error_pages")
def test_a_failure_keeps_its_inside_to_itself(client_as, users):
    client = client_as(Role.OFFICE)
    client.raise_request_exception = False
    response = client.get("/loi/")
    assert response.status_code == 500
    assert "Có lỗi ở máy chủ" in response.text
    assert "Mật-khẩu" not in response.text
    assert "ZeroDivision" not in response.text


def test_a_bad_request(db):
    response = Client(headers={"Host": "la.example"}).get("/")
    assert response.status_code == 400
    assert "Yêu cầu không hợp lệ" in response.text
    assert "la.example" not in response.text


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_last_pages_need_nothing(name):
    """Neither context nor database (this test has none)."""
    page = render_to_string(name)
    assert 'href="/static/css/app.css"' in page
    assert "UNDEFINED" not in page


def test_a_form_gone_stale_says_what_to_do(users):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/tai-khoan/dang-nhap/", {"username": "office", "password": "x"})
    assert response.status_code == 403
    assert "tải lại trang" in response.text
    assert "CSRF" not in response.text


def test_no_page_names_an_address_typed_by_a_stranger(client, db):
    page = client.get("/%3Cscript%3Ealert(1)%3C/script%3E/").text
    assert "alert(1)" not in page
