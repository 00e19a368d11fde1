"""An administrator again, from the server's console, when none can log in."""

import getpass

import pytest
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.audit import SYSTEM, target_key
from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from tests.accounts.test_login import log_in
from tests.accounts.test_throttle import fail
from tests.client import ReadingClient
from tests.factories import make_user

NEW = "Cầu-Kè-xanh-mát-7"
CHANGE = "/tai-khoan/doi-mat-khau/"


@pytest.fixture
def file(tmp_path):
    """Give a file whose first line is the new password."""
    path = tmp_path / "mat-khau"
    path.write_text(f"{NEW}\nDòng sau không tính\n", encoding="utf-8")
    return path


def test_a_closed_locked_account_of_another_role_is_an_administrators_again(db, file, capsys):
    user = make_user(Role.OFFICE, username="le.an", is_active=False)
    TOTPDevice.objects.create(user=user, name="Điện thoại", confirmed=True)
    fail(5)
    call_command("break_glass", "LE.AN", "--password-file", str(file), "--drop-second-factor")
    said = capsys.readouterr().out
    for what in ("vai trò", "dùng lại", "mật khẩu mới", "xóa 5 lần sai", "gỡ xác thực hai bước"):
        assert what in said
    assert NEW not in said
    client = ReadingClient(REMOTE_ADDR="10.1.1.1")
    log_in(client, "le.an", NEW)
    assert client.get("/").url == CHANGE
    user.refresh_from_db()
    assert (user.role, user.is_active, user.must_change_password) == (Role.ADMIN, True, True)
    assert not TOTPDevice.objects.exists()


def test_the_log_tells_it_loudly_and_no_password(db, file):
    user = make_user(Role.ADMIN, username="le.an")
    call_command("break_glass", "le.an", "--password-file", str(file))
    events = list(AuditEvent.objects.filter(target_key=target_key(user)))
    assert {event.verb for event in events} == {Verb.PASSWORD, Verb.UNLOCK, Verb.CHANGE}
    assert {event.actor for event in events} == {SYSTEM}
    assert any("KHẨN CẤP" in event.reason and event.after for event in events)
    assert not any(NEW in f"{event.before}{event.after}{event.reason}" for event in events)


def test_a_new_administrator_needs_the_persons_name(db, file):
    with pytest.raises(CommandError, match="Chưa có tài khoản moi"):
        call_command("break_glass", "moi", "--password-file", str(file))
    assert not User.objects.exists()
    call_command("break_glass", "moi", "--password-file", str(file), "--full-name", "Lê Mới")
    user = User.objects.get()
    assert (user.role, user.full_name, user.check_password(NEW)) == (Role.ADMIN, "Lê Mới", True)
    assert not user.former_passwords.exists()


@pytest.mark.parametrize("password", ["ngan", "", "Le.an-xanh-mát-2026"])
def test_a_bad_password_changes_nothing(db, file, password):
    user = make_user(Role.OFFICE, username="le.an", is_active=False)
    file.write_text(password, encoding="utf-8")
    with pytest.raises(CommandError, match="Mật khẩu"):
        call_command("break_glass", "le.an", "--password-file", str(file), "--drop-second-factor")
    user.refresh_from_db()
    assert (user.role, user.is_active) == (Role.OFFICE, False)
    assert not AuditEvent.objects.exists()


def test_the_password_is_asked_twice(db, monkeypatch):
    user = make_user(Role.ADMIN, username="le.an")
    typed = iter([NEW, "khác", NEW, NEW])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    with pytest.raises(CommandError, match="không giống nhau"):
        call_command("break_glass", "le.an")
    call_command("break_glass", "le.an")
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_file_that_is_not_there_is_a_sentence(db, tmp_path):
    with pytest.raises(CommandError, match="Không đọc được tệp mật khẩu"):
        call_command("break_glass", "le.an", "--password-file", str(tmp_path / "khong-co"))
