"""What a roster would do to the data: new, changed, unchanged, refused."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assignments.enums import EndReason
from assignments.models import Assignment, Decision, Officer
from assignments.roster.container import WorkbookRefused
from assignments.roster.planner import plan_roster
from assignments.roster.services import apply_roster, read_roster
from tests.assignments.roster.workbooks import make_workbook
from tests.factories import make_assignment, make_decision, make_officer

START = dt.date(2021, 11, 1)
FULL_HEADER = (
    "Họ và tên", "Năm sinh", "Chức vụ", "Đảng bộ phụ trách", "Huyện", "Từ ngày", "Số quyết định",
    "Ngày quyết định", "Vai trò", "Ghi chú", "Điện thoại",
)  # fmt: skip


def row(name="Nguyễn Văn An", year=1970, office="Giám đốc Sở Y tế", commune="Xã An Ninh", **more):
    return [
        name, year, office, commune, more.get("district", ""), more.get("started", ""),
        more.get("decision", ""), more.get("signed", ""), more.get("role", ""),
        more.get("note", ""), more.get("phone", ""),
    ]  # fmt: skip


def roster_of(*rows, title=()):
    if not title:
        return read_roster(make_workbook(rows, FULL_HEADER))
    return read_roster(make_workbook([*title, FULL_HEADER, *rows], header=None))


def plan_of(*rows, title=(), on=START, choices=None):
    return plan_roster(roster_of(*rows, title=title), default_date=on, choices=choices)


def apply(*rows, title=(), on=START):
    return apply_roster(roster_of(*rows, title=title), name="a.xlsx", default_date=on, by=None)


def states(plan):
    return [item.state.value for item in plan.items]


def changes(plan):
    return [(c.label, c.old, c.new) for item in plan.items for c in item.changes]


@pytest.fixture
def commune(gazetteer):
    """Give Xã An Ninh."""
    return gazetteer["31600"]


@pytest.fixture
def known(commune):
    """Give an officer in charge of Xã An Ninh since START, as the standard row says."""
    officer = make_officer("Nguyễn Văn An", birth_year=1970, office="Giám đốc Sở Y tế")
    return make_assignment(officer, commune, started_on=START)


# --- without any commune, without any data ------------------------------------------------------


@pytest.mark.django_db
def test_without_communes_the_whole_file_is_refused():
    with pytest.raises(WorkbookRefused, match="load_communes"):
        plan_of(row())


def test_a_cell_with_three_communes_makes_three_assignments(gazetteer):
    plan = plan_of(row(commune="Xã An Ninh; Xã Không Có; Xã An Hiệp"))
    assert states(plan) == ["new", "refused", "new"]
    assert [entry["row"] for entry in plan.refused] == [2]


def test_nothing_is_written_by_planning(gazetteer):
    plan_of(row())
    assert not Officer.objects.exists()
    assert not Decision.objects.exists()


def test_a_heading_without_kind_counts_only_if_it_names_a_district(gazetteer):
    header = ("STT", "Họ tên", "Đảng bộ phụ trách", "Ghi chú")
    rows = [
        ["Huyện Châu Thành"], ["Khối cơ quan"], [1, "An", "Xã An Ninh"],
        ["Ngã Năm"], [2, "Bình", "Phường 1"],
    ]  # fmt: skip

    def change(sheet):
        for row in (2, 3, 5):
            sheet.merge_cells(f"A{row}:D{row}")

    roster = read_roster(make_workbook(rows, header, change))
    plan = plan_roster(roster, default_date=START)
    assert [item.commune_label for item in plan.items] == [
        "Xã An Ninh (Huyện Châu Thành)",
        "Phường 1 (Thị xã Ngã Năm)",
    ]


# --- the same again ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    [
        {},
        {"name": "NGUYỄN VĂN AN"},
        {"name": "Đ/c Nguyễn Văn An"},
        {"year": "1970"},
        {"year": ""},
        {"office": "GIÁM ĐỐC, SỞ Y TẾ"},
        {"office": ""},
        {"office": "", "year": ""},
        {"commune": "X. An Ninh", "district": "H. Châu Thành"},
        {"started": "01/11/2021"},
        {"role": "Phụ trách chính"},
        {"phone": ""},
    ],
)
def test_the_same_pair_is_unchanged_however_it_is_written(known, spelling):
    assert states(plan_of(row(**spelling))) == ["unchanged"]


@pytest.mark.parametrize("on", [dt.date(2021, 10, 1), START, dt.date(2023, 5, 9)])
def test_another_default_date_makes_no_duplicate(known, on):
    assert states(plan_of(row(), on=on)) == ["unchanged"]


def test_an_ended_pair_is_unchanged_within_its_time_and_may_come_back(known):
    known.ended_on, known.end_reason = dt.date(2023, 1, 1), EndReason.TRANSFERRED
    known.save()
    assert states(plan_of(row())) == ["unchanged"]
    assert states(plan_of(row(), on=dt.date(2022, 12, 31))) == ["unchanged"]
    assert states(plan_of(row(), on=dt.date(2023, 1, 1))) == ["new"]


# --- what a re-import may change -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "change"),
    [
        ({"office": "Giám đốc Sở Tài chính"},
         ("chức vụ, đơn vị công tác", "Giám đốc Sở Y tế", "Giám đốc Sở Tài chính")),
        ({"office": "Tỉnh ủy viên, Giám đốc Sở Y tế"}, ("chức vụ đảng", "", "Tỉnh ủy viên")),
        ({"phone": "0912 345 678"}, ("điện thoại", "", "0912 345 678")),
        ({"note": "Kiêm nhiệm"}, ("ghi chú", "", "Kiêm nhiệm")),
        ({"role": "tham gia theo dõi"}, ("vai trò", "Phụ trách chính", "Tham gia theo dõi")),
    ],
)  # fmt: skip
def test_what_the_list_says_now_is_brought_up_to_date(known, spelling, change):
    assert change in changes(plan_of(row(**spelling)))
    assert apply(row(**spelling)).counts["changed"] == 1
    assert states(plan_of(row(**spelling))) == ["unchanged"]
    assert Officer.objects.count() == Assignment.objects.count() == 1


def test_a_missing_year_of_birth_is_filled_in(known):
    Officer.objects.update(birth_year=None)
    assert changes(plan_of(row())) == [("năm sinh", "", "1970")]


def test_a_missing_decision_is_filled_in(known):
    Assignment.objects.update(opening_decision=None)
    assert states(apply(row(decision="9-QĐ/TU ngày 01/10/2021"))) == ["changed"]
    known.refresh_from_db()
    assert str(known.opening_decision) == "số 9-QĐ/TU, ngày 01/10/2021"
    assert states(plan_of(row(decision="9-QĐ/TU"))) == ["unchanged"]


def test_another_decision_does_not_rewrite_how_it_began(known):
    plan = plan_of(row(decision="99-QĐ/TU", started="01/03/2023"))
    assert states(plan) == ["unchanged"]
    assert "từ ngày 01/11/2021" in plan.items[0].warnings[0]


def test_the_start_is_corrected_under_the_same_decision(known):
    decision = known.opening_decision.number
    plan = apply(row(decision=decision, started="15/11/2021"))
    assert changes(plan) == [("từ ngày", "01/11/2021", "15/11/2021")]
    known.refresh_from_db()
    assert known.started_on == dt.date(2021, 11, 15)
    assert states(plan_of(row(decision=decision, started="15/11/2021"))) == ["unchanged"]


def test_an_earlier_start_under_another_decision_is_refused(known):
    plan = plan_of(row(decision="99-QĐ/TU", started="01/03/2020"))
    assert "từ ngày 01/11/2021, không phải từ ngày 01/03/2020" in plan.refused[0]["reason"]


def test_a_corrected_start_must_not_overlap_the_predecessor(known, commune):
    before = make_officer("Trần Bé")
    make_assignment(before, commune, started_on=dt.date(2020, 1, 1), ended_on=START)
    plan = plan_of(row(decision=known.opening_decision.number, started="15/10/2021"))
    assert "đã có đồng chí Trần Bé" in plan.refused[0]["reason"]


def test_another_role_from_another_day_is_refused(known):
    plan = plan_of(row(role="tham gia theo dõi"), on=dt.date(2023, 1, 1))
    assert "giao lại" in plan.refused[0]["reason"]


# --- who stands in the way -----------------------------------------------------------------------


def test_a_commune_that_has_a_main_officer_is_refused_naming_them(known):
    plan = plan_of(row("Trần Thị Bé"))
    assert plan.refused == [
        {
            "row": 2,
            "reason": "Xã An Ninh (Huyện Châu Thành) đã có đồng chí Nguyễn Văn An (1970) "
            "phụ trách chính từ ngày 01/11/2021.",
        }
    ]


def test_a_main_officer_who_comes_later_is_in_the_way_too(known):
    assert states(plan_of(row("Trần Thị Bé"), on=dt.date(2021, 1, 1))) == ["refused"]


@pytest.mark.parametrize("role", ["tham gia theo dõi", "tạm thời"])
def test_other_roles_do_not_conflict_with_the_main_officer(known, role):
    assert states(plan_of(row("Trần Thị Bé", role=role))) == ["new"]


def test_two_rows_for_one_commune_the_first_keeps_it(gazetteer):
    plan = plan_of(row(), row("Trần Thị Bé"), row("Lê Tư", role="theo dõi"))
    assert states(plan) == ["new", "refused", "new"]
    assert "dòng 2" in plan.items[1].reason


def test_the_same_pair_twice_is_refused_the_second_time(gazetteer, known):
    assert states(plan_of(row(), row())) == ["unchanged", "refused"]
    plan = plan_of(row(commune="Xã An Hiệp; xã An Hiệp"))
    assert (states(plan), plan.items[1].reason) == (["new", "refused"], "Trùng với dòng 2.")


def test_a_row_refused_for_itself_claims_nothing(gazetteer):
    assert states(plan_of(row(year="x"), row("Trần Thị Bé"))) == ["refused", "new"]


def test_an_officer_who_has_left_is_refused(known, gazetteer):
    Officer.objects.update(left_on=dt.date(2021, 12, 1), leave_reason=EndReason.RETIRED)
    plan = plan_of(row(commune="Xã An Hiệp"), on=dt.date(2022, 1, 1))
    assert "đã thôi công tác từ 01/12/2021" in plan.refused[0]["reason"]


# --- who is who ----------------------------------------------------------------------------------


def test_another_year_or_office_is_another_person(known):
    plan = apply(
        row(year=1975, commune="Xã An Hiệp"), row(office="Giám đốc Sở X", commune="Xã Phú Tân")
    )
    assert states(plan) == ["new", "new"]
    assert all("trùng họ tên" in " ".join(item.warnings) for item in plan.items)
    assert Officer.objects.filter(full_name="Nguyễn Văn An").count() == 3


def test_namesakes_in_one_file_stay_two(gazetteer):
    apply(row(), row(year=1971, commune="Xã An Hiệp"), row(commune="Xã Phú Tân"))
    assert Officer.objects.count() == 2


def test_a_row_without_year_joins_the_one_it_agrees_with(gazetteer):
    apply(row(), row(year="", office="", commune="Xã An Hiệp"))
    assert Officer.objects.count() == 1


def test_a_row_that_agrees_with_two_is_refused(gazetteer):
    plan = plan_of(row(), row(year=1971, commune="Xã An Hiệp"), row(year="", commune="Xã Phú Tân"))
    assert states(plan) == ["new", "new", "refused"]
    assert "các dòng 2, 3" in plan.refused[0]["reason"]


def test_two_known_candidates_are_refused_and_may_be_chosen(gazetteer):
    first, second = (make_officer(birth_year=year, office="Giám đốc") for year in (1970, 1975))
    rows = [row(year="", office="")]
    plan = plan_of(*rows)
    assert "chưa rõ là đồng chí nào" in plan.refused[0]["reason"].lower()
    choice = plan.items[0].choice
    assert [value for value, _ in choice.options] == [str(first.pk), str(second.pk), "new"]
    chosen = plan_of(*rows, choices={choice.key: str(second.pk)})
    assert chosen.items[0].assignment.officer.pk == second.pk
    assert plan_of(*rows, choices={choice.key: "new"}).items[0].is_officer_new


def test_an_ambiguous_commune_may_be_chosen(gazetteer):
    rows = [row(commune="Phường 1")]
    choice = plan_of(*rows).items[0].choice
    assert len(choice.options) == 3
    plan = plan_of(*rows, choices={choice.key: choice.options[1][0]})
    assert states(plan) == ["new"]
    assert plan.items[0].commune_label == choice.options[1][1]


@pytest.mark.parametrize("choice", ["", "x", "999999", "-1", None])
def test_a_choice_that_is_none_changes_nothing(gazetteer, choice):
    choices = {"2.0": choice, "2.officer": choice}
    assert states(plan_of(row(commune="Phường 1"), choices=choices)) == ["refused"]


def test_the_commune_s_own_officer_may_have_changed_office(known, gazetteer):
    apply(row(office="Giám đốc Sở Tài chính"), row(office="Giám đốc Sở Tài chính",
                                                    commune="Xã An Hiệp"))  # fmt: skip
    assert Officer.objects.get().office == "Giám đốc Sở Tài chính"
    assert Assignment.objects.count() == 2


def test_an_officer_plainly_meant_by_one_row_is_not_given_to_another(known, gazetteer):
    plan = plan_of(row(office="Giám đốc Sở Tài chính"), row(commune="Xã An Hiệp"))
    assert states(plan) == ["refused", "new"]
    assert plan.items[1].assignment.officer.pk == known.officer.pk


def test_new_officers_are_ranked_in_sheet_order_after_the_known(gazetteer):
    make_officer("Lê Tư", protocol_rank=7)
    apply(row("Trần Thị Bé"), row("Bùi Văn Ánh", commune="Xã An Hiệp"))
    ranked = Officer.objects.in_rank_order().values_list("full_name", "protocol_rank")
    assert list(ranked) == [("Lê Tư", 7), ("Trần Thị Bé", 8), ("Bùi Văn Ánh", 9)]


# --- decisions -----------------------------------------------------------------------------------

TITLE = [["(Kèm theo Quyết định số 512-QĐ/TU, ngày 25/10/2021 của Ban Thường vụ Tỉnh ủy)"]]


def test_the_title_block_gives_the_decision_of_rows_without_one(gazetteer):
    apply(row(), row("Trần Bé", commune="Xã An Hiệp", decision="9-QĐ/TU"), title=TITLE)
    assert {str(decision) for decision in Decision.objects.all()} == {
        "số 512-QĐ/TU, ngày 25/10/2021",
        "số 9-QĐ/TU",
    }


def test_a_known_decision_is_found_by_number_nearest_in_time(gazetteer):
    near = make_decision("9-QĐ/TU", signed_on=dt.date(2021, 10, 1))
    make_decision("9-QĐ/TU", signed_on=dt.date(2016, 10, 1))
    apply(row(decision="9 - QĐ/TU"))
    assert Assignment.objects.get().opening_decision == near
    assert Decision.objects.count() == 2


def test_a_decision_without_date_receives_the_one_the_list_gives(gazetteer):
    apply(row(decision="512-QĐ/TU"))
    plan = apply(row(), title=TITLE)
    assert changes(plan) == [("ngày ký quyết định", "", "25/10/2021")]
    assert Decision.objects.get().signed_on == dt.date(2021, 10, 25)
    assert states(plan_of(row(), title=TITLE)) == ["unchanged"]


def test_the_same_number_of_another_day_is_another_decision(gazetteer):
    make_decision("9-QĐ/TU", signed_on=dt.date(2016, 10, 1))
    apply(row(decision="9-QĐ/TU", signed="01/10/2021"))
    assert Decision.objects.filter(number="9-QĐ/TU").count() == 2


def test_an_assignment_without_any_decision_is_pointed_out(gazetteer):
    assert plan_of(row()).warnings == ["1 phân công mới chưa ghi quyết định."]


# --- rows that cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "words"),
    [
        ({"name": ""}, "thiếu họ và tên"),
        ({"commune": ""}, "thiếu Đảng bộ"),
        ({"year": "x"}, "năm sinh “x”"),
        ({"year": 2010}, "năm sinh"),
        ({"started": "31/02/2021"}, "ngày bắt đầu “31/02/2021”"),
        ({"signed": "abc"}, "ngày quyết định"),
        ({"decision": "chưa có"}, "số quyết định"),
        ({"role": "chủ nhiệm"}, "vai trò"),
        ({"note": "=1+1"}, "công thức"),
        ({"phone": "0" * 31}, "điện thoại"),
        ({"office": "Gi¸m ®èc"}, "phông chữ"),
    ],
)
def test_each_refusal_names_the_row_and_the_reason(gazetteer, spelling, words):
    plan = plan_of(row(**spelling))
    assert states(plan) == ["refused"]
    assert plan.refused[0]["row"] == 2
    assert words.lower() in plan.refused[0]["reason"].lower()


def test_all_that_is_wrong_with_a_row_is_said_at_once(gazetteer):
    (entry,) = plan_of(row(name="", year="x", commune="Xã An Ninh; Xã An Hiệp")).refused
    assert entry["reason"] == "Thiếu họ và tên; năm sinh “x” không hợp lệ."


# --- size ----------------------------------------------------------------------------------------


def test_planning_asks_as_many_questions_for_ten_rows_as_for_two_hundred(gazetteer):
    counts = []
    for size in (10, 200):
        rows = [
            row(f"Nguyễn Văn {'Aăâbcdđeêghiklmnoôơpqrst'[i % 24]}{'aăâ'[i % 3]}", 1940 + i % 50,
                commune=str(commune), district=str(commune.district))
            for i, commune in enumerate([*gazetteer.values()] * 2)
        ][:size]  # fmt: skip
        apply(*rows[: size // 2])
        roster = roster_of(*rows)
        with CaptureQueriesContext(connection) as queries:
            plan_roster(roster, default_date=START)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 4
