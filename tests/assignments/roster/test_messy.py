"""The workbook with every trap: each row must come to exactly what it is."""

import datetime as dt

import pytest

from assignments.models import Assignment, Officer
from assignments.roster.plan import State
from assignments.roster.planner import plan_roster
from assignments.roster.services import apply_roster, read_roster
from tests.assignments.roster.messy import FIRST_DATA_ROW, expected_entries, messy_workbook

START = dt.date(2021, 11, 1)


@pytest.fixture(scope="module")
def roster():
    return read_roster(messy_workbook())


def outcome(items):
    return [(item.row, item.state.value) for item in items]


def test_every_row_comes_to_what_it_is(gazetteer, roster):
    plan = plan_roster(roster, default_date=START)
    assert outcome(plan.items) == [(row, state) for row, state, _ in expected_entries()]


def test_every_refusal_says_why(gazetteer, roster):
    plan = plan_roster(roster, default_date=START)
    for item, (_, _, words) in zip(plan.items, expected_entries(), strict=True):
        assert words.lower() in item.reason.lower(), item


def test_no_accepted_row_is_misread(gazetteer, roster):
    apply_roster(roster, name="messy.xlsx", default_date=START, by=None)
    people = {
        (a.officer.full_name, a.officer.birth_year, a.officer.group, str(a.commune),
         str(a.commune.district))
        for a in Assignment.objects.select_related("officer", "commune__district")
    }  # fmt: skip
    top = "standing_committee"
    assert ("Nguyễn Văn Một", 1973, top, "Xã An Hiệp", "Huyện Châu Thành") in people
    assert ("Huỳnh Thị Bảy", 1974, top, "Xã Thuận Hòa", "Huyện Châu Thành") in people
    assert ("Trần Văn Ba", 1975, top, "Thị trấn Kế Sách", "Huyện Kế Sách") in people
    assert ("Lê Văn Tư", 1970, top, "Phường 6", "Thành phố Sóc Trăng") in people
    assert ("Đặng Văn Đông", 1971, "sector", "Phường 3", "Thành phố Sóc Trăng") in people
    assert ("Nguyễn Văn Đạt", 1981, "sector", "Phường 1", "Thị xã Ngã Năm") in people
    assert ("Sơn Pô", 1972, "sector", "Xã Hòa Tú 1", "Huyện Mỹ Xuyên") in people
    assert ("Danh Văn Gộp", 1967, "sector", "Xã Gia Hòa 2", "Huyện Mỹ Xuyên") in people


def test_namesakes_stay_different_people(gazetteer, roster):
    apply_roster(roster, name="messy.xlsx", default_date=START, by=None)
    namesakes = Officer.objects.filter(full_name="Nguyễn Văn Đạt")
    assert sorted((o.birth_year, o.office) for o in namesakes) == [
        (1971, "Giám đốc Sở Giáo dục"),
        (1971, "Trưởng Ban Nội chính"),
        (1981, "Trưởng Ban Nội chính"),
    ]


def test_the_second_import_changes_nothing(gazetteer, roster):
    first = apply_roster(roster, name="messy.xlsx", default_date=START, by=None)
    second = apply_roster(roster, name="messy.xlsx", default_date=START, by=None)
    assert second.counts["new"] == second.counts["changed"] == 0
    assert second.counts["unchanged"] == first.counts["new"]
    assert len(second.refused) == len(first.refused)


def test_a_hidden_row_is_read_and_pointed_out(gazetteer, roster):
    plan = plan_roster(roster, default_date=START)
    (item,) = [item for item in plan.items if item.officer_label.startswith("Kim Thị Ẩn")]
    assert item.state is State.NEW
    assert any("ẩn" in warning for warning in item.warnings)


def test_only_the_list_is_read_of_several_sheets(roster):
    assert roster.sheet_title == "Năm 2021"
    assert roster.rows[0].number == FIRST_DATA_ROW + 2
    assert any("Hướng dẫn" in warning for warning in roster.warnings)
