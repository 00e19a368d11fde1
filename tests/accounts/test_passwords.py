"""What a password must be, changing one's own, and being made to."""

import datetime as dt
import unicodedata

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from zeal import zeal_ignore

from accounts import clock, services
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
    assert not AuditEvent.objects.exclude(verb=Verb.LOGIN_FAILED).exists()


def test_the_current_password_is_not_guessed_at_an_open_screen(client_as, user):
    client = client_as(user)
    for _ in range(5):
        change(client, old="sai")
    assert "Đã nhập sai quá nhiều lần" in change(client).text
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert AuditEvent.objects.filter(verb=Verb.LOCK).count() == 1


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


# --- names, common ones, former ones -------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "part"),
    [
        ("Nguyễn-xanh-mát-7", "Nguyễn"),
        ("nguyen-XANH-mat-7", "Nguyễn"),
        ("Conguyen9-xanh-mat", "Nguyễn"),
        ("ĐứcXanhMát-2026-x", "Đức"),
        ("Duc-xanh-mat-2026", "Đức"),
        ("Xanh-mát-AN-2026-x", "An"),
        (unicodedata.normalize("NFD", "Xanh-mát-đức-2026X"), "Đức"),
    ],
)
def test_the_words_of_the_full_name_are_no_part_of_it(password, part):
    user = User(username="nda", full_name="Nguyễn Đức An")
    assert f"“{part}” trong họ và tên" in missing(password, user)


@pytest.mark.parametrize("password", ["Thanh-toán-xong-9", "Ban-sản-xuất-2026"])
def test_a_short_name_within_another_word_is_no_name(password):
    validate_password(password, User(username="nda", full_name="Nguyễn Văn An"))


@pytest.mark.parametrize("password", ["Password_123456", "P-a-s-s-w-o-r-d-1", "Qwertyuiop123!"])
def test_what_everybody_takes_is_refused_however_it_is_cut_up(password, settings):
    settings.PASSWORD_MIN_LENGTH = 8
    assert "nhiều người dùng" in missing(password)


@pytest.mark.parametrize("password", ["\0" * 20, "x" * 10_000, "🙂" * 20, "\u202e" * 20])
def test_hostile_passwords_are_judged_like_any_other(password):
    user = User(username="nda", full_name="Nguyễn \0 Đức")
    assert "Mật khẩu còn thiếu" in missing(password, user)


def set_passwords(user: User, *passwords: str) -> None:
    for password in passwords:
        services.set_password(user=user, password=password, by=user)


def test_the_last_ten_are_not_taken_again_and_no_more_are_kept(user):
    former = [f"Xanh-mát-lúa-{number}" for number in range(12)]
    set_passwords(user, *former)
    assert user.former_passwords.count() == 10
    for password in former[1:]:
        assert "đã dùng trước đây" in missing(password, user)
        assert "đã dùng trước đây" in missing(unicodedata.normalize("NFD", password), user)
    validate_password(former[0], user)
    assert not any(row.password in former for row in user.former_passwords.all())


def test_how_many_are_remembered_is_a_setting(user, settings):
    set_passwords(user, *(f"Xanh-mát-lúa-{number}" for number in range(5)))
    settings.PASSWORD_HISTORY = 2
    assert services.clear_old_passwords() == 3
    validate_password("Xanh-mát-lúa-1", user)
    assert "đã dùng trước đây" in missing("Xanh-mát-lúa-2", user)


# --- with a second factor ------------------------------------------------------------------------


@pytest.fixture
def phone(user) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="Điện thoại", confirmed=True)


def test_with_a_second_factor_eight_characters_do(user, phone):
    validate_password("lúa-vàng", user)
    assert "độ dài từ 8 ký tự" in missing("lúa-xôi", user)


def test_a_second_factor_not_confirmed_is_none(user, phone):
    TOTPDevice.objects.update(confirmed=False)
    assert "độ dài từ 14 ký tự" in missing("lúa-vàng", user)


def test_the_rules_on_the_page_are_those_that_hold(client_as, user):
    assert "Ít nhất 14 ký tự, có chữ thường" in client_as(user).get(CHANGE).text
    TOTPDevice.objects.create(user=user, name="Điện thoại", confirmed=True)
    page = client_as(user).get(CHANGE).text
    assert "Ít nhất 8 ký tự, vì tài khoản có xác thực hai bước." in page
    assert "Ít nhất 14" not in page


def test_whether_it_stands_alone_is_known_while_it_is_set(user, phone):
    assert user.password_stands_alone
    set_passwords(user, "lúa-vàng")
    user.refresh_from_db()
    assert not user.password_stands_alone
    user.set_password(unicodedata.normalize("NFD", "Đườngướt-7-xaà"))
    assert user.password_stands_alone  # fourteen letters, however many keys they took
    user.set_password(unicodedata.normalize("NFD", "Đườngướt-7-xa"))
    assert not user.password_stands_alone


def test_without_the_second_factor_a_short_one_must_be_changed(client_as, user, phone):
    set_passwords(user, "lúa-vàng")
    assert client_as(user).get("/").status_code == 200
    phone.delete()
    assert client_as(user).get("/").url == CHANGE
    assert "không còn xác thực hai bước" in client_as(user).get(CHANGE).text


# --- its age -------------------------------------------------------------------------------------


def aged(user: User, days: int) -> User:
    user.password_changed_at = clock.now() - dt.timedelta(days=days)
    user.save()
    return user


@pytest.mark.parametrize(
    ("role", "days", "is_over"),
    [
        (Role.OFFICE, 179, False),
        (Role.OFFICE, 180, True),
        (Role.ADMIN, 59, False),
        (Role.ADMIN, 60, True),
    ],
)
def test_a_password_ends_by_age_and_role(client_as, db, role, days, is_over):
    client = client_as(aged(make_user(role), days))
    response = client.get("/")
    assert (response.status_code == 302) is is_over
    if is_over:
        assert f"Mật khẩu đã dùng {days} ngày" in client.get(CHANGE).text
        change(client)
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(("days", "told"), [(172, False), (173, True), (179, True), (180, False)])
def test_the_last_seven_days_are_told_at_the_login(client, user, days, told):
    aged(user, days)
    data = {"username": user.username, "password": PASSWORD}
    page = client.post("/tai-khoan/dang-nhap/", data, follow=True).text
    assert (f"Mật khẩu còn dùng được {180 - days} ngày" in page) is told


def test_asking_why_writes_nothing(client_as, user):
    client = client_as(aged(user, 400))
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get(CHANGE)
    assert not [row["sql"] for row in captured if row["sql"].startswith(("UPDATE", "INSERT"))]
