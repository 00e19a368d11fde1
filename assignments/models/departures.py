"""Officers who leave: all they followed ends on one day, for one reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import EndReason
from assignments.models.assignments import Decision, Officer
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from communes.fields import NameField


class DepartureQuerySet(models.QuerySet):
    """Departures."""

    def visible_to(self, user: User):
        """Keep all for who sees all, else those of one's own officers."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(officer__in=Officer.objects.of_user(user).values("pk"))

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Departure(Entered, Withdrawable):
    """An officer leaves: from ``leaves_on`` they follow no commune any more.

    ``leaves_office``: they leave their work altogether, and cannot be assigned any more.
    ``journal`` holds how the assignments and the officer stood before, so that a departure that
    has not come about can be taken back.
    """

    officer = models.ForeignKey(
        Officer, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="departures"
    )
    leaves_on = models.DateField(
        "thôi từ ngày", help_text="Ngày đầu tiên không còn phụ trách.", db_index=True
    )
    reason = models.CharField("lý do thôi", max_length=20, choices=EndReason)
    leaves_office = models.BooleanField("thôi công tác, không nhận phân công nữa", default=True)
    decision = models.ForeignKey(
        Decision,
        verbose_name="quyết định thôi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="departures",
    )
    note = NameField("ghi chú", max_length=500, blank=True)
    journal = models.JSONField("trước khi thôi", default=dict, blank=True, editable=False)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = "lần thôi công tác, thôi phụ trách"
        verbose_name_plural = "thôi công tác, thôi phụ trách"
        ordering = ["-leaves_on", "-pk"]
        constraints = [
            known("assignments_departure", "reason", EndReason, "Lý do thôi không hợp lệ."),
            models.UniqueConstraint(
                name="assignments_departure_once_a_day",
                fields=["officer", "leaves_on"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Đã ghi đồng chí này thôi từ ngày đó.",
            ),
            withdrawn_with_reason("assignments_departure"),
        ]

    def __str__(self) -> str:
        return f"{self.officer.full_name} thôi từ {self.leaves_on:%d/%m/%Y}"
