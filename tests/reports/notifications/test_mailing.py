"""Mail of what was told: bundled, once, tried again, without what is private."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import clock
from accounts.enums import Role
from reports.enums import NotificationKind
from reports.models import Notification, NotificationRun
from reports.notifications import mailing
from reports.notifications.mailing import KEPT, LEASE, MAILING, MOST_UNREACHED
from tests.factories import make_notification, make_user

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 5, 10)


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_URL = "smtp://localhost"
    settings.SITE_ADDRESS = "https://theodoi.example"
    settings.DEFAULT_FROM_EMAIL = "theodoi@tinhuy.example"


def reader(name: str = "an", **fields):
    return make_user(Role.OFFICER, **{"username": name, "email": f"{name}@tinhuy.example"} | fields)


def tell(user, title: str = "Báo cáo Quý II/2023", **fields) -> Notification:
    return make_notification(user, **{"title": title, "noticed_on": DAY} | fields)


def send(*arguments: str, day: dt.date = DAY) -> None:
    call_command("send_notifications", "--day", day.isoformat(), *arguments)


class Refusing(EmailBackend):
    """Takes no letter to the names in :attr:`refused`."""

    refused: dict[str, Exception] = {}

    def send_messages(self, messages):
        for message in messages:
            name = message.to[0].partition("@")[0]
            if name in self.refused:
                raise self.refused[name]
        return super().send_messages(messages)


@pytest.fixture
def refusing(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    refused: dict[str, Exception] = {}
    monkeypatch.setattr(Refusing, "refused", refused)
    return refused


def sent_to() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def test_one_letter_bundles_what_one_person_was_told(capsys):
    an, binh = reader("an"), reader("binh")
    tell(an, "Việc thứ nhất", address="/kien-nghi/1/")
    tell(an, "Việc thứ hai", address="/bao-cao/2/", detail="Đồng chí Nguyễn Văn An")
    tell(binh, "Việc khác")
    send()
    assert "Đã gửi 2 thư, chưa gửi được 0 thư." in capsys.readouterr().out
    letter = mail.outbox[0]
    assert letter.to == ["an@tinhuy.example"]
    assert letter.from_email == "theodoi@tinhuy.example"
    assert letter.subject == "Theo dõi Đảng bộ cấp xã: 2 thông báo"
    assert "- Việc thứ nhất\n  https://theodoi.example/kien-nghi/1/" in letter.body
    assert "- Việc thứ hai\n  https://theodoi.example/bao-cao/2/" in letter.body
    assert "https://theodoi.example/thong-bao/" in letter.body
    assert "Việc khác" not in letter.body
    assert "Nguyễn Văn An" not in letter.body
    assert letter.content_subtype == "plain"
    assert letter.message().get_content_charset() == "utf-8"
    assert NotificationRun.objects.get().emailed == 2


def test_of_the_digest_the_numbers_go_too():
    detail = "3 Đảng bộ chưa có người phụ trách → /dang-bo/?phu_trach=chua&ngay=2023-05-10"
    tell(reader(), "Tổng hợp tuần", kind=NotificationKind.DIGEST, detail=detail)
    send()
    assert "  + 3 Đảng bộ chưa có người phụ trách\n" in mail.outbox[0].body
    assert "https://theodoi.example/dang-bo/?phu_trach=chua&ngay=2023-05-10" in mail.outbox[0].body


def test_nothing_is_mailed_twice():
    told = tell(reader())
    send()
    send()
    assert sent_to() == ["an@tinhuy.example"]
    told.refresh_from_db()
    assert told.emailed_at is not None


def test_who_gets_none(settings):
    tell(reader("no-address", email=""))
    tell(reader("locked", is_active=False))
    tell(reader("has-read"), read_at=clock.now())
    tell(reader("long-ago"), noticed_on=DAY - KEPT)
    tell(reader("just"), noticed_on=DAY - KEPT + dt.timedelta(days=1))
    send()
    assert sent_to() == ["just@tinhuy.example"]


@pytest.mark.parametrize("how", ["no server", "--no-mail"])
def test_without_mail_everything_waits(settings, how):
    told = tell(reader())
    settings.EMAIL_URL = "" if how == "no server" else "smtp://localhost"
    send(*([how] if how == "--no-mail" else []))
    assert mail.outbox == []
    told.refresh_from_db()
    assert told.emailed_at is None
    assert NotificationRun.objects.get().ended_at is not None


@pytest.mark.parametrize(
    "error", [SMTPRecipientsRefused({}), ConnectionRefusedError("no"), ValueError("header")]
)
def test_who_is_refused_is_tried_again_and_stops_nobody(refusing, error):
    for name in ("an", "binh", "chau"):
        tell(reader(name))
    refusing["binh"] = error
    with pytest.raises(CommandError, match="Chưa gửi được thư cho binh") as failed:
        send()
    assert failed.value.returncode == 3
    assert sent_to() == ["an@tinhuy.example", "chau@tinhuy.example"]
    run = NotificationRun.objects.get()
    assert (run.emailed, run.failed, run.ended_at is None) == (2, 1, False)
    refusing.clear()
    send()
    assert sent_to()[2:] == ["binh@tinhuy.example"]


def test_a_server_that_does_not_answer_is_left_alone(refusing):
    names = [f"u{number}" for number in range(MOST_UNREACHED + 3)]
    for name in names:
        tell(reader(name))
        refusing[name] = TimeoutError("timed out")
    with pytest.raises(CommandError, match="Còn 3 thư để lần chạy sau gửi") as failed:
        send()
    assert str(failed.value).count("Chưa gửi được thư cho") == MOST_UNREACHED
    assert NotificationRun.objects.get().failed == len(names)


def test_a_process_that_died_lost_only_what_it_had_not_marked(monkeypatch):
    for name in ("an", "binh", "chau"):
        tell(reader(name))
    mark = mailing.mark

    def die_at_the_second(letter, now):
        mark(letter, now)
        if letter.user.username == "binh":
            raise KeyboardInterrupt

    monkeypatch.setattr(mailing, "mark", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        send()
    monkeypatch.undo()
    NotificationRun.objects.update(started_at=clock.now() - LEASE)
    send()
    assert sent_to() == ["an@tinhuy.example", "binh@tinhuy.example", "chau@tinhuy.example"]


def test_one_run_mails_at_a_time(capsys):
    tell(reader())
    other = NotificationRun.objects.create(day=DAY, started_at=clock.now())
    send()
    assert "một lần chạy khác đang gửi" in capsys.readouterr().out
    assert mail.outbox == []
    NotificationRun.objects.filter(pk=other.pk).update(started_at=clock.now() - LEASE)
    send()
    assert sent_to() == ["an@tinhuy.example"]


def test_a_run_that_takes_too_long_stops_before_another_takes_over(monkeypatch):
    for name in ("an", "binh"):
        tell(reader(name))
    run = NotificationRun.objects.create(day=DAY, started_at=clock.now())
    moments = iter([run.started_at, run.started_at, run.started_at + MAILING * 1.01])
    reasons = mailing.mail(run=run, now=lambda: next(moments))
    assert sent_to() == ["an@tinhuy.example"]
    assert reasons == ["Còn 1 thư để lần chạy sau gửi."]
    assert (run.emailed, run.failed) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_server_is_talked_to(monkeypatch):
    tell(reader())
    open_ones = []
    monkeypatch.setattr(
        EmailBackend, "send_messages", lambda *args: open_ones.append(connection.in_atomic_block)
    )
    send()
    assert open_ones == [False]
