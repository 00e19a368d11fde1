"""What a conference concluded, as tasks with due dates (DOMAIN R33)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Officer
from assignments.models.entries import Entered, Withdrawable, withdrawn_with_reason
from assignments.models.scope import of_own_officer
from communes.fields import LinesField, NameField, SearchKeyField
from communes.models import SearchableQuerySet
from reports.models.catalogue import CompetentBody


class ConclusionQuerySet(SearchableQuerySet):
    """Notices of conclusions."""

    def visible_to(self, user: User):
        """Keep all for who sees all; else those that give one of the user's officers a task."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        tasks = ConclusionTask.objects.visible_to(user)
        return self.filter(pk__in=tasks.values("conclusion"))


class Conclusion(Entered):
    """A notice of conclusions (thông báo kết luận) of a conference."""

    number = NameField("số, ký hiệu", max_length=60, help_text="Ví dụ: 35-TB/TU")
    issued_on = models.DateField("ngày ban hành")
    subject = NameField("trích yếu", max_length=300)
    search_key = SearchKeyField(sources=("number", "subject"))

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo kết luận"
        verbose_name_plural = "thông báo kết luận"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="reports_conclusion_number_and_date",
                fields=("number", "issued_on"),
                violation_error_message="Đã có thông báo kết luận cùng số, cùng ngày.",
            ),
        ]

    def __str__(self) -> str:
        return f"Thông báo số {self.number}, ngày {self.issued_on:%d/%m/%Y}"


class ConclusionTaskQuerySet(SearchableQuerySet):
    """Tasks."""

    def visible_to(self, user: User):
        """Keep all for who sees all; else those of the user's own officers."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(of_own_officer(user))

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def open_on(self, day: dt.date):
        """Keep what had been given by ``day`` and was not done by then."""
        return (
            self.standing()
            .filter(conclusion__issued_on__lte=day)
            .filter(Q(done_on__isnull=True) | Q(done_on__gt=day))
        )

    def overdue_on(self, day: dt.date):
        """Keep those of them past their due date."""
        return self.open_on(day).filter(due_on__lt=day)


class ConclusionTask(Entered, Withdrawable):
    """One thing to be done by a body or an officer, by a day."""

    conclusion = models.ForeignKey(
        Conclusion, verbose_name="kết luận", on_delete=models.PROTECT, related_name="tasks"
    )
    content = LinesField("nhiệm vụ", max_length=2000)
    body = models.ForeignKey(
        CompetentBody,
        verbose_name="cơ quan thực hiện",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    officer = models.ForeignKey(
        Officer,
        verbose_name="cán bộ thực hiện",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    due_on = models.DateField("hạn hoàn thành")
    done_on = models.DateField("hoàn thành ngày", null=True, blank=True)
    result = LinesField("kết quả", max_length=2000, blank=True)
    search_key = SearchKeyField(sources=("content",))

    objects = ConclusionTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ theo kết luận"
        verbose_name_plural = "nhiệm vụ theo kết luận"
        ordering = ["due_on", "pk"]
        constraints = [
            withdrawn_with_reason("reports_conclusiontask"),
            models.CheckConstraint(
                name="reports_conclusiontask_somebody_does_it",
                condition=Q(body__isnull=False, officer__isnull=True)
                | Q(body__isnull=True, officer__isnull=False),
                violation_error_message="Chọn một cơ quan hoặc một cán bộ thực hiện.",
            ),
            models.CheckConstraint(
                name="reports_conclusiontask_done_with_a_result",
                condition=Q(done_on__isnull=True, result="")
                | Q(done_on__isnull=False) & ~Q(result=""),
                violation_error_message="Hoàn thành thì phải ghi cả ngày và kết quả.",
            ),
        ]

    def __str__(self) -> str:
        return f"Nhiệm vụ theo {self.conclusion}"

    @property
    def doer(self) -> str:
        """Name who does it."""
        return str(self.body) if self.body_id else f"Đồng chí {self.officer.full_name}"
