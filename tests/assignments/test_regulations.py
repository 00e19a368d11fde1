"""Versions of the regulation: each ends the one before it, all or nothing, every change told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.enums import DutyKind, DutyUnit, PeriodKind
from assignments.models import Duty, Regulation
from assignments.regulations import (
    RegulationFacts,
    adopt_regulation,
    amend_regulation,
    duties_to_start_from,
    end_regulation,
    proposed_duties,
)
from tests.factories import STARTED_ON, make_duty, make_regulation, make_user

NOW = dt.datetime(2023, 5, 9, 1, tzinfo=dt.UTC)
JULY = dt.date(2023, 7, 1)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


def facts(started_on: dt.date = JULY, **changes) -> RegulationFacts:
    return RegulationFacts(
        **{"number": "12-QC/TU", "issued_on": dt.date(2023, 6, 20), "started_on": started_on}
        | changes
    )


def adopt(duties: list[Duty] | None = None, started_on: dt.date = JULY, **changes) -> Regulation:
    return adopt_regulation(
        facts=facts(started_on, **changes),
        duties=proposed_duties() if duties is None else duties,
        by=None,
        now=NOW,
    )


def refusal(write, *args, **kwargs) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        write(*args, **kwargs)
    return caught.value.messages


# --- adopting ------------------------------------------------------------------------------------


def test_the_first_version_needs_none_before_it():
    office = make_user()
    made = adopt_regulation(facts=facts(), duties=proposed_duties(), by=office, now=NOW)
    assert (made.started_on, made.ended_on) == (JULY, None)
    assert (made.entered_by, made.entered_at) == (office, NOW)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == (Verb.CREATE, str(office))
    assert event.after["có hiệu lực từ ngày"] == "01/07/2023"
    assert "số lần tối thiểu: 1" in event.after["Dự sinh hoạt chi bộ mỗi quý"]
    assert "ngày hạn: 20" in event.after["Báo cáo định kỳ mỗi năm"]


def test_the_proposals_are_those_of_the_domain():
    duties = list(adopt().duties.all())
    meetings = [duty for duty in duties if duty.kind != DutyKind.REPORT]
    assert {duty.kind for duty in meetings} == {"committee_meeting", "cell_meeting", "field_visit"}
    for duty in meetings:
        assert (duty.required, duty.period_kind, duty.unit, duty.due_day) == (
            1,
            PeriodKind.QUARTER,
            DutyUnit.PER_ASSIGNMENT,
            None,
        )
    reports = [duty for duty in duties if duty.kind == DutyKind.REPORT]
    assert [(duty.period_kind, duty.due_day) for duty in reports] == [
        ("quarter", 20),
        ("half_year", 20),
        ("year", 20),
    ]


def test_the_version_before_it_ends_that_day_and_the_log_says_so():
    before = make_regulation(DutyKind.CELL_MEETING)
    adopt()
    before.refresh_from_db()
    assert before.ended_on == JULY
    assert Regulation.objects.in_force_on(JULY - DAY).get() == before
    assert Regulation.objects.in_force_on(JULY).get().number == "12-QC/TU"
    event = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert event.after == {"hết hiệu lực từ ngày": "01/07/2023"}


def test_a_version_that_had_ended_keeps_its_end():
    before = make_regulation(ended_on=JULY - 30 * DAY)
    adopt()
    before.refresh_from_db()
    assert before.ended_on == JULY - 30 * DAY
    assert not Regulation.objects.in_force_on(JULY - DAY).exists()


@pytest.mark.parametrize("start", [STARTED_ON, STARTED_ON - DAY])
def test_a_version_starts_after_the_one_before_it(start):
    make_regulation()
    assert refusal(adopt, started_on=start) == [
        "Phải sau ngày 01/11/2021, ngày có hiệu lực của phiên bản trước."
    ]


def test_a_version_asks_something():
    before = make_regulation()
    assert refusal(adopt, []) == ["Ghi ít nhất một nhiệm vụ."]
    before.refresh_from_db()
    assert before.ended_on is None


@pytest.mark.parametrize(
    ("duties", "sentence"),
    [
        ([Duty(kind=DutyKind.CELL_MEETING)] * 2, "Nhiệm vụ này đã có trong cùng loại kỳ."),
        ([Duty(kind=DutyKind.CELL_MEETING, required=0)], "Giá trị không được nhỏ hơn 1."),
    ],
)
def test_one_bad_duty_and_nothing_is_written(duties, sentence):
    before = make_regulation()
    assert sentence in refusal(adopt, duties)
    before.refresh_from_db()
    assert before.ended_on is None
    assert Regulation.objects.get() == before
    assert not AuditEvent.objects.exists()


def test_a_writer_who_came_first_is_a_sentence(monkeypatch):
    """The other's version is written after this one looked which was the latest."""

    def forgets(self, *args, **kwargs):
        return None

    make_regulation(started_on=JULY + DAY)
    monkeypatch.setattr("assignments.regulations.refuse_not_after", forgets)
    monkeypatch.setattr(Regulation, "full_clean", forgets)
    assert refusal(adopt) == ["Ngày hết hiệu lực phải sau ngày có hiệu lực."]


def test_a_form_starts_from_what_the_version_in_force_asks():
    version = make_regulation()
    make_duty(version, kind=DutyKind.FIELD_VISIT, required=3, exempt_days=0)
    (copy,) = duties_to_start_from(version)
    assert (copy.pk, copy.kind, copy.required, copy.exempt_days) == (None, "field_visit", 3, 0)
    assert len(duties_to_start_from(None)) == 6


# --- correcting ----------------------------------------------------------------------------------


def amend(version: Regulation, duties: list[Duty] | None = None, **changes) -> Regulation:
    kept = duties_to_start_from(version) if duties is None else duties
    started_on = changes.pop("started_on", version.started_on)
    return amend_regulation(
        regulation=version, facts=facts(started_on, **changes), duties=kept, by=None
    )


def test_a_correction_tells_what_was_and_what_is():
    version = adopt([Duty(kind=DutyKind.CELL_MEETING), Duty(kind=DutyKind.FIELD_VISIT)])
    amend(version, [Duty(kind=DutyKind.CELL_MEETING, required=2)], number="13-QC/TU")
    assert [(duty.kind, duty.required) for duty in version.duties.all()] == [("cell_meeting", 2)]
    event = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert event.before["số, ký hiệu"] == "12-QC/TU"
    assert event.after["số, ký hiệu"] == "13-QC/TU"
    assert "số lần tối thiểu: 2" in event.after["Dự sinh hoạt chi bộ mỗi quý"]
    assert "Đi cơ sở, làm việc mỗi quý" in event.before
    assert "Đi cơ sở, làm việc mỗi quý" not in event.after


def test_a_correction_that_changes_nothing_tells_nothing():
    version = adopt()
    amend(version)
    assert not AuditEvent.objects.filter(verb=Verb.CHANGE).exists()


@pytest.mark.parametrize("start", [JULY - 30 * DAY, JULY + 30 * DAY])
def test_the_version_before_it_moves_along(start):
    before = make_regulation()
    amend(adopt(), started_on=start)
    before.refresh_from_db()
    assert before.ended_on == start
    assert [version.started_on for version in Regulation.objects.all()] == [start, STARTED_ON]


def test_a_correction_stays_after_the_version_before_it():
    make_regulation()
    version = adopt()
    assert refusal(amend, version, started_on=STARTED_ON) == [
        "Phải sau ngày 01/11/2021, ngày có hiệu lực của phiên bản trước."
    ]


def test_a_refused_correction_leaves_the_version_whole():
    version = adopt()
    assert refusal(amend, version, [], number="13-QC/TU") == ["Ghi ít nhất một nhiệm vụ."]
    version.refresh_from_db()
    assert (version.number, version.duties.count()) == ("12-QC/TU", 6)


# --- ending --------------------------------------------------------------------------------------


def test_a_version_ends_on_a_day():
    version = make_regulation()
    end_regulation(regulation=version, on=JULY, by=None, reason="Hết nhiệm kỳ")
    version.refresh_from_db()
    assert version.ended_on == JULY
    event = AuditEvent.objects.get()
    assert (event.reason, event.after) == (
        "Hết nhiệm kỳ",
        {"hết hiệu lực từ ngày": "01/07/2023"},
    )


def test_an_end_is_brought_forward_not_put_off():
    version = make_regulation(ended_on=JULY)
    assert refusal(end_regulation, regulation=version, on=JULY, by=None) == [
        "Phiên bản này đã hết hiệu lực từ ngày 01/07/2023."
    ]
    end_regulation(regulation=version, on=JULY - DAY, by=None)
    version.refresh_from_db()
    assert version.ended_on == JULY - DAY


def test_a_version_does_not_end_before_it_begins():
    version = make_regulation()
    sentences = refusal(end_regulation, regulation=version, on=STARTED_ON, by=None)
    assert "Ngày hết hiệu lực phải sau ngày có hiệu lực." in sentences
