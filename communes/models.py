"""Places: districts and communes, each valid between two dates."""

from __future__ import annotations

import datetime as dt
import operator
from functools import reduce

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from communes import names
from communes.enums import CellKind, CommuneKind, DistrictKind
from communes.fields import NameField, SearchKeyField, SortKeyField
from communes.periods import NoOverlap, covers


def having_all_words(rows: models.QuerySet, query: str, keys: tuple[str, ...]) -> models.QuerySet:
    """Keep the rows whose search keys together have every word of ``query``, in any order."""
    for spellings in names.search_words(query):
        hits = (Q(**{f"{key}__contains": word}) for key in keys for word in spellings)
        rows = rows.filter(reduce(operator.or_, hits))
    return rows


class SearchableQuerySet(models.QuerySet):
    """Rows with a ``search_key``."""

    def search(self, query: str, *more_keys: str):
        """Keep the rows that have every word of ``query``, without accents, in any order.

        ``more_keys`` are search keys of related rows to look through as well.
        """
        return having_all_words(self, query, ("search_key", *more_keys))


class PlaceQuerySet(SearchableQuerySet):
    """Districts or communes."""

    def existing_on(self, day: dt.date):
        """Keep the units that existed on ``day``."""
        return self.filter(covers(day, "established_on", "dissolved_on"))


class Place(models.Model):
    """What a district and a commune have in common. The code is an attribute, not an identity:

    codes are reused for other units (DOMAIN §6.2).
    """

    code = models.CharField("mã ĐVHC", max_length=10, blank=True, db_index=True)
    name = NameField("tên (không ghi loại)", max_length=100)
    established_on = models.DateField(
        "thành lập từ ngày", null=True, blank=True, help_text="Bỏ trống nếu có từ trước."
    )
    dissolved_on = models.DateField(
        "không còn từ ngày", null=True, blank=True, help_text="Ngày đầu tiên không còn đơn vị này."
    )
    sort_key = SortKeyField(source="full_name", key=names.place_sort_key)
    search_key = SearchKeyField(sources=("full_name",))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Give kind and name: "Xã An Ninh". Wards sort before townships before rural communes."""
        return f"{self.get_kind_display()} {self.name}"

    def clean(self) -> None:
        if self.established_on and self.dissolved_on and self.dissolved_on <= self.established_on:
            raise ValidationError({"dissolved_on": "Ngày không còn phải sau ngày thành lập."})

    def exists_on(self, day: dt.date) -> bool:
        """Say whether the unit existed on ``day``."""
        return (self.established_on is None or self.established_on <= day) and (
            self.dissolved_on is None or day < self.dissolved_on
        )

    @property
    def name_in_sentence(self) -> str:
        """Give the name as it stands inside a sentence: "xã An Ninh"."""
        return f"{self.get_kind_display().lower()} {self.name}"


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


def place_constraints(model: str, identity: tuple[str, ...]) -> list[models.BaseConstraint]:
    """Give the constraints every kind of place has."""
    return [
        models.CheckConstraint(
            name=f"communes_{model}_dates_in_order",
            condition=Q(established_on__isnull=True)
            | Q(dissolved_on__isnull=True)
            | Q(dissolved_on__gt=F("established_on")),
            violation_error_message="Ngày không còn phải sau ngày thành lập.",
        ),
        NoOverlap(
            name=f"communes_{model}_identity",
            fields=identity,
            start="established_on",
            end="dissolved_on",
            violation_error_message="Đã có đơn vị cùng loại, cùng tên trong thời gian này.",
        ),
    ]


class District(Place):
    """A district-level unit. Nothing needs one: the level ended on 01/7/2025."""

    kind = models.CharField("loại", max_length=20, choices=DistrictKind)

    class Meta:
        verbose_name = "huyện, thị xã, thành phố"
        verbose_name_plural = "huyện, thị xã, thành phố"
        ordering = ["code", "sort_key", "pk"]
        constraints = [
            *place_constraints("district", ("sort_key",)),
            models.CheckConstraint(
                name="communes_district_kind_known",
                condition=Q(kind__in=DistrictKind.values),
                violation_error_message="Loại đơn vị không hợp lệ.",
            ),
        ]


class Commune(Place):
    """A commune-level unit; its Party committee is what officers are assigned to follow."""

    kind = models.CharField("loại", max_length=20, choices=CommuneKind)
    district = models.ForeignKey(
        District,
        verbose_name="huyện, thị xã, thành phố",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communes",
    )
    latitude = models.FloatField("vĩ độ trung tâm", null=True, blank=True)
    longitude = models.FloatField("kinh độ trung tâm", null=True, blank=True)
    # GeoJSON geometry; borders inside a later-merged commune are illustrative.
    boundary = models.JSONField("ranh giới", null=True, blank=True)

    class Meta:
        verbose_name = "xã, phường, thị trấn"
        verbose_name_plural = "xã, phường, thị trấn"
        ordering = ["district__code", "sort_key", "pk"]
        constraints = [
            *place_constraints("commune", ("district", "sort_key")),
            NoOverlap(
                name="communes_commune_identity_without_district",
                fields=("sort_key",),
                start="established_on",
                end="dissolved_on",
                condition=Q(district__isnull=True),
                violation_error_message="Đã có đơn vị cùng loại, cùng tên trong thời gian này.",
            ),
            models.CheckConstraint(
                name="communes_commune_kind_known",
                condition=Q(kind__in=CommuneKind.values),
                violation_error_message="Loại đơn vị không hợp lệ.",
            ),
        ]

    @property
    def party_body(self) -> str:
        """Give the name of its Party committee: "Đảng bộ xã An Ninh"."""
        return f"Đảng bộ {self.name_in_sentence}"


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
