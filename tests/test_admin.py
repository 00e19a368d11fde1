"""The admin site: who enters, what is found, that nothing is deleted, that each write is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count, cycle

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import audit
from accounts.audited_admin import AuditedAdmin, OfficeAdmin, ReadOnlyAdmin
from accounts.enums import Role, Verb
from accounts.models import AuditEvent, AuditTrim, SavedView, User
from assignments.enums import AttachmentKind, DutyKind, EndReason, MassOrganisation, NoticeReply
from assignments.models import (
    Assignment,
    Attendance,
    Decision,
    Departure,
    Directive,
    Duty,
    FollowUp,
    MassOrganisationNote,
    MeetingNotice,
    NoticeAnswer,
    Officer,
    PlanComment,
    PlannedRow,
    ReassignmentPlan,
    Regulation,
    RosterImport,
    Visit,
    VisitAttachment,
    VisitPlan,
)
from communes.models import (
    Area,
    Commune,
    Contact,
    Descent,
    District,
    PartyCell,
    Reorganisation,
    Succession,
)
from reports.enums import HandoverItemKind, HandoverMove
from reports.models import (
    AnswerFile,
    CommitteeTerm,
    CommuneRemark,
    CompetentBody,
    Conclusion,
    ConclusionTask,
    Criterion,
    DocumentTemplate,
    Evaluation,
    EvaluationCitation,
    EvaluationCycle,
    EvaluationEvent,
    EvaluationRules,
    EvaluationScore,
    FrozenFigure,
    FrozenFigures,
    Handover,
    HandoverEvent,
    HandoverItem,
    IssuedDocument,
    Notification,
    NotificationRun,
    PackFile,
    Period,
    PeriodicReport,
    Petition,
    PetitionAnswer,
    PetitionCounter,
    PetitionEvent,
    PetitionField,
    PetitionLeg,
    PetitionMatter,
    ReportEvent,
    Review,
    ReviewPack,
    Waiver,
)
from tests.factories import (
    DAY,
    PASSWORD,
    make_answer,
    make_answer_file,
    make_area,
    make_assignment,
    make_attendance,
    make_body,
    make_cell,
    make_commune,
    make_conclusion,
    make_contact,
    make_criterion,
    make_cycle,
    make_decision,
    make_departure,
    make_directive,
    make_district,
    make_document,
    make_duty,
    make_field,
    make_follow_up,
    make_frozen,
    make_frozen_figure,
    make_handover,
    make_leg,
    make_matter,
    make_merger,
    make_notice,
    make_notification,
    make_officer,
    make_pack,
    make_pack_file,
    make_period,
    make_petition,
    make_plan,
    make_plan_of_reassignment,
    make_regulation,
    make_reorganisation,
    make_report,
    make_report_event,
    make_review,
    make_rules,
    make_task,
    make_template,
    make_term,
    make_user,
    make_visit,
    make_waiver,
)

NEW_PASSWORD = "Khong-ai-doan-9-duoc"
SPRING = dt.date(2022, 3, 1)
# Months of a time long before any test's, for what may not overlap another of its kind.
NAMES = count(1)
months = cycle(dt.date(1950 + number // 12, number % 12 + 1, 1) for number in range(600))


def page(model: type[models.Model], name: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def make_import() -> RosterImport:
    return RosterImport.objects.create(
        file_name="phan-cong.xlsx",
        checksum="0" * 64,
        default_date=SPRING,
        plan_digest="0" * 64,
        created_by=make_user(),
    )


def make_saved_view() -> SavedView:
    user = make_user()
    return SavedView.objects.create(user=user, path="/dang-bo/", query="tim=an", name="Tìm An")


def make_full_commune() -> Commune:
    return make_commune(district=make_district(), area=make_area(f"Khu vực {next(NAMES)}"))


def make_full_area() -> Area:
    return make_area(f"Khu vực {next(NAMES)}")


def make_full_reorganisation() -> Reorganisation:
    return make_reorganisation(created_by=make_user())


def make_succession() -> Succession:
    make_merger(make_full_commune(), name=f"Mới {next(NAMES)}", on=DAY)
    return Succession.objects.latest("pk")


def make_descent() -> Descent:
    """Make one by itself: writing all of them anew gives each another key."""
    old, new = make_full_commune(), make_full_commune()
    return Descent.objects.create(old=old, new=new, started_on=DAY)


def make_full_officer() -> Officer:
    officer = make_officer(user=make_user(Role.OFFICER))
    officer.assistants.add(make_user(Role.ASSISTANT))
    return officer


def make_full_assignment() -> Assignment:
    return make_assignment(
        officer=make_officer(),
        commune=make_full_commune(),
        ended_on=SPRING,
        closing_decision=make_decision(),
    )


def make_full_cell() -> PartyCell:
    return make_cell(make_full_commune(), ended_on=SPRING, end_note="Nhập vào ấp 3")


def make_month() -> Period:
    start = next(months)
    end = (start + dt.timedelta(days=31)).replace(day=1)
    return make_period(start, end, kind="month", number=start.month)


def make_ended_regulation() -> Regulation:
    start = next(months)
    return make_regulation(started_on=start, ended_on=start + dt.timedelta(days=28))


def make_full_duty() -> Duty:
    return make_duty(make_ended_regulation(), kind=DutyKind.CELL_MEETING, due_day=20)


def make_full_visit() -> Visit:
    commune = make_full_commune()
    return make_visit(commune, cell=make_cell(commune), entered_by=make_user())


def make_full_attendance() -> Attendance:
    return make_attendance(visit=make_full_visit(), met="Bí thư Đảng ủy", confirmed_at=None)


def make_organisation_note() -> MassOrganisationNote:
    return MassOrganisationNote.objects.create(
        attendance=make_full_attendance(), organisation=MassOrganisation.YOUTH, note="Ổn định"
    )


def make_attachment() -> VisitAttachment:
    return VisitAttachment.objects.create(
        attendance=make_full_attendance(),
        name="bien-ban.pdf",
        kind=AttachmentKind.PDF,
        size=1,
        checksum="0" * 64,
        uploaded_by=make_user(),
    )


def make_full_plan() -> VisitPlan:
    commune = make_full_commune()
    return make_plan(commune=commune, cell=make_cell(commune), entered_by=make_user())


def make_full_notice() -> MeetingNotice:
    commune = make_full_commune()
    return make_notice(commune, cell=make_cell(commune), entered_by=make_user())


def make_notice_answer() -> NoticeAnswer:
    return NoticeAnswer.objects.create(
        notice=make_full_notice(), officer=make_officer(), reply=NoticeReply.ATTENDS
    )


def make_full_follow_up() -> FollowUp:
    return make_follow_up(commune=make_full_commune(), officer=make_officer())


def make_full_waiver() -> Waiver:
    return make_waiver(commune=make_full_commune(), period=make_month(), decided_by=make_user())


def make_full_report() -> PeriodicReport:
    period = make_month()
    return make_report(period=period, commune=make_full_commune(), entered_by=make_user())


def make_full_report_event() -> ReportEvent:
    return make_report_event(make_full_report(), by=make_user())


def make_full_petition() -> Petition:
    visit = make_full_visit()
    return make_petition(
        visit.commune, make_officer(), source="visit", visit=visit, matter=make_matter()
    )


def make_routing() -> PetitionEvent:
    """Make the event of a routing after that of the raising."""
    petition = make_full_petition()
    petition.events.update(superseded_on=DAY)
    return petition.events.create(
        act="route", state="routed", happened_on=DAY, body=make_body(), by=make_user()
    )


def make_counter() -> PetitionCounter:
    return PetitionCounter.objects.create(year=1950 + PetitionCounter.objects.count())


def make_ended_term() -> CommitteeTerm:
    start = next(months)
    return make_term(started_on=start, ended_on=start + dt.timedelta(days=28))


def make_month_cycle() -> EvaluationCycle:
    start = next(months)
    rules = EvaluationRules.objects.first()
    return make_cycle(rules, started_on=start, ended_on=start + dt.timedelta(days=28))


def make_handover_item() -> HandoverItem:
    return HandoverItem.objects.create(
        handover=make_handover(),
        kind=HandoverItemKind.TASK,
        target_key="reports.conclusiontask:1",
        words="Rà soát đèn đường",
        new_owner=make_officer(),
    )


def make_handover_event() -> HandoverEvent:
    return HandoverEvent.objects.create(
        handover=make_handover(), move=HandoverMove.CLOSE, by=make_user(), note="Đơn vị giải thể"
    )


def make_planned_row() -> PlannedRow:
    return PlannedRow.objects.create(
        plan=make_plan_of_reassignment(), commune=make_full_commune(), after=make_officer()
    )


def make_plan_comment() -> PlanComment:
    return PlanComment.objects.create(
        plan=make_plan_of_reassignment(), by=make_user(), text="Đồng ý"
    )


def make_trim() -> AuditTrim:
    return AuditTrim.objects.create(
        before=dt.datetime(2023, 5, 9, tzinfo=dt.UTC), last_sequence=1, last_seal="a", rows=1
    )


MAKERS: dict[type[models.Model], Callable[[], models.Model]] = {
    User: make_user,
    AuditTrim: make_trim,
    District: make_district,
    Area: make_full_area,
    Commune: make_full_commune,
    Reorganisation: make_full_reorganisation,
    Succession: make_succession,
    Descent: make_descent,
    Officer: make_full_officer,
    Decision: make_decision,
    Assignment: make_full_assignment,
    RosterImport: make_import,
    SavedView: make_saved_view,
    PartyCell: make_full_cell,
    Contact: lambda: make_contact(make_full_commune()),
    Regulation: make_ended_regulation,
    Duty: make_full_duty,
    Visit: make_full_visit,
    Attendance: make_full_attendance,
    MassOrganisationNote: make_organisation_note,
    VisitAttachment: make_attachment,
    VisitPlan: make_full_plan,
    MeetingNotice: make_full_notice,
    NoticeAnswer: make_notice_answer,
    Directive: make_directive,
    FollowUp: make_full_follow_up,
    Period: make_month,
    Waiver: make_full_waiver,
    CompetentBody: make_body,
    PetitionField: lambda: make_field(body=make_body()),
    PetitionMatter: make_matter,
    Petition: make_full_petition,
    PetitionCounter: make_counter,
    PetitionEvent: make_routing,
    PetitionLeg: lambda: make_leg(make_full_petition(), entered_by=make_user()),
    PetitionAnswer: lambda: make_answer(body=make_body(), entered_by=make_user()),
    AnswerFile: lambda: make_answer_file(uploaded_by=make_user()),
    PeriodicReport: make_full_report,
    ReportEvent: make_full_report_event,
    Conclusion: make_conclusion,
    ConclusionTask: lambda: make_task(entered_by=make_user()),
    Notification: make_notification,
    NotificationRun: lambda: NotificationRun.objects.create(day=DAY),
    CommitteeTerm: make_ended_term,
    IssuedDocument: lambda: make_document(entered_by=make_user()),
    DocumentTemplate: lambda: make_template(uploaded_by=make_user()),
    Review: lambda: make_review(document=make_document()),
    FrozenFigures: make_frozen,
    FrozenFigure: make_frozen_figure,
    ReviewPack: make_pack,
    PackFile: make_pack_file,
    EvaluationRules: make_rules,
    Criterion: make_criterion,
    EvaluationCycle: make_month_cycle,
    Departure: make_departure,
    Handover: make_handover,
    HandoverItem: make_handover_item,
    HandoverEvent: make_handover_event,
    ReassignmentPlan: make_plan_of_reassignment,
    PlannedRow: make_planned_row,
    PlanComment: make_plan_comment,
}
# What administrators never see: what people say and decide of officers (DESIGN §1).
EVALUATION_CONTENT = {
    CommuneRemark,
    Evaluation,
    EvaluationCitation,
    EvaluationEvent,
    EvaluationScore,
}
VIEW_ONLY = {
    AnswerFile,
    AuditTrim,
    Departure,
    Descent,
    DocumentTemplate,
    FrozenFigure,
    FrozenFigures,
    Handover,
    HandoverEvent,
    HandoverItem,
    Notification,
    NotificationRun,
    PackFile,
    PetitionCounter,
    PetitionEvent,
    PlanComment,
    PlannedRow,
    ReassignmentPlan,
    Reorganisation,
    ReportEvent,
    Review,
    ReviewPack,
    RosterImport,
    SavedView,
    Succession,
    VisitAttachment,
}


@pytest.fixture
def administrator(client_as):
    return client_as(Role.ADMIN)


def form_values(response) -> dict[str, object]:
    """Give what a browser would post back from an admin form left as it is."""
    form = response.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {
        form[name].html_name: value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value
        for name, value in values.items()
        if value is not None and value is not False
    }


def post(client, address: str, **changes):
    """Post the form at ``address`` with ``changes``."""
    values = form_values(client.get(address)) | changes
    sent = {name: value for name, value in values.items() if value != ""}
    return client.post(address, sent)


def errors(response) -> list[str]:
    form = response.context["adminform"].form
    return [message for messages in form.errors.values() for message in messages]


# --- every model, and no more -------------------------------------------------------------------


def test_every_model_of_ours_has_a_page_and_no_other():
    assert set(admin.site._registry) == set(MAKERS)


def test_what_is_said_of_officers_has_no_page():
    assert EVALUATION_CONTENT.isdisjoint(admin.site._registry)


def test_every_page_is_audited_or_view_only():
    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, ReadOnlyAdmin if model in VIEW_ONLY else AuditedAdmin)


def test_nothing_writes_past_the_audit():
    for model_admin in admin.site._registry.values():
        assert isinstance(model_admin, OfficeAdmin)
        assert not model_admin.inlines
        assert not model_admin.list_editable
        assert model_admin.actions is None


def test_every_foreign_key_is_looked_up_not_listed():
    for model, model_admin in admin.site._registry.items():
        keys = {field.name for field in model._meta.fields if field.is_relation and field.editable}
        keys |= {field.name for field in model._meta.many_to_many}
        if model not in VIEW_ONLY:
            assert keys == set(model_admin.autocomplete_fields)


@pytest.mark.parametrize("model", MAKERS)
def test_nothing_is_deleted(administrator, model):
    record = MAKERS[model]()
    assert administrator.get(page(model, "delete", record.pk)).status_code == 403
    assert administrator.post(page(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    ticked = {"action": "delete_selected", "_selected_action": [record.pk]}
    administrator.post(page(model, "changelist"), ticked)
    assert model.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("model", [model for model in MAKERS if model in VIEW_ONLY])
def test_history_is_not_edited(administrator, model):
    record = MAKERS[model]()
    assert administrator.get(page(model, "add")).status_code == 403
    assert administrator.post(page(model, "add"), {}).status_code == 403
    assert administrator.post(page(model, "change", record.pk), {}).status_code == 403
    assert 'name="_save"' not in administrator.get(page(model, "change", record.pk)).text


# --- as many queries for two hundred rows as for ten --------------------------------------------


def queries(client, address: str) -> int:
    """Count the queries of a page that has been opened before (content types are cached)."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("model", MAKERS)
def test_pages_do_not_slow_down_with_rows(administrator, model):
    first, *_ = [MAKERS[model]() for _ in range(10)]
    addresses = [
        f"{page(model, 'changelist')}?all=",
        f"{page(model, 'changelist')}?q=thu",
        page(model, "change", first.pk),
    ]
    few = [queries(administrator, address) for address in addresses]
    for _ in range(190):
        MAKERS[model]()
    assert [queries(administrator, address) for address in addresses] == few
    assert max(few) <= 12


LOOKED_UP = [
    (model, key)
    for model in MAKERS
    if model not in VIEW_ONLY
    for key in admin.site._registry[model].autocomplete_fields
]


@pytest.mark.parametrize(("model", "key"), LOOKED_UP)
def test_lookups_do_not_slow_down_with_rows(administrator, model, key):
    sought = model._meta.get_field(key).related_model
    query = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
    address = f"{reverse('admin:autocomplete')}?{query}&field_name={key}"
    MAKERS[sought]()
    few = queries(administrator, address)
    for _ in range(15):
        MAKERS[sought]()
    assert queries(administrator, address) == few


# --- finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "make", "query"),
    [
        (District, lambda: make_district(name="Mỹ Xuyên"), "xuyen my"),
        (Commune, lambda: make_commune(name="Thạnh Quới"), "thanh qui"),
        (
            Commune,
            lambda: make_commune(name="Phú Hữu", district=make_district(name="Long Phú")),
            "huu long",
        ),
        (Officer, lambda: make_officer("Thạch Thị Hoà"), "hòa thach"),
        (Decision, lambda: make_decision("512B-QĐ/TU"), "512b qd"),
        (Assignment, lambda: make_assignment(make_officer("Đỗ Thị Ánh")), "anh do"),
        (User, lambda: make_user(full_name="Lý Kim Huê"), "kim"),
        (PartyCell, lambda: make_cell(make_commune("Kế Sách"), "Bưng Thum"), "thum ke"),
        (Contact, lambda: make_contact(make_commune("Kế Sách")), "sach ke"),
        (Visit, lambda: make_visit(make_commune("Kế Sách")), "ke sach"),
        (Attendance, lambda: make_attendance(make_officer("Đỗ Thị Ánh")), "anh do"),
        (VisitPlan, lambda: make_plan(make_officer("Đỗ Thị Ánh")), "anh do"),
        (MeetingNotice, lambda: make_notice(make_commune("Kế Sách")), "ke sach"),
        (Directive, lambda: make_directive("21-NQ/TU", subject="Kinh tế biển"), "bien 21"),
        (FollowUp, lambda: make_follow_up(make_directive("Nghị quyết 21")), "quyet 21"),
        (Waiver, lambda: make_waiver(make_officer("Đỗ Thị Ánh")), "anh do"),
        (Regulation, lambda: make_regulation(number="512B-QC/TU"), "512b-qc"),
        (Period, make_period, "2023"),
        (CompetentBody, lambda: make_body("Sở Giao thông vận tải"), "van tai giao"),
        (PetitionField, lambda: make_field("Đèn đường"), "duong den"),
        (PetitionMatter, lambda: make_matter("Đèn đường nông thôn"), "nong den"),
        (Petition, lambda: make_petition(make_commune("Kế Sách")), "sach ke"),
        (Petition, lambda: make_petition(content="Nạo vét kênh Bưng Sa"), "sa kenh"),
        (PetitionLeg, lambda: make_leg(body=make_body("Sở Xây dựng")), "dung xay"),
        (PeriodicReport, lambda: make_report(make_officer("Đỗ Thị Ánh")), "anh do"),
        (Conclusion, lambda: make_conclusion("512B-TB/TU"), "tb 512b"),
        (ConclusionTask, lambda: make_task(content="Nạo vét kênh"), "kenh vet"),
    ],
)
def test_search_needs_no_accents(administrator, model, make, query):
    wanted = make()
    MAKERS[model]()
    response = administrator.get(page(model, "changelist"), {"q": query})
    assert list(response.context["cl"].queryset) == [wanted]


def test_a_lookup_tells_wards_of_one_name_apart(administrator):
    make_commune(name="1", kind="ward", district=make_district(name="Ngã Năm", kind="town"))
    query = {"app_label": "assignments", "model_name": "assignment", "field_name": "commune"}
    found = administrator.get(reverse("admin:autocomplete"), query | {"term": "phuong 1"}).json()
    assert [row["text"] for row in found["results"]] == ["Phường 1, Thị xã Ngã Năm"]


def test_the_chosen_commune_is_shown_with_its_district(administrator):
    commune = make_commune(name="1", kind="ward", district=make_district(name="Ngã Năm"))
    assignment = make_assignment(commune=commune)
    response = administrator.get(page(Assignment, "change", assignment.pk))
    assert "Phường 1, Huyện Ngã Năm" in response.text


# --- every write is told ------------------------------------------------------------------------


def test_a_change_is_told_with_before_and_after(administrator, users):
    commune = make_commune(name="An Ninh", code="31570")
    response = post(
        administrator,
        page(Commune, "change", commune.pk),
        code="31571",
        audit_reason="Theo danh mục mới",
    )
    assert response.status_code == 302
    event = AuditEvent.objects.get(target_key=audit.target_key(commune))
    assert (event.verb, event.actor) == (Verb.CHANGE, str(users[Role.ADMIN]))
    assert (event.before, event.after) == ({"mã ĐVHC": "31570"}, {"mã ĐVHC": "31571"})
    assert event.reason == "Theo danh mục mới"
    assert event.address == "127.0.0.1"


def test_a_new_record_is_told(administrator):
    post(administrator, page(District, "add"), kind="city", name="Sóc Trăng")
    district = District.objects.get()
    event = AuditEvent.objects.get(target_key=audit.target_key(district))
    assert (event.verb, event.before) == (Verb.CREATE, {})
    assert event.after == {"loại": "Thành phố", "tên (không ghi loại)": "Sóc Trăng"}


def test_who_assists_is_told(administrator):
    officer = make_full_officer()
    old, new = officer.assistants.get(), make_user(Role.ASSISTANT)
    post(administrator, page(Officer, "change", officer.pk), assistants=[new.pk])
    event = AuditEvent.objects.get(target_key=audit.target_key(officer))
    assert event.before == {"thư ký giúp việc": [str(old)]}
    assert event.after == {"thư ký giúp việc": [str(new)]}


@pytest.mark.parametrize("model", [model for model in MAKERS if model not in VIEW_ONLY])
def test_saving_without_a_change_tells_nothing(administrator, model):
    record = MAKERS[model]()
    before = AuditEvent.objects.count()
    assert post(administrator, page(model, "change", record.pk)).status_code == 302
    assert AuditEvent.objects.count() == before


def test_a_write_that_cannot_be_told_is_not_done(administrator, monkeypatch):
    def refuse(*args, **kwargs):
        raise ValidationError("Không ghi được nhật ký.")

    commune = make_commune(code="1")
    monkeypatch.setattr(audit, "record", refuse)
    with pytest.raises(ValidationError):
        post(administrator, page(Commune, "change", commune.pk), code="2")
    commune.refresh_from_db()
    assert commune.code == "1"


def test_there_is_one_log(administrator):
    commune = make_commune()
    post(administrator, page(Commune, "change", commune.pk), code="2")
    assert not LogEntry.objects.exists()
    response = administrator.get(page(Commune, "history", commune.pk), follow=True)
    assert [row.record.target_key for row in response.context["rows"]] == [
        audit.target_key(commune)
    ]


# --- what has a history -------------------------------------------------------------------------


BEGUN_ELSEWHERE = (PeriodicReport, Petition, PetitionAnswer, PetitionLeg)


@pytest.mark.parametrize("model", BEGUN_ELSEWHERE)
def test_what_has_a_history_is_begun_on_its_own_pages(administrator, model):
    assert administrator.get(page(model, "add")).status_code == 403
    assert administrator.post(page(model, "add"), {}).status_code == 403


FORGED = {
    "state": "resolved",
    "told_on": "01/06/2023",
    "raised_on": "01/06/2023",
    "withdrawal_reason": "Nhầm",
    "outcome": "answered",
    "issued_on": "01/06/2023",
    "started_on": "01/06/2023",
    "ended_on": "01/06/2023",
    "first_submitted_on": "01/06/2023",
}


@pytest.mark.parametrize("model", BEGUN_ELSEWHERE)
def test_a_forged_form_does_not_move_it(administrator, model):
    record = MAKERS[model]()
    names = [field.attname for field in model._meta.fields if field.name in FORGED]
    assert post(administrator, page(model, "change", record.pk), **FORGED).status_code == 302
    stored = model.objects.get(pk=record.pk)
    assert [getattr(stored, name) for name in names] == [getattr(record, name) for name in names]


def test_a_correction_counts_as_an_edition(administrator):
    petition = make_full_petition()
    post(administrator, page(Petition, "change", petition.pk), content="Đề nghị nạo vét kênh")
    petition.refresh_from_db()
    assert (petition.content, petition.edition) == ("Đề nghị nạo vét kênh", 2)
    assert petition.search_key == "de nghi nao vet kenh"


@pytest.mark.parametrize(
    ("make", "column"), [(make_full_petition, "content"), (make_full_report, "economy")]
)
def test_a_correction_over_another_is_refused(administrator, make, column):
    record = make()
    address = page(type(record), "change", record.pk)
    values = form_values(administrator.get(address))
    type(record).objects.filter(pk=record.pk).update(**{"edition": 2, column: "Bản mới hơn"})
    response = administrator.post(address, values | {column: "Bản cũ"})
    assert "vừa được người khác thay đổi" in errors(response)[0]
    record.refresh_from_db()
    assert getattr(record, column) == "Bản mới hơn"


def test_what_was_handed_in_is_not_corrected(administrator):
    report = make_report(state="accepted", economy="Ổn định")
    post(administrator, page(PeriodicReport, "change", report.pk), economy="Khó khăn")
    report.refresh_from_db()
    assert report.economy == "Ổn định"


# --- a refusal is a sentence --------------------------------------------------------------------

TAKEN = "Đảng bộ này đã có cán bộ phụ trách chính trong thời gian đó."


def overlapping() -> dict[str, object]:
    """Give the form of a second main officer for a commune."""
    return {
        "officer": make_officer().pk,
        "commune": make_assignment().commune_id,
        "role": "main",
        "started_on": "01/03/2022",
    }


def test_an_overlap_is_a_sentence(administrator):
    response = post(administrator, page(Assignment, "add"), **overlapping())
    assert errors(response) == [TAKEN]


def test_an_overlap_of_another_writer_is_the_same_sentence(administrator, monkeypatch):
    monkeypatch.setattr(Assignment, "validate_constraints", lambda self, exclude=None: None)
    response = post(administrator, page(Assignment, "add"), **overlapping())
    assert response.status_code == 200
    assert errors(response) == [TAKEN]
    assert Assignment.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_a_user_name_another_writer_took_is_a_sentence(administrator, monkeypatch):
    monkeypatch.setattr(User, "validate_unique", lambda self, exclude=None: None)
    response = post(administrator, page(User, "add"), **new_account(username="office"))
    assert response.status_code == 200
    assert "vừa được người khác thay đổi" in errors(response)[0]


def test_an_end_before_the_start_is_a_sentence(administrator):
    assignment = make_assignment(started_on=SPRING)
    response = post(
        administrator,
        page(Assignment, "change", assignment.pk),
        ended_on="01/02/2022",
        end_reason=EndReason.RETIRED,
    )
    assert errors(response) == ["Ngày thôi phải sau ngày bắt đầu."]


# --- accounts -----------------------------------------------------------------------------------


def new_account(**changes) -> dict[str, str]:
    return {
        "username": "moi",
        "full_name": "Sơn Thị Mới",
        "role": Role.OFFICE,
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    } | changes


def test_a_new_user_must_change_the_password(administrator):
    assert post(administrator, page(User, "add"), **new_account()).status_code == 302
    user = User.objects.get(username="moi")
    assert user.check_password(NEW_PASSWORD)
    assert user.must_change_password
    assert user.role == Role.OFFICE


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password1": "ngan", "password2": "ngan"}, "Mật khẩu còn thiếu"),
        ({"password2": "Khac-han-9-lan-nay"}, "không giống nhau"),
        ({"password1": "", "password2": ""}, "Chưa ghi ô này."),
        ({"username": "Văn Thư"}, "Chỉ dùng chữ thường"),
        ({"username": "office"}, "đã có người dùng"),
    ],
)
def test_a_bad_account_is_refused_with_the_reason(administrator, changes, sentence):
    response = post(administrator, page(User, "add"), **new_account(**changes))
    assert sentence in " ".join(errors(response))
    assert not User.objects.filter(full_name="Sơn Thị Mới").exists()


def test_a_password_set_for_somebody_must_be_changed_and_ends_their_sessions(
    administrator, users, client_as
):
    theirs = client_as(Role.OFFICE)
    typed = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    post(administrator, page(User, "change", users[Role.OFFICE].pk), **typed)
    user = User.objects.get(username="office")
    assert user.check_password(NEW_PASSWORD)
    assert user.must_change_password
    assert theirs.get("/").status_code == 302
    assert AuditEvent.objects.filter(verb=Verb.PASSWORD).count() == 1
    for event in AuditEvent.objects.all():
        assert NEW_PASSWORD not in f"{event.before}{event.after}{event.reason}"
        assert user.password not in f"{event.before}{event.after}{event.reason}"


def test_a_hash_is_never_shown(administrator, users):
    response = administrator.get(page(User, "change", users[Role.OFFICE].pk))
    assert users[Role.OFFICE].password not in response.text
    assert "md5$" not in response.text


@pytest.mark.parametrize("changes", [{"role": Role.LEADER}, {"is_active": ""}])
def test_nobody_shuts_themselves_out(administrator, users, changes):
    own = users[Role.ADMIN]
    post(administrator, page(User, "change", own.pk), full_name="Tên Mới", **changes)
    own.refresh_from_db()
    assert (own.role, own.is_active, own.full_name) == (Role.ADMIN, True, "Tên Mới")


def test_ones_own_password_is_not_changed_here(administrator, users):
    own = users[Role.ADMIN]
    typed = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    post(administrator, page(User, "change", own.pk), **typed)
    own.refresh_from_db()
    assert own.check_password(PASSWORD)


def test_a_locked_account_is_out_at_once(administrator, users, client_as):
    theirs = client_as(Role.OFFICE)
    post(administrator, page(User, "change", users[Role.OFFICE].pk), is_active="")
    assert theirs.get("/").status_code == 302


# --- the doors ----------------------------------------------------------------------------------


def test_the_admin_has_no_login_of_its_own(client, administrator):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1] == (f"{reverse('accounts:login')}?next=/quan-tri/", 302)
    response = administrator.get(reverse("admin:password_change"))
    assert response.url == reverse("accounts:password_change")


def test_logging_out_of_the_admin_is_told(administrator, users):
    administrator.post(reverse("admin:logout"))
    assert AuditEvent.objects.get().verb == Verb.LOGOUT
    assert administrator.get("/").status_code == 302


def test_pages_of_the_admin_are_in_vietnamese(administrator):
    response = administrator.get(reverse("admin:index"))
    for model in MAKERS:
        name = str(model._meta.verbose_name_plural)
        assert name.lower() in response.text.lower()
    assert "Recent actions" not in response.text
    assert "Hành động gần đây" not in response.text


# --- what somebody has put their name to stays as it was ------------------------------------------


def field_names(administrator, model: type[models.Model], key: int) -> set[str]:
    form = administrator.get(page(model, "change", key)).context["adminform"].form
    return set(form.fields)


def test_what_an_officer_confirmed_is_not_reworded(administrator):
    said = {"visit", "officer", "findings", "economy", "promised"}
    waiting = make_attendance(confirmed_at=None, confirmed_by=None)
    assert said <= field_names(administrator, Attendance, waiting.pk)
    confirmed = make_attendance(findings="Lời cán bộ")
    assert field_names(administrator, Attendance, confirmed.pk) == {"audit_reason"}
    post(administrator, page(Attendance, "change", confirmed.pk), findings="Lời khác")
    confirmed.refresh_from_db()
    assert confirmed.findings == "Lời cán bộ"


def test_what_was_decided_is_not_asked_otherwise(administrator):
    asked = {"officer", "commune", "period", "duty_kind", "effect", "times"}
    waiting = make_waiver(is_accepted=None, decided_on=None)
    assert asked <= field_names(administrator, Waiver, waiting.pk)
    decided = make_waiver(period=waiting.period)
    assert field_names(administrator, Waiver, decided.pk) == {"reason", "document", "audit_reason"}
    post(administrator, page(Waiver, "change", decided.pk), effect="x", times=9)
    before = decided.times
    decided.refresh_from_db()
    assert decided.times == before
