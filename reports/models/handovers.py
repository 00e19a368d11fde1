"""Hand-overs: what an officer who leaves a commune gives on, item by item, until it is accepted."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from accounts.enums import Permission
from accounts.models import AppendOnly, AppendOnlyQuerySet, User
from accounts.permissions import allowed
from assignments.models import Assignment, Departure, Officer
from assignments.models.entries import Entered, known
from communes.fields import LinesField, NameField
from reports.enums import SETTLED_HANDOVERS, HandoverItemKind, HandoverMove, HandoverState


class HandoverQuerySet(models.QuerySet):
    """Hand-overs."""

    def visible_to(self, user: User):
        """Keep all for who sees all, else those one's own officers give or take."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        own = Officer.objects.of_user(user).values("pk")
        return self.filter(Q(outgoing__officer__in=own) | Q(incoming__officer__in=own))

    def unsettled_on(self, day: dt.date):
        """Keep what is "đang bàn giao" on ``day``: the officer has left, nobody has accepted."""
        not_yet = Q(settled_on__isnull=True) | Q(settled_on__gt=day)
        return self.filter(not_yet, outgoing__ended_on__lte=day)

    def with_parties(self):
        """Fetch who gives, who takes, and where."""
        return self.select_related(
            "outgoing__officer",
            "outgoing__commune__district",
            "outgoing__closing_decision",
            "incoming__officer",
        ).defer("outgoing__commune__boundary")


class Handover(Entered):
    """What ``outgoing`` leaves open in its commune, and how far it is given to ``incoming``."""

    outgoing = models.OneToOneField(
        Assignment,
        verbose_name="phân công thôi",
        on_delete=models.PROTECT,
        related_name="handover",
    )
    incoming = models.ForeignKey(
        Assignment,
        verbose_name="phân công nhận",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handovers_taken",
    )
    departure = models.ForeignKey(
        Departure,
        verbose_name="lần thôi công tác",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="handovers",
    )
    state = models.CharField(
        "tình trạng",
        max_length=12,
        choices=HandoverState,
        default=HandoverState.PREPARING,
        editable=False,
    )
    settled_on = models.DateField("xong ngày", null=True, blank=True, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ bàn giao"
        verbose_name_plural = "hồ sơ bàn giao"
        ordering = ["-outgoing__ended_on", "-pk"]
        constraints = [
            known("reports_handover", "state", HandoverState, "Tình trạng không hợp lệ."),
            models.CheckConstraint(
                name="reports_handover_settled_with_day",
                condition=Q(state__in=SETTLED_HANDOVERS, settled_on__isnull=False)
                | Q(settled_on__isnull=True) & ~Q(state__in=SETTLED_HANDOVERS),
                violation_error_message="Bàn giao xong thì phải ghi ngày.",
            ),
            models.CheckConstraint(
                name="reports_handover_accepted_by_somebody",
                condition=Q(incoming__isnull=False)
                | ~Q(state__in=[HandoverState.OFFERED, HandoverState.ACCEPTED]),
                violation_error_message="Chưa có người nhận bàn giao.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bàn giao {self.outgoing.commune}"


class HandoverItem(models.Model):
    """What became of one open thing: given to ``new_owner``, or left, for a reason.

    ``target_key`` is the record's key as in the audit log; ``words`` say what it was.
    """

    handover = models.ForeignKey(
        Handover, verbose_name="hồ sơ bàn giao", on_delete=models.PROTECT, related_name="items"
    )
    kind = models.CharField("loại việc", max_length=20, choices=HandoverItemKind)
    target_key = models.CharField("mã đối tượng", max_length=80)
    words = LinesField("nội dung", max_length=1000)
    due_on = models.DateField("hạn", null=True, blank=True)
    new_owner = models.ForeignKey(
        Officer,
        verbose_name="người tiếp tục",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = NameField("lý do không giao", max_length=300, blank=True)

    class Meta:
        verbose_name = "việc bàn giao"
        verbose_name_plural = "việc bàn giao"
        ordering = ["handover", "kind", "due_on", "pk"]
        constraints = [
            known("reports_handoveritem", "kind", HandoverItemKind, "Loại việc không hợp lệ."),
            models.UniqueConstraint(
                name="reports_handoveritem_once",
                fields=["handover", "target_key"],
                violation_error_message="Việc này đã có trong hồ sơ bàn giao.",
            ),
            models.CheckConstraint(
                name="reports_handoveritem_owner_or_reason",
                condition=Q(new_owner__isnull=False, reason="")
                | Q(new_owner__isnull=True) & ~Q(reason=""),
                violation_error_message="Mỗi việc phải có người tiếp tục, hoặc lý do không giao.",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class HandoverEvent(AppendOnly):
    """One thing done with a hand-over; only ever added."""

    handover = models.ForeignKey(
        Handover, verbose_name="hồ sơ bàn giao", on_delete=models.PROTECT, related_name="events"
    )
    move = models.CharField("việc", max_length=10, choices=HandoverMove)
    at = models.DateTimeField("lúc", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người thực hiện",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = LinesField("ghi chú", max_length=1000, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "diễn biến bàn giao"
        verbose_name_plural = "diễn biến bàn giao"
        ordering = ["at", "pk"]
        constraints = [
            known("reports_handoverevent", "move", HandoverMove, "Việc không hợp lệ."),
        ]

    def __str__(self) -> str:
        return f"{self.get_move_display()}: {self.handover}"
