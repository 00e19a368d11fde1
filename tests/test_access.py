"""Who may do what: every route, every role, GET and POST (DESIGN §1).

A route of the URLconf without a row in :data:`TABLE` fails. To add one: its name, what each role
gets on GET and on POST, and the sample its address needs, if any.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse

from accounts import clock
from accounts.audited_admin import ReadOnlyAdmin
from accounts.enums import Role
from accounts.models import AuditEvent, SavedView, User
from accounts.permissions import Permission, requires
from assignments.enums import PlanVariant
from assignments.models import Assignment, Officer, ReassignmentPlan, RosterImport
from assignments.planning.parameters import Parameters
from assignments.planning.services import create_plan
from assignments.roster.services import preview_import
from communes.models import Commune
from reports.enums import PetitionAct, ReportState
from reports.figures import FIGURES
from reports.models import AnswerFile, PetitionEvent, Waiver
from tests.assignments.roster.workbooks import make_workbook
from tests.browser.pages import routes
from tests.client import ReadingClient
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
    make_officer,
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
    make_task,
    make_template,
    make_user,
    make_visit,
    make_waiver,
)
from tests.test_admin import MAKERS

LOGIN = "to the login page"
ANONYMOUS = ""
ROLES = (ANONYMOUS, *Role)


def answers(
    anonymous: object, leader: object, office: object, officer: object, assistant: object, admin
) -> dict[str, object]:
    """Give the answer to each role."""
    return dict(zip(ROLES, (anonymous, leader, office, officer, assistant, admin), strict=True))


EVERYBODY = answers(LOGIN, 200, 200, 200, 200, 200)
WHO_SEE_ALL = answers(LOGIN, 200, 200, 403, 403, 200)
ONLY_OFFICE = answers(LOGIN, 403, 200, 403, 403, 403)
# Making a pack is reading: what it says was frozen before.
MAY_EXPORT = answers(LOGIN, 302, 302, 403, 403, 302)
WHO_RECORD = answers(LOGIN, 403, 200, 200, 200, 403)
# A draft is nobody's but its writers' and the office's.
WHO_WRITE = answers(LOGIN, 404, 200, 200, 200, 404)
# What the officer confirmed is not the assistant's to take back.
WHO_CONFIRM = WHO_RECORD | {Role.ASSISTANT: 403}
# Leaders say what they think of petitions; officers and who assists them of their own.
WHO_COMMENT = WHO_RECORD | {Role.LEADER: 200}
# Who has no part in evaluations is not told that there are any; an officer's is their own.
WHO_EVALUATE = answers(LOGIN, 200, 200, 403, 404, 404)
WHO_TAKE_PART = WHO_EVALUATE | {Role.OFFICER: 200}
OFFICE_PROPOSES = WHO_EVALUATE | {Role.LEADER: 403}
LEADER_DECIDES = WHO_EVALUATE | {Role.OFFICE: 403}
OFFICER_RATES = answers(LOGIN, 403, 403, 200, 404, 404)
# Who is to be moved is not told beforehand: officers do not know of plans.
WHO_SEE_PLANS = answers(LOGIN, 200, 200, 404, 404, 200)
OFFICE_PLANS = WHO_SEE_PLANS | {Role.LEADER: 403, Role.ADMIN: 403}
OFFICE_PLANS_ON = OFFICE_PLANS | {Role.OFFICE: 302}
NOT_TAKEN = answers(LOGIN, 405, 405, 405, 405, 405)
# Of a hand-over the officer gives: the office and the officer act, who assists them reads.
WHO_HAND_OVER = answers(LOGIN, 403, 200, 200, 403, 403)
TOLD_WHY_NOT = answers(LOGIN, 403, 302, 302, 403, 403)
OFFICE_TOLD = answers(LOGIN, 403, 302, 403, 403, 403)


def only_office(answer: int) -> dict[str, object]:
    """Give what an edit page answers: ``answer`` to the office, 403 to everybody else."""
    return ONLY_OFFICE | {Role.OFFICE: answer}


@dataclass(frozen=True)
class Row:
    """What a route answers; ``sample`` is the record its address names."""

    get: dict[str, object]
    post: dict[str, object]
    sample: str = ""
    query: str = ""


TABLE: dict[str, Row] = {
    "home": Row(EVERYBODY, NOT_TAKEN),
    "accounts:login": Row(
        answers(200, 302, 302, 302, 302, 302), answers(200, 302, 302, 302, 302, 302)
    ),
    "accounts:logout": Row(
        answers(405, 405, 405, 405, 405, 405), answers(LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN)
    ),
    "health": Row(answers(200, 200, 200, 200, 200, 200), answers(405, 405, 405, 405, 405, 405)),
    "accounts:password_change": Row(EVERYBODY, EVERYBODY),
    "accounts:save_view": Row(NOT_TAKEN, answers(LOGIN, 404, 404, 404, 404, 404)),
    "accounts:forget_view": Row(
        NOT_TAKEN, answers(LOGIN, 404, 302, 404, 404, 404), sample="saved_view"
    ),
    "reports:commune_list": Row(EVERYBODY, NOT_TAKEN),
    "reports:commune_detail": Row(EVERYBODY, NOT_TAKEN, sample="commune"),
    "reports:look_ahead": Row(WHO_SEE_ALL, NOT_TAKEN),
    "reports:area_list": Row(ONLY_OFFICE, ONLY_OFFICE),  # shown again: nothing was ticked
    "reports:area_add": Row(ONLY_OFFICE, ONLY_OFFICE),
    "reports:area_edit": Row(ONLY_OFFICE, ONLY_OFFICE, sample="area"),
    "reports:areas_by_districts": Row(NOT_TAKEN, only_office(302)),  # nothing to group
    "reports:officer_list": Row(EVERYBODY, NOT_TAKEN),
    "reports:officer_detail": Row(EVERYBODY, NOT_TAKEN, sample="officer"),
    "reports:duty_list": Row(EVERYBODY, NOT_TAKEN),
    "reports:duties_by_officer": Row(EVERYBODY, NOT_TAKEN),
    "reports:duties_by_commune": Row(EVERYBODY, NOT_TAKEN),
    "reports:duties_by_district": Row(EVERYBODY, NOT_TAKEN),
    "reports:matrix": Row(EVERYBODY, NOT_TAKEN),
    "reports:brief": Row(EVERYBODY, NOT_TAKEN, sample="commune"),
    "reports:commune_cells": Row(EVERYBODY, only_office(404), sample="commune"),  # no form named
    "reports:rules": Row(EVERYBODY, NOT_TAKEN),
    "reports:regulation_add": Row(ONLY_OFFICE, ONLY_OFFICE),  # shown again: nothing was filled in
    "reports:regulation_edit": Row(ONLY_OFFICE, ONLY_OFFICE, sample="regulation"),
    "reports:regulation_end": Row(ONLY_OFFICE, ONLY_OFFICE, sample="regulation"),
    "reports:periods_add": Row(ONLY_OFFICE, ONLY_OFFICE),
    "reports:waivers": Row(EVERYBODY, NOT_TAKEN),
    "reports:waiver_add": Row(WHO_RECORD, WHO_RECORD),
    "reports:waivers_decide": Row(NOT_TAKEN, only_office(302)),  # none ticked
    "reports:waiver_decide": Row(ONLY_OFFICE, ONLY_OFFICE, sample="waiver"),  # shown again
    "reports:waiver_withdraw": Row(WHO_RECORD, WHO_RECORD, sample="waiver"),  # shown again
    "reports:decision_annex": Row(WHO_SEE_ALL, NOT_TAKEN, sample="decision"),
    "reports:handover_minutes": Row(WHO_SEE_ALL, NOT_TAKEN, sample="relieved"),
    "reports:search": Row(EVERYBODY, NOT_TAKEN, query="?tim=an"),
    "figures:list": Row(WHO_SEE_ALL, NOT_TAKEN),
    "figures:detail": Row(WHO_SEE_ALL, NOT_TAKEN, sample="figure"),
    "reports:summary_workbook": Row(WHO_SEE_ALL, NOT_TAKEN),
    "figures:charts": Row(WHO_SEE_ALL, NOT_TAKEN),
    "assignments:list": Row(EVERYBODY, NOT_TAKEN),
    "assignments:bulk_assign": Row(ONLY_OFFICE, ONLY_OFFICE),  # shown again: nothing was filled in
    "assignments:bulk_end": Row(ONLY_OFFICE, ONLY_OFFICE),
    "assignments:bulk_hand_over": Row(ONLY_OFFICE, ONLY_OFFICE),
    "assignments:correct": Row(ONLY_OFFICE, ONLY_OFFICE, sample="assignment"),  # shown again
    "assignments:cancel": Row(ONLY_OFFICE, ONLY_OFFICE, sample="assignment"),
    "assignments:decision_file": Row(EVERYBODY, NOT_TAKEN, sample="scan"),
    "assignments:import_list": Row(ONLY_OFFICE, ONLY_OFFICE),
    "assignments:import_template": Row(ONLY_OFFICE, NOT_TAKEN),
    "assignments:import_preview": Row(ONLY_OFFICE, NOT_TAKEN, sample="roster_import"),
    "assignments:import_choose": Row(NOT_TAKEN, only_office(302), sample="roster_import"),
    "assignments:import_apply": Row(NOT_TAKEN, only_office(302), sample="roster_import"),
    "assignments:import_refused": Row(ONLY_OFFICE, NOT_TAKEN, sample="roster_import"),
    "notifications:list": Row(EVERYBODY, NOT_TAKEN),
    "notifications:open": Row(
        NOT_TAKEN, answers(LOGIN, 404, 302, 404, 404, 404), sample="notification"
    ),  # the office's
    "notifications:read_all": Row(NOT_TAKEN, answers(LOGIN, 302, 302, 302, 302, 302)),
    "visits:list": Row(EVERYBODY, NOT_TAKEN),
    "visits:detail": Row(EVERYBODY, NOT_TAKEN, sample="visit"),
    "reports:visit_log": Row(
        WHO_RECORD, WHO_RECORD
    ),  # the office is asked for whom; nothing was chosen
    "visits:amend": Row(WHO_RECORD, WHO_RECORD, sample="attendance"),  # shown again
    "visits:waiting": Row(EVERYBODY, answers(LOGIN, 403, 404, 404, 403, 403)),  # none named
    "visits:withdraw": Row(WHO_CONFIRM, WHO_CONFIRM, sample="attendance"),  # shown again
    "visits:attachment": Row(EVERYBODY, NOT_TAKEN, sample="attachment"),
    "visits:attachment_withdraw": Row(WHO_CONFIRM, WHO_CONFIRM, sample="attachment"),
    "visits:plan_list": Row(EVERYBODY, NOT_TAKEN),
    "visits:plan_add": Row(WHO_RECORD, WHO_RECORD),
    "visits:plan_withdraw": Row(WHO_RECORD, WHO_RECORD, sample="plan"),
    "visits:notice_list": Row(EVERYBODY, NOT_TAKEN),
    "visits:notice_add": Row(
        answers(LOGIN, 403, 200, 302, 302, 403), answers(LOGIN, 403, 200, 302, 302, 403)
    ),  # the office says which commune; who has one only need not
    "visits:notice_detail": Row(
        EVERYBODY, answers(LOGIN, 403, 404, 404, 404, 403), sample="notice"
    ),  # the answer of nobody
    "visits:notice_withdraw": Row(ONLY_OFFICE, ONLY_OFFICE, sample="notice"),  # nobody entered it
    "directives:list": Row(EVERYBODY, NOT_TAKEN),
    "directives:add": Row(ONLY_OFFICE, ONLY_OFFICE),
    "directives:detail": Row(EVERYBODY, NOT_TAKEN, sample="directive"),
    "directives:end": Row(ONLY_OFFICE, ONLY_OFFICE, sample="directive"),
    "directives:follow_up": Row(WHO_RECORD, WHO_RECORD, sample="directive"),
    "directives:follow_up_withdraw": Row(WHO_RECORD, WHO_RECORD, sample="follow_up"),
    "petitions:list": Row(EVERYBODY, NOT_TAKEN),
    "petitions:add": Row(
        answers(LOGIN, 403, 200, 302, 302, 403), answers(LOGIN, 403, 200, 302, 302, 403)
    ),  # the office says which commune; who has one only need not
    "petitions:detail": Row(EVERYBODY, NOT_TAKEN, sample="petition"),
    "petitions:amend": Row(WHO_RECORD, WHO_RECORD, sample="petition"),  # shown again, as all acts
    "petitions:route": Row(ONLY_OFFICE, ONLY_OFFICE, sample="petition"),
    "petitions:extend": Row(ONLY_OFFICE, ONLY_OFFICE, sample="petition"),
    "petitions:progress": Row(ONLY_OFFICE, ONLY_OFFICE, sample="petition"),
    "petitions:answer": Row(WHO_RECORD, WHO_RECORD, sample="petition"),
    "petitions:duplicate": Row(ONLY_OFFICE, ONLY_OFFICE, sample="petition"),
    "petitions:tell": Row(WHO_RECORD, WHO_RECORD, sample="petition"),
    "petitions:reopen": Row(ONLY_OFFICE, ONLY_OFFICE, sample="petition"),
    "petitions:note": Row(WHO_COMMENT, WHO_COMMENT, sample="petition"),
    "petitions:withdraw": Row(WHO_RECORD, WHO_RECORD, sample="petition"),
    "petitions:route_many": Row(only_office(302), only_office(302)),  # none ticked
    "petitions:answer_file": Row(EVERYBODY, NOT_TAKEN, sample="answer_file"),
    "petitions:ungroup": Row(ONLY_OFFICE, ONLY_OFFICE, sample="petition"),
    "petitions:by_field": Row(EVERYBODY, NOT_TAKEN),
    "petitions:ageing": Row(EVERYBODY, NOT_TAKEN),
    "petitions:escalated": Row(
        WHO_SEE_ALL, answers(LOGIN, 404, 404, 403, 403, 403)
    ),  # of no petition
    "petitions:matter_list": Row(EVERYBODY, NOT_TAKEN),
    "petitions:matter_add": Row(ONLY_OFFICE, ONLY_OFFICE),
    "petitions:group": Row(only_office(302), only_office(302)),  # none ticked
    "petitions:matter_detail": Row(EVERYBODY, NOT_TAKEN, sample="matter"),
    "petitions:matter_edit": Row(ONLY_OFFICE, ONLY_OFFICE, sample="matter"),
    "petitions:matter_route": Row(ONLY_OFFICE, ONLY_OFFICE, sample="matter"),
    "petitions:matter_answer": Row(ONLY_OFFICE, ONLY_OFFICE, sample="matter"),
    "petitions:catalogue": Row(EVERYBODY, NOT_TAKEN),
    "petitions:field_add": Row(ONLY_OFFICE, ONLY_OFFICE),
    "petitions:field_edit": Row(ONLY_OFFICE, ONLY_OFFICE, sample="field"),
    "petitions:body_add": Row(ONLY_OFFICE, ONLY_OFFICE),
    "petitions:body_edit": Row(ONLY_OFFICE, ONLY_OFFICE, sample="body"),
    "periodic:inbox": Row(EVERYBODY, NOT_TAKEN),
    "periodic:list": Row(EVERYBODY, NOT_TAKEN),
    "periodic:begin": Row(WHO_RECORD, WHO_RECORD),  # the office is asked for whom; nothing chosen
    "periodic:urgent": Row(WHO_RECORD, WHO_RECORD),
    "periodic:detail": Row(EVERYBODY, NOT_TAKEN, sample="report"),
    "periodic:edit": Row(
        WHO_WRITE, {role: 302 if got == 200 else got for role, got in WHO_WRITE.items()}, "draft"
    ),  # nothing changed: saved
    "periodic:autosave": Row(NOT_TAKEN, WHO_WRITE, sample="draft"),
    "periodic:submit": Row(
        WHO_WRITE | {Role.ASSISTANT: 403},
        answers(LOGIN, 404, 302, 302, 403, 404),  # nothing is written in it: asked again
        sample="draft",
    ),
    "periodic:withdraw": Row(WHO_WRITE, WHO_WRITE, sample="draft"),  # shown again
    "periodic:send_back": Row(ONLY_OFFICE, ONLY_OFFICE, sample="report"),  # shown again
    "periodic:accept": Row(NOT_TAKEN, only_office(302), sample="report"),
    "periodic:reopen": Row(ONLY_OFFICE, ONLY_OFFICE, sample="report"),  # shown again
    "periodic:accept_many": Row(NOT_TAKEN, only_office(404)),  # no period named
    "periodic:remind": Row(only_office(404), only_office(404)),
    "periodic:reminder_letter": Row(only_office(404), NOT_TAKEN),
    "periodic:period_dates": Row(ONLY_OFFICE, only_office(302), sample="period"),
    "conclusions:list": Row(EVERYBODY, NOT_TAKEN),
    "conclusions:add": Row(ONLY_OFFICE, ONLY_OFFICE),  # shown again: nothing was filled in
    "conclusions:detail": Row(EVERYBODY, NOT_TAKEN, sample="conclusion"),
    "conclusions:task_add": Row(ONLY_OFFICE, ONLY_OFFICE, sample="conclusion"),
    "conclusions:task_done": Row(ONLY_OFFICE, ONLY_OFFICE, sample="task"),
    "conclusions:task_extend": Row(ONLY_OFFICE, ONLY_OFFICE, sample="task"),
    "conclusions:task_withdraw": Row(ONLY_OFFICE, ONLY_OFFICE, sample="task"),
    "reviews:list": Row(WHO_SEE_ALL, NOT_TAKEN),
    "reviews:add": Row(ONLY_OFFICE, ONLY_OFFICE),  # shown again: nothing was filled in
    "reviews:detail": Row(WHO_SEE_ALL, NOT_TAKEN, sample="frozen_review"),
    "reviews:edit": Row(ONLY_OFFICE, ONLY_OFFICE, sample="frozen_review"),  # shown again
    "reviews:withdraw": Row(ONLY_OFFICE, ONLY_OFFICE, sample="frozen_review"),  # shown again
    "reviews:freeze": Row(ONLY_OFFICE, ONLY_OFFICE, sample="frozen_review"),  # no regulation
    "reviews:frozen": Row(WHO_SEE_ALL, NOT_TAKEN, sample="frozen"),
    "reviews:changes": Row(WHO_SEE_ALL, NOT_TAKEN, sample="frozen"),
    "reviews:texts": Row(ONLY_OFFICE, only_office(302), sample="frozen_review"),
    "reviews:number": Row(ONLY_OFFICE, ONLY_OFFICE, sample="frozen_review"),  # shown again
    "reviews:report": Row(WHO_SEE_ALL, NOT_TAKEN, sample="frozen"),
    "reviews:workbook": Row(WHO_SEE_ALL, NOT_TAKEN, sample="frozen"),
    "reviews:documents": Row(WHO_SEE_ALL, NOT_TAKEN),
    "reviews:document_add": Row(ONLY_OFFICE, ONLY_OFFICE),  # shown again
    "reviews:templates": Row(ONLY_OFFICE, ONLY_OFFICE),  # shown again: no file was sent
    "reviews:template_sample": Row(ONLY_OFFICE, NOT_TAKEN),
    "reviews:template_file": Row(ONLY_OFFICE, NOT_TAKEN, sample="template"),
    "reviews:template_withdraw": Row(ONLY_OFFICE, ONLY_OFFICE, sample="template"),
    "reviews:pack_begin": Row(NOT_TAKEN, MAY_EXPORT, sample="frozen"),
    "reviews:pack": Row(WHO_SEE_ALL, NOT_TAKEN, sample="pack"),
    "reviews:pack_next": Row(NOT_TAKEN, MAY_EXPORT, sample="pack"),
    "reviews:pack_zip": Row(WHO_SEE_ALL, NOT_TAKEN, sample="pack"),
    "reviews:pack_file": Row(WHO_SEE_ALL, NOT_TAKEN, sample="pack_file"),
    "reviews:document_withdraw": Row(ONLY_OFFICE, ONLY_OFFICE, sample="document"),  # shown again
    "departures:list": Row(EVERYBODY, NOT_TAKEN),
    "departures:depart": Row(ONLY_OFFICE, ONLY_OFFICE, sample="leaver"),  # shown again
    "departures:departure": Row(EVERYBODY, NOT_TAKEN, sample="departure"),
    "departures:withdraw": Row(ONLY_OFFICE, ONLY_OFFICE, sample="left"),
    "departures:cover": Row(ONLY_OFFICE, ONLY_OFFICE, sample="covered"),
    "departures:handover": Row(EVERYBODY, NOT_TAKEN, sample="handover"),
    "departures:minutes": Row(WHO_SEE_ALL, NOT_TAKEN, sample="dossier"),
    "departures:items": Row(WHO_HAND_OVER, WHO_HAND_OVER, sample="handover"),  # shown again
    # Nobody is there to take it, it is not offered yet: told so.
    "departures:offer": Row(TOLD_WHY_NOT, TOLD_WHY_NOT, sample="handover"),
    "departures:recall": Row(TOLD_WHY_NOT, TOLD_WHY_NOT, sample="handover"),
    "departures:accept": Row(OFFICE_TOLD, OFFICE_TOLD, sample="handover"),
    "departures:return": Row(OFFICE_TOLD, OFFICE_TOLD, sample="handover"),
    "departures:close": Row(ONLY_OFFICE, ONLY_OFFICE, sample="handover"),  # without a reason
    "reorganisations:list": Row(WHO_SEE_ALL, NOT_TAKEN),
    "reorganisations:add": Row(ONLY_OFFICE, ONLY_OFFICE),  # shown again
    "reorganisations:template": Row(ONLY_OFFICE, NOT_TAKEN),
    "reorganisations:detail": Row(WHO_SEE_ALL, NOT_TAKEN, sample="reorganisation"),
    "reorganisations:refused": Row(ONLY_OFFICE, NOT_TAKEN, sample="reorganisation"),
    "reorganisations:choose": Row(NOT_TAKEN, only_office(302), sample="reorganisation"),
    "reorganisations:apply": Row(NOT_TAKEN, only_office(302), sample="reorganisation"),
    "reorganisations:undo": Row(NOT_TAKEN, only_office(302), sample="reorganisation"),
    "reorganisations:drop": Row(NOT_TAKEN, only_office(302), sample="reorganisation"),
    "reassignments:list": Row(WHO_SEE_PLANS, NOT_TAKEN),
    "reassignments:add": Row(OFFICE_PLANS, OFFICE_PLANS),  # shown again
    "reassignments:detail": Row(WHO_SEE_PLANS, NOT_TAKEN, sample="reassignment"),
    "reassignments:solve": Row(NOT_TAKEN, OFFICE_PLANS_ON, sample="reassignment"),
    "reassignments:renew": Row(NOT_TAKEN, OFFICE_PLANS_ON, sample="reassignment"),
    "reassignments:choose": Row(NOT_TAKEN, OFFICE_PLANS_ON, sample="reassignment"),
    # Nothing is chosen yet: back to the plan.
    "reassignments:change": Row(OFFICE_PLANS_ON, OFFICE_PLANS_ON, sample="reassignment"),
    "reassignments:apply": Row(OFFICE_PLANS_ON, OFFICE_PLANS_ON, sample="reassignment"),
    "reassignments:comment": Row(
        NOT_TAKEN, OFFICE_PLANS_ON | {Role.LEADER: 302}, sample="reassignment"
    ),
    "reassignments:drop": Row(OFFICE_PLANS, OFFICE_PLANS, sample="reassignment"),  # shown again
    "reassignments:annex_word": Row(WHO_SEE_PLANS, NOT_TAKEN, sample="chosen_plan"),
    "reassignments:annex_excel": Row(WHO_SEE_PLANS, NOT_TAKEN, sample="chosen_plan"),
    "evaluations:list": Row(WHO_TAKE_PART, NOT_TAKEN),
    "evaluations:rules": Row(WHO_TAKE_PART, NOT_TAKEN),
    "evaluations:rules_add": Row(OFFICE_PROPOSES, OFFICE_PROPOSES),  # shown again
    "evaluations:rules_retire": Row(OFFICE_PROPOSES, OFFICE_PROPOSES, sample="evaluation_rules"),
    "evaluations:cycle_add": Row(OFFICE_PROPOSES, OFFICE_PROPOSES),
    "evaluations:cycle": Row(WHO_EVALUATE, NOT_TAKEN, sample="cycle"),
    "evaluations:cycle_compare": Row(WHO_EVALUATE, NOT_TAKEN, sample="cycle"),
    "evaluations:cycle_complete": Row(
        NOT_TAKEN, OFFICE_PROPOSES | {Role.OFFICE: 302}, sample="cycle"
    ),
    "evaluations:cycle_release": Row(
        OFFICE_PROPOSES | {Role.OFFICE: 302}, OFFICE_PROPOSES | {Role.OFFICE: 302}, sample="cycle"
    ),  # none ticked
    "evaluations:detail": Row(WHO_TAKE_PART, NOT_TAKEN, sample="evaluation"),
    "evaluations:sheet": Row(WHO_TAKE_PART, NOT_TAKEN, sample="evaluation"),
    "evaluations:rate": Row(OFFICER_RATES, OFFICER_RATES, sample="evaluation"),
    "evaluations:return_rating": Row(OFFICE_PROPOSES, OFFICE_PROPOSES, sample="evaluation"),
    "evaluations:propose": Row(OFFICE_PROPOSES, OFFICE_PROPOSES, sample="evaluation"),
    "evaluations:return_proposal": Row(LEADER_DECIDES, LEADER_DECIDES, sample="evaluation"),
    "evaluations:decide": Row(LEADER_DECIDES, LEADER_DECIDES, sample="evaluation"),
    "evaluations:release": Row(OFFICE_PROPOSES, OFFICE_PROPOSES, sample="evaluation"),
    "evaluations:object": Row(OFFICER_RATES, OFFICER_RATES, sample="evaluation"),
    "evaluations:reconsider": Row(LEADER_DECIDES, LEADER_DECIDES, sample="evaluation"),
    "evaluations:remark_add": Row(OFFICE_PROPOSES, OFFICE_PROPOSES, sample="evaluation"),
    "evaluations:remark_withdraw": Row(
        OFFICE_PROPOSES | {Role.OFFICER: 404},
        OFFICE_PROPOSES | {Role.OFFICER: 404},
        sample="remark",
    ),
}
# Records somebody may not even know of; the others are the office's alone.
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
SCOPED = [name for name, row in TABLE.items() if row.sample in IN_SCOPE]


@pytest.fixture
def world(users) -> Callable[[str, bool], int | str]:
    """Give ``world(sample, inside)``: the key of a record inside or outside the officer's scope."""
    own = make_officer("Trần Văn Bình", user=users[Role.OFFICER])
    own.assistants.add(users[Role.ASSISTANT])
    inside, outside = make_assignment(officer=own), make_assignment()

    def key(sample: str, is_inside: bool) -> int | str:
        assignment = inside if is_inside else outside
        if sample == "roster_import":
            return a_roster_import(users[Role.OFFICE], assignment.commune).pk
        if sample == "saved_view":
            return a_saved_view(users[Role.OFFICE]).pk
        if sample == "notification":
            return make_notification(users[Role.OFFICE]).pk
        if sample == "figure":
            return FIGURES["officers_active"].field
        if sample in ("frozen", "frozen_review"):
            frozen = make_frozen()
            return frozen.pk if sample == "frozen" else frozen.review_id
        if sample == "decision":
            return assignment.opening_decision_id
        if sample in ("leaver", "covered"):
            return assignment.officer_id if sample == "leaver" else assignment.commune_id
        if sample in ("departure", "left"):
            return make_departure(assignment.officer).pk
        if sample in ("handover", "dossier"):
            ended = make_assignment(assignment.officer, ended_on=clock.today())
            return make_handover(ended).pk
        if sample == "relieved":
            return make_assignment(ended_on=clock.today()).commune_id
        if sample == "area":
            return make_area().pk
        if sample == "document":
            return make_document().pk
        if sample == "template":
            return make_template().pk
        if sample == "pack":
            return make_pack(finished_at=clock.now()).pk
        if sample == "pack_file":
            return make_pack_file().pk
        if sample == "regulation":
            return make_regulation().pk
        if sample == "period":
            return make_period().pk
        if sample == "scan":
            return a_scan(assignment)
        if sample in ("visit", "attendance", "attachment"):
            return an_entry(assignment)[sample]
        if sample == "directive":
            return make_directive().pk
        if sample == "petition":
            return make_petition(assignment.commune, assignment.officer).pk
        if sample in ("report", "draft"):
            state = ReportState.SUBMITTED if sample == "report" else ReportState.DRAFT
            return make_report(assignment.officer, state=state).pk
        if sample == "answer_file":
            return an_answer_file(assignment).pk
        if sample in ("field", "body"):
            return {"field": make_field, "body": make_body}[sample]().pk
        if sample == "plan":
            return make_plan(assignment.officer, assignment.commune).pk
        if sample == "reassignment":
            return a_plan(users[Role.OFFICE]).pk
        if sample == "chosen_plan":
            plan = a_plan(users[Role.OFFICE])
            ReassignmentPlan.objects.filter(pk=plan.pk).update(variant=PlanVariant.EVEN_LOAD)
            return plan.pk
        if sample == "reorganisation":
            return make_reorganisation().pk
        if sample == "notice":
            return make_notice(assignment.commune).pk
        if sample == "follow_up":
            return make_follow_up(commune=assignment.commune, officer=assignment.officer).pk
        if sample == "waiver":
            return a_waiver(assignment).pk
        if sample in ("evaluation", "remark"):
            evaluation = make_evaluation(with_account(assignment.officer))
            is_remark = sample == "remark"
            return make_remark(evaluation).pk if is_remark else evaluation.pk
        if sample in ("evaluation_rules", "cycle"):
            return {"evaluation_rules": make_rules, "cycle": make_cycle}[sample]().pk
        if sample == "matter":
            return make_petition(assignment.commune, matter=make_matter()).matter_id
        if sample in ("conclusion", "task"):
            task = make_task(officer=assignment.officer)
            return task.pk if sample == "task" else task.conclusion_id
        return assignment.pk if sample == "assignment" else getattr(assignment, f"{sample}_id")

    return key


def a_plan(by: User) -> ReassignmentPlan:
    """Begin a plan of reassignment that nothing is computed of yet."""
    return create_plan(
        name="Phương án", starts_on=DAY, parameters=Parameters(), by=by, now=clock.now()
    )


def a_saved_view(user: User) -> SavedView:
    """Keep a filter of the list of communes for ``user``."""
    return SavedView.objects.create(
        user=user, path="/dang-bo/", query="phu_trach=chua", name="Chưa có người"
    )


def a_scan(assignment: Assignment) -> str:
    """Keep a scan with an assignment's decision; give its name."""
    decision = assignment.opening_decision
    decision.file.save("quyet-dinh.pdf", ContentFile(b"%PDF-1.7"))
    return decision.file.name


def an_entry(assignment: Assignment) -> dict[str, int]:
    """Enter a visit of an assignment's officer with a file; give the keys of all three."""
    visit = make_visit(assignment.commune)
    attendance = make_attendance(assignment.officer, visit)
    attachment = make_attachment(attendance)
    return {"visit": visit.pk, "attendance": attendance.pk, "attachment": attachment.pk}


def a_waiver(assignment: Assignment) -> Waiver:
    """Ask for a waiver of an assignment's officer; the office has not decided."""
    return make_waiver(assignment.officer, assignment.commune, is_accepted=None, decided_on=None)


def an_answer_file(assignment: Assignment) -> AnswerFile:
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
    return make_answer_file(answer)


def a_roster_import(by: User, commune: Commune) -> RosterImport:
    """Upload a list of one row."""
    content = make_workbook([["Lý Thị Em", commune.full_name]], header=["Họ và tên", "Đảng bộ"])
    return preview_import(file_name="ds.xlsx", content=content, default_date=None, by=by)


def address(name: str, world: Callable[[str, bool], int | str], *, inside: bool = True) -> str:
    row = TABLE[name]
    arguments = [world(row.sample, inside)] if row.sample else []
    return reverse(name, args=arguments) + row.query


def answer(client: ReadingClient, verb: str, url: str) -> object:
    """Give the status, or :data:`LOGIN` for a redirect to either of the login addresses."""
    response = client.get(url) if verb == "get" else client.post(url, {"khong_co": "1"})
    if response.streaming:
        list(response.streaming_content)  # a file is closed once it has been read
    target = response.get("Location", "").partition("?")[0]
    is_login = target in (reverse("accounts:login"), reverse("admin:login"))
    return LOGIN if is_login else response.status_code


@pytest.fixture
def answers_to_all(client_as) -> Callable[[str, str], dict[str, object]]:
    """Give ``answers_to_all(verb, url)``: what each role gets, each freshly logged in."""

    def ask(verb: str, url: str) -> dict[str, object]:
        clients = {role: client_as(role) if role else ReadingClient() for role in ROLES}
        return {role: answer(client, verb, url) for role, client in clients.items()}

    return ask


def test_every_route_has_a_row():
    assert set(routes()) == set(TABLE)


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("name", TABLE)
def test_route(world, answers_to_all, name, verb):
    assert answers_to_all(verb, address(name, world)) == getattr(TABLE[name], verb)


@pytest.mark.parametrize("name", SCOPED)
def test_a_record_outside_ones_scope_is_not_found(world, answers_to_all, name):
    unseen = {Role.OFFICER: 404, Role.ASSISTANT: 404}
    verb = "post" if TABLE[name].get is NOT_TAKEN else "get"
    expected = getattr(TABLE[name], verb) | unseen
    assert answers_to_all(verb, address(name, world, inside=False)) == expected


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.sample])
def test_a_record_that_is_not_there_is_not_found(world, client_as, name):
    verb = "post" if TABLE[name].get is NOT_TAKEN else "get"
    assert answer(client_as(Role.OFFICE), verb, reverse(name, args=[10**9])) == 404


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("reports:commune_list", Commune),
        ("reports:officer_list", Officer),
        ("assignments:list", Assignment),
    ],
)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_lists_show_only_ones_own(world, client_as, name, model, role):
    def shown(who: Role) -> set[int]:
        return {row.record.pk for row in client_as(who).get(reverse(name)).context["rows"]}

    assert shown(role) == {world(model._meta.model_name, True)}
    assert shown(Role.LEADER) == set(model.objects.values_list("pk", flat=True))


# --- Django admin: one rule for all its routes ---------------------------------------------------

ADMIN_ROUTES = sorted(set(routes(admin.site.get_urls(), "admin:")) - {"admin:None"})
MODELS = {model._meta.label_lower.replace(".", "_"): model for model in admin.site._registry}
# The site's own routes, and what an administrator gets on (GET, POST).
SITE = {
    "index": (200, 200),
    "app_list": (200, 200),
    "login": (LOGIN, LOGIN),
    "logout": (405, LOGIN),
    "password_change": (302, 302),
    "password_change_done": (302, 302),
    "jsi18n": (200, 405),
    "autocomplete": (403, 405),  # without naming a field
    "view_on_site": (404, 404),
}
# A model's routes likewise; the second pair is for models nobody edits.
OF_A_MODEL = {
    "changelist": ((200, 200), (200, 200)),
    "add": ((200, 200), (403, 403)),
    "change": ((200, 200), (200, 403)),
    "history": ((302, 302), (302, 302)),  # to the log
    "delete": ((403, 403), (403, 403)),
}
# What is corrected here and begins on its own pages only.
NEVER_ADDED = {
    "reports_criterion",
    "reports_evaluationcycle",
    "reports_evaluationrules",
    "reports_periodicreport",
    "reports_petition",
    "reports_petitionanswer",
    "reports_petitionleg",
}
# Of a leg only its reference may be corrected; a form without it is whole.
EXCEPTIONS = {"reports_petitionleg_change": (200, 302)}
ARGUMENTS = {"app_list": ["accounts"], "view_on_site": ["1", "1"]}


def admin_answers(route: str) -> tuple[object, object]:
    """Give what an administrator gets on (GET, POST)."""
    if route in SITE:
        return SITE[route]
    if route in EXCEPTIONS:
        return EXCEPTIONS[route]
    model, _, page = route.rpartition("_")
    is_read_only = isinstance(admin.site._registry[MODELS[model]], ReadOnlyAdmin)
    return OF_A_MODEL[page][is_read_only or (page == "add" and model in NEVER_ADDED)]


def with_account(officer: Officer) -> Officer:
    """Give an officer who writes for themselves: nobody types what they hand in on paper."""
    if officer.user is None:
        officer.user = make_user(Role.OFFICER)
        officer.save()
    return officer


@pytest.fixture
def admin_address(world, users) -> Callable[[str], str]:
    """Give ``admin_address(route)``, of a record where the route shows one."""

    def reversed_route(route: str) -> str:
        model, _, page = route.rpartition("_")
        arguments = ARGUMENTS.get(route, [])
        if page in ("change", "history", "delete") and model in MODELS:
            arguments = [a_record(MODELS[model]).pk]
        return reverse(f"admin:{route}", args=arguments)

    return reversed_route


def a_record(model: type[models.Model]) -> models.Model:
    return model._default_manager.first() or MAKERS[model]()


@pytest.mark.parametrize("route", [name.removeprefix("admin:") for name in ADMIN_ROUTES])
def test_admin_is_for_the_administrator(admin_address, answers_to_all, route):
    url = admin_address(route)
    for verb, granted in zip(("get", "post"), admin_answers(route), strict=True):
        refused = granted if route in ("login",) else 403
        expected = answers(LOGIN, refused, refused, refused, refused, granted)
        assert answers_to_all(verb, url) == expected, verb


def test_an_unknown_admin_address_tells_a_stranger_nothing(db, answers_to_all):
    expected = answers(LOGIN, 403, 403, 403, 403, 404)
    assert answers_to_all("get", "/quan-tri/khong-co/") == expected


# --- forged posts --------------------------------------------------------------------------------

# Every route that takes a POST, with a role it takes it from.
TAKING = {
    name: next(role for role, got in row.post.items() if got not in (403, 405, LOGIN))
    for name, row in TABLE.items()
    if row.post is not NOT_TAKEN and name != "accounts:logout"
} | {"accounts:logout": Role.OFFICE}


@pytest.mark.parametrize("name", TAKING)
def test_a_forged_post_is_refused(world, users, name):
    url = address(name, world)
    assert_forgery_refused(url, users.get(TAKING[name]))


@pytest.mark.parametrize("model", MODELS)
def test_a_forged_post_to_the_admin_is_refused(admin_address, users, model):
    for page in ("add", "change"):
        assert_forgery_refused(admin_address(f"{model}_{page}"), users[Role.ADMIN])


def assert_forgery_refused(url: str, user: User | None) -> None:
    """Post as a page of another site would: with the user's cookies, without the token."""
    client = ReadingClient(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    written = AuditEvent.objects.count()
    response = client.post(url)
    assert response.status_code == 403
    assert "Trang đã hết hạn" in response.content.decode()
    assert AuditEvent.objects.count() == written


# --- the guard itself ----------------------------------------------------------------------------


def test_only_login_logout_and_health_are_open():
    open_to_all = {name for name, row in TABLE.items() if row.get[ANONYMOUS] != LOGIN}
    assert open_to_all == {"accounts:login", "accounts:logout", "health"}


def test_a_guard_goes_by_the_role(rf, users):
    guarded = requires(Permission.IMPORT_ROSTER)(lambda request: "in")
    request = rf.get("/")
    request.user = users[Role.OFFICE]
    assert guarded(request) == "in"
    request.user = users[Role.LEADER]
    with pytest.raises(PermissionDenied):
        guarded(request)
