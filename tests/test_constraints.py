"""Every named constraint of every model: the database itself refuses, and there is a sentence.

A constraint without a row in :data:`ILLEGAL` fails. Rows are written with ``bulk_create``, which
validates nothing, so that it is the database that refuses.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts import clock
from accounts.enums import Verb
from accounts.models import AuditEvent, AuditTrim, SavedView, Session, User
from accounts.only_added import OnlyAdded
from assignments.enums import (
    AttachmentKind,
    DutyKind,
    EndReason,
    FollowUpState,
    MassOrganisation,
    NoticeReply,
    PeriodKind,
    VisitKind,
)
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
    PlannedRow,
    ReassignmentPlan,
    Regulation,
    Visit,
    VisitAttachment,
    VisitPlan,
)
from communes.enums import CellKind, CommuneKind, DistrictKind
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
from communes.periods import constraint_sentences, names_constraint
from reports.enums import (
    AnswerOutcome,
    CriterionKind,
    CycleKind,
    DocumentKind,
    EvaluationState,
    EvaluationStep,
    LegRole,
    NotificationKind,
    PetitionAct,
    PetitionSource,
    PetitionState,
    RatedBy,
    ReportKind,
    ReportMove,
    ReportState,
    WaiverEffect,
)
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
    PackFile,
    Period,
    PeriodicReport,
    Petition,
    PetitionAnswer,
    PetitionEvent,
    PetitionField,
    PetitionLeg,
    PetitionMatter,
    ReportEvent,
    Review,
    Waiver,
)
from tests.factories import (
    make_answer,
    make_attendance,
    make_body,
    make_cell,
    make_commune,
    make_conclusion,
    make_cycle,
    make_decision,
    make_directive,
    make_district,
    make_evaluation,
    make_field,
    make_frozen,
    make_handover,
    make_notice,
    make_officer,
    make_pack,
    make_period,
    make_petition,
    make_plan_of_reassignment,
    make_regulation,
    make_reorganisation,
    make_report,
    make_review,
    make_rules,
    make_score,
    make_term,
    make_user,
    make_visit,
)

OUR_APPS = ("accounts", "communes", "assignments", "reports")
SIGNED = dt.date(2021, 10, 19)
SPRING, SUMMER = dt.date(2022, 3, 1), dt.date(2022, 6, 1)
DAY = dt.timedelta(days=1)
MOMENT = dt.datetime(2022, 3, 1, 8, tzinfo=dt.UTC)

# Columns whose own field knows the lawful values.
NOTICED_BY_FIELD = {
    "act",
    "birth_year",
    "content",
    "duplicate_of",
    "duty_kind",
    "effect",
    "excellent_cap",
    "extent",
    "group",
    "kind",
    "number",
    "level",
    "limit_days",
    "move",
    "organisation",
    "outcome",
    "period_kind",
    "points",
    "pro_rata",
    "rated_by",
    "reason",
    "reply",
    "required",
    "role",
    "self_level",
    "source",
    "state",
    "step",
    "times",
    "unit",
    "urgency",
    "weekend_rule",
    "weight",
}

ILLEGAL: dict[str, Callable[[], list[models.Model]]] = {}


def illegal(name: str):
    """Register a function giving rows that the constraint ``name`` must refuse."""

    def register(rows):
        ILLEGAL[name] = rows
        return rows

    return register


def assignment(**fields) -> Assignment:
    """Give an unsaved main assignment from spring, legal but for ``fields``."""
    fields.setdefault("officer", None)
    fields["officer"] = fields["officer"] or make_officer()
    fields.setdefault("commune", None)
    fields["commune"] = fields["commune"] or make_commune()
    return Assignment(**{"started_on": SPRING} | fields)


@illegal("accounts_user_role_known")
def user_of_no_role():
    return [User(username="ai", full_name="Ai Đó", role="king")]


@illegal("accounts_user_suspension_known")
def user_suspended_for_no_known_reason():
    return [
        User(username="ai", full_name="Ai Đó", role="office", is_active=False, suspension="vui")
    ]


@illegal("accounts_user_active_or_suspended")
def user_switched_off_for_no_reason():
    return [User(username="ai", full_name="Ai Đó", role="office", is_active=False)]


@illegal("accounts_session_user_and_times")
def session_of_somebody_since_never():
    return [Session(session_key="k" * 32, expire_date=clock.now(), user=make_user())]


@illegal("communes_district_kind_known")
def district_of_no_kind():
    return [District(name="Kế Sách", kind="x")]


@illegal("communes_district_dates_in_order")
def district_dissolved_as_it_began():
    kind = DistrictKind.CITY
    return [District(name="Kế Sách", kind=kind, established_on=SPRING, dissolved_on=SPRING)]


@illegal("communes_district_identity")
def two_districts_of_one_name():
    kind = DistrictKind.RURAL_DISTRICT
    return [District(name="Hoà Tú", kind=kind), District(name="Hòa Tú", kind=kind)]


@illegal("communes_commune_kind_known")
def commune_of_no_kind():
    return [Commune(name="Kế Sách", kind="x")]


@illegal("communes_commune_dates_in_order")
def commune_dissolved_as_it_began():
    kind = CommuneKind.WARD
    return [Commune(name="1", kind=kind, established_on=SPRING, dissolved_on=SPRING)]


@illegal("communes_commune_identity")
def two_communes_of_one_name_in_a_district():
    district = make_district()
    ward = {"name": "1", "kind": CommuneKind.WARD, "district": district}
    return [Commune(**ward, dissolved_on=SUMMER), Commune(**ward, established_on=SPRING)]


@illegal("communes_commune_identity_without_district")
def two_communes_of_one_name_in_no_district():
    ward = {"name": "1", "kind": CommuneKind.WARD}
    return [Commune(**ward), Commune(**ward)]


@illegal("assignments_officer_group_known")
def officer_of_no_group():
    return [Officer(full_name="Lê Văn An", group="x")]


@illegal("assignments_officer_birth_year_plausible")
def officer_born_in_the_middle_ages():
    return [Officer(full_name="Lê Văn An", group="sector", birth_year=1189)]


@illegal("assignments_officer_dates_in_order")
def officer_who_left_as_he_joined():
    dates = {"joined_on": SPRING, "left_on": SPRING, "leave_reason": EndReason.RETIRED}
    return [Officer(full_name="Lê Văn An", group="sector", **dates)]


@illegal("assignments_officer_left_with_reason")
def officer_who_left_for_no_reason():
    return [Officer(full_name="Lê Văn An", group="sector", left_on=SPRING)]


def event(**fields) -> AuditEvent:
    """Give an unsaved row of the log, legal but for ``fields``."""
    return AuditEvent(actor="Hệ thống", verb=Verb.EXPORT, target="Danh sách", **fields)


@illegal("accounts_auditevent_one_sequence")
def two_rows_in_one_place_of_the_chain():
    return [event(sequence=1, seal="a"), event(sequence=1, seal="b")]


@illegal("accounts_auditevent_sequence_and_seal")
def place_in_the_chain_without_a_seal():
    return [event(sequence=1)]


@illegal("accounts_audittrim_before_made")
def log_trimmed_of_what_is_to_come():
    return [
        AuditTrim(at=MOMENT, before=MOMENT + DAY, last_sequence=1, last_seal="a", rows=1),
    ]


@illegal("accounts_savedview_one_name_per_page")
def two_saved_views_of_one_name():
    user = make_user()
    return [SavedView(user=user, path="/can-bo/", query="tim=an", name="An") for _ in range(2)]


@illegal("assignments_decision_number_and_date")
def two_decisions_of_one_number_and_date():
    return [Decision(number="512-QĐ/TU", signed_on=SIGNED) for _ in range(2)]


@illegal("assignments_decision_number_undated")
def two_undated_decisions_of_one_number():
    return [Decision(number="512-QĐ/TU") for _ in range(2)]


@illegal("assignments_assignment_role_known")
def assignment_of_no_role():
    return [assignment(role="x")]


@illegal("assignments_assignment_dates_in_order")
def assignment_ended_as_it_began():
    return [assignment(ended_on=SPRING, end_reason=EndReason.OTHER)]


@illegal("assignments_assignment_ended_with_reason")
def assignment_ended_for_no_reason():
    return [assignment(ended_on=SUMMER)]


@illegal("assignments_assignment_closing_decision_needs_end")
def open_assignment_with_a_closing_decision():
    return [assignment(closing_decision=make_decision())]


@illegal("assignments_assignment_one_main_officer")
def two_main_officers_of_one_commune():
    commune = make_commune()
    return [assignment(commune=commune), assignment(commune=commune, started_on=SUMMER)]


@illegal("assignments_assignment_one_cover")
def two_covers_of_one_commune():
    commune = make_commune()
    return [assignment(commune=commune, role="cover") for _ in range(2)]


@illegal("assignments_assignment_officer_once_per_commune")
def one_officer_twice_in_a_commune():
    parties = {"commune": make_commune(), "officer": make_officer()}
    return [assignment(**parties), assignment(**parties, role="support")]


# --- Party cells and contacts ---------------------------------------------------------------------


def cell(**fields) -> PartyCell:
    """Give an unsaved cell of a hamlet, legal but for ``fields``."""
    fields.setdefault("commune", None)
    fields["commune"] = fields["commune"] or make_commune()
    return PartyCell(**{"name": "3", "kind": CellKind.HAMLET} | fields)


@illegal("communes_partycell_kind_known")
def cell_of_no_kind():
    return [cell(kind="x")]


@illegal("communes_partycell_dates_in_order")
def cell_ended_as_it_began():
    return [cell(started_on=SPRING, ended_on=SPRING, end_note="Nhập vào ấp 4")]


@illegal("communes_partycell_ended_with_reason")
def cell_ended_for_no_reason():
    return [cell(ended_on=SPRING)]


@illegal("communes_partycell_identity")
def two_cells_of_one_name():
    commune = make_commune()
    return [cell(commune=commune, name="Hoà An"), cell(commune=commune, name="Hòa An")]


@illegal("communes_contact_dates_in_order")
def contact_who_left_as_he_came():
    return [Contact(commune=make_commune(), full_name="Lý Sa", started_on=SPRING, ended_on=SPRING)]


# --- the regulation, periods, waivers -------------------------------------------------------------


def regulation(**fields) -> Regulation:
    """Give an unsaved version from spring on, legal but for ``fields``."""
    defaults = {"number": "10-QC/TU", "issued_on": SIGNED, "started_on": SPRING}
    return Regulation(**defaults | fields)


def duty(**fields) -> Duty:
    """Give an unsaved duty of a version of its own, legal but for ``fields``."""
    fields.setdefault("regulation", None)
    fields["regulation"] = fields["regulation"] or make_regulation()
    return Duty(**{"kind": DutyKind.CELL_MEETING} | fields)


@illegal("assignments_regulation_dates_in_order")
def regulation_ended_as_it_began():
    return [regulation(ended_on=SPRING)]


@illegal("assignments_regulation_one_in_force")
def two_regulations_at_once():
    return [regulation(), regulation(number="12-QC/TU", started_on=SUMMER)]


@illegal("assignments_duty_kind_known")
def duty_of_no_kind():
    return [duty(kind="x")]


@illegal("assignments_duty_period_kind_known")
def duty_of_no_period():
    return [duty(period_kind="x")]


@illegal("assignments_duty_unit_known")
def duty_counted_for_nobody():
    return [duty(unit="x")]


@illegal("assignments_duty_weekend_rule_known")
def duty_of_no_weekend_rule():
    return [duty(weekend_rule="x")]


@illegal("assignments_duty_pro_rata_known")
def duty_of_no_pro_rata_rule():
    return [duty(pro_rata="x")]


@illegal("assignments_duty_numbers_plausible")
def duty_done_no_times():
    return [duty(required=0)]


@illegal("assignments_duty_once_per_period_kind")
def one_duty_twice():
    version = make_regulation()
    return [duty(regulation=version), duty(regulation=version, required=2)]


def quarter(**fields) -> Period:
    """Give an unsaved quarter, legal but for ``fields``."""
    defaults = {"kind": PeriodKind.QUARTER, "year": 2022, "number": 2}
    return Period(**defaults | {"started_on": SPRING, "ended_on": SUMMER} | fields)


@illegal("reports_period_kind_known")
def period_of_no_kind():
    return [quarter(kind="x", number=1)]


@illegal("reports_period_dates_in_order")
def period_of_no_day():
    return [quarter(ended_on=SPRING)]


@illegal("reports_period_number_within_year")
def fifth_quarter():
    return [quarter(number=5)]


@illegal("reports_period_once")
def one_quarter_twice():
    return [quarter(), quarter(started_on=SUMMER, ended_on=SUMMER + 90 * DAY)]


@illegal("reports_period_no_overlap")
def two_quarters_sharing_a_day():
    return [quarter(), quarter(number=3, started_on=SUMMER - DAY, ended_on=SUMMER + 90 * DAY)]


@illegal("reports_period_due_within_reason")
def period_due_before_it_begins():
    return [quarter(due_on=SPRING - DAY)]


@illegal("reports_period_locked_after_it_is_due")
def period_locked_as_it_is_due():
    return [quarter(due_on=SUMMER, locked_on=SUMMER)]


@illegal("reports_period_locked_after_it_is_due")
def period_locked_before_it_ends():
    return [quarter(locked_on=SUMMER - DAY)]


def waiver(**fields) -> Waiver:
    """Give an unsaved waiver nobody has decided, legal but for ``fields``."""
    defaults = {
        "officer": make_officer(),
        "period": make_period(),
        "duty_kind": DutyKind.CELL_MEETING,
        "effect": WaiverEffect.WAIVED,
        "reason": "Nằm viện",
    }
    return Waiver(**defaults | fields)


@illegal("reports_waiver_duty_kind_known")
def waiver_of_no_duty():
    return [waiver(duty_kind="x")]


@illegal("reports_waiver_effect_known")
def waiver_of_no_effect():
    return [waiver(effect="x")]


@illegal("reports_waiver_times_plausible")
def waiver_of_no_times():
    return [waiver(times=0)]


@illegal("reports_waiver_decided_whole")
def waiver_decided_on_no_day():
    return [waiver(is_accepted=True)]


@illegal("reports_waiver_refused_with_reason")
def waiver_refused_for_no_reason():
    return [waiver(is_accepted=False, decided_on=SPRING)]


@illegal("reports_waiver_withdrawn_with_reason")
def waiver_withdrawn_for_no_reason():
    return [waiver(withdrawn_on=SPRING)]


# --- visits, plans, notices -----------------------------------------------------------------------


def visit(**fields) -> Visit:
    """Give an unsaved visit, legal but for ``fields``."""
    defaults = {"visited_on": SPRING, "kind": VisitKind.CELL_MEETING}
    fields.setdefault("commune", None)
    fields["commune"] = fields["commune"] or make_commune()
    return Visit(**defaults | fields)


@illegal("assignments_visit_kind_known")
def visit_of_no_kind():
    return [visit(kind="x")]


@illegal("assignments_visit_outcome_known")
def visit_of_no_outcome():
    return [visit(outcome="x")]


@illegal("assignments_visit_one_cell")
def visit_to_two_cells():
    commune = make_commune()
    return [visit(commune=commune, cell=make_cell(commune), cell_name="Ấp mới")]


def attendance(**fields) -> Attendance:
    """Give an unsaved attendance nobody has confirmed, legal but for ``fields``."""
    return Attendance(**{"officer": make_officer(), "visit": make_visit()} | fields)


@illegal("assignments_attendance_once")
def one_officer_twice_at_a_visit():
    parties = {"officer": make_officer(), "visit": make_visit()}
    return [attendance(**parties), attendance(**parties)]


@illegal("assignments_attendance_confirmed_by_somebody")
def attendance_confirmed_by_nobody():
    return [attendance(confirmed_at=MOMENT)]


@illegal("assignments_attendance_withdrawn_with_reason")
def attendance_withdrawn_for_no_reason():
    return [attendance(withdrawn_at=MOMENT)]


@illegal("assignments_massorganisationnote_organisation_known")
def note_on_no_organisation():
    return [MassOrganisationNote(attendance=make_attendance(), organisation="x", note="Ổn định")]


@illegal("assignments_massorganisationnote_once")
def two_notes_on_one_organisation():
    on = {"attendance": make_attendance(), "organisation": MassOrganisation.YOUTH}
    return [MassOrganisationNote(**on, note="Ổn định") for _ in range(2)]


def attachment(**fields) -> VisitAttachment:
    """Give an unsaved attachment, legal but for ``fields``."""
    defaults = {
        "attendance": make_attendance(),
        "file": "chuyen-di/2022/a.pdf",
        "name": "bien-ban.pdf",
        "kind": AttachmentKind.PDF,
        "size": 1,
        "checksum": "0" * 64,
    }
    return VisitAttachment(**defaults | fields)


@illegal("assignments_visitattachment_kind_known")
def attachment_of_no_kind():
    return [attachment(kind="svg")]


@illegal("assignments_visitattachment_withdrawn_with_reason")
def attachment_withdrawn_for_no_reason():
    return [attachment(withdrawn_at=MOMENT)]


def plan(**fields) -> VisitPlan:
    """Give an unsaved plan, legal but for ``fields``."""
    defaults = {"officer": make_officer(), "commune": make_commune(), "planned_on": SPRING}
    return VisitPlan(**defaults | {"kind": VisitKind.CELL_MEETING} | fields)


@illegal("assignments_visitplan_kind_known")
def plan_of_no_kind():
    return [plan(kind="x")]


@illegal("assignments_visitplan_once")
def one_plan_twice():
    parties = {"officer": make_officer(), "commune": make_commune()}
    return [plan(**parties), plan(**parties)]


@illegal("assignments_visitplan_withdrawn_with_reason")
def plan_withdrawn_for_no_reason():
    return [plan(withdrawn_at=MOMENT)]


def notice(**fields) -> MeetingNotice:
    """Give an unsaved notice, legal but for ``fields``."""
    defaults = {"commune": make_commune(), "kind": VisitKind.CELL_MEETING, "content": "Sơ kết"}
    day = {"held_on": SPRING, "held_at": dt.time(8), "place": "Nhà văn hóa ấp 3"}
    return MeetingNotice(**defaults | day | fields)


@illegal("assignments_meetingnotice_kind_known")
def notice_of_no_kind():
    return [notice(kind="x")]


@illegal("assignments_meetingnotice_withdrawn_with_reason")
def notice_withdrawn_for_no_reason():
    return [notice(withdrawn_at=MOMENT)]


def answer(**fields) -> NoticeAnswer:
    """Give an unsaved answer, legal but for ``fields``."""
    defaults = {"notice": make_notice(), "officer": make_officer(), "reply": NoticeReply.ATTENDS}
    return NoticeAnswer(**defaults | fields)


@illegal("assignments_noticeanswer_reply_known")
def answer_of_no_reply():
    return [answer(reply="x")]


@illegal("assignments_noticeanswer_once")
def two_answers_to_one_notice():
    parties = {"notice": make_notice(), "officer": make_officer()}
    return [answer(**parties), answer(**parties)]


@illegal("assignments_noticeanswer_reason_given")
def answer_that_refuses_for_no_reason():
    return [answer(reply=NoticeReply.CANNOT)]


@illegal("assignments_noticeanswer_delegate_named")
def answer_that_sends_nobody():
    return [answer(reply=NoticeReply.DELEGATES)]


# --- documents being followed ---------------------------------------------------------------------


def directive(**fields) -> Directive:
    """Give an unsaved document, legal but for ``fields``."""
    defaults = {"number": "21-NQ/TU", "issued_on": SIGNED, "subject": "Về nông thôn mới"}
    return Directive(**defaults | {"started_on": SPRING} | fields)


@illegal("assignments_directive_dates_in_order")
def directive_ended_as_it_began():
    return [directive(ended_on=SPRING)]


@illegal("assignments_directive_number_and_date")
def one_directive_twice():
    return [directive(), directive()]


def follow_up(**fields) -> FollowUp:
    """Give an unsaved reminder, legal but for ``fields``."""
    defaults = {"directive": make_directive(), "commune": make_commune(), "noted_on": SPRING}
    return FollowUp(**defaults | {"state": FollowUpState.REMINDED, "note": "Đã nhắc"} | fields)


@illegal("assignments_followup_state_known")
def follow_up_of_no_state():
    return [follow_up(state="x")]


@illegal("assignments_followup_withdrawn_with_reason")
def follow_up_withdrawn_for_no_reason():
    return [follow_up(withdrawn_at=MOMENT)]


# --- reports --------------------------------------------------------------------------------------


def report(**fields) -> PeriodicReport:
    """Give an unsaved draft of a period, legal but for ``fields``."""
    defaults = {"officer": make_officer(), "period": Period.objects.first() or make_period()}
    return PeriodicReport(**defaults | fields)


def handed_in(state: ReportState = ReportState.SUBMITTED, **fields) -> PeriodicReport:
    """Give an unsaved report handed in in spring, legal but for ``fields``."""
    defaults = {"first_submitted_on": SPRING, "submitted_at": MOMENT, "quoted": {"visits": 3}}
    return report(state=state, **defaults | fields)


@illegal("reports_periodicreport_kind_known")
def report_of_no_kind():
    return [report(kind="x")]


@illegal("reports_periodicreport_state_known")
def report_of_no_state():
    return [handed_in(state="x")]


@illegal("reports_periodicreport_withdrawn_with_reason")
def report_withdrawn_for_no_reason():
    return [report(withdrawn_at=MOMENT)]


@illegal("reports_periodicreport_of_a_period_or_about_something")
def urgent_report_about_nothing():
    return [report(kind=ReportKind.URGENT, period=None)]


@illegal("reports_periodicreport_once_of_all_communes")
def one_report_twice():
    officer = make_officer()
    return [report(officer=officer), report(officer=officer)]


@illegal("reports_periodicreport_once_of_a_commune")
def one_report_of_a_commune_twice():
    parties = {"officer": make_officer(), "commune": make_commune()}
    return [report(**parties), report(**parties)]


@illegal("reports_periodicreport_submitted_whole")
def report_submitted_on_no_day():
    return [report(state=ReportState.SUBMITTED)]


@illegal("reports_periodicreport_accepted_whole")
def report_accepted_at_no_time():
    return [handed_in(ReportState.ACCEPTED)]


@illegal("reports_periodicreport_handed_in_stays")
def submitted_report_withdrawn():
    return [handed_in(withdrawn_at=MOMENT, withdrawal_reason="Nộp nhầm")]


def report_event(**fields) -> ReportEvent:
    """Give an unsaved event, legal but for ``fields``."""
    defaults = {"report": make_report(), "move": ReportMove.BEGIN, "state": ReportState.DRAFT}
    return ReportEvent(**defaults | {"happened_on": SPRING} | fields)


@illegal("reports_reportevent_move_known")
def report_event_of_no_move():
    return [report_event(move="x")]


@illegal("reports_reportevent_state_known")
def report_event_of_no_state():
    return [report_event(state="x")]


@illegal("reports_reportevent_reasoned")
def report_returned_for_no_reason():
    return [report_event(move=ReportMove.RETURN, state=ReportState.RETURNED)]


@illegal("reports_reportevent_keeps_what_was_submitted")
def report_submitted_with_nothing_kept():
    return [report_event(move=ReportMove.SUBMIT, state=ReportState.SUBMITTED)]


# --- petitions ------------------------------------------------------------------------------------


@illegal("reports_competentbody_level_known")
def body_of_no_level():
    return [CompetentBody(name="Sở Xây dựng", level="x")]


@illegal("reports_competentbody_dates_in_order")
def body_ended_as_it_began():
    return [CompetentBody(name="Sở Xây dựng", started_on=SPRING, ended_on=SPRING)]


@illegal("reports_competentbody_once")
def one_body_twice():
    return [CompetentBody(name="Sở Xây dựng"), CompetentBody(name="Sở Xây dựng")]


@illegal("reports_petitionfield_limit_plausible")
def field_answered_at_once():
    return [PetitionField(name="Đèn đường", limit_days=0)]


@illegal("reports_petitionfield_once")
def one_field_twice():
    return [PetitionField(name="Đèn đường"), PetitionField(name="Đèn đường")]


@illegal("reports_petitionmatter_once")
def one_matter_twice():
    field = make_field()
    return [PetitionMatter(title="Đèn đường", field=field) for _ in range(2)]


def petition(**fields) -> Petition:
    """Give an unsaved new petition from spring, legal but for ``fields``."""
    fields.setdefault("commune", None)
    fields["commune"] = fields["commune"] or make_commune()
    defaults = {
        "year": 2022,
        "number": 1,
        "raised_on": SPRING,
        "source": PetitionSource.MEETING,
        "content": "Đề nghị lắp đèn đường ấp 3",
        "field": PetitionField.objects.first() or make_field(),
    }
    return Petition(**defaults | fields)


@illegal("reports_petition_source_known")
def petition_from_nowhere():
    return [petition(source="x")]


@illegal("reports_petition_urgency_known")
def petition_of_no_urgency():
    return [petition(urgency="x")]


@illegal("reports_petition_state_known")
def petition_of_no_state():
    return [petition(state="x")]


@illegal("reports_petition_withdrawn_with_reason")
def petition_withdrawn_for_no_reason():
    return [petition(withdrawn_at=MOMENT)]


@illegal("reports_petition_number_once_a_year")
def two_petitions_of_one_number():
    return [petition(), petition()]


@illegal("reports_petition_closed_only_when_settled")
def open_petition_closed():
    return [petition(state=PetitionState.ROUTED, told_on=SUMMER)]


@illegal("reports_petition_duplicate_names_the_other")
def duplicate_of_nothing():
    return [petition(state=PetitionState.DUPLICATE)]


@illegal("reports_petition_not_its_own_duplicate")
def duplicate_of_itself():
    return [petition(pk=1, state=PetitionState.DUPLICATE, duplicate_of_id=1)]


@illegal("reports_petition_withdrawn_only_when_new")
def routed_petition_withdrawn():
    taken_back = {"withdrawn_at": MOMENT, "withdrawal_reason": "Ghi nhầm xã"}
    return [petition(state=PetitionState.ROUTED, **taken_back)]


@illegal("reports_petition_source_agrees")
def petition_of_a_meeting_heard_at_a_visit():
    visit = make_visit()
    return [petition(commune=visit.commune, visit=visit)]


def leg(**fields) -> PetitionLeg:
    """Give an unsaved leg of a lead body from spring, legal but for ``fields``."""
    fields.setdefault("petition", None)
    fields["petition"] = fields["petition"] or make_petition()
    defaults = {"body": make_body(), "started_on": SPRING, "held_since": SPRING, "due_on": SUMMER}
    return PetitionLeg(**defaults | fields)


@illegal("reports_petitionleg_role_known")
def leg_of_no_role():
    return [leg(role="x")]


@illegal("reports_petitionleg_dates_in_order")
def leg_due_before_it_began():
    return [leg(due_on=SPRING - DAY)]


@illegal("reports_petitionleg_held_from_its_start_or_before")
def leg_of_a_body_that_had_it_not_yet():
    return [leg(held_since=SPRING + DAY)]


@illegal("reports_petitionleg_lead_has_a_limit")
def leg_due_on_no_day():
    return [leg(due_on=None)]


@illegal("reports_petitionleg_one_lead")
def two_leading_bodies():
    parties = {"petition": make_petition()}
    return [leg(**parties, ended_on=SUMMER), leg(**parties, started_on=SUMMER - DAY)]


@illegal("reports_petitionleg_body_once_at_a_time")
def one_body_with_two_legs():
    parties = {"petition": make_petition(), "body": make_body()}
    return [leg(**parties), leg(**parties, role=LegRole.COORDINATING)]


def petition_answer(**fields) -> PetitionAnswer:
    """Give an unsaved answer of spring, legal but for ``fields``."""
    defaults = {"outcome": AnswerOutcome.RESOLVED, "issued_on": SPRING, "content": "Đã lắp xong"}
    return PetitionAnswer(**defaults | fields)


@illegal("reports_petitionanswer_outcome_known")
def answer_of_no_outcome():
    return [petition_answer(outcome="x")]


@illegal("reports_petitionanswer_says_something")
def answer_that_says_nothing():
    return [petition_answer(content="")]


@illegal("reports_petitionanswer_has_a_roadmap")
def answer_without_a_roadmap():
    return [petition_answer(outcome=AnswerOutcome.UNDER_RESOURCED)]


@illegal("reports_petitionanswer_names_whose_it_is")
def answer_that_names_nobody_competent():
    return [petition_answer(outcome=AnswerOutcome.OUT_OF_COMPETENCE)]


@illegal("reports_answerfile_withdrawn_with_reason")
def answer_file_withdrawn_for_no_reason():
    document = {"name": "tra-loi.pdf", "kind": AttachmentKind.PDF, "size": 1, "checksum": "0" * 64}
    stored = {"answer": make_answer(), "file": "tra-loi/2022/a.pdf", "withdrawn_at": MOMENT}
    return [AnswerFile(**document, **stored)]


def petition_event(**fields) -> PetitionEvent:
    """Give an unsaved note of spring on a petition without events, legal but for ``fields``."""
    fields.setdefault("petition", None)
    fields["petition"] = fields["petition"] or bare_petition()
    defaults = {"act": PetitionAct.NOTE, "state": PetitionState.NEW, "happened_on": SPRING}
    return PetitionEvent(**defaults | fields)


def bare_petition() -> Petition:
    bare = petition()
    bare.save()
    return bare


@illegal("reports_petitionevent_act_known")
def petition_event_of_no_act():
    return [petition_event(act="x")]


@illegal("reports_petitionevent_state_known")
def petition_event_of_no_state():
    return [petition_event(state="x")]


@illegal("reports_petitionevent_dates_in_order")
def petition_event_superseded_before_it_happened():
    return [petition_event(superseded_on=SPRING - DAY)]


@illegal("reports_petitionevent_one_standing")
def two_events_standing():
    bare = bare_petition()
    return [petition_event(petition=bare), petition_event(petition=bare, happened_on=SUMMER)]


@illegal("reports_petitionevent_answered_by_an_answer")
def petition_answered_by_nothing():
    return [petition_event(act=PetitionAct.ANSWER, state=PetitionState.RESOLVED)]


@illegal("reports_petitionevent_routed_to_a_body")
def petition_routed_to_nobody():
    return [petition_event(act=PetitionAct.ROUTE, state=PetitionState.ROUTED)]


@illegal("reports_petitionevent_closed_only_when_settled")
def petition_closed_while_open():
    return [petition_event(is_closed=True)]


# --- conclusions and notifications ----------------------------------------------------------------


@illegal("reports_conclusion_number_and_date")
def one_conclusion_twice():
    notice = {"number": "35-TB/TU", "issued_on": SIGNED, "subject": "Hội nghị sơ kết"}
    return [Conclusion(**notice), Conclusion(**notice)]


def task(**fields) -> ConclusionTask:
    """Give an unsaved task of an officer, legal but for ``fields``."""
    defaults = {"conclusion": make_conclusion(), "content": "Rà soát", "due_on": SUMMER}
    return ConclusionTask(**defaults | {"officer": make_officer()} | fields)


@illegal("reports_conclusiontask_withdrawn_with_reason")
def task_withdrawn_for_no_reason():
    return [task(withdrawn_at=MOMENT)]


@illegal("reports_conclusiontask_somebody_does_it")
def task_of_a_body_and_an_officer():
    return [task(body=make_body())]


@illegal("reports_conclusiontask_done_with_a_result")
def task_done_with_no_result():
    return [task(done_on=SUMMER)]


@illegal("reports_committeeterm_dates_in_order")
def term_that_ends_before_it_begins():
    return [CommitteeTerm(name="2020", started_on=SUMMER, ended_on=SPRING)]


@illegal("reports_committeeterm_one_at_a_time")
def two_terms_at_once():
    return [CommitteeTerm(name=name, started_on=SPRING) for name in ("2020–2025", "2021–2026")]


def document(**fields) -> IssuedDocument:
    """Give an unsaved numbered document, legal but for ``fields``."""
    term = CommitteeTerm.objects.first() or make_term()
    defaults = {"kind": DocumentKind.REPORT, "symbol": "TU", "term": term, "number": 1}
    return IssuedDocument(**defaults | {"issued_on": SUMMER, "subject": "Sơ kết"} | fields)


@illegal("reports_issueddocument_kind_known")
def document_of_no_kind():
    return [document(kind="x")]


@illegal("reports_issueddocument_withdrawn_with_reason")
def document_withdrawn_for_no_reason():
    return [document(withdrawn_at=MOMENT)]


@illegal("reports_issueddocument_number_from_one")
def document_number_nought():
    return [document(number=0)]


@illegal("reports_issueddocument_number_once_a_term")
def one_number_twice():
    return [document(), document(subject="Báo cáo khác")]


@illegal("reports_documenttemplate_withdrawn_with_reason")
def template_withdrawn_for_no_reason():
    stored = {"file": "mau.docx", "name": "mau.docx", "kind": "docx", "checksum": "0" * 64}
    return [DocumentTemplate(withdrawn_at=MOMENT, size=1, **stored)]


def review(**fields) -> Review:
    """Give an unsaved review, legal but for ``fields``."""
    quarter = Period.objects.first() or make_period()
    quarters = {"first_quarter": quarter, "last_quarter": quarter}
    return Review(**{"name": "Sơ kết", "day": SUMMER} | quarters | fields)


@illegal("reports_review_withdrawn_with_reason")
def review_withdrawn_for_no_reason():
    return [review(withdrawn_at=MOMENT)]


@illegal("reports_review_name_and_day")
def one_review_twice():
    return [review(), review(signer="Trần Văn A")]


@illegal("reports_frozenfigures_numbered_once")
def one_freeze_twice():
    planned, by = make_review(), make_user()
    facts = {"review": planned, "number": 1, "frozen_by": by, "checksum": "0" * 64}
    return [FrozenFigures(parameters={"day": day}, sheets=["x"], **facts) for day in "12"]


@illegal("reports_frozenfigure_once_a_freeze")
def one_figure_twice():
    frozen = make_frozen()
    facts = {"key": "communes", "label": "Đảng bộ", "sentence": "Đảng bộ.", "value": 1}
    return [FrozenFigure(frozen=frozen, position=n, members={"1": 1}, **facts) for n in (1, 2)]


@illegal("reports_packfile_part_once")
def one_part_twice():
    pack = make_pack()
    facts = {"part": "bao-cao", "file": "x", "size": 1, "checksum": "0" * 64}
    return [PackFile(pack=pack, name=name, **facts) for name in ("a.docx", "b.docx")]


def notification(**fields) -> Notification:
    """Give an unsaved notification, legal but for ``fields``."""
    defaults = {"user": make_user(), "kind": NotificationKind.TASK, "key": "task:1:due"}
    return Notification(
        **defaults | {"title": "Đến hạn", "address": "/", "noticed_on": SPRING} | fields
    )


@illegal("reports_notification_kind_known")
def notification_of_no_kind():
    return [notification(kind="x")]


@illegal("reports_notification_told_once")
def one_thing_told_twice():
    user = make_user()
    return [notification(user=user), notification(user=user)]


# --- evaluations ----------------------------------------------------------------------------------


def rules(**fields) -> EvaluationRules:
    """Give an unsaved set of criteria, legal but for ``fields``."""
    return EvaluationRules(**{"name": "Bộ tiêu chí quý"} | fields)


@illegal("reports_evaluationrules_name")
def two_sets_of_one_name():
    return [rules(), rules()]


@illegal("reports_evaluationrules_thresholds_in_order")
def set_where_good_is_better_than_excellent():
    return [rules(excellent_from=70, good_from=90)]


@illegal("reports_evaluationrules_cap_is_a_share")
def set_with_a_cap_above_the_whole():
    return [rules(excellent_cap=101)]


def criterion(**fields) -> Criterion:
    """Give an unsaved judged criterion of a set without any, legal but for ``fields``."""
    if "rules" not in fields:
        fields["rules"] = EvaluationRules.objects.create(name="Bộ tiêu chí quý")
    judged = {"position": 1, "name": "Sát cơ sở", "kind": CriterionKind.JUDGED, "weight": 100}
    return Criterion(**judged | fields)


@illegal("reports_criterion_kind_known")
def criterion_of_no_kind():
    return [criterion(kind="x")]


@illegal("reports_criterion_computed_by_a_measure")
def criterion_computed_by_nothing():
    return [criterion(kind=CriterionKind.COMPUTED)]


@illegal("reports_criterion_weight_within_a_hundred")
def criterion_of_no_weight():
    return [criterion(weight=0)]


@illegal("reports_criterion_one_at_a_position")
def two_criteria_at_one_position():
    one = criterion()
    return [one, criterion(rules=one.rules)]


def evaluation_cycle(**fields) -> EvaluationCycle:
    """Give an unsaved cycle of a quarter, legal but for ``fields``."""
    days = {"started_on": SPRING, "ended_on": SUMMER, "self_rating_due_on": SUMMER}
    if "rules" not in fields:
        fields["rules"] = make_rules()
    return EvaluationCycle(**{"kind": CycleKind.QUARTER, "name": "Quý I/2022"} | days | fields)


@illegal("reports_evaluationcycle_kind_known")
def cycle_of_no_kind():
    return [evaluation_cycle(kind="x")]


@illegal("reports_evaluationcycle_dates_in_order")
def cycle_ended_as_it_began():
    return [evaluation_cycle(ended_on=SPRING)]


@illegal("reports_evaluationcycle_one_of_a_kind")
def two_cycles_of_a_kind_at_a_time():
    return [evaluation_cycle(), evaluation_cycle(started_on=SUMMER - DAY, ended_on=SUMMER + DAY)]


def evaluation(**fields) -> Evaluation:
    """Give an unsaved evaluation that waits for the officer, legal but for ``fields``."""
    if "cycle" not in fields:
        fields["cycle"] = make_cycle()
    return Evaluation(**{"officer": make_officer()} | fields)


@illegal("reports_evaluation_state_known")
def evaluation_in_no_state():
    return [evaluation(state="x", proposed_level="good", proposal_text="Sát cơ sở")]


@illegal("reports_evaluation_once_a_cycle")
def officer_evaluated_twice():
    one = evaluation()
    return [one, evaluation(cycle=one.cycle, officer=one.officer)]


@illegal("reports_evaluation_levels_known")
def evaluation_of_no_level():
    return [evaluation(self_level="x")]


@illegal("reports_evaluation_self_rated_whole")
def self_rating_without_a_word():
    return [evaluation(state=EvaluationState.SELF_RATED, self_level="good")]


@illegal("reports_evaluation_proposed_whole")
def proposal_without_a_reason():
    return [evaluation(state=EvaluationState.PROPOSED, proposed_level="good")]


@illegal("reports_evaluation_decided_whole")
def decision_before_anything_was_proposed():
    return [evaluation(decided_level="good")]


@illegal("reports_evaluation_released_whole")
def released_before_it_was_decided():
    return [evaluation(released_on=SUMMER)]


def score(**fields) -> EvaluationScore:
    """Give unsaved points of the office, legal but for ``fields``."""
    if "evaluation" not in fields:
        fields["evaluation"] = make_evaluation()
        fields["criterion"] = fields["evaluation"].cycle.rules.criteria.first()
    return EvaluationScore(**{"rated_by": RatedBy.OFFICE, "points": 80} | fields)


@illegal("reports_evaluationscore_rated_by_known")
def points_of_nobody():
    return [score(rated_by="x")]


@illegal("reports_evaluationscore_once")
def one_criterion_scored_twice():
    one = score()
    return [one, score(evaluation=one.evaluation, criterion=one.criterion)]


@illegal("reports_evaluationscore_within_a_hundred")
def more_points_than_there_are():
    return [score(points=101)]


@illegal("reports_evaluationcitation_of_one_thing")
def citation_of_a_petition_and_a_document():
    return [EvaluationCitation(score=make_score(), petition=make_petition(), document="Báo cáo 12")]


def remark(**fields) -> CommuneRemark:
    """Give an unsaved remark, legal but for ``fields``."""
    if "evaluation" not in fields:
        fields |= {"evaluation": make_evaluation(), "commune": make_commune()}
    said = {"given_on": SUMMER, "document": "15-CV/ĐU", "content": "Sát cơ sở"}
    return CommuneRemark(**said | fields)


@illegal("reports_communeremark_withdrawn_with_reason")
def remark_withdrawn_for_no_reason():
    return [remark(withdrawn_at=MOMENT)]


@illegal("reports_communeremark_once_a_commune")
def two_remarks_of_one_commune():
    one = remark()
    return [one, remark(evaluation=one.evaluation, commune=one.commune)]


def evaluation_event(**fields) -> EvaluationEvent:
    """Give an unsaved self-rating, legal but for ``fields``."""
    rated = {"step": EvaluationStep.RATE_ONESELF, "state": EvaluationState.SELF_RATED}
    facts = {"evaluation": make_evaluation(), "by": make_user(), "happened_on": SUMMER}
    return EvaluationEvent(**rated | facts | fields)


@illegal("reports_evaluationevent_step_known")
def event_of_no_step():
    return [evaluation_event(step="x")]


@illegal("reports_evaluationevent_state_known")
def evaluation_event_in_no_state():
    return [evaluation_event(state="x")]


@illegal("reports_evaluationevent_reasoned")
def decision_for_no_reason():
    return [evaluation_event(step=EvaluationStep.DECIDE)]


# --- each of them, three ways ---------------------------------------------------------------------


def named_constraints() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            for constraint in model._meta.constraints:
                # It refuses no new row (tests/accounts/test_only_added.py).
                if not isinstance(constraint, OnlyAdded):
                    yield model, constraint


BY_NAME = {constraint.name: (model, constraint) for model, constraint in named_constraints()}


# --- communes rearranged --------------------------------------------------------------------------


@illegal("communes_area_name")
def two_areas_of_one_name():
    return [Area(name="Ven biển"), Area(name="Ven  biển")]


def reorganisation(**fields) -> Reorganisation:
    """Give an unsaved reorganisation, legal but for ``fields``."""
    return Reorganisation(**{"resolution": "1105/NQ", "effective_on": SUMMER} | fields)


@illegal("communes_reorganisation_undone_after_applied")
def reorganisation_undone_unapplied():
    return [reorganisation(undone_at=MOMENT, undo_reason="Nhầm")]


@illegal("communes_reorganisation_undone_with_reason")
def reorganisation_undone_for_no_reason():
    return [reorganisation(applied_at=MOMENT, undone_at=MOMENT)]


@illegal("communes_reorganisation_dropped_unapplied")
def reorganisation_dropped_when_applied():
    return [reorganisation(applied_at=MOMENT, dropped_at=MOMENT)]


def succession(**fields) -> Succession:
    """Give an unsaved line of a mapping, legal but for ``fields``."""
    for end in ("old", "new"):
        fields.setdefault(end, None)
        fields[end] = fields[end] or make_commune()
    return Succession(**{"reorganisation": make_reorganisation()} | fields)


@illegal("communes_succession_extent_known")
def succession_of_no_extent():
    return [succession(extent="x")]


@illegal("communes_succession_of_another")
def succession_of_itself():
    commune = make_commune()
    return [succession(old=commune, new=commune)]


@illegal("communes_succession_whole_is_main")
def whole_succession_without_the_records():
    return [succession(is_main=False)]


@illegal("communes_succession_once")
def succession_told_twice():
    parties = {"old": make_commune(), "new": make_commune(), "extent": "part", "is_main": False}
    return [succession(**parties), succession(**parties)]


@illegal("communes_succession_one_heir")
def two_heirs_of_one_unit():
    commune = make_commune()
    return [succession(old=commune), succession(old=commune)]


def descent(**fields) -> Descent:
    """Give an unsaved descent, legal but for ``fields``."""
    for end in ("old", "new"):
        fields.setdefault(end, None)
        fields[end] = fields[end] or make_commune()
    return Descent(**{"started_on": SPRING} | fields)


@illegal("communes_descent_dates_in_order")
def descent_ended_as_it_began():
    return [descent(ended_on=SPRING)]


@illegal("communes_descent_one_heir")
def two_heirs_on_one_day():
    commune = make_commune()
    return [descent(old=commune), descent(old=commune, started_on=SUMMER)]


@illegal("communes_descent_once")
def one_descent_twice():
    parties = {"old": make_commune(), "new": make_commune(), "is_main": False}
    return [descent(**parties), descent(**parties)]


# --- departures, plans, hand-overs ----------------------------------------------------------------


def departure(**fields) -> Departure:
    """Give an unsaved departure, legal but for ``fields``."""
    fields.setdefault("officer", None)
    fields["officer"] = fields["officer"] or make_officer()
    return Departure(**{"leaves_on": SUMMER, "reason": EndReason.RETIRED} | fields)


@illegal("assignments_departure_reason_known")
def departure_for_no_known_reason():
    return [departure(reason="x")]


@illegal("assignments_departure_once_a_day")
def one_departure_twice():
    officer = make_officer()
    return [departure(officer=officer), departure(officer=officer)]


@illegal("assignments_departure_withdrawn_with_reason")
def departure_taken_back_for_no_reason():
    return [departure(withdrawn_at=MOMENT)]


def reassignment(**fields) -> ReassignmentPlan:
    """Give an unsaved plan of reassignment, legal but for ``fields``."""
    return ReassignmentPlan(**{"name": "Tháng 6", "starts_on": SUMMER} | fields)


@illegal("assignments_reassignmentplan_variant_known")
def plan_of_no_variant():
    return [reassignment(variant="x")]


@illegal("assignments_reassignmentplan_applied_by_decision")
def plan_applied_without_a_decision():
    return [reassignment(applied_at=MOMENT)]


@illegal("assignments_reassignmentplan_applied_not_withdrawn")
def plan_taken_back_when_applied():
    taken_back = {"withdrawn_at": MOMENT, "withdrawal_reason": "Nhầm"}
    return [reassignment(applied_at=MOMENT, decision=make_decision(), **taken_back)]


@illegal("assignments_reassignmentplan_withdrawn_with_reason")
def plan_taken_back_for_no_reason():
    return [reassignment(withdrawn_at=MOMENT)]


@illegal("assignments_plannedrow_once")
def one_commune_twice_in_a_plan():
    row = {"plan": make_plan_of_reassignment(), "commune": make_commune()}
    return [PlannedRow(**row), PlannedRow(**row)]


@illegal("assignments_plannedrow_changes")
def planned_row_that_changes_nothing():
    officer, of_plan = make_officer(), make_plan_of_reassignment()
    return [PlannedRow(plan=of_plan, commune=make_commune(), before=officer, after=officer)]


def handover(**fields) -> Handover:
    """Give an unsaved hand-over, legal but for ``fields``."""
    outgoing = assignment(ended_on=SUMMER, end_reason=EndReason.RETIRED)
    outgoing.save()
    return Handover(**{"outgoing": outgoing} | fields)


@illegal("reports_handover_state_known")
def handover_in_no_state():
    return [handover(state="x")]


@illegal("reports_handover_settled_with_day")
def handover_settled_on_no_day():
    return [handover(state="closed")]


@illegal("reports_handover_accepted_by_somebody")
def handover_offered_to_nobody():
    return [handover(state="offered")]


@illegal("reports_handoverevent_move_known")
def handover_event_of_no_move():
    return [HandoverEvent(handover=make_handover(), move="x", by=make_user())]


def item(**fields) -> HandoverItem:
    """Give an unsaved item left for a reason, legal but for ``fields``."""
    fields.setdefault("handover", None)
    fields["handover"] = fields["handover"] or make_handover()
    defaults = {"kind": "petition", "target_key": "reports.petition:1", "reason": "Đã xong"}
    return HandoverItem(**defaults | fields)


@illegal("reports_handoveritem_kind_known")
def item_of_no_kind():
    return [item(kind="x")]


@illegal("reports_handoveritem_once")
def one_item_twice():
    of_handover = make_handover()
    return [item(handover=of_handover), item(handover=of_handover)]


@illegal("reports_handoveritem_owner_or_reason")
def item_given_to_nobody_for_no_reason():
    return [item(reason="")]


def test_every_constraint_has_an_illegal_example_here():
    assert set(BY_NAME) == set(ILLEGAL)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_constraint_is_named_after_its_model_and_speaks_vietnamese(name):
    model, constraint = BY_NAME[name]
    assert name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    sentence = str(constraint.get_violation_error_message())
    assert sentence.endswith(".")
    assert not sentence.isascii()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ILLEGAL)
def test_the_database_refuses_by_name(name):
    model, constraint = BY_NAME[name]
    rows = ILLEGAL[name]()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model.objects.bulk_create(rows)
    assert names_constraint(str(caught.value), constraint, model._meta.db_table)
    assert not model.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ILLEGAL)
def test_the_refusal_becomes_the_sentence(name):
    model, constraint = BY_NAME[name]
    rows = ILLEGAL[name]()
    with (
        pytest.raises(ValidationError) as caught,
        constraint_sentences(model),
        transaction.atomic(),
    ):
        model.objects.bulk_create(rows)
    assert caught.value.messages == [constraint.get_violation_error_message()]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ILLEGAL)
def test_validation_says_so_before_the_database_does(name):
    constraint = BY_NAME[name][1]
    *earlier, last = ILLEGAL[name]()
    for row in earlier:
        row.save()
    with pytest.raises(ValidationError) as caught:
        last.full_clean()
    says_it = constraint.get_violation_error_message() in caught.value.messages
    # A wrong choice or number is noticed by its field, before constraints are asked.
    assert says_it or not NOTICED_BY_FIELD.isdisjoint(caught.value.message_dict)
