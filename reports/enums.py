"""Codes and labels of what reports keep."""

from dataclasses import dataclass

from django.db import models


class WaiverEffect(models.TextChoices):
    """What is asked for a duty that is not, or will not be, done."""

    WAIVED = "waived", "Miễn thực hiện"
    EXPLAINED = "explained", "Chưa thực hiện, có lý do"


class ReportKind(models.TextChoices):
    """Whether a report is one of a period, or written because something happened."""

    PERIODIC = "periodic", "Định kỳ"
    URGENT = "urgent", "Đột xuất"


class ReportState(models.TextChoices):
    """How far a report is."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã nộp, chờ tiếp nhận"
    RETURNED = "returned", "Trả lại để bổ sung"
    ACCEPTED = "accepted", "Đã tiếp nhận"


# States in which the officer has done what was asked; in the others the text may be changed.
HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED)
EDITABLE = (ReportState.DRAFT, ReportState.RETURNED)


class ReportMove(models.TextChoices):
    """What is done with a report."""

    BEGIN = "begin", "Bắt đầu soạn"
    SUBMIT = "submit", "Nộp"
    RETURN = "return", "Trả lại"
    ACCEPT = "accept", "Tiếp nhận"
    REOPEN = "reopen", "Mở lại"


# From which states each move leads to which; everything else is refused with a sentence.
REPORT_MOVES: dict[ReportMove, tuple[frozenset[ReportState], ReportState]] = {
    ReportMove.SUBMIT: (frozenset(EDITABLE), ReportState.SUBMITTED),
    ReportMove.RETURN: (frozenset({ReportState.SUBMITTED}), ReportState.RETURNED),
    ReportMove.ACCEPT: (frozenset({ReportState.SUBMITTED}), ReportState.ACCEPTED),
    ReportMove.REOPEN: (frozenset({ReportState.ACCEPTED}), ReportState.RETURNED),
}
# Moves that nobody makes without saying why.
REASONED_REPORT_MOVES = (ReportMove.RETURN, ReportMove.REOPEN)


class PetitionSource(models.TextChoices):
    """Where a petition was heard."""

    VISIT = "visit", "Chuyến đi cơ sở"
    REPORT = "report", "Báo cáo"
    MEETING = "meeting", "Hội nghị, cuộc họp"
    DOCUMENT = "document", "Văn bản của địa phương"


class Urgency(models.TextChoices):
    """How soon a petition wants an answer."""

    NORMAL = "normal", "Bình thường"
    SOON = "soon", "Cần sớm giải quyết"
    URGENT = "urgent", "Cấp bách"


class BodyLevel(models.TextChoices):
    """The level of a competent body. What waits at the commune is not the province's delay."""

    COMMUNE = "commune", "Cấp xã"
    DISTRICT = "district", "Cấp huyện"
    SECTOR = "sector", "Sở, ban, ngành tỉnh"
    PROVINCE = "province", "Ủy ban nhân dân tỉnh"
    PARTY = "party", "Cơ quan của cấp ủy tỉnh"
    CENTRAL = "central", "Trung ương"


class PetitionState(models.TextChoices):
    """How far a petition is (DOMAIN R26)."""

    NEW = "new", "Mới"
    ROUTED = "routed", "Đã chuyển"
    CONSIDERING = "considering", "Đang xem xét"
    IN_PROGRESS = "in_progress", "Đang giải quyết"
    RESOLVED = "resolved", "Đã giải quyết"
    ANSWERED = "answered", "Đã trả lời, giải trình"
    UNDER_RESOURCED = "under_resourced", "Chưa đủ nguồn lực, có lộ trình"
    OUT_OF_COMPETENCE = "out_of_competence", "Không thuộc thẩm quyền"
    DUPLICATE = "duplicate", "Trùng"


# Somebody still has to act on it; the others wait only for the commune to be told.
OPEN_STATES = (
    PetitionState.NEW,
    PetitionState.ROUTED,
    PetitionState.CONSIDERING,
    PetitionState.IN_PROGRESS,
)
SETTLED_STATES = tuple(state for state in PetitionState if state not in OPEN_STATES)


class AnswerOutcome(models.TextChoices):
    """What an answer says; the state of the petitions it answers."""

    RESOLVED = PetitionState.RESOLVED.value, PetitionState.RESOLVED.label
    ANSWERED = PetitionState.ANSWERED.value, PetitionState.ANSWERED.label
    UNDER_RESOURCED = PetitionState.UNDER_RESOURCED.value, PetitionState.UNDER_RESOURCED.label
    OUT_OF_COMPETENCE = PetitionState.OUT_OF_COMPETENCE.value, PetitionState.OUT_OF_COMPETENCE.label


class PetitionAct(models.TextChoices):
    """What is done with a petition: each is an event of its history."""

    RAISE = "raise", "Ghi nhận"
    AMEND = "amend", "Sửa nội dung"
    ROUTE = "route", "Chuyển xử lý"
    EXTEND = "extend", "Gia hạn trả lời"
    CONSIDER = "consider", "Đang xem xét"
    START = "start", "Đang giải quyết"
    ANSWER = "answer", "Có kết quả, trả lời"
    MARK_DUPLICATE = "mark_duplicate", "Xác định trùng"
    TELL = "tell", "Đã thông tin lại cho địa phương"
    REOPEN = "reopen", "Mở lại"
    GROUP = "group", "Đưa vào nhóm vấn đề"
    UNGROUP = "ungroup", "Đưa ra khỏi nhóm vấn đề"
    NOTE = "note", "Ý kiến, bổ sung"
    WITHDRAW = "withdraw", "Rút lại"


@dataclass(frozen=True)
class PetitionMove:
    """From which states an act may be done, and where it leads; ``None`` leaves the state."""

    sources: frozenset[PetitionState]
    target: PetitionState | None = None
    when_closed: bool = False  # may also be done after the commune was told
    needs_note: bool = False


EVERY_STATE = frozenset(PetitionState)
# ANSWER leads to the state its outcome names. RAISE is how a petition begins and no move.
PETITION_MOVES: dict[PetitionAct, PetitionMove] = {
    PetitionAct.AMEND: PetitionMove(frozenset(OPEN_STATES)),
    PetitionAct.ROUTE: PetitionMove(
        frozenset({*OPEN_STATES, PetitionState.UNDER_RESOURCED, PetitionState.OUT_OF_COMPETENCE}),
        PetitionState.ROUTED,
    ),
    PetitionAct.EXTEND: PetitionMove(
        frozenset({PetitionState.ROUTED, PetitionState.CONSIDERING, PetitionState.IN_PROGRESS}),
        needs_note=True,
    ),
    PetitionAct.CONSIDER: PetitionMove(
        frozenset({PetitionState.ROUTED}), PetitionState.CONSIDERING
    ),
    PetitionAct.START: PetitionMove(
        frozenset({PetitionState.ROUTED, PetitionState.CONSIDERING}), PetitionState.IN_PROGRESS
    ),
    PetitionAct.ANSWER: PetitionMove(frozenset({*OPEN_STATES, PetitionState.UNDER_RESOURCED})),
    PetitionAct.MARK_DUPLICATE: PetitionMove(frozenset(OPEN_STATES), PetitionState.DUPLICATE),
    PetitionAct.TELL: PetitionMove(frozenset(SETTLED_STATES), needs_note=True),
    PetitionAct.REOPEN: PetitionMove(
        frozenset(SETTLED_STATES), PetitionState.NEW, when_closed=True, needs_note=True
    ),
    PetitionAct.GROUP: PetitionMove(frozenset(OPEN_STATES)),
    PetitionAct.UNGROUP: PetitionMove(frozenset(OPEN_STATES)),
    PetitionAct.NOTE: PetitionMove(EVERY_STATE, when_closed=True, needs_note=True),
    PetitionAct.WITHDRAW: PetitionMove(frozenset({PetitionState.NEW}), needs_note=True),
}


class LegRole(models.TextChoices):
    """Whether a body answers for a petition, or works with the one that does."""

    LEAD = "lead", "Chủ trì"
    COORDINATING = "coordinating", "Phối hợp"


class NotificationKind(models.TextChoices):
    """What a notification is about."""

    REPORT_DUE = "report_due", "Báo cáo đến hạn"
    REPORT_REMINDED = "report_reminded", "Nhắc nộp báo cáo"
    REPORT_RETURNED = "report_returned", "Báo cáo được trả lại"
    REPORT_ACCEPTED = "report_accepted", "Báo cáo được tiếp nhận"
    REPORT_SUBMITTED = "report_submitted", "Báo cáo mới nộp"
    DUTY_LEFT = "duty_left", "Nhiệm vụ trong kỳ"
    MEETING = "meeting", "Giấy mời chờ trả lời"
    CONFIRM = "confirm", "Chuyến đi chờ xác nhận"
    PETITION = "petition", "Kiến nghị"
    PETITION_OVERDUE = "petition_overdue", "Kiến nghị quá hạn"
    PETITION_TO_TELL = "petition_to_tell", "Cần trả lời xã"
    TASK = "task", "Nhiệm vụ theo kết luận"
    EVALUATION = "evaluation", "Đánh giá cán bộ"
    HANDOVER = "handover", "Bàn giao địa bàn"
    DIGEST = "digest", "Tổng hợp tuần"


class DocumentKind(models.TextChoices):
    """Types of documents that are numbered here; the code is the abbreviation in the number."""

    REPORT = "BC", "Báo cáo"
    LETTER = "CV", "Công văn"
    NOTICE = "TB", "Thông báo"
    DECISION = "QĐ", "Quyết định"
    MINUTES = "BB", "Biên bản"
    SUBMISSION = "TTr", "Tờ trình"


class CycleKind(models.TextChoices):
    """How long a cycle of evaluation is (Quy định 366-QĐ/TW also rates by quarter)."""

    QUARTER = "quarter", "Quý"
    HALF_YEAR = "half_year", "6 tháng"
    YEAR = "year", "Năm"
    TERM = "term", "Nhiệm kỳ"


class RatingLevel(models.TextChoices):
    """The four levels (DOMAIN §1.6), the best first."""

    EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "good", "Hoàn thành tốt nhiệm vụ"
    COMPLETED = "completed", "Hoàn thành nhiệm vụ"
    NOT_COMPLETED = "not_completed", "Không hoàn thành nhiệm vụ"


class CriterionKind(models.TextChoices):
    """Whether a criterion's points follow from records, or somebody judges them."""

    COMPUTED = "computed", "Tính theo số liệu"
    JUDGED = "judged", "Người đánh giá chấm"


class Measure(models.TextChoices):
    """What a computed criterion counts: a share of what was to be done."""

    COMMITTEE_MEETINGS = "committee_meetings", "Dự họp Ban Chấp hành Đảng bộ"
    CELL_MEETINGS = "cell_meetings", "Dự sinh hoạt chi bộ"
    FIELD_VISITS = "field_visits", "Đi cơ sở, làm việc"
    REPORTS = "reports", "Nộp báo cáo định kỳ"
    REPORTS_ON_TIME = "reports_on_time", "Nộp báo cáo đúng hạn"
    PETITIONS_TOLD = "petitions_told", "Thông tin lại kết quả kiến nghị cho địa phương"
    PETITIONS_TOLD_ON_TIME = (
        "petitions_told_on_time",
        "Thông tin lại kết quả kiến nghị trong thời hạn",
    )


class EvaluationState(models.TextChoices):
    """How far an evaluation is."""

    OPEN = "open", "Chờ tự đánh giá"
    SELF_RATED = "self_rated", "Đã tự đánh giá, chờ đề xuất"
    PROPOSED = "proposed", "Đã đề xuất, chờ quyết định"
    DECIDED = "decided", "Đã quyết định, chưa công bố"
    RELEASED = "released", "Đã công bố"


# From these states on nothing is computed anew: what was decided on is kept with it.
CONCLUDED_STATES = (EvaluationState.DECIDED, EvaluationState.RELEASED)


class EvaluationStep(models.TextChoices):
    """What is done with an evaluation: each is an event of its history."""

    RATE_ONESELF = "rate_oneself", "Tự đánh giá"
    RETURN_SELF_RATING = "return_self_rating", "Trả lại để tự đánh giá lại"
    PROPOSE = "propose", "Đề xuất"
    RETURN_PROPOSAL = "return_proposal", "Trả lại để đề xuất lại"
    DECIDE = "decide", "Quyết định"
    RELEASE = "release", "Công bố"
    OBJECT = "object", "Nêu ý kiến khác"
    RECONSIDER = "reconsider", "Xem xét lại"


@dataclass(frozen=True)
class EvaluationMove:
    """From which states a step may be taken, and where it leads; ``None`` leaves the state."""

    sources: frozenset[EvaluationState]
    target: EvaluationState | None = None
    needs_reason: bool = True


# Everything else is refused with a sentence. An evaluation whose officer does not rate themselves
# may be proposed from OPEN, with the reason.
EVALUATION_MOVES: dict[EvaluationStep, EvaluationMove] = {
    EvaluationStep.RATE_ONESELF: EvaluationMove(
        frozenset({EvaluationState.OPEN}), EvaluationState.SELF_RATED, needs_reason=False
    ),
    EvaluationStep.RETURN_SELF_RATING: EvaluationMove(
        frozenset({EvaluationState.SELF_RATED}), EvaluationState.OPEN
    ),
    EvaluationStep.PROPOSE: EvaluationMove(
        frozenset({EvaluationState.OPEN, EvaluationState.SELF_RATED}), EvaluationState.PROPOSED
    ),
    EvaluationStep.RETURN_PROPOSAL: EvaluationMove(
        frozenset({EvaluationState.PROPOSED}), EvaluationState.SELF_RATED
    ),
    EvaluationStep.DECIDE: EvaluationMove(
        frozenset({EvaluationState.PROPOSED}), EvaluationState.DECIDED
    ),
    EvaluationStep.RELEASE: EvaluationMove(
        frozenset({EvaluationState.DECIDED}), EvaluationState.RELEASED, needs_reason=False
    ),
    EvaluationStep.OBJECT: EvaluationMove(frozenset({EvaluationState.RELEASED})),
    EvaluationStep.RECONSIDER: EvaluationMove(
        frozenset(CONCLUDED_STATES), EvaluationState.PROPOSED
    ),
}


class RatedBy(models.TextChoices):
    """Whose points a score holds."""

    OFFICER = "officer", "Cán bộ tự chấm"
    OFFICE = "office", "Cơ quan đề xuất"


class HandoverState(models.TextChoices):
    """How far the hand-over of a commune is."""

    PREPARING = "preparing", "Đang bàn giao"
    OFFERED = "offered", "Chờ người nhận xác nhận"
    RETURNED = "returned", "Người nhận trả lại để bổ sung"
    ACCEPTED = "accepted", "Đã bàn giao xong"
    CLOSED = "closed", "Kết thúc, không có người nhận"


class HandoverMove(models.TextChoices):
    """What is done with a hand-over."""

    OFFER = "offer", "Giao hồ sơ"
    RECALL = "recall", "Lấy lại để sửa"
    ACCEPT = "accept", "Nhận bàn giao"
    RETURN = "return", "Trả lại để bổ sung"
    CLOSE = "close", "Kết thúc không có người nhận"


# From which states, to which.
HANDOVER_MOVES: dict[HandoverMove, tuple[frozenset[HandoverState], HandoverState]] = {
    HandoverMove.OFFER: (
        frozenset({HandoverState.PREPARING, HandoverState.RETURNED}),
        HandoverState.OFFERED,
    ),
    HandoverMove.RECALL: (frozenset({HandoverState.OFFERED}), HandoverState.PREPARING),
    HandoverMove.ACCEPT: (frozenset({HandoverState.OFFERED}), HandoverState.ACCEPTED),
    HandoverMove.RETURN: (frozenset({HandoverState.OFFERED}), HandoverState.RETURNED),
    HandoverMove.CLOSE: (
        frozenset({HandoverState.PREPARING, HandoverState.RETURNED}),
        HandoverState.CLOSED,
    ),
}
REASONED_HANDOVER_MOVES = (HandoverMove.RETURN, HandoverMove.CLOSE)
SETTLED_HANDOVERS = (HandoverState.ACCEPTED, HandoverState.CLOSED)


class HandoverItemKind(models.TextChoices):
    """What is still open where an officer leaves."""

    PETITION = "petition", "Kiến nghị chưa xong"
    VISIT_PLAN = "visit_plan", "Kế hoạch đi cơ sở"
    MEETING_NOTICE = "meeting_notice", "Giấy mời chưa trả lời"
    VISIT_DRAFT = "visit_draft", "Chuyến đi chờ xác nhận"
    REPORT_DRAFT = "report_draft", "Báo cáo soạn dở"
    REPORT_DUE = "report_due", "Báo cáo chưa nộp"
    DIRECTIVE = "directive", "Văn bản theo dõi"
    TASK = "task", "Nhiệm vụ theo kết luận"
