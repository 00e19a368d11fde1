"""Places: districts and communes, each valid between two dates."""

from __future__ import annotations

import datetime as dt
import operator
from functools import reduce

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from communes import names
from communes.enums import CommuneKind, DistrictKind
from communes.fields import NameField, SearchKeyField, SortKeyField
from communes.periods import NoOverlap, covers

# Django's own look-up makes this anew at every call, and names are asked for by every cell.
KINDS = dict([*CommuneKind.choices, *DistrictKind.choices])


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
        return f"{KINDS.get(self.kind, self.kind)} {self.name}"

    def clean(self) -> None:
        if self.established_on and self.dissolved_on and self.dissolved_on <= self.established_on:
            raise ValidationError({"dissolved_on": "Ngày không còn phải sau ngày thành lập."})

    def exists_on(self, day: dt.date) -> bool:
        """Say whether the unit existed on ``day``."""
        return (self.established_on is None or self.established_on <= day) and (
            self.dissolved_on is None or day < self.dissolved_on
        )

    @property
    def last_day(self) -> dt.date | None:
        """Give the last day there is such a unit; ``None`` while no end is known."""
        return self.dissolved_on - dt.timedelta(days=1) if self.dissolved_on else None

    @property
    def dated_name(self) -> str:
        """Give the name among others to choose from, with the last day where an end is known.

        A new unit may bear the name of one that went into it.
        """
        until = f" (đến {self.last_day:%d/%m/%Y})" if self.last_day else ""
        return f"{self.full_name}{until}"

    @property
    def name_in_sentence(self) -> str:
        """Give the name as it stands inside a sentence: "xã An Ninh"."""
        return f"{self.get_kind_display().lower()} {self.name}"


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


class AreaQuerySet(models.QuerySet):
    """Areas."""

    def standing(self):
        """Keep what may still be chosen."""
        return self.filter(is_retired=False)


class Area(models.Model):
    """An office's own grouping of communes ("Khu vực ven biển"), where districts are no more.

    A way to look at the province, not a fact of it: it has no history, and a commune has one or
    none.
    """

    name = NameField("tên khu vực", max_length=100)
    rank = models.PositiveSmallIntegerField("thứ tự", default=1, help_text="Số nhỏ đứng trước.")
    is_retired = models.BooleanField("không dùng nữa", default=False)
    sort_key = SortKeyField(source="name", key=names.place_sort_key)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "khu vực"
        verbose_name_plural = "khu vực"
        ordering = ["rank", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="communes_area_name",
                fields=["name"],
                violation_error_message="Đã có khu vực cùng tên.",
            )
        ]

    def __str__(self) -> str:
        return self.name


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
    area = models.ForeignKey(
        Area,
        verbose_name="khu vực",
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
