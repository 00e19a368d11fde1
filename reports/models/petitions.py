"""What a commune asks for, carried upward to an answer and back: nothing lost, nothing silent."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Officer, Visit
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from assignments.models.scope import CommuneRecordQuerySet, of_own_officer
from communes.fields import LinesField, NameField, SearchKeyField
from communes.models import Commune, SearchableQuerySet
from communes.periods import covers
from reports.enums import OPEN_STATES, SETTLED_STATES, PetitionSource, PetitionState, Urgency
from reports.models.catalogue import PetitionField
from reports.models.periodic_reports import PeriodicReport


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
