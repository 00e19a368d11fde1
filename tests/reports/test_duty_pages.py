"""The pages of duties: every number is the sum of the lines it opens, on screen and in Excel."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from assignments.enums import DutyKind, DutyUnit
from assignments.models import Assignment, Attendance, Regulation, Visit
from reports import matrix
from reports.duties import Totals, duty_list, total
from reports.duties.words import DUTY_WORDS
from reports.matrix import make_matrix
from reports.models import Period
from reports.viewpoint import Viewpoint
from tests.factories import (
    make_assignment,
    make_attendance,
    make_cell,
    make_duty,
    make_report,
    make_report_event,
    make_visit,
)
from tests.reports.world import DAY, QUARTER, START, add_duties, make_world
from tests.workbooks import opened, table

AFTER = QUARTER[1] + dt.timedelta(days=5)
LISTS = ("/thuc-hien/", "/thuc-hien/can-bo/", "/thuc-hien/dang-bo/")
MATRIX = "/thuc-hien/ma-tran/"


@pytest.fixture
def world(db):
    made = make_world()
    add_duties(made)
    return made


def as_of(address: str, day: dt.date = DAY) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}ngay={day.isoformat()}"


def content_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def text(response) -> str:
    return html.unescape(content_of(response).decode())


def sums(page) -> dict[str, int]:
    return {word.key: value for word, value in page.context["sums"]}


def as_sums(totals: Totals) -> dict[str, int]:
    return {word.key: word.of(totals) for word in DUTY_WORDS}


def test_the_list_shows_every_line_with_its_state(world, client_as):
    page = client_as(Role.LEADER).get(as_of("/thuc-hien/"))
    found = {
        (row.record.commune.name, row.record.line.duty.kind): row.record.state.word
        for row in page.context["rows"]
    }
    assert found == {
        ("Tân Thạnh 1", "committee_meeting"): "Đủ",
        ("Tân Thạnh 1", "cell_meeting"): "Đủ",
        ("Tân Thạnh 2", "committee_meeting"): "Thiếu, có lý do",
        ("Tân Thạnh 2", "cell_meeting"): "Đủ",
        ("Tân Thạnh 3", "committee_meeting"): "Còn việc",
        ("Tân Thạnh 3", "cell_meeting"): "Còn việc",
    }
    assert sums(page) == {"due": 6, "done": 2, "waived": 1, "explained": 1, "unexplained": 2}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query",
    ["", "?ket_qua=chua_ro", "?nhiem_vu=cell_meeting", "?tim=thach binh", "?ky=2024-q1", "?tim=x"],
)
def test_the_sums_are_those_of_the_rows_and_of_the_file(world, client_as, address, query):
    client = client_as(Role.OFFICE)
    page = client.get(as_of(address + query))
    rows = [row.record for row in page.context["rows"]]
    assert sums(page) == as_sums(
        Totals(**{word.key: sum(word.of(row.totals) for row in rows) for word in DUTY_WORDS})
    )
    joint = "&" if query else "?"
    [sheet] = opened(content_of(client.get(as_of(f"{address}{query}{joint}xuat=xlsx")))).worksheets
    lines = table(sheet)
    words = [word for word, _ in page.context["sums"]]
    assert [[line[word.label] for word in words] for line in lines] == [
        [word.of(row.totals) for word in words] for row in rows
    ]


def test_every_number_of_the_first_page_is_the_sum_of_the_lines_it_opens(world, client_as):
    client = client_as(Role.LEADER)
    for query in ("", "&ky=2024-q1"):
        rows = client.get(as_of(f"/?x=1{query}")).context["duties"]
        assert rows
        for row in rows:
            for value, address, word in row.numbers:
                assert sums(client.get(as_of(address)))[word.key] == value


def test_a_lines_visits_are_those_it_counts(world, client_as):
    client = client_as(Role.OFFICE)
    for row in client.get(as_of("/thuc-hien/")).context["rows"]:
        line = row.record.line
        visits = [action for action in row.cells[-1].value if action.word == "Chuyến đi"]
        found = len(client.get(as_of(visits[0].url)).context["rows"]) if visits else 0
        assert found == line.attended + line.postponed


def test_the_five_numbers_always_make_up_what_was_due(world, client_as):
    for day in (START, DAY, AFTER, dt.date(2024, 3, 31)):
        for row in client_as(Role.LEADER).get(as_of("/", day)).context["duties"]:
            due, done, waived, explained, unexplained = (value for value, *_ in row.numbers)
            assert due == done + waived + explained + unexplained


def test_by_officer_load_and_time_in_post_stand_beside_the_numbers(world, client_as):
    page = client_as(Role.LEADER).get(as_of("/thuc-hien/can-bo/"))
    rows = {row.record.officer.full_name: row.record for row in page.context["rows"]}
    assert {name: (len(row.communes), row.days) for name, row in rows.items()} == {
        "Lê Thị Ánh": (2, 91),
        "Thạch Văn Bình": (1, 91),
    }


def test_below_the_minimum_lists_only_who_is_below(world, client_as):
    """R14, R37: excused absences apart; who came ten days before the end is not listed."""
    late = make_assignment(commune=world.communes[4], started_on=QUARTER[1] - dt.timedelta(days=10))
    page = client_as(Role.LEADER).get(as_of("/thuc-hien/can-bo/?ky=2024-q2&ket_qua=qua_han", AFTER))
    assert [row.record.officer for row in page.context["rows"]] == [world.binh]
    everybody = client_as(Role.LEADER).get(as_of("/thuc-hien/can-bo/?ky=2024-q2", AFTER))
    found = {row.record.officer: row.record.state.word for row in everybody.context["rows"]}
    assert found[late.officer] == "Chưa phải thực hiện"


# --- the matrix ----------------------------------------------------------------------------------

CELL = re.compile(r'<td class="t-(\w+)"><a href="([^"]+)"[^>]*>([^<]+)</a></td>')


def test_every_cell_of_the_matrix_equals_the_list_it_opens(world, client_as):
    client = client_as(Role.OFFICE)
    for address in (MATRIX, f"{MATRIX}?ky=2024-q1"):
        page = text(client.get(as_of(address)))
        cells = CELL.findall(page)
        assert len(cells) == (11 if "ky" not in address else 8)
        for _, link, shown in cells:
            lines = [row.record.line for row in client.get(link).context["rows"]]
            totals = total(lines, DAY)
            assert shown.split(" ", 1)[1] == totals.fraction


def test_the_workbook_holds_the_same_cells(world, client_as):
    client = client_as(Role.OFFICE)
    page = text(client.get(as_of(MATRIX)))
    shown = re.findall(r'<td class="t-\w+"><(?:a|span)[^>]*>([^<]+)</', page)
    [sheet] = opened(content_of(client.get(as_of(f"{MATRIX}?xuat=xlsx")))).worksheets
    rows = table(sheet)
    quarters = ["Quý IV/2023", "Quý I/2024", "Quý II/2024"]
    assert [row[quarter] for row in rows for quarter in quarters] == shown
    assert sheet.page_setup.paperSize == 8  # A3
    assert sheet.conditional_formatting


def test_a_quarter_nobody_answered_for_says_so(world, client_as):
    page = client_as(Role.LEADER).get(as_of(MATRIX))
    rows = [row for _, rows in page.context["groups"] for row in rows]
    never = next(cells for row, cells in rows if row.commune == world.communes[4])
    assert [cell.word for cell in never] == ["Chưa có người"] * 3


def test_pages_of_the_matrix_are_the_whole_and_read_no_other_duties(world, monkeypatch):
    view = Viewpoint(User(role=Role.LEADER), DAY)
    whole = make_matrix(view)
    read = []

    def noted(*args, **named):
        read.append(duty_list(*args, **named))
        return read[-1]

    monkeypatch.setattr(matrix, "PER_PAGE", 2)
    monkeypatch.setattr(matrix, "duty_list", noted)
    pages = [make_matrix(view, str(number)) for number in (1, 2, 3)]
    assert not pages[-1].page.has_next()
    assert [row for page in pages for row in page.rows] == whole.rows
    for page, lines in zip(pages, read, strict=True):
        assert {line.commune_id for line in lines} <= {row.commune.pk for row in page.rows}


def test_while_the_quarter_runs_what_is_left_is_not_called_missing(world, client_as):
    client = client_as(Role.LEADER)
    running = text(client.get(as_of("/")))
    assert "Còn phải làm" in running
    assert "Thiếu, chưa rõ" not in running
    assert "Thiếu, chưa rõ" in text(client.get(as_of("/?ky=2024-q2", AFTER)))


def test_an_officers_matrix_does_not_say_nobody_of_a_colleagues_quarter(world, users, client_as):
    made = make_assignment(started_on=QUARTER[0], commune=world.communes[3])
    made.officer.user = users[Role.OFFICER]
    made.officer.save()
    page = client_as(Role.OFFICER).get(as_of(MATRIX))
    [(_, cells)] = [row for _, rows in page.context["groups"] for row in rows]
    words = [cell.word for cell in cells]
    assert words == [*["Không do đồng chí phụ trách"] * 2, "Còn việc"]
    assert "Chưa có người" not in text(page)


def test_without_periods_pages_say_what_is_missing(db, client_as):
    make_world()
    client = client_as(Role.LEADER)
    assert "Chưa lập kỳ tính" in text(client.get(as_of(MATRIX)))
    assert "Chưa có kỳ tính cho ngày đang xem" in text(client.get(as_of("/")))
    assert "chưa thuộc quý nào" in text(client.get(as_of("/thuc-hien/")))


# --- who sees what -------------------------------------------------------------------------------


def test_an_officer_sees_own_lines_and_nobody_elses(world, users, client_as):
    world.binh.user = users[Role.OFFICER]
    world.binh.save()
    client = client_as(Role.OFFICER)
    for address in LISTS:
        rows = [row.record for row in client.get(as_of(address)).context["rows"]]
        assert rows
        assert {row.officer for row in rows} == {world.binh}
    # Bình takes part in commune 1, where Ánh's shortfall is not his to see.
    asked = client.get(as_of(f"/thuc-hien/?can_bo={world.anh.pk}"))
    assert asked.context["rows"] == []
    page = client.get(as_of(reverse("reports:commune_detail", args=[world.communes[0].pk])))
    assert page.context["duties"] == []


def test_a_stranger_sees_empty_lists(world, client_as):
    for address in (*LISTS, MATRIX):
        page = client_as(Role.OFFICER).get(as_of(address))
        assert page.status_code == 200
        assert "Tân Thạnh" not in text(page)


# --- what it costs -------------------------------------------------------------------------------

# Lists and dashboards keep DESIGN §7; a page that brings together much of one record takes more.
MOST, MOST_OF_A_RECORD = 12, 22
PAGES = {
    "/": MOST,
    "/dang-bo/": MOST,
    "/can-bo/": MOST,
    **dict.fromkeys(LISTS, MOST),
    MATRIX: MOST,
    "/dang-bo/{commune}/": MOST_OF_A_RECORD,
    "/dang-bo/{commune}/chuan-bi/": MOST_OF_A_RECORD,
    "/can-bo/{officer}/": MOST_OF_A_RECORD,
}


def many_visits(world, count: int) -> None:
    """Add ``count`` attendances over the officers and communes, several years back."""
    assignments = list(Assignment.objects.select_related("commune"))
    first = DAY - dt.timedelta(days=1_500)
    chosen = [assignments[index % len(assignments)] for index in range(count)]
    visits = Visit.objects.bulk_create(
        Visit(
            commune=assignment.commune,
            visited_on=first + dt.timedelta(days=index % 1_500),
            kind="field_visit",
        )
        for index, assignment in enumerate(chosen)
    )
    model = make_attendance(world.anh, make_visit(world.communes[0]))
    Attendance.objects.bulk_create(
        Attendance(
            visit=visit,
            officer_id=assignment.officer_id,
            findings="Nắm tình hình",
            area_change="Đường ấp đã có điện",
            promised="Hẹn trả lời",
            confirmed_at=model.confirmed_at,
            confirmed_by=model.confirmed_by,
        )
        for visit, assignment in zip(visits, chosen, strict=True)
    )


@pytest.fixture
def reporting(world):
    """Ask for a report a quarter too, and hand one in: that costs no page a query."""
    duty = make_duty(Regulation.objects.get(), kind=DutyKind.REPORT, unit=DutyUnit.PER_OFFICER)
    period = Period.objects.earliest("started_on")
    make_report_event(make_report(world.anh, period=period, state="accepted"), happened_on=START)
    return duty


@pytest.mark.parametrize("page", PAGES)
def test_ten_thousand_visits_do_not_change_the_queries(
    world, reporting, client_as, page, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(Role.OFFICE)
    make_cell(world.communes[0])
    address = as_of(page.format(commune=world.communes[0].pk, officer=world.anh.pk))
    many_visits(world, 10)
    client.get(address)
    with django_assert_max_num_queries(PAGES[page]) as before:
        client.get(address)
    many_visits(world, 10_000)
    with django_assert_num_queries(len(before)):
        client.get(address)


def test_an_officers_first_page_asks_a_fixed_number_of_queries(
    world, reporting, users, client_as, django_assert_max_num_queries, django_assert_num_queries
):
    world.anh.user = users[Role.OFFICER]
    world.anh.save()
    client = client_as(Role.OFFICER)
    client.get(as_of("/"))
    with django_assert_max_num_queries(MOST) as before:
        client.get(as_of("/"))
    for _ in range(5):
        make_assignment(world.anh, started_on=START)
    many_visits(world, 500)
    with django_assert_num_queries(len(before)):
        client.get(as_of("/"))


def test_the_viewpoint_reads_the_duty_list_once(world, users, django_assert_max_num_queries):
    view = Viewpoint(users[Role.LEADER], DAY)
    with django_assert_max_num_queries(5):
        assert view.lines
        assert view.commune_states
        assert view.officer_states
        assert view.finished
        assert view.lines_of(view.finished[0])


def test_who_is_listed_on_a_page_stands_as_among_all(world, users):
    whole = Viewpoint(users[Role.LEADER], DAY)
    assert whole.commune_states
    assert whole.officer_states
    for key, state in whole.commune_states.items():
        assert Viewpoint(users[Role.LEADER], DAY).commune_states_of({key}) == {key: state}
    for key, state in whole.officer_states.items():
        assert Viewpoint(users[Role.LEADER], DAY).officer_states_of({key}) == {key: state}
