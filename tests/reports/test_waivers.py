"""Asking to be excused or explained, deciding about it, taking it back; two writers at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import DutyKind, DutyUnit
from assignments.models import Duty
from reports.duties import duty_list
from reports.enums import WaiverEffect
from reports.models import Waiver
from reports.waivers import (
    ask_waiver,
    decide_waivers,
    is_waiting,
    withdraw_waiver,
)
from reports.waivers import services as waivers
from reports.waivers.missing import periods_to_ask, shortfalls
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_officer,
    make_period,
    make_regulation,
    make_user,
    make_visit,
    make_waiver,
)
from tests.races.together import at_once

MEETING, CELL = DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING
TODAY = dt.date(2023, 6, 20)


def at(day: dt.date) -> dt.datetime:
    """Give noon of a day where the office is."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


NOW = at(TODAY)


@pytest.fixture
def quarter(db):
    return make_period()


@pytest.fixture
def held(users, quarter):
    """Give the assignment of the officer who is a user, who owes a meeting twice a quarter."""
    make_regulation(MEETING)
    Duty.objects.update(required=2)
    officer = make_officer("Thạch Văn Bình", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return make_assignment(officer)


@pytest.fixture
def ask(users, quarter, held):
    """Give ``ask(**other)``: the officer asks to have one meeting explained."""

    def asked(**other) -> Waiver:
        facts = {
            "officer": held.officer,
            "commune": held.commune,
            "period": quarter,
            "duty_kind": MEETING,
            "effect": WaiverEffect.EXPLAINED,
            "times": 1,
            "reason": "Đi công tác theo triệu tập",
            "document": "Giấy triệu tập số 12-CV/TU",
            "by": users[Role.OFFICER],
            "now": NOW,
        }
        return ask_waiver(**facts | other)

    return asked


@pytest.fixture
def decide(users):
    """Give ``decide(*waivers, accept=True)``, as the office does."""

    def decided(*rows, accept=True, note="", by=None, now=NOW):
        by = by or users[Role.OFFICE]
        return decide_waivers(waivers=rows, accept=accept, note=note, by=by, now=now)

    return decided


@pytest.fixture
def numbers(users, quarter):
    """Give ``numbers(day)``: (due, done, waived, explained, unexplained) of the only line."""

    def read(day: dt.date = TODAY) -> tuple[int, ...]:
        [line] = duty_list(users[Role.LEADER], [quarter], day)
        return line.due, line.done, line.waived, line.explained, line.unexplained

    return read


def refusal(act, *args, **kwargs) -> list[str]:
    """Give the sentences with which an act was refused, and assert that nothing was written."""
    before = AuditEvent.objects.count(), list(Waiver.objects.values_list())
    with pytest.raises(ValidationError) as caught:
        act(*args, **kwargs)
    assert (AuditEvent.objects.count(), list(Waiver.objects.values_list())) == before
    return caught.value.messages


# --- asking --------------------------------------------------------------------------------------


def waiting(user) -> int:
    """Count what waits of what ``user`` may see."""
    return Waiver.objects.visible_to(user).waiting().count()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.OFFICE])
def test_what_is_asked_waits_and_does_not_count_yet(users, ask, numbers, role):
    waiver = ask(by=users[role])
    assert is_waiting(waiver)
    assert (waiver.entered_by, waiver.entered_at) == (users[role], NOW)
    assert numbers() == (2, 0, 0, 0, 2)
    assert waiting(users[Role.LEADER]) == waiting(users[Role.OFFICER]) == 1
    event = AuditEvent.objects.get()
    assert event.verb == Verb.CREATE
    assert event.after["lý do"] == "Đi công tác theo triệu tập"


def test_no_more_is_asked_than_is_missing(ask):
    assert refusal(ask, times=3) == [
        "Chỉ còn 2 lần để đề nghị: phải thực hiện 2, đã thực hiện 0, "
        "đã được miễn hoặc có lý do 0, đang chờ xem xét 0."
    ]


def test_what_was_done_asked_or_accepted_is_not_missing(ask, decide, held):
    make_attendance(held.officer, make_visit(held.commune))
    decide(ask())
    assert refusal(ask, effect=WaiverEffect.WAIVED) == [
        "Không còn lần nào để đề nghị: phải thực hiện 2, đã thực hiện 1, "
        "đã được miễn hoặc có lý do 1, đang chờ xem xét 0."
    ]


def test_what_waits_is_counted_against_what_is_missing(ask):
    ask()
    assert refusal(ask, effect=WaiverEffect.WAIVED, times=2)[0].endswith("đang chờ xem xét 1.")
    ask(effect=WaiverEffect.WAIVED)
    assert Waiver.objects.count() == 2


def test_what_was_refused_or_taken_back_may_be_asked_again(ask, decide, users):
    decide(ask(times=2), accept=False, note="Chưa có giấy triệu tập")
    waiver = ask(times=2)
    withdraw_waiver(waiver=waiver, reason="Ghi nhầm", by=users[Role.OFFICER], now=NOW)
    ask(times=2)
    assert Waiver.objects.waiting().count() == 1


def test_the_same_is_asked_once(ask, decide):
    waiver = ask()
    assert refusal(ask, reason="Lý do khác") == [waivers.ASKED_ALREADY]
    decide(waiver)
    assert refusal(ask) == [waivers.ACCEPTED_ALREADY]
    ask(reason="Nghỉ ốm")


def test_a_duty_of_the_commune_needs_the_commune(ask):
    assert refusal(ask, commune=None) == [waivers.PER_COMMUNE]


def test_a_duty_of_the_officer_is_no_communes(ask, held):
    Duty.objects.update(unit=DutyUnit.PER_OFFICER)
    assert refusal(ask) == [waivers.PER_OFFICER]
    assert ask(commune=None).commune is None


def test_nobody_is_excused_from_what_they_do_not_owe(ask, held):
    other = make_commune("An Ninh")
    assert refusal(ask, commune=other) == [
        "Đồng chí Thạch Văn Bình không có nhiệm vụ “Dự họp Ban Chấp hành Đảng bộ” "
        "tại Đảng bộ xã An Ninh trong kỳ Quý II/2023."
    ]
    assert "không có nhiệm vụ “Dự sinh hoạt chi bộ”" in refusal(ask, duty_kind=CELL)[0]
    assert "không có nhiệm vụ “Báo cáo định kỳ”" in refusal(ask, duty_kind=DutyKind.REPORT)[0]


def test_a_period_to_come_owes_nothing_yet(ask):
    coming = make_period(dt.date(2023, 7, 1), dt.date(2023, 10, 1))
    assert refusal(ask, period=coming) == ["Quý III/2023 chưa bắt đầu, chưa tính nhiệm vụ."]


def test_nobody_asks_for_a_colleague(ask, users):
    stranger = make_user(Role.OFFICER)
    make_assignment(make_officer(user=stranger))
    assert "không có nhiệm vụ" in refusal(ask, by=stranger)[0]


def test_who_was_relieved_for_the_whole_quarter_owes_nothing(ask, held):
    make_assignment(commune=held.commune, role="cover")
    assert "không có nhiệm vụ" in refusal(ask)[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("times", 0), ("times", 100), ("effect", "x"), ("duty_kind", "x"), ("document", "x" * 201)],
)
def test_what_no_form_sends_is_refused(ask, field, value):
    with pytest.raises(ValidationError) as caught:
        ask(**{field: value})
    assert set(caught.value.error_dict) == {field}
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("reason", ["", " \n ", "\u200b\u202e"])
def test_a_reason_is_needed(ask, reason):
    assert refusal(ask, reason=reason)


# --- deciding ------------------------------------------------------------------------------------


def test_an_accepted_one_counts_from_that_day(ask, decide, numbers, users):
    [waiver] = decide(ask(effect=WaiverEffect.WAIVED), note="Đồng ý")
    waiver.refresh_from_db()
    assert (waiver.decided_on, waiver.decided_by) == (TODAY, users[Role.OFFICE])
    assert numbers(TODAY - dt.timedelta(days=1)) == (2, 0, 0, 0, 2)
    assert numbers() == (2, 0, 1, 0, 1)
    event = AuditEvent.objects.get(verb=Verb.ACCEPT)
    assert (event.reason, event.actor) == ("Đồng ý", str(users[Role.OFFICE]))


def test_the_day_of_a_decision_is_the_offices_own(ask, decide):
    """23:30 on the 20th in Vietnam is still the 20th, though 16:30 in Greenwich."""
    late = at(TODAY) + dt.timedelta(hours=11, minutes=30)
    past_midnight = late + dt.timedelta(hours=1)
    assert decide(ask(), now=late)[0].decided_on == TODAY
    other = ask(effect=WaiverEffect.WAIVED)
    assert decide(other, now=past_midnight)[0].decided_on == TODAY + dt.timedelta(days=1)


def test_a_refusal_needs_a_reason_and_counts_for_nothing(ask, decide, numbers):
    waiver = ask()
    for blank in ("", " ", "\u200b"):
        assert refusal(decide, waiver, accept=False, note=blank) == [waivers.REFUSAL_WITHOUT_REASON]
    decide(waiver, accept=False, note="Chưa có văn bản")
    assert numbers() == (2, 0, 0, 0, 2)
    assert AuditEvent.objects.get(verb=Verb.REFUSE).reason == "Chưa có văn bản"


def test_a_note_fits_its_column(ask, decide):
    assert "300" in refusal(decide, ask(), note="x" * 301)[0]


def test_all_or_none(ask, decide):
    first, second = ask(), ask(effect=WaiverEffect.WAIVED)
    decide(first, accept=False, note="Thiếu giấy")
    assert refusal(decide, second, first) == [
        f"Đề nghị “{first}” đã được xem xét và không chấp nhận ngày 20/06/2023."
    ]
    second.refresh_from_db()
    assert is_waiting(second)


def test_what_was_taken_back_is_not_decided(ask, decide, users):
    waiver = ask()
    withdraw_waiver(waiver=waiver, reason="Ghi nhầm", by=users[Role.OFFICER], now=NOW)
    assert refusal(decide, waiver) == [f"Đề nghị “{waiver}” đã được rút lại ngày 20/06/2023."]


# --- taking back ---------------------------------------------------------------------------------


def test_from_the_day_it_is_taken_back_it_counts_no_more(ask, decide, numbers, users):
    [waiver] = decide(ask())
    later = TODAY + dt.timedelta(days=5)
    withdraw_waiver(waiver=waiver, reason="Nhầm xã", by=users[Role.OFFICE], now=at(later))
    assert numbers(later - dt.timedelta(days=1)) == (2, 0, 0, 1, 1)
    assert numbers(later) == (2, 0, 0, 0, 2)
    assert AuditEvent.objects.get(verb=Verb.WITHDRAW).reason == "Nhầm xã"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.OFFICE])
def test_one_that_waits_is_taken_back_by_ones_own_people_and_the_office(ask, users, role):
    waiver = withdraw_waiver(waiver=ask(), reason="Đã dự bù", by=users[role], now=NOW)
    assert (waiver.withdrawn_on, waiver.withdrawn_by) == (TODAY, users[role])
    assert waiting(users[Role.OFFICE]) == 0


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_others_take_nothing_back(ask, users, role):
    waiver = ask()
    sentences = refusal(withdraw_waiver, waiver=waiver, reason="x", by=users[role], now=NOW)
    assert sentences == [waivers.NOT_OWN]


def test_an_accepted_one_is_the_offices_to_take_back(ask, decide, users):
    [waiver] = decide(ask())
    assert refusal(withdraw_waiver, waiver=waiver, reason="x", by=users[Role.OFFICER], now=NOW) == [
        waivers.OFFICE_WITHDRAWS
    ]


def test_nothing_is_taken_back_twice_or_after_a_refusal(ask, decide, users):
    facts = {"reason": "Ghi nhầm", "by": users[Role.OFFICE], "now": NOW}
    waiver = withdraw_waiver(waiver=ask(), **facts)
    assert refusal(withdraw_waiver, waiver=waiver, **facts) == [waivers.WITHDRAWN_ALREADY]
    [refused] = decide(ask(), accept=False, note="Không rõ")
    assert refusal(withdraw_waiver, waiver=refused, **facts) == [waivers.REFUSED_ALREADY]


def test_taking_back_needs_a_reason(ask, users):
    waiver = ask()
    assert refusal(withdraw_waiver, waiver=waiver, reason="", by=users[Role.OFFICE], now=NOW) == [
        "Rút lại thì phải ghi lý do."
    ]


# --- what is missing -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.OFFICE])
def test_what_is_missing_is_the_same_whoever_asks(users, held, quarter, role):
    make_assignment()  # somebody else's
    make_waiver(held.officer, held.commune, quarter, is_accepted=None, decided_on=None)
    found = shortfalls(users[role], [quarter], TODAY, officer=held.officer_id)
    assert {key: one.left for key, one in found.items()} == {
        (held.officer_id, held.commune_id, MEETING, quarter.pk): 1
    }


def test_periods_of_this_and_the_last_quarter(quarter):
    last = make_period(dt.date(2023, 1, 1), dt.date(2023, 4, 1))
    old = make_period(dt.date(2022, 10, 1), dt.date(2023, 1, 1), year=2022, number=4)
    month = make_period(dt.date(2023, 2, 1), dt.date(2023, 3, 1), kind="month", number=2)
    year = make_period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), kind="year", number=1)
    coming = make_period(dt.date(2023, 7, 1), dt.date(2023, 10, 1))
    assert set(periods_to_ask(TODAY)) == {quarter, last, month, year}
    assert set(periods_to_ask(TODAY, also=old.pk)) == {quarter, last, month, year, old}
    assert coming not in periods_to_ask(TODAY, also=coming.pk)


# --- two at once ---------------------------------------------------------------------------------


def sorted_out(results: list[object]) -> ValidationError:
    """Assert that one act succeeded; give what the other raised."""
    errors = [result for result in results if isinstance(result, ValidationError)]
    assert len(errors) == 1, results
    return errors[0]


@pytest.mark.django_db(transaction=True)
def test_two_of_the_office_decide_the_same_at_once(ask, decide, users):
    waiver, colleague = ask(), make_user(Role.OFFICE)
    results = at_once(
        lambda: decide(waiver),
        lambda: decide(waiver, accept=False, note="Thiếu giấy", by=colleague),
    )
    [sentence] = sorted_out(results).messages
    assert sentence.startswith(f"Đề nghị “{waiver}” đã được")
    assert AuditEvent.objects.filter(verb__in=[Verb.ACCEPT, Verb.REFUSE]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_do_not_ask_for_more_than_is_missing(ask, users):
    results = at_once(
        lambda: ask(times=2),
        lambda: ask(times=2, effect=WaiverEffect.WAIVED, by=users[Role.ASSISTANT]),
    )
    assert sorted_out(results).messages[0].startswith("Không còn lần nào để đề nghị")
    assert Waiver.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_accepting_at_once(ask, decide, users):
    waiver, officer = ask(), users[Role.OFFICER]
    results = at_once(
        lambda: decide(waiver),
        lambda: withdraw_waiver(waiver=waiver, reason="Đã dự bù", by=officer, now=NOW),
    )
    sorted_out(results)
    waiver.refresh_from_db()
    assert (waiver.is_accepted is None) != (waiver.withdrawn_on is None)
