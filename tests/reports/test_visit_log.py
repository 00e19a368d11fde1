"""The page that logs a visit."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
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
from assignments.enums import VisitKind, VisitOutcome
from assignments.models import Attendance, Visit, VisitAttachment, VisitPlan
from tests.assignments.test_visit_amend import amend_url, as_shown
from tests.factories import (
    DAY,
    STARTED_ON,
    make_assignment,
    make_attendance,
    make_cell,
    make_commune,
    make_notice,
    make_officer,
    make_plan,
    make_user,
    make_visit,
)

pytestmark = pytest.mark.django_db

LOG = "/di-co-so/ghi/"
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
def fields(assignment):
    """Give ``fields(**changes)``: what the form sends for a committee meeting of today."""

    def filled(**changes) -> dict:
        return {
            "entry_key": str(uuid.uuid4()),
            "commune": assignment.commune_id,
            "day": DAY.isoformat(),
            "kind": "committee_meeting",
            "outcome": "held",
            "findings": "Nắm tình hình",
        } | changes

    return filled


def on(day: dt.date) -> dict[str, str]:
    """Give the fields of a day that is typed."""
    return {"day": "khac", "other_day": f"{day:%d/%m/%Y}"}


def text(response) -> str:
    return response.content.decode()


def written(response) -> Attendance:
    """Give the attendance a form wrote; it leads to the visit's page."""
    assert response.status_code == 302, response.context["form"].errors
    attendance = Attendance.objects.latest("pk")
    assert response.url == f"/di-co-so/{attendance.visit_id}/"
    return attendance


def refused(response) -> dict[str, list[str]]:
    """Give what a form says of its fields, "" for the whole; nothing was written."""
    assert response.status_code == 200
    assert not AuditEvent.objects.exists()
    errors = response.context["form"].errors
    return {("" if name == "__all__" else name): list(said) for name, said in errors.items()}


def a_picture(name: str = "anh.jpg") -> SimpleUploadedFile:
    content = io.BytesIO()
    size = (8, len(name))  # each name another picture
    Image.new("RGB", size, "red").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


# --- the common case -----------------------------------------------------------------------------


def test_an_officer_logs_a_visit(officer, fields, assignment):
    page = officer.get(LOG, {"dang_bo": assignment.commune_id})
    form = page.context["form"]
    assert form["commune"].value() == assignment.commune_id
    assert form["day"].value() == DAY.isoformat()
    assert form["outcome"].value() == VisitOutcome.HELD
    assert not form["kind"].value()
    response = officer.post(LOG, fields(), follow=True)
    attendance = Attendance.objects.get()
    assert attendance.officer == assignment.officer
    assert attendance.is_confirmed
    assert (attendance.entered_at, attendance.visit.visited_on) == (NOW, DAY)
    assert "Đã ghi: Dự họp Ban Chấp hành Đảng bộ, Xã Đại Hải, ngày 09/05/2023." in text(response)
    assert f'data-entered="{attendance.entry_key}"' in text(response)


def test_where_to_go_on_after_logging(officer, office, fields, assignment):
    page = officer.post(LOG, fields(), follow=True)
    assert "Về Địa bàn của tôi" in text(page)
    assert "Ghi chuyến khác" in text(page)
    assert "Ghi chuyến khác" not in text(officer.get(page.request["PATH_INFO"]))
    url = f"{LOG}?can_bo={assignment.officer_id}"
    page = office.post(url, fields(kind="field_visit", joins="khac"), follow=True)
    assert "Đã ghi: " in text(page)
    assert "Ghi chuyến khác" not in text(page)


def test_the_details(officer, fields, assignment):
    sent = fields(
        met="Đồng chí Bí thư Đảng ủy",
        economy="Giá lúa",
        defence="An ninh",
        politics="Kết nạp đảng viên",
        promised="Hỏi về đèn đường",
        area_change="Đường ấp 3 đã rải đá",
        organisation_front="Đều",
        organisation_women="Tốt",
        files=[a_picture(), a_picture("b.jpg")],
    )
    attendance = written(officer.post(LOG, sent))
    assert attendance.met == "Đồng chí Bí thư Đảng ủy"
    assert attendance.promised == "Hỏi về đèn đường"
    notes = dict(attendance.organisation_notes.values_list("organisation", "note"))
    assert notes == {"front": "Đều", "women": "Tốt"}
    assert [file.name for file in attendance.attachments.all()] == ["anh.jpg", "b.jpg"]


def test_what_the_form_asks_for(officer, fields):
    sent = fields(commune="", kind="", findings=" \u200b ", **on(DAY) | {"other_day": ""})
    assert refused(officer.post(LOG, sent)) == {
        "commune": ["Chọn nơi đã đến."],
        "other_day": ["Cần ghi ngày đi."],
        "kind": ["Chọn việc đã làm."],
    }
    assert refused(officer.post(LOG, fields(findings=""))) == {
        "findings": ["Ghi nội dung chính của chuyến đi."]
    }
    page = text(officer.post(LOG, {}))
    assert "Chưa lưu được: 4 chỗ cần xem lại" in page
    for anchor, label in (("id_kind_0", "Việc"), ("id_outcome_0", "Kết quả")):
        assert f'<a href="#{anchor}">{label}</a>' in page
        assert f'id="{anchor}"' in page


def test_an_attempt_needs_no_words(officer, fields):
    attendance = written(officer.post(LOG, fields(outcome="postponed", findings="")))
    assert attendance.visit.outcome == VisitOutcome.POSTPONED


def test_a_refusal_keeps_what_was_typed_and_speaks_of_files(officer, fields):
    sent = fields(kind="", findings="Đã bàn việc", met="Bí thư", files=[a_picture()])
    page = text(officer.post(LOG, sent))
    assert "Đã bàn việc" in page
    assert 'value="Bí thư"' in page
    assert "đồng chí chọn lại trước khi lưu" in page
    assert '<details class="card fold" open>' in page
    assert sent["entry_key"] in page


def test_a_file_that_is_not_taken_refuses_the_whole(officer, fields):
    php = SimpleUploadedFile("anh.jpg", b"<?php system($_GET[0]);", "image/jpeg")
    said = refused(officer.post(LOG, fields(files=[php, a_picture()])))
    assert said["files"][0].startswith("Tệp “anh.jpg”")
    assert not VisitAttachment.objects.exists()


def test_too_many_files(officer, fields, settings):
    settings.ATTACHMENTS_MAX_PER_VISIT = 2
    sent = fields(files=[a_picture() for _ in range(3)])
    assert refused(officer.post(LOG, sent)) == {"files": ["Mỗi lần gửi nhiều nhất 2 tệp."]}


def test_what_stands_already_counts_and_is_not_kept_twice(officer, fields, settings):
    settings.ATTACHMENTS_MAX_PER_VISIT = 2
    attendance = written(officer.post(LOG, fields(files=[a_picture(), a_picture("b.jpg")])))
    sent = as_shown(officer.get(amend_url(attendance)))
    page = officer.post(amend_url(attendance), sent | {"files": [a_picture("một nữa.jpg")]})
    said = "Mỗi lượt dự có nhiều nhất 2 tệp; đã có 2 tệp."
    assert page.context["form"].errors == {"files": [said]}
    again = officer.post(amend_url(attendance), sent | {"files": [a_picture()]})
    assert again.status_code == 302
    assert [file.name for file in attendance.attachments.all()] == ["anh.jpg", "b.jpg"]


@pytest.mark.parametrize(
    "typed",
    [
        unicodedata.normalize("NFD", "Họp bàn việc"),
        "\u202eHọp bàn\x00 việc\u200b",
        " Họp  bàn việc\t",
    ],
)
def test_text_is_stored_as_people_read_it(officer, fields, typed):
    sent = fields(findings=typed, met=typed, kind="cell_meeting", cell="khac", cell_name=typed)
    attendance = written(officer.post(LOG, sent))
    assert attendance.findings == attendance.met == attendance.visit.cell_name == "Họp bàn việc"


def test_text_that_is_too_long(officer, fields):
    said = refused(officer.post(LOG, fields(findings="a" * 10_001, met="b" * 301)))
    assert set(said) == {"findings", "met"}


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [DAY, DAY - ONE_DAY, DAY - 40 * ONE_DAY])
def test_days(officer, fields, day):
    attendance = written(officer.post(LOG, fields(**on(day))))
    assert attendance.visit.visited_on == day
    assert attendance.entered_days_late == (DAY - day).days


def test_a_page_left_open_overnight_means_the_day_it_said(officer, fields):
    day = DAY - 3 * ONE_DAY
    assert written(officer.post(LOG, fields(day=day.isoformat()))).visit.visited_on == day
    page = officer.post(LOG, fields(day=day.isoformat(), kind=""))
    assert page.context["form"]["day"].value() == "khac"
    assert 'value="06/05/2023"' in text(page)


@pytest.mark.parametrize("day", ["10/05/2023", "09/05/2024"])
def test_a_day_to_come_is_refused(officer, fields, day):
    said = refused(officer.post(LOG, fields(day="khac", other_day=day)))
    assert said == {"day": [f"Ngày {day} chưa tới: chỉ ghi chuyến đi đã thực hiện."]}


@pytest.mark.parametrize("day", ["30/02/2023", "hôm kia", "0001-01-01"])
def test_a_day_that_is_none(officer, fields, day):
    assert "other_day" in refused(officer.post(LOG, fields(day="khac", other_day=day)))
    assert "day" in refused(officer.post(LOG, fields(day=day)))


# --- whose commune it was ------------------------------------------------------------------------


@pytest.fixture
def former(assignment):
    """Make a commune that was the officer's until yesterday."""
    return make_assignment(assignment.officer, make_commune("Ba Trinh"), ended_on=DAY).commune


def test_a_former_officer_logs_a_day_that_was_theirs(officer, fields, former):
    attendance = written(officer.post(LOG, fields(commune=former.pk, **on(DAY - ONE_DAY))))
    assert attendance.visit.commune == former


def test_and_no_other_day(officer, fields, former):
    said = refused(officer.post(LOG, fields(commune=former.pk)))
    assert said["commune"][0].startswith("Ngày 09/05/2023, đồng chí Nguyễn Văn An không theo dõi")


def test_the_form_says_until_when_a_commune_was_theirs(officer, former, assignment):
    make_assignment(assignment.officer, make_commune("Sắp Tới"), started_on=DAY + ONE_DAY)
    page = officer.get(LOG)
    choices = [str(label) for _, label in page.context["form"].fields["commune"].choices]
    assert choices == ["Xã Đại Hải", "Xã Ba Trinh (đến hết 08/05/2023)"]
    assert page.context["form"]["commune"].value() == assignment.commune_id
    assert f'data-days="{STARTED_ON}/{DAY}"' in text(page)


def test_a_commune_since_then_is_offered_too_when_an_earlier_day_is_meant(officer, assignment):
    make_assignment(assignment.officer, make_commune("Mới Nhận"), started_on=DAY - ONE_DAY)
    form = officer.get(LOG, {"ngay_di": "2023-05-01"}).context["form"]
    choices = [str(label) for _, label in form.fields["commune"].choices]
    assert choices == ["Xã Đại Hải", "Xã Mới Nhận"]
    assert form["commune"].value() == assignment.commune_id


def test_many_communes_are_a_list(officer, assignment):
    assert 'type="radio" name="commune"' in text(officer.get(LOG))
    for _ in range(6):
        make_assignment(assignment.officer)
    page = text(officer.get(LOG))
    assert 'type="radio" name="commune"' not in page
    assert '<select name="commune"' in page


def test_a_foreign_commune_is_as_one_that_does_not_exist(officer, fields):
    foreign = make_assignment().commune
    answers = [officer.post(LOG, fields(commune=pk)) for pk in (foreign.pk, 10**9, "x", "-1")]
    said = {"commune": ["Nơi đã chọn không nằm trong các lựa chọn."]}
    assert [refused(answer) for answer in answers] == [said] * 4
    assert foreign.name not in text(officer.get(LOG, {"dang_bo": foreign.pk}))


def test_a_foreign_officer_is_as_one_that_does_not_exist(officer, fields):
    foreign = make_assignment().officer
    for pk in (foreign.pk, 10**9):
        assert officer.get(LOG, {"can_bo": pk}).status_code == 404
        assert officer.post(f"{LOG}?can_bo={pk}", fields()).status_code == 404
    assert written(officer.post(LOG, fields(officer=foreign.pk))).officer != foreign


def test_an_officer_without_communes(client_as, users):
    user = make_user(Role.OFFICER)
    assert "chưa được gắn với cán bộ nào" in text(client_as(user).get(LOG))
    make_officer("Lý Đa", user=user)
    page = text(client_as(user).get(LOG))
    assert "Chưa có Đảng bộ nào được phân công cho đồng chí Lý Đa." in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_records_nothing(client_as, assignment, fields, role):
    assert client_as(role).get(LOG).status_code == 403
    assert client_as(role).post(LOG, fields()).status_code == 403
    assert not Visit.objects.exists()


# --- cells ---------------------------------------------------------------------------------------


def test_a_cell_is_chosen_or_named(officer, fields, assignment):
    cell = make_cell(assignment.commune, "3")
    chosen = written(officer.post(LOG, fields(kind="cell_meeting", cell=cell.pk)))
    assert chosen.visit.cell == cell
    typed = fields(kind="cell_meeting", cell="khac", cell_name="Ấp Mới")
    assert written(officer.post(LOG, typed)).visit.cell_name == "Ấp Mới"
    said = officer.post(LOG, fields(kind="cell_meeting")).context["form"].errors
    assert said == {"cell": ["Chọn chi bộ, hoặc chọn “Nơi khác” rồi ghi tên."]}


@pytest.mark.parametrize("typed", ["ấp 3", "Chi bộ Ấp 3", unicodedata.normalize("NFD", "ẤP 3")])
def test_a_cell_that_is_listed_may_be_typed(officer, fields, assignment, typed):
    cell = make_cell(assignment.commune, "3")
    sent = fields(kind="cell_meeting", cell="khac", cell_name=typed)
    assert written(officer.post(LOG, sent)).visit.cell == cell


@pytest.mark.parametrize(
    ("span", "is_found"),
    [
        ({"ended_on": DAY, "end_note": "nhập vào ấp 4"}, True),
        ({"ended_on": DAY - ONE_DAY, "end_note": "nhập vào ấp 4"}, False),
        ({"started_on": DAY}, False),
    ],
)
def test_a_cell_that_is_typed_is_one_of_that_day(officer, fields, assignment, span, is_found):
    cell = make_cell(assignment.commune, "3", **span)
    sent = fields(kind="cell_meeting", cell="khac", cell_name="ấp 3", **on(DAY - ONE_DAY))
    visit = written(officer.post(LOG, sent)).visit
    assert (visit.cell, visit.cell_name) == ((cell, "") if is_found else (None, "ấp 3"))


def test_a_cell_left_behind_by_another_kind_is_not_kept(officer, fields, assignment):
    cell = make_cell(assignment.commune, "3")
    attendance = written(officer.post(LOG, fields(cell=cell.pk, cell_name="Ấp 9")))
    assert attendance.visit.cell_label == ""


def test_cells_of_other_communes_and_days(officer, fields, former, assignment):
    gone = make_cell(assignment.commune, "3", ended_on=DAY, end_note="nhập vào ấp 4")
    other = make_cell(former, "5")
    sent = {"kind": "cell_meeting"}
    said = refused(officer.post(LOG, fields(cell=gone.pk, **sent)))
    assert said == {"cell": ["Ngày 09/05/2023, Đảng bộ xã Đại Hải không có “Chi bộ ấp 3”."]}
    said = refused(officer.post(LOG, fields(cell=other.pk, **sent)))
    assert said == {"cell": ["Chi bộ này không thuộc Đảng bộ đã chọn."]}
    for pk in (make_cell().pk, 10**9):
        said = refused(officer.post(LOG, fields(cell=pk, **sent)))
        assert said == {"cell": ["Chi bộ đã chọn không nằm trong các lựa chọn."]}
    assert written(officer.post(LOG, fields(cell=gone.pk, **sent, **on(DAY - ONE_DAY)))).pk


# --- for whom ------------------------------------------------------------------------------------


def test_an_assistant_of_two_chooses_first(client_as, users, assignment, fields):
    other = make_assignment(make_officer("Lý Đa"))
    for row in (assignment, other):
        row.officer.assistants.add(users[Role.ASSISTANT])
    assistant = client_as(Role.ASSISTANT)
    page = text(assistant.get(LOG))
    assert "Ghi cho đồng chí nào?" in page
    assert f'href="{LOG}?can_bo={other.officer_id}"' in page
    assert assistant.post(LOG, fields()).context.get("officers")
    response = assistant.post(f"{LOG}?can_bo={other.officer_id}", fields(commune=other.commune_id))
    assert not written(response).is_confirmed
    assert "Chờ đồng chí Lý Đa xác nhận" in text(assistant.get(response.url))


def test_whose_commune_it_is_says_for_whom(client_as, users, assignment):
    other = make_assignment(make_officer("Lý Đa"))
    for row in (assignment, other):
        row.officer.assistants.add(users[Role.ASSISTANT])
    page = client_as(Role.ASSISTANT).get(LOG, {"dang_bo": other.commune_id})
    assert page.context["form"].officer == other.officer
    assert "Ghi cho đồng chí <b>Lý Đa</b>" in text(page)


def test_an_assistant_of_one_need_not_choose(client_as, users, assignment, fields):
    assignment.officer.assistants.add(users[Role.ASSISTANT])
    attendance = written(client_as(Role.ASSISTANT).post(LOG, fields()))
    assert attendance.officer == assignment.officer
    assert attendance.entered_by == users[Role.ASSISTANT]
    assert not attendance.is_confirmed


def test_the_office_types_a_name(office, assignment, fields):
    make_assignment(make_officer("Trần Đã Nghỉ", left_on=DAY - ONE_DAY), ended_on=DAY - ONE_DAY)
    make_officer("Trần Chưa Phân Công")
    page = text(office.get(LOG))
    assert "Trần Đã Nghỉ" in page
    assert "Trần Chưa Phân Công" not in page
    found = office.get(LOG, {"can_bo": "nguyen van an", "viec": "field_visit"})
    assert found.url == f"{LOG}?can_bo={assignment.officer_id}&viec=field_visit"
    assert "Không có cán bộ nào được phân công khớp" in text(office.get(LOG, {"can_bo": "xyz"}))
    assert "Ghi tên cán bộ." in text(office.get(LOG, {"can_bo": ""}))


def test_the_office_logs_for_whoever_held_the_commune(office, assignment, fields, users):
    url = f"{LOG}?can_bo={assignment.officer_id}"
    attendance = written(office.post(url, fields()))
    assert attendance.officer == assignment.officer
    assert attendance.confirmed_by == users[Role.OFFICE]
    said = office.post(url, fields(**on(STARTED_ON - ONE_DAY))).context["form"].errors
    assert said["commune"][0].startswith("Ngày 31/10/2021, đồng chí Nguyễn Văn An không theo dõi")
    assert office.get(LOG, {"can_bo": 10**9}).status_code == 404


def test_the_office_comes_from_a_commune(office, assignment):
    page = office.get(LOG, {"dang_bo": assignment.commune_id})
    assert page.context["form"].officer == assignment.officer
    second = make_assignment(make_officer("Lý Đa"), assignment.commune, role="support").officer
    page = office.get(LOG, {"dang_bo": assignment.commune_id})
    assert set(page.context["officers"]) == {assignment.officer, second}


# --- what the address says -----------------------------------------------------------------------


def test_a_plan_fills_the_form_and_is_carried_out(officer, assignment, fields):
    cell = make_cell(assignment.commune, "3")
    plan = make_plan(
        assignment.officer,
        assignment.commune,
        kind=VisitKind.CELL_MEETING,
        cell=cell,
        planned_on=DAY - 20 * ONE_DAY,
    )
    url = f"{LOG}?ke_hoach={plan.pk}"
    form = officer.get(url).context["form"]
    assert form["commune"].value() == assignment.commune_id
    assert (form["kind"].value(), form["cell"].value()) == ("cell_meeting", cell.pk)
    assert (form["day"].value(), form["other_day"].value()) == ("khac", DAY - 20 * ONE_DAY)
    attendance = written(officer.post(url, fields(kind="cell_meeting", cell=cell.pk)))
    assert VisitPlan.objects.get().carried_out_by == attendance


def test_a_meeting_notice_fills_the_form(officer, assignment):
    notice = make_notice(assignment.commune, held_on=DAY - ONE_DAY, kind=VisitKind.FIELD_VISIT)
    form = officer.get(LOG, {"giay_moi": notice.pk}).context["form"]
    assert form["commune"].value() == assignment.commune_id
    assert (form["kind"].value(), form["day"].value()) == ("field_visit", "2023-05-08")


def test_what_the_address_may_say_besides(officer, assignment, former):
    asked = {"dang_bo": former.pk, "ngay_di": "2023-05-01", "viec": "mass_activity"}
    form = officer.get(LOG, asked).context["form"]
    assert form["commune"].value() == former.pk
    assert (form["kind"].value(), form["other_day"].value()) == (
        "mass_activity",
        dt.date(2023, 5, 1),
    )
    ahead = officer.get(LOG, {"ngay_di": "2023-06-01", "viec": "x"}).context["form"]
    assert (ahead["day"].value(), ahead["kind"].value()) == (DAY.isoformat(), None)


def test_plans_and_notices_of_others_are_as_if_not_named(officer, fields):
    for name, row in (("ke_hoach", make_plan()), ("giay_moi", make_notice())):
        form = officer.get(LOG, {name: row.pk}).context["form"]
        assert not form["kind"].value()
        written(officer.post(f"{LOG}?{name}={row.pk}", fields(findings=name, **on(DAY - ONE_DAY))))
        Attendance.objects.update(withdrawn_at=NOW, withdrawal_reason="Thử")
    assert VisitPlan.objects.open().exists()


# --- sent twice ----------------------------------------------------------------------------------


def test_a_form_sent_twice_leads_to_the_same_visit(officer, fields):
    sent = fields(files=[a_picture()])
    first = officer.post(LOG, sent)
    events = AuditEvent.objects.count()
    second = officer.post(LOG, sent | {"files": [a_picture()]})
    assert second.url == first.url
    assert f'data-entered="{sent["entry_key"]}"' in text(officer.get(second.url))
    assert Attendance.objects.count() == VisitAttachment.objects.count() == 1
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(
    ("change", "next_step"),
    [
        ({"findings": "Viết lại"}, "Đồng chí sửa chuyến đã ghi."),
        ({"organisation_front": "Đều"}, "Đồng chí sửa chuyến đã ghi."),
        ({"kind": "field_visit"}, "hoặc gửi tiếp để ghi thành chuyến mới."),
    ],
)
def test_a_form_sent_again_with_other_words_is_not_said_to_be_written(
    officer, fields, change, next_step
):
    sent = fields()
    first = written(officer.post(LOG, sent))
    officer.get(f"/di-co-so/{first.visit_id}/")  # says that the first was written
    page = officer.post(LOG, sent | change)
    [said] = page.context["form"].errors["__all__"]
    assert said.startswith("Chuyến này đã được ghi lúc 17:00 ngày 09/05/2023; nội dung vừa gửi")
    assert said.endswith(next_step)
    shown = text(page)
    assert f'href="{amend_url(first)}"' in shown
    assert "data-entered" not in shown
    assert sent["entry_key"] not in shown
    again = as_shown(page)
    assert all(again[name] == value for name, value in change.items())
    assert Attendance.objects.count() == 1
    if "kind" in change:
        assert written(officer.post(LOG, again)) != first


def test_a_picture_added_to_what_is_sent_again_is_not_lost(officer, fields):
    sent = fields()
    written(officer.post(LOG, sent))
    page = officer.post(LOG, sent | {"files": [a_picture()]})
    assert page.context["form"].errors["__all__"][0].startswith("Chuyến này đã được ghi lúc")


def test_joining_sent_twice_leads_to_the_same_visit(officer, fields, there):
    sent = fields(joins=there.pk)
    first = officer.post(LOG, sent)
    assert officer.post(LOG, sent).url == first.url
    assert there.attendances.count() == 2


def test_what_was_taken_back_is_written_anew_when_sent_again(officer, fields):
    sent = fields()
    first = written(officer.post(LOG, sent))
    Attendance.objects.update(withdrawn_at=NOW, withdrawal_reason="Nhầm")
    second = officer.post(LOG, sent | {"findings": "Viết lại"})
    attendance = written(second)
    assert attendance != first
    assert attendance.entry_key != first.entry_key
    assert f'data-entered="{sent["entry_key"]}"' in text(officer.get(second.url))


def test_a_key_of_somebody_else_leads_nowhere(officer, office, fields, assignment):
    sent = fields()
    written(office.post(f"{LOG}?can_bo={assignment.officer_id}", sent))
    page = officer.post(LOG, sent | {"kind": "field_visit", "joins": "khac"})
    assert page.status_code == 200
    assert Attendance.objects.count() == 1


def test_the_same_visit_entered_anew_is_told_where_it_is(officer, fields):
    first = written(officer.post(LOG, fields()))
    page = officer.post(LOG, fields())
    assert page.context["form"].errors["__all__"][0].startswith("Chuyến đi này đã ghi cho")
    assert f'href="/di-co-so/{first.visit_id}/"' in text(page)
    assert Attendance.objects.count() == 1


# --- joint visits --------------------------------------------------------------------------------


@pytest.fixture
def there(assignment):
    """Enter a visit of a colleague to the same commune, two days ago."""
    colleague = make_assignment(make_officer("Lý Đa"), assignment.commune, role="support").officer
    visit = make_visit(
        assignment.commune,
        visited_on=DAY - 2 * ONE_DAY,
        kind=VisitKind.CELL_MEETING,
        cell=make_cell(assignment.commune, "7"),
    )
    return make_attendance(colleague, visit).visit


def test_a_visit_near_is_offered_and_everything_typed_kept(officer, fields, there):
    page = officer.post(LOG, fields(findings="Đã bàn việc"))
    assert page.context["form"].errors == {
        "joins": ["Chọn: cùng một chuyến đi đã ghi, hay là chuyến khác."]
    }
    shown = text(page)
    assert "Cùng chuyến: Dự sinh hoạt chi bộ, Chi bộ ấp 7" in shown
    assert "07/05/2023 · đã ghi: Lý Đa" in shown
    assert "Sẽ ghi là <b>Dự sinh hoạt chi bộ, Chi bộ ấp 7, ngày 07/05/2023</b>" in shown
    chosen = "Dự họp Ban Chấp hành Đảng bộ, ngày 09/05/2023"
    assert f"đồng chí đang chọn: <span data-chosen>{chosen}</span>" in shown
    assert "Đã bàn việc" in shown
    assert not Visit.objects.exclude(pk=there.pk).exists()


def test_the_offer_accepted(officer, fields, there):
    attendance = written(officer.post(LOG, fields(kind="", joins=there.pk)))
    assert attendance.visit == there
    assert there.attendances.count() == 2
    page = text(officer.get(f"/di-co-so/{there.pk}/"))
    assert "Đã ghi cùng chuyến với đồng chí Lý Đa: Dự sinh hoạt chi bộ" in page


def test_the_likeliest_offer_comes_first_and_one_that_is_the_same_says_nothing(
    officer, fields, there, assignment
):
    colleague = there.attendances.get().officer
    same = make_visit(assignment.commune, visited_on=DAY, kind=VisitKind.COMMITTEE_MEETING)
    make_attendance(colleague, same)
    page = officer.post(LOG, fields())
    offers = [offer for _, offer in page.context["form"].fields["joins"].widget.choices][:-1]
    assert [(offer.visit, offer.differs) for offer in offers] == [(same, False), (there, True)]


def test_the_offer_refused(officer, fields, there):
    attendance = written(officer.post(LOG, fields(joins="khac")))
    assert attendance.visit != there
    assert attendance.visit.kind == VisitKind.COMMITTEE_MEETING


def test_an_attempt_is_not_offered_what_was_held(officer, fields, there):
    assert written(officer.post(LOG, fields(outcome="postponed"))).visit != there


def test_joining_something_not_offered(officer, fields, there):
    foreign = make_attendance().visit
    for pk in (foreign.pk, 10**9, "x"):
        assert "joins" in officer.post(LOG, fields(joins=pk)).context["form"].errors
    assert Attendance.objects.count() == 2


def test_the_open_page_has_the_offers_for_script(officer, there):
    page = text(officer.get(LOG))
    assert f'data-day="{there.visited_on}"' in page
    assert "data-offers hidden" in page


def test_joining_from_the_visits_own_page(officer, fields, there):
    url = f"{LOG}?chuyen={there.pk}"
    page = text(officer.get(url))
    assert "Dự sinh hoạt chi bộ, Chi bộ ấp 7" in page
    assert 'name="kind"' not in page
    attendance = written(officer.post(url, {"entry_key": uuid.uuid4(), "findings": "Đã dự"}))
    assert attendance.visit == there
    assert officer.post(url, {"entry_key": uuid.uuid4(), "findings": "Nữa"}).status_code == 200
    assert there.attendances.count() == 2
    assert officer.get(f"{LOG}?chuyen={make_attendance().visit_id}").status_code == 404


# --- speed ---------------------------------------------------------------------------------------


def queries(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def grow(assignment) -> None:
    """Add communes, cells, colleagues' visits near the day, plans."""
    for _ in range(4):
        row = make_assignment(assignment.officer)
        for _ in range(3):
            make_cell(row.commune)
        make_plan(assignment.officer, row.commune)
        colleague = make_assignment(commune=row.commune, role="support").officer
        make_attendance(colleague, make_visit(row.commune, cell=make_cell(row.commune)))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.OFFICE])
def test_the_number_of_queries_does_not_grow(client_as, users, assignment, there, role):
    assignment.officer.assistants.add(users[Role.ASSISTANT])
    client = client_as(role)
    urls = [f"{LOG}?can_bo={assignment.officer_id}", LOG]
    before = [queries(client, url) for url in urls]
    grow(assignment)
    assert [queries(client, url) for url in urls] == before
    assert max(before) <= 12
