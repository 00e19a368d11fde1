"""Whatever is typed into an address or a form, the answer is a page, never an error of ours.

Every query parameter of every page and every field of every form gets every value below.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import urlencode

from accounts import audit, clock
from accounts.enums import Role, Verb
from accounts.models import User
from assignments.directives.filters import CommuneStateFilter, DirectiveFilter
from assignments.enums import DutyKind, PlanVariant
from assignments.filters import AssignmentFilter
from assignments.models import Assignment, Decision, ReassignmentPlan, RosterImport
from assignments.planning.parameters import Parameters
from assignments.planning.services import create_plan
from assignments.plans.filters import NoticeFilter, PlanFilter
from assignments.roster.services import preview_import
from assignments.tables import EXPORT, PAGE, SEARCH, SORT
from assignments.visits.filters import AttendanceFilter
from communes.as_of import PARAMETER as DAY
from reports.audit_log.filters import AuditLogFilter
from reports.conclusions.filters import TaskFilter
from reports.duties.forms import DutyForm
from reports.enums import PetitionState, ReportState
from reports.evaluation.columns import EvaluationFilter
from reports.figures import FIGURES
from reports.filters import CommuneFilter, OfficerFilter
from reports.models import PetitionField
from reports.periodic.expected_table import ExpectedForm
from reports.periodic.report_filters import ReportFilter
from reports.petitions.filters import PetitionFilter
from reports.petitions.matter_columns import MatterFilter
from reports.petitions.summary import BodyFilter, OfMatterFilter, SummaryFilter
from reports.reviews.document_filters import DocumentFilter
from reports.views.reassignments.listing import ReassignmentFilter
from reports.views.reviews.listing import ReviewFilter
from reports.waivers.filters import WaiverFilter
from tests.assignments.roster.workbooks import make_workbook
from tests.browser.pages import routes
from tests.factories import (
    make_answer_file,
    make_area,
    make_assignment,
    make_attachment,
    make_attendance,
    make_body,
    make_commune,
    make_departure,
    make_document,
    make_evaluation,
    make_follow_up,
    make_frozen,
    make_handover,
    make_leg,
    make_matter,
    make_notice,
    make_officer,
    make_pack,
    make_pack_file,
    make_petition,
    make_plan,
    make_regulation,
    make_remark,
    make_reorganisation,
    make_report,
    make_review,
    make_task,
    make_template,
    make_visit,
    make_waiver,
)

SURROGATE = "\ud800"
TEXTS = (
    "\x00",
    "a\x00b",
    SURROGATE,
    "\ufffe",
    "\u202egnp.exe",
    "\u200f1",
    "A\u0306\u0301 n\u0323",
    "x" * 10_000,
    "a b " * 2_500,
    "9" * 5_000,
    "-1",
    "0",
    "1.5",
    "1e9",
    "9223372036854775808",
    "٣",
    "²",
    "NaN",
    "None",
    "[]",
    "%",
    "%00%ff",
    "_%\\",
    "' OR 1=1; --",
    "<script>alert(1)</script>",
    "{{ request.user }}{% csrf_token %}",
    "=cmd|'/c calc'!A1",
    "../../etc/passwd",
    "http://xau.example/",
    "0001-01-01",
    "1945-01-01",
    "2100-12-31",
    "9999-12-31",
    "29/02/2023",
    "29/02/2024",
    " \t\r\n",
)
# As a browser would send them, the lone surrogate included.
VALUES = tuple(text.encode("utf-8", "surrogatepass") for text in TEXTS)

LISTS = {
    "reports:audit_log": AuditLogFilter,
    "reports:commune_list": CommuneFilter,
    "reports:officer_list": OfficerFilter,
    "assignments:list": AssignmentFilter,
    "reports:waivers": WaiverFilter,
    "reviews:list": ReviewFilter,
    "reviews:documents": DocumentFilter,
    "visits:list": AttendanceFilter,
    "visits:plan_list": PlanFilter,
    "visits:notice_list": NoticeFilter,
    "directives:list": DirectiveFilter,
    "directives:detail": CommuneStateFilter,
    "conclusions:list": TaskFilter,
    "periodic:list": ReportFilter,
    "evaluations:cycle": EvaluationFilter,
    "petitions:list": PetitionFilter,
    "reassignments:list": ReassignmentFilter,
    "petitions:by_field": SummaryFilter,
    "petitions:ageing": BodyFilter,
    "petitions:matter_list": MatterFilter,
    "petitions:matter_detail": OfMatterFilter,
}
# What a page reads from its address apart from filters, which all get one value together.
LISTED = (SEARCH, SORT, PAGE, EXPORT, DAY)
BULK = ("pc", "dang_bo", "can_bo", "ngay_bat_dau", DAY)
OF_DUTIES = ("reports:duty_list", "reports:duties_by_officer", "reports:duties_by_commune")
PARAMETERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(LISTS, LISTED),
    **dict.fromkeys(OF_DUTIES, (*LISTED, *DutyForm.base_fields, "can_bo", "dang_bo")),
    "reports:matrix": ("ky", EXPORT, DAY),
    "reassignments:add": BULK,
    "reassignments:detail": ("phuong_an", "tat_ca", DAY),
    "reviews:changes": ("chi_tieu", DAY),
    "petitions:add": ("dang_bo", "chuyen", "bao_cao", SEARCH, DAY),
    "petitions:route_many": ("kn", DAY),
    "petitions:group": ("kn", DAY),
    "petitions:escalated": (PAGE, DAY),
    "evaluations:rules_add": ("tu", DAY),
    "evaluations:cycle_add": ("goi_y", DAY),
    "evaluations:cycle_release": ("dg", DAY),
    "evaluations:cycle_compare": (DAY,),
    "evaluations:detail": (DAY,),
    "evaluations:sheet": (DAY,),
    "periodic:inbox": (*LISTED, *ExpectedForm.base_fields, "can_bo"),
    "periodic:begin": ("can_bo", "ky", "dang_bo", DAY),
    "periodic:urgent": ("can_bo", "dang_bo", DAY),
    "periodic:remind": ("ky", "chon", DAY),
    "periodic:reminder_letter": ("ky", "chon", "van_ban", DAY),
    "reports:brief": (DAY,),
    "reports:decision_annex": (DAY,),
    "reports:handover_minutes": (DAY,),
    "reports:commune_detail": ("muc", "ky", DAY),
    "reports:officer_detail": ("muc", "ky", DAY),
    "home": ("ky", DAY),
    "accounts:login": ("next",),
    "reports:search": (SEARCH, DAY),
    "reports:rules": ("nam", DAY),
    "reports:commune_cells": ("ten", DAY),
    "assignments:bulk_assign": BULK,
    "assignments:bulk_end": BULK,
    "assignments:bulk_hand_over": BULK,
    "assignments:import_preview": ("loai", PAGE, DAY),
    "reorganisations:add": ("thay", DAY),
    "reports:waiver_add": ("can_bo", "dang_bo", "ky", "nhiem_vu", "ten", DAY),
    "directives:detail": (*LISTED, "dang_bo"),
    "directives:follow_up": ("dang_bo", DAY),
    "visits:plan_add": ("can_bo", "dang_bo", "giay_moi", DAY),
    "visits:notice_add": ("dang_bo", SEARCH, DAY),
    "notifications:list": (PAGE, DAY),
    "visits:waiting": (PAGE, DAY),
    "reports:visit_log": (
        "can_bo",
        "dang_bo",
        "ngay_di",
        "viec",
        "ke_hoach",
        "giay_moi",
        "chuyen",
        DAY,
    ),
}
SOUND = {"on": "20/11/2026", "decision_number": "7-QĐ/TU", "decision_date": "05/11/2026"}
VISIT = {
    "entry_key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "day": "khac",
    "other_day": "09/05/2023",
    "kind": "cell_meeting",
    "cell": "khac",
    "cell_name": "Ấp 3",
    "outcome": "held",
    "joins": "",
    "findings": "Nắm tình hình",
    "met": "",
    "promised": "",
    "organisation_front": "",
}
PLANS = {
    "form-TOTAL_FORMS": "2",
    "form-INITIAL_FORMS": "0",
    "form-0-planned_on": "31/12/2099",
    "form-0-kind": "cell_meeting",
    "form-0-cell": "",
    "form-0-place": "Ấp 3",
    "form-0-purpose": "Nắm tình hình",
    "form-1-planned_on": "",
}
NOTICE = {
    "kind": "committee_meeting",
    "held_on": "31/12/2099",
    "held_at": "08:30",
    "place": "Hội trường",
    "content": "Sơ kết",
}
DIRECTIVE = {
    "number": "12-NQ/TU",
    "issued_on": "01/02/2023",
    "issuer": "Ban Thường vụ",
    "subject": "Về nông thôn mới",
    "started_on": "01/03/2023",
    "due_on": "",
}
TASKS = {
    "form-TOTAL_FORMS": "2",
    "form-INITIAL_FORMS": "0",
    "form-0-content": "Rà soát",
    "form-0-officer": "",
    "form-0-due_on": "31/12/2099",
    "form-1-content": "",
}
REGULATION = {
    "number": "12-QC/TU",
    "issued_on": "01/02/2099",
    "started_on": "01/03/2099",
    "previewed": "01/03/2099",
    "subject": "",
    "note": "",
    "nv-TOTAL_FORMS": "2",
    "nv-INITIAL_FORMS": "1",
    "nv-0-kind": "cell_meeting",
    "nv-0-period_kind": "quarter",
    "nv-0-required": "1",
    "nv-0-unit": "per_officer",
    "nv-0-due_day": "",
    "nv-0-grace_days": "0",
    "nv-0-weekend_rule": "stays",
    "nv-0-pro_rata": "full",
    "nv-0-exempt_days": "0",
    "nv-0-DELETE": "",
    "nv-1-kind": "",
}
PETITION = {
    "entry_key": "6f9619ff-8b86-4d01-b42d-00cf4fc964fe",
    "previewed": "",
    "content": "Đề nghị lắp đèn đường ấp 3",
    "raised_on": "09/05/2023",
    "source": "meeting",
    "source_note": "",
    "urgency": "normal",
    "beneficiary": "",
    "has_personal_data": "",
    "answer": "moi",
}
ROUTE = {"edition": "1", "on": "09/05/2023", "due_on": "", "reference": "", "note": ""}
ANSWER = {
    "edition": "1",
    "outcome": "resolved",
    "issued_on": "09/05/2023",
    "number": "",
    "content": "Đã lắp",
    "roadmap_on": "",
    "competent_body": "",
}
MATTER = {"title": "Đèn đường", "field": "1", "note": ""}
# A field, by its name in the office's list; petitions of the sample in each state an act needs.
FIELD_ENTRY = {"name": "Nước sạch", "limit_days": "30", "order": "9", "words": ""}
BODY_ENTRY = {"name": "Sở Mới", "level": "sector", "started_on": "", "ended_on": ""}
MOVES = ("offer", "recall", "accept", "return", "close")
OF_NEW = ("detail", "amend", "route", "answer", "duplicate", "note", "withdraw")
OF_SETTLED = ("tell", "reopen")
OF_MATTER = ("detail", "edit", "route", "answer")
NUMBERED = {"number": "5", "issued_on": "09/05/2023", "subject": "Sơ kết"}
REVIEW = {
    "name": "Sơ kết năm 2023",
    "first_quarter": "1",
    "last_quarter": "1",
    "day": "09/05/2023",
    "held_on": "",
    "report_day": "",
    "signer": "Trần Văn A",
    "recipients": "Ban Thường vụ",
}
OF_EVALUATION = (
    *("detail", "sheet", "rate", "return_rating", "propose", "return_proposal"),
    *("decide", "release", "object", "reconsider", "remark_add"),
)
OF_CYCLE = ("cycle", "cycle_compare", "cycle_complete", "cycle_release")
RATED = {"edition": "1", "level": "good", "text": "Đã làm"}
FORMS: dict[str, dict[str, str]] = {
    "evaluations:rules_add": {
        "name": "Bộ tiêu chí",
        "excellent_from": "90",
        "good_from": "70",
        "completed_from": "50",
        "excellent_cap": "20",
        "least_days": "30",
        "tc-TOTAL_FORMS": "1",
        "tc-INITIAL_FORMS": "0",
        "tc-0-name": "Gương mẫu",
        "tc-0-way": "judged",
        "tc-0-weight": "100",
        "tc-0-guidance": "",
    },
    "evaluations:rules_retire": {"on": "01/03/2099"},
    "evaluations:cycle_add": {
        "kind": "year",
        "name": "Năm 2023",
        "started_on": "01/01/2023",
        "last_day": "31/12/2023",
        "self_rating_due_on": "10/01/2024",
        "rules": "1",
        "previewed": "",
    },
    "evaluations:cycle_release": {"dg": "1"},
    "evaluations:propose": {**RATED, "commendation": "", "unrated_reason": "Đi học"},
    "evaluations:return_rating": {"edition": "1", "reason": "Ghi rõ hơn"},
    "evaluations:release": {"edition": "1"},
    "evaluations:remark_add": {
        "commune": "1",
        "document": "15-CV/ĐU",
        "given_on": "05/07/2023",
        "content": "Sát cơ sở",
    },
    "evaluations:remark_withdraw": {"reason": "Ghi nhầm"},
    "petitions:add": PETITION,
    "petitions:amend": {**PETITION, "edition": "1", "reason": "Ghi thiếu"},
    "petitions:route": ROUTE,
    "petitions:route_many": ROUTE,
    "petitions:group": {"title": "Đèn đường", "matter": "", "field": ""},
    "petitions:ungroup": {"edition": "1", "note": "Việc khác"},
    "petitions:escalated": {"kn": "1", "note": "Trả lời sớm"},
    "petitions:matter_add": MATTER,
    "petitions:matter_edit": MATTER,
    "petitions:matter_route": ROUTE,
    "petitions:matter_answer": ANSWER,
    "petitions:extend": {"edition": "1", "due_on": "31/12/2099", "note": "Chờ khảo sát"},
    "petitions:progress": {"edition": "1", "progress": "consider", "on": "09/05/2023", "note": ""},
    "petitions:answer": ANSWER,
    "petitions:duplicate": {"edition": "1", "search": "đèn", "of": "", "on": "09/05/2023"},
    "petitions:tell": {"edition": "1", "on": "09/05/2023", "note": "Đã gọi"},
    "petitions:reopen": {"edition": "1", "on": "09/05/2023", "note": "Chưa xong"},
    "petitions:note": {"edition": "1", "note": "Đã gọi"},
    "petitions:withdraw": {"edition": "1", "note": "Ghi nhầm"},
    "petitions:field_add": FIELD_ENTRY,
    "petitions:field_edit": FIELD_ENTRY,
    "petitions:body_add": BODY_ENTRY,
    "petitions:body_edit": BODY_ENTRY,
    "reports:regulation_add": REGULATION,
    "reports:regulation_edit": REGULATION,
    "reports:regulation_end": {"on": "01/03/2099", "previewed": "01/03/2099", "reason": "Bãi bỏ"},
    "reports:periods_add": {"year": "2026", "first_day": "15", "gaps_accepted": "on"},
    "reports:commune_cells": {
        "viec": "them",
        "them-lines": "Ấp 9",
        "them-kind": "office",
        "them-since": "01/03/2023",
    },
    "assignments:bulk_assign": {**SOUND, "role": "main", "until": "", "signer": "", "reason": ""},
    "assignments:bulk_end": {**SOUND, "end_reason": "retired", "signer": "", "reason": ""},
    "assignments:bulk_hand_over": {**SOUND, "end_reason": "replaced", "signer": "", "reason": ""},
    "accounts:password_change": {"old_password": "", "new_password1": "", "new_password2": ""},
    "assignments:import_list": {"default_date": "01/01/2026"},
    "assignments:import_choose": {},
    "reorganisations:add": {
        "resolution": "1668/NQ-UBTVQH15",
        "subject": "Sắp xếp",
        "effective_on": "01/07/2025",
        "ends_districts": "on",
    },
    "reorganisations:choose": {"don_vi": ""},
    "reorganisations:apply": {"decision_number": "9-QĐ/TU", "decision_date": "01/07/2025"},
    "reorganisations:undo": {"reason": "Nạp nhầm"},
    "reorganisations:drop": {},
    "reports:visit_log": VISIT,
    "visits:amend": {**VISIT, "reason": "Ghi thiếu"},
    "visits:waiting": {"luot": "", "ve": ""},
    "visits:withdraw": {"reason": "Ghi nhầm"},
    "visits:attachment_withdraw": {"reason": "Ghi nhầm"},
    "visits:plan_add": PLANS,
    "visits:plan_withdraw": {"reason": "Xã dời họp"},
    "visits:notice_add": NOTICE,
    "visits:notice_detail": {"reply": "cannot", "reason": "Họp", "delegate": "Đ/c B"},
    "visits:notice_withdraw": {"reason": "Hoãn"},
    "directives:add": DIRECTIVE,
    "directives:end": {"on": "20/11/2026", "reason": "Đã tổng kết"},
    "directives:follow_up": {"on": "09/05/2023", "state": "done", "note": "Đã xong"},
    "directives:follow_up_withdraw": {"reason": "Ghi nhầm"},
    "periodic:begin": {"ky": "1", "dang_bo": ""},
    "periodic:urgent": {
        "entry_key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
        "subject": "Sạt lở",
        "commune": "",
        "happened": "Sạt lở 50 m bờ sông",
    },
    "periodic:edit": {"economy": "Lúa được mùa", "initial-economy": "", "nop": ""},
    "periodic:autosave": {"economy": "Lúa được mùa", "initial-economy": ""},
    "periodic:submit": {"version": "1"},
    "periodic:send_back": {"reason": "Bổ sung số liệu"},
    "periodic:reopen": {"reason": "Bổ sung số liệu"},
    "periodic:withdraw": {"reason": "Soạn nhầm"},
    "periodic:accept_many": {"ky": "", "chon": ""},
    "periodic:remind": {"ky": "", "chon": "", "gui": "1"},
    "periodic:period_dates": {"due_on": "10/07/2023", "locked_on": "01/08/2023"},
    "conclusions:add": {
        **TASKS,
        "number": "35-TB/TU",
        "issued_on": "09/05/2023",
        "subject": "Sơ kết",
    },
    "conclusions:task_add": TASKS,
    "conclusions:task_done": {"done_on": "09/05/2023", "result": "Đã xong"},
    "conclusions:task_extend": {"due_on": "31/12/2099", "reason": "Mưa"},
    "conclusions:task_withdraw": {"reason": "Ghi nhầm"},
    "reviews:add": REVIEW,
    "reviews:edit": {**REVIEW, "edition": "1"},
    "reviews:withdraw": {"reason": "Ghi nhầm"},
    "reviews:freeze": {},
    "reviews:texts": {"mo_dau": "Có {{ can_bo_dang_phu_trach }} đồng chí"},
    "reviews:number": NUMBERED,
    "reviews:document_add": {**NUMBERED, "kind": "TB", "symbol": "TU"},
    "reviews:document_withdraw": {"reason": "Cấp nhầm"},
    "reassignments:add": {
        "name": "Phương án",
        "starts_on": "01/07/2099",
        "capacity": "3",
        "leavers": "",
        "needed": "",
        "shown": "",
        "unmovable": "",
        "unneeded": "",
        "least_sector": "0",
        "most_sector": "5",
        "kind_ward": "sector",
        "cap-TOTAL_FORMS": "1",
        "cap-INITIAL_FORMS": "0",
        "cap-0-rule": "khong_giao",
        "cap-0-officer": "",
        "cap-0-commune": "",
        "cap-0-reason": "",
        "rieng-TOTAL_FORMS": "1",
        "rieng-INITIAL_FORMS": "0",
        "rieng-0-officer": "",
        "rieng-0-most": "",
        "them_dong": "",
    },
    "departures:depart": {
        **SOUND,
        "reason": "retired",
        "note": "",
        "leaves_office": "on",
        "officer_1": "",
        "until_1": "",
    },
    "departures:withdraw": {"reason": "Ghi nhầm", "moved_to": ""},
    "departures:cover": {**SOUND, "officer": "", "last": "31/12/2099", "note": ""},
    "departures:items": {"owner_1": "", "reason_1": ""},
    **{f"departures:{move}": {"note": "Đã đủ"} for move in MOVES},
    "assignments:correct": {
        "role": "main",
        "started_on": "09/05/2023",
        "ended_on": "",
        "end_reason": "",
        "opening_number": "5-QĐ/TU",
        "opening_date": "",
        "closing_number": "",
        "closing_date": "",
        "note": "",
        "reason": "Ghi nhầm",
    },
    "assignments:cancel": {"reason": "Ghi nhầm", "reopens": ""},
    "reports:area_add": {"name": "Ven biển", "rank": "1"},
    "reports:area_edit": {"name": "Ven biển", "rank": "1", "is_retired": ""},
    "reports:area_list": {"khu_vuc": "1"},
    "reassignments:choose": {"edition": "1", "variant": "even_load"},
    "reassignments:change": {"edition": "1", "sau_1": "1", "dang_bo": "1", "can_bo": "1"},
    "reassignments:comment": {"text": "Đồng ý"},
    "reassignments:apply": {"edition": "1", "number": "5-QĐ/TU", "signed_on": "01/07/2023"},
    "reassignments:drop": {"reason": "Lập nhầm"},
}

# What a form takes as text: the service and the database see these values too.
TEXT_FIELDS = {
    "commendation",
    "document",
    "text",
    "tc-0-guidance",
    "tc-0-name",
    "unrated_reason",
    "beneficiary",
    "name",
    "reference",
    "search",
    "source_note",
    "words",
    "them-lines",
    "decision_number",
    "signer",
    "reason",
    "findings",
    "met",
    "cell_name",
    "organisation_front",
    "form-0-place",
    "form-0-purpose",
    "place",
    "content",
    "delegate",
    "number",
    "issuer",
    "subject",
    "note",
    "result",
    "happened",
    "economy",
    "form-0-content",
    "form-0-officer",
    "recipients",
    "mo_dau",
    "symbol",
}

REPORTS_WRITTEN = [f"periodic:{page}" for page in ("edit", "autosave", "submit", "withdraw")]
OF_REVIEW = [
    f"reviews:{page}" for page in ("detail", "edit", "withdraw", "freeze", "texts", "number")
]
OF_FREEZE = [
    f"reviews:{page}" for page in ("frozen", "changes", "workbook", "report", "pack_begin")
]
OF_REORGANISATION = [
    f"reorganisations:{page}" for page in ("detail", "choose", "refused", "apply", "undo", "drop")
]
OF_HANDOVER = [f"departures:{page}" for page in ("handover", "minutes", "items", *MOVES)]
OF_PACK = [f"reviews:{page}" for page in ("pack", "pack_next", "pack_zip")]
OF_REASSIGNMENT = [
    f"reassignments:{page}"
    for page in (
        *("detail", "solve", "renew", "choose", "change"),
        *("comment", "apply", "drop", "annex_word", "annex_excel"),
    )
]
OF_TEMPLATE = [f"reviews:{page}" for page in ("template_file", "template_withdraw")]
REPORTS_RECEIVED = [f"periodic:{page}" for page in ("detail", "accept", "send_back", "reopen")]


@pytest.fixture
def assignment(users) -> Assignment:
    """Make one assignment, of the officer who is a user."""
    return make_assignment(officer=make_officer(user=users[Role.OFFICER]))


def a_draft(by) -> ReassignmentPlan:
    """Draw up a plan, with a variant chosen that changes nothing."""
    day = dt.date(2099, 7, 1)
    plan = create_plan(
        name="Phương án", starts_on=day, parameters=Parameters(), by=by, now=clock.now()
    )
    plan.variant = PlanVariant.EVEN_LOAD
    plan.save()
    return plan


@pytest.fixture
def address(users, assignment) -> Callable[[str], str]:
    return addresses(users, assignment)


def addresses(users: dict[Role, User], assignment: Assignment) -> Callable[[str], str]:
    """Give ``address(route)``, of a record that is there where the route names one."""
    rows = [["Lý Thị Em", assignment.commune.full_name]]
    content = make_workbook(rows, header=["Họ và tên", "Đảng bộ"])
    roster = preview_import(
        file_name="ds.xlsx", content=content, default_date=None, by=users[Role.OFFICE]
    )
    visit = make_visit(assignment.commune)
    attendance = make_attendance(assignment.officer, visit, confirmed_at=None)
    attachment = make_attachment(attendance)
    waiver = make_waiver(assignment.officer, assignment.commune, is_accepted=None, decided_on=None)
    notice = make_notice(assignment.commune, held_on=dt.date(2099, 12, 31))
    noted = make_follow_up(commune=assignment.commune, officer=assignment.officer)
    task = make_task(officer=assignment.officer)
    version = make_regulation(DutyKind.CELL_MEETING, started_on=dt.date(2099, 1, 1))
    make_regulation(DutyKind.REPORT, ended_on=version.started_on)
    frozen = make_frozen(make_review(first_quarter=waiver.period))
    part = make_pack_file(make_pack(frozen))
    report = make_report(assignment.officer, period=waiver.period)
    handed_in = make_report(period=waiver.period, state=ReportState.SUBMITTED)
    new = make_petition(assignment.commune, assignment.officer)
    settled = make_petition(assignment.commune, state=PetitionState.RESOLVED)
    routed = make_petition(
        assignment.commune, state=PetitionState.ROUTED, matter=make_matter("Nạo vét kênh")
    )
    remark = make_remark(make_evaluation(assignment.officer), commune=assignment.commune)
    cycle = remark.evaluation.cycle
    keys = {
        **dict.fromkeys((f"evaluations:{page}" for page in OF_EVALUATION), remark.evaluation_id),
        **dict.fromkeys((f"evaluations:{page}" for page in OF_CYCLE), cycle.pk),
        "evaluations:rules_retire": cycle.rules_id,
        "evaluations:remark_withdraw": remark.pk,
        "reports:decision_annex": assignment.opening_decision_id,
        "reports:handover_minutes": make_assignment(ended_on=clock.today()).commune_id,
        **dict.fromkeys((f"petitions:{act}" for act in OF_NEW), new.pk),
        **dict.fromkeys((f"petitions:{act}" for act in OF_SETTLED), settled.pk),
        "petitions:progress": routed.pk,
        "petitions:extend": make_leg(routed, body=make_body("Sở Gia hạn")).petition_id,
        "petitions:ungroup": routed.pk,
        **dict.fromkeys((f"petitions:matter_{act}" for act in OF_MATTER), routed.matter_id),
        "petitions:answer_file": make_answer_file().pk,
        "petitions:field_edit": new.field_id,
        "petitions:body_edit": make_body().pk,
        **dict.fromkeys(REPORTS_WRITTEN, report.pk),
        **dict.fromkeys(REPORTS_RECEIVED, handed_in.pk),
        "periodic:period_dates": waiver.period_id,
        "reports:commune_detail": assignment.commune_id,
        "reports:officer_detail": assignment.officer_id,
        "reports:brief": assignment.commune_id,
        "reports:commune_cells": assignment.commune_id,
        "reports:regulation_edit": version.pk,
        "reports:regulation_end": version.pk,
        "reports:waiver_decide": waiver.pk,
        "reports:waiver_withdraw": waiver.pk,
        "visits:detail": visit.pk,
        "visits:withdraw": attendance.pk,
        "visits:amend": attendance.pk,
        "visits:attachment": attachment.pk,
        "visits:attachment_withdraw": attachment.pk,
        "visits:plan_withdraw": make_plan(assignment.officer, assignment.commune).pk,
        "visits:notice_detail": notice.pk,
        "visits:notice_withdraw": notice.pk,
        "directives:detail": noted.directive_id,
        "directives:end": noted.directive_id,
        "directives:follow_up": noted.directive_id,
        "directives:follow_up_withdraw": noted.pk,
        "conclusions:detail": task.conclusion_id,
        "conclusions:task_add": task.conclusion_id,
        "conclusions:task_done": task.pk,
        "conclusions:task_extend": task.pk,
        "conclusions:task_withdraw": task.pk,
        **dict.fromkeys(OF_REVIEW, frozen.review_id),
        **dict.fromkeys(OF_FREEZE, frozen.pk),
        **dict.fromkeys(OF_PACK, part.pack_id),
        **dict.fromkeys(OF_REORGANISATION, make_reorganisation().pk),
        "assignments:correct": assignment.pk,
        "assignments:cancel": make_assignment(started_on=dt.date(2099, 12, 1)).pk,
        "departures:depart": assignment.officer_id,
        "departures:cover": assignment.commune_id,
        "departures:departure": make_departure(assignment.officer).pk,
        "departures:withdraw": make_departure().pk,
        **dict.fromkeys(OF_HANDOVER, make_handover().pk),
        "reports:area_edit": make_area("Cù lao").pk,
        **dict.fromkeys(OF_REASSIGNMENT, a_draft(users[Role.OFFICE]).pk),
        "reviews:pack_file": part.pk,
        **dict.fromkeys(OF_TEMPLATE, make_template(uploaded_by=users[Role.OFFICE]).pk),
        "reviews:document_withdraw": make_document().pk,
        "figures:detail": FIGURES["communes"].field,
        "reports:audit_event": audit.record(Verb.VIEW, assignment, by=None).pk,
    }
    # Without these the office would be asked for whom, or where.
    queries = {
        "petitions:add": f"?dang_bo={assignment.commune_id}",
        "petitions:route_many": f"?kn={new.pk}",
        "petitions:group": f"?kn={new.pk}",
        "reports:visit_log": f"?can_bo={assignment.officer_id}",
        "visits:plan_add": f"?can_bo={assignment.officer_id}",
        "visits:notice_add": f"?dang_bo={assignment.commune_id}",
        "directives:follow_up": f"?dang_bo={assignment.commune_id}",
        "periodic:begin": f"?can_bo={assignment.officer_id}",
        "periodic:urgent": f"?can_bo={assignment.officer_id}",
        "periodic:accept_many": f"?ky={waiver.period_id}",
        "periodic:remind": f"?ky={waiver.period_id}",
        "periodic:reminder_letter": f"?ky={waiver.period_id}",
    }

    def reversed_route(route: str) -> str:
        page = route.rpartition(":")[2]
        is_of_import = page in ("import_preview", "import_choose", "import_apply", "import_refused")
        key = roster.pk if is_of_import else keys.get(route)
        return reverse(route, args=[key] if key else []) + queries.get(route, "")

    return reversed_route


def sent(client, url: str, data: dict):
    """Post a form whose values are bytes as they are."""
    form = "application/x-www-form-urlencoded"
    return client.post(url, urlencode(data), content_type=form)


def turns(names: Sequence[str]) -> Iterator[dict[str, bytes]]:
    """Give each name every value once, the names different values at a time."""
    for turn in range(len(VALUES)):
        yield {name: VALUES[(turn + 7 * place) % len(VALUES)] for place, name in enumerate(names)}


def never_an_error(response) -> None:
    assert response.status_code < 500
    if response.streaming:
        assert b"".join(response.streaming_content)


# Routes that only take a POST, or hand out a file by its key and read nothing else.
OTHERS = {
    "accounts:end_session",
    "accounts:logout",
    "accounts:save_view",
    "accounts:forget_view",
    "notifications:open",
    "notifications:read_all",
    "assignments:import_apply",
    "assignments:import_choose",
    "reorganisations:apply",
    "reorganisations:choose",
    "reorganisations:drop",
    "reorganisations:undo",
    "assignments:decision_file",
}
GET_ROUTES = sorted(set(routes()) - OTHERS)


@pytest.mark.parametrize("route", GET_ROUTES)
@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_query_parameters(client_as, address, role, route):
    client, url = client_as(role), address(route)
    response = client.get(url)
    never_an_error(response)
    if response.status_code in (403, 405):
        return  # the guard comes before any parameter is read
    if route == "accounts:login":
        client.logout()
    for data in turns(PARAMETERS.get(route, (DAY,))):
        never_an_error(client.get(url, data))
    for value in VALUES if route in LISTS else ():
        never_an_error(client.get(url, dict.fromkeys(LISTS[route].base_filters, value)))


@pytest.mark.parametrize("route", FORMS)
def test_form_fields(client_as, address, assignment, route):
    client, url = client_as(Role.OFFICE), address(route)
    free = make_commune()
    officer = make_officer("Lý Đa").full_name
    rows = {
        "pc": assignment.pk,
        "dang_bo": free.pk,
        "commune": assignment.commune_id,
        "can_bo": assignment.officer_id,
        "form-0-commune": assignment.commune_id,
        "form-0-body": make_body().pk,
        "body": make_body().pk,
        "field": PetitionField.objects.values_list("pk", flat=True).first(),
        f"officer_{assignment.pk}": officer,
        f"officer_{free.pk}": officer,
    }
    for wrong in turns((*FORMS[route], *rows)):
        never_an_error(sent(client, url, wrong))
        never_an_error(sent(client, url, rows | wrong))
    for name in FORMS[route].keys() & TEXT_FIELDS:
        for value in VALUES:
            never_an_error(sent(client, url, rows | FORMS[route] | {name: value}))
    written = [*Assignment.objects.values_list("started_on", "ended_on")]
    days = [day for row in written for day in row if day]
    days += Decision.objects.exclude(signed_on=None).values_list("signed_on", flat=True)
    assert all(dt.date(1945, 1, 1) <= day <= dt.date(2100, 12, 31) for day in days)


def test_login(client, users):
    for value in VALUES:
        for name, other in (("username", "password"), ("password", "username")):
            data = {name: value, other: "office"}
            never_an_error(sent(client, "/tai-khoan/dang-nhap/", data))
    assert "_auth_user_id" not in client.session


def test_names_of_uploaded_files(client_as, assignment):
    client = client_as(Role.OFFICE)
    content = make_workbook([["Lý Thị Em", "Xã Không Có"]], header=["Họ và tên", "Đảng bộ"])
    for text in TEXTS:
        file = SimpleUploadedFile("x.xlsx", content)
        file._name = f"{text.replace(SURROGATE, '')}.xlsx"  # the setter would tidy it
        never_an_error(client.post("/phan-cong/nap-danh-sach/", {"file": file}))
    assert RosterImport.objects.exists()
    assert all(
        len(name) <= 200 and "/" not in name and name.isprintable()
        for name in RosterImport.objects.values_list("file_name", flat=True)
    )


def test_session_cookies_that_are_none(client, db):
    for value in ('"\\000abcdefgh"', "x" * 5_000, "' OR 1=1 --", '"\\303\\251abcdefgh"'):
        assert client.get("/", headers={"cookie": f"sessionid={value}"}).status_code == 302
