"""What was done with petitions, and how each stood from then on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts import clock
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models.entries import known
from communes.fields import LinesField
from communes.periods import NoOverlap
from reports.enums import SETTLED_STATES, PetitionAct, PetitionState
from reports.models.catalogue import CompetentBody
from reports.models.petitions import Petition


class OfVisiblePetitionQuerySet(models.QuerySet):
    """Rows that belong to a petition."""

    def visible_to(self, user: User):
        """Keep those of petitions ``user`` may see."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(petition__in=Petition.objects.visible_to(user).values("pk"))


class PetitionEvent(models.Model):
    """One thing done with a petition, and how it stood from that day until the next event.

    Only ever added, in time order; of several on one day the last one stands. What is said or
    corrected without moving the petition on never stands: it ends on the day it happens.
    """

    petition = models.ForeignKey(
        Petition, verbose_name="kiến nghị", on_delete=models.PROTECT, related_name="events"
    )
    act = models.CharField("việc", max_length=15, choices=PetitionAct)
    state = models.CharField("tình trạng sau đó", max_length=20, choices=PetitionState)
    is_closed = models.BooleanField("đã thông tin lại", default=False)
    happened_on = models.DateField("ngày")
    superseded_on = models.DateField("đến ngày", null=True, blank=True, editable=False)
    happened_at = models.DateTimeField("ghi lúc", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người thực hiện",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body = models.ForeignKey(
        CompetentBody,
        verbose_name="cơ quan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.ForeignKey(
        "reports.PetitionAnswer",
        verbose_name="trả lời",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    note = LinesField("nội dung, lý do", blank=True)

    objects = OfVisiblePetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "việc với kiến nghị"
        verbose_name_plural = "các việc với kiến nghị"
        ordering = ["happened_on", "pk"]
        constraints = [
            known("reports_petitionevent", "act", PetitionAct, "Việc không hợp lệ."),
            known("reports_petitionevent", "state", PetitionState, "Tình trạng không hợp lệ."),
            models.CheckConstraint(
                name="reports_petitionevent_dates_in_order",
                condition=Q(superseded_on__isnull=True) | Q(superseded_on__gte=F("happened_on")),
                violation_error_message="Các việc phải theo thứ tự thời gian.",
            ),
            NoOverlap(
                name="reports_petitionevent_one_standing",
                fields=("petition",),
                start="happened_on",
                end="superseded_on",
                violation_error_message="Các việc phải theo thứ tự thời gian.",
            ),
            models.CheckConstraint(
                name="reports_petitionevent_answered_by_an_answer",
                condition=Q(act=PetitionAct.ANSWER, answer__isnull=False)
                | ~Q(act=PetitionAct.ANSWER) & Q(answer__isnull=True),
                violation_error_message="Kết quả phải có nội dung trả lời.",
            ),
            models.CheckConstraint(
                name="reports_petitionevent_routed_to_a_body",
                condition=~Q(act=PetitionAct.ROUTE) | Q(body__isnull=False),
                violation_error_message="Chuyển xử lý phải ghi cơ quan nhận.",
            ),
            models.CheckConstraint(
                name="reports_petitionevent_closed_only_when_settled",
                condition=Q(is_closed=False) | Q(state__in=SETTLED_STATES),
                violation_error_message="Chưa có kết quả thì chưa thể kết thúc kiến nghị.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.petition}"
