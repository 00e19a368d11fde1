"""By when reports of a period are due, set by the office; what was handed in keeps its own day."""

import datetime as dt
import html
import re

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import AuditEvent
from assignments.enums import PeriodKind
from reports.models import Period
from reports.periodic.expected import reporting
from tests.factories import make_period
from tests.reports.periodic.offices import DAY, DUE, make_quarter
from tests.reports.periodic.world import at


@pytest.fixture
def quarter(db):
    with time_machine.travel(at(DAY), tick=False):
        yield make_quarter()


@pytest.fixture
def office(quarter, client_as):
    return client_as(Role.OFFICE)


def address(period: Period) -> str:
    return f"/bao-cao/ky/{period.pk}/han/"


def text(response) -> str:
    return html.unescape(response.content.decode())


def test_the_days_are_written_with_who_and_what(quarter, office):
    data = {"due_on": "10/07/2023", "locked_on": "01/08/2023"}
    answer = office.post(address(quarter.period), data)
    assert answer["Location"] == f"/bao-cao/?ky={quarter.period.pk}"
    quarter.period.refresh_from_db()
    assert quarter.period.due_on == dt.date(2023, 7, 10)
    assert quarter.period.locked_on == dt.date(2023, 8, 1)
    event = AuditEvent.objects.get(verb="change")
    assert event.after == {"hạn nộp báo cáo": "10/07/2023", "khóa báo cáo từ ngày": "01/08/2023"}
    assert "10/07/2023" in text(office.get(address(quarter.period)))
    office.post(address(quarter.period), {"due_on": "", "locked_on": ""})
    quarter.period.refresh_from_db()
    assert (quarter.period.due_on, quarter.period.locked_on) == (None, None)


def test_the_form_says_which_day_the_regulation_gives(quarter, office):
    quarter.period.due_on = dt.date(2023, 7, 10)
    quarter.period.save()
    page = text(office.get(address(quarter.period)))
    assert f"bỏ trống thì theo quy chế là ngày {DUE:%d/%m/%Y}." in page
    asked_of_nobody = make_period(kind=PeriodKind.MONTH, number=4)
    assert "bỏ trống thì theo quy chế." in text(office.get(address(asked_of_nobody)))


def test_written_again_unchanged_it_leaves_no_trace(quarter, office):
    office.post(address(quarter.period), {"due_on": "", "locked_on": ""})
    assert not AuditEvent.objects.filter(verb="change").exists()


@pytest.mark.parametrize(
    ("due_on", "locked_on", "sentence"),
    [
        ("31/03/2023", "", "Hạn nộp báo cáo phải từ ngày đầu kỳ trở đi."),
        ("10/07/2023", "10/07/2023", "Ngày khóa báo cáo phải sau hạn nộp"),
        ("", "30/06/2023", "Ngày khóa báo cáo phải sau hạn nộp"),
        ("10/07/2032", "", "cách ngày cuối kỳ hơn một năm"),
        ("", "10/07/2032", "cách ngày cuối kỳ hơn một năm"),
        ("32/07/2023", "", "Ngày không hợp lệ"),
        ("0001-01-01", "", "Ngày"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(quarter, office, due_on, locked_on, sentence):
    page = office.post(address(quarter.period), {"due_on": due_on, "locked_on": locked_on})
    assert page.status_code == 200
    assert sentence in text(page)
    quarter.period.refresh_from_db()
    assert (quarter.period.due_on, quarter.period.locked_on) == (None, None)


def test_what_was_handed_in_keeps_the_day_it_was_judged_by(quarter, office, users):
    """R21: a later due day forgives nobody who was late, an earlier one makes nobody late."""
    for day in ("10/07/2023", "15/06/2023"):
        office.post(address(quarter.period), {"due_on": day, "locked_on": ""})
        quarter.period.refresh_from_db()
        found = reporting(users[Role.OFFICE], [quarter.period], DAY).rows
        rows = {row.officer.pk: row for row in found}
        late = rows[quarter.officers["late"].pk]
        assert (late.due_on, late.days_late) == (DUE, 3)
        on_time = rows[quarter.officers["accepted"].pk]
        assert (on_time.due_on, on_time.days_late) == (DUE, 0)
        assert quarter.reports["late"].due_on == DUE
    assert rows[quarter.officers["silent"].pk].days_overdue == 20


def test_the_page_says_what_stays(quarter, office):
    shown = text(office.get(address(quarter.period)))
    assert re.search(r"Đã có <data[^>]*>4</data> báo cáo nộp", shown)


def test_a_period_nobody_reports_on_yet_leads_back_to_the_rules(quarter, office):
    later = make_period(dt.date(2024, 1, 1), dt.date(2024, 4, 1))
    answer = office.post(address(later), {"due_on": "05/04/2024", "locked_on": ""})
    assert answer["Location"] == "/quy-che/?nam=2024"


def test_the_rules_page_and_the_inbox_lead_here(quarter, office):
    assert address(quarter.period) in text(office.get("/quy-che/?nam=2023"))
    assert address(quarter.period) in text(office.get("/bao-cao/"))
