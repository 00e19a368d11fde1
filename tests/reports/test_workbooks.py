"""The summary workbook: opened again, read, and compared with the figures."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import AssignmentRole, OfficerGroup
from assignments.models import Officer
from assignments.spreadsheets.formulas import ALLOWED
from reports.figures import FIGURES
from reports.viewpoint import Viewpoint
from reports.workbooks import summary_workbook
from reports.workbooks.cover import INSTEAD, ON_COVER, SHEET_OF, all_rows
from tests.factories import make_assignment, make_commune, make_district, make_officer, make_user
from tests.reports.world import DAY, START, add_duties, make_world
from tests.workbooks import formulas, header_row, opened, table, texts, written

ADDRESS = "/tong-hop.xlsx"
SHEETS = [
    "Bìa",
    "Biểu đồ",
    "Theo khu vực",
    "Theo Đảng bộ",
    "Theo cán bộ",
    "Phân công",
    "Chưa có người",
    "Sắp trống",
    "Cán bộ",
    "Đã thôi",
    "Theo quý",
    "Thực hiện",
    "Từng loại nhiệm vụ",
    "Nhiệm vụ",
    "Ma trận",
    "Kiến nghị theo lĩnh vực",
    "Kiến nghị",
    "Cần trả lời xã",
    "Tất cả kiến nghị",
    "Báo cáo",
    "Nhiệm vụ kết luận",
    "Định nghĩa",
]


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def leader(db):
    return make_user(Role.LEADER)


def summary(user, day: dt.date = DAY) -> bytes:
    return written(*summary_workbook(day=day, user=user))


def cover_figures(content: bytes) -> dict[str, tuple[int, str]]:
    """Give the figures on the cover by their words: value and the sheet they point to."""
    rows = opened(content, data_only=True)["Bìa"].iter_rows(values_only=True)
    return {row[1]: (row[2], row[4]) for row in rows if isinstance(row[2], int)}


def column(sheet, label: str) -> list[object]:
    return [row[label] for row in table(sheet)]


def test_the_sheets_stand_in_order(world, leader):
    assert opened(summary(leader)).sheetnames == SHEETS


def test_every_sheet_prints_on_landscape_one_page_wide(world, leader):
    for sheet in opened(summary(leader)):
        paper = 8 if sheet.title in ("Ma trận", "Nhiệm vụ") else 9  # A3, A4
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (paper, "landscape")
        assert "&P" in sheet.oddHeader.center.text
        if sheet.title != "Biểu đồ":  # one chart on a page
            assert sheet.page_setup.fitToHeight == 0
        if sheet.title not in ("Bìa", "Biểu đồ"):
            assert sheet.freeze_panes == f"A{header_row(sheet) + 1}"


@pytest.mark.parametrize("key", SHEET_OF)
def test_a_figure_is_the_number_of_rows_of_its_sheet(world, leader, key):
    add_duties(world)
    content = summary(leader)
    label = FIGURES[key].label
    value, sheet = cover_figures(content)[label[0].upper() + label[1:]]
    expected = INSTEAD.get(SHEET_OF[key], SHEET_OF[key])  # there is no district
    assert (value, sheet) == (FIGURES[key].value(Viewpoint(leader, DAY)), expected)
    if ON_COVER[key][1] is all_rows:
        assert value == len(table(opened(content)[sheet]))


def test_the_cover_says_what_when_and_by_whom(world, leader, settings):
    settings.REGULATION_NAME = "Quy chế 99-QC/TU"
    cover = texts(opened(summary(leader))["Bìa"])
    assert "TỔNG HỢP" in cover
    assert "theo dõi, phụ trách Đảng bộ cấp xã theo Quy chế 99-QC/TU" in cover
    assert "(Tính đến ngày 15/6/2024)" in cover
    assert "Người lập: Trần Thị Thử, lúc 08:30 ngày 09/5/2023." in cover
    assert {FIGURES[key].sentence for key in SHEET_OF} <= set(cover)


def test_the_covers_links_lead_to_the_sheets(world, leader):
    workbook = opened(summary(leader))
    cells = [cell for row in workbook["Bìa"].iter_rows() for cell in row if cell.hyperlink]
    assert {cell.hyperlink.location for cell in cells} == {f"'{name}'!A1" for name in SHEETS[1:]}
    assert all(cell.hyperlink.location == f"'{cell.value}'!A1" for cell in cells)


def test_every_figure_is_defined_with_its_value(world, leader):
    rows = table(opened(summary(leader))["Định nghĩa"])
    assert [row["Định nghĩa"] for row in rows] == [figure.sentence for figure in FIGURES.values()]
    values = [figure.value(Viewpoint(leader, DAY)) for figure in FIGURES.values()]
    assert [row["Số lượng"] for row in rows] == values


def test_districts_add_up_with_live_totals(leader):
    east, west = make_district("Đông", code="902"), make_district("Tây", code="901")
    officer = make_officer()
    for district in (east, west, west):
        make_assignment(officer, make_commune(district=district), started_on=START)
    make_commune("Vắng", district=east)
    content = summary(leader)
    rows = table(opened(content)["Theo huyện"])
    assert [list(row.values())[1:] for row in rows] == [
        ["Huyện Tây", 2, 2, 0, 1, None],
        ["Huyện Đông", 2, 1, 1, 1, "Chưa có người: xã Vắng"],
    ]
    totals = list(opened(content, data_only=True)["Theo huyện"].iter_rows(values_only=True))
    assert (None, "Tổng cộng", 4, 3, 1, None, None) in totals
    assert [formula for formula in formulas(content) if formula.startswith("SUM(C")]


def test_no_formula_comes_from_what_people_typed(world, leader):
    Officer.objects.update(full_name="=1+1", office='=HYPERLINK("http://a.example")')
    make_assignment(make_officer("@SUM(A1)"), make_commune("+1"), started_on=START, note="-1+1")
    found = formulas(summary(leader))
    assert len(found) > len(ON_COVER)
    assert all(ALLOWED.fullmatch(html.unescape(formula)) for formula in found)
    assert not any("1+1" in formula or "A1)" in formula for formula in found)


def test_assignments_are_complete_rows(world, leader):
    sheet = opened(summary(leader))["Phân công"]
    first = header_row(sheet) + 1
    assert [cell.value for cell in sheet[first]] == [
        1,
        "Xã Tân Thạnh 1",
        "Lê Thị Ánh",
        1970,
        None,
        dt.datetime(2023, 1, 1),  # noqa: DTZ001
        "số 512-QĐ/TU, ngày 20/12/2022",
        "Phụ trách chính",
        None,
    ]
    assert sheet.cell(first, 6).number_format == "dd/mm/yyyy"
    assert sheet.auto_filter.ref == f"A{first - 1}:I{first + 3}"
    assert [area for area in sheet.merged_cells.ranges if first <= area.min_row < first + 4] == []


def test_the_annex_by_commune_shows_everyone_and_no_one(leader):
    district = make_district("Kế Sách")
    covered, alone = (
        make_commune("An A", district=district),
        make_commune("An B", district=district),
    )
    make_assignment(make_officer("Lê An"), covered, started_on=START)
    make_assignment(make_officer("Sơn Pô"), covered, started_on=START, role=AssignmentRole.SUPPORT)
    cover = make_commune("Xa")
    make_assignment(
        make_officer("Lâm Ba"),
        cover,
        started_on=START,
        role=AssignmentRole.COVER,
        ended_on=DAY + dt.timedelta(1),
    )
    sheet = opened(summary(leader))["Theo Đảng bộ"]
    rows = list(sheet.iter_rows(min_row=header_row(sheet) + 1, max_col=6, values_only=True))
    assert rows[:5] == [
        ("I", "HUYỆN KẾ SÁCH", None, None, None, None),
        (1, "Xã An A", "Lê An", 1970, None, "Cùng theo dõi: Sơn Pô"),
        (2, "Xã An B", None, None, None, "Chưa từng có người phụ trách"),
        ("II", "KHÔNG CÓ CẤP HUYỆN", None, None, None, None),
        (3, "Xã Xa", "Lâm Ba", 1970, None, "Phụ trách tạm thời; đến hết ngày 15/06/2024"),
    ]
    assert alone.pk


def test_the_annex_by_officer_follows_groups_and_rank(leader):
    def officer(name, group, rank):
        return make_officer(name, group=group, protocol_rank=rank)

    chair = officer("Trần Yên", OfficerGroup.STANDING_COMMITTEE, 1)
    head = officer("Lê An", OfficerGroup.SECTOR, 9)
    deputy = officer("Kim Bé", OfficerGroup.SECTOR, None)
    district = make_district("Trần Đề")
    for who, name in ((deputy, "Một"), (head, "Hai"), (chair, "Bốn"), (chair, "Ba")):
        make_assignment(who, make_commune(name, district=district), started_on=START)
    sheet = opened(summary(leader))["Theo cán bộ"]
    rows = list(sheet.iter_rows(min_row=header_row(sheet) + 1, max_col=7, values_only=True))[:5]
    assert [row[:2] for row in rows] == [
        ("I", "CÁC ĐỒNG CHÍ ỦY VIÊN BAN THƯỜNG VỤ"),
        (1, "Trần Yên"),
        ("II", "CÁC ĐỒNG CHÍ TRƯỞNG, PHÓ NGÀNH"),
        (2, "Lê An"),
        (3, "Kim Bé"),
    ]
    assert rows[1][4:6] == ("Xã Ba\nXã Bốn", "Huyện Trần Đề\nHuyện Trần Đề")


def test_the_uncovered_say_since_when_and_who_was_there(world, leader):
    rows = table(opened(summary(leader))["Chưa có người"])
    assert [list(row.values())[1:] for row in rows] == [
        [
            "Xã Tân Thạnh 4",
            dt.datetime(2024, 3, 1),  # noqa: DTZ001
            106,
            "Sơn Minh Châu",
            "Lý do thôi: nghỉ hưu",
        ],
        ["Xã Tân Thạnh 5", None, None, None, None],
    ]


def test_a_gap_ahead_names_the_last_day(world, leader):
    (row,) = table(opened(summary(leader))["Sắp trống"])
    assert row["Đảng bộ xã, phường, thị trấn"] == "Xã Tân Thạnh 3"
    assert row["Phụ trách đến hết ngày"].date() == DAY + dt.timedelta(days=29)


def test_officers_sort_by_given_name_with_their_load(world, leader):
    content = summary(leader)
    sheet = opened(content)["Cán bộ"]
    assert column(sheet, "Họ và tên") == ["Lê Thị Ánh", "Thạch Văn Bình", "Sơn Minh Châu"]
    assert column(sheet, "Số Đảng bộ phụ trách") == [2, 1, None]
    assert column(sheet, "Tình trạng") == ["Đang phụ trách", "Đang phụ trách", "Đã thôi"]
    assert column(sheet, "Ghi chú") == [None, "Xã Tân Thạnh 1: tham gia theo dõi", None]
    rows = opened(content, data_only=True)["Cán bộ"].iter_rows(values_only=True)
    load = {row[1]: row[5] for row in rows if row[0] is None and isinstance(row[5], int | float)}
    assert load == {"Tổng cộng": 3, "Ít nhất": 1, "Trung vị": 1.5, "Nhiều nhất": 2}


def test_who_left_stays_in_the_workbook(world, leader):
    """DESIGN §10, mistake 1."""
    (row,) = table(opened(summary(leader))["Đã thôi"])
    assert row["Họ và tên"] == "Sơn Minh Châu"
    assert row["Đảng bộ đã theo dõi, phụ trách"] == "Xã Tân Thạnh 4"
    assert row["Thôi từ ngày"].date() == dt.date(2024, 3, 1)
    assert row["Lý do thôi"] == "Nghỉ hưu"


def test_the_workbook_answers_for_its_day(world, leader):
    workbook = opened(summary(leader, START))
    assert column(workbook["Chưa có người"], "Đảng bộ xã, phường, thị trấn") == ["Xã Tân Thạnh 5"]
    assert table(workbook["Đã thôi"]) == []


def test_a_day_before_everything_gives_empty_lists(world, leader):
    workbook = opened(summary(leader, dt.date(1990, 1, 1)))
    assert table(workbook["Phân công"]) == table(workbook["Cán bộ"]) == []
    assert len(table(workbook["Chưa có người"])) == 5


def test_queries_do_not_grow_with_rows(world, leader):
    with CaptureQueriesContext(
        connection,
    ) as few:
        summary(leader)
    for number in range(40):
        officer = make_officer(f"Trần Văn {number}")
        district = make_district() if number % 10 == 0 else None
        make_assignment(officer, make_commune(district=district), started_on=START)
        make_assignment(officer, make_commune(), started_on=START, ended_on=DAY)
    with CaptureQueriesContext(connection) as many:
        summary(leader)
    assert len(few) == len(many) <= 12


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE, Role.ADMIN])
def test_who_may_export_downloads_it_and_the_log_says_so(world, client_as, users, role):
    response = client_as(role).get(f"{ADDRESS}?ngay={DAY}")
    content = response.getvalue()
    assert "TongHop_2024-06-15.xlsx" in response["Content-Disposition"]
    assert opened(content).sheetnames == SHEETS
    event = AuditEvent.objects.get(verb=Verb.EXPORT)
    assert (event.target, event.actor) == ("TongHop_2024-06-15.xlsx", str(users[role]))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_others_are_refused(world, client_as, role):
    assert client_as(role).get(ADDRESS).status_code == 403
    assert not AuditEvent.objects.filter(verb=Verb.EXPORT).exists()


@pytest.mark.parametrize(
    ("address", "condition"),
    [
        ("/dang-bo/?phu_trach=co&sap=-can_bo", "Người phụ trách: Đã có người"),
        ("/can-bo/?tinh_trang=dang_phu_trach&sap=-ten", "Tình trạng: Đang phụ trách"),
        ("/phan-cong/?vai_tro=main&tim=tan", "Vai trò: Phụ trách chính"),
    ],
)
def test_a_downloaded_list_is_the_screen(world, client_as, address, condition):
    """DESIGN §10, mistake 9: the same rows, columns, order and filters."""
    client = client_as(Role.OFFICE)
    page = client.get(f"{address}&ngay={DAY}")
    sheet = opened(client.get(f"{address}&ngay={DAY}&xuat=xlsx").getvalue()).active
    shown = [
        {
            cell.column.label: as_stored(cell.value)
            for cell in row.cells
            if not cell.column.holds_actions  # links are of the page
        }
        for row in page.context["rows"]
    ]
    assert len(shown) >= 2
    rows = [{label: as_stored(row[label]) for label in shown[0]} for row in table(sheet)]
    assert rows == shown
    assert any(text.startswith("Lọc theo – ") and condition in text for text in texts(sheet))


def as_stored(value: object) -> str:
    """Give what a cell of the page and one of the file have in common: their words."""
    if isinstance(value, dt.datetime):
        value = value.date()
    return "" if value is None else str(value)
