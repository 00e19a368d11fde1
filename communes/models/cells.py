"""Party cells of communes, and whom to call there."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from communes import names
from communes.enums import CellKind
from communes.fields import NameField, SearchKeyField, SortKeyField
from communes.models.places import Commune, SearchableQuerySet
from communes.periods import NoOverlap, covers


class PartyCellQuerySet(SearchableQuerySet):
    """Party cells."""

    def existing_on(self, day: dt.date):
        """Keep the cells that existed on ``day``."""
        return self.filter(covers(day))


class ContactQuerySet(models.QuerySet):
    """Contacts of communes."""

    def valid_on(self, day: dt.date):
        """Keep whom one may call on ``day``."""
        return self.filter(covers(day))


class Lasting:
    """What a record from ``started_on`` up to, not including, ``ended_on`` says of itself."""

    @property
    def last_day(self) -> dt.date | None:
        """Give the last day ("đến hết ngày"), or ``None`` while open."""
        return self.ended_on - dt.timedelta(days=1) if self.ended_on else None

    def exists_on(self, day: dt.date) -> bool:
        """Say whether ``day`` lies in it (an open start counts)."""
        is_begun = self.started_on is None or self.started_on <= day
        return is_begun and (self.ended_on is None or day < self.ended_on)


class PartyCell(Lasting, models.Model):
    """A Party cell (chi bộ) of a commune. When hamlets merge it ends, with the reason."""

    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="cells"
    )
    kind = models.CharField("loại", max_length=20, choices=CellKind, default=CellKind.HAMLET)
    name = NameField("tên (không ghi loại)", max_length=100)
    started_on = models.DateField(
        "thành lập từ ngày", null=True, blank=True, help_text="Bỏ trống nếu có từ trước."
    )
    ended_on = models.DateField(
        "không còn từ ngày", null=True, blank=True, help_text="Ngày đầu tiên không còn chi bộ này."
    )
    end_note = NameField(
        "lý do không còn", max_length=300, blank=True, help_text="Ví dụ: nhập vào ấp 3."
    )
    former = models.ForeignKey(
        "self",
        verbose_name="chi bộ trước khi sắp xếp",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="later",
    )
    sort_key = SortKeyField(source="place", key=names.place_sort_key)
    search_key = SearchKeyField(sources=("place",))

    objects = PartyCellQuerySet.as_manager()

    class Meta:
        verbose_name = "chi bộ"
        verbose_name_plural = "chi bộ ấp, khóm"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communes_partycell_kind_known",
                condition=Q(kind__in=CellKind.values),
                violation_error_message="Loại chi bộ không hợp lệ.",
            ),
            models.CheckConstraint(
                name="communes_partycell_dates_in_order",
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gt=F("started_on")),
                violation_error_message="Ngày không còn phải sau ngày thành lập.",
            ),
            models.CheckConstraint(
                name="communes_partycell_ended_with_reason",
                condition=Q(ended_on__isnull=True, end_note="")
                | Q(ended_on__isnull=False) & ~Q(end_note=""),
                violation_error_message="Ngày không còn và lý do phải ghi cùng nhau.",
            ),
            NoOverlap(
                name="communes_partycell_identity",
                fields=("commune", "sort_key"),
                violation_error_message="Đảng bộ này đã có chi bộ cùng tên trong thời gian đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"Chi bộ {self.place[:1].lower()}{self.place[1:]}"

    @property
    def place(self) -> str:
        """Give where it is: "Ấp 3"."""
        return f"{self.get_kind_display()} {self.name}"

    def clean(self) -> None:
        if self.started_on and self.ended_on and self.ended_on <= self.started_on:
            raise ValidationError({"ended_on": "Ngày không còn phải sau ngày thành lập."})


class Contact(Lasting, models.Model):
    """Whom to call at a commune's Party committee before going there."""

    commune = models.ForeignKey(
        Commune, verbose_name="Đảng bộ", on_delete=models.PROTECT, related_name="contacts"
    )
    full_name = NameField("họ và tên", max_length=120)
    office = NameField("chức vụ", max_length=200, blank=True)
    phone = NameField("điện thoại", max_length=30, blank=True)
    rank = models.PositiveSmallIntegerField("thứ tự", default=1, help_text="Số nhỏ đứng trước.")
    started_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField(
        "thôi từ ngày", null=True, blank=True, help_text="Ngày đầu tiên không còn liên hệ được."
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "đầu mối liên hệ"
        verbose_name_plural = "đầu mối liên hệ"
        ordering = ["rank", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communes_contact_dates_in_order",
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gt=F("started_on")),
                violation_error_message="Ngày thôi phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.full_name, self.office) if part)

    def clean(self) -> None:
        if self.started_on and self.ended_on and self.ended_on <= self.started_on:
            raise ValidationError({"ended_on": "Ngày thôi phải sau ngày bắt đầu."})
