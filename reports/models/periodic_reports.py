"""What officers report upward: for each period, and whenever something urgent happens."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from accounts import clock
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Officer
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from assignments.models.scope import of_own_officer
from communes.fields import LinesField, NameField
from communes.models import Commune
from reports.enums import (
    REASONED_REPORT_MOVES,
    ReportKind,
    ReportMove,
    ReportState,
)
from reports.models.periods import Period

# The sections of every report, in order: what an officer writes.
SECTIONS = (
    "resolutions",
    "economy",
    "defence",
    "politics",
    "organisations",
    "difficulties",
    "proposals",
    "area_change",
)


class PeriodicReportQuerySet(models.QuerySet):
    """Reports."""

    def visible_to(self, user: User):
        """Keep those of the user's own officers; who sees all sees what was handed in.

        Drafts are their writer's, and the office's, which may type them for an officer.
        """
        if allowed(user, Permission.RECEIVE_REPORTS):
            return self
        if allowed(user, Permission.VIEW_ALL):
            return self.filter(first_submitted_on__isnull=False)
        return self.filter(of_own_officer(user))

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def late(self):
        """Keep what was handed in after it was due: for ever, whatever became of it since."""
        return self.filter(first_submitted_on__gt=F("due_on"))

    def on(self, day: dt.date):
        """Keep what had been begun by ``day``; annotate how each stood then as ``state_on``."""
        events = ReportEvent.objects.filter(report=OuterRef("pk"), happened_on__lte=day)
        latest = events.order_by("-happened_on", "-pk").values("state")[:1]
        is_begun = Q(entered_at__date__lte=day) | Q(first_submitted_on__lte=day)
        return self.filter(is_begun).annotate(
            state_on=Coalesce(Subquery(latest), Value(ReportState.DRAFT.value))
        )

    def with_parties(self):
        """Fetch what a row of a list shows, in the same query."""
        return self.select_related("officer", "period", "commune__district").defer(
            "commune__boundary"
        )


class PeriodicReport(Entered, Withdrawable):
    """One officer's report of one period, or an urgent one.

    ``commune`` is empty unless the regulation asks for a report of each commune. ``edition``
    counts writes: who saves an older one is told. What the report quotes (visits, duties,
    petitions) is kept in ``quoted`` when it is handed in; ``due_on`` is the day it was judged by,
    kept with it, so that late stays late.
    """

    officer = models.ForeignKey(
        Officer, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="reports"
    )
    kind = models.CharField(
        "loại báo cáo", max_length=10, choices=ReportKind, default=ReportKind.PERIODIC
    )
    period = models.ForeignKey(
        Period,
        verbose_name="kỳ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
    )
    commune = models.ForeignKey(
        Commune,
        verbose_name="Đảng bộ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
    )
    subject = NameField(
        "việc báo cáo", max_length=200, blank=True, help_text="Của báo cáo đột xuất."
    )
    resolutions = LinesField("triển khai, thực hiện chủ trương, nghị quyết", blank=True)
    economy = LinesField("kinh tế - xã hội", blank=True)
    defence = LinesField("quốc phòng - an ninh", blank=True)
    politics = LinesField("xây dựng hệ thống chính trị", blank=True)
    organisations = LinesField("hoạt động Mặt trận, đoàn thể", blank=True)
    difficulties = LinesField("khó khăn, vướng mắc", blank=True)
    proposals = LinesField("kiến nghị, đề xuất", blank=True)
    area_change = LinesField("chuyển biến của địa bàn", blank=True)
    state = models.CharField(
        "tình trạng",
        max_length=10,
        choices=ReportState,
        default=ReportState.DRAFT,
        editable=False,
    )
    edition = models.PositiveIntegerField("lần ghi", default=1, editable=False)
    quoted = models.JSONField("số liệu kèm theo", null=True, blank=True, editable=False)
    due_on = models.DateField("hạn nộp", null=True, blank=True, editable=False)
    first_submitted_on = models.DateField("nộp lần đầu", null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người nộp",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True, editable=False)

    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo của cán bộ"
        verbose_name_plural = "báo cáo của cán bộ"
        ordering = ["-entered_at", "-pk"]
        constraints = [
            known("reports_periodicreport", "kind", ReportKind, "Loại báo cáo không hợp lệ."),
            known("reports_periodicreport", "state", ReportState, "Tình trạng không hợp lệ."),
            withdrawn_with_reason("reports_periodicreport"),
            models.CheckConstraint(
                name="reports_periodicreport_of_a_period_or_about_something",
                condition=Q(kind=ReportKind.PERIODIC, period__isnull=False, subject="")
                | Q(kind=ReportKind.URGENT, period__isnull=True) & ~Q(subject=""),
                violation_error_message="Báo cáo định kỳ phải có kỳ; "
                "báo cáo đột xuất phải ghi việc báo cáo.",
            ),
            models.UniqueConstraint(
                name="reports_periodicreport_once_of_all_communes",
                fields=("officer", "period"),
                condition=Q(commune__isnull=True, withdrawn_at__isnull=True),
                violation_error_message="Cán bộ này đã có báo cáo của kỳ.",
            ),
            models.UniqueConstraint(
                name="reports_periodicreport_once_of_a_commune",
                fields=("officer", "period", "commune"),
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Cán bộ này đã có báo cáo của kỳ về Đảng bộ đó.",
            ),
            models.CheckConstraint(
                name="reports_periodicreport_submitted_whole",
                condition=Q(
                    state=ReportState.DRAFT,
                    first_submitted_on__isnull=True,
                    submitted_at__isnull=True,
                    quoted__isnull=True,
                )
                | ~Q(state=ReportState.DRAFT)
                & Q(
                    first_submitted_on__isnull=False,
                    submitted_at__isnull=False,
                    quoted__isnull=False,
                ),
                violation_error_message="Báo cáo đã nộp phải có ngày nộp và số liệu kèm theo.",
            ),
            models.CheckConstraint(
                name="reports_periodicreport_accepted_whole",
                condition=Q(state=ReportState.ACCEPTED, accepted_at__isnull=False)
                | ~Q(state=ReportState.ACCEPTED) & Q(accepted_at__isnull=True),
                violation_error_message="Báo cáo đã tiếp nhận phải có lúc tiếp nhận.",
            ),
            models.CheckConstraint(
                name="reports_periodicreport_handed_in_stays",
                condition=Q(withdrawn_at__isnull=True) | Q(state=ReportState.DRAFT),
                violation_error_message="Báo cáo đã nộp thì không rút lại; "
                "cơ quan tiếp nhận trả lại để bổ sung.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.officer.full_name}"

    @property
    def title(self) -> str:
        """Give what the report is: "Báo cáo Quý II/2023", "Báo cáo đột xuất: sạt lở"."""
        if self.kind == ReportKind.URGENT:
            return f"Báo cáo đột xuất: {self.subject}"
        place = f", {self.commune.name_in_sentence}" if self.commune_id else ""
        return f"Báo cáo {self.period}{place}"

    @property
    def in_sentence(self) -> str:
        """Give which report of whom, to stand inside a sentence."""
        return f"b{self.title[1:]} của đồng chí {self.officer.full_name}"

    @property
    def is_late(self) -> bool:
        """Say whether it was first handed in after it was due."""
        return bool(
            self.due_on and self.first_submitted_on and self.due_on < self.first_submitted_on
        )


class ReportEventQuerySet(models.QuerySet):
    """Events of reports."""

    def visible_to(self, user: User):
        """Keep those of reports ``user`` may see."""
        return self.filter(report__in=PeriodicReport.objects.visible_to(user).values("pk"))


class ReportEvent(models.Model):
    """One move of a report; only ever added. Handing in keeps what was handed in."""

    report = models.ForeignKey(
        PeriodicReport, verbose_name="báo cáo", on_delete=models.PROTECT, related_name="events"
    )
    move = models.CharField("việc", max_length=10, choices=ReportMove)
    state = models.CharField("tình trạng sau đó", max_length=10, choices=ReportState)
    happened_on = models.DateField("ngày")
    happened_at = models.DateTimeField("lúc", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người thực hiện",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = LinesField("lý do", blank=True)
    content = models.JSONField("nội dung đã nộp", null=True, blank=True)

    objects = ReportEventQuerySet.as_manager()

    class Meta:
        verbose_name = "việc với báo cáo"
        verbose_name_plural = "các việc với báo cáo"
        ordering = ["happened_at", "pk"]
        indexes = [
            models.Index(name="reports_reportevent_latest", fields=["report", "happened_on"]),
        ]
        constraints = [
            known("reports_reportevent", "move", ReportMove, "Việc không hợp lệ."),
            known("reports_reportevent", "state", ReportState, "Tình trạng không hợp lệ."),
            models.CheckConstraint(
                name="reports_reportevent_reasoned",
                condition=~Q(move__in=REASONED_REPORT_MOVES) | ~Q(reason=""),
                violation_error_message="Trả lại, mở lại thì phải ghi lý do.",
            ),
            models.CheckConstraint(
                name="reports_reportevent_keeps_what_was_submitted",
                condition=Q(move=ReportMove.SUBMIT, content__isnull=False)
                | ~Q(move=ReportMove.SUBMIT) & Q(content__isnull=True),
                violation_error_message="Lần nộp phải giữ nội dung đã nộp.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_move_display()}: {self.report}"
