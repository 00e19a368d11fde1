"""Logging visits, joining them, correcting, confirming, taking back: the services, case by case."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments import visits
from assignments.attachments import Accepted
from assignments.enums import AttachmentKind, MassOrganisation, VisitKind, VisitOutcome
from assignments.models import Attendance, Visit, VisitAttachment, VisitPlan
from assignments.visits import Account, VisitFacts
from communes.models import Commune
from tests.factories import (
    DAY,
    STARTED_ON,
    make_assignment,
    make_attendance,
    make_cell,
    make_commune,
    make_officer,
    make_plan,
    make_user,
    make_visit,
)

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(17)))
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def assignment():
    """Make an officer, who is a user, with a commune."""
    officer = make_officer("Nguyễn Văn An", user=make_user(Role.OFFICER))
    return make_assignment(officer, make_commune("Đại Hải"))


@pytest.fixture
def log(assignment):
    """Give ``log(**facts and terms)``: a committee meeting of the officer on DAY, at 17:00."""

    def logged(**fields) -> Attendance:
        facts = {
            "commune": assignment.commune,
            "visited_on": DAY,
            "kind": VisitKind.COMMITTEE_MEETING,
        }
        for name in ("commune", "visited_on", "kind", "outcome", "cell", "cell_name"):
            if name in fields:
                facts[name] = fields.pop(name)
        terms = {
            "officer": assignment.officer,
            "account": Account(findings="Nắm tình hình"),
            "by": assignment.officer.user,
            "now": NOW,
            "entry_key": uuid.uuid4(),
        }
        return visits.log_visit(facts=VisitFacts(**facts), **terms | fields)

    return logged


@pytest.fixture
def amend(assignment):
    """Give ``amend(attendance, **facts and terms)``: a correction by the officer, the same day."""

    def amended(attendance: Attendance, **fields) -> Attendance:
        facts = vars(VisitFacts.of(attendance.visit)).copy()
        facts |= {name: fields.pop(name) for name in list(fields) if name in facts}
        terms = {
            "account": Account.of(attendance),
            "files": (),
            "reason": "",
            "by": assignment.officer.user,
            "now": NOW,
        }
        return visits.amend_attendance(
            attendance=attendance, facts=VisitFacts(**facts), **terms | fields
        )

    return amended


def refusal(act, *args, **fields) -> str:
    """Run what must be refused; give the one sentence, seeing to it that nothing was written."""
    before = (Visit.objects.count(), Attendance.objects.count(), AuditEvent.objects.count())
    with pytest.raises(ValidationError) as caught:
        act(*args, **fields)
    after = (Visit.objects.count(), Attendance.objects.count(), AuditEvent.objects.count())
    assert after == before
    (sentence,) = caught.value.messages
    return sentence


def a_file(name: str = "anh.jpg", content: bytes = b"\xff\xd8\xff") -> Accepted:
    """Give a file that was checked."""
    checksum = hashlib.sha256(content).hexdigest()
    return Accepted(ContentFile(content), name, AttachmentKind.JPG, len(content), checksum)


def rows_told(verb: Verb) -> list[str]:
    """Give the kinds of record the log tells of under ``verb``, in order."""
    keys = AuditEvent.objects.filter(verb=verb).order_by("pk").values_list("target_key", flat=True)
    return [key.partition(":")[0].partition(".")[2] for key in keys]


# --- logging -------------------------------------------------------------------------------------


def test_an_officers_entry_is_confirmed_at_once(log, assignment):
    notes = {MassOrganisation.FRONT: "Hoạt động đều"}
    attendance = log(
        account=Account(met="Đồng chí Bí thư", findings="Dòng 1\nDòng 2", organisations=notes)
    )
    attendance.refresh_from_db()
    visit, user = attendance.visit, assignment.officer.user
    assert (visit.commune, visit.visited_on) == (assignment.commune, DAY)
    assert (visit.kind, visit.outcome) == (VisitKind.COMMITTEE_MEETING, VisitOutcome.HELD)
    assert (visit.entered_by, visit.entered_at) == (user, NOW)
    assert (attendance.officer, attendance.entered_by) == (assignment.officer, user)
    assert (attendance.confirmed_by, attendance.confirmed_at) == (user, NOW)
    assert (attendance.met, attendance.findings) == ("Đồng chí Bí thư", "Dòng 1\nDòng 2")
    assert [str(note) for note in attendance.organisation_notes.all()] == [
        "Mặt trận Tổ quốc: Hoạt động đều"
    ]
    assert rows_told(Verb.CREATE) == ["visit", "attendance"]
    told = AuditEvent.objects.first().after
    assert told["nội dung chính"] == "Dòng 1\nDòng 2"
    assert told["tình hình Mặt trận Tổ quốc"] == "Hoạt động đều"
    assert told["xác nhận"] == "đã xác nhận"


def test_the_offices_entry_is_confirmed_an_assistants_waits(log, assignment):
    office, assistant = make_user(Role.OFFICE), make_user(Role.ASSISTANT)
    assert log(by=office).confirmed_by == office
    waiting = log(by=assistant, kind=VisitKind.FIELD_VISIT)
    assert (waiting.confirmed_at, waiting.confirmed_by) == (None, None)
    assert list(Attendance.objects.unconfirmed()) == [waiting]
    assert AuditEvent.objects.first().after["xác nhận"] == "chờ xác nhận"


def test_what_is_typed_is_stored_as_one_spelling(log):
    text = "Ho\u0323p \u202ebàn\x00  việc\r\n\r\n dòng hai "
    attendance = log(account=Account(findings=text, met="  Ðồng   chí  "), cell_name="Ấp\u200b 3 ")
    attendance.refresh_from_db()
    assert attendance.findings == "Họp bàn việc\ndòng hai"
    assert attendance.met == "Đồng chí"
    assert attendance.visit.cell_name == "Ấp 3"


@pytest.mark.parametrize(
    ("started", "ended", "day", "is_theirs"),
    [
        (DAY, None, DAY, True),  # the first day
        (DAY + ONE_DAY, None, DAY, False),
        (STARTED_ON, DAY + ONE_DAY, DAY, True),  # the last day
        (STARTED_ON, DAY, DAY, False),
        (STARTED_ON, DAY, DAY - ONE_DAY, True),  # a former officer, of a day that was theirs
    ],
)
def test_the_right_is_judged_by_the_day_of_the_visit(log, started, ended, day, is_theirs):
    row = make_assignment(make_officer("Lý Đa"), started_on=started, ended_on=ended)
    terms = {"officer": row.officer, "commune": row.commune, "visited_on": day}
    if is_theirs:
        assert log(**terms).officer == row.officer
    else:
        sentence = refusal(log, **terms)
        assert sentence == (
            f"Ngày {day:%d/%m/%Y}, đồng chí Lý Đa không theo dõi, phụ trách "
            f"{row.commune.party_body} nên không ghi được chuyến đi của ngày đó."
        )


@pytest.mark.parametrize("role", ["support", "cover"])
def test_any_role_gives_the_right(log, role):
    row = make_assignment(role=role)
    assert log(officer=row.officer, commune=row.commune).pk


def test_a_commune_of_nobodys_is_refused_to_the_office_too(log):
    sentence = refusal(log, commune=make_commune("Ba Trinh"), by=make_user(Role.OFFICE))
    assert sentence.startswith("Ngày 09/05/2023, đồng chí Nguyễn Văn An không theo dõi, phụ trách")


def test_a_day_to_come_is_refused_in_the_offices_time(log):
    late = timezone.make_aware(dt.datetime.combine(DAY, dt.time(23, 59)))
    assert "10/05/2023 chưa tới" in refusal(log, visited_on=DAY + ONE_DAY, now=late)
    assert log(visited_on=DAY + ONE_DAY, now=late + dt.timedelta(minutes=1)).pk


def test_entered_late_is_told_and_no_refusal(log):
    assert log(visited_on=DAY - 40 * ONE_DAY).entered_days_late == 40
    assert log().entered_days_late == 0


def test_a_cell_must_be_of_the_commune_and_the_day(log, assignment):
    cell = make_cell(assignment.commune, "3", ended_on=DAY, end_note="nhập vào ấp 4")
    terms = {"kind": VisitKind.CELL_MEETING, "cell": cell}
    assert log(**terms, visited_on=DAY - ONE_DAY).visit.cell == cell
    assert refusal(log, **terms) == "Ngày 09/05/2023, Đảng bộ xã Đại Hải không có “Chi bộ ấp 3”."
    foreign = refusal(log, **terms | {"cell": make_cell(name="3")})
    assert foreign == "Chi bộ này không thuộc Đảng bộ đã chọn."
    both = {"kind": VisitKind.CELL_MEETING, "cell_name": "Ấp 9"}
    assert refusal(log, cell=make_cell(assignment.commune), **both) == (
        "Chọn chi bộ trong danh sách hoặc ghi tên, không ghi cả hai."
    )


def test_a_form_sent_twice_is_one_entry(log):
    key = uuid.uuid4()
    first = log(entry_key=key, files=[a_file()])
    written = AuditEvent.objects.count()
    assert log(entry_key=key, files=[a_file()]) == first
    other = {"visited_on": DAY - ONE_DAY}, {"account": Account(findings="Viết lại")}
    for change in other:
        said = refusal(log, entry_key=key, files=[a_file()], **change)
        assert said.startswith("Chuyến này đã được ghi lúc 17:00")
    assert (Visit.objects.count(), Attendance.objects.count()) == (1, 1)
    assert VisitAttachment.objects.count() == 1
    assert AuditEvent.objects.count() == written


def test_somebody_elses_key_gives_nothing_away(log):
    key = uuid.uuid4()
    log(entry_key=key)
    refusal(log, entry_key=key, by=make_user(Role.OFFICE), kind=VisitKind.FIELD_VISIT)
    assert Attendance.objects.count() == 1


def test_the_same_thing_is_entered_once(log, assignment):
    first = log()
    assert refusal(log) == (
        "Chuyến đi này đã ghi cho đồng chí Nguyễn Văn An. Nếu cần bổ sung, mở chuyến đi đó để sửa."
    )
    visits.withdraw_attendance(
        attendance=first, reason="Ghi nhầm", by=assignment.officer.user, now=NOW
    )
    assert log().visit != first.visit


@pytest.mark.parametrize(
    "other",
    [
        {"kind": VisitKind.FIELD_VISIT},
        {"visited_on": DAY - ONE_DAY},
        {"outcome": VisitOutcome.POSTPONED},
        {"cell_name": "Ấp 9"},
    ],
)
def test_another_thing_of_the_same_day_is_another_entry(log, other):
    first, second = log(), log(**other)
    assert first.visit != second.visit


# --- joint visits --------------------------------------------------------------------------------


@pytest.fixture
def colleague(assignment):
    """Make another officer of the same commune."""
    role = {"role": "support"}
    return make_assignment(make_officer("Lý Đa"), assignment.commune, **role).officer


@pytest.mark.parametrize(("days", "is_offered"), [(-4, False), (-3, True), (0, True), (3, True)])
def test_a_visit_within_three_days_may_be_joined(assignment, colleague, days, is_offered):
    there = make_visit(assignment.commune, visited_on=DAY + days * ONE_DAY)
    make_attendance(colleague, there)
    offered = visits.joinable(commune=assignment.commune, day=DAY, officer=assignment.officer)
    assert list(offered) == [there] * is_offered


def test_what_is_not_offered(log, assignment, colleague):
    commune = assignment.commune
    log()  # one's own
    make_attendance(colleague, make_visit())  # another commune
    make_visit(commune)  # nobody there
    make_attendance(colleague, make_visit(commune), withdrawn_at=NOW, withdrawal_reason="Nhầm")
    late = make_assignment(commune=commune, role="support", started_on=DAY + ONE_DAY).officer
    make_attendance(colleague, make_visit(commune, visited_on=DAY + ONE_DAY))
    offered = visits.joinable(commune=commune, day=DAY, officer=assignment.officer)
    assert [visit.visited_on for visit in offered] == [DAY + ONE_DAY]
    before = visits.joinable(commune=commune, day=DAY, officer=late)
    assert [visit.visited_on for visit in before] == [DAY + ONE_DAY]  # not of days not theirs


def test_joining_keeps_the_events_own_facts(log, assignment, colleague):
    there = make_visit(assignment.commune, visited_on=DAY - ONE_DAY, kind=VisitKind.FIELD_VISIT)
    make_attendance(colleague, there)
    attendance = log(joins=there)
    assert attendance.visit == there
    there.refresh_from_db()
    assert (there.visited_on, there.kind) == (DAY - ONE_DAY, VisitKind.FIELD_VISIT)
    assert there.attendances.count() == 2
    assert rows_told(Verb.CREATE) == ["attendance"]


def test_what_cannot_be_joined(log, assignment, colleague):
    far = make_visit(assignment.commune, visited_on=DAY - 9 * ONE_DAY)
    make_attendance(colleague, far)
    foreign = make_attendance().visit
    empty = make_visit(assignment.commune)
    for visit in (far, foreign, empty):
        assert refusal(log, joins=visit).startswith("Chuyến đi đã chọn không còn")


def test_one_may_not_join_what_one_has_entered_apart(log, assignment, colleague):
    make_attendance(colleague, make_visit(assignment.commune))
    log()
    there = Visit.objects.get(attendances__officer=colleague)
    assert refusal(log, joins=there).startswith("Chuyến đi này đã ghi cho")


# --- plans ---------------------------------------------------------------------------------------


def test_the_nearest_open_plan_of_the_kind_is_carried_out(log, assignment):
    parties = (assignment.officer, assignment.commune)
    near = make_plan(*parties, planned_on=DAY + 2 * ONE_DAY)
    others = [
        make_plan(*parties, planned_on=DAY - 7 * ONE_DAY),
        make_plan(*parties, kind=VisitKind.FIELD_VISIT),
        make_plan(assignment.officer),
        make_plan(commune=assignment.commune),
    ]
    attendance = log()
    assert list(VisitPlan.objects.filter(carried_out_by=attendance)) == [near]
    assert set(VisitPlan.objects.open()) == set(others)
    told = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert told.after == {"đã thực hiện bằng": str(attendance)}


@pytest.mark.parametrize(("days", "is_met"), [(8, False), (7, True), (-7, True), (-8, False)])
def test_a_plan_is_met_within_a_week(log, assignment, days, is_met):
    plan = make_plan(*parties_of(assignment), planned_on=DAY + days * ONE_DAY)
    log()
    assert VisitPlan.objects.open().contains(plan) is not is_met


def parties_of(assignment) -> tuple:
    return assignment.officer, assignment.commune


def test_a_plan_that_is_named_may_be_further(log, assignment):
    parties = parties_of(assignment)
    far, near = make_plan(*parties, planned_on=DAY - 30 * ONE_DAY), make_plan(*parties)
    log(plan=far)
    assert list(VisitPlan.objects.open()) == [near]


def test_a_plan_of_somebody_else_is_not_carried_out_by_being_named(log):
    plan = make_plan()
    log(plan=plan)
    assert list(VisitPlan.objects.open()) == [plan]


def test_what_was_postponed_leaves_the_plan_open(log, assignment):
    plan = make_plan(*parties_of(assignment))
    log(outcome=VisitOutcome.POSTPONED)
    assert list(VisitPlan.objects.open()) == [plan]


def test_withdrawing_opens_the_plan_and_entering_again_carries_it_out(log, assignment):
    plan = make_plan(*parties_of(assignment))
    first = log()
    visits.withdraw_attendance(attendance=first, reason="Nhầm", by=first.entered_by, now=NOW)
    assert list(VisitPlan.objects.open()) == [plan]
    second = log()
    plan.refresh_from_db()
    assert plan.carried_out_by == second


def test_plans_follow_a_corrected_event(log, amend, assignment):
    meeting = make_plan(*parties_of(assignment))
    field = make_plan(*parties_of(assignment), kind=VisitKind.FIELD_VISIT)
    attendance = log()
    amend(attendance, kind=VisitKind.FIELD_VISIT)
    assert list(VisitPlan.objects.open()) == [meeting]
    amend(attendance, outcome=VisitOutcome.POSTPONED, kind=VisitKind.FIELD_VISIT)
    assert set(VisitPlan.objects.open()) == {meeting, field}


# --- files ---------------------------------------------------------------------------------------


def test_files_are_kept_with_their_facts(log, assignment):
    attendance = log(files=[a_file("Ảnh họp.jpg"), a_file("b.jpg", b"\xff\xd8\xff2")])
    first, second = attendance.attachments.all()
    assert (first.name, first.kind, first.size) == ("Ảnh họp.jpg", AttachmentKind.JPG, 3)
    assert first.checksum == hashlib.sha256(b"\xff\xd8\xff").hexdigest()
    assert (first.uploaded_by, first.uploaded_at) == (assignment.officer.user, NOW)
    assert second.file.read() == b"\xff\xd8\xff2"
    assert "họp" not in first.file.name
    assert rows_told(Verb.CREATE) == ["visit", "attendance", "visitattachment", "visitattachment"]


def test_a_refused_entry_leaves_no_file_behind(log, monkeypatch):
    kept = []
    storage = VisitAttachment._meta.get_field("file").storage
    save = storage.save

    def remembered(*args, **kwargs):
        kept.append(save(*args, **kwargs))
        return kept[-1]

    monkeypatch.setattr(storage, "save", remembered)
    wrong = Accepted(ContentFile(b"x"), "x.exe", "exe", 1, "0" * 64)
    refusal(log, files=[a_file(), wrong])
    assert len(kept) == 2
    assert not any(storage.exists(name) for name in kept)


# --- correcting ----------------------------------------------------------------------------------


def test_a_correction_is_told_with_before_and_after(log, amend):
    attendance = log(account=Account(findings="Cũ", organisations={MassOrganisation.YOUTH: "Có"}))
    account = Account(findings="Mới", organisations={MassOrganisation.WOMEN: "Tốt"})
    amend(attendance, account=account, reason="Ghi thiếu")
    attendance.refresh_from_db()
    assert attendance.findings == "Mới"
    assert [note.organisation for note in attendance.organisation_notes.all()] == ["women"]
    told = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert told.before == {"nội dung chính": "Cũ", "tình hình Đoàn Thanh niên": "Có"}
    assert told.after == {"nội dung chính": "Mới", "tình hình Hội Liên hiệp Phụ nữ": "Tốt"}
    assert told.reason == "Ghi thiếu"


def test_nothing_changed_is_nothing_told(log, amend):
    attendance = log()
    amend(attendance)
    assert not AuditEvent.objects.filter(verb=Verb.CHANGE).exists()


def test_an_event_of_ones_own_is_corrected(log, amend, assignment):
    cell = make_cell(assignment.commune, "3")
    attendance = log()
    amend(attendance, kind=VisitKind.CELL_MEETING, cell=cell, visited_on=DAY - ONE_DAY)
    visit = Visit.objects.get()
    assert (visit.kind, visit.cell, visit.visited_on) == ("cell_meeting", cell, DAY - ONE_DAY)
    told = AuditEvent.objects.get(verb=Verb.CHANGE, target_key=f"assignments.visit:{visit.pk}")
    assert told.before["việc"] == "Dự họp Ban Chấp hành Đảng bộ"
    assert told.after["chi bộ"] == "Chi bộ ấp 3"


def test_an_event_of_several_is_not(log, amend, assignment, colleague):
    attendance = log()
    make_attendance(colleague, attendance.visit)
    assert refusal(amend, attendance, kind=VisitKind.FIELD_VISIT).startswith("Chuyến đi này còn")
    amend(attendance, account=Account(findings="Chỉ phần của mình"))
    Attendance.objects.filter(officer=colleague).update(
        withdrawn_at=NOW, withdrawal_reason="Không dự"
    )
    assert amend(attendance, kind=VisitKind.FIELD_VISIT).visit.kind == VisitKind.FIELD_VISIT


def test_corrected_facts_keep_to_the_same_rules(log, amend, assignment):
    attendance, other = log(), log(kind=VisitKind.FIELD_VISIT)
    assert "chưa tới" in refusal(amend, attendance, visited_on=DAY + ONE_DAY)
    assert "không theo dõi" in refusal(amend, attendance, commune=make_commune())
    assert "đã ghi cho" in refusal(amend, attendance, kind=VisitKind.FIELD_VISIT)
    assert amend(other, commune=make_assignment(assignment.officer).commune).pk


def test_when_a_correction_needs_a_reason(log, amend, assignment):
    office, account = make_user(Role.OFFICE), Account(findings="Khác")
    attendance = log()
    amend(attendance, account=account)  # one's own of the same day
    for terms in ({"by": office}, {"now": NOW + ONE_DAY}):
        assert refusal(amend, attendance, **terms) == "Ghi lý do sửa."
        assert refusal(amend, attendance, **terms, reason=" \u200b ") == "Ghi lý do sửa."
    amend(attendance, account=Account(), by=office, reason="Theo đề nghị của cán bộ")
    assert AuditEvent.objects.first().actor == str(office)


def test_who_corrects_decides_whether_it_counts(log, amend, assignment):
    assistant = make_user(Role.ASSISTANT)
    attendance = log()
    changed = amend(attendance, account=Account(findings="1"), by=assistant, reason="Ghi thiếu")
    assert not changed.is_confirmed
    assert AuditEvent.objects.first().after["xác nhận"] == "chờ xác nhận"
    again = amend(attendance, account=Account(findings="2"))
    assert again.confirmed_by == assignment.officer.user
    moved = amend(attendance, kind=VisitKind.FIELD_VISIT, by=assistant, reason="Nhầm việc")
    assert not moved.is_confirmed


def test_a_file_added_by_an_assistant_waits_too(log, amend):
    attendance = log()
    changed = amend(attendance, files=[a_file()], by=make_user(Role.ASSISTANT), reason="Thêm ảnh")
    assert not changed.is_confirmed
    assert attendance.attachments.count() == 1


def test_what_was_withdrawn_is_not_corrected(log, amend, assignment):
    attendance = log()
    visits.withdraw_attendance(
        attendance=attendance, reason="Nhầm", by=assignment.officer.user, now=NOW
    )
    assert "đã được rút lại" in refusal(amend, attendance, account=Account(findings="Khác"))


# --- confirming, taking back ---------------------------------------------------------------------


def test_confirming_counts_only_what_waited(log, assignment):
    assistant, officer = make_user(Role.ASSISTANT), assignment.officer.user
    waiting = [log(by=assistant, visited_on=DAY - days * ONE_DAY) for days in range(3)]
    visits.withdraw_attendance(attendance=waiting[2], reason="Nhầm", by=assistant, now=NOW)
    entered = [*waiting, log(kind=VisitKind.FIELD_VISIT)]
    assert visits.confirm_attendances(attendances=entered, by=officer, now=NOW) == 2
    assert visits.confirm_attendances(attendances=entered, by=officer, now=NOW) == 0
    assert rows_told(Verb.CONFIRM) == ["attendance", "attendance"]
    waiting[0].refresh_from_db()
    assert waiting[0].confirmed_by == officer


def test_taking_back_needs_a_reason_and_happens_once(log, assignment):
    attendance, by = log(files=[a_file()]), assignment.officer.user
    terms = {"attendance": attendance, "by": by, "now": NOW}
    sentence = refusal(visits.withdraw_attendance, reason=" ", **terms)
    assert sentence == "Rút lại thì phải ghi lý do."
    visits.withdraw_attendance(reason="Ghi nhầm xã", **terms)
    attendance.refresh_from_db()
    assert (attendance.withdrawn_by, attendance.withdrawn_at) == (by, NOW)
    assert not Visit.objects.standing().exists()
    assert not VisitAttachment.objects.standing().exists()
    assert AuditEvent.objects.get(verb=Verb.WITHDRAW).reason == "Ghi nhầm xã"
    assert "đã được rút lại" in refusal(visits.withdraw_attendance, reason="Lần nữa", **terms)


def test_one_file_is_taken_back(log, assignment):
    log(files=[a_file(), a_file("b.jpg", b"\xff\xd8\xffb")])
    first, second = VisitAttachment.objects.all()
    by = assignment.officer.user
    visits.withdraw_attachment(attachment=first, reason="Nhầm ảnh", by=by, now=NOW)
    assert list(VisitAttachment.objects.standing()) == [second]
    assert first.file.storage.exists(first.file.name)
    assert rows_told(Verb.WITHDRAW) == ["visitattachment"]


def test_what_was_confirmed_meanwhile_is_not_for_who_types_to_take_back(log, assignment):
    assistant, officer = make_user(Role.ASSISTANT), assignment.officer.user
    read = log(by=assistant, files=[a_file()])
    terms = {"reason": "Nhầm", "by": assistant, "now": NOW}
    visits.confirm_attendances(attendances=[read], by=officer, now=NOW)
    assert not read.is_confirmed  # as the assistant's page knew it
    file = VisitAttachment.objects.get()
    for act, row in (
        (visits.withdraw_attendance, {"attendance": read}),
        (visits.withdraw_attachment, {"attachment": file}),
    ):
        assert refusal(act, **row, **terms).startswith("Cán bộ đã xác nhận lượt dự này")
    visits.withdraw_attachment(attachment=file, **terms | {"by": officer})


def test_facts_and_account_read_back_as_written(log):
    notes = {MassOrganisation.FARMERS: "Có mô hình mới"}
    account = Account(met="A", findings="B", economy="C", promised="D", organisations=notes)
    attendance = log(account=account, outcome=VisitOutcome.POSTPONED, cell_name="Ấp 9")
    attendance = Attendance.objects.select_related("visit__commune").get(pk=attendance.pk)
    assert Account.of(attendance) == account
    facts = VisitFacts.of(attendance.visit)
    assert isinstance(facts.commune, Commune)
    assert (facts.outcome, facts.cell, facts.cell_name) == ("postponed", None, "Ấp 9")
