"""Small makers of records for tests: each gives one saved record with sensible defaults."""

import datetime as dt
import hashlib
from itertools import count

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone

from accounts import clock
from accounts.enums import Role, Suspension
from accounts.models import Session, User
from accounts.session_store import SessionStore
from assignments.enums import (
    AttachmentKind,
    DutyKind,
    EndReason,
    FollowUpState,
    OfficerGroup,
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
    MeetingNotice,
    Officer,
    ReassignmentPlan,
    Regulation,
    Visit,
    VisitAttachment,
    VisitPlan,
)
from communes.enums import CommuneKind, DistrictKind, Extent
from communes.models import (
    Area,
    Commune,
    Contact,
    District,
    PartyCell,
    Reorganisation,
    Succession,
)
from communes.reorganisation.descents import rebuild
from reports.enums import (
    AnswerOutcome,
    CriterionKind,
    CycleKind,
    DocumentKind,
    EvaluationStep,
    NotificationKind,
    PetitionAct,
    PetitionSource,
    RatedBy,
    ReportMove,
    ReportState,
    WaiverEffect,
)
from reports.freezing.checksum import checksum
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
    ReviewPack,
    Waiver,
)

PASSWORD = "Mat-khau-thu-2026"
# A day in the middle of the assignments made here, which start on STARTED_ON.
DAY = dt.date(2023, 5, 9)
STARTED_ON = dt.date(2021, 11, 1)

numbers = count(1)


def make_user(role: Role = Role.OFFICE, **fields) -> User:
    """Make a user with :data:`PASSWORD` who need not change it; an inactive one gets a reason."""
    number = next(numbers)
    if not fields.get("is_active", True):
        fields = {"suspension": Suspension.BY_ADMIN} | fields
    defaults = {
        "username": f"{role}{number}",
        "password": PASSWORD,
        "full_name": f"Trần Thị Thử {number}",
        "must_change_password": False,
    }
    return User.objects.create_user(role=role, **defaults | fields)


def make_session(user: User, **fields) -> Session:
    """Log ``user`` in with some browser, just now."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    row = Session.objects.get(pk=store.session_key)
    Session.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def make_district(name: str | None = None, **fields) -> District:
    """Make a rural district."""
    number = next(numbers)
    defaults = {"kind": DistrictKind.RURAL_DISTRICT, "code": f"9{number:03}"}
    return District.objects.create(name=name or f"Huyện Thử {number}", **defaults | fields)


def make_commune(name: str | None = None, **fields) -> Commune:
    """Make a rural commune in no district."""
    fields = {"kind": CommuneKind.RURAL_COMMUNE} | fields
    return Commune.objects.create(name=name or f"Thử {next(numbers)}", **fields)


def make_officer(full_name: str = "Nguyễn Văn An", **fields) -> Officer:
    """Make an officer of the sector group, in post; ``left_on`` alone gets a reason."""
    if fields.get("left_on"):
        fields = {"leave_reason": EndReason.RETIRED} | fields
    defaults = {"group": OfficerGroup.SECTOR, "birth_year": 1970}
    return Officer.objects.create(full_name=full_name, **defaults | fields)


def make_decision(number: str | None = None, **fields) -> Decision:
    """Make a decision signed on :data:`STARTED_ON`."""
    number = number or f"{next(numbers)}-QĐ/TU"
    return Decision.objects.create(number=number, **{"signed_on": STARTED_ON} | fields)


def make_assignment(
    officer: Officer | None = None, commune: Commune | None = None, **fields
) -> Assignment:
    """Make an open main assignment from :data:`STARTED_ON`; ``ended_on`` alone gets a reason."""
    if fields.get("ended_on"):
        fields = {"end_reason": EndReason.TRANSFERRED} | fields
    if "opening_decision" not in fields:
        fields["opening_decision"] = make_decision()
    return Assignment.objects.create(
        officer=officer or make_officer(),
        commune=commune or make_commune(),
        **{"started_on": STARTED_ON} | fields,
    )


def make_cell(commune: Commune | None = None, name: str | None = None, **fields) -> PartyCell:
    """Make the Party cell of a hamlet."""
    return PartyCell.objects.create(
        commune=commune or make_commune(), name=name or str(next(numbers)), **fields
    )


def make_contact(commune: Commune | None = None, **fields) -> Contact:
    """Make a contact one may call on any day."""
    defaults = {"full_name": "Sơn Thị Hạnh", "office": "Văn phòng Đảng ủy", "phone": "0299 123"}
    return Contact.objects.create(commune=commune or make_commune(), **defaults | fields)


def make_regulation(*kinds: DutyKind, **fields) -> Regulation:
    """Make a version in force from :data:`STARTED_ON`, each of ``kinds`` due once a quarter."""
    defaults = {"number": "10-QC/TU", "issued_on": dt.date(2021, 10, 19), "started_on": STARTED_ON}
    regulation = Regulation.objects.create(**defaults | fields)
    for kind in kinds:
        make_duty(regulation, kind=kind)
    return regulation


def make_duty(regulation: Regulation, **fields) -> Duty:
    """Make a duty: a committee meeting once a quarter for each commune."""
    return Duty.objects.create(
        regulation=regulation, **{"kind": DutyKind.COMMITTEE_MEETING} | fields
    )


def make_period(
    started_on: dt.date = dt.date(2023, 4, 1),
    ended_on: dt.date = dt.date(2023, 7, 1),
    **fields,
) -> Period:
    """Make a quarter: that of :data:`DAY` unless other days are given."""
    defaults = {
        "kind": PeriodKind.QUARTER,
        "year": started_on.year,
        "number": (started_on.month + 2) // 3,
    }
    return Period.objects.create(started_on=started_on, ended_on=ended_on, **defaults | fields)


def make_visit(commune: Commune | None = None, **fields) -> Visit:
    """Make a committee meeting attended on :data:`DAY`, by nobody yet."""
    defaults = {"visited_on": DAY, "kind": VisitKind.COMMITTEE_MEETING}
    return Visit.objects.create(commune=commune or make_commune(), **defaults | fields)


def make_attendance(
    officer: Officer | None = None, visit: Visit | None = None, **fields
) -> Attendance:
    """Make an attendance, confirmed unless ``confirmed_at=None``; its officer need not follow."""
    visit = visit or make_visit()
    moment = timezone.make_aware(dt.datetime.combine(visit.visited_on, dt.time(16)))
    defaults = {"findings": "Nắm tình hình", "entered_at": moment, "confirmed_at": moment}
    fields = defaults | fields
    if fields["confirmed_at"] and "confirmed_by" not in fields:
        fields["confirmed_by"] = make_user()
    return Attendance.objects.create(officer=officer or make_officer(), visit=visit, **fields)


def make_attachment(attendance: Attendance | None = None, **fields) -> VisitAttachment:
    """Make a small PDF beside an attendance, kept as uploads are."""
    content = fields.pop("content", b"%PDF-1.7")
    defaults = {
        "attendance": attendance or make_attendance(),
        "name": "bien-ban.pdf",
        "kind": AttachmentKind.PDF,
        "size": len(content),
        "checksum": hashlib.sha256(content).hexdigest(),
    }
    attachment = VisitAttachment(**defaults | fields)
    attachment.file.save(attachment.name, ContentFile(content))
    return attachment


def make_plan(
    officer: Officer | None = None, commune: Commune | None = None, **fields
) -> VisitPlan:
    """Make a committee meeting planned for :data:`DAY`."""
    defaults = {"planned_on": DAY, "kind": VisitKind.COMMITTEE_MEETING}
    return VisitPlan.objects.create(
        officer=officer or make_officer(), commune=commune or make_commune(), **defaults | fields
    )


def make_notice(commune: Commune | None = None, **fields) -> MeetingNotice:
    """Make the notice of a committee meeting on the morning of :data:`DAY`."""
    defaults = {
        "held_on": DAY,
        "held_at": dt.time(8),
        "kind": VisitKind.COMMITTEE_MEETING,
        "place": "Hội trường Đảng ủy",
        "content": "Sơ kết quý",
    }
    return MeetingNotice.objects.create(commune=commune or make_commune(), **defaults | fields)


def make_directive(number: str | None = None, **fields) -> Directive:
    """Make a resolution followed from :data:`STARTED_ON` on."""
    defaults = {"issued_on": STARTED_ON, "started_on": STARTED_ON, "subject": "Về nông thôn mới"}
    number = number or f"{next(numbers)}-NQ/TU"
    return Directive.objects.create(number=number, **defaults | fields)


def make_follow_up(
    directive: Directive | None = None, commune: Commune | None = None, **fields
) -> FollowUp:
    """Make a reminder on :data:`DAY`."""
    defaults = {"noted_on": DAY, "state": FollowUpState.REMINDED, "note": "Đã nhắc bằng văn bản"}
    return FollowUp.objects.create(
        directive=directive or make_directive(),
        commune=commune or make_commune(),
        **defaults | fields,
    )


def make_waiver(
    officer: Officer | None = None,
    commune: Commune | None = None,
    period: Period | None = None,
    **fields,
) -> Waiver:
    """Make an accepted explanation of a committee meeting not attended, decided on :data:`DAY`."""
    defaults = {
        "duty_kind": DutyKind.COMMITTEE_MEETING,
        "effect": WaiverEffect.EXPLAINED,
        "reason": "Đi công tác theo triệu tập",
        "is_accepted": True,
        "decided_on": DAY,
    }
    return Waiver.objects.create(
        officer=officer or make_officer(),
        commune=commune,
        period=period or make_period(),
        **defaults | fields,
    )


def make_report(officer: Officer | None = None, **fields) -> PeriodicReport:
    """Make the draft of a report of the quarter of :data:`DAY`; handed in on it with ``state``."""
    if "period" not in fields and "kind" not in fields:
        fields["period"] = Period.objects.first() or make_period()
    if fields.get("state", ReportState.DRAFT) != ReportState.DRAFT:
        moment = timezone.make_aware(dt.datetime.combine(DAY, dt.time(9)))
        handed_in = {"first_submitted_on": DAY, "submitted_at": moment, "quoted": {}}
        if fields["state"] == ReportState.ACCEPTED:
            handed_in["accepted_at"] = moment
        fields = handed_in | fields
    return PeriodicReport.objects.create(officer=officer or make_officer(), **fields)


def make_report_event(report: PeriodicReport | None = None, **fields) -> ReportEvent:
    """Make the event of a report's being handed in on :data:`DAY`."""
    defaults = {"move": ReportMove.SUBMIT, "state": ReportState.SUBMITTED, "happened_on": DAY}
    fields = defaults | fields
    if fields["move"] == ReportMove.SUBMIT:
        fields.setdefault("content", {})
    return ReportEvent.objects.create(report=report or make_report(), **fields)


def make_body(name: str | None = None, **fields) -> CompetentBody:
    """Make a department of the province."""
    return CompetentBody.objects.create(name=name or f"Sở Thử {next(numbers)}", **fields)


def make_field(name: str | None = None, **fields) -> PetitionField:
    """Make a field answered within 30 days."""
    return PetitionField.objects.create(name=name or f"Lĩnh vực {next(numbers)}", **fields)


def make_matter(title: str | None = None, **fields) -> PetitionMatter:
    """Make a matter with no petition yet."""
    fields.setdefault("field", PetitionField.objects.first() or make_field())
    return PetitionMatter.objects.create(title=title or f"Nhóm {next(numbers)}", **fields)


def make_petition(
    commune: Commune | None = None, officer: Officer | None = None, **fields
) -> Petition:
    """Make a new petition raised on :data:`DAY`, with the event that begins its history."""
    defaults = {
        "year": DAY.year,
        "number": next(numbers),
        "raised_on": DAY,
        "source": PetitionSource.MEETING,
        "content": "Đề nghị lắp đèn đường ấp 3",
    }
    fields = defaults | fields
    if "field" not in fields:
        fields["field"] = PetitionField.objects.first() or make_field()
    petition = Petition.objects.create(commune=commune or make_commune(), officer=officer, **fields)
    PetitionEvent.objects.create(
        petition=petition,
        act=PetitionAct.RAISE,
        state=petition.state,
        is_closed=petition.is_closed,
        happened_on=petition.raised_on,
    )
    return petition


def make_leg(petition: Petition | None = None, **fields) -> PetitionLeg:
    """Make a leg begun on :data:`DAY`, due thirty days later."""
    defaults = {"started_on": DAY, "due_on": DAY + dt.timedelta(days=30)}
    fields = defaults | fields
    fields.setdefault("held_since", fields["started_on"])
    if "body" not in fields:
        fields["body"] = make_body()
    return PetitionLeg.objects.create(petition=petition or make_petition(), **fields)


def make_answer(**fields) -> PetitionAnswer:
    """Make a document of :data:`DAY` that says a petition is resolved."""
    defaults = {
        "outcome": AnswerOutcome.RESOLVED,
        "number": f"{next(numbers)}/SXD",
        "issued_on": DAY,
        "content": "Đã lắp xong",
    }
    return PetitionAnswer.objects.create(**defaults | fields)


def make_answer_file(answer: PetitionAnswer | None = None, **fields) -> AnswerFile:
    """Make a small PDF beside an answer, kept as uploads are."""
    content = fields.pop("content", b"%PDF-1.7")
    defaults = {
        "answer": answer or make_answer(),
        "name": "tra-loi.pdf",
        "kind": AttachmentKind.PDF,
        "size": len(content),
        "checksum": hashlib.sha256(content).hexdigest(),
    }
    stored = AnswerFile(**defaults | fields)
    stored.file.save(stored.name, ContentFile(content))
    return stored


def make_conclusion(number: str | None = None, **fields) -> Conclusion:
    """Make a notice of conclusions issued on :data:`DAY`."""
    defaults = {"issued_on": DAY, "subject": "Kết luận hội nghị sơ kết"}
    return Conclusion.objects.create(number=number or f"{next(numbers)}-TB/TU", **defaults | fields)


def make_task(conclusion: Conclusion | None = None, **fields) -> ConclusionTask:
    """Make a task of a body, due thirty days after :data:`DAY`."""
    defaults = {"content": "Rà soát đèn đường", "due_on": DAY + dt.timedelta(days=30)}
    if "officer" not in fields and "body" not in fields:
        fields["body"] = make_body()
    return ConclusionTask.objects.create(
        conclusion=conclusion or make_conclusion(), **defaults | fields
    )


def make_notification(user: User | None = None, **fields) -> Notification:
    """Make an unread notification of :data:`DAY`."""
    defaults = {
        "kind": NotificationKind.PETITION,
        "key": f"test:{next(numbers)}",
        "title": "Có kiến nghị mới",
        "address": "/",
        "noticed_on": DAY,
    }
    return Notification.objects.create(user=user or make_user(), **defaults | fields)


def make_term(name: str | None = None, **fields) -> CommitteeTerm:
    """Make a term of the committee, open and begun before everything made here."""
    defaults = {"started_on": dt.date(2020, 10, 20), "name": name or "2020–2025"}
    return CommitteeTerm.objects.create(**{**defaults, **fields})


def make_document(term: CommitteeTerm | None = None, **fields) -> IssuedDocument:
    """Make a numbered report of the committee."""
    defaults = {
        "term": term or CommitteeTerm.objects.first() or make_term(),
        "kind": DocumentKind.REPORT,
        "symbol": "TU",
        "number": next(numbers),
        "issued_on": DAY,
        "subject": "Sơ kết thực hiện Quy chế",
    }
    return IssuedDocument.objects.create(**{**defaults, **fields})


def make_template(**fields) -> DocumentTemplate:
    """Make an uploaded template of the report, without its real content."""
    content = fields.pop("content", b"PK mau")
    defaults = {
        "file": ContentFile(content, "mau.docx"),
        "name": f"Mẫu báo cáo {next(numbers)}.docx",
        "kind": AttachmentKind.DOCX,
        "size": len(content),
        "checksum": hashlib.sha256(content).hexdigest(),
    }
    return DocumentTemplate.objects.create(**{**defaults, **fields})


def make_review(name: str | None = None, **fields) -> Review:
    """Make a review of the quarter that holds :data:`DAY`."""
    quarter = fields.get("first_quarter") or (
        Period.objects.filter(kind=PeriodKind.QUARTER).containing(DAY).first() or make_period()
    )
    defaults = {
        "name": name or f"Sơ kết lần {next(numbers)}",
        "first_quarter": quarter,
        "last_quarter": quarter,
        "day": DAY,
    }
    return Review.objects.create(**{**defaults, **fields})


def make_frozen(review: Review | None = None, **fields) -> FrozenFigures:
    """Make a freeze without figures."""
    review = review or make_review()
    defaults = {
        "review": review,
        "number": review.freezes.count() + 1,
        "frozen_by": fields.get("frozen_by") or make_user(),
        "parameters": {
            "day": review.day.isoformat(),
            "span": review.first_quarter.code,
            "shown": [["Các quý", str(review.first_quarter)]],
        },
        "sheets": [],
    }
    fields = {**defaults, **fields}
    fields.setdefault("checksum", checksum(fields["parameters"], [], fields["sheets"]))
    return FrozenFigures.objects.create(**fields)


def make_frozen_figure(frozen: FrozenFigures | None = None, **fields) -> FrozenFigure:
    """Make one figure of a freeze: one commune counted; the freeze stays intact."""
    frozen = fields.pop("frozen", None) or frozen or make_frozen()
    defaults = {
        "frozen": frozen,
        "position": frozen.figures.count() + 1,
        "key": f"figure_{next(numbers)}",
        "label": "Đảng bộ cấp xã",
        "sentence": "Đảng bộ xã, phường, thị trấn tồn tại tại ngày xem.",
        "value": 1,
        "members": {"1": 1},
    }
    figure = FrozenFigure.objects.create(**{**defaults, **fields})
    frozen.checksum = checksum(
        frozen.parameters, frozen.figures.order_by("position"), frozen.sheets
    )
    QuerySet(FrozenFigures).filter(pk=frozen.pk).update(checksum=frozen.checksum)
    return figure


def make_pack(frozen: FrozenFigures | None = None, **fields) -> ReviewPack:
    """Make a pack begun, without files."""
    defaults = {
        "frozen": frozen or make_frozen(),
        "parameters": {},
        "begun_by": fields.get("begun_by") or make_user(),
    }
    return ReviewPack.objects.create(**{**defaults, **fields})


def make_pack_file(pack: ReviewPack | None = None, **fields) -> PackFile:
    """Make one file of a pack, without its real content."""
    content = b"PK tep"
    defaults = {
        "pack": pack or make_pack(),
        "part": f"phan-{next(numbers)}",
        "name": "TongHop.xlsx",
        "file": ContentFile(content, "tep"),
        "size": len(content),
        "checksum": hashlib.sha256(content).hexdigest(),
    }
    return PackFile.objects.create(**{**defaults, **fields})


def make_rules(name: str | None = None, **fields) -> EvaluationRules:
    """Make rules with one judged criterion that has all the points."""
    rules = EvaluationRules.objects.create(
        **{"name": name or f"Bộ tiêu chí {next(numbers)}", **fields}
    )
    make_criterion(rules)
    return rules


def make_criterion(rules: EvaluationRules | None = None, **fields) -> Criterion:
    """Make a judged criterion."""
    rules = rules or EvaluationRules.objects.create(name=f"Bộ tiêu chí {next(numbers)}")
    defaults = {
        "rules": rules,
        "position": rules.criteria.count() + 1,
        "name": "Gương mẫu, sát cơ sở",
        "kind": CriterionKind.JUDGED,
        "weight": 100,
    }
    return Criterion.objects.create(**{**defaults, **fields})


def make_cycle(rules: EvaluationRules | None = None, **fields) -> EvaluationCycle:
    """Make a cycle of the second quarter of 2023."""
    defaults = {
        "kind": CycleKind.QUARTER,
        "name": "Quý II/2023",
        "started_on": dt.date(2023, 4, 1),
        "ended_on": dt.date(2023, 7, 1),
        "self_rating_due_on": dt.date(2023, 7, 10),
    }
    if rules is None:
        rules = make_rules()
    return EvaluationCycle.objects.create(rules=rules, **{**defaults, **fields})


def make_evaluation(officer: Officer | None = None, **fields) -> Evaluation:
    """Make an evaluation that waits for the officer to rate themselves."""
    cycle = fields.pop("cycle", None) or EvaluationCycle.objects.first() or make_cycle()
    return Evaluation.objects.create(
        **{"officer": officer or make_officer(), "cycle": cycle, **fields}
    )


def make_score(evaluation: Evaluation | None = None, **fields) -> EvaluationScore:
    """Make the office's points for the first criterion."""
    evaluation = evaluation or make_evaluation()
    defaults = {
        "evaluation": evaluation,
        "criterion": evaluation.cycle.rules.criteria.first(),
        "rated_by": RatedBy.OFFICE,
        "points": 80,
    }
    return EvaluationScore.objects.create(**{**defaults, **fields})


def make_citation(score: EvaluationScore | None = None, **fields) -> EvaluationCitation:
    """Make a citation of a document."""
    if not fields:
        fields = {"document": "Báo cáo số 12-BC/ĐU, ngày 05/6/2023"}
    return EvaluationCitation.objects.create(score=score or make_score(), **fields)


def make_remark(evaluation: Evaluation | None = None, **fields) -> CommuneRemark:
    """Make what a commune said of its officer."""
    defaults = {
        "evaluation": evaluation or make_evaluation(),
        "commune": fields.get("commune") or make_commune(),
        "given_on": dt.date(2023, 7, 5),
        "document": "15-CV/ĐU, ngày 05/7/2023",
        "content": "Thường xuyên dự họp, sát cơ sở.",
    }
    return CommuneRemark.objects.create(**{**defaults, **fields})


def make_evaluation_event(evaluation: Evaluation | None = None, **fields) -> EvaluationEvent:
    """Make the event of a self-rating."""
    evaluation = evaluation or make_evaluation()
    defaults = {
        "evaluation": evaluation,
        "step": EvaluationStep.RATE_ONESELF,
        "state": evaluation.state,
        "happened_on": dt.date(2023, 7, 5),
        "by": fields.get("by") or make_user(),
    }
    return EvaluationEvent.objects.create(**{**defaults, **fields})


def make_area(name: str = "Ven biển", **fields) -> Area:
    """Make an area of the office's own."""
    return Area.objects.create(name=name, **fields)


def make_reorganisation(**fields) -> Reorganisation:
    """Make a draft of a reorganisation; ``applied_at`` makes it one in force."""
    defaults = {"resolution": "1105/NQ-UBTVQH15", "effective_on": dt.date(2024, 9, 1)}
    return Reorganisation.objects.create(**{**defaults, **fields})


def make_merger(*old: Commune, name: str = "Mới", on: dt.date, **fields) -> Commune:
    """Merge ``old`` into one new commune from ``on``: places and lineage alone, nothing else."""
    event = make_reorganisation(effective_on=on, applied_at=clock.now())
    for unit in old:
        unit.dissolved_on = on
        unit.save()
    new = make_commune(name=name, established_on=on, **{"district": None} | fields)
    Succession.objects.bulk_create(
        Succession(reorganisation=event, old=unit, new=new) for unit in old
    )
    rebuild()
    return new


def make_division(old: Commune, *names: str, on: dt.date) -> list[Commune]:
    """Divide ``old`` into new communes from ``on``; the first keeps its records."""
    event = make_reorganisation(effective_on=on, applied_at=clock.now())
    old.dissolved_on = on
    old.save()
    parts = [make_commune(name=name, established_on=on) for name in names]
    Succession.objects.bulk_create(
        Succession(
            reorganisation=event, old=old, new=part, extent=Extent.PART, is_main=part == parts[0]
        )
        for part in parts
    )
    rebuild()
    return parts


def make_departure(officer: Officer | None = None, **fields) -> Departure:
    """Make a departure that ended nothing: the row alone."""
    defaults = {"leaves_on": dt.date(2023, 7, 1), "reason": EndReason.RETIRED}
    return Departure.objects.create(officer=officer or make_officer(), **{**defaults, **fields})


def make_plan_of_reassignment(**fields) -> ReassignmentPlan:
    """Make a draft of a plan without rows."""
    defaults = {"name": "Phương án tháng 7", "starts_on": dt.date(2023, 7, 1)}
    return ReassignmentPlan.objects.create(**{**defaults, **fields})


def make_handover(outgoing: Assignment | None = None, **fields) -> Handover:
    """Make the hand-over of an assignment that ended."""
    outgoing = outgoing or make_assignment(
        ended_on=dt.date(2023, 7, 1), end_reason=EndReason.RETIRED
    )
    return Handover.objects.create(outgoing=outgoing, **fields)
