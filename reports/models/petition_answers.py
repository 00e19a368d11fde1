"""What came of petitions: answers, usually documents, each for one petition or for many."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models.entries import Entered, known, withdrawn_with_reason
from assignments.models.stored_files import StoredFile
from communes.fields import LinesField, NameField
from reports.enums import AnswerOutcome
from reports.models.catalogue import CompetentBody
from reports.models.petition_events import PetitionEvent

OUT_OF_COMPETENCE_NAMES_BODY = (
    "Không thuộc thẩm quyền thì phải ghi rõ thuộc thẩm quyền cơ quan nào."
)


class PetitionAnswerQuerySet(models.QuerySet):
    """Answers."""

    def visible_to(self, user: User):
        """Keep those that answer a petition ``user`` may see."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        events = PetitionEvent.objects.visible_to(user)
        return self.filter(Exists(events.filter(answer=OuterRef("pk"))))


class PetitionAnswer(Entered):
    """What came of one or several petitions, usually a document of the competent body."""

    outcome = models.CharField("kết quả", max_length=20, choices=AnswerOutcome)
    body = models.ForeignKey(
        CompetentBody,
        verbose_name="cơ quan trả lời",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
    )
    number = NameField("số, ký hiệu văn bản", max_length=60, blank=True)
    issued_on = models.DateField("ngày trả lời")
    content = LinesField("nội dung trả lời", max_length=4000)
    roadmap_on = models.DateField(
        "dự kiến thực hiện trước ngày",
        null=True,
        blank=True,
        help_text="Khi chưa đủ nguồn lực: lộ trình.",
    )
    competent_body = models.ForeignKey(
        CompetentBody,
        verbose_name="thuộc thẩm quyền của",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PetitionAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản trả lời kiến nghị"
        verbose_name_plural = "văn bản trả lời kiến nghị"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            known("reports_petitionanswer", "outcome", AnswerOutcome, "Kết quả không hợp lệ."),
            models.CheckConstraint(
                name="reports_petitionanswer_says_something",
                condition=~Q(content=""),
                violation_error_message="Phải ghi nội dung trả lời.",
            ),
            models.CheckConstraint(
                name="reports_petitionanswer_has_a_roadmap",
                condition=~Q(outcome=AnswerOutcome.UNDER_RESOURCED) | Q(roadmap_on__isnull=False),
                violation_error_message="Chưa đủ nguồn lực thì phải ghi lộ trình thực hiện.",
            ),
            models.CheckConstraint(
                name="reports_petitionanswer_names_whose_it_is",
                condition=Q(outcome=AnswerOutcome.OUT_OF_COMPETENCE, competent_body__isnull=False)
                | ~Q(outcome=AnswerOutcome.OUT_OF_COMPETENCE) & Q(competent_body__isnull=True),
                violation_error_message=OUT_OF_COMPETENCE_NAMES_BODY,
            ),
        ]

    def __str__(self) -> str:
        number = f"Văn bản số {self.number}" if self.number else "Trả lời"
        return f"{number}, ngày {self.issued_on:%d/%m/%Y}"


class AnswerFileQuerySet(models.QuerySet):
    """Files of answers."""

    def visible_to(self, user: User):
        """Keep those of answers ``user`` may see."""
        return self.filter(answer__in=PetitionAnswer.objects.visible_to(user).values("pk"))

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class AnswerFile(StoredFile):
    """The document itself."""

    folder = "tra-loi"

    answer = models.ForeignKey(
        PetitionAnswer, verbose_name="trả lời", on_delete=models.PROTECT, related_name="files"
    )

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp trả lời kiến nghị"
        verbose_name_plural = "tệp trả lời kiến nghị"
        ordering = ["pk"]
        constraints = [withdrawn_with_reason("reports_answerfile")]
