"""The records addresses name: each sample of the table with who makes it.

To add one: a function of the people and of the assignment it shall belong to, in :data:`SAMPLES`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile

from accounts import audit, clock, sessions
from accounts.enums import Verb
from accounts.models import SavedView
from assignments.enums import PlanVariant
from assignments.models import Assignment, Officer, ReassignmentPlan
from assignments.planning.parameters import Parameters
from assignments.planning.services import create_plan
from assignments.roster.services import preview_import
from reports.enums import PetitionAct, ReportState
from reports.figures import FIGURES
from reports.models import PetitionEvent
from tests.access.people import People
from tests.assignments.roster.workbooks import make_workbook
from tests.factories import (
    DAY,
    make_answer,
    make_answer_file,
    make_area,
    make_assignment,
    make_attachment,
    make_attendance,
    make_body,
    make_cycle,
    make_departure,
    make_directive,
    make_document,
    make_evaluation,
    make_field,
    make_follow_up,
    make_frozen,
    make_handover,
    make_matter,
    make_notice,
    make_notification,
    make_pack,
    make_pack_file,
    make_period,
    make_petition,
    make_plan,
    make_regulation,
    make_remark,
    make_reorganisation,
    make_report,
    make_rules,
    make_session,
    make_task,
    make_template,
    make_user,
    make_visit,
    make_waiver,
)

Key = int | str
Maker = Callable[[People, Assignment], Key]


def a_roster_import(people: People, assignment: Assignment) -> Key:
    """Upload a list of one row."""
    rows = [["Lý Thị Em", assignment.commune.full_name]]
    content = make_workbook(rows, header=["Họ và tên", "Đảng bộ"])
    uploaded = {"file_name": "ds.xlsx", "content": content, "default_date": None}
    return preview_import(**uploaded, by=people.office).pk


def a_saved_view(people: People, assignment: Assignment) -> Key:
    """Keep a filter of the list of communes for the office."""
    view = {"path": "/dang-bo/", "query": "phu_trach=chua", "name": "Chưa có người"}
    return SavedView.objects.create(user=people.office, **view).pk


def a_scan(people: People, assignment: Assignment) -> Key:
    """Keep a scan with an assignment's decision; give its name."""
    decision = assignment.opening_decision
    decision.file.save("quyet-dinh.pdf", ContentFile(b"%PDF-1.7"))
    return decision.file.name


def an_attendance(people: People, assignment: Assignment) -> Key:
    return make_attendance(assignment.officer, make_visit(assignment.commune)).pk


def a_visit(people: People, assignment: Assignment) -> Key:
    visit = make_visit(assignment.commune)
    make_attendance(assignment.officer, visit)
    return visit.pk


def an_attachment(people: People, assignment: Assignment) -> Key:
    attendance = make_attendance(assignment.officer, make_visit(assignment.commune))
    return make_attachment(attendance).pk


def a_waiver(people: People, assignment: Assignment) -> Key:
    """Ask for a waiver of an assignment's officer; the office has not decided."""
    undecided = {"is_accepted": None, "decided_on": None}
    return make_waiver(assignment.officer, assignment.commune, **undecided).pk


def an_answer_file(people: People, assignment: Assignment) -> Key:
    """Answer a petition of an assignment's commune; give the file of the answer."""
    petition, answer = make_petition(assignment.commune, assignment.officer), make_answer()
    PetitionEvent.objects.create(
        petition=petition,
        act=PetitionAct.ANSWER,
        state=answer.outcome,
        happened_on=DAY,
        superseded_on=DAY,
        answer=answer,
    )
    return make_answer_file(answer).pk


def a_reassignment(people: People, assignment: Assignment) -> Key:
    """Begin a plan of reassignment that nothing is computed of yet."""
    named = {"name": "Phương án", "starts_on": DAY, "parameters": Parameters()}
    return create_plan(**named, by=people.office, now=clock.now()).pk


def a_chosen_plan(people: People, assignment: Assignment) -> Key:
    pk = a_reassignment(people, assignment)
    ReassignmentPlan.objects.filter(pk=pk).update(variant=PlanVariant.EVEN_LOAD)
    return pk


def a_handover(people: People, assignment: Assignment) -> Key:
    """Give the hand-over of an assignment of the officer that ended today."""
    return make_handover(make_assignment(assignment.officer, ended_on=clock.today())).pk


def with_account(officer: Officer) -> Officer:
    """Give an officer who writes for themselves: nobody types what they hand in on paper."""
    if officer.user is None:
        officer.user = make_user("officer")
        officer.save()
    return officer


def an_evaluation(people: People, assignment: Assignment) -> Key:
    return make_evaluation(with_account(assignment.officer)).pk


def a_remark(people: People, assignment: Assignment) -> Key:
    return make_remark(make_evaluation(with_account(assignment.officer))).pk


def reported(state: ReportState) -> Maker:
    return lambda people, assignment: make_report(assignment.officer, state=state).pk


def without_scope(make: Callable[[], object]) -> Maker:
    """Make a record that belongs to nobody's commune."""
    return lambda people, assignment: make().pk


def a_session(people: People, assignment: Assignment) -> Key:
    """Log somebody in who is none of the askers; give the name pages have for the session."""
    return sessions.public_id(make_session(make_user()).session_key)


SAMPLES: dict[str, Maker] = {
    "answer_file": an_answer_file,
    "area": without_scope(make_area),
    "assignment": lambda people, assignment: assignment.pk,
    "attachment": an_attachment,
    "attendance": an_attendance,
    "body": without_scope(make_body),
    "session": a_session,
    "audit_event": lambda people, assignment: audit.record(Verb.EXPORT, "Danh sách", by=None).pk,
    "chosen_plan": a_chosen_plan,
    "commune": lambda people, assignment: assignment.commune_id,
    "conclusion": lambda people, assignment: make_task(officer=assignment.officer).conclusion_id,
    "covered": lambda people, assignment: assignment.commune_id,
    "cycle": without_scope(make_cycle),
    "decision": lambda people, assignment: assignment.opening_decision_id,
    "departure": lambda people, assignment: make_departure(assignment.officer).pk,
    "directive": without_scope(make_directive),
    "document": without_scope(make_document),
    "dossier": a_handover,
    "draft": reported(ReportState.DRAFT),
    "evaluation": an_evaluation,
    "evaluation_rules": without_scope(make_rules),
    "field": without_scope(make_field),
    "figure": lambda people, assignment: FIGURES["officers_active"].field,
    "follow_up": lambda people, assignment: (
        make_follow_up(commune=assignment.commune, officer=assignment.officer).pk
    ),
    "frozen": without_scope(make_frozen),
    "frozen_review": lambda people, assignment: make_frozen().review_id,
    "handover": a_handover,
    "leaver": lambda people, assignment: assignment.officer_id,
    "left": lambda people, assignment: make_departure(assignment.officer).pk,
    "matter": lambda people, assignment: (
        make_petition(assignment.commune, matter=make_matter()).matter_id
    ),
    "notice": lambda people, assignment: make_notice(assignment.commune).pk,
    "notification": lambda people, assignment: make_notification(people.office).pk,
    "officer": lambda people, assignment: assignment.officer_id,
    "pack": lambda people, assignment: make_pack(finished_at=clock.now()).pk,
    "pack_file": without_scope(make_pack_file),
    "period": without_scope(make_period),
    "petition": lambda people, assignment: make_petition(assignment.commune, assignment.officer).pk,
    "plan": lambda people, assignment: make_plan(assignment.officer, assignment.commune).pk,
    "reassignment": a_reassignment,
    "regulation": without_scope(make_regulation),
    "relieved": lambda people, assignment: make_assignment(ended_on=clock.today()).commune_id,
    "remark": a_remark,
    "reorganisation": without_scope(make_reorganisation),
    "report": reported(ReportState.SUBMITTED),
    "roster_import": a_roster_import,
    "saved_view": a_saved_view,
    "scan": a_scan,
    "task": lambda people, assignment: make_task(officer=assignment.officer).pk,
    "template": without_scope(make_template),
    "visit": a_visit,
    "waiver": a_waiver,
}
# Records somebody may not even know of; the others are the office's alone, or everybody's.
IN_SCOPE = (
    "commune",
    "officer",
    "scan",
    "visit",
    "attendance",
    "attachment",
    "follow_up",
    "notice",
    "plan",
    "waiver",
    "conclusion",
    "task",
    "matter",
    "petition",
    "answer_file",
    "report",
    "draft",
    "evaluation",
    "remark",
    "departure",
    "handover",
)
