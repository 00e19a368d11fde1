"""The page that corrects what was logged of a visit."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from accounts import clock
from accounts.enums import Role
from accounts.models import AuditEvent
from assignments.enums import MassOrganisation, VisitKind
from assignments.models import Attendance, Visit
from assignments.visits import Account, VisitFacts, log_visit
from tests.factories import (
    DAY,
    make_assignment,
    make_attendance,
    make_cell,
    make_commune,
    make_officer,
    make_visit,
)

pytestmark = pytest.mark.django_db

ONE_DAY = dt.timedelta(days=1)
NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(17)))


@pytest.fixture(autouse=True)
def on_day(monkeypatch):
    """Let it be DAY, five in the afternoon."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def assignment(users):
    """Give the officer who is a user a commune."""
    officer = make_officer("Nguyễn Văn An", user=users[Role.OFFICER])
    return make_assignment(officer, make_commune("Đại Hải"))


@pytest.fixture
def officer(assignment, client_as):
    return client_as(Role.OFFICER)


@pytest.fixture
def office(assignment, client_as):
    return client_as(Role.OFFICE)


@pytest.fixture
def former(assignment):
    """Make a commune that was the officer's until yesterday."""
    return make_assignment(assignment.officer, make_commune("Ba Trinh"), ended_on=DAY).commune


@pytest.fixture
def there(assignment):
    """Enter a visit of a colleague to the same commune, two days ago."""
    colleague = make_assignment(make_officer("Lý Đa"), assignment.commune, role="support").officer
    visit = make_visit(
        assignment.commune, visited_on=DAY - 2 * ONE_DAY, kind=VisitKind.CELL_MEETING
    )
    return make_attendance(colleague, visit).visit


@pytest.fixture
def enter(assignment, users):
    """Give ``enter(joins=None, **account)``: the officer's own entry of a meeting of today."""

    def entered(joins: Visit | None = None, **account) -> Attendance:
        return log_visit(
            officer=assignment.officer,
            facts=VisitFacts(assignment.commune, DAY, VisitKind.COMMITTEE_MEETING),
            account=Account(**{"findings": "Nắm tình hình"} | account),
            by=users[Role.OFFICER],
            now=NOW,
            entry_key=uuid.uuid4(),
            joins=joins,
        )

    return entered


def on(day: dt.date) -> dict[str, str]:
    """Give the fields of a day that is typed."""
    return {"day": "khac", "other_day": f"{day:%d/%m/%Y}"}


def text(response) -> str:
    return response.content.decode()


def a_picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "JPEG")
    return SimpleUploadedFile("anh.jpg", content.getvalue(), "image/jpeg")


def amend_url(attendance: Attendance) -> str:
    return f"/di-co-so/luot/{attendance.pk}/sua/"


def as_shown(page) -> dict:
    """Give what the form would send if nothing were touched."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields if name != "files"}
    if isinstance(values.get("other_day"), dt.date):
        values["other_day"] = f"{values['other_day']:%d/%m/%Y}"
    return {name: value for name, value in values.items() if value is not None}


def test_one_corrects_ones_own_of_the_same_day_without_a_reason(officer, enter):
    attendance = enter(met="Bí thư", organisations={MassOrganisation.FRONT: "Đều"})
    sent = as_shown(officer.get(amend_url(attendance)))
    assert (sent["met"], sent["organisation_front"]) == ("Bí thư", "Đều")
    response = officer.post(amend_url(attendance), sent | {"findings": "Mới", "met": ""})
    assert response.url == f"/di-co-so/{attendance.visit_id}/"
    attendance.refresh_from_db()
    assert (attendance.findings, attendance.met) == ("Mới", "")
    assert attendance.organisation_notes.get().note == "Đều"


def test_a_later_correction_needs_a_reason(officer, enter, monkeypatch):
    attendance = enter()
    monkeypatch.setattr(clock, "now", lambda: NOW + ONE_DAY)
    sent = as_shown(officer.get(amend_url(attendance))) | {"findings": "Mới"}
    page = officer.post(amend_url(attendance), sent)
    assert page.context["form"].errors == {"reason": ["Ghi lý do sửa."]}
    assert officer.post(amend_url(attendance), sent | {"reason": "Ghi thiếu"}).status_code == 302
    assert AuditEvent.objects.first().reason == "Ghi thiếu"


def test_facts_are_corrected_and_files_added(officer, enter, assignment):
    attendance = enter()
    sent = as_shown(officer.get(amend_url(attendance)))
    sent |= {"kind": "field_visit", "files": [a_picture()], **on(DAY - ONE_DAY)}
    officer.post(amend_url(attendance), sent)
    visit = Visit.objects.get()
    assert (visit.kind, visit.visited_on) == (VisitKind.FIELD_VISIT, DAY - ONE_DAY)
    assert attendance.attachments.count() == 1


def test_facts_of_a_shared_visit_are_shown_and_not_asked(officer, there, enter):
    attendance = enter(joins=there)
    page = officer.get(amend_url(attendance))
    assert 'name="kind"' not in text(page)
    assert "Còn đồng chí khác cùng dự" in text(page)
    forged = as_shown(page) | {"kind": "field_visit", "findings": "Mới", **on(DAY)}
    back = officer.post(amend_url(attendance), forged)
    assert "còn đồng chí khác cùng dự" in back.context["form"].errors["__all__"][0]
    assert as_shown(back)["findings"] == "Mới"
    assert officer.post(amend_url(attendance), as_shown(back)).status_code == 302
    there.refresh_from_db()
    assert there.kind == VisitKind.CELL_MEETING


def test_what_somebody_else_changed_meanwhile_is_not_written_over(officer, office, users, enter):
    attendance = enter(findings="Của tôi")
    url = amend_url(attendance)
    sent = as_shown(officer.get(url)) | {"findings": "Tôi viết thêm"}
    others = as_shown(office.get(url)) | {"findings": "Cơ quan sửa", "reason": "Ghi thiếu"}
    assert office.post(url, others).status_code == 302
    page = officer.post(url, sent)
    [said] = page.context["form"].errors["__all__"]
    assert said.startswith(f"Lượt dự này đã được {users[Role.OFFICE]} sửa lúc ")
    assert "Tôi viết thêm" in text(page)
    assert "<dd>Cơ quan sửa</dd>" in text(page)
    attendance.refresh_from_db()
    assert attendance.findings == "Cơ quan sửa"
    assert officer.post(url, as_shown(page)).status_code == 302
    attendance.refresh_from_db()
    assert attendance.findings == "Tôi viết thêm"


def test_corrections_keep_to_the_rules(officer, enter, former):
    attendance = enter()
    sent = as_shown(officer.get(amend_url(attendance)))
    wrong = officer.post(amend_url(attendance), sent | {"commune": former.pk, "findings": "Mới"})
    assert wrong.context["form"].errors["commune"][0].startswith("Ngày 09/05/2023")
    assert "Mới" in text(wrong)
    ahead = officer.post(amend_url(attendance), sent | on(DAY + ONE_DAY))
    assert "chưa tới" in ahead.context["form"].errors["day"][0]


def test_an_assistants_correction_waits_again(client_as, users, officer, enter, assignment):
    attendance = enter()
    assignment.officer.assistants.add(users[Role.ASSISTANT])
    assistant = client_as(Role.ASSISTANT)
    sent = as_shown(assistant.get(amend_url(attendance)))
    sent |= {"findings": "Mới", "reason": "Ghi thiếu"}
    page = assistant.post(amend_url(attendance), sent, follow=True)
    assert "Chờ đồng chí Nguyễn Văn An xác nhận" in text(page)
    attendance.refresh_from_db()
    assert not attendance.is_confirmed


def test_whose_attendance_may_be_corrected(client_as, officer, office, there, assignment):
    colleagues = there.attendances.get()
    assert officer.get(amend_url(colleagues)).status_code == 403
    assert officer.post(amend_url(colleagues), {}).status_code == 403
    assert office.get(amend_url(colleagues)).status_code == 200
    assert client_as(Role.LEADER).get(amend_url(colleagues)).status_code == 403
    strangers = make_attendance()
    for pk in (strangers.pk, 10**9):
        assert officer.get(f"/di-co-so/luot/{pk}/sua/").status_code == 404
        assert officer.post(f"/di-co-so/luot/{pk}/sua/", {}).status_code == 404
    withdrawn = make_attendance(
        assignment.officer,
        make_visit(assignment.commune),
        withdrawn_at=NOW,
        withdrawal_reason="Nhầm",
    )
    assert officer.get(amend_url(withdrawn)).status_code == 404


def test_a_former_officer_corrects_what_was_theirs(officer, former, assignment):
    attendance = make_attendance(assignment.officer, make_visit(former, visited_on=DAY - ONE_DAY))
    sent = as_shown(officer.get(amend_url(attendance)))
    sent |= {"findings": "Mới", "reason": "Ghi thiếu"}
    assert officer.post(amend_url(attendance), sent).status_code == 302


def test_the_office_corrects_what_rests_on_no_assignment(office, assignment):
    visit = make_visit()  # its assignment was corrected since
    attendance = make_attendance(assignment.officer, visit)
    sent = as_shown(office.get(amend_url(attendance)))
    assert sent["commune"] == visit.commune_id
    sent |= {"findings": "Mới", "reason": "Theo đề nghị"}
    assert office.post(amend_url(attendance), sent).status_code == 302


def test_the_number_of_queries_does_not_grow(
    client_as, assignment, there, django_assert_num_queries
):
    own = make_attendance(assignment.officer, make_visit(assignment.commune))
    client = client_as(Role.OFFICER)
    with CaptureQueriesContext(connection) as before:
        assert client.get(amend_url(own)).status_code == 200
    for _ in range(4):
        row = make_assignment(assignment.officer)
        make_cell(row.commune)
        make_attendance(assignment.officer, make_visit(row.commune))
    with django_assert_num_queries(len(before)):
        assert client.get(amend_url(own)).status_code == 200
    assert len(before) <= 12
