"""Documents that carry a number: one sequence per type and issuer within a term (DOMAIN L12)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from assignments.models.stored_files import StoredFile
from communes.fields import NameField, SearchKeyField
from communes.models import SearchableQuerySet
from communes.periods import NoOverlap, covers
from reports.enums import DocumentKind

ORDER_SENTENCE = "Ngày hết nhiệm kỳ phải sau ngày bắt đầu."


class OfWhoSeesAllQuerySet(models.QuerySet):
    """Records only those see who see everything."""

    def visible_to(self, user: User):
        return self if allowed(user, Permission.VIEW_ALL) else self.none()


class IssuedDocumentQuerySet(OfWhoSeesAllQuerySet, SearchableQuerySet):
    """Numbered documents."""


class CommitteeTermQuerySet(models.QuerySet):
    """Terms of the committee."""

    def visible_to(self, user: User):
        """Keep all for who is logged in: a term is no secret."""
        return self if user.is_authenticated else self.none()

    def containing(self, day: dt.date):
        """Keep the term of ``day``: one at most."""
        return self.filter(covers(day))


class CommitteeTerm(models.Model):
    """A term (nhiệm kỳ) of the committee: from the day after its congress closed."""

    name = NameField("nhiệm kỳ", max_length=60, help_text="Ví dụ: 2020–2025")
    started_on = models.DateField(
        "từ ngày", help_text="Ngày liền sau ngày bế mạc đại hội; số văn bản bắt đầu lại từ 01."
    )
    ended_on = models.DateField(
        "hết từ ngày", null=True, blank=True, help_text="Ngày đầu tiên của nhiệm kỳ sau."
    )

    objects = CommitteeTermQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ["-started_on"]
        constraints = [
            models.CheckConstraint(
                name="reports_committeeterm_dates_in_order",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=ORDER_SENTENCE,
            ),
            NoOverlap(
                name="reports_committeeterm_one_at_a_time",
                fields=(),
                violation_error_message="Thời gian này đã thuộc một nhiệm kỳ khác.",
            ),
        ]

    def __str__(self) -> str:
        return f"Nhiệm kỳ {self.name}"

    def clean(self) -> None:
        if self.started_on and self.ended_on and self.ended_on <= self.started_on:
            raise ValidationError({"ended_on": ORDER_SENTENCE})


class IssuedDocument(Entered, Withdrawable):
    """A document that was given its number. A number taken back may be given again."""

    kind = models.CharField("loại văn bản", max_length=4, choices=DocumentKind)
    symbol = NameField("ký hiệu cơ quan", max_length=20, help_text="Ví dụ: TU, VPTU")
    term = models.ForeignKey(
        CommitteeTerm, verbose_name="nhiệm kỳ", on_delete=models.PROTECT, related_name="documents"
    )
    number = models.PositiveIntegerField("số", validators=[MinValueValidator(1)])
    issued_on = models.DateField("ngày ban hành")
    subject = NameField("trích yếu", max_length=300)
    search_key = SearchKeyField(sources=("symbol", "subject"))

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đã cấp số"
        verbose_name_plural = "văn bản đã cấp số"
        ordering = ["-issued_on", "-number", "-pk"]
        constraints = [
            known("reports_issueddocument", "kind", DocumentKind, "Loại văn bản không hợp lệ."),
            withdrawn_with_reason("reports_issueddocument"),
            models.CheckConstraint(
                name="reports_issueddocument_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message="Số văn bản bắt đầu từ 1.",
            ),
            models.UniqueConstraint(
                name="reports_issueddocument_number_once_a_term",
                fields=("kind", "symbol", "term", "number"),
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Số này đã cấp cho một văn bản cùng loại trong nhiệm kỳ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} số {self.code}"

    @property
    def code(self) -> str:
        """Give number and symbol as they are printed: "05-BC/TU" (L10, L11)."""
        return f"{self.number:02d}-{self.kind}/{self.symbol}"


class DocumentTemplateQuerySet(OfWhoSeesAllQuerySet):
    """Templates."""

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class DocumentTemplate(StoredFile):
    """The office's own .docx of the review report, with fields where numbers and lists go."""

    folder = "mau-van-ban"

    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [withdrawn_with_reason("reports_documenttemplate")]
