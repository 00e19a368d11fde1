"""The annex of a decision and the minutes of a handover, opened again."""

import datetime as dt
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from accounts.enums import Role
from assignments.enums import AssignmentRole, DutyKind
from tests.factories import (
    make_assignment,
    make_commune,
    make_decision,
    make_directive,
    make_district,
    make_notice,
    make_officer,
    make_period,
    make_petition,
    make_plan,
    make_regulation,
)

DAY = dt.date(2023, 5, 9)
ON = dt.date(2023, 4, 10)
QUERY = {"ngay": DAY.isoformat()}


def opened(response):
    return docx.Document(BytesIO(b"".join(response.streaming_content)))


def rows(table) -> list[list[str]]:
    """Give the rows of a table; a group's heading as one cell."""
    return [
        [cell.text for cell in row.cells] if len(row._tr.tc_lst) > 1 else [row.cells[0].text]
        for row in table.rows
    ]


@pytest.fixture
def handover(db):
    """Hand a commune over under one decision, and assign a second one to the successor."""
    decision = make_decision("512-QĐ/TU", signed_on=dt.date(2023, 4, 3))
    district = make_district("An Giồng")
    communes = [make_commune(name, district=district) for name in ("Bình Rẫy", "Cù Lao")]
    old = make_officer("Ngô Bảo", office="Sở Thử <w:b/>&amp;")
    new = make_officer("Lý Em {{ x }}")
    ended = make_assignment(
        old,
        communes[0],
        started_on=dt.date(2022, 1, 1),
        ended_on=ON,
        end_reason="retired",
        closing_decision=decision,
    )
    make_assignment(new, communes[0], started_on=ON, opening_decision=decision)
    make_assignment(
        new,
        communes[1],
        started_on=ON,
        opening_decision=decision,
        role=AssignmentRole.SUPPORT,
    )
    return ended


def test_the_annex_lists_by_officer_by_commune_and_who_ends(handover, client_as):
    pk = handover.closing_decision_id
    response = client_as(Role.OFFICE).get(f"/quyet-dinh/{pk}/phu-luc.docx", QUERY)
    assert "PhuLuc_QuyetDinh_2023-04-03" in response["Content-Disposition"]
    document = opened(response)
    texts = [one.text for one in document.paragraphs if one.text]
    assert texts == [
        "Phụ lục",
        "DANH SÁCH PHÂN CÔNG CÁN BỘ THEO DÕI, PHỤ TRÁCH ĐẢNG BỘ XÃ, PHƯỜNG, THỊ TRẤN",
        "(kèm theo Quyết định số 512-QĐ/TU, ngày 03/4/2023 của Ban Thường vụ Tỉnh uỷ)",
        "A. Phân công, xếp theo cán bộ",
        "B. Phân công, xếp theo Đảng bộ",
        "C. Thôi theo dõi, phụ trách",
    ]
    by_officer, by_commune, ended = map(rows, document.tables)
    assert by_officer[0] == [
        "TT",
        "Họ và tên",
        "Chức vụ, đơn vị công tác",
        "Đảng bộ xã, phường, thị trấn được phân công theo dõi, phụ trách",
        "Huyện, thị xã, thành phố",
        "Ghi chú",
    ]
    [row] = by_officer[1:]
    assert row[:2] == ["1", "Lý Em {{ x }}"]
    assert row[3] == "Xã Bình Rẫy\nXã Cù Lao"
    assert "Từ ngày 10/4/2023; Thay đồng chí Ngô Bảo" in row[5]
    assert [one[1] for one in by_commune[2:]] == ["Xã Bình Rẫy", "Xã Cù Lao"]
    assert by_commune[1] == [by_commune[1][0]] == ["HUYỆN AN GIỒNG"]
    assert ended[2][1:3] == ["Xã Bình Rẫy", "Ngô Bảo"]
    assert ended[2][4].startswith("Từ ngày 10/4/2023: ")
    [section] = document.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_minutes_tell_what_is_handed_over(handover, client_as):
    commune, old = handover.commune, handover.officer
    make_regulation(DutyKind.REPORT, started_on=dt.date(2022, 1, 1))
    make_period()
    make_petition(commune, content="Đề nghị lắp đèn <w:p/>&amp; {{ y }}", raised_on=ON)
    make_petition(commune, content="Nguyễn Văn A, số 1", raised_on=ON, has_personal_data=True)
    make_plan(old, commune, planned_on=DAY + dt.timedelta(days=3), purpose="Dự họp quý")
    make_notice(commune, held_on=DAY + dt.timedelta(days=5))
    make_directive("27-NQ/TU", issued_on=ON)
    response = client_as(Role.OFFICE).get(f"/dang-bo/{commune.pk}/bien-ban-ban-giao.docx", QUERY)
    document = opened(response)
    texts = "\n".join(one.text for one in document.paragraphs)
    assert "BIÊN BẢN\nbàn giao việc theo dõi, phụ trách Đảng bộ xã Bình Rẫy" in texts
    assert "1. Bên giao: đồng chí Ngô Bảo, Sở Thử <w:b/>&amp;, thôi theo dõi, phụ trách" in texts
    assert "2. Bên nhận: đồng chí Lý Em {{ x }}" in texts
    header, things, signed = document.tables
    assert header.rows[0].cells[0].paragraphs[-1].text.endswith("-BB/VPTU")
    found = [(row[1], row[2]) for row in rows(things)[1:]]
    kinds = [kind for kind, _ in found]
    assert kinds[:2] == ["Kiến nghị", "Kiến nghị"]
    assert {"Kế hoạch đi cơ sở", "Giấy mời chưa trả lời", "Văn bản theo dõi"} <= set(kinds)
    assert found[0][1].endswith("Đề nghị lắp đèn <w:p/>&amp; {{ y }}")
    assert "Nguyễn Văn A" not in "\n".join(words for _, words in found)
    signatures = [[one.text for one in cell.paragraphs if one.text] for cell in signed._cells]
    assert signatures == [["BÊN GIAO", "Ngô Bảo"], ["BÊN NHẬN", "Lý Em {{ x }}"]]


def test_nothing_open_nobody_named(db, client_as):
    ended = make_assignment(started_on=dt.date(2022, 1, 1), ended_on=ON)
    address = f"/dang-bo/{ended.commune_id}/bien-ban-ban-giao.docx"
    document = opened(client_as(Role.OFFICE).get(address, QUERY))
    texts = "\n".join(one.text for one in document.paragraphs)
    assert "không còn công việc nào chưa hoàn thành" in texts
    assert "2. Bên nhận: (chưa phân công người thay)." in texts


def test_nobody_left_lately_no_minutes(db, client_as):
    running = make_assignment()
    address = f"/dang-bo/{running.commune_id}/bien-ban-ban-giao.docx"
    assert client_as(Role.OFFICE).get(address, QUERY).status_code == 404


def test_the_dossier_leads_to_both(handover, client_as):
    page = client_as(Role.OFFICE).get(f"/dang-bo/{handover.commune_id}/", QUERY).text
    assert f"/quyet-dinh/{handover.closing_decision_id}/phu-luc.docx" in page
    assert f"/dang-bo/{handover.commune_id}/bien-ban-ban-giao.docx" in page
