"""Going to the base: one event, the officers who were there, what each brought back."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import AttachmentKind, MassOrganisation, VisitKind, VisitOutcome
from assignments.models.assignments import Officer
from assignments.models.entries import Entered, Withdrawable, known, withdrawn_with_reason
from assignments.models.scope import CommuneRecordQuerySet, any_of, known_to, of_own_officer
from assignments.models.stored_files import StoredFile
from communes.fields import LinesField, NameField
from communes.models import Commune, PartyCell

CELL_ONCE = "Chọn chi bộ trong danh sách hoặc ghi tên, không ghi cả hai."
OTHER_CELL = "Chi bộ này không thuộc Đảng bộ đã chọn."
JOINT_DAYS = 3  # a visit so near may have been the same one


class VisitQuerySet(CommuneRecordQuerySet):
    """Visits."""

    day_column = "visited_on"

    def done_by(self, user: User) -> Q:
        return Q(pk__in=Attendance.objects.of_user(user).values("visit"))

    def standing(self):
        """Keep visits somebody still says they were at."""
        return self.filter(Exists(Attendance.objects.standing().filter(visit=OuterRef("pk"))))

    def near(self, commune: Commune, day: dt.date):
        """Keep visits to ``commune`` within :data:`JOINT_DAYS` days of ``day``."""
        days = dt.timedelta(days=JOINT_DAYS)
        return self.filter(commune=commune, visited_on__range=(day - days, day + days))


class Visit(Entered):
    """One event in a commune. Who was there, and what they say of it, are its attendances."""

    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="visits"
    )
    visited_on = models.DateField("ngày", db_index=True)
    kind = models.CharField("việc", max_length=20, choices=VisitKind)
    outcome = models.CharField(
        "kết quả", max_length=10, choices=VisitOutcome, default=VisitOutcome.HELD
    )
    cell = models.ForeignKey(
        PartyCell,
        verbose_name="chi bộ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
    )
    cell_name = NameField(
        "chi bộ, nơi khác", max_length=120, blank=True, help_text="Khi danh sách chưa có."
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyến đi cơ sở"
        verbose_name_plural = "các chuyến đi cơ sở"
        ordering = ["-visited_on", "-pk"]
        indexes = [
            models.Index(name="assignments_visit_place_day", fields=["commune", "visited_on"]),
        ]
        constraints = [
            known("assignments_visit", "kind", VisitKind, "Việc đi cơ sở không hợp lệ."),
            known("assignments_visit", "outcome", VisitOutcome, "Kết quả không hợp lệ."),
            models.CheckConstraint(
                name="assignments_visit_one_cell",
                condition=Q(cell__isnull=True) | Q(cell_name=""),
                violation_error_message=CELL_ONCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.commune}, ngày {self.visited_on:%d/%m/%Y}"

    @property
    def cell_label(self) -> str:
        """Give the cell as it is written; "" when none."""
        return str(self.cell) if self.cell_id else self.cell_name

    @property
    def is_held(self) -> bool:
        return self.outcome == VisitOutcome.HELD

    def clean(self) -> None:
        if self.cell_id and self.commune_id and self.cell.commune_id != self.commune_id:
            raise ValidationError({"cell": OTHER_CELL})
        if self.cell_id and self.cell_name:
            raise ValidationError({"cell_name": CELL_ONCE})


class AttendanceQuerySet(models.QuerySet):
    """Attendances."""

    def visible_to(self, user: User):
        """Keep those of visits ``user`` may see, and those of their own officers."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        records = Attendance.objects.all()
        known = known_to(user, records, "visit__visited_on", "visit__commune")
        return self.filter(any_of([*known, records.of_user(user)]))

    def of_user(self, user: User):
        """Keep those of the officers a user acts for."""
        return self.filter(of_own_officer(user))

    def standing(self):
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def confirmed(self):
        """Keep what the officer (or the office) stands by: what counts."""
        return self.standing().filter(confirmed_at__isnull=False)

    def unconfirmed(self):
        """Keep what an assistant entered and nobody has confirmed."""
        return self.standing().filter(confirmed_at__isnull=True)

    def on_or_before(self, day: dt.date):
        """Keep what had happened by ``day``."""
        return self.filter(visit__visited_on__lte=day)

    def with_place(self):
        """Fetch who was at which visit, in the same query."""
        rows = self.select_related("officer", "visit__commune__district", "visit__cell")
        return rows.defer("visit__commune__boundary")

    def with_visit(self):
        """Fetch besides who entered and who confirmed it."""
        return self.with_place().select_related("entered_by", "confirmed_by")


class Attendance(Entered, Withdrawable):
    """One officer at one visit: whom they met, what they found, said and saw change.

    What an assistant entered waits for confirmation and does not count before: the officer answers
    for it. ``entry_key`` makes a form sent twice over a bad line one attendance.
    """

    visit = models.ForeignKey(
        Visit, verbose_name="chuyến đi", on_delete=models.PROTECT, related_name="attendances"
    )
    officer = models.ForeignKey(
        Officer, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="attendances"
    )
    met = NameField("đã gặp, làm việc với", max_length=300, blank=True)
    findings = LinesField("nội dung chính", blank=True)
    economy = LinesField("ý kiến về kinh tế - xã hội", blank=True)
    defence = LinesField("ý kiến về quốc phòng - an ninh", blank=True)
    politics = LinesField("ý kiến về xây dựng hệ thống chính trị", blank=True)
    promised = LinesField(
        "đã hứa, hẹn với địa phương", blank=True, help_text="Được nhắc lại trước chuyến đi sau."
    )
    area_change = LinesField("chuyển biến của địa bàn", blank=True)
    entry_key = models.UUIDField("mã lần gửi", default=uuid.uuid4, unique=True, editable=False)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người xác nhận",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt dự"
        verbose_name_plural = "các lượt dự"
        ordering = ["-visit__visited_on", "-pk"]
        indexes = [
            models.Index(
                name="assignments_waiting", fields=["officer"], condition=Q(confirmed_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="assignments_attendance_once",
                fields=("visit", "officer"),
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Chuyến đi này đã ghi cho cán bộ đó.",
            ),
            models.CheckConstraint(
                name="assignments_attendance_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                violation_error_message="Xác nhận phải ghi cả người và lúc xác nhận.",
            ),
            withdrawn_with_reason("assignments_attendance"),
        ]

    def __str__(self) -> str:
        return f"{self.officer.full_name}: {self.visit}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def entered_days_late(self) -> int:
        """Give how many days after the visit it was entered: shown, and no fault in itself."""
        return max(0, (timezone.localdate(self.entered_at) - self.visit.visited_on).days)


class MassOrganisationNote(models.Model):
    """The state of one mass organisation as an officer found it."""

    attendance = models.ForeignKey(
        Attendance,
        verbose_name="lượt dự",
        on_delete=models.PROTECT,
        related_name="organisation_notes",
    )
    organisation = models.CharField("đoàn thể", max_length=10, choices=MassOrganisation)
    note = LinesField("tình hình")

    class Meta:
        verbose_name = "tình hình đoàn thể"
        verbose_name_plural = "tình hình đoàn thể"
        ordering = ["pk"]
        constraints = [
            known(
                "assignments_massorganisationnote",
                "organisation",
                MassOrganisation,
                "Đoàn thể không hợp lệ.",
            ),
            models.UniqueConstraint(
                name="assignments_massorganisationnote_once",
                fields=("attendance", "organisation"),
                violation_error_message="Đoàn thể này đã ghi trong chuyến đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_organisation_display()}: {self.note[:60]}"


class VisitAttachmentQuerySet(models.QuerySet):
    """Files beside attendances."""

    def visible_to(self, user: User):
        """Keep those of visits ``user`` may see."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(attendance__in=Attendance.objects.visible_to(user).values("pk"))

    def standing(self):
        """Keep what was not taken back, nor its attendance."""
        return self.filter(withdrawn_at__isnull=True, attendance__withdrawn_at__isnull=True)


class VisitAttachment(StoredFile):
    """A file an officer brought back."""

    folder = "chuyen-di"

    attendance = models.ForeignKey(
        Attendance, verbose_name="lượt dự", on_delete=models.PROTECT, related_name="attachments"
    )

    objects = VisitAttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        ordering = ["pk"]
        constraints = [
            known("assignments_visitattachment", "kind", AttachmentKind, "Loại tệp không hợp lệ."),
            withdrawn_with_reason("assignments_visitattachment"),
        ]
