"""Setting a second factor up, new codes, turning it off, losing it, roles that must have one."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.enums import Role, Verb
from accounts.models import AuditEvent, Session, User
from accounts.second_factor import qr, services
from tests.accounts.second_factor.codes import LOGIN, VERIFY, code_of, give_codes, give_phone
from tests.factories import PASSWORD, make_session, make_user

BEGIN = "/tai-khoan/xac-thuc-hai-buoc/"
CODE = f"{BEGIN}dien-thoai/"
PAPER = f"{BEGIN}ma-du-phong/"
OFF = f"{BEGIN}tat/"
ACCOUNT = "/tai-khoan/"
CODES = re.compile(r"<code>([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})</code>")


@pytest.fixture
def user(db) -> User:
    return make_user(username="le.an")


@pytest.fixture
def client(client_as, user):
    return client_as(user)


def told() -> list[str]:
    events = AuditEvent.objects.filter(verb=Verb.SECOND_FACTOR).order_by("pk")
    return [event.reason for event in events]


def set_up(client, user):
    client.post(BEGIN, {"password": PASSWORD})
    return client.post(CODE, {"code": code_of(services.new_phone(user))})


def test_a_phone_is_set_up_with_the_password_and_its_first_code(client, user):
    assert client.post(BEGIN, {"password": PASSWORD}).url == CODE
    page = client.get(CODE).text
    device = TOTPDevice.objects.get()
    assert not device.confirmed
    assert '<svg class="qr"' in page
    assert device.key not in page
    response = client.post(CODE, {"code": code_of(device)})
    assert "Đã bật xác thực hai bước" in response.text
    assert len(CODES.findall(response.text)) == 10
    assert services.phone(user) == device
    assert told() == ["Bắt đầu thiết lập điện thoại", "Bật"]


def test_codes_on_paper_are_shown_once_and_open(client, user):
    codes = CODES.findall(set_up(client, user).text)
    assert client.get(CODE).url == BEGIN
    assert not CODES.findall(client.get(ACCOUNT).text)
    client.post("/tai-khoan/dang-xuat/")
    client.post(LOGIN, {"username": "le.an", "password": PASSWORD})
    client.post(VERIFY, {"code": codes[3]})
    assert client.get("/").status_code == 200


def test_the_first_code_does_not_log_in_once_more(client, user):
    client.post(BEGIN, {"password": PASSWORD})
    code = code_of(services.new_phone(user))
    client.post(CODE, {"code": code})
    client.post("/tai-khoan/dang-xuat/")
    client.post(LOGIN, {"username": "le.an", "password": PASSWORD})
    client.post(VERIFY, {"code": code})
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("code", ["000000", "", "abc", "٣٤٥٦٧٨", "\0"])
def test_without_the_right_code_nothing_is_on(client, user, code):
    client.post(BEGIN, {"password": PASSWORD})
    assert client.post(CODE, {"code": code}).status_code == 200
    assert services.phone(user) is None
    assert not StaticDevice.objects.exists()


def test_a_key_begun_long_ago_is_shown_no_more(client, user):
    client.post(BEGIN, {"password": PASSWORD})
    TOTPDevice.objects.update(created_at="2020-01-01T00:00:00Z")
    assert client.get(CODE).url == BEGIN


@pytest.mark.parametrize("address", [BEGIN, PAPER, OFF])
@pytest.mark.parametrize("password", ["", "sai", "\0", "x" * 5000])
def test_each_page_asks_the_password(client, user, address, password):
    give_phone(user)
    give_codes(user)
    before = set(StaticToken.objects.values_list("token", flat=True))
    assert client.post(address, {"password": password}).status_code == 200
    assert TOTPDevice.objects.count() == 1
    assert set(StaticToken.objects.values_list("token", flat=True)) == before


def test_guessing_the_password_in_an_open_session_locks(client, user):
    for _ in range(5):
        client.post(BEGIN, {"password": "sai"})
    response = client.post(BEGIN, {"password": PASSWORD})
    assert "Đã nhập sai quá nhiều lần" in response.text
    assert not TOTPDevice.objects.exists()


def test_another_phone_counts_only_from_its_first_code_on(client, user):
    old = give_phone(user)
    client.post(BEGIN, {"password": PASSWORD})
    assert services.phone(user) == old
    new = services.new_phone(user)
    client.post(CODE, {"code": code_of(new)})
    assert list(TOTPDevice.objects.all()) == [new]
    assert told()[-1] == "Đổi điện thoại"


def test_a_new_set_makes_the_old_void(client, user):
    give_phone(user)
    give_codes(user)
    before = set(StaticToken.objects.values_list("token", flat=True))
    page = client.post(PAPER, {"password": PASSWORD}).text
    assert len(CODES.findall(page)) == 10
    assert before.isdisjoint(StaticToken.objects.values_list("token", flat=True))
    assert told() == ["Lập mã dự phòng mới"]


def test_it_is_turned_off(client, user):
    give_phone(user)
    give_codes(user)
    assert client.post(OFF, {"password": PASSWORD}).url == ACCOUNT
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert "Đã tắt xác thực hai bước." in client.get(ACCOUNT).text
    assert AuditEvent.objects.filter(verb=Verb.SECOND_FACTOR).count() == 1


def test_a_password_too_weak_alone_must_then_be_changed(client, user):
    give_phone(user)
    User.objects.filter(pk=user.pk).update(password_stands_alone=False)
    assert client.get("/").status_code == 200
    client.post(OFF, {"password": PASSWORD})
    assert client.get("/").url == "/tai-khoan/doi-mat-khau/"


@pytest.mark.parametrize("address", [PAPER, OFF])
def test_without_one_there_is_nothing_to_renew_or_turn_off(client, address):
    assert client.get(address).url == ACCOUNT
    assert client.post(address, {"password": PASSWORD}).url == ACCOUNT


# --- roles that must have one ------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/quan-tri/", "/quan-tri/accounts/user/", ACCOUNT])
def test_who_must_have_one_sets_it_up_before_anything_else(client_as, settings, address):
    settings.SECOND_FACTOR_ROLES = ["admin"]
    administrator = make_user(Role.ADMIN)
    client = client_as(administrator)
    assert client.get(address).url == BEGIN
    set_up(client, administrator)
    assert client.get(address).status_code == 200


def test_who_must_have_one_may_not_turn_it_off(client, user, settings):
    give_phone(user)
    settings.SECOND_FACTOR_ROLES = ["office"]
    assert client.post(OFF, {"password": PASSWORD}).url == ACCOUNT
    assert services.phone(user)
    assert "bắt buộc" in client.get(ACCOUNT).text


def test_nobody_else_is_asked(client, settings):
    settings.SECOND_FACTOR_ROLES = ["admin"]
    assert client.get("/").status_code == 200


# --- the administrator -------------------------------------------------------------------------


def lost(user: User) -> str:
    return reverse("admin:accounts_user_second_factor", args=[user.pk])


def test_an_administrator_takes_a_lost_one_away(client_as, user):
    give_phone(user)
    theirs, administrator = client_as(user), client_as(make_user(Role.ADMIN))
    page = reverse("admin:accounts_user_change", args=[user.pk])
    assert lost(user) in administrator.get(page).text
    assert administrator.post(lost(user), {"reason": ""}).status_code == 200
    assert services.phone(user)
    administrator.post(lost(user), {"reason": "Mất điện thoại"})
    assert services.phone(user) is None
    assert told() == ["Mất điện thoại"]
    assert theirs.get("/").status_code == 302
    assert lost(user) not in administrator.get(page).text


def test_its_owner_is_told_at_the_next_login(client_as, client, user):
    client.post("/tai-khoan/dang-xuat/")
    client.post(LOGIN, {"username": "le.an", "password": PASSWORD})
    give_phone(user)
    client_as(make_user(Role.ADMIN)).post(lost(user), {"reason": "Mất điện thoại"})
    client.post(LOGIN, {"username": "le.an", "password": PASSWORD})
    assert "Xác thực hai bước: " in (page := client.get("/").text)
    assert "Mất điện thoại" in page


def test_never_their_own(client_as):
    administrator = make_user(Role.ADMIN)
    give_phone(administrator)
    client = client_as(administrator)
    assert client.post(lost(administrator), {"reason": "Mất"}).status_code == 403
    assert services.phone(administrator)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_else_takes_one_away(client_as, user, role):
    give_phone(user)
    assert client_as(make_user(role)).post(lost(user), {"reason": "x"}).status_code == 403
    assert services.phone(user)


def test_an_administrator_ends_all_sessions_of_an_account(client_as, user):
    make_session(user)
    theirs, administrator = client_as(user), client_as(make_user(Role.ADMIN))
    end = reverse("admin:accounts_user_end_sessions", args=[user.pk])
    administrator.post(end, {"reason": "Máy bị mất"})
    assert not Session.objects.filter(user=user).exists()
    assert theirs.get("/").status_code == 302
    event = AuditEvent.objects.get(verb=Verb.END_SESSION)
    assert (event.reason, event.before) == ("Máy bị mất", {"Số phiên": 2})


def test_secrets_have_no_page_in_the_admin():
    assert not {TOTPDevice, StaticDevice} & set(admin.site._registry)


def test_the_picture_is_of_plain_squares():
    drawn = qr.picture("otpauth://totp/x?secret=ABC")
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", drawn.path)
    assert drawn.side > 2 * qr.QUIET
