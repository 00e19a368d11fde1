"""Officers, the decisions that assign them, and who follows which commune from when to when."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts import clock
from accounts.enums import Permission, Role
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import COVERING_ROLES, AssignmentRole, EndReason, OfficerGroup
from assignments.uploads import check_scan
from communes import names
from communes.fields import NameField, SearchKeyField, SortKeyField
from communes.models import Commune, Descent, SearchableQuerySet
from communes.periods import NoOverlap, covers

ORDER_SENTENCE = "Ngày thôi phải sau ngày bắt đầu."
FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR = 1900, 2100


def has_any(assignments: AssignmentQuerySet) -> Q:
    """Give the condition that an officer has one of ``assignments``."""
    return Q(models.Exists(assignments.filter(officer=models.OuterRef("pk"))))


class OfficerQuerySet(SearchableQuerySet):
    """Officers."""

    def selectable_on(self, day: dt.date):
        """Keep officers who may be given an assignment from ``day``: those in post that day."""
        return self.filter(covers(day, "joined_on", "left_on"))

    def of_user(self, user: User):
        """Keep the officers a user acts for: themselves, or those they assist."""
        if user.role == Role.ASSISTANT:
            return self.filter(assistants=user)
        return self.filter(user=user)

    def visible_to(self, user: User):
        """Keep what ``user`` may know of: all, or their own officers and those met in communes.

        An officer's or assistant's view reaches whoever followed one of their communes before
        the end of their own time there.
        """
        if allowed(user, Permission.VIEW_ALL):
            return self
        met = Assignment.objects.visible_to(user).filter(officer=models.OuterRef("pk"))
        own = Officer.objects.of_user(user).values("pk")
        return self.filter(models.Exists(met) | Q(pk__in=own))

    def in_rank_order(self):
        """Sort as Party lists do: protocol rank first, then by name."""
        return self.order_by(F("protocol_rank").asc(nulls_last=True), "sort_key", "pk")


class Officer(models.Model):
    """A cán bộ who is, was, or may be assigned to follow communes."""

    full_name = NameField("họ và tên", max_length=120)
    birth_year = models.PositiveSmallIntegerField(
        "năm sinh",
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_BIRTH_YEAR), MaxValueValidator(LAST_BIRTH_YEAR)],
    )
    group = models.CharField("nhóm cán bộ", max_length=20, choices=OfficerGroup)
    party_office = NameField("chức vụ đảng", max_length=200, blank=True)
    office = NameField("chức vụ, đơn vị công tác", max_length=300, blank=True)
    protocol_rank = models.PositiveIntegerField(
        "thứ tự chức danh", null=True, blank=True, help_text="Số nhỏ đứng trước."
    )
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="tài khoản",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="officer",
    )
    assistants = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name="thư ký giúp việc",
        blank=True,
        limit_choices_to={"role": Role.ASSISTANT},
        related_name="assisted_officers",
    )
    joined_on = models.DateField("bắt đầu công tác từ ngày", null=True, blank=True)
    left_on = models.DateField(
        "thôi công tác từ ngày",
        null=True,
        blank=True,
        help_text="Ngày đầu tiên không còn công tác.",
    )
    leave_reason = models.CharField(
        "lý do thôi công tác", max_length=20, choices=EndReason, blank=True
    )
    note = models.TextField("ghi chú", blank=True)
    sort_key = SortKeyField(source="full_name", key=names.person_sort_key, db_index=True)
    search_key = SearchKeyField(sources=("full_name", "party_office", "office"))

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assignments_officer_group_known",
                condition=Q(group__in=OfficerGroup.values),
                violation_error_message="Nhóm cán bộ không hợp lệ.",
            ),
            models.CheckConstraint(
                name="assignments_officer_birth_year_plausible",
                condition=Q(birth_year__isnull=True)
                | Q(birth_year__range=(FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR)),
                violation_error_message="Năm sinh không hợp lệ.",
            ),
            models.CheckConstraint(
                name="assignments_officer_dates_in_order",
                condition=Q(joined_on__isnull=True)
                | Q(left_on__isnull=True)
                | Q(left_on__gt=F("joined_on")),
                violation_error_message="Ngày thôi công tác phải sau ngày bắt đầu công tác.",
            ),
            models.CheckConstraint(
                name="assignments_officer_left_with_reason",
                condition=Q(left_on__isnull=True, leave_reason="")
                | Q(left_on__isnull=False, leave_reason__in=EndReason.values),
                violation_error_message=(
                    "Ngày thôi công tác và lý do thôi công tác phải ghi cùng nhau."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.birth_year})" if self.birth_year else self.full_name

    @property
    def position(self) -> str:
        """Give all offices joined by commas, the Party's first (DOMAIN §3.2)."""
        return ", ".join(part for part in (self.party_office, self.office) if part)

    def clean(self) -> None:
        if self.joined_on and self.left_on and self.left_on <= self.joined_on:
            raise ValidationError({"left_on": "Ngày thôi công tác phải sau ngày bắt đầu công tác."})


class DecisionQuerySet(SearchableQuerySet):
    """Decisions."""

    def visible_to(self, user: User):
        """Keep what ``user`` may see: all, or what opened or closed an assignment they see."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        seen = Assignment.objects.visible_to(user)
        opened = seen.filter(opening_decision=models.OuterRef("pk"))
        closed = seen.filter(closing_decision=models.OuterRef("pk"))
        return self.filter(models.Exists(opened) | models.Exists(closed))


class Decision(models.Model):
    """A decision of the Standing Committee that opens or closes assignments."""

    number = NameField("số quyết định", max_length=60)
    signed_on = models.DateField(
        "ngày ký", null=True, blank=True, help_text="Bỏ trống nếu danh sách nguồn không ghi."
    )
    signer = NameField("người ký", max_length=120, blank=True)
    subject = NameField("trích yếu", max_length=300, blank=True)
    file = models.FileField(
        "bản quét",
        upload_to="quyet-dinh/%Y/",
        blank=True,
        validators=[check_scan],
    )
    search_key = SearchKeyField(sources=("number", "subject"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định"
        verbose_name_plural = "quyết định"
        ordering = [F("signed_on").desc(nulls_last=True), "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="assignments_decision_number_and_date",
                fields=("number", "signed_on"),
                violation_error_message="Đã có quyết định cùng số, cùng ngày ký.",
            ),
            models.UniqueConstraint(
                name="assignments_decision_number_undated",
                fields=("number",),
                condition=Q(signed_on__isnull=True),
                violation_error_message="Đã có quyết định cùng số, chưa ghi ngày ký.",
            ),
        ]

    def __str__(self) -> str:
        if self.signed_on is None:
            return f"số {self.number}"
        return f"số {self.number}, ngày {self.signed_on:%d/%m/%Y}"


class AssignmentQuerySet(models.QuerySet):
    """Assignments."""

    def active_on(self, day: dt.date):
        """Keep assignments in force on ``day``."""
        return self.filter(covers(day))

    def covering(self):
        """Keep the roles that make a commune covered."""
        return self.filter(role__in=COVERING_ROLES)

    def started_by(self, day: dt.date):
        """Keep what had begun by ``day``: the history as it stood then."""
        return self.filter(started_on__lte=day)

    def of_user(self, user: User):
        """Keep the assignments of the officers a user acts for."""
        return self.filter(officer__in=Officer.objects.of_user(user).values("pk"))

    def following(self, commune: Commune | int, day: dt.date):
        """Keep the assignments of ``day`` to ``commune`` or to the unit that stands for it then.

        They are whose business is what was left open in a unit that was merged meanwhile.
        """
        heir = Descent.objects.main().on(day).filter(old=commune).values("new")
        return self.active_on(day).filter(Q(commune=commune) | Q(commune__in=heir))

    def reaching(self, commune: str, day: str | None = None) -> Q:
        """Give the condition that one of these tells its officer of the commune at ``commune``.

        It is of that commune or, since a reorganisation took effect, of a unit that came of it or
        of a part of it. With ``day``, a column: it had not ended by the day there.
        """
        place = models.OuterRef(commune)
        rows = self
        if day:
            rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=models.OuterRef(day)))
        inherited = rows.filter(
            commune__origins__old=place, commune__origins__started_on__lte=clock.today()
        )
        return Q(models.Exists(rows.filter(commune=place))) | Q(models.Exists(inherited))

    def visible_to(self, user: User):
        """Keep what ``user`` may see: all; or, in own communes, whatever began before they left."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(Assignment.objects.of_user(user).reaching("commune", "started_on"))

    def with_parties(self):
        """Fetch what every row of a list shows, in the same query."""
        return self.select_related(
            "officer", "commune__district", "opening_decision", "closing_decision"
        ).defer("commune__boundary")


class Assignment(models.Model):
    """An officer follows a commune from ``started_on`` up to, not including, ``ended_on``."""

    officer = models.ForeignKey(
        Officer, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="assignments"
    )
    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(
        "vai trò", max_length=10, choices=AssignmentRole, default=AssignmentRole.MAIN
    )
    started_on = models.DateField("từ ngày", db_index=True)
    ended_on = models.DateField(
        "thôi từ ngày",
        null=True,
        blank=True,
        db_index=True,
        help_text="Ngày đầu tiên không còn phụ trách.",
    )
    opening_decision = models.ForeignKey(
        Decision,
        verbose_name="quyết định phân công",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opened_assignments",
    )
    closing_decision = models.ForeignKey(
        Decision,
        verbose_name="quyết định thôi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="closed_assignments",
    )
    end_reason = models.CharField("lý do thôi", max_length=20, choices=EndReason, blank=True)
    note = models.TextField("ghi chú", blank=True)
    entered_at = models.DateTimeField("nhập lúc", default=clock.now, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["-started_on", "pk"]
        indexes = [
            models.Index(
                name="assignments_commune_period", fields=["commune", "started_on", "ended_on"]
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="assignments_assignment_role_known",
                condition=Q(role__in=AssignmentRole.values),
                violation_error_message="Vai trò phân công không hợp lệ.",
            ),
            models.CheckConstraint(
                name="assignments_assignment_dates_in_order",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=ORDER_SENTENCE,
            ),
            models.CheckConstraint(
                name="assignments_assignment_ended_with_reason",
                condition=Q(ended_on__isnull=True, end_reason="")
                | Q(ended_on__isnull=False, end_reason__in=EndReason.values),
                violation_error_message="Ngày thôi và lý do thôi phải ghi cùng nhau.",
            ),
            models.CheckConstraint(
                name="assignments_assignment_closing_decision_needs_end",
                condition=Q(closing_decision__isnull=True) | Q(ended_on__isnull=False),
                violation_error_message="Có quyết định thôi thì phải có ngày thôi.",
            ),
            NoOverlap(
                name="assignments_assignment_one_main_officer",
                fields=("commune",),
                condition=Q(role=AssignmentRole.MAIN),
                violation_error_message=(
                    "Đảng bộ này đã có cán bộ phụ trách chính trong thời gian đó."
                ),
            ),
            NoOverlap(
                name="assignments_assignment_one_cover",
                fields=("commune",),
                condition=Q(role=AssignmentRole.COVER),
                violation_error_message=(
                    "Đảng bộ này đã có cán bộ phụ trách tạm thời trong thời gian đó."
                ),
            ),
            NoOverlap(
                name="assignments_assignment_officer_once_per_commune",
                fields=("officer", "commune"),
                violation_error_message=(
                    "Cán bộ này đã được phân công ở Đảng bộ đó trong cùng thời gian."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.full_name} – {self.commune}"

    @property
    def last_day(self) -> dt.date | None:
        """Give the last day in force ("đến hết ngày"), or ``None`` while open."""
        return self.ended_on - dt.timedelta(days=1) if self.ended_on else None

    def is_active_on(self, day: dt.date) -> bool:
        """Say whether the assignment is in force on ``day``."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)

    def clean(self) -> None:
        errors = {}
        if self.started_on and self.ended_on and self.ended_on <= self.started_on:
            errors["ended_on"] = ORDER_SENTENCE
        if self._state.adding and self.started_on and self.commune_id and self.officer_id:
            errors |= self.eligibility_errors()
        if errors:
            raise ValidationError(errors)

    def eligibility_errors(self) -> dict[str, str]:
        """Say why officer and commune cannot be joined from ``started_on``.

        Asked when an assignment opens, never when it closes: a person who has left, or a unit
        that was dissolved, must not keep a record from being ended.
        """
        errors = {}
        if not self.commune.exists_on(self.started_on):
            errors["commune"] = f"{self.commune} không tồn tại ngày {self.started_on:%d/%m/%Y}."
        left = self.officer.left_on
        if left and left <= self.started_on:
            errors["officer"] = (
                f"Đồng chí {self.officer.full_name} đã thôi công tác từ {left:%d/%m/%Y}."
            )
        joined = self.officer.joined_on
        if joined and joined > self.started_on:
            errors["officer"] = f"Đồng chí {self.officer.full_name} công tác từ {joined:%d/%m/%Y}."
        return errors
