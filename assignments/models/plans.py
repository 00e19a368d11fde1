"""Visits planned ahead, meetings officers are invited to, and their answers."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import NoticeReply, VisitKind
from assignments.models.assignments import Assignment, Officer
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from assignments.models.scope import CommuneRecordQuerySet, of_own_officer
from assignments.models.visits import Attendance
from communes.fields import LinesField, NameField
from communes.models import Commune, PartyCell


class VisitPlanQuerySet(CommuneRecordQuerySet):
    """Planned visits."""

    day_column = "planned_on"

    def done_by(self, user: User) -> Q:
        return of_own_officer(user)

    def of_user(self, user: User):
        """Keep the plans of the officers a user acts for."""
        return self.filter(of_own_officer(user))

    def standing(self):
        """Keep what was not called off."""
        return self.filter(withdrawn_at__isnull=True)

    def between(self, since: dt.date, until: dt.date):
        """Keep what is planned from ``since`` up to, not including, ``until``."""
        return self.filter(planned_on__gte=since, planned_on__lt=until)

    def carried_out(self):
        """Keep what an attendance that still stands has carried out."""
        return self.standing().filter(
            carried_out_by__isnull=False, carried_out_by__withdrawn_at__isnull=True
        )

    def open(self):
        """Keep what was neither called off nor carried out."""
        return self.standing().filter(
            Q(carried_out_by__isnull=True) | Q(carried_out_by__withdrawn_at__isnull=False)
        )


class VisitPlan(Entered, Withdrawable):
    """An officer means to go to a commune on a day (R11); an attendance carries it out."""

    officer = models.ForeignKey(
        Officer, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="plans"
    )
    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="plans"
    )
    planned_on = models.DateField("ngày dự kiến", db_index=True)
    kind = models.CharField("việc", max_length=20, choices=VisitKind)
    cell = models.ForeignKey(
        PartyCell,
        verbose_name="chi bộ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans",
    )
    place = NameField("địa điểm", max_length=200, blank=True)
    purpose = LinesField("mục đích, nội dung", blank=True)
    carried_out_by = models.ForeignKey(
        Attendance,
        verbose_name="đã thực hiện bằng",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="plans",
    )

    objects = VisitPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch đi cơ sở"
        verbose_name_plural = "kế hoạch đi cơ sở"
        ordering = ["planned_on", "pk"]
        constraints = [
            known("assignments_visitplan", "kind", VisitKind, "Việc đi cơ sở không hợp lệ."),
            models.UniqueConstraint(
                name="assignments_visitplan_once",
                fields=("officer", "commune", "planned_on", "kind"),
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Ngày đó đã có kế hoạch cho việc này ở Đảng bộ này.",
            ),
            withdrawn_with_reason("assignments_visitplan"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.commune}, ngày {self.planned_on:%d/%m/%Y}"


class MeetingNoticeQuerySet(CommuneRecordQuerySet):
    """Meeting notices."""

    day_column = "held_on"

    def standing(self):
        """Keep meetings that were not called off."""
        return self.filter(withdrawn_at__isnull=True)

    def unanswered_by(self, officers: models.QuerySet[Officer]):
        """Keep notices one of ``officers``, following the commune that day, has not answered."""
        invited = (
            Assignment.objects.filter(
                commune=OuterRef("commune"), officer__in=officers.values("pk")
            )
            .filter(started_on__lte=OuterRef("held_on"))
            .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("held_on")))
        )
        answers = NoticeAnswer.objects.filter(
            notice=OuterRef(OuterRef("pk")), officer=OuterRef("officer")
        )
        return self.standing().filter(Exists(invited.filter(~Exists(answers))))


class MeetingNotice(Entered, Withdrawable):
    """A commune's committee or cell says when and where it meets, and on what (12-HD/BTCTW)."""

    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField("việc", max_length=20, choices=VisitKind)
    cell = models.ForeignKey(
        PartyCell,
        verbose_name="chi bộ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notices",
    )
    held_on = models.DateField("ngày họp", db_index=True)
    held_at = models.TimeField("giờ họp")
    place = NameField("địa điểm", max_length=200)
    content = LinesField("nội dung")

    objects = MeetingNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy mời họp"
        verbose_name_plural = "giấy mời họp"
        ordering = ["-held_on", "-held_at", "-pk"]
        constraints = [
            known("assignments_meetingnotice", "kind", VisitKind, "Loại cuộc họp không hợp lệ."),
            withdrawn_with_reason("assignments_meetingnotice"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.commune}, ngày {self.held_on:%d/%m/%Y}"

    @property
    def hour(self) -> str:
        """Give the time of the day as official letters write it: "07 giờ 30"."""
        return f"{self.held_at:%H giờ %M}"

    @property
    def when(self) -> str:
        """Give hour and day: "07 giờ 30, ngày 07/12/2026"."""
        return f"{self.hour}, ngày {self.held_on:%d/%m/%Y}"


class NoticeAnswerQuerySet(models.QuerySet):
    """Answers to meeting notices."""

    def visible_to(self, user: User):
        """Keep all for who sees all; else the answers of the user's own officers."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(officer__in=Officer.objects.of_user(user).values("pk"))


class NoticeAnswer(Entered):
    """What one officer answers to a notice (R16); answering again replaces it, logged."""

    notice = models.ForeignKey(
        MeetingNotice, verbose_name="giấy mời", on_delete=models.PROTECT, related_name="answers"
    )
    officer = models.ForeignKey(
        Officer, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="notice_answers"
    )
    reply = models.CharField("trả lời", max_length=10, choices=NoticeReply)
    reason = LinesField("lý do không dự được", blank=True)
    delegate = NameField("người được cử dự", max_length=200, blank=True)

    objects = NoticeAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "trả lời giấy mời"
        verbose_name_plural = "trả lời giấy mời"
        ordering = ["pk"]
        constraints = [
            known("assignments_noticeanswer", "reply", NoticeReply, "Trả lời không hợp lệ."),
            models.UniqueConstraint(
                name="assignments_noticeanswer_once",
                fields=("notice", "officer"),
                violation_error_message="Cán bộ này đã trả lời giấy mời đó.",
            ),
            models.CheckConstraint(
                name="assignments_noticeanswer_reason_given",
                condition=~Q(reply=NoticeReply.CANNOT) | ~Q(reason=""),
                violation_error_message="Không dự được thì ghi lý do.",
            ),
            models.CheckConstraint(
                name="assignments_noticeanswer_delegate_named",
                condition=~Q(reply=NoticeReply.DELEGATES) | ~Q(delegate=""),
                violation_error_message="Cử người khác dự thì ghi họ tên, chức vụ người đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.full_name}: {self.get_reply_display()}"
