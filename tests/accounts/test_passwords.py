"""What a password must be, changing one's own, and being made to."""

import unicodedata

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from zeal import zeal_ignore

from accounts.audit import target_key
from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from accounts.passwords import KINDS
from tests.factories import PASSWORD, make_user

CHANGE = "/tai-khoan/doi-mat-khau/"
NEW = "Cầu-Kè-xanh-mát-7"


def missing(password: str, user: User | None = None) -> str:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    return " ".join(refused.value.messages)


# --- the rules -----------------------------------------------------------------------------------


@pytest.mark.parametrize("password", [PASSWORD, NEW, "ĐƯỜNG ướt lầy 5", "aB3$" + "x" * 10])
def test_good_passwords(password):
    validate_password(password)


@pytest.mark.parametrize(
    ("password", "lacks"),
    [
        ("Ngan-7", f"độ dài từ {14} ký tự"),
        ("CHỈ-TOÀN-CHỮ-HOA-7", "chữ thường"),
        ("chỉ-toàn-chữ-thường-7", "chữ hoa"),
        ("Không-Có-Số-Nào-Cả", "chữ số"),
        ("KhôngDấuPhân1Cách2", "ký tự đặc biệt"),
        ("", ", ".join(KINDS)),
    ],
)
def test_what_is_missing_is_named(password, lacks):
    assert lacks in missing(password)


def test_marks_of_a_vietnamese_letter_are_neither_length_nor_special_characters():
    apart = unicodedata.normalize("NFD", "Đườngướt7")
    assert len(apart) >= 14
    assert "độ dài" in missing(apart)
    assert "ký tự đặc biệt" in missing(apart)


def test_the_user_name_is_no_part_of_it():
    user = User(username="lethibinh")
    assert "tên đăng nhập" in missing("LeThiBinh-2026-x", user)
    validate_password("LeThiBinh-2026-x", User(username="khac"))


def test_one_password_typed_on_two_keyboards_is_the_same(db):
    user = make_user(password=unicodedata.normalize("NFD", NEW))
    assert user.check_password(unicodedata.normalize("NFC", NEW))
    assert user.check_password(unicodedata.normalize("NFD", NEW))
    assert not user.check_password(NEW.replace("Cầu", "Cau"))


def test_a_user_without_a_password_cannot_log_in(db, client):
    user = make_user(password=None)
    assert not user.has_usable_password()
    for guess in ("", "!", "None"):
        assert not client.login(username=user.username, password=guess)


# --- changing one's own --------------------------------------------------------------------------


@pytest.fixture
def user(db) -> User:
    return make_user(username="le.an")


def change(client, old: str = PASSWORD, new: str = NEW, again: str | None = None, **kwargs):
    data = {
        "old_password": old,
        "new_password1": new,
        "new_password2": new if again is None else again,
    }
    return client.post(CHANGE, data, **kwargs)


def test_a_change_keeps_this_session_and_ends_the_others(client_as, user):
    here, elsewhere = client_as(user), client_as(user)
    response = change(here, follow=True)
    assert response.redirect_chain == [(reverse("home"), 302)]
    assert "Đã đổi mật khẩu." in response.text
    user.refresh_from_db()
    assert user.check_password(NEW)
    with zeal_ignore([{"model": "accounts.Session", "field": "get"}]):  # read, then ended
        assert elsewhere.get("/").status_code == 302


def test_a_change_is_told_without_the_password(client_as, user):
    change(client_as(user))
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == (Verb.PASSWORD, str(user))
    assert event.target_key == target_key(user)
    assert (event.before, event.after) == ({}, {})


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"old": "sai"}, "old_password", "Mật khẩu hiện tại chưa đúng."),
        ({"old": ""}, "old_password", "Ghi mật khẩu hiện tại."),
        ({"new": "ngan"}, "new_password1", "Mật khẩu còn thiếu"),
        ({"new": "Le.An-2026-vanphong"}, "new_password1", "không được chứa tên đăng nhập"),
        ({"new": PASSWORD}, "new_password1", "phải khác mật khẩu hiện tại"),
        ({"new": "", "again": ""}, "new_password1", "Ghi mật khẩu mới."),
        ({"again": "Khac-han-9-lan-nay"}, "new_password2", "không giống nhau"),
        ({"again": ""}, "new_password2", "Nhập lại mật khẩu mới."),
    ],
)
def test_a_bad_change_says_where_and_why(client_as, user, typed, field, sentence):
    response = change(client_as(user), **typed)
    assert sentence in " ".join(response.context["form"].errors[field])
    assert sentence in response.text
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not AuditEvent.objects.exists()


def test_no_password_comes_back_in_a_page(client_as, user):
    page = change(client_as(user), new="ngan-Ma-7", again="khac-Ma-7").text
    assert not any(typed in page for typed in (PASSWORD, "ngan-Ma-7", "khac-Ma-7"))


# --- being made to -------------------------------------------------------------------------------


@pytest.fixture
def newcomer(db) -> User:
    return make_user(Role.ADMIN, username="moi", must_change_password=True)


@pytest.mark.parametrize("path", ["/", "/can-bo/", "/quan-tri/", "/tong-hop.xlsx", "/khong-co/"])
def test_before_anything_else_the_password_is_changed(client_as, newcomer, path):
    for verb in ("get", "post"):
        assert getattr(client_as(newcomer), verb)(path).url == CHANGE


def test_the_page_says_why(client_as, newcomer, user):
    assert "do người quản trị đặt" in client_as(newcomer).get(CHANGE).text
    assert "do người quản trị đặt" not in client_as(user).get(CHANGE).text


def test_one_may_log_out_instead(client_as, newcomer):
    assert client_as(newcomer).post("/tai-khoan/dang-xuat/").url == "/tai-khoan/dang-nhap/"


def test_after_the_change_everything_is_open(client_as, newcomer):
    client = client_as(newcomer)
    change(client)
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password
    assert client.get("/").status_code == 200


def test_a_refused_change_opens_nothing(client_as, newcomer):
    client = client_as(newcomer)
    change(client, new=PASSWORD)
    assert client.get("/").url == CHANGE


def test_a_new_account_must_change_it(db):
    assert User.objects.create_user("moi", PASSWORD, full_name="Lê Mới", role=Role.OFFICE)
    assert User.objects.get().must_change_password
