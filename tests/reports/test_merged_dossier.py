"""The pages of units that were merged: what was before, what became of them, on every day."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from assignments.bulk import RowErrors
from assignments.directives import note_follow_ups, states_of, with_tally
from assignments.directives.services import Noted, trail, with_state
from assignments.enums import DutyKind, EndReason, FollowUpState, VisitKind, VisitOutcome
from assignments.models import Directive
from assignments.visits import VisitFacts, check_entry
from assignments.visits.plans import plan_met_by
from communes.enums import CommuneKind
from communes.models import Commune
from reports.commune_story import cells_visited
from tests.client import as_read
from tests.factories import (
    make_assignment,
    make_attendance,
    make_cell,
    make_commune,
    make_directive,
    make_division,
    make_follow_up,
    make_merger,
    make_officer,
    make_period,
    make_petition,
    make_plan,
    make_regulation,
    make_user,
    make_visit,
)

MERGED = dt.date(2024, 9, 1)
BEFORE, EVE, AFTER = dt.date(2024, 8, 1), dt.date(2024, 8, 31), dt.date(2024, 9, 20)
START = dt.date(2023, 1, 1)
REORGANISED = {"ended_on": MERGED, "end_reason": EndReason.UNIT_REORGANISED}

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(html.unescape(as_read(response.content.decode())).split())


class Merged:
    """Phường 9 of Bình and Phường 1 of Cúc became Phú Lợi, where Bình goes on."""

    def __init__(self, users):
        ward = {"kind": CommuneKind.WARD}
        self.nine, self.one = make_commune("9", **ward), make_commune("1", **ward)
        self.binh = make_officer("Lê Văn Bình", user=users[Role.OFFICER])
        self.cuc = make_officer("Trần Thị Cúc", user=make_user(Role.OFFICER, username="cuc"))
        self.before = make_assignment(self.binh, self.nine, started_on=START, **REORGANISED)
        make_assignment(self.cuc, self.one, started_on=START, **REORGANISED)
        for officer, commune in ((self.binh, self.nine), (self.cuc, self.one)):
            visit = make_visit(commune, visited_on=BEFORE)
            make_attendance(officer, visit, area_change=f"Đường mới ở {commune}")
        self.petition = make_petition(self.one, self.cuc, raised_on=BEFORE)
        self.new = make_merger(self.nine, self.one, name="Phú Lợi", on=MERGED, **ward)
        make_assignment(self.binh, self.new, started_on=MERGED)
        make_attendance(self.binh, make_visit(self.new, visited_on=AFTER))


@pytest.fixture
def merged(users):
    return Merged(users)


def page(client, commune: Commune, day: dt.date = AFTER, part: str = ""):
    address = reverse("reports:commune_detail", args=[commune.pk])
    return client.get(f"{address}?ngay={day.isoformat()}&muc={part}")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OFFICE, Role.LEADER])
def test_a_new_unit_says_what_was_before(merged, client_as, role):
    shown = text(page(client_as(role), merged.new))
    assert "Đơn vị trước đây" in shown
    assert "Phường 9</a> (toàn bộ)" in shown
    assert "Từ 01/09/2024 vào đơn vị này theo" in shown
    assert "Nghị quyết số" in shown
    assert ("/sap-xep/" in shown.partition("Đơn vị trước đây")[2]) == (role != Role.OFFICER)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OFFICE])
def test_visits_of_old_units_are_told_with_where_they_were(merged, client_as, role):
    shown = text(page(client_as(role), merged.new, part="chuyen-di"))
    assert shown.count("khi là Phường 9") == 2  # the visit, and how the area changed
    assert shown.count("khi là Phường 1") == 2
    assert "khi là Phường Phú Lợi" not in shown


def test_petitions_of_old_units_are_told(merged, client_as):
    shown = page(client_as(Role.OFFICER), merged.new, part="kien-nghi")
    assert shown.context["petitions"].counts["open"] == 1
    assert f"Số {merged.petition.code}</a> – khi là Phường 1:" in text(shown)


def test_the_course_of_a_new_unit_is_one_story(merged, client_as):
    shown = text(page(client_as(Role.OFFICE), merged.new, part="qua-trinh"))
    assert "Lê Văn Bình</a> · phụ trách chính · khi là Phường 9" in shown
    assert "Trần Thị Cúc</a> · phụ trách chính · khi là Phường 1" in shown
    assert shown.count("Tiếp tục ở Phường Phú Lợi") == 1
    assert "Chưa có người phụ trách" not in shown


def test_a_new_unit_nobody_follows_is_a_gap(users, client_as):
    old = make_commune()
    make_assignment(commune=old, **REORGANISED)
    new = make_merger(old, on=MERGED)
    shown = text(page(client_as(Role.OFFICE), new, part="qua-trinh"))
    assert "Chưa có người phụ trách<small>Từ 01/09/2024 đến nay" in shown


def test_an_officers_page_tells_one_story(merged, client_as):
    address = reverse("reports:officer_detail", args=[merged.binh.pk])
    shown = text(client_as(Role.OFFICE).get(f"{address}?muc=qua-trinh&ngay={AFTER}"))
    assert "Tiếp tục ở Phường Phú Lợi" in shown
    eve = text(client_as(Role.OFFICE).get(f"{address}?muc=qua-trinh&ngay={EVE}"))
    assert "Tiếp tục ở" not in eve


def test_an_old_unit_stays_open_and_says_what_it_became(merged, client_as):
    for part in ("", "chuyen-di", "kien-nghi", "qua-trinh"):
        shown = page(client_as(Role.OFFICE), merged.one, part=part)
        assert shown.status_code == 200
        link = reverse("reports:commune_detail", args=[merged.new.pk])
        assert "Từ 01/09/2024 là <a" in text(shown)
        assert link in text(shown)
        assert "Chuẩn bị</a>" not in text(shown)
    first = text(page(client_as(Role.OFFICE), merged.one))
    assert "Tại ngày 31/08/2024" in first
    assert "Trần Thị Cúc" in first


def test_the_day_before_shows_what_was(merged, client_as):
    office = client_as(Role.OFFICE)
    assert page(office, merged.new, EVE).status_code == 404
    shown = text(page(office, merged.one, EVE))
    assert "Từ 01/09/2024 là" not in shown
    assert "Đơn vị trước đây" not in shown


def test_who_followed_an_old_unit_opens_it_on_its_days_only(merged, client_as):
    cuc = client_as(merged.cuc.user)
    assert page(cuc, merged.one, EVE).status_code == 200
    assert page(cuc, merged.one).status_code == 404
    assert page(cuc, merged.new).status_code == 404
    binh = client_as(Role.OFFICER)
    assert page(binh, merged.one).status_code == 200
    assert page(binh, merged.one, EVE).status_code == 404


def test_who_follows_another_new_unit_learns_nothing_of_this_one(merged, client_as):
    stranger = make_officer("Hồ Văn Xa", user=make_user(Role.OFFICER, username="xa"))
    elsewhere = make_merger(make_commune("An"), make_commune("Bình"), name="An Bình", on=MERGED)
    make_assignment(stranger, elsewhere, started_on=MERGED)
    client = client_as(stranger.user)
    closed = [
        *(reverse("reports:commune_detail", args=[unit.pk]) for unit in (merged.one, merged.new)),
        reverse("reports:commune_cells", args=[merged.one.pk]),
        reverse("reports:brief", args=[merged.new.pk]),
        reverse("petitions:detail", args=[merged.petition.pk]),
        reverse("visits:detail", args=[merged.one.visits.get().pk]),
        reverse("reports:officer_detail", args=[merged.cuc.pk]),
    ]
    for address in closed:
        for day in (EVE, AFTER):
            assert client.get(f"{address}?ngay={day}").status_code == 404, address
    lists = ("reports:commune_list", "petitions:list", "visits:list", "assignments:list")
    for name in (*lists, "reports:search"):
        for day in (EVE, AFTER):
            shown = text(client.get(reverse(name), {"ngay": day, "tim": "phuong", "dang_bo": 0}))
            assert "Phú Lợi" not in shown, name
            assert "Phường 9" not in shown, name


def test_a_part_whose_records_went_elsewhere_says_so(users, client_as):
    old = make_commune("Long Phú")
    make_visit(old, visited_on=BEFORE)
    main, part = make_division(old, "Đông", "Tây", on=MERGED)
    office = client_as(Role.OFFICE)
    assert "hồ sơ theo đơn vị khác" in text(page(office, part))
    assert "hồ sơ theo đơn vị khác" not in text(page(office, main))
    shown = text(page(office, old))
    assert "Từ 01/09/2024 một phần là <a" in shown
    assert "Xã Đông" in shown
    assert "Xã Tây" in shown


def test_the_brief_tells_what_came_with_the_merger(merged, client_as):
    address = reverse("reports:brief", args=[merged.new.pk])
    shown = text(client_as(Role.OFFICER).get(f"{address}?ngay={AFTER}"))
    assert merged.petition.code in shown
    assert "khi là Phường 1" in shown
    old = reverse("reports:brief", args=[merged.one.pk])
    assert client_as(Role.OFFICE).get(f"{old}?ngay={AFTER}").status_code == 404


def test_the_last_time_in_a_cell_is_not_lost(merged):
    user = merged.binh.user
    old = make_cell(merged.nine, "3", ended_on=MERGED, end_note="Sắp xếp đơn vị")
    visit = make_visit(merged.nine, visited_on=BEFORE, kind=VisitKind.CELL_MEETING, cell=old)
    make_attendance(merged.binh, visit)
    cell = make_cell(merged.new, "3", started_on=MERGED, former=old)
    fresh = make_cell(merged.new, "4", started_on=MERGED)
    found = {row.cell: row.last for row in cells_visited(merged.new, user, AFTER)}
    assert found == {cell: BEFORE, fresh: None}
    assert [row.cell for row in cells_visited(merged.nine, user, AFTER)] == [old]


def test_cells_of_an_old_unit_are_read_and_no_longer_changed(merged, client_as):
    make_cell(merged.one, "3", ended_on=MERGED, end_note="Sắp xếp đơn vị")
    address = reverse("reports:commune_cells", args=[merged.one.pk])
    shown = client_as(Role.OFFICE).get(address)
    assert [cell.name for cell in shown.context["cells"]] == ["3"]
    assert not shown.context["cell_forms"]
    assert client_as(Role.OFFICE).post(address, {"viec": "add"}).status_code == 403


def test_first_page_of_the_officer_has_what_came_with_the_merger(merged, client_as):
    shown = client_as(Role.OFFICER).get(f"/?ngay={AFTER}")
    [card] = [card for card in shown.context["cards"] if card.commune]
    assert card.commune == merged.new
    assert card.petitions.open == 1


def test_minutes_are_of_the_old_unit_and_name_who_follows_the_new(merged, client_as):
    office = client_as(Role.OFFICE)
    general = text(page(office, merged.new))
    assert "Đồng chí Trần Thị Cúc thôi phụ trách từ ngày 01/09/2024" in general
    assert "Đồng chí Lê Văn Bình thôi phụ trách" not in general  # he goes on
    address = reverse("reports:handover_minutes", args=[merged.one.pk])
    assert client_as(Role.OFFICE).get(f"{address}?ngay={AFTER}").status_code == 200
    goes_on = reverse("reports:handover_minutes", args=[merged.nine.pk])
    assert client_as(Role.OFFICE).get(f"{goes_on}?ngay={AFTER}").status_code == 404


# --- entering ------------------------------------------------------------------------------------


def facts(commune: Commune, day: dt.date) -> VisitFacts:
    return VisitFacts(commune, day, VisitKind.COMMITTEE_MEETING, VisitOutcome.HELD)


def refusal(merged, commune: Commune, day: dt.date) -> str:
    with pytest.raises(ValidationError) as refused:
        check_entry(merged.binh, facts(commune, day))
    return " ".join(refused.value.messages)


def test_a_late_visit_is_of_the_unit_of_its_day(merged):
    check_entry(merged.binh, facts(merged.nine, EVE))
    check_entry(merged.binh, facts(merged.new, MERGED))
    wrong = refusal(merged, merged.new, EVE)
    assert "Ngày đó, địa bàn này là Phường 1, Phường 9: chọn đơn vị của ngày đó." in wrong
    wrong = refusal(merged, merged.nine, MERGED)
    assert "Ngày đó, địa bàn này là Phường Phú Lợi: chọn đơn vị của ngày đó." in wrong
    assert "địa bàn này" not in refusal(merged, merged.one, EVE)


def test_the_form_offers_old_units_with_their_last_day(merged, client_as):
    shown = text(client_as(Role.OFFICER).get(reverse("reports:visit_log")))
    assert "Phường 9" in shown
    assert "đến hết 31/08/2024" in shown


def test_a_plan_made_for_the_old_unit_is_carried_out_in_the_new(merged):
    plan = make_plan(merged.binh, merged.nine, planned_on=AFTER)
    attendance = make_attendance(merged.binh, make_visit(merged.new, visited_on=AFTER))
    assert plan_met_by(attendance, None) == plan


# --- documents followed --------------------------------------------------------------------------


def test_a_new_unit_is_as_far_as_the_latest_of_what_it_came_of(merged):
    user = make_user(Role.OFFICE)
    directive = make_directive()
    make_follow_up(directive, merged.one, noted_on=BEFORE, state=FollowUpState.DIFFICULT)
    make_follow_up(directive, merged.nine, noted_on=EVE, state=FollowUpState.DONE)
    [(_, last)] = states_of(merged.new, user, AFTER)
    assert (last.state, last.commune) == (FollowUpState.DONE, merged.nine)
    [(_, last)] = states_of(merged.one, user, AFTER)
    assert last.state == FollowUpState.DIFFICULT
    assert len(trail(directive, merged.new, user, AFTER)) == 2
    states = with_state(Commune.objects.existing_on(AFTER), directive, user, AFTER)
    assert {row.full_name: row.state for row in states} == {"Phường Phú Lợi": "done"}
    counted = with_tally(Directive.objects.all(), user, AFTER).get()
    assert (counted.n_done, counted.n_difficult, counted.n_untouched) == (1, 0, 0)
    then = with_tally(Directive.objects.all(), user, EVE).get()
    assert (then.n_done, then.n_difficult, then.n_untouched) == (1, 1, 0)
    make_follow_up(directive, merged.new, noted_on=AFTER, state=FollowUpState.REMINDED)
    later = with_tally(Directive.objects.all(), user, AFTER).get()
    assert (later.n_done, later.n_reminded, later.n_untouched) == (0, 1, 0)


def test_noting_of_a_unit_that_is_no_more_says_where_to_note(merged):
    now = dt.datetime(2024, 9, 20, 3, tzinfo=dt.UTC)
    noted = Noted(AFTER, FollowUpState.REMINDED, "Đã nhắc")
    with pytest.raises(RowErrors) as refused:
        note_follow_ups(
            directive=make_directive(),
            communes=[merged.nine],
            noted=noted,
            by=merged.binh.user,
            now=now,
        )
    assert "địa bàn này là Phường Phú Lợi: chọn đơn vị" in refused.value.errors[0][0]


# --- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [(EVE, "Phường 9</a><small"), (AFTER, "Phường Phú Lợi</a> (trước đây là Phường 9)<small")],
)
def test_the_search_box_finds_a_former_name(merged, client_as, day, expected):
    shown = client_as(Role.OFFICE).get(reverse("reports:search"), {"tim": "phuong 9", "ngay": day})
    assert expected.replace("<small", "") in text(shown)


def test_the_list_finds_a_unit_by_a_former_name(merged, client_as):
    shown = client_as(Role.OFFICE).get(
        reverse("reports:commune_list"), {"tim": "phuong 9", "ngay": AFTER}
    )
    assert "Phường Phú Lợi" in text(shown)


def test_a_code_is_of_the_unit_that_had_it_on_the_day(users, client_as):
    ward = {"kind": CommuneKind.WARD}
    nine, one = make_commune("9", code="31522", **ward), make_commune("1", code="31504", **ward)
    new = make_merger(nine, one, name="1", code="31522", on=MERGED, **ward)
    for day, unit in ((EVE, nine), (MERGED, new)):
        for page_of in ("reports:search", "reports:commune_list"):
            shown = client_as(Role.OFFICE).get(reverse(page_of), {"tim": "31522", "ngay": day})
            link = reverse("reports:commune_detail", args=[unit.pk])
            assert f'href="{link}' in shown.content.decode(), (day, page_of)
            assert reverse("reports:commune_detail", args=[one.pk]) not in shown.content.decode()


def test_records_of_an_old_unit_say_what_it_is_now(merged, client_as):
    office = client_as(Role.OFFICE)
    petition = reverse("petitions:detail", args=[merged.petition.pk])
    visit = reverse("visits:detail", args=[merged.one.visits.get().pk])
    for address in (petition, visit):
        assert "(nay là Phường Phú Lợi)" in text(office.get(f"{address}?ngay={AFTER}"))
        assert "nay là" not in text(office.get(f"{address}?ngay={EVE}"))


def test_a_unit_of_the_same_name_is_told_by_its_last_day(users, client_as):
    old = make_commune("Kế An")
    make_attendance(visit=make_visit(old, visited_on=BEFORE))
    new = make_merger(old, make_commune("Kế Thành"), name="Kế An", on=MERGED)
    shown = text(page(client_as(Role.OFFICE), new, part="chuyen-di"))
    assert "khi là Xã Kế An (đến 31/08/2024)" in shown


def test_duties_of_the_old_unit_are_on_the_card_of_the_new(users, client_as):
    make_regulation(DutyKind.COMMITTEE_MEETING)
    make_period(dt.date(2024, 7, 1), dt.date(2024, 10, 1))
    merged = Merged(users)
    shown = client_as(Role.OFFICER).get(f"/?ngay={AFTER}")
    [card] = [card for card in shown.context["cards"] if card.commune]
    assert {task.former for task in card.tasks} == {merged.nine, None}
    assert "khi là Phường 9" in text(shown)
