"""The login in two steps: nobody is in before both, no code counts twice, wrong ones lock."""

import datetime as dt

import pytest
import time_machine
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.enums import Role, Verb
from accounts.models import AuditEvent, Session, User
from tests.accounts.second_factor.codes import LOGIN, VERIFY, code_of, give_codes, give_phone
from tests.factories import PASSWORD, make_user

NOON = dt.datetime(2026, 11, 20, 5, 0, tzinfo=dt.UTC)


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user(at_noon, db) -> User:
    return make_user(username="le.an")


@pytest.fixture
def phone(user) -> TOTPDevice:
    return give_phone(user)


def first_step(client, **data):
    return client.post(LOGIN, {"username": "le.an", "password": PASSWORD} | data)


def second_step(client, code: str):
    return client.post(VERIFY, {"code": code})


def is_in(client) -> bool:
    return client.get("/").status_code == 200


def test_the_password_alone_opens_nothing(client, phone):
    assert first_step(client).url == VERIFY
    assert not is_in(client)
    assert Session.objects.get().user is None
    assert not AuditEvent.objects.filter(verb=Verb.LOGIN).exists()


def test_both_steps_open_the_page_asked_for_under_another_key(client, phone):
    first_step(client, next="/can-bo/?tim=an")
    before = client.session.session_key
    assert second_step(client, code_of(phone)).url == "/can-bo/?tim=an"
    assert is_in(client)
    assert client.session.session_key != before
    assert "pending_login" not in client.session
    assert Session.objects.get().user.username == "le.an"


@pytest.mark.parametrize(
    "target", ["https://gia-mao.example/", "//gia-mao.example", "javascript:1"]
)
def test_one_goes_nowhere_else_after_both_steps(client, phone, target):
    first_step(client, next=target)
    assert second_step(client, code_of(phone)).url == "/"


def test_a_planted_session_is_not_the_one_that_waits_for_the_code(client, phone):
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["sessionid"] = session.session_key
    first_step(client)
    assert client.session.session_key != session.session_key
    assert "planted" not in client.session


def test_nobody_gets_the_second_page_first(client, phone):
    assert client.get(VERIFY).url == LOGIN
    assert second_step(client, code_of(phone)).url == LOGIN
    assert not is_in(client)


def test_after_five_minutes_one_begins_again(client, phone, at_noon):
    first_step(client)
    at_noon.shift(301)
    assert second_step(client, code_of(phone)).url == LOGIN
    assert not is_in(client)


@pytest.mark.parametrize(
    "change", [{"password": "khac"}, {"role": Role.LEADER}, {"is_active": False}]
)
def test_who_changed_meanwhile_begins_again(client, phone, user, change):
    first_step(client)
    if change == {"is_active": False}:
        change = change | {"suspension": "by_admin"}
    User.objects.filter(pk=user.pk).update(**change)
    assert second_step(client, code_of(phone)).url == LOGIN
    assert not is_in(client)


# --- codes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_phone_may_be_one_step_off(client, phone, steps, is_taken):
    first_step(client)
    second_step(client, code_of(phone, steps))
    assert is_in(client) is is_taken


def test_a_late_clock_does_not_shift_the_window(client, phone):
    first_step(client)
    second_step(client, code_of(phone, 1))
    phone.refresh_from_db()
    assert phone.drift == 0


def test_a_code_counts_once(client, phone):
    code = code_of(phone)
    first_step(client)
    second_step(client, code)
    client.post("/tai-khoan/dang-xuat/")
    first_step(client)
    assert "Mã chưa đúng" in second_step(client, code).text
    assert not is_in(client)


@pytest.mark.parametrize("spelled", ["{0} {1}", " {0}{1} ", "{0}-{1}", "{0}.{1}"])
def test_a_code_may_be_spaced(client, phone, spelled):
    code = code_of(phone)
    first_step(client)
    second_step(client, spelled.format(code[:3], code[3:]))
    assert is_in(client)


@pytest.mark.parametrize(
    "typed",
    [
        "٣٤٥٦٧٨",
        "１２３４５６",
        "-12345",
        "1e5",
        "0x1234",
        "9" * 40,
        "\0",
        "' OR 1=1 --",
        "ABCD",
        "‮123456",
    ],
)
def test_odd_codes_are_only_refused(client, phone, user, typed):
    give_codes(user)
    first_step(client)
    assert second_step(client, typed).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize("typed", ["", " " * 5, "1" * 41])
def test_what_is_no_code_at_all_is_not_tried(client, phone, typed):
    first_step(client)
    assert second_step(client, typed).status_code == 200
    phone.refresh_from_db()
    assert phone.throttling_failure_count == 0


def test_somebody_elses_code_does_not_open(client, phone):
    other = give_phone(make_user())
    first_step(client)
    second_step(client, code_of(other))
    assert not is_in(client)


def test_after_a_wrong_code_one_waits(client, phone):
    first_step(client)
    second_step(client, "000000")
    assert "Chờ 1 giây" in second_step(client, code_of(phone)).text
    assert not is_in(client)


def test_wrong_codes_lock_the_account_and_are_told(client, phone, at_noon):
    for _ in range(5):
        first_step(client)
        second_step(client, "000000")
        at_noon.shift(60)
    failed = AuditEvent.objects.filter(verb=Verb.LOGIN_FAILED)
    assert {event.reason for event in failed} == {"Sai mã xác nhận"}
    assert failed.count() == 5
    assert AuditEvent.objects.filter(verb=Verb.LOCK).exists()
    assert "Không đăng nhập được" in first_step(client).text
    assert client.get(VERIFY).url == LOGIN


def test_no_code_is_written_anywhere(client, phone, user):
    codes = give_codes(user)
    first_step(client)
    second_step(client, codes[0])
    for event in AuditEvent.objects.all():
        assert codes[0] not in f"{event.before}{event.after}{event.reason}{event.target}"


# --- codes on paper ----------------------------------------------------------------------------


def test_a_code_on_paper_opens_once(client, phone, user):
    code, *rest = give_codes(user)
    first_step(client)
    response = second_step(client, code.lower().replace("-", " "))
    assert response.url == "/"
    assert "còn 9 mã" in client.get("/").text
    client.post("/tai-khoan/dang-xuat/")
    first_step(client)
    second_step(client, code)
    assert not is_in(client)
    assert StaticToken.objects.count() == len(rest)


def test_codes_on_paper_are_not_in_the_table(user, db):
    codes = give_codes(user)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == len(set(codes)) == len(stored) == 10
    assert not stored & {*codes, *(code.replace("-", "") for code in codes)}
    # What is in the table opens nothing either.
    assert all(len(token) == 16 for token in stored)


def test_what_the_table_holds_is_no_code(client, phone, user):
    give_codes(user)
    stored = StaticToken.objects.first().token
    first_step(client)
    second_step(client, stored)
    assert not is_in(client)


def test_the_code_of_another_account_on_paper_does_not_open(client, phone, user):
    give_codes(user)
    other = give_codes(make_user())
    first_step(client)
    second_step(client, other[0])
    assert not is_in(client)


# --- what is told after a login ----------------------------------------------------------------


def test_the_login_before_is_told(client, user, at_noon):
    assert "Lần đăng nhập trước" not in first_step(client, next="/").content.decode()
    client.post("/tai-khoan/dang-xuat/")
    at_noon.shift(3600)
    first_step(client)
    page = client.get("/").text
    assert "Lần đăng nhập trước: 12:00 ngày 20/11/2026, từ địa chỉ 127.0.0.1." in page
    assert "địa chỉ khác" not in page


def test_another_address_and_failures_since_are_told(client, user, at_noon):
    first_step(client)
    client.post("/tai-khoan/dang-xuat/")
    at_noon.shift(60)
    first_step(client, password="sai")
    client.post(LOGIN, {"username": "le.an", "password": PASSWORD}, REMOTE_ADDR="10.1.1.1")
    page = client.get("/").text
    assert "Lần này từ một địa chỉ khác: 10.1.1.1" in page
    assert "Từ lần đó có 1 lần đăng nhập không thành công." in page
