"""Which body had a petition, from when to when."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from assignments.models.entries import Entered, known
from communes.fields import NameField
from communes.periods import NoOverlap, covers
from reports.enums import LegRole
from reports.models.catalogue import CompetentBody
from reports.models.petition_events import OfVisiblePetitionQuerySet
from reports.models.petitions import Petition


class PetitionLegQuerySet(OfVisiblePetitionQuerySet):
    """Legs."""

    def leading(self):
        """Keep those of the body that answers for the petition."""
        return self.filter(role=LegRole.LEAD)

    def current_on(self, day: dt.date):
        """Keep those not ended by ``day``."""
        return self.filter(covers(day))

    def overdue_on(self, day: dt.date):
        """Keep the leading legs that still had the petition on ``day``, past the due date."""
        return self.leading().current_on(day).filter(due_on__lt=day)


class PetitionLeg(Entered):
    """Which body had a petition, from when to when, and by when it was to answer.

    A leg begun in error may end on the day it began. More time begins a new leg of the same body,
    so that what was overdue on a day remains so; how long a body has it is counted from
    ``held_since``, which goes over to that leg (DESIGN §4).
    """

    petition = models.ForeignKey(
        Petition, verbose_name="kiến nghị", on_delete=models.PROTECT, related_name="legs"
    )
    body = models.ForeignKey(
        CompetentBody, verbose_name="cơ quan", on_delete=models.PROTECT, related_name="legs"
    )
    role = models.CharField("vai trò", max_length=12, choices=LegRole, default=LegRole.LEAD)
    started_on = models.DateField("chuyển ngày")
    held_since = models.DateField("cơ quan nhận từ ngày")
    due_on = models.DateField("hạn trả lời", null=True, blank=True)
    ended_on = models.DateField("hết ngày", null=True, blank=True)
    reference = NameField("số văn bản chuyển", max_length=100, blank=True)

    objects = PetitionLegQuerySet.as_manager()

    class Meta:
        verbose_name = "chặng xử lý"
        verbose_name_plural = "các chặng xử lý"
        ordering = ["started_on", "pk"]
        constraints = [
            known("reports_petitionleg", "role", LegRole, "Vai trò không hợp lệ."),
            models.CheckConstraint(
                name="reports_petitionleg_dates_in_order",
                condition=(Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")))
                & (Q(due_on__isnull=True) | Q(due_on__gte=F("started_on"))),
                violation_error_message="Ngày kết thúc, hạn trả lời phải từ ngày chuyển trở đi.",
            ),
            models.CheckConstraint(
                name="reports_petitionleg_held_from_its_start_or_before",
                condition=Q(held_since__lte=F("started_on")),
                violation_error_message="Ngày cơ quan nhận không được sau ngày chuyển.",
            ),
            models.CheckConstraint(
                name="reports_petitionleg_lead_has_a_limit",
                condition=Q(role=LegRole.COORDINATING) | Q(due_on__isnull=False),
                violation_error_message="Cơ quan chủ trì phải có hạn trả lời.",
            ),
            NoOverlap(
                name="reports_petitionleg_one_lead",
                fields=("petition",),
                condition=Q(role=LegRole.LEAD),
                violation_error_message="Mỗi kiến nghị mỗi lúc chỉ có một cơ quan chủ trì.",
            ),
            models.UniqueConstraint(
                name="reports_petitionleg_body_once_at_a_time",
                fields=("petition", "body"),
                condition=Q(ended_on__isnull=True),
                violation_error_message="Cơ quan này đang xử lý kiến nghị rồi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition}: {self.body}"

    def is_overdue(self, day: dt.date) -> bool:
        """Say whether the body still has it on ``day``, past the due date."""
        is_current = self.started_on <= day and (self.ended_on is None or day < self.ended_on)
        return is_current and self.due_on is not None and self.due_on < day
