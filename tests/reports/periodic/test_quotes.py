"""What a report is filled in with and what it quotes: the officer's own, frozen when handed in."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.enums import Role
from assignments.enums import (
    AssignmentRole,
    DutyUnit,
    FollowUpState,
    MassOrganisation,
    VisitOutcome,
)
from assignments.models import Duty, MassOrganisationNote
from reports.enums import PetitionAct, PetitionState
from reports.models import PetitionEvent
from reports.periodic import begin_report, quotes, return_report, save_report, submit_report
from reports.periodic.prefill import PERSONAL
from tests.factories import (
    DAY,
    make_assignment,
    make_attendance,
    make_directive,
    make_follow_up,
    make_officer,
    make_petition,
    make_visit,
)
from tests.reports.periodic.world import IN_TIME, LATE, at


def rows(quoted: dict, name: str) -> list[list]:
    """Give the rows of one block."""
    return next(block["rows"] for block in quoted["blocks"] if block["name"] == name)


@pytest.fixture
def begin(users, writer):
    """Give ``begin()``: the officer begins the report of the quarter."""

    def begun():
        return begin_report(
            officer=writer.officer,
            period=writer.period,
            commune=None,
            by=users[Role.OFFICER],
            now=at(IN_TIME),
        )

    return begun


def test_each_section_is_filled_in_with_what_was_written_down(writer, begin):
    went = make_attendance(
        writer.officer,
        make_visit(writer.commune),
        economy="Giá lúa giảm\nthương lái ép giá",
        defence="Ổn định",
        politics="Sinh hoạt đều",
        area_change="Đã có đường bê tông",
    )
    MassOrganisationNote.objects.create(
        attendance=went, organisation=MassOrganisation.WOMEN, note="11 tổ tiết kiệm"
    )
    directive = make_directive("27-NQ/TU", subject="Về nông thôn mới")
    facts = {"officer": writer.officer, "state": FollowUpState.DIFFICULT, "note": "Thiếu vốn"}
    make_follow_up(directive, writer.commune, **facts)
    petition = make_petition(writer.commune, writer.officer)
    draft = begin()
    where = "Đảng bộ xã An Ninh (09/05/2023)"
    assert draft.economy == f"- {where}: Giá lúa giảm thương lái ép giá"
    assert draft.defence == f"- {where}: Ổn định"
    assert draft.politics == f"- {where}: Sinh hoạt đều"
    assert draft.area_change == f"- {where}: Đã có đường bê tông"
    assert draft.organisations == f"- Hội Liên hiệp Phụ nữ, {where}: 11 tổ tiết kiệm"
    assert draft.resolutions.splitlines() == [
        "- 27-NQ/TU, ngày 01/11/2021 – Về nông thôn mới:",
        f"+ {where}, có khó khăn, vướng mắc: Thiếu vốn",
    ]
    assert draft.difficulties == f"- {where}, thực hiện 27-NQ/TU: Thiếu vốn"
    assert draft.proposals == (
        f"- {petition}, {where}: Đề nghị lắp đèn đường ấp 3. Tình trạng: mới."
    )


def test_only_what_is_the_officers_own_confirmed_and_of_the_period(writer, begin):
    colleague = make_officer("Sơn Hiền")
    make_assignment(colleague, writer.commune, role=AssignmentRole.SUPPORT)
    shared = make_visit(writer.commune)
    make_attendance(colleague, shared, economy="Của đồng nghiệp")
    make_attendance(writer.officer, shared, economy="Chưa xác nhận", confirmed_at=None)
    earlier = make_visit(writer.commune, visited_on=dt.date(2023, 3, 31))
    make_attendance(writer.officer, earlier, economy="Kỳ trước")
    ahead = make_visit(writer.commune, visited_on=IN_TIME + dt.timedelta(days=1))
    make_attendance(writer.officer, ahead, economy="Ngày mai")
    make_follow_up(commune=writer.commune, officer=colleague)
    make_petition(writer.commune, colleague)
    draft = begin()
    assert (draft.economy, draft.resolutions, draft.proposals) == ("", "", "")
    quoted = quotes(draft, IN_TIME)
    assert rows(quoted, "visits") == []
    assert [number for _, number in rows(quoted, "petitions")] == [0, 0, 0, 0]


def test_personal_data_stay_where_they_are(writer, begin):
    make_petition(writer.commune, writer.officer, content="Hộ bà Lâm Thị B", has_personal_data=True)
    draft = begin()
    assert PERSONAL in draft.proposals
    assert "Lâm Thị B" not in draft.proposals


def test_a_commune_has_only_its_own(users, writer):
    from_elsewhere = make_attendance(writer.officer, economy="Nơi khác")
    make_assignment(writer.officer, from_elsewhere.visit.commune)
    make_attendance(writer.officer, make_visit(writer.commune), economy="Ở đây")
    Duty.objects.update(unit=DutyUnit.PER_ASSIGNMENT)
    draft = begin_report(
        officer=writer.officer,
        period=writer.period,
        commune=writer.commune,
        by=users[Role.OFFICER],
        now=at(IN_TIME),
    )
    assert draft.economy.endswith("Ở đây")
    assert "Nơi khác" not in draft.economy
    assert len(rows(quotes(draft, IN_TIME), "visits")) == 1


def test_the_numbers_are_those_of_the_records(writer, draft):
    make_attendance(writer.officer, make_visit(writer.commune))
    postponed = make_visit(
        writer.commune, visited_on=dt.date(2023, 5, 2), outcome=VisitOutcome.POSTPONED
    )
    make_attendance(writer.officer, postponed)
    settled = make_petition(writer.commune, writer.officer)
    PetitionEvent.objects.filter(petition=settled).update(superseded_on=DAY)
    PetitionEvent.objects.create(
        petition=settled,
        act=PetitionAct.MARK_DUPLICATE,
        state=PetitionState.DUPLICATE,
        happened_on=DAY,
    )
    make_petition(writer.commune, writer.officer)
    quoted = quotes(draft, IN_TIME)
    assert rows(quoted, "duties") == [["Dự họp Ban Chấp hành Đảng bộ", 1, 1, 0, 0, 0]]
    assert rows(quoted, "visits") == [["09/05/2023", "Xã An Ninh", "Dự họp Ban Chấp hành Đảng bộ"]]
    assert [number for _, number in rows(quoted, "petitions")] == [2, 1, 0, 1]


def test_what_was_handed_in_stays_whatever_is_entered_later(users, writer, draft):
    submitted = submit_report(report=draft, edition=None, by=users[Role.OFFICER], now=at(IN_TIME))
    frozen = submitted.quoted
    make_attendance(writer.officer, make_visit(writer.commune))
    make_petition(writer.commune, writer.officer)
    submitted.refresh_from_db()
    assert quotes(submitted, LATE) == submitted.quoted == frozen
    assert rows(frozen, "visits") == []


def test_handed_in_again_the_numbers_are_new_and_the_old_ones_kept(users, writer, draft):
    officer, office = users[Role.OFFICER], users[Role.OFFICE]
    submitted = submit_report(report=draft, edition=None, by=officer, now=at(IN_TIME))
    back = return_report(report=submitted, reason="Bổ sung", by=office, now=at(IN_TIME))
    make_attendance(writer.officer, make_visit(writer.commune))
    assert len(rows(quotes(back, LATE), "visits")) == 1  # live again
    save_report(report=back, sections={"economy": "Khác"}, edition=None, by=officer, now=at(LATE))
    again = submit_report(report=back, edition=None, by=officer, now=at(LATE))
    assert len(rows(again.quoted, "visits")) == 1
    first, second = again.events.filter(content__isnull=False)
    assert rows(first.content["quoted"], "visits") == []
    assert second.content["quoted"] == again.quoted
