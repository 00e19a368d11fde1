"""Too many failed logins: what locks, for how long, what is stored, who is told."""

import datetime as dt

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.core.management import CommandError, call_command

from accounts import clock, throttle
from accounts.audit import SYSTEM, target_key
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from tests.accounts.test_login import REFUSED, is_logged_in, log_in
from tests.client import ReadingClient
from tests.factories import PASSWORD, make_user

HERE, ELSEWHERE = "10.1.1.1", "10.2.2.2"


@pytest.fixture
def user(db) -> User:
    return make_user(username="le.an")


def fail(times: int, username: str = "le.an", address: str = HERE) -> str:
    """Fail to log in so often, each time with another browser; give the last page."""
    pages = [
        log_in(
            ReadingClient(REMOTE_ADDR=address, HTTP_USER_AGENT=f"Trình duyệt {number}"),
            username,
            "sai",
        ).text
        for number in range(times)
    ]
    return pages[-1]


def gets_in(username: str = "le.an", address: str = HERE) -> bool:
    client = ReadingClient(REMOTE_ADDR=address)
    log_in(client, username, PASSWORD)
    return is_logged_in(client)


def locks() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb=Verb.LOCK))


# --- what locks ----------------------------------------------------------------------------------


def test_four_failures_do_not_lock_and_a_login_forgets_them(user):
    for _ in range(3):
        fail(4)
        assert gets_in()
    assert not AccessAttempt.objects.exists()


def test_the_fifth_locks_the_account_there_and_nowhere_else(user):
    colleague = make_user(username="tran.binh")
    fail(5)
    assert not gets_in()
    assert gets_in(address=ELSEWHERE)
    assert gets_in(colleague.username)


def test_the_lock_ends_by_itself_and_trying_does_not_prolong_it(user):
    start = clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        fail(5)
        traveller.shift(dt.timedelta(hours=11, minutes=59))
        fail(2)
        assert not gets_in()
        traveller.shift(dt.timedelta(minutes=2))
        assert gets_in()


def test_one_address_over_many_accounts(user, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 7
    for number in range(4):
        fail(2, make_user(username=f"nguoi.{number}").username)
    assert not gets_in()
    assert gets_in(address=ELSEWHERE)
    assert [event.target for event in locks()] == [f"Địa chỉ {HERE}"]


def test_unknown_names_count_for_the_address(user, settings):
    settings.LOGIN_FAILURES, settings.LOGIN_FAILURES_PER_ADDRESS = 100, 6
    for number in range(6):
        fail(1, f"khong.co.{number}")
    assert not gets_in()


def test_unknown_names_lock_nobody_known(user):
    fail(9, "khong.co")
    assert gets_in()
    assert locks() == []


def test_one_account_from_many_addresses(user, settings):
    settings.LOGIN_FAILURES_PER_ACCOUNT = 6
    for number in range(6):
        fail(1, address=f"10.3.3.{number}")
    assert not gets_in(address="10.9.9.9")
    assert locks()[-1].after == {"Khóa đăng nhập từ": "mọi địa chỉ"}


def test_the_case_of_a_name_is_no_way_round(user):
    for typed in ("le.an", "LE.AN", " Le.An ", "le.An", "LE.an"):
        fail(1, typed)
    assert not gets_in()


def test_a_forged_forward_is_no_way_round(user, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        client = ReadingClient(HTTP_X_FORWARDED_FOR=f"10.4.4.{number}, {HERE}")
        log_in(client, password="sai")
    assert AccessAttempt.objects.get().ip_address == HERE
    client = ReadingClient(HTTP_X_FORWARDED_FOR=f"10.4.4.99, {HERE}")
    log_in(client)
    assert not is_logged_in(client)


def test_an_address_that_is_none_is_counted_as_one(user):
    fail(5, address="không phải địa chỉ")
    assert AccessAttempt.objects.get().ip_address is None
    assert not gets_in(address="x" * 400)


def test_failures_of_a_later_step_count_too(user, rf):
    request = rf.post("/", REMOTE_ADDR=HERE)
    for _ in range(4):
        throttle.note_failure(request, user)
    assert not throttle.is_locked(request, "le.an")
    throttle.note_failure(rf.post("/", REMOTE_ADDR=HERE), user)
    assert throttle.is_locked(request, " LE.AN ")
    assert not gets_in()


# --- what is told, what is kept ------------------------------------------------------------------


def test_every_refusal_reads_alike(user):
    make_user(username="nghi", is_active=False)
    pages = {
        "wrong password": fail(1),
        "unknown": fail(1, "khong.co"),
        "switched off": log_in(ReadingClient(), "nghi").text,
        "locked": fail(6),
        "locked, right password": log_in(ReadingClient(REMOTE_ADDR=HERE)).text,
        "locked, unknown": fail(9, "khong.co"),
    }
    assert [kind for kind, page in pages.items() if REFUSED not in page] == []


def test_a_locked_account_costs_the_same_work(user, monkeypatch):
    fail(5)
    checked = []
    monkeypatch.setattr(User, "check_password", lambda self, raw: checked.append(raw) or True)
    assert not gets_in()
    assert checked == [PASSWORD]


def test_a_lock_is_told_once_by_the_system(user):
    fail(9)
    event = AuditEvent.objects.get(verb=Verb.LOCK)
    assert (event.actor, event.target_key) == (SYSTEM, target_key(user))
    assert event.after == {"Khóa đăng nhập từ": f"địa chỉ {HERE}"}
    assert event.reason == "5 lần không thành công"


@pytest.mark.parametrize(
    "typed", ["Mat-khau-go-nham-o-2026", "a" * 10_000, "le\u0301.an", "' OR 1=1 --", "💥"]
)
def test_nothing_typed_is_stored(user, typed):
    client = ReadingClient(REMOTE_ADDR=HERE)
    client.post(
        "/tai-khoan/dang-nhap/?bi-mat=Bi-mat-1",
        {"username": typed, "password": "Bi-mat-2", "them": "Bi-mat-3"},
        HTTP_USER_AGENT="Bi-mat-4",
        HTTP_ACCEPT="Bi-mat-5",
    )
    kept = list(AccessAttempt.objects.values())
    assert [row["username"] for row in kept] == [throttle.UNKNOWN]
    assert "Bi-mat" not in str(kept)
    assert typed not in str(kept)


def test_no_second_log_of_logins_is_kept(user):
    assert gets_in()
    assert not AccessLog.objects.exists()


# --- unlocking -----------------------------------------------------------------------------------


def test_the_command_unlocks_with_a_reason(user, capsys):
    fail(5)
    call_command("unlock", "LE.AN", "--reason", "Quên mật khẩu")
    assert "xóa 5 lần sai" in capsys.readouterr().out
    event = AuditEvent.objects.get(verb=Verb.UNLOCK)
    assert (event.actor, event.target_key) == (SYSTEM, target_key(user))
    assert event.reason == "Quên mật khẩu"
    assert gets_in()


def test_the_command_unlocks_an_address(user, settings, capsys):
    settings.LOGIN_FAILURES_PER_ADDRESS = 5
    fail(5, "khong.co")
    assert not gets_in()
    call_command("unlock", "--address", HERE, "--reason", "Máy dùng chung")
    assert gets_in()
    assert AuditEvent.objects.get(verb=Verb.UNLOCK).target == f"Địa chỉ {HERE}"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["khong.co", "--reason", "Thử"], "Không có tài khoản"),
        (["le.an", "--reason", "  "], "Ghi lý do"),
        (["--address", "đâu đó", "--reason", "Thử"], "không phải là địa chỉ mạng"),
    ],
)
def test_what_the_command_refuses(user, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("unlock", *arguments)
    assert not AuditEvent.objects.exists()


def test_what_has_run_out_is_cleared(user):
    fail(2)
    assert throttle.clear_expired(clock.now()) == 0
    assert throttle.clear_expired(clock.now() + dt.timedelta(hours=13)) == 1
