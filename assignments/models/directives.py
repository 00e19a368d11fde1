"""Resolutions and directives whose carrying-out is followed, commune by commune (R20)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from assignments.enums import FollowUpState
from assignments.models.assignments import Officer
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from assignments.models.scope import CommuneRecordQuerySet, of_own_officer
from communes.fields import LinesField, NameField, SearchKeyField
from communes.models import Commune, SearchableQuerySet
from communes.periods import covers


class DirectiveQuerySet(SearchableQuerySet):
    """Documents being followed; every user may know of them."""

    def visible_to(self, user: User):
        """Keep all for who is logged in: documents are issued to every commune."""
        return self if user.is_authenticated else self.none()

    def followed_on(self, day: dt.date):
        """Keep those being followed on ``day``."""
        return self.filter(covers(day))


class Directive(Entered):
    """A resolution, directive, plan … whose carrying-out in every commune is followed."""

    number = NameField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    issuer = NameField("cơ quan ban hành", max_length=200, blank=True)
    subject = NameField("trích yếu", max_length=300)
    due_on = models.DateField("hoàn thành trước ngày", null=True, blank=True)
    started_on = models.DateField("theo dõi từ ngày")
    ended_on = models.DateField(
        "thôi theo dõi từ ngày", null=True, blank=True, help_text="Ngày đầu tiên thôi theo dõi."
    )
    search_key = SearchKeyField(sources=("number", "subject", "issuer"))

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản theo dõi"
        verbose_name_plural = "văn bản theo dõi"
        ordering = ["-issued_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assignments_directive_dates_in_order",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message="Ngày thôi theo dõi phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                name="assignments_directive_number_and_date",
                fields=("number", "issued_on"),
                violation_error_message="Đã có văn bản cùng số, cùng ngày ban hành.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, ngày {self.issued_on:%d/%m/%Y}"


class FollowUpQuerySet(CommuneRecordQuerySet):
    """Follow-ups."""

    day_column = "noted_on"

    def done_by(self, user: User) -> Q:
        return of_own_officer(user)

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class FollowUp(Entered, Withdrawable):
    """What was urged, or how far a commune was, on a day. The latest one is its state."""

    directive = models.ForeignKey(
        Directive, verbose_name="văn bản", on_delete=models.PROTECT, related_name="follow_ups"
    )
    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="follow_ups"
    )
    officer = models.ForeignKey(
        Officer,
        verbose_name="cán bộ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    noted_on = models.DateField("ngày")
    state = models.CharField("tình hình", max_length=15, choices=FollowUpState)
    note = LinesField("đã đôn đốc, nhắc nhở; kết quả")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "lần đôn đốc"
        verbose_name_plural = "các lần đôn đốc"
        ordering = ["-noted_on", "-pk"]
        indexes = [
            models.Index(
                name="assignments_followup_latest", fields=["directive", "commune", "noted_on"]
            )
        ]
        constraints = [
            known("assignments_followup", "state", FollowUpState, "Tình hình không hợp lệ."),
            withdrawn_with_reason("assignments_followup"),
        ]

    def __str__(self) -> str:
        return f"{self.directive}, {self.commune}: {self.get_state_display()}"
