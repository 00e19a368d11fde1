"""The letter that names who has not reported, opened again (DOMAIN R23)."""

import datetime as dt
from io import BytesIO

import docx
import pytest
import time_machine

from accounts.enums import Role
from accounts.models import AuditEvent
from assignments.enums import DutyUnit
from reports.periodic.expected import reporting
from reports.periodic.reminder_letter import reminder_letter
from tests.factories import make_assignment, make_commune, make_document
from tests.reports.periodic.offices import DAY, IN_TIME, NAMES, make_quarter
from tests.reports.periodic.world import at

LETTER = "/bao-cao/nhac/cong-van.docx"


@pytest.fixture
def quarter(db):
    with time_machine.travel(at(DAY), tick=False):
        yield make_quarter()


@pytest.fixture
def office(quarter, client_as):
    return client_as(Role.OFFICE)


def opened(response):
    return docx.Document(BytesIO(b"".join(response.streaming_content)))


def rows(document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows]


def header(document) -> list[str]:
    return [one.text for cell in document.tables[0].rows[0].cells for one in cell.paragraphs]


def body(document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_its_table_is_who_has_not_reported(quarter, office, users):
    response = office.get(LETTER, {"ky": quarter.period.pk})
    assert "CongVan_NhacBaoCao_quarter_2_2023_2023-07-05.docx" in response["Content-Disposition"]
    listed = rows(opened(response))
    assert listed[0][:2] == ["TT", "Họ và tên"]
    assert listed[1:] == [
        ["1", NAMES["silent"], "Sở Thử", "Xã Tân Thạnh 1", "5", ""],
        ["2", NAMES["drafting"], "Sở Thử", "Xã Tân Thạnh 2", "5", ""],
        ["3", NAMES["returned"], "Sở Thử", "Xã Tân Thạnh 4", "5", "Đang bổ sung"],
    ]
    missing = [r for r in reporting(users[Role.OFFICE], [quarter.period], DAY).rows if r.is_missing]
    assert len(listed) - 1 == len(missing)
    assert AuditEvent.objects.get(verb="export").actor


def test_its_words(quarter, office):
    document = opened(office.get(LETTER, {"ky": quarter.period.pk}))
    assert header(document) == [
        "TỈNH UỶ SÓC TRĂNG",
        "VĂN PHÒNG",
        "*",
        "Số \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0-CV/VPTU",
        "V/v nhắc nộp báo cáo Quý II/2023",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "",
        "Sóc Trăng, ngày 05 tháng 7 năm 2023",
    ]
    words = body(document)
    assert "Kính gửi: Các đồng chí có tên trong danh sách dưới đây" in words
    assert "Quy chế số 10-QC/TU, ngày 19/10/2021" in words
    assert "hạn nộp báo cáo là ngày 30/6/2023" in words
    assert "Tính đến hết ngày 05/7/2023, còn 3 báo cáo" in words
    assert "(có báo cáo đang bổ sung)" in words
    assert words.rstrip().endswith("tổng hợp./.")


def test_only_the_ticked(quarter, office):
    chosen = [f"{quarter.officers[key].pk}-0" for key in ("drafting", "submitted")]
    document = opened(office.get(LETTER, {"ky": quarter.period.pk, "chon": chosen}))
    assert [row[1] for row in rows(document)[1:]] == [NAMES["drafting"]]
    assert f"Kính gửi: Đồng chí {NAMES['drafting']}, Sở Thử" in body(document)


def test_as_of_an_earlier_day_it_is_that_days_letter(quarter, office):
    query = {"ky": quarter.period.pk, "ngay": IN_TIME.isoformat()}
    document = opened(office.get(LETTER, query))
    listed = rows(document)[1:]
    assert {row[1] for row in listed} == {NAMES[key] for key in ("silent", "drafting", "late")}
    assert {(row[4], row[5]) for row in listed} == {("", "Hạn 30/6/2023")}
    assert "Sóc Trăng, ngày 20 tháng 6 năm 2023" in header(document)


def test_from_may_2026_it_has_the_new_layout(quarter, users):
    missing = [
        row for row in reporting(users[Role.OFFICE], [quarter.period], DAY).rows if row.is_missing
    ]
    day = dt.date(2026, 6, 1)
    paper = reminder_letter(period=quarter.period, missing=missing, day=day, now=at(day))
    document = docx.Document(BytesIO(paper.content()))
    assert header(document)[0] == "TỈNH ỦY SÓC TRĂNG"
    assert header(document)[4] == "về việc nhắc nộp báo cáo Quý II/2023"
    assert body(document).rstrip().endswith("tổng hợp.")


def test_a_row_for_each_commune_where_each_has_its_report(users, client_as):
    with time_machine.travel(at(DAY), tick=False):
        quarter = make_quarter(DutyUnit.PER_ASSIGNMENT)
        make_assignment(quarter.officers["silent"], make_commune("An Hai"))
        document = opened(client_as(Role.OFFICE).get(LETTER, {"ky": quarter.period.pk}))
        found = [row[3] for row in rows(document) if row[1] == NAMES["silent"]]
    assert sorted(found) == ["Xã An Hai", "Xã Tân Thạnh 1"]


def test_names_and_offices_never_become_markup(quarter, office):
    officer = quarter.officers["silent"]
    officer.full_name, officer.office = "<w:b/>&amp; {{ x }}", "=1+1]]> \u202e"
    officer.save()
    listed = rows(opened(office.get(LETTER, {"ky": quarter.period.pk})))
    assert [row[1:3] for row in listed if row[2].startswith("=")] == [
        ["<w:b/>&amp; {{ x }}", "=1+1]]>"]
    ]


def test_nobody_missing_no_letter(quarter, office):
    chosen = [f"{quarter.officers['accepted'].pk}-0"]
    answer = office.get(LETTER, {"ky": quarter.period.pk, "chon": chosen})
    assert answer.status_code == 302


def test_it_bears_the_number_it_was_given(quarter, office):
    letter = make_document(kind="CV", symbol="VPTU", number=7)
    page = office.post("/bao-cao/nhac/", {"ky": quarter.period.pk}).text
    assert "07-CV/VPTU" in page
    query = {"ky": quarter.period.pk, "van_ban": letter.pk}
    assert header(opened(office.get(LETTER, query)))[3] == "Số 07-CV/VPTU"
    for other in (make_document(number=8).pk, letter.pk + 100, "x", "9" * 30):
        assert office.get(LETTER, query | {"van_ban": other}).status_code == 404
