"""What the office keeps lists of: the fields of petitions, and the bodies that can resolve them."""

from __future__ import annotations

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from assignments.models.entries import known
from communes.fields import NameField, SearchKeyField
from communes.models import SearchableQuerySet
from communes.periods import covers
from reports.enums import BodyLevel

MOST_DAYS = 366


class CatalogueQuerySet(SearchableQuerySet):
    """Rows of a list the office keeps; every user may know of them."""

    def visible_to(self, user: User):
        """Keep all for who is logged in."""
        return self if user.is_authenticated else self.none()


class CompetentBodyQuerySet(CatalogueQuerySet):
    """Competent bodies."""

    def existing_on(self, day: dt.date):
        """Keep those a petition can be routed to on ``day``."""
        return self.filter(covers(day))


class CompetentBody(models.Model):
    """A body that can resolve petitions. One that is merged into another ends; it is not lost."""

    name = NameField("tên cơ quan", max_length=150)
    level = models.CharField("cấp", max_length=10, choices=BodyLevel, default=BodyLevel.SECTOR)
    started_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField(
        "thôi hoạt động từ ngày",
        null=True,
        blank=True,
        help_text="Ngày đầu tiên không còn cơ quan này.",
    )
    search_key = SearchKeyField(sources=("name",))

    objects = CompetentBodyQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan có thẩm quyền"
        verbose_name_plural = "cơ quan có thẩm quyền"
        ordering = ["name", "pk"]
        constraints = [
            known("reports_competentbody", "level", BodyLevel, "Cấp không hợp lệ."),
            models.CheckConstraint(
                name="reports_competentbody_dates_in_order",
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gt=F("started_on")),
                violation_error_message="Ngày thôi hoạt động phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                name="reports_competentbody_once",
                fields=("name",),
                violation_error_message="Đã có cơ quan này trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_commune(self) -> bool:
        """Say whether days spent there are the commune's own."""
        return self.level == BodyLevel.COMMUNE


class PetitionFieldQuerySet(CatalogueQuerySet):
    """Fields."""

    def in_use(self):
        """Keep those offered for new petitions."""
        return self.filter(is_in_use=True)


class PetitionField(models.Model):
    """What petitions are about (DOMAIN R29), with who usually resolves them and within how long."""

    name = NameField("lĩnh vực", max_length=100)
    order = models.PositiveSmallIntegerField("thứ tự", default=100)
    body = models.ForeignKey(
        CompetentBody,
        verbose_name="thường chuyển đến",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fields",
    )
    limit_days = models.PositiveSmallIntegerField(
        "thời hạn (ngày)",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text="Số ngày từ khi chuyển đến hạn trả lời.",
    )
    words = NameField(
        "từ thường gặp",
        max_length=300,
        blank=True,
        help_text="Cách nhau bằng dấu phẩy; dùng để gợi ý lĩnh vực từ nội dung kiến nghị.",
    )
    is_in_use = models.BooleanField("đang dùng", default=True)
    search_key = SearchKeyField(sources=("name",))

    objects = PetitionFieldQuerySet.as_manager()

    class Meta:
        verbose_name = "lĩnh vực kiến nghị"
        verbose_name_plural = "lĩnh vực kiến nghị"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_petitionfield_limit_plausible",
                condition=Q(limit_days__range=(1, MOST_DAYS)),
                violation_error_message=f"Thời hạn phải từ 1 đến {MOST_DAYS} ngày.",
            ),
            models.UniqueConstraint(
                name="reports_petitionfield_once",
                fields=("name",),
                violation_error_message="Đã có lĩnh vực này trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
