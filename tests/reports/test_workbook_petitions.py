"""Petitions and reports in the summary workbook: opened again, read, compared with the figures."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from assignments.enums import DutyKind, DutyUnit
from reports.enums import PetitionState, ReportMove, ReportState
from reports.figures import FIGURES
from reports.models import Petition
from reports.viewpoint import Viewpoint
from reports.workbooks import summary_workbook
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_commune,
    make_duty,
    make_leg,
    make_officer,
    make_period,
    make_petition,
    make_regulation,
    make_report,
    make_report_event,
    make_user,
)
from tests.workbooks import opened, table, texts, written

pytestmark = pytest.mark.django_db
LATER = DAY + dt.timedelta(days=40)


@pytest.fixture
def leader(db):
    return make_user(Role.LEADER)


def sheets(user, day: dt.date = DAY):
    return opened(written(*summary_workbook(day=day, user=user)))


@pytest.fixture
def petitions(db) -> list[Petition]:
    """Make one overdue at a body, one of a person, one to be told, one that was told."""
    officer = make_officer("Lê Thị Ánh")
    lights = make_petition(make_commune("Đại Hải"), officer, content="Lắp đèn", number=1)
    Petition.objects.filter(pk=lights.pk).update(state=PetitionState.ROUTED)
    make_leg(lights, body=make_body("Sở Công Thương"))
    person = make_petition(content="Bà Sơn Thị A nợ tiền", has_personal_data=True, number=2)
    to_tell = make_petition(state=PetitionState.RESOLVED, content="Nạo vét kênh", number=3)
    done = make_petition(state=PetitionState.RESOLVED, told_on=DAY, content="Cầu ấp 4", number=4)
    return [lights, person, to_tell, done]


def test_the_open_ones_with_who_has_them(leader, petitions):
    book = sheets(leader, LATER)
    first, second = table(book["Kiến nghị"])
    assert (first["Số"], first["Nội dung kiến nghị"]) == ("01/2023", "Lắp đèn")
    assert (first["Đảng bộ xã, phường, thị trấn"], first["Cán bộ phản ánh"]) == (
        "Xã Đại Hải",
        "Lê Thị Ánh",
    )
    assert (first["Cơ quan chủ trì"], first["Quá hạn (ngày)"]) == ("Sở Công Thương", 10)
    assert (first["Chuyển ngày"].date(), first["Số ngày"]) == (DAY, 40)
    assert second["Nội dung kiến nghị"] == "(Nội dung có dữ liệu cá nhân, xem trên hệ thống)"
    assert not any("Sơn Thị A" in text for sheet in book for text in texts(sheet))


def test_those_to_be_told_stand_apart_and_those_told_nowhere(leader, petitions):
    book = sheets(leader, LATER)
    (row,) = table(book["Cần trả lời xã"])
    assert (row["Số"], row["Tình trạng"]) == ("03/2023", "Đã giải quyết")
    assert (row["Có kết quả từ ngày"].date(), row["Số ngày chờ"]) == (DAY, 40)
    named = {sheet.title for sheet in book if "Cầu ấp 4" in texts(sheet)}
    assert named == {"Tất cả kiến nghị"}


@pytest.mark.parametrize(
    ("key", "name"), [("petitions_open", "Kiến nghị"), ("petitions_untold", "Cần trả lời xã")]
)
def test_the_figure_is_the_number_of_rows(leader, petitions, key, name):
    book = sheets(leader, LATER)
    count = FIGURES[key].value(Viewpoint(leader, LATER))
    assert count == len(table(book[name])) > 0
    defined = {row["Chỉ tiêu"]: row["Số lượng"] for row in table(book["Định nghĩa"])}
    label = FIGURES[key].label
    assert defined[label[0].upper() + label[1:]] == count


def test_a_day_before_they_were_raised_knows_none(leader, petitions):
    book = sheets(leader, DAY - dt.timedelta(days=1))
    assert table(book["Kiến nghị"]) == table(book["Cần trả lời xã"]) == []


# --- reports -----------------------------------------------------------------------------------


@pytest.fixture
def quarter(db):
    make_duty(make_regulation(), kind=DutyKind.REPORT, unit=DutyUnit.PER_OFFICER)
    return make_period(due_on=DAY - dt.timedelta(days=3))


def test_who_has_to_report_and_how_far_they_are(leader, quarter):
    late, missing = make_officer("Sơn Minh Châu"), make_officer("Thạch Văn Bình")
    for officer in (late, missing):
        make_assignment(officer, make_commune(f"Của {officer.full_name}"))
    report = make_report(
        late, period=quarter, state=ReportState.SUBMITTED, due_on=DAY - dt.timedelta(days=3)
    )
    make_report_event(report)
    rows = {row["Họ và tên"]: row for row in table(sheets(leader)["Báo cáo"])}
    assert set(rows) == {"Sơn Minh Châu", "Thạch Văn Bình"}
    first, second = rows["Sơn Minh Châu"], rows["Thạch Văn Bình"]
    assert (first["Kỳ"], first["Nộp muộn (ngày)"]) == ("Quý II/2023", 3)
    assert first["Tình trạng"] == "Đã nộp, chờ tiếp nhận"
    assert second["Tình trạng"] == "Quá hạn 3 ngày"
    assert second["Nộp lần đầu"] is None


def test_one_handed_in_though_none_was_due_is_listed_too(leader, quarter):
    report = make_report(
        make_officer("Kim Sa"), period=quarter, state=ReportState.ACCEPTED, commune=make_commune()
    )
    make_report_event(report)
    make_report_event(report, move=ReportMove.ACCEPT, state=ReportState.ACCEPTED)
    (row,) = table(sheets(leader)["Báo cáo"])
    assert (row["Họ và tên"], row["Ghi chú"]) == ("Kim Sa", "Ngoài danh sách phải báo cáo")
    assert row["Tình trạng"] == "Đã tiếp nhận"


def test_queries_do_not_grow_with_petitions_and_reports(leader, quarter, petitions):
    def add() -> None:
        officer = make_officer()
        assignment = make_assignment(officer)
        make_leg(make_petition(assignment.commune, officer))
        make_petition(assignment.commune, officer, state=PetitionState.ANSWERED)
        make_report_event(make_report(officer, period=quarter, state=ReportState.SUBMITTED))

    add()
    with CaptureQueriesContext(connection) as few:
        sheets(leader)
    for _ in range(4):
        add()
    with CaptureQueriesContext(connection) as many:
        sheets(leader)
    assert len(few) == len(many) <= 24
