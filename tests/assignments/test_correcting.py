"""Putting an assignment right, and calling off one that has not begun."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments import services
from assignments.correcting import Corrected, cancel_assignment, correct_assignment
from assignments.departures import Leaving, Replacement, depart
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment
from reports.models import Handover
from tests.factories import (
    STARTED_ON,
    make_assignment,
    make_attendance,
    make_decision,
    make_follow_up,
    make_officer,
    make_plan,
    make_user,
    make_visit,
)

pytestmark = pytest.mark.django_db

JULY = dt.date(2023, 7, 1)


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(dt.datetime(2023, 5, 9, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def clerk():
    return make_user()


def as_written(row: Assignment) -> Corrected:
    return Corrected(
        AssignmentRole(row.role),
        row.started_on,
        row.ended_on,
        row.end_reason,
        row.opening_decision,
        row.closing_decision,
        row.note,
    )


def test_corrected_old_and_new_are_kept(clerk):
    row = make_assignment()
    wanted = replace(as_written(row), started_on=dt.date(2021, 12, 1), note="theo bản gốc")
    made = correct_assignment(assignment=row, corrected=wanted, reason="ghi nhầm", by=clerk)
    assert (made.started_on, made.note) == (dt.date(2021, 12, 1), "theo bản gốc")
    event = AuditEvent.objects.get(verb=Verb.CORRECT)
    assert event.before["từ ngày"] == "01/11/2021"
    assert event.after == {"từ ngày": "01/12/2021", "ghi chú": "theo bản gốc"}
    assert event.reason == "ghi nhầm"


def test_an_end_written_wrongly_is_taken_out_or_moved(clerk):
    row = make_assignment(ended_on=dt.date(2023, 1, 1), closing_decision=make_decision())
    moved = replace(as_written(row), ended_on=dt.date(2023, 2, 1))
    assert correct_assignment(
        assignment=row, corrected=moved, reason="nhầm", by=clerk
    ).ended_on == dt.date(2023, 2, 1)
    opened = replace(moved, ended_on=None, end_reason="", closing_decision=None)
    made = correct_assignment(assignment=row, corrected=opened, reason="nhầm", by=clerk)
    assert (made.ended_on, made.end_reason, made.closing_decision) == (None, "", None)


def test_what_was_done_there_must_not_be_left_out(clerk):
    row = make_assignment()
    make_attendance(row.officer, make_visit(row.commune, visited_on=dt.date(2022, 3, 1)))
    make_follow_up(commune=row.commune, officer=row.officer, noted_on=dt.date(2022, 4, 1))
    make_attendance(make_officer(), make_visit(row.commune, visited_on=dt.date(2022, 3, 2)))
    make_plan(row.officer, row.commune, withdrawn_at=row.entered_at, withdrawal_reason="bỏ")
    wanted = replace(as_written(row), started_on=dt.date(2022, 6, 1))
    with pytest.raises(ValidationError) as refused:
        correct_assignment(assignment=row, corrected=wanted, reason="nhầm", by=clerk)
    [sentence] = refused.value.messages
    assert "1 chuyến đi (01/03/2022), 1 lần đôn đốc (01/04/2022)" in sentence
    row.refresh_from_db()
    assert row.started_on == STARTED_ON


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Chưa sửa nội dung nào."),
        ({"ended_on": dt.date(2021, 1, 1)}, "Ngày thôi phải sau ngày bắt đầu."),
        ({"ended_on": JULY}, "Ngày thôi và lý do thôi phải ghi cùng nhau."),
        ({"started_on": dt.date(2020, 1, 1)}, "công tác từ 01/01/2021"),
    ],
)
def test_refusals_of_corrections(clerk, changes, sentence):
    row = make_assignment(make_officer(joined_on=dt.date(2021, 1, 1)))
    wanted = replace(as_written(row), **changes)
    with pytest.raises(ValidationError) as refused:
        correct_assignment(assignment=row, corrected=wanted, reason="nhầm", by=clerk)
    assert any(sentence in one for one in refused.value.messages)


def test_a_reason_is_needed(clerk):
    row = make_assignment(started_on=JULY)
    with pytest.raises(ValidationError, match="Ghi lý do"):
        correct_assignment(assignment=row, corrected=as_written(row), reason=" ", by=clerk)
    with pytest.raises(ValidationError, match="Ghi lý do"):
        cancel_assignment(assignment=row, reason="", by=clerk)


def test_two_main_officers_do_not_come_of_a_correction(clerk):
    row = make_assignment(ended_on=dt.date(2023, 1, 1))
    make_assignment(commune=row.commune, started_on=dt.date(2023, 1, 1))
    wanted = replace(as_written(row), ended_on=dt.date(2023, 3, 1))
    with pytest.raises(ValidationError, match="đã có cán bộ phụ trách chính"):
        correct_assignment(assignment=row, corrected=wanted, reason="nhầm", by=clerk)


def test_who_has_left_is_not_given_a_commune_by_a_correction(clerk):
    left_on = dt.date(2023, 1, 1)
    row = make_assignment(make_officer(left_on=left_on), ended_on=left_on)
    opened = replace(as_written(row), ended_on=None, end_reason="")
    with pytest.raises(ValidationError, match="thôi công tác từ 01/01/2023"):
        correct_assignment(assignment=row, corrected=opened, reason="nhầm", by=clerk)


# --- called off ----------------------------------------------------------------------------------


def handed_over(clerk) -> tuple[Assignment, Assignment]:
    """Hand a commune over from July on; give both assignments."""
    first = make_assignment()
    facts = {"on": JULY, "decision": make_decision(), "by": clerk}
    second = services.hand_over(assignment=first, to=make_officer("Lê Văn Ba"), **facts)
    return first, second


def test_called_off_and_the_one_before_goes_on_if_asked(clerk):
    first, second = handed_over(clerk)
    cancel_assignment(assignment=second, reason="thôi điều động", by=clerk, reopens=True)
    first.refresh_from_db()
    assert (first.ended_on, first.end_reason, first.closing_decision) == (None, "", None)
    assert Assignment.objects.get() == first
    event = AuditEvent.objects.get(verb=Verb.CANCEL, target_key__startswith="assignments.a")
    assert event.before["cán bộ"].startswith("Lê Văn Ba")
    assert not Handover.objects.exists()


def test_called_off_alone_leaves_the_end(clerk):
    first, second = handed_over(clerk)
    cancel_assignment(assignment=second, reason="thôi điều động", by=clerk)
    first.refresh_from_db()
    assert first.ended_on == JULY
    assert Handover.objects.get().incoming is None


def test_refusals_of_calling_off(clerk):
    begun = make_assignment()
    with pytest.raises(ValidationError, match="đã có hiệu lực từ ngày 01/11/2021"):
        cancel_assignment(assignment=begun, reason="x", by=clerk)
    alone = make_assignment(started_on=JULY)
    with pytest.raises(ValidationError, match="không thôi vì phân công này"):
        cancel_assignment(assignment=alone, reason="x", by=clerk, reopens=True)
    make_plan(alone.officer, alone.commune, planned_on=dt.date(2023, 7, 9))
    with pytest.raises(ValidationError, match="1 kế hoạch đi cơ sở"):
        cancel_assignment(assignment=alone, reason="x", by=clerk)
    assert Assignment.objects.filter(pk=alone.pk).exists()


def test_what_a_departure_ended_is_not_reopened_so(clerk):
    first = make_assignment()
    facts = {"leaving": Leaving(JULY, EndReason.RETIRED, leaves_office=False), "by": clerk}
    to = Replacement(make_officer("Lê Văn Ba"))
    second_of = {first.pk: to}
    depart(officer=first.officer, replacements=second_of, **facts)
    second = Assignment.objects.get(officer=to.officer)
    Assignment.objects.filter(pk=first.pk).update(closing_decision=second.opening_decision)
    with pytest.raises(ValidationError, match="Rút lại lần thôi đó"):
        cancel_assignment(assignment=second, reason="x", by=clerk, reopens=True)


# --- pages ---------------------------------------------------------------------------------------


def test_the_pages(client_as, clerk):
    office = client_as(Role.OFFICE)
    first, second = handed_over(clerk)
    page = office.get(f"/phan-cong/{first.pk}/dinh-chinh/")
    assert page.context["form"]["started_on"].value() == STARTED_ON
    data = {
        "role": "main",
        "started_on": "02/11/2021",
        "ended_on": "01/07/2023",
        "end_reason": "replaced",
        "opening_number": first.opening_decision.number,
        "opening_date": f"{first.opening_decision.signed_on:%d/%m/%Y}",
        "closing_number": second.opening_decision.number,
        "closing_date": f"{second.opening_decision.signed_on:%d/%m/%Y}",
        "reason": "ghi nhầm",
    }
    assert office.post(f"/phan-cong/{first.pk}/dinh-chinh/", data).status_code == 302
    first.refresh_from_db()
    assert first.started_on == dt.date(2021, 11, 2)
    address = f"/phan-cong/{second.pk}/huy/"
    assert "tiếp tục phụ trách như trước" in office.get(address).content.decode()
    assert office.post(address, {"reason": "nhầm", "reopens": "on"}).status_code == 302
    first.refresh_from_db()
    assert first.ended_on is None


def test_the_list_leads_to_both(client_as):
    row = make_assignment(started_on=JULY)
    page = client_as(Role.OFFICE).get("/phan-cong/?tinh_trang=sap_toi").content.decode()
    assert f"/phan-cong/{row.pk}/dinh-chinh/" in page
    assert f"/phan-cong/{row.pk}/huy/" in page
    begun = make_assignment()
    refused = client_as(Role.OFFICE).get(f"/phan-cong/{begun.pk}/huy/").content.decode()
    assert "không hủy được" in refused
    assert "Lý do hủy" not in refused
    assert "dinh-chinh" not in client_as(Role.LEADER).get("/phan-cong/").content.decode()
