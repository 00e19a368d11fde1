"""What the workbook calculates itself: formulas over its own cells, and charts of them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from accounts.enums import Role
from assignments.enums import DutyKind
from assignments.models import Officer
from communes.models import Commune
from reports.enums import PetitionState
from reports.figures import FIGURES
from reports.models import PetitionField
from reports.viewpoint import Viewpoint
from reports.workbooks import summary_workbook
from tests.factories import (
    make_assignment,
    make_commune,
    make_leg,
    make_officer,
    make_petition,
    make_user,
)
from tests.libreoffice import wrong_results
from tests.reports.world import DAY, START, World, add_duties, make_world
from tests.workbooks import header_row, opened, table, written

HOSTILE = ("*", "?ê Thị Á*", "~*", "=1+1", ">0", "<>", '"A"', "O'Brien", "CB001", "<b>&", "0", "")
WORDS = ["Phải làm", "Đã làm", "Miễn", "Thiếu, có lý do", "Còn phải làm"]


@pytest.fixture
def world(db) -> World:
    """Make a quarter of duties, and petitions in some fields and states."""
    world = make_world()
    add_duties(world)
    for number, state in enumerate(
        (PetitionState.NEW, PetitionState.RESOLVED, PetitionState.NEW), start=1
    ):
        make_petition(world.communes[number], state=state, raised_on=START)
    make_leg(make_petition(world.communes[0], world.anh, raised_on=START))
    return world


@pytest.fixture
def leader(db):
    return make_user(Role.LEADER)


def summary(user) -> bytes:
    return written(*summary_workbook(day=DAY, user=user))


def results(content: bytes, name: str) -> list[dict[str, object]]:
    return table(opened(content, data_only=True)[name])


# --- duties -------------------------------------------------------------------------------------


def test_every_duty_line_is_listed_and_adds_up(world, leader):
    view = Viewpoint(leader, DAY)
    rows = results(summary(leader), "Nhiệm vụ")
    assert len(rows) == len(view.lines) > 0
    assert all(row["Phải làm"] == sum(row[word] for word in WORDS[1:]) for row in rows)
    for word, key in zip(WORDS, ("due", "done", "waived", "explained", "unexplained"), strict=True):
        assert sum(row[word] for row in rows) == FIGURES[f"duties_{key}"].value(view)


def test_the_sums_of_an_officer_go_by_code_not_by_name(world, leader):
    Officer.objects.update(full_name="Lê Thị Ánh")
    content = summary(leader)
    rows = results(content, "Thực hiện")
    assert len({row["Mã CB"] for row in rows}) == len(rows) == 2
    assert {row["Họ và tên"] for row in rows} == {"Lê Thị Ánh"}
    listed = results(content, "Nhiệm vụ")
    for row in rows:
        own = [line for line in listed if line["Mã CB"] == row["Mã CB"]]
        assert [row[word] for word in WORDS] == [sum(line[word] for line in own) for word in WORDS]
    sheet = opened(content)["Thực hiện"]
    formula = sheet.cell(header_row(sheet) + 1, 7).value
    assert re.fullmatch(r"=SUMIFS\('Nhiệm vụ'!\$I\$\d+:\$I\$\d+,'Nhiệm vụ'!\$C.*,C\d+\)", formula)


def test_the_load_stands_beside_what_was_done(world, leader):
    rows = {row["Họ và tên"]: row for row in results(summary(leader), "Thực hiện")}
    anh = rows["Lê Thị Ánh"]
    assert (anh["Số Đảng bộ"], anh["Số ngày giữ địa bàn"]) == (2, 76)  # 01/4 to 15/6
    # Four due: two done, one waived, one explained.
    assert [anh[word] for word in WORDS] == [4, 2, 1, 1, 0]
    assert anh["Tỷ lệ"] == pytest.approx(2 / 3)
    assert anh["Tình trạng"] == "Thiếu, có lý do"


def test_a_rate_of_nothing_is_empty(world, leader):
    late = make_officer("Trần Văn Muộn")
    make_assignment(late, make_commune(), started_on=DAY.replace(day=14))
    row = next(
        row for row in results(summary(leader), "Thực hiện") if row["Họ và tên"] == late.full_name
    )
    assert (row["Phải làm"], row["Tỷ lệ"]) == (0, None)


def test_each_kind_of_duty_has_its_own_sums(world, leader):
    rows = results(summary(leader), "Từng loại nhiệm vụ")
    kinds = {row["Nhiệm vụ"] for row in rows}
    assert kinds == {DutyKind.COMMITTEE_MEETING.label, DutyKind.CELL_MEETING.label}
    view = Viewpoint(leader, DAY)
    meetings = [row for row in rows if row["Nhiệm vụ"] == DutyKind.COMMITTEE_MEETING.label]
    assert sum(row["Phải làm"] for row in meetings) == FIGURES["due_committee_meeting"].value(view)


# --- petitions ----------------------------------------------------------------------------------


def test_petitions_by_field_count_the_whole_list(world, leader):
    content = summary(leader)
    listed = results(content, "Tất cả kiến nghị")
    rows = results(content, "Kiến nghị theo lĩnh vực")
    assert sum(row["Tổng số"] for row in rows) == len(listed) == 4
    for row in rows:
        of_field = [one for one in listed if one["Mã LV"] == row["Mã LV"]]
        for state in PetitionState:
            count = sum(one["Tình trạng"] == state.label for one in of_field)
            assert row[str(state.label)] == count


# --- charts -------------------------------------------------------------------------------------


def test_charts_are_drawn_from_cells_and_told_apart_without_colour(world, leader):
    content = summary(leader)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
        charts = [archive.read(name).decode() for name in names]
    assert len(charts) == 3
    assert ['barDir val="col"' in chart for chart in charts] == [True, False, False]
    page = opened(content, data_only=True)["Biểu đồ"]
    for chart in charts:
        assert '<c:grouping val="stacked"/>' in chart
        assert "Times New Roman" in chart
        patterns = re.findall(r'pattFill prst="(\w+)"', chart)
        assert len(patterns) == len(set(patterns)) == chart.count("<c:ser>") >= 2
        for area in re.findall(r"<c:f>'Biểu đồ'!(.*?)</c:f>", chart):
            cells = page[area.replace("$", "")]
            flat = [cell for row in cells for cell in row] if isinstance(cells, tuple) else [cells]
            assert all(cell.value is not None for cell in flat)


# --- recalculated -------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_libreoffice_calculates_what_is_written(world, leader, tmp_path):
    assert wrong_results(summary(leader), tmp_path) == []


@pytest.mark.libreoffice
def test_names_that_look_like_patterns_change_no_count(world, leader, tmp_path):
    """Criteria such as "*" or "=1" would count other rows than those of that name."""
    for name, officer in zip(HOSTILE, [*Officer.objects.all()], strict=False):
        Officer.objects.filter(pk=officer.pk).update(full_name=name)
    for number, name in enumerate(HOSTILE):
        commune = make_commune(f"Hiểm {number}")
        officer = make_officer(f"Cán bộ {number}")
        make_assignment(officer, commune, started_on=START)
        Officer.objects.filter(pk=officer.pk).update(full_name=name)
        Commune.objects.filter(pk=commune.pk).update(name=name)
        field = PetitionField.objects.create(name=name or "trống", order=number)
        make_petition(commune, officer, field=field, raised_on=START)
    assert wrong_results(summary(leader), tmp_path) == []


@pytest.mark.libreoffice
def test_a_wrong_result_would_be_noticed(world, leader, tmp_path):
    content = summary(leader)
    damaged = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(damaged, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part, changed = re.subn(rb"</f><v>\d+</v>", b"</f><v>987</v>", part, count=1)
                assert changed
            new.writestr(name, part)
    ((sheet, _, stored, _),) = wrong_results(damaged.getvalue(), tmp_path)
    assert (sheet, stored) == ("Bìa", 987)
