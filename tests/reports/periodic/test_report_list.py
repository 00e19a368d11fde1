"""The list of all reports: filters, search, the file, who sees what, what it costs."""

import datetime as dt
import html

import pytest
import time_machine

from accounts.enums import Role
from reports.enums import ReportKind, ReportState
from tests.factories import make_assignment, make_commune, make_report
from tests.reports.periodic.offices import DAY, IN_TIME, LATE, NAMES, make_quarter, make_reported
from tests.reports.periodic.world import at
from tests.workbooks import opened, table

LIST = "/bao-cao/tat-ca/"
MOST = 12


@pytest.fixture
def quarter(db):
    with time_machine.travel(at(DAY), tick=False):
        yield make_quarter()


@pytest.fixture
def urgent(quarter):
    """Make an urgent report of the officer who has not handed in the periodic one."""
    return make_report(
        quarter.officers["silent"],
        kind=ReportKind.URGENT,
        subject="Sạt lở bờ kênh",
        state=ReportState.SUBMITTED,
        first_submitted_on=LATE,
        entered_at=at(LATE),
    )


@pytest.fixture
def office(quarter, client_as):
    return client_as(Role.OFFICE)


def found(client, **query) -> list[str]:
    page = client.get(LIST, query)
    return sorted(row.record.officer.full_name for row in page.context["rows"])


def named(*keys: str) -> list[str]:
    return sorted(NAMES[key] for key in keys)


ALL = ("drafting", "submitted", "returned", "accepted", "late", "silent")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, ALL),
        ({"tinh_trang": "accepted"}, ("accepted", "late")),
        ({"tinh_trang": "accepted", "ngay": LATE.isoformat()}, ("accepted",)),
        ({"tinh_trang": "submitted", "ngay": IN_TIME.isoformat()},
         ("submitted", "returned", "accepted")),
        ({"han": "muon"}, ("late",)),
        ({"han": "muon", "ngay": IN_TIME.isoformat()}, ()),
        ({"han": "dung_han"}, ("submitted", "returned", "accepted")),
        ({"loai": "urgent"}, ("silent",)),
        ({"loai_ky": "quarter"}, ("drafting", "submitted", "returned", "accepted", "late")),
        ({"loai_ky": "year"}, ()),
        ({"tim": "sat lo"}, ("silent",)),
        ({"tim": "sat lo anh"}, ("silent",)),
        ({"tim": "lam thi"}, ("accepted",)),
        ({"tim": "khong co"}, ()),
    ],
)  # fmt: skip
def test_filters_and_search(urgent, office, query, keys):
    assert found(office, **query) == named(*keys)


def test_by_where_it_is_about(quarter, urgent, office):
    commune = quarter.officers["late"].assignments.get().commune
    assert found(office, dang_bo=commune.pk) == named("late")
    assert found(office, huyen=commune.district_id) == named(*ALL)
    other = make_commune("Lẻ")
    own = make_reported(make_assignment(commune=other).officer, quarter.period, LATE)
    assert found(office, dang_bo=other.pk) == [own.officer.full_name]
    assert own.officer.full_name not in found(office, huyen=commune.district_id)
    place = quarter.officers["silent"].assignments.get().commune
    assert found(office, dang_bo=place.pk) == named("silent")


def test_by_period_and_officer(quarter, urgent, office):
    assert found(office, ky=quarter.period.pk) == named(*(set(ALL) - {"silent"}))
    assert found(office, can_bo=quarter.officers["late"].pk) == named("late")


def test_the_file_has_the_rows_of_the_page(urgent, office):
    file = b"".join(office.get(f"{LIST}?xuat=xlsx").streaming_content)
    rows = table(opened(file).worksheets[0])
    assert sorted(row["Cán bộ"] for row in rows) == found(office)
    by_name = {row["Cán bộ"]: row for row in rows}
    assert by_name[NAMES["late"]]["So với hạn nộp"] == "nộp muộn 3 ngày"
    assert by_name[NAMES["silent"]]["Báo cáo"] == "Đột xuất: Sạt lở bờ kênh"


def test_leaders_see_what_was_handed_in(urgent, client_as):
    assert found(client_as(Role.LEADER)) == named(*(set(ALL) - {"drafting"}))


@pytest.mark.parametrize("query", [{}, {"tim": "tan thanh"}, {"han": "muon"}, {"loai": "urgent"}])
def test_officers_see_only_their_own(quarter, urgent, users, client_as, query):
    own = quarter.officers["late"]
    own.user = users[Role.OFFICER]
    own.save()
    page = client_as(Role.OFFICER).get(LIST, query)
    assert {row.record.officer for row in page.context["rows"]} <= {own}
    shown = html.unescape(page.content.decode())
    assert not [name for key, name in NAMES.items() if key != "late" and name in shown]
    assert "Sạt lở" not in shown


@pytest.mark.parametrize("address", [LIST, f"{LIST}?tim=sat lo&han=muon&sap=-ngay_nop"])
def test_the_page_asks_a_fixed_number_of_queries(
    quarter, urgent, office, address, django_assert_max_num_queries, django_assert_num_queries
):
    office.get(address)
    with django_assert_max_num_queries(MOST) as before:
        office.get(address)
    for _ in range(30):
        make_reported(make_assignment().officer, quarter.period, LATE)
    make_reported(make_assignment().officer, quarter.period, dt.date(2023, 7, 1))
    with django_assert_num_queries(len(before)):
        office.get(address)
