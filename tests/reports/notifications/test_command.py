"""``manage.py send_notifications``: what it prints, what it writes, when it refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from accounts import clock
from accounts.enums import Role
from reports.models import Notification, NotificationRun
from tests.factories import DAY, make_assignment, make_officer, make_task, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def task():
    """Give An a task that is overdue on the day."""
    officer = make_officer("Nguyễn Văn An", user=make_user(Role.OFFICER, username="an"))
    make_assignment(officer)
    return make_task(officer=officer, due_on=DAY, content="Ông B xin đất")


def send(capsys, *arguments: str) -> str:
    call_command("send_notifications", *arguments)
    return capsys.readouterr().out


def test_a_preview_says_who_would_be_told_what_and_writes_nothing(task, capsys):
    shown = send(capsys, "--preview", "--day", "2023-05-10")
    assert "Xem trước ngày 10/05/2023: 1 thông báo, chưa ghi gì." in shown
    assert f"{task.officer.user.full_name} (an):" in shown
    assert "  - Nhiệm vụ theo kết luận: " in shown
    assert "hạn 09/05/2023 đã qua" in shown
    assert not Notification.objects.exists()
    assert not NotificationRun.objects.exists()


def test_a_preview_leaves_out_what_was_told(task, capsys):
    send(capsys, "--day", "2023-05-10")
    assert "0 thông báo" in send(capsys, "--preview", "--day", "2023-05-10")


def test_a_run_is_recorded(task, capsys):
    assert "Ngày 10/05/2023: đã ghi 1 thông báo mới." in send(capsys, "--day", "2023-05-10")
    told = Notification.objects.get()
    assert (told.user.username, told.noticed_on) == ("an", dt.date(2023, 5, 10))
    assert told.address == f"/ket-luan/{task.conclusion_id}/"
    run = NotificationRun.objects.get()
    assert (run.day, run.written, run.emailed, run.failed) == (told.noticed_on, 1, 0, 0)
    assert run.ended_at >= run.started_at


def test_run_again_it_writes_nothing(task, capsys):
    send(capsys, "--day", "2023-05-10")
    assert "đã ghi 0 thông báo mới" in send(capsys, "--day", "2023-05-10")
    assert Notification.objects.count() == 1
    assert list(NotificationRun.objects.values_list("written", flat=True)) == [0, 1]


def test_without_a_day_it_is_today(task, capsys):
    assert f"Ngày {clock.today():%d/%m/%Y}" in send(capsys)


def test_a_day_to_come_is_only_previewed(task, capsys):
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    with pytest.raises(CommandError, match="chưa tới: chỉ xem trước được") as refused:
        send(capsys, "--day", tomorrow)
    assert refused.value.returncode == 1
    assert not NotificationRun.objects.exists()
    assert "Xem trước" in send(capsys, "--preview", "--day", tomorrow)


def test_a_day_that_cannot_be_read(capsys):
    with pytest.raises(CommandError, match="không đọc được ngày"):
        send(capsys, "--day", "hôm qua")
