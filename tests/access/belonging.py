"""Records of the other officer and of the office: no form of one's own may name them."""

from __future__ import annotations

from django.db import models

from accounts import sessions
from accounts.models import SavedView, Session
from reports.enums import HandoverItemKind, ReportState
from reports.models import AnswerFile, Evaluation, Handover, HandoverItem
from tests.access.people import People
from tests.access.records import SAMPLES, with_account
from tests.factories import (
    make_attachment,
    make_attendance,
    make_evaluation,
    make_follow_up,
    make_notice,
    make_notification,
    make_petition,
    make_plan,
    make_remark,
    make_report,
    make_session,
    make_visit,
    make_waiver,
)


def records_of_others(people: People) -> list[models.Model]:
    """Make one record of each kind that is somebody else's."""
    commune, officer = people.other.commune, people.other.officer
    attendance = make_attendance(officer, make_visit(commune))
    draft = make_report(officer, state=ReportState.DRAFT)
    return [
        people.other,
        commune,
        officer,
        attendance,
        attendance.visit,
        make_attachment(attendance),
        make_follow_up(commune=commune, officer=officer),
        make_notice(commune),
        make_petition(commune, officer),
        AnswerFile.objects.get(pk=SAMPLES["answer_file"](people, people.other)),
        make_plan(officer, commune),
        draft,
        make_waiver(officer, commune, draft.period, is_accepted=None, decided_on=None),
        *evaluated(people),
        *handed_over(people),
        make_notification(people.office),
        make_session(people.office),
        SavedView.objects.get(pk=SAMPLES["saved_view"](people, people.other)),
    ]


def evaluated(people: People) -> tuple[Evaluation, models.Model]:
    evaluation = make_evaluation(with_account(people.other.officer))
    return evaluation, make_remark(evaluation)


def handed_over(people: People) -> tuple[Handover, HandoverItem]:
    handover = Handover.objects.get(pk=SAMPLES["handover"](people, people.other))
    item = {"kind": HandoverItemKind.PETITION, "target_key": "petition:1", "words": "Kiến nghị"}
    return handover, HandoverItem.objects.create(handover=handover, reason="Đã xong", **item)


def key_of(record: models.Model) -> str:
    """Give the key forms and addresses have for a record; of a session not its secret one."""
    is_session = isinstance(record, Session)
    return sessions.public_id(record.session_key) if is_session else str(record.pk)
