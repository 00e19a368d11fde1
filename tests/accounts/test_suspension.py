"""Accounts that rest: when they are switched off, how they come back."""

import datetime as dt

import pytest
from django.core.management import call_command

from accounts import clock, suspension
from accounts.audit import NOBODY, SYSTEM, target_key
from accounts.enums import Role, Suspension, Verb
from accounts.models import AuditEvent, Session, User
from tests.accounts.test_login import REFUSED, is_logged_in, log_in
from tests.accounts.test_throttle import fail
from tests.client import ReadingClient
from tests.factories import PASSWORD, make_officer, make_user

RESTS = "Tài khoản đã tạm ngừng vì lâu không dùng."


def days_ago(days: int) -> dt.datetime:
    return clock.now() - dt.timedelta(days=days)


def make_account(username: str, role: Role = Role.OFFICE, **fields) -> User:
    return make_user(role, username=username, **{"created_at": days_ago(400)} | fields)


@pytest.fixture
def administrator(db) -> User:
    return make_account("quan.tri", Role.ADMIN, seen_at=clock.now())


@pytest.fixture
def resting(administrator) -> User:
    user = make_account("le.an", seen_at=days_ago(46), password_changed_at=days_ago(200))
    suspension.suspend_idle(clock.now())
    user.refresh_from_db()
    return user


def active() -> set[str]:
    return set(User.objects.filter(is_active=True).values_list("username", flat=True))


# --- being switched off --------------------------------------------------------------------------


def test_who_has_not_used_it_for_45_days_rests(administrator):
    make_account("moi.dung", seen_at=days_ago(44))
    make_account("moi.vao", last_login=days_ago(1), seen_at=days_ago(300))
    make_account("moi.tao", created_at=days_ago(3))
    make_account("lau.dung", seen_at=days_ago(46), last_login=days_ago(90))
    make_account("lau.vao", last_login=days_ago(47))
    make_account("chua.dung")
    rested = suspension.suspend_idle(clock.now())
    assert [user.username for user in rested] == ["chua.dung", "lau.vao", "lau.dung"]
    assert active() == {"quan.tri", "moi.dung", "moi.vao", "moi.tao"}
    event = AuditEvent.objects.filter(verb=Verb.SUSPEND).last()
    assert event.actor == SYSTEM
    assert event.after["lý do ngừng"] == "Lâu không dùng"


def test_the_number_of_days_is_a_setting(administrator, settings):
    settings.ACCOUNT_IDLE_DAYS = 3
    make_account("le.an", seen_at=days_ago(4))
    assert len(suspension.suspend_idle(clock.now())) == 1


def test_the_last_administrator_stays(db):
    for number in range(3):
        make_account(f"quan.tri.{number}", Role.ADMIN, seen_at=days_ago(100 - number))
    suspension.suspend_idle(clock.now())
    assert active() == {"quan.tri.2"}
    assert suspension.suspend_idle(clock.now()) == []


def test_who_has_left_is_out_at_once(administrator):
    gone = make_account("da.thoi", Role.OFFICER, seen_at=clock.now())
    staying = make_account("con.lam", Role.OFFICER, seen_at=clock.now())
    make_officer(user=gone, left_on=clock.today())
    make_officer(user=staying, left_on=clock.today() + dt.timedelta(days=1))
    client = ReadingClient()
    client.force_login(gone)
    call_command("tend_accounts")
    gone.refresh_from_db()
    assert (gone.is_active, gone.suspension) == (False, Suspension.LEFT)
    assert active() == {"quan.tri", "con.lam"}
    assert not Session.objects.filter(user=gone).exists()
    assert REFUSED in log_in(ReadingClient(), "da.thoi").text


def test_the_command_tells_what_it_did_and_does_it_once(administrator, capsys):
    make_account("le.an", seen_at=days_ago(46))
    call_command("tend_accounts")
    assert "Ngừng vì lâu không dùng: le.an." in capsys.readouterr().out
    call_command("tend_accounts")
    assert "Ngừng vì lâu không dùng: không có." in capsys.readouterr().out
    assert AuditEvent.objects.filter(verb=Verb.SUSPEND).count() == 1


# --- coming back ---------------------------------------------------------------------------------


def test_who_knows_the_password_hears_that_it_rests_and_has_asked(client, resting):
    assert RESTS in log_in(client).text
    assert not is_logged_in(client)
    resting.refresh_from_db()
    assert resting.reactivation_asked_at is not None
    event = AuditEvent.objects.filter(verb=Verb.LOGIN_FAILED).last()
    assert (event.actor, event.target_key) == (NOBODY, target_key(resting))
    assert "đã ghi nhận đề nghị" in event.reason
    asked = resting.reactivation_asked_at
    log_in(client)
    resting.refresh_from_db()
    assert resting.reactivation_asked_at == asked


def test_who_does_not_hears_what_everybody_hears(client, resting):
    page = log_in(client, password="sai").text
    assert REFUSED in page
    assert RESTS not in page
    resting.refresh_from_db()
    assert resting.reactivation_asked_at is None


def test_a_locked_resting_account_tells_nothing(resting):
    fail(5)
    page = log_in(ReadingClient(REMOTE_ADDR="10.1.1.1")).text
    assert REFUSED in page
    assert RESTS not in page


def test_a_session_planted_for_a_resting_account_is_nobodys(client, resting):
    client.force_login(resting)
    assert not is_logged_in(client)


def test_back_again_the_password_is_too_old(client, resting, administrator):
    log_in(client)
    assert suspension.reactivate(user=resting, by=administrator, reason="Đã xác minh")
    resting.refresh_from_db()
    assert (resting.is_active, resting.suspension, resting.reactivation_asked_at) == (
        True,
        "",
        None,
    )
    event = AuditEvent.objects.get(verb=Verb.REACTIVATE)
    assert (event.actor, event.reason) == (str(administrator), "Đã xác minh")
    log_in(client)
    assert client.get("/").url == "/tai-khoan/doi-mat-khau/"
    assert "Mật khẩu đã dùng 200 ngày" in client.get("/tai-khoan/doi-mat-khau/").text


def test_back_again_it_has_as_long_anew(resting, administrator):
    suspension.reactivate(user=resting, by=administrator, reason="Đã xác minh")
    assert suspension.idle(clock.now()) == []
    assert suspension.idle(clock.now() + dt.timedelta(days=44)) == []
    assert resting in suspension.idle(clock.now() + dt.timedelta(days=46))


def test_switching_on_twice_is_told_once(resting, administrator):
    assert suspension.reactivate(user=resting, by=administrator, reason="Một")
    assert not suspension.reactivate(user=resting, by=administrator, reason="Hai")
    assert AuditEvent.objects.filter(verb=Verb.REACTIVATE).count() == 1


def test_the_right_password_of_an_account_an_administrator_closed_tells_nothing(client, db):
    user = make_user(username="bi.khoa", is_active=False)
    page = log_in(client, user.username, PASSWORD).text
    assert REFUSED in page
    assert RESTS not in page
