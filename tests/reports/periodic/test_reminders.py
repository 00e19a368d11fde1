"""Reminders: who is told, once a day, and who cannot be told."""

import datetime as dt
import html

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import AuditEvent
from reports.models import Notification
from reports.periodic.expected import reporting
from reports.periodic.reminding import remind_missing
from tests.factories import make_user
from tests.reports.periodic.offices import DAY, NAMES, give_account, make_quarter
from tests.reports.periodic.world import at

REMIND = "/bao-cao/nhac/"


@pytest.fixture
def quarter(db):
    with time_machine.travel(at(DAY), tick=False):
        yield make_quarter()


@pytest.fixture
def office(quarter, client_as):
    return client_as(Role.OFFICE)


def text(response) -> str:
    return html.unescape(response.content.decode())


def named(page) -> list[str]:
    return [row.officer.full_name for row in page.context["rows"]]


def test_the_page_tells_who_and_what_before_anything_is_sent(quarter, office):
    page = office.get(REMIND, {"ky": quarter.period.pk})
    assert named(page) == [NAMES[key] for key in ("silent", "drafting", "returned")]
    shown = text(page)
    assert "Nhắc nộp báo cáo Quý II/2023, hạn nộp 30/6/2023" in shown
    assert "chưa nộp, đã quá hạn 5 ngày" in shown
    assert not Notification.objects.exists()


def test_only_the_missing_of_the_ticked_are_on_it(quarter, office):
    ticked = [f"{quarter.officers[key].pk}-0" for key in ("silent", "submitted", "accepted")]
    page = office.post(REMIND, {"ky": quarter.period.pk, "chon": ticked})
    assert named(page) == [NAMES["silent"]]
    assert not Notification.objects.exists()


def send(client, quarter, *keys: str):
    ticked = [f"{quarter.officers[key].pk}-0" for key in keys]
    return client.post(REMIND, {"ky": quarter.period.pk, "chon": ticked, "gui": "1"}, follow=True)


def test_each_user_is_told_once_a_day(quarter, office):
    user = give_account(quarter.officers["silent"])
    helper = make_user(Role.ASSISTANT)
    quarter.officers["silent"].assistants.add(helper)
    page = send(office, quarter, "silent", "drafting")
    assert f"chưa có tài khoản nên chưa nhắc được: {NAMES['drafting']}" in text(page)
    assert "Đã nhắc 1 đồng chí." in text(page)
    told = Notification.objects.all()
    assert {one.user for one in told} == {user, helper}
    assert {one.kind for one in told} == {"report_reminded"}
    assert {one.address for one in told} == {"/bao-cao/"}
    again = text(send(office, quarter, "silent"))
    assert "1 đồng chí đã được nhắc trong hôm nay" in again
    assert Notification.objects.count() == 2
    with time_machine.travel(at(DAY + dt.timedelta(days=1)), tick=False):
        assert "Đã nhắc 1 đồng chí." in text(send(office, quarter, "silent"))
    assert Notification.objects.count() == 4


def test_one_row_of_the_log_names_who_was_told(quarter, office):
    for key in ("silent", "returned"):
        give_account(quarter.officers[key])
    send(office, quarter, "silent", "returned")
    [event] = AuditEvent.objects.filter(verb="remind")
    assert event.target == "kỳ: Quý II/2023"
    assert event.after == {"đã nhắc": f"{NAMES['silent']}, {NAMES['returned']}"}


def test_all_or_nobody(quarter, users, monkeypatch):
    for key in ("silent", "returned"):
        give_account(quarter.officers[key])
    monkeypatch.setattr("accounts.audit.record", broken)
    rows = reporting(users[Role.OFFICE], [quarter.period], DAY).rows
    with pytest.raises(RuntimeError):
        remind_missing(period=quarter.period, missing=rows, by=users[Role.OFFICE], now=at(DAY))
    assert not Notification.objects.exists()


def broken(*args, **kwargs):
    raise RuntimeError


def test_when_nobody_is_missing_the_page_says_so(quarter, office):
    page = send(office, quarter, "accepted")
    assert "Không còn ai chưa nộp báo cáo" in text(page)
    assert not Notification.objects.exists()


def test_on_another_day_nobody_is_reminded(quarter, office):
    give_account(quarter.officers["silent"])
    data = {"ky": quarter.period.pk, "gui": "1"}
    answer = office.post(f"{REMIND}?ngay=2023-07-01", data, follow=True)
    assert "về hôm nay rồi mới nhắc" in text(answer)
    assert not Notification.objects.exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ASSISTANT, Role.ADMIN])
def test_a_forged_reminder_is_refused(quarter, client_as, role):
    give_account(quarter.officers["silent"])
    answer = client_as(role).post(REMIND, {"ky": quarter.period.pk, "gui": "1"})
    assert answer.status_code == 403
    assert not Notification.objects.exists()


@pytest.mark.parametrize("period", ["", "x", "999999", "-1"])
def test_no_such_period(quarter, office, period):
    assert office.get(REMIND, {"ky": period}).status_code == 404
