"""Pages with charts: what is drawn is what the table says, and what its lists hold."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from accounts.enums import Role
from assignments.enums import DutyKind, DutyUnit, VisitKind
from assignments.models import Regulation
from communes.models import Commune
from reports.charts.trends import TRENDS, History
from reports.figures import FIGURES
from reports.models import Period
from reports.viewpoint import Viewpoint
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_district,
    make_duty,
    make_field,
    make_officer,
    make_period,
    make_petition,
    make_regulation,
    make_report,
    make_report_event,
    make_user,
    make_visit,
)
from tests.reports.petitions.moves import answer
from tests.reports.world import DAY, QUARTER, add_duties, make_world
from tests.workbooks import opened, table

CHARTS, DISTRICTS, FIELDS = "/so-lieu/bieu-do/", "/thuc-hien/huyen/", "/kien-nghi/linh-vuc/"
MOST = 12
ONE = dt.timedelta(days=1)
AFTER = QUARTER[1] + 20 * ONE


@pytest.fixture
def world(db):
    """Duties of three quarters; a report owed by officer; petitions; a commune of no district."""
    made = make_world()
    Commune.objects.update(district=make_district())
    add_duties(made)
    make_duty(Regulation.objects.get(), kind=DutyKind.REPORT, unit=DutyUnit.PER_OFFICER)
    first = Period.objects.earliest("started_on")
    late = first.ended_on + 40 * ONE
    report = make_report(made.anh, period=first, state="accepted", first_submitted_on=late)
    make_report_event(report, happened_on=late)
    alone = make_commune("Ba", district=None)
    make_assignment(made.binh, alone, started_on=first.started_on)
    fields = [make_field("Giao thông nông thôn"), make_field("Đèn đường")]
    for number in range(3):
        make_petition(made.communes[number], field=fields[number % 2], raised_on=DAY)
    old = make_petition(made.communes[0], field=fields[0], raised_on=first.started_on)
    answer(old, make_user(Role.OFFICE), DAY - ONE)
    return made


def page_of(client, address, day=DAY):
    joint = "&" if "?" in address else "?"
    return client.get(f"{address}{joint}ngay={day.isoformat()}")


def text(page) -> str:
    return html.unescape(page.content.decode())


def charts_of(page):
    return [*page.context["trends"], page.context["fields"], page.context["territories"]]


def amount_listed(client, number, day) -> int:
    """Give what the list behind ``number`` counts: duties are added up, records counted."""
    page = (
        client.get(number.address) if number.has_own_day else page_of(client, number.address, day)
    )
    if "/thuc-hien/" not in number.address:
        return page.context["page"].paginator.count
    choice = re.search(r"ket_qua=(\w+)", number.address)
    sums = {word.choice: value for word, value in page.context["sums"]}
    return sums[choice.group(1) if choice else ""]


@pytest.mark.parametrize(
    ("query", "day"),
    [("", DAY), ("?ky=2024-q1", DAY), ("?ky=2024-q2", AFTER), ("?ky=2023-q4..2024-q2", AFTER)],
)
def test_every_number_is_what_its_list_counts(world, client_as, query, day):
    client = client_as(Role.LEADER)
    found = 0
    for chart in charts_of(page_of(client, CHARTS + query, day)):
        for row in chart.data.rows:
            for number in row.all_numbers:
                if number.value:
                    assert amount_listed(client, number, day) == number.value
                    found += 1
    assert found > 20


def test_every_trend_is_of_registered_figures(world, users):
    history = History(Viewpoint(users[Role.LEADER], DAY))
    assert {key for trend in TRENDS for key in trend.figures} <= FIGURES.keys()
    for quarter in history.quarters:
        alone = Viewpoint(users[Role.LEADER], DAY, quarter.code)
        for key in {key for trend in TRENDS for key in trend.figures} - {"petitions_open"}:
            assert history.number(quarter.code, key).value == FIGURES[key].value(alone), key


def test_what_was_open_is_told_of_the_end_of_each_quarter(world, users):
    [chart] = [
        one
        for one in History(Viewpoint(users[Role.LEADER], DAY)).charts()
        if one.data.key == "kien-nghi-con"
    ]
    # One was raised in the first quarter and answered in the last, when three more were.
    assert [row.sum for row in chart.data.rows] == [1, 1, 3]


@pytest.mark.parametrize("address", [CHARTS, DISTRICTS, FIELDS])
def test_the_titles_are_the_numbers_of_the_table(world, client_as, address):
    page = page_of(client_as(Role.LEADER), address)
    titles = re.findall(r"<rect [^>]*><title>([^<]*)</title></rect>", text(page))
    charts = charts_of(page) if address == CHARTS else [page.context["chart"]]
    expected = [
        f"{row.label} – {series.label}: {number.value}"
        + (f"/{row.whole.value}" if row.whole else "")
        for chart in charts
        for row in chart.data.rows
        for series, number in zip(chart.data.series, row.numbers, strict=True)
        if number.value
    ]
    assert expected
    assert titles == expected


def test_the_parts_of_a_whole_add_up_to_it(world, client_as):
    for chart in charts_of(page_of(client_as(Role.OFFICE), CHARTS)):
        for row in chart.data.rows:
            assert row.whole is None or row.sum == row.whole.value


def test_no_decimal_comma_comes_into_the_drawing(world, client_as):
    page = text(page_of(client_as(Role.LEADER), CHARTS))
    [*numbers] = re.findall(r' (?:x|y|width|height)="([^"]*)"', page)
    assert numbers
    assert all(re.fullmatch(r"\d+(\.\d+)?%?", number) for number in numbers)


def test_ids_are_told_once(world, client_as):
    ids = re.findall(r' id="([^"]*)"', text(page_of(client_as(Role.LEADER), CHARTS)))
    assert len(ids) == len(set(ids))


# --- by district ---------------------------------------------------------------------------------


def by_area(page):
    return {row.cells[0].value: row.record for row in page.context["rows"]}


@pytest.mark.parametrize("query", ["", "?ky=2024-q1", "?nhiem_vu=cell_meeting", "?tim=thach binh"])
def test_the_districts_together_are_the_duty_list(world, client_as, query):
    client = client_as(Role.LEADER)
    lists = page_of(client, f"/thuc-hien/{query}").context["sums"]
    page = page_of(client, DISTRICTS + query)
    assert page.context["sums"] == lists
    for word, value in lists:
        rows = [row.record for row in page.context["rows"]]
        assert sum(word.of(row.totals) for row in rows) == value


def test_what_is_no_districts_has_a_row(world, client_as):
    found = by_area(page_of(client_as(Role.LEADER), DISTRICTS))
    assert list(found)[-2:] == [
        "Không có cấp huyện",
        "Tính chung cho cán bộ, không theo Đảng bộ",
    ]
    assert [str(one) for one in found["Không có cấp huyện"].communes] == ["Xã Ba"]
    assert found["Tính chung cho cán bộ, không theo Đảng bộ"].communes == []


@pytest.mark.parametrize("query", ["", "?nhiem_vu=cell_meeting", "?ky=2024-q1"])
def test_every_number_of_a_district_is_its_list(world, client_as, query):
    client = client_as(Role.OFFICE)
    found = 0
    for row in page_of(client, DISTRICTS + query).context["rows"]:
        for cell in row.cells:
            if cell.url:
                sums = page_of(client, cell.url).context["sums"]
                assert cell.value in {value for word, value in sums if word.key == cell.column.key}
                found += 1
    assert found


def test_there_may_be_no_district_at_all(db, client_as):
    make_period(*QUARTER)
    make_regulation(DutyKind.COMMITTEE_MEETING)
    commune = make_commune("Một", district=None)
    make_assignment(make_officer(), commune, started_on=QUARTER[0])
    page = page_of(client_as(Role.LEADER), DISTRICTS)
    assert list(by_area(page)) == ["Chưa xếp khu vực"]
    assert "huyện" not in text(page)
    assert page.context["sums"][0][1] == 1


def test_a_district_that_ended_is_named_no_more(world, client_as):
    """Who was of it is where the others without one are."""
    district = make_district("Cũ", dissolved_on=QUARTER[1])
    make_assignment(make_officer(), make_commune("Cũ", district=district), started_on=QUARTER[0])
    client = client_as(Role.LEADER)
    page = page_of(client, f"{DISTRICTS}?ky=2024-q2", AFTER)
    assert str(district) not in text(page)
    [row] = [one for one in page.context["rows"] if one.cells[0].value == "Không có cấp huyện"]
    due = next(cell for cell in row.cells if cell.column.key == "due")
    assert page_of(client, due.url, AFTER).context["sums"][0][1] == due.value > 0


def test_the_file_has_the_districts(world, client_as):
    client = client_as(Role.OFFICE)
    response = page_of(client, f"{DISTRICTS}?xuat=xlsx")
    rows = table(opened(b"".join(response.streaming_content)).active)
    names = {row["Huyện, thị xã, thành phố"] for row in rows}
    assert set(by_area(page_of(client, DISTRICTS))) <= names


# --- nothing to draw -----------------------------------------------------------------------------


def test_without_quarters_and_records_sentences_stand_there(db, client_as):
    page = page_of(client_as(Role.LEADER), CHARTS)
    told = text(page)
    assert "chưa thuộc quý nào" in told
    assert told.count('class="empty"') == len(TRENDS) + 1
    assert "<rect" not in told
    assert "Không có địa bàn nào" in text(page_of(client_as(Role.LEADER), DISTRICTS))
    assert "Chưa có kiến nghị nào" in text(page_of(client_as(Role.LEADER), FIELDS))


def test_one_quarter_without_anything(db, client_as):
    make_period(*QUARTER)
    page = page_of(client_as(Role.LEADER), CHARTS)
    assert [len(chart.data.rows) for chart in page.context["trends"]] == [1] * len(TRENDS)
    assert "<rect" not in text(page)


def test_quarters_up_to_the_one_looked_at(world, client_as):
    page = page_of(client_as(Role.LEADER), f"{CHARTS}?ky=2024-q1")
    labels = [row.label for row in page.context["trends"][0].data.rows]
    assert labels == ["Quý IV/2023", "Quý I/2024"]


def test_an_earlier_day_knows_nothing_of_later_ones(world, client_as):
    page = page_of(client_as(Role.LEADER), CHARTS, dt.date(2024, 5, 9))
    [chart] = [one for one in page.context["trends"] if one.data.key == "di-co-so"]
    assert [row.whole.value for row in chart.data.rows] == [1, 0, 1]


# --- who sees it, what it costs ------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_officers_see_nothing_of_the_charts(world, client_as, role):
    assert page_of(client_as(role), CHARTS).status_code == 403


def test_an_officers_districts_are_of_own_duties(world, users, client_as):
    world.binh.user = users[Role.OFFICER]
    world.binh.save()
    rows = page_of(client_as(Role.OFFICER), DISTRICTS).context["rows"]
    assert rows
    assert {officer for row in rows for officer in row.record.officers} == {world.binh}


def grow(world, count):
    """Add communes, districts, visits, petitions, fields, reports."""
    for _ in range(count):
        commune = make_commune(district=make_district())
        made = make_assignment(make_officer(), commune, started_on=QUARTER[0])
        make_attendance(
            made.officer, make_visit(commune, visited_on=DAY, kind=VisitKind.FIELD_VISIT)
        )
        make_petition(commune, field=make_field(), raised_on=DAY)
        make_report(made.officer, period=Period.objects.get(started_on=QUARTER[0]))


@pytest.mark.parametrize("address", [CHARTS, DISTRICTS, FIELDS])
def test_the_queries_do_not_grow(
    world, client_as, address, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(Role.LEADER)
    page_of(client, address)
    with django_assert_max_num_queries(MOST) as before:
        page_of(client, address)
    grow(world, 6)
    with django_assert_num_queries(len(before)):
        page_of(client, address)


def test_more_quarters_cost_no_query(world, client_as, django_assert_num_queries):
    client = client_as(Role.LEADER)
    page_of(client, CHARTS)
    with django_assert_num_queries(10):
        page_of(client, CHARTS)
    for year in range(2018, 2023):
        make_period(dt.date(year, 1, 1), dt.date(year, 4, 1))
    with django_assert_num_queries(10):
        page_of(client, CHARTS)
