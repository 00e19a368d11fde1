"""Who is told: nobody of what they may not see, in a fixed number of queries, nothing private."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from assignments.enums import AssignmentRole, DutyKind, DutyUnit
from assignments.models import Attendance, MeetingNotice
from reports.enums import BodyLevel, NotificationKind, PetitionAct, PetitionState
from reports.models import ConclusionTask, Notification, Petition
from reports.notifications import users_of
from reports.notifications.audience import Audience
from reports.notifications.nightly import due, untold
from reports.notifications.notices import (
    Stage,
    ahead_of,
    days_left,
    is_own_page,
    lines_of,
    linked,
    present,
)
from tests.factories import (
    DAY,
    make_answer,
    make_assignment,
    make_attendance,
    make_body,
    make_commune,
    make_duty,
    make_leg,
    make_notice,
    make_officer,
    make_period,
    make_petition,
    make_regulation,
    make_task,
    make_user,
    make_visit,
    make_waiver,
)
from tests.reports.notifications.nights import at_night, keys_told, run, told
from tests.reports.notifications.quarter import make_quarter, tell_story

pytestmark = pytest.mark.django_db
ONE = dt.timedelta(days=1)


def an_officer(name: str = "an", **fields):
    return make_officer(user=make_user(Role.OFFICER, username=name), **fields)


def stages_told(user: User | str) -> list[str]:
    """Give the stages a user was told of, in order."""
    name = getattr(user, "username", user)
    rows = Notification.objects.exclude(kind="digest").filter(user__username=name)
    return [key.rpartition(":")[2] for key in rows.order_by("pk").values_list("key", flat=True)]


# --- stages --------------------------------------------------------------------------------------


def test_the_present_stage_is_the_last_whose_day_has_come():
    stages = [Stage("20-days", DAY), Stage("7-days", DAY + 13 * ONE)]
    assert present(stages, DAY - ONE) is None
    assert present(stages, DAY).name == "20-days"
    assert present(stages, DAY + 12 * ONE).name == "20-days"
    assert present(stages, DAY + 400 * ONE).name == "7-days"


def test_days_ahead_come_from_the_setting_in_any_order(settings):
    settings.REMINDER_DAYS = [3, 30, 3]
    assert ahead_of(DAY) == [Stage("30-days", DAY - 30 * ONE), Stage("3-days", DAY - 3 * ONE)]


def test_what_is_left_is_said_of_the_day_itself():
    assert days_left(DAY, DAY - 5 * ONE) == "còn 5 ngày, đến hết 09/05/2023"
    assert days_left(DAY, DAY) == "hôm nay là hạn cuối"


def test_only_pages_of_ours_are_linked():
    assert lines_of(linked("3 xã", "/dang-bo/")) == [("3 xã", "/dang-bo/")]
    assert lines_of("a → //xau\nb → http://xau\n → /x") == [
        ("a → //xau", ""),
        ("b → http://xau", ""),
        (" → /x", ""),
    ]
    assert not is_own_page("/\\xau")


# --- reports and duties --------------------------------------------------------------------------


@pytest.fixture
def reporting():
    """Ask An, of two communes, for a report of each and a committee meeting in each."""
    regulation = make_regulation(DutyKind.COMMITTEE_MEETING)
    make_duty(regulation, kind=DutyKind.REPORT, unit=DutyUnit.PER_ASSIGNMENT)
    officer = an_officer()
    communes = [make_assignment(officer).commune for _ in range(2)]
    return officer, communes, make_period()


def test_one_notice_tells_of_all_communes(reporting):
    _, communes, _ = reporting
    run(dt.date(2023, 6, 12))
    report, duty = Notification.objects.order_by("-kind")
    assert report.title == "Báo cáo Quý II/2023: chưa nộp, còn 18 ngày, đến hết 30/06/2023"
    assert duty.title == ("Quý II/2023: còn 2 lượt phải thực hiện, còn 18 ngày, đến hết 30/06/2023")
    for commune in communes:
        assert commune.full_name in report.detail
        assert f"{commune.full_name}: Dự họp Ban Chấp hành Đảng bộ (1)" in duty.detail


def test_another_due_day_is_another_thing(reporting):
    officer, _, period = reporting
    run(dt.date(2023, 6, 24))
    period.due_on = dt.date(2023, 7, 15)
    period.save()
    run(dt.date(2023, 6, 25))
    run(dt.date(2023, 6, 26))
    head = f"report-due:{officer.pk}:{period.pk}"
    reports_told = {key for _, key in told() if key.startswith("report-due")}
    assert reports_told == {f"{head}:2023-06-30:7-days", f"{head}:2023-07-15:20-days"}


def test_what_is_excused_is_not_asked_for(reporting):
    officer, communes, period = reporting
    for commune in communes:
        for kind in (DutyKind.COMMITTEE_MEETING, DutyKind.REPORT):
            make_waiver(officer, commune, period, duty_kind=kind, effect="waived")
    assert keys_told(dt.date(2023, 6, 24)) == set()


def test_a_report_of_years_ago_is_no_reminders_matter(reporting):
    assert keys_told(dt.date(2025, 1, 1)) == set()


# --- who acts for an officer ---------------------------------------------------------------------


def test_who_acts_for_an_officer_is_as_their_scope_says():
    officer = an_officer()
    assistant, promoted = make_user(Role.ASSISTANT), make_user(Role.LEADER)
    locked = make_user(Role.ASSISTANT, is_active=False)
    officer.assistants.add(assistant, promoted, locked)
    odd = make_officer(user=make_user(Role.ASSISTANT))
    audience = Audience.read()
    assert (
        set(audience.acting_for(officer.pk)) == {officer.user, assistant} == set(users_of(officer))
    )
    assert audience.acting_for(odd.pk) == () == tuple(users_of(odd))
    assert audience.acting_for(None) == ()


def test_leaders_are_told_what_the_office_does_not_settle_itself():
    office, leader = make_user(Role.OFFICE), make_user(Role.LEADER)
    make_user(Role.ADMIN)
    make_user(Role.LEADER, is_active=False)
    audience = Audience.read()
    assert audience.office == (office,)
    assert audience.leaders == (leader,)


# --- visits and invitations ----------------------------------------------------------------------


def test_who_supports_is_invited_too_and_who_left_is_not():
    main, support, gone = (an_officer(name) for name in ("main", "support", "gone"))
    commune = make_assignment(main).commune
    make_assignment(support, commune, role=AssignmentRole.SUPPORT)
    make_assignment(gone, commune, role=AssignmentRole.SUPPORT, ended_on=DAY)
    make_notice(commune, held_on=DAY, entered_at=at_night(DAY - 5 * ONE))
    assert {name for name, _ in keys_told(DAY)} == {"main", "support"}


@pytest.mark.parametrize(
    ("held_on", "entered_on", "stages"),
    [
        (DAY, DAY - 3 * ONE, ["eve"]),
        (DAY + ONE, DAY, ["eve"]),
        (DAY + 2 * ONE, DAY - 3 * ONE, ["waiting"]),
        (DAY + 9 * ONE, DAY - 2 * ONE, []),
        (DAY - ONE, DAY - 9 * ONE, []),
    ],
)
def test_an_invitation_is_told_before_the_meeting(held_on, entered_on, stages):
    officer = an_officer()
    commune = make_assignment(officer).commune
    make_notice(commune, held_on=held_on, entered_at=at_night(entered_on))
    withdrawn = make_notice(commune, held_on=DAY, place="Khác")
    withdrawn.withdrawn_at, withdrawn.withdrawal_reason = at_night(DAY), "Hoãn"
    withdrawn.save()
    run(DAY)
    assert stages_told("an") == stages


def test_only_who_confirms_is_told_to_confirm():
    officer = an_officer()
    officer.assistants.add(make_user(Role.ASSISTANT, username="em"))
    make_attendance(officer, confirmed_at=None, entered_at=at_night(DAY))
    assert keys_told(DAY, DAY + 2 * ONE) == set()
    assert {name for name, _ in keys_told(DAY + 3 * ONE)} == {"an"}


# --- petitions -----------------------------------------------------------------------------------


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE, username="office")


@pytest.fixture
def leader() -> User:
    return make_user(Role.LEADER, username="leader")


def routed(petition: Petition, on: dt.date, due_on: dt.date, **body):
    leg = make_leg(petition, started_on=on, due_on=due_on, body=make_body(**body))
    tell_story(petition, (PetitionAct.ROUTE, PetitionState.ROUTED, on, {"body": leg.body}))
    return leg


def test_a_petition_nobody_routes_goes_to_the_leaders(office, leader):
    make_petition()
    for day in (5, 6, 30, 31, 40):
        run(DAY + day * ONE)
    assert stages_told(office) == ["unrouted", "escalated"]
    assert stages_told(leader) == ["escalated"]


def test_waiting_at_the_commune_does_not_escalate(office, leader):
    routed(make_petition(), DAY, DAY + 10 * ONE, level=BodyLevel.COMMUNE)
    run(DAY + 100 * ONE)
    assert stages_told(office) == ["overdue"]
    assert stages_told(leader) == []


def test_another_leg_is_another_thing(office):
    petition = make_petition()
    first = routed(petition, DAY, DAY + 5 * ONE)
    run(DAY + 6 * ONE)
    first.ended_on = DAY + 7 * ONE
    first.save()
    make_leg(petition, started_on=DAY + 7 * ONE, due_on=DAY + 12 * ONE)
    run(DAY + 8 * ONE)
    run(DAY + 13 * ONE)
    assert stages_told(office) == ["overdue", "overdue"]


def test_reopened_it_is_told_again(office):
    petition = make_petition()
    run(DAY + 6 * ONE)
    tell_story(
        petition,
        (PetitionAct.ANSWER, PetitionState.RESOLVED, DAY + 7 * ONE, {"answer": make_answer()}),
        (PetitionAct.REOPEN, PetitionState.NEW, DAY + 8 * ONE, {"note": "Chưa xong"}),
    )
    run(DAY + 9 * ONE)
    assert stages_told(office) == ["unrouted"]
    run(DAY + 14 * ONE)
    assert stages_told(office) == ["unrouted", "unrouted"]


def test_who_left_is_not_told_but_the_holder_of_the_commune(office):
    """The cover before the main officer; the office where there is nobody."""
    gone, main, cover = (an_officer(name) for name in ("gone", "main", "cover"))
    answer = (PetitionAct.ANSWER, PetitionState.RESOLVED, DAY, {"answer": make_answer()})
    places = [make_commune() for _ in range(3)]
    for place in places:
        make_assignment(gone, place, ended_on=DAY)
        tell_story(make_petition(place, gone), answer)
    for place in places[:2]:
        make_assignment(main, place, started_on=DAY)
    make_assignment(cover, places[1], started_on=DAY, role=AssignmentRole.COVER)
    run(DAY + 11 * ONE)
    assert [stages_told(who) for who in ("gone", "main", "cover", "office")] == [
        [],
        ["untold"],
        ["untold"],
        ["untold"],
    ]


def test_one_answer_of_many_is_one_roadmap(office):
    answer = make_answer(outcome="under_resourced", roadmap_on=DAY + 9 * ONE)
    for _ in range(3):
        tell_story(
            make_petition(),
            (PetitionAct.ANSWER, PetitionState.UNDER_RESOURCED, DAY, {"answer": answer}),
            (
                PetitionAct.TELL,
                PetitionState.UNDER_RESOURCED,
                DAY + ONE,
                {"is_closed": True, "note": "Đã báo"},
            ),
        )
    run(DAY + 8 * ONE)
    assert stages_told(office) == []
    run(DAY + 20 * ONE)
    (notice,) = Notification.objects.exclude(kind="digest")
    assert notice.title == f"{answer} (3 kiến nghị): đã đến ngày dự kiến thực hiện 18/05/2023"
    assert notice.address == "/kien-nghi/?trang_thai=under_resourced"


# --- everything together -------------------------------------------------------------------------

SEEN_BY_KEY = {
    "petition": Petition.objects.visible_to,
    "task": ConclusionTask.objects.visible_to,
    "confirm": Attendance.objects.visible_to,
    "meeting": MeetingNotice.objects.visible_to,
}


def test_nobody_is_told_of_what_they_may_not_see():
    make_quarter()
    for day in range(0, 111, 3):
        run(dt.date(2023, 4, 1) + day * ONE)
    seen = 0
    for row in Notification.objects.select_related("user"):
        what, _, rest = row.key.partition(":")
        if what in SEEN_BY_KEY:
            record = rest.partition(":")[0]
            assert SEEN_BY_KEY[what](row.user).filter(pk=record).exists(), row.key
            seen += 1
        assert row.user.is_active
    assert seen > 10


def test_every_notice_opens_a_page_for_who_was_told(client_as):
    make_quarter()
    for day in range(0, 111, 9):
        run(dt.date(2023, 4, 1) + day * ONE)
    rows = list(Notification.objects.select_related("user").order_by("pk"))
    digests = {row.user: row for row in rows if row.kind == NotificationKind.DIGEST}
    opened = {(row.user, row.address) for row in rows if row.kind != NotificationKind.DIGEST}
    for user, row in digests.items():
        opened |= {(user, line.address) for line in lines_of(row.detail)} | {(user, row.address)}
    assert len(opened) > 30
    for user, address in opened:
        assert client_as(user).get(address).status_code == 200, (user, address)


def test_titles_name_nobody_and_tell_no_content():
    quarter = make_quarter()
    Petition.objects.update(content="Ông Bảy bị lấn đất", beneficiary="Ông Bảy")
    notices = [
        notice for day in range(0, 111, 7) for notice in due(dt.date(2023, 4, 1) + day * ONE)
    ]
    assert len(notices) > 30
    private = ["Bảy", "Rà soát", *(officer.full_name for officer in quarter.officers.values())]
    for notice in notices:
        assert not [word for word in private if word in notice.title], notice.title


def many_officers(number: int) -> None:
    """Add officers to whom everything happens."""
    for _ in range(number):
        officer = make_officer(user=make_user(Role.OFFICER))
        officer.assistants.add(make_user(Role.ASSISTANT))
        commune = make_assignment(officer).commune
        make_notice(commune, held_on=dt.date(2023, 6, 25), entered_at=at_night(DAY))
        make_attendance(officer, make_visit(commune), confirmed_at=None, entered_at=at_night(DAY))
        make_petition(commune, officer)
        routed(make_petition(commune, officer), DAY, DAY + 5 * ONE)
        answer = make_answer(outcome="under_resourced", roadmap_on=DAY)
        story = (PetitionAct.ANSWER, PetitionState.UNDER_RESOURCED, DAY, {"answer": answer})
        tell_story(make_petition(commune, officer), story)
        make_task(officer=officer, due_on=DAY)


def test_queries_do_not_grow_with_officers():
    make_quarter()
    many_officers(2)
    day = dt.date(2023, 6, 24)
    with CaptureQueriesContext(connection) as few:
        before = len(untold(due(day)))
    many_officers(20)
    with CaptureQueriesContext(connection) as many:
        after = len(untold(due(day)))
    assert after > before + 20 * 10
    assert len(many) == len(few)
    assert len(many) < 45
