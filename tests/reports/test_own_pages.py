"""What an officer opens on a phone: own communes with what is due, and the brief to take along."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.urls import reverse

from accounts.enums import Role
from assignments.enums import AssignmentRole, DutyKind, FollowUpState, VisitKind, VisitOutcome
from assignments.models import Directive, FollowUp, MeetingNotice
from communes.models import Contact
from tests.client import as_read
from tests.factories import (
    make_assignment,
    make_attendance,
    make_cell,
    make_commune,
    make_officer,
    make_period,
    make_plan,
    make_regulation,
    make_visit,
    make_waiver,
)

DAY = dt.date(2024, 5, 20)
START = dt.date(2023, 1, 1)


def as_of(address: str, day: dt.date = DAY) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}ngay={day.isoformat()}"


def text(response) -> str:
    return " ".join(html.unescape(as_read(response.content.decode())).split())


@pytest.fixture
def quarters(db):
    make_regulation(DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING)
    last = make_period(dt.date(2024, 1, 1), dt.date(2024, 4, 1))
    return last, make_period(dt.date(2024, 4, 1), dt.date(2024, 7, 1))


@pytest.fixture
def me(users):
    officer = make_officer("Lê Thị Ánh", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return officer


@pytest.fixture
def mine(me, quarters):
    """Give two communes of one officer; in the first all is done, in the second nothing."""
    first, second = make_commune("Đại Hải"), make_commune("Ba Trinh")
    for commune in (first, second):
        make_assignment(me, commune, started_on=START)
    for kind in (VisitKind.COMMITTEE_MEETING, VisitKind.CELL_MEETING):
        make_attendance(me, make_visit(first, visited_on=dt.date(2024, 4, 14), kind=kind))
        make_attendance(me, make_visit(first, visited_on=dt.date(2024, 2, 14), kind=kind))
    return first, second


def cards(page) -> dict[str, object]:
    return {card.commune.name: card for card in page.context["cards"]}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_each_commune_says_what_is_left(mine, client_as, role):
    page = client_as(role).get(as_of("/"))
    assert "Quý II/2024 còn <b>2 việc</b>, hạn gần nhất 01/07/2024" in text(page)
    found = cards(page)
    assert str(found["Đại Hải"].state) == "đủ"
    assert [task.remark for task in found["Đại Hải"].tasks] == ["14/04", "14/04"]
    assert str(found["Ba Trinh"].state) == "còn 2 việc"
    assert [task.remark for task in found["Ba Trinh"].tasks] == ["còn 42 ngày", "còn 42 ngày"]


def test_what_the_last_quarter_lacks_asks_for_a_reason(mine, quarters, client_as, me):
    page = client_as(Role.OFFICER).get(as_of("/"))
    missed = cards(page)["Ba Trinh"].missed
    assert [task.line.period for task in missed] == [quarters[0], quarters[0]]
    assert "Quý I/2024: thiếu 1, chưa rõ lý do" in text(page)
    address = (
        f"{reverse('reports:waiver_add')}?can_bo={me.pk}&dang_bo={mine[1].pk}"
        f"&ky={quarters[0].pk}&nhiem_vu=committee_meeting"
    )
    assert address in text(page)
    for kind in (DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING):
        make_waiver(me, mine[1], quarters[0], duty_kind=kind)
    assert cards(client_as(Role.OFFICER).get(as_of("/")))["Ba Trinh"].missed == []


def test_an_attempt_is_still_left_to_do(mine, client_as, me):
    visit = make_visit(mine[1], visited_on=dt.date(2024, 5, 2), outcome=VisitOutcome.POSTPONED)
    make_attendance(me, visit)
    assert cards(client_as(Role.OFFICER).get(as_of("/")))["Ba Trinh"].left == 2


def test_what_an_assistant_typed_waits_and_is_not_counted(mine, client_as, me):
    make_attendance(me, make_visit(mine[1], visited_on=DAY), confirmed_at=None)
    page = client_as(Role.OFFICER).get(as_of("/"))
    assert "1 lượt do thư ký ghi đang chờ xác nhận" in text(page)
    assert cards(page)["Ba Trinh"].left == 2


def test_plans_and_unanswered_notices_stand_on_the_first_page(mine, client_as, me):
    make_plan(me, mine[1], planned_on=DAY + dt.timedelta(days=3))
    MeetingNotice.objects.create(
        commune=mine[0],
        kind=VisitKind.COMMITTEE_MEETING,
        held_on=DAY + dt.timedelta(days=5),
        held_at=dt.time(7, 30),
        place="Hội trường xã",
        content="Sơ kết quý",
    )
    page = text(client_as(Role.OFFICER).get(as_of("/")))
    assert "07 giờ 30, ngày 25/05/2024, tại Hội trường xã: chưa trả lời giấy mời" in page
    assert "23/05/2024: Dự họp Ban Chấp hành Đảng bộ" in page


def test_nothing_of_another_officers_is_here(mine, client_as, me):
    colleague = make_assignment(make_officer("Trần Văn Khác"), started_on=START)
    make_plan(colleague.officer, colleague.commune, planned_on=DAY + dt.timedelta(days=1))
    make_attendance(
        colleague.officer, make_visit(colleague.commune, visited_on=DAY), confirmed_at=None
    )
    page = client_as(Role.OFFICER).get(as_of("/"))
    assert set(cards(page)) == {"Đại Hải", "Ba Trinh"}
    assert colleague.commune.name not in text(page)
    assert page.context["waiting"] == 0


def test_when_somebody_stands_in_the_days_are_theirs(mine, client_as, me):
    make_assignment(
        commune=mine[1],
        role=AssignmentRole.COVER,
        started_on=dt.date(2024, 4, 5),
        ended_on=dt.date(2024, 6, 28),
    )
    card = cards(client_as(Role.OFFICER).get(as_of("/")))["Ba Trinh"]
    assert (card.left, str(card.state)) == (0, "Chưa phải thực hiện")


# --- the brief -----------------------------------------------------------------------------------


@pytest.fixture
def told(mine, me):
    """Give the second commune a contact, a cell never visited, promises and a document."""
    commune = mine[1]
    Contact.objects.create(commune=commune, full_name="Kim Sơn", office="Bí thư", phone="0299")
    make_cell(commune, "3")
    visit = make_visit(commune, visited_on=dt.date(2024, 1, 9), cell=make_cell(commune, "1"))
    make_attendance(
        me,
        visit,
        findings="Đường ấp 3 hư hỏng",
        promised="Hỏi Sở về đèn đường",
        area_change="Thêm 2 km đường bê tông",
    )
    directive = Directive.objects.create(
        number="15-CT/TU", issued_on=START, subject="Đại hội chi bộ", started_on=START
    )
    FollowUp.objects.create(
        directive=directive,
        commune=commune,
        noted_on=dt.date(2024, 2, 1),
        state=FollowUpState.REMINDED,
        note="Đã nhắc",
    )
    return commune


def test_the_brief_tells_all_on_one_page(told, client_as):
    address = reverse("reports:brief", args=[told.pk])
    for role in (Role.OFFICER, Role.ASSISTANT, Role.LEADER):
        page = text(client_as(role).get(as_of(address)))
        for words in (
            "Kim Sơn",
            "0299",
            "Hỏi Sở về đèn đường",
            "Đường ấp 3 hư hỏng",
            "Thêm 2 km đường bê tông",
            "Đã đôn đốc, nhắc nhở (01/02/2024)",
            "dự lần cuối 09/01/2024",
            "chưa dự lần nào",
            "Còn việc",
        ):
            assert words in page, words


def test_the_brief_of_a_day_knows_nothing_later(told, client_as):
    address = reverse("reports:brief", args=[told.pk])
    page = text(client_as(Role.OFFICER).get(as_of(address, dt.date(2024, 1, 8))))
    assert "Hỏi Sở về đèn đường" not in page
    assert "Đã nhắc" not in page


def test_a_stranger_gets_no_brief(told, client_as, users, me):
    me.user = None
    me.save()
    address = reverse("reports:brief", args=[told.pk])
    assert client_as(Role.OFFICER).get(as_of(address)).status_code == 404


def test_the_dossier_shows_the_series_of_changes_in_time_order(told, client_as, me):
    make_attendance(
        me, make_visit(told, visited_on=dt.date(2024, 4, 2)), area_change="Thêm trường mầm non"
    )
    address = reverse("reports:commune_detail", args=[told.pk])
    page = client_as(Role.LEADER).get(as_of(f"{address}?muc=chuyen-di"))
    assert [row.area_change for row in page.context["area_changes"]] == [
        "Thêm 2 km đường bê tông",
        "Thêm trường mầm non",
    ]
