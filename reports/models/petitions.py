"""What a commune asks for, carried upward to an answer and back: nothing lost, nothing silent."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from accounts import clock
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Officer, Visit
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from assignments.models.scope import CommuneRecordQuerySet, of_own_officer
from assignments.models.stored_files import StoredFile
from communes.fields import LinesField, NameField, SearchKeyField
from communes.models import Commune, SearchableQuerySet, having_all_words
from communes.periods import NoOverlap, covers
from reports.enums import (
    OPEN_STATES,
    SETTLED_STATES,
    AnswerOutcome,
    LegRole,
    PetitionAct,
    PetitionSource,
    PetitionState,
    Urgency,
)
from reports.models.catalogue import CompetentBody, PetitionField
from reports.models.periodic_reports import PeriodicReport

OUT_OF_COMPETENCE_NAMES_BODY = (
    "Không thuộc thẩm quyền thì phải ghi rõ thuộc thẩm quyền cơ quan nào."
)


class PetitionMatterQuerySet(SearchableQuerySet):
    """Matters."""

    def visible_to(self, user: User):
        """Keep all for who sees all; else those that hold a petition the user may see."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        petitions = Petition.objects.visible_to(user).standing()
        return self.filter(Exists(petitions.filter(matter=OuterRef("pk"))))


class PetitionMatter(Entered):
    """Similar petitions of many communes, handled and answered together."""

    title = NameField("nhóm vấn đề", max_length=200)
    field = models.ForeignKey(
        PetitionField, verbose_name="lĩnh vực", on_delete=models.PROTECT, related_name="matters"
    )
    note = LinesField("ghi chú", blank=True)
    search_key = SearchKeyField(sources=("title",))

    objects = PetitionMatterQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm vấn đề"
        verbose_name_plural = "nhóm vấn đề"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="reports_petitionmatter_once",
                fields=("title",),
                violation_error_message="Đã có nhóm vấn đề này.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PetitionQuerySet(CommuneRecordQuerySet):
    """Petitions."""

    day_column = "raised_on"

    def done_by(self, user: User) -> Q:
        return of_own_officer(user)

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def search(self, query: str):
        """Keep those with every word in the content or the place's names, without accents."""
        keys = ("search_key", "commune__search_key", "commune__district__search_key")
        return having_all_words(self, query, keys)

    def on(self, day: dt.date):
        """Keep what had been raised by ``day``; annotate how each stood then.

        ``state_on`` and ``is_closed_on`` are those of the event standing on the day, which is so
        since ``stands_since``.
        """
        standing = covers(day, "events__happened_on", "events__superseded_on")
        return (
            self.filter(raised_on__lte=day)
            .annotate(event_on=FilteredRelation("events", condition=standing))
            .annotate(
                state_on=F("event_on__state"),
                is_closed_on=F("event_on__is_closed"),
                stands_since=F("event_on__happened_on"),
            )
        )

    def with_parties(self):
        """Fetch what a row of a list shows, in the same query."""
        return self.select_related("officer", "field", "matter", "commune__district").defer(
            "commune__boundary"
        )


class Petition(Entered, Withdrawable):
    """One petition of one commune.

    ``state`` and ``told_on`` are as they are now; how it stood on an earlier day is read from its
    events. It is closed when the commune has been told, not before. Numbers run from 1 in each
    year without a gap: a petition is never deleted.
    """

    year = models.PositiveSmallIntegerField("năm", editable=False)
    number = models.PositiveIntegerField("số", editable=False)
    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="petitions"
    )
    officer = models.ForeignKey(
        Officer,
        verbose_name="cán bộ phản ánh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="petitions",
    )
    raised_on = models.DateField("ngày kiến nghị", db_index=True)
    source = models.CharField("nguồn", max_length=10, choices=PetitionSource)
    visit = models.ForeignKey(
        Visit,
        verbose_name="chuyến đi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="petitions",
    )
    report = models.ForeignKey(
        PeriodicReport,
        verbose_name="báo cáo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="petitions",
    )
    source_note = NameField(
        "hội nghị, văn bản", max_length=200, blank=True, help_text="Tên hội nghị hoặc số văn bản."
    )
    content = LinesField("nội dung kiến nghị", max_length=4000)
    field = models.ForeignKey(
        PetitionField, verbose_name="lĩnh vực", on_delete=models.PROTECT, related_name="petitions"
    )
    beneficiary = NameField("đối tượng thụ hưởng", max_length=200, blank=True)
    urgency = models.CharField("mức độ", max_length=10, choices=Urgency, default=Urgency.NORMAL)
    has_personal_data = models.BooleanField(
        "có dữ liệu cá nhân",
        default=False,
        help_text="Nội dung được che trong các tệp tải xuống.",
    )
    matter = models.ForeignKey(
        PetitionMatter,
        verbose_name="nhóm vấn đề",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="petitions",
    )
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name="trùng với",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="duplicates",
    )
    state = models.CharField(
        "tình trạng",
        max_length=20,
        choices=PetitionState,
        default=PetitionState.NEW,
        editable=False,
    )
    told_on = models.DateField("đã thông tin lại ngày", null=True, blank=True, editable=False)
    edition = models.PositiveIntegerField("lần ghi", default=1, editable=False)
    entry_key = models.UUIDField("mã lần gửi", null=True, unique=True, editable=False)
    search_key = SearchKeyField(sources=("content", "beneficiary"))

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "kiến nghị"
        verbose_name_plural = "kiến nghị"
        ordering = ["-raised_on", "-pk"]
        indexes = [
            models.Index(name="reports_petition_place", fields=["commune", "raised_on"]),
            models.Index(name="reports_petition_standing", fields=["state", "told_on"]),
        ]
        constraints = [
            known("reports_petition", "source", PetitionSource, "Nguồn không hợp lệ."),
            known("reports_petition", "urgency", Urgency, "Mức độ không hợp lệ."),
            known("reports_petition", "state", PetitionState, "Tình trạng không hợp lệ."),
            withdrawn_with_reason("reports_petition"),
            models.UniqueConstraint(
                name="reports_petition_number_once_a_year",
                fields=("year", "number"),
                violation_error_message="Số kiến nghị này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                name="reports_petition_closed_only_when_settled",
                condition=Q(told_on__isnull=True) | Q(state__in=SETTLED_STATES),
                violation_error_message="Chưa có kết quả thì chưa thể kết thúc kiến nghị.",
            ),
            models.CheckConstraint(
                name="reports_petition_duplicate_names_the_other",
                condition=Q(state=PetitionState.DUPLICATE, duplicate_of__isnull=False)
                | ~Q(state=PetitionState.DUPLICATE) & Q(duplicate_of__isnull=True),
                violation_error_message="Kiến nghị trùng phải ghi trùng với kiến nghị nào.",
            ),
            models.CheckConstraint(
                name="reports_petition_not_its_own_duplicate",
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("pk")),
                violation_error_message="Kiến nghị không thể trùng với chính nó.",
            ),
            models.CheckConstraint(
                name="reports_petition_withdrawn_only_when_new",
                condition=Q(withdrawn_at__isnull=True) | Q(state=PetitionState.NEW),
                violation_error_message="Kiến nghị đã chuyển xử lý thì không rút lại được.",
            ),
            models.CheckConstraint(
                name="reports_petition_source_agrees",
                condition=(Q(visit__isnull=True) | Q(source=PetitionSource.VISIT))
                & (Q(report__isnull=True) | Q(source=PetitionSource.REPORT)),
                violation_error_message="Nguồn kiến nghị không khớp chuyến đi, báo cáo đã chọn.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kiến nghị số {self.code}"

    @property
    def code(self) -> str:
        """Give the number as people write it: "05/2026"."""
        return f"{self.number:02}/{self.year}"

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to act on it."""
        return self.state in OPEN_STATES

    @property
    def is_closed(self) -> bool:
        """Say whether the commune has been told what came of it."""
        return self.told_on is not None

    def clean(self) -> None:
        if self.visit_id and self.commune_id and self.visit.commune_id != self.commune_id:
            raise ValidationError({"visit": "Chuyến đi này không phải ở Đảng bộ đã chọn."})


class PetitionCounter(models.Model):
    """The last number given in a year; held while the next is given, so there is no gap."""

    year = models.PositiveSmallIntegerField("năm", primary_key=True)
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "số kiến nghị trong năm"
        verbose_name_plural = "số kiến nghị trong năm"
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.last}/{self.year}"


class OfVisiblePetitionQuerySet(models.QuerySet):
    """Rows that belong to a petition."""

    def visible_to(self, user: User):
        """Keep those of petitions ``user`` may see."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(petition__in=Petition.objects.visible_to(user).values("pk"))


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
    """Which body had a petition, from when to when; age is counted per leg (DESIGN §4).

    A leg begun in error may end on the day it began.
    """

    petition = models.ForeignKey(
        Petition, verbose_name="kiến nghị", on_delete=models.PROTECT, related_name="legs"
    )
    body = models.ForeignKey(
        CompetentBody, verbose_name="cơ quan", on_delete=models.PROTECT, related_name="legs"
    )
    role = models.CharField("vai trò", max_length=12, choices=LegRole, default=LegRole.LEAD)
    started_on = models.DateField("chuyển ngày")
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
        PetitionAnswer,
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
