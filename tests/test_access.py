"""Who may do what: every route, every asker, every verb (DESIGN §1).

THE TABLE stays here. A route of the URLconf without a row in :data:`TABLE` fails. To add one, one
line: its name, what each role gets on GET and on POST, and the sample its address needs, if any
(tests/access/records.py). Nothing else has to be said: HEAD answers as GET, every other verb is
refused to everybody, and who has the role but not the record gets 404 where the sample is in
``records.IN_SCOPE``. Who asks is in tests/access/people.py; the admin's routes, forged posts and
the rest of what an attacker tries are in tests/access/.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import Permission, requires
from assignments.models import Assignment, Officer
from communes.models import Commune
from tests.access.people import ANONYMOUS, ELSEWHERE
from tests.access.sending import LOGIN
from tests.access.trying import address, differing, expected_of, some_cells, tried
from tests.browser.pages import routes

ROLES = (ANONYMOUS, *Role)


def answers(
    anonymous: object, leader: object, office: object, officer: object, assistant: object, admin
) -> dict[str, object]:
    """Give the answer to each role."""
    return dict(zip(ROLES, (anonymous, leader, office, officer, assistant, admin), strict=True))


EVERYBODY = answers(LOGIN, 200, 200, 200, 200, 200)
ONLY_ADMIN = answers(LOGIN, 403, 403, 403, 403, 200)
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
# Without a second factor begun or had, one is sent on.
MAY_GO_ON = answers(LOGIN, 302, 302, 302, 302, 302)
NOT_TAKEN_BY_ANYBODY = answers(405, 405, 405, 405, 405, 405)
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
    "accounts:account": Row(EVERYBODY, NOT_TAKEN),
    # Nobody is between the two steps of a login here.
    "accounts:verify": Row(
        answers(LOGIN, 302, 302, 302, 302, 302), answers(LOGIN, 302, 302, 302, 302, 302)
    ),
    "accounts:second_factor": Row(EVERYBODY, EVERYBODY),
    "accounts:second_factor_code": Row(MAY_GO_ON, MAY_GO_ON),
    "accounts:recovery_codes": Row(MAY_GO_ON, MAY_GO_ON),
    "accounts:second_factor_off": Row(MAY_GO_ON, MAY_GO_ON),
    "accounts:session": Row(answers(200, 200, 200, 200, 200, 200), NOT_TAKEN_BY_ANYBODY),
    "accounts:end_session": Row(
        NOT_TAKEN, answers(LOGIN, 404, 404, 404, 404, 404), sample="session"
    ),
    "accounts:end_other_sessions": Row(NOT_TAKEN, MAY_GO_ON),
    "accounts:save_view": Row(NOT_TAKEN, answers(LOGIN, 404, 404, 404, 404, 404)),
    "accounts:forget_view": Row(
        NOT_TAKEN, answers(LOGIN, 404, 302, 404, 404, 404), sample="saved_view"
    ),
    "reports:audit_log": Row(ONLY_ADMIN, ONLY_ADMIN | {Role.ADMIN: 405}),
    "reports:audit_event": Row(ONLY_ADMIN, NOT_TAKEN, sample="audit_event"),
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
    "reports:account_review": Row(ONLY_ADMIN, NOT_TAKEN),
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


def test_every_route_has_a_row():
    assert set(routes()) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_route(people, name):
    """Everybody's GET and POST, the other verbs in turn; ``python -m tests.access``: all of all."""
    row = TABLE[name]
    got = tried(people, address(name, row, people, people.own), some_cells(name))
    assert differing(got, expected_of(row)) == {}


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.sample])
def test_a_record_that_is_not_there_is_not_found(people, name):
    verb = "post" if TABLE[name].get is NOT_TAKEN else "get"
    url = reverse(name, args=[10**9])
    asker = Role.ADMIN if TABLE[name].get is ONLY_ADMIN else Role.OFFICE
    assert getattr(people.clients[asker], verb)(url).status_code == 404


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("reports:commune_list", Commune),
        ("reports:officer_list", Officer),
        ("assignments:list", Assignment),
    ],
)
@pytest.mark.parametrize("asker", [Role.OFFICER, Role.ASSISTANT, *ELSEWHERE])
def test_lists_show_only_ones_own(people, name, model, asker):
    def shown(who: str) -> set[int]:
        return {row.record.pk for row in people.clients[who].get(reverse(name)).context["rows"]}

    followed = people.other if asker in ELSEWHERE else people.own
    own = followed if model is Assignment else getattr(followed, model._meta.model_name)
    assert shown(asker) == {own.pk}
    assert shown(Role.LEADER) == set(model.objects.values_list("pk", flat=True))


# --- the guard itself ----------------------------------------------------------------------------


def test_only_login_logout_and_health_are_open():
    # The second step of a login is open too, and sends whoever has not taken the first to it.
    open_to_all = {name for name, row in TABLE.items() if row.get[ANONYMOUS] != LOGIN}
    assert open_to_all == {"accounts:login", "accounts:logout", "accounts:session", "health"}


def test_a_guard_goes_by_the_role(rf, users):
    guarded = requires(Permission.IMPORT_ROSTER)(lambda request: "in")
    request = rf.get("/")
    request.user = users[Role.OFFICE]
    assert guarded(request) == "in"
    request.user = users[Role.LEADER]
    with pytest.raises(PermissionDenied):
        guarded(request)
