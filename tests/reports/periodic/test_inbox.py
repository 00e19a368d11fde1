"""The inbox: counts that equal their lists, what each role sees and does, what it costs."""

import datetime as dt
import html

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEvent
from assignments.models import Duty
from reports.enums import ReportState
from reports.models import PeriodicReport
from reports.periodic.standings import STANDINGS
from tests.client import as_read
from tests.factories import make_assignment, make_commune, make_officer, make_period, make_report
from tests.reports.periodic.offices import (
    DAY,
    IN_TIME,
    LATE,
    NAMES,
    make_quarter,
    make_reported,
)
from tests.reports.periodic.world import at
from tests.workbooks import opened, table

INBOX, ACCEPT = "/bao-cao/", "/bao-cao/tiep-nhan/"
MOST = 12


@pytest.fixture
def quarter(db):
    with time_machine.travel(at(DAY), tick=False):
        yield make_quarter()


@pytest.fixture
def office(quarter, client_as):
    return client_as(Role.OFFICE)


def rows_of(page) -> list:
    return [row.record for row in page.context["rows"]]


def text(response) -> str:
    return html.unescape(response.content.decode())


def keys_of(quarter, *names: str) -> list[str]:
    return [f"{quarter.officers[name].pk}-0" for name in names]


# --- numbers and lists ---------------------------------------------------------------------------


@pytest.mark.parametrize("day", [dt.date(2023, 5, 1), IN_TIME, LATE, DAY])
def test_every_number_equals_the_list_it_opens(quarter, office, day):
    page = office.get(INBOX, {"ngay": day.isoformat()})
    tiles = [*page.context["tiles"], *page.context["chips"]]
    assert len(tiles) == 9
    for tile in tiles:
        listed = office.get(f"{tile.address}&ngay={day.isoformat()}")
        assert len(rows_of(listed)) == tile.value, tile.label


def test_what_was_due_is_made_up_of_its_parts(quarter, office):
    page = office.get(INBOX)
    counts = {one.label: one.value for one in [*page.context["tiles"], *page.context["chips"]]}
    assert counts == {
        "Phải báo cáo": 7,
        "Quá hạn, chưa nộp": 3,
        "Chưa nộp": 3,
        "Chờ tiếp nhận": 1,
        "Đã tiếp nhận": 2,
        "Đang soạn": 1,
        "Trả lại để bổ sung": 1,
        "Nộp muộn": 1,
        "Được miễn, có lý do": 1,
    }


@pytest.mark.parametrize("query", ["", *(f"tinh_trang={one.key}" for one in STANDINGS), "tim=hai"])
def test_the_file_has_the_rows_of_the_page(quarter, office, query):
    page = office.get(f"{INBOX}?{query}")
    file = b"".join(office.get(f"{INBOX}?{query}&xuat=xlsx").streaming_content)
    [sheet] = opened(file).worksheets
    assert [row["Cán bộ"] for row in table(sheet)] == [
        row.officer.full_name for row in rows_of(page)
    ]


def test_the_file_tells_days_as_numbers(quarter, office):
    file = b"".join(office.get(f"{INBOX}?xuat=xlsx").streaming_content)
    rows = {row["Cán bộ"]: row for row in table(opened(file).worksheets[0])}
    assert rows[NAMES["silent"]]["Số ngày quá hạn"] == 5
    assert rows[NAMES["late"]]["Số ngày nộp muộn"] == 3
    assert rows[NAMES["late"]]["Hạn nộp"].date() == dt.date(2023, 6, 30)
    assert rows[NAMES["accepted"]]["Tình trạng"] == "Đã tiếp nhận"


def test_search_sort_and_filters(quarter, office):
    for query, names in {
        "tim=tan thanh 3": ["submitted"],
        "tim=ke sach le": ["silent"],
        "tim=khong co": [],
        "tinh_trang=qua_han&sap=-can_bo": ["returned", "drafting", "silent"],
    }.items():
        found = rows_of(office.get(f"{INBOX}?{query}"))
        assert [row.officer.full_name for row in found] == [NAMES[name] for name in names], query
    other = make_assignment(make_officer("Tô Văn Xa"), make_commune("Lẻ")).officer
    district = str(rows_of(office.get(f"{INBOX}?tim=le thi anh"))[0].communes[0].district.pk)
    assert other not in [row.officer for row in rows_of(office.get(INBOX, {"huyen": district}))]
    assert rows_of(office.get(INBOX, {"can_bo": other.pk}))[0].officer == other


def test_who_can_do_nothing_with_any_row_has_no_column_for_it(quarter, office, client_as):
    third = make_period(dt.date(2023, 7, 1), dt.date(2023, 10, 1))

    def has_column(client, period):
        columns = client.get(INBOX, {"ky": period.pk}).context["columns"]
        return any(column.holds_actions for column in columns)

    leader = client_as(Role.LEADER)
    assert has_column(office, third)
    assert has_column(leader, quarter.period)  # a report is opened there
    assert not has_column(leader, third)


def test_the_period_is_chosen_and_the_nearest_offered_first(quarter, office):
    third = make_period(dt.date(2023, 7, 1), dt.date(2023, 10, 1))
    assert office.get(INBOX).context["period"] == quarter.period
    page = office.get(INBOX, {"ky": third.pk})
    assert page.context["period"] == third
    assert {row.state.word for row in rows_of(page)} == {"Chưa đến hạn"}
    choices = dict(page.context["filter_form"].fields["ky"].choices)
    assert list(choices)[1:] == [str(third.pk), str(quarter.period.pk)]
    assert rows_of(office.get(INBOX, {"ky": "10000000"})) == []


def test_a_report_that_was_not_due_is_pointed_out(quarter, office):
    make_reported(make_assignment(started_on=DAY).officer, quarter.period, LATE)
    assert "Ngoài ra 1 báo cáo ngoài diện phải nộp" in as_read(text(office.get(INBOX)))


def test_without_a_duty_to_report_the_page_says_so(office):
    Duty.objects.all().delete()
    assert "Chưa có kỳ nào đã bắt đầu mà quy chế yêu cầu báo cáo" in text(office.get(INBOX))


# --- who sees what -------------------------------------------------------------------------------


def test_leaders_see_all_and_tick_nothing(quarter, client_as):
    page = client_as(Role.LEADER).get(INBOX)
    assert len(rows_of(page)) == 7
    shown = text(page)
    assert 'name="chon"' not in shown
    assert reverse("periodic:remind") not in shown
    assert "đang soạn" not in shown  # drafts are their writer's


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_officers_and_assistants_see_their_own(quarter, users, client_as, role):
    own = quarter.officers["drafting"]
    if role == Role.OFFICER:
        own.user = users[role]
        own.save()
    else:
        own.assistants.add(users[role])
    page = client_as(role).get(INBOX)
    assert [row.officer for row in rows_of(page)] == [own]
    shown = text(page)
    assert not [name for key, name in NAMES.items() if key != "drafting" and name in shown]
    assert reverse("periodic:edit", args=[quarter.reports["drafting"].pk]) in shown
    asked = client_as(role).get(INBOX, {"can_bo": quarter.officers["silent"].pk})
    assert rows_of(asked) == []


def test_what_is_not_begun_is_begun_from_here(quarter, users, client_as):
    own = quarter.officers["silent"]
    own.user = users[Role.OFFICER]
    own.save()
    begin = f"{reverse('periodic:begin')}?ky={quarter.period.pk}&can_bo={own.pk}"
    client = client_as(Role.OFFICER)
    assert begin in text(client.get(INBOX))
    assert begin not in text(client.get(INBOX, {"ngay": "2023-07-01"}))
    quarter.period.locked_on = DAY
    quarter.period.save()
    assert begin not in text(client.get(INBOX))


def test_somebody_without_communes_reads_an_empty_page(quarter, client_as):
    page = client_as(Role.OFFICER).get(INBOX)
    assert rows_of(page) == []
    assert "đồng chí chưa phải nộp báo cáo kỳ nào" in text(page)


# --- accepting -----------------------------------------------------------------------------------


def accepted() -> int:
    return PeriodicReport.objects.filter(state=ReportState.ACCEPTED).count()


def test_the_ticked_are_accepted_and_the_others_named(quarter, office):
    chosen = keys_of(quarter, "submitted", "silent")
    data = {"ky": quarter.period.pk, "chon": chosen}
    answer = office.post(f"{ACCEPT}?tinh_trang=cho_tiep_nhan", data, follow=True)
    assert answer.redirect_chain[0][0] == f"{INBOX}?tinh_trang=cho_tiep_nhan"
    assert "Đã tiếp nhận 1 báo cáo. 1 dòng khác đã chọn không ở tình trạng" in text(answer)
    quarter.reports["submitted"].refresh_from_db()
    assert quarter.reports["submitted"].state == ReportState.ACCEPTED
    assert AuditEvent.objects.filter(verb="accept").count() == 1


@pytest.mark.parametrize("names", [[], ["silent"], ["returned"], ["accepted"]])
def test_nothing_that_waits_nothing_accepted(quarter, office, names):
    data = {"ky": quarter.period.pk, "chon": keys_of(quarter, *names)}
    assert "Chưa chọn báo cáo nào" in text(office.post(ACCEPT, data, follow=True))
    assert accepted() == 2


def test_on_another_day_nothing_is_accepted(quarter, office):
    data = {"ky": quarter.period.pk, "chon": keys_of(quarter, "submitted")}
    answer = office.post(f"{ACCEPT}?ngay=2023-07-04", data, follow=True)
    assert "về hôm nay rồi mới tiếp nhận" in text(answer)
    assert accepted() == 2


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ASSISTANT, Role.ADMIN])
def test_a_forged_acceptance_is_refused(quarter, client_as, role):
    data = {"ky": quarter.period.pk, "chon": keys_of(quarter, "submitted")}
    assert client_as(role).post(ACCEPT, data).status_code == 403
    assert accepted() == 2


# --- what it costs -------------------------------------------------------------------------------


def more(quarter, count: int) -> None:
    """Add officers with a report each, and old periods."""
    for number in range(count):
        officer = make_assignment(commune=make_commune(district=None)).officer
        if number % 2:
            make_reported(officer, quarter.period, LATE)
        else:
            make_report(officer, period=quarter.period, entered_at=at(IN_TIME))


@pytest.mark.parametrize("address", [INBOX, f"{INBOX}?tinh_trang=qua_han&tim=le&sap=han"])
def test_the_page_asks_a_fixed_number_of_queries(
    quarter, office, address, django_assert_max_num_queries, django_assert_num_queries
):
    office.get(address)
    with django_assert_max_num_queries(MOST) as before:
        office.get(address)
    more(quarter, 40)
    with django_assert_num_queries(len(before)):
        office.get(address)


def test_an_officers_page_asks_a_fixed_number_of_queries(
    quarter, users, client_as, django_assert_max_num_queries, django_assert_num_queries
):
    own = quarter.officers["silent"]
    own.user = users[Role.OFFICER]
    own.save()
    client = client_as(Role.OFFICER)
    client.get(INBOX)
    with django_assert_max_num_queries(MOST) as before:
        client.get(INBOX)
    for month in (1, 10):
        since = dt.date(2023 if month == 1 else 2022, month, 1)
        until = dt.date(2023, 4 if month == 1 else 1, 1)
        make_report(own, period=make_period(since, until), entered_at=at(since))
    with django_assert_num_queries(len(before)):
        page = client.get(INBOX)
    assert len(rows_of(page)) == 3


# --- from the duty list --------------------------------------------------------------------------


def test_the_duty_list_leads_to_the_report_of_each_line(quarter, office):
    page = office.get("/thuc-hien/", {"ky": "2023-q2", "nhiem_vu": "report"})
    links = {
        row.record.officer.full_name: [(one.word, one.url) for one in row.cells[-1].value]
        for row in page.context["rows"]
    }
    assert [word for word, _ in links[NAMES["silent"]]] == ["Soạn báo cáo", "Nêu lý do"]
    [(word, address)] = links[NAMES["late"]]
    assert word == "Báo cáo"
    assert [row.officer.full_name for row in rows_of(office.get(address))] == [NAMES["late"]]
