"""What constraints cannot say of reports, petitions, hand-overs, evaluations, frozen figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery

from accounts import data_checks as of_accounts
from accounts.data_checks import DataCheck, Finding, in_chunks
from accounts.enums import Permission, Role
from accounts.permissions import ROLE_PERMISSIONS
from assignments import data_checks as of_assignments
from assignments.models import Officer
from communes import data_checks as of_communes
from reports.enums import HANDOVER_MOVES, HandoverMove, HandoverState, ReportMove, ReportState
from reports.freezing.checksum import is_intact
from reports.models import (
    Evaluation,
    EvaluationEvent,
    FrozenFigures,
    Handover,
    HandoverEvent,
    Notification,
    PeriodicReport,
    Petition,
    PetitionCounter,
    PetitionEvent,
    ReportEvent,
)

TO_MAINTAINER = "Xem lịch sử bản ghi và nhật ký; khôi phục từ bản sao lưu hoặc báo người bảo trì"


def petition_numbers(now: dt.datetime) -> Iterator[Finding]:
    """The numbers of a year run from 1 to the counter's without a gap."""
    last = dict(PetitionCounter.objects.values_list("year", "last"))
    rows = Petition.objects.order_by("year").values("year")
    for year in rows.annotate(highest=Max("number"), lowest=Min("number"), count=Count("pk")):
        if year["highest"] != last.get(year["year"]):
            yield numbering(year["year"], f"số cuối đã cấp ghi {last.get(year['year'], 0)}, "
                            f"số lớn nhất là {year['highest']}.")  # fmt: skip
        if (year["lowest"], year["count"]) != (1, year["highest"]):
            yield numbering(year["year"], f"dãy số đến {year['highest']} bị khuyết.")


def numbering(year: int, wrong: str) -> Finding:
    return Finding(f"Số kiến nghị năm {year}", wrong, TO_MAINTAINER)


def petitions_as_told(now: dt.datetime) -> Iterator[Finding]:
    """A petition stands as its standing event says."""
    standing = PetitionEvent.objects.filter(petition=OuterRef("pk"), superseded_on__isnull=True)
    rows = Petition.objects.annotate(
        said=Subquery(standing.values("state")[:1]),
        said_closed=Subquery(standing.values("is_closed")[:1]),
    )
    agrees = Q(said=F("state")) & (
        Q(said_closed=True, told_on__isnull=False) | Q(said_closed=False, told_on__isnull=True)
    )
    return disagreeing(rows.filter(Q(said__isnull=True) | ~agrees), "Kiến nghị")


def reports_as_told(now: dt.datetime) -> Iterator[Finding]:
    """A report stands as its last event says, and was first handed in when its events say."""
    events = ReportEvent.objects.filter(report=OuterRef("pk"))
    handed_in = events.filter(move=ReportMove.SUBMIT).order_by("happened_on")
    rows = PeriodicReport.objects.annotate(
        said=Subquery(events.order_by("-happened_at", "-pk").values("state")[:1]),
        said_first=Subquery(handed_in.values("happened_on")[:1]),
    )
    untold = Q(said__isnull=True) & ~Q(state=ReportState.DRAFT)
    otherwise = Q(said__isnull=False) & ~Q(said=F("state"))
    first = Q(first_submitted_on__isnull=False) & (
        Q(said_first__isnull=True) | ~Q(said_first=F("first_submitted_on"))
    )
    return disagreeing(
        rows.filter(untold | otherwise | first).select_related("officer", "period", "commune"),
        "Báo cáo",
    )


def handovers_as_told(now: dt.datetime) -> Iterator[Finding]:
    """A hand-over is where its last event led."""
    latest = HandoverEvent.objects.filter(handover=OuterRef("pk")).order_by("-at", "-pk")
    rows = Handover.objects.annotate(said=Subquery(latest.values("move")[:1])).order_by("pk")
    for row in in_chunks(rows.select_related("outgoing__commune")):
        move = HANDOVER_MOVES.get(HandoverMove(row.said)) if row.said else None
        if row.state != (move[1] if move else HandoverState.PREPARING):
            yield otherwise_than_told("Hồ sơ bàn giao", row)


def evaluations_as_told(now: dt.datetime) -> Iterator[Finding]:
    """An evaluation stands as its last event says. Its content is nobody's to read here."""
    latest = EvaluationEvent.objects.filter(evaluation=OuterRef("pk"))
    said = Subquery(latest.order_by("-happened_at", "-pk").values("state")[:1])
    rows = Evaluation.objects.annotate(said=said).filter(said__isnull=False)
    for key in in_chunks(rows.exclude(said=F("state")).order_by("pk").values_list("pk", flat=True)):
        yield Finding(f"Đánh giá mã {key}", TOLD_OTHERWISE, TO_MAINTAINER)


TOLD_OTHERWISE = "tình trạng hiện tại không khớp diễn biến đã ghi."


def disagreeing(rows, label: str) -> Iterator[Finding]:
    """Give a finding for each row."""
    for row in in_chunks(rows.order_by("pk")):
        yield otherwise_than_told(label, row)


def otherwise_than_told(label: str, row) -> Finding:
    return Finding(f"{label} mã {row.pk}: {row}", TOLD_OTHERWISE, TO_MAINTAINER)


def frozen_as_written(now: dt.datetime) -> Iterator[Finding]:
    """What was frozen is what was written."""
    for frozen in in_chunks(FrozenFigures.objects.select_related("review").order_by("pk")):
        if not is_intact(frozen):
            yield Finding(
                f"Số liệu đã chốt mã {frozen.pk}: {frozen}",
                "khác với khi chốt (mã kiểm tra không khớp).",
                "Chốt lại số liệu; xem nhật ký cơ sở dữ liệu",
            )


def notifications_of_somebody(now: dt.datetime) -> Iterator[Finding]:
    """Notices unread are of users who see everything or act for some officer."""
    acts = Officer.objects.filter(Q(user=OuterRef("user")) | Q(assistants=OuterRef("user")))
    sees_all = [role for role in Role if Permission.VIEW_ALL in ROLE_PERMISSIONS[role]]
    rows = Notification.objects.filter(~Exists(acts), read_at__isnull=True)
    for row in in_chunks(
        rows.exclude(user__role__in=sees_all).select_related("user").order_by("pk")
    ):
        yield Finding(
            f"Thông báo mã {row.pk} cho {row.user}",
            "người nhận không phụ trách, không giúp việc cán bộ nào.",
            "Quản trị → Cán bộ: gắn tài khoản; hoặc ngừng tài khoản",
        )


CHECKS = (
    DataCheck("numbers", "Số kiến nghị liên tục trong năm", petition_numbers),
    DataCheck("petitions", "Kiến nghị khớp diễn biến", petitions_as_told),
    DataCheck("reports", "Báo cáo khớp diễn biến", reports_as_told),
    DataCheck("handovers", "Bàn giao khớp diễn biến", handovers_as_told),
    DataCheck("evaluations", "Đánh giá khớp diễn biến", evaluations_as_told),
    DataCheck("frozen", "Số liệu đã chốt còn nguyên", frozen_as_written),
    DataCheck("notifications", "Người nhận thông báo", notifications_of_somebody),
)
ALL = (*of_accounts.CHECKS, *of_communes.CHECKS, *of_assignments.CHECKS, *CHECKS)
