"""Filters of the audit log. A filter's name and choices are its parameters in the URL."""

from __future__ import annotations

import datetime as dt

import django_filters as filters
from django import forms
from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.forms import date_options
from reports.audit_log.searching import search

DAYS = 30  # shown unless other days are asked for
OURS = ("accounts", "communes", "assignments", "reports")
WITH, WITHOUT = "co", "khong"


def kinds() -> list[tuple[str, str]]:
    """Give the kinds of records rows speak of, as their keys begin, by name."""
    found = [
        (model._meta.label_lower, str(model._meta.verbose_name).capitalize())
        for app in OURS
        for model in apps.get_app_config(app).get_models()
    ]
    return sorted(found, key=lambda kind: kind[1])


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class AuditLogFilter(filters.FilterSet):
    """Which rows: those of the last days, unless days or one record's history are asked for."""

    tu = filters.DateFilter(method="since", **date_options("Từ ngày"))
    den = filters.DateFilter(method="until", **date_options("Đến hết ngày"))
    nguoi = filters.CharFilter(label="Người thực hiện", max_length=100, method="done_by")
    viec = filters.ChoiceFilter(
        label="Việc", field_name="verb", choices=Verb, empty_label="Mọi việc"
    )
    loai = filters.ChoiceFilter(
        label="Loại hồ sơ", choices=kinds, empty_label="Mọi loại", method="of_kind"
    )
    dia_chi = filters.CharFilter(
        label="Từ địa chỉ", field_name="address", lookup_expr="startswith", max_length=45
    )
    ly_do = filters.ChoiceFilter(
        label="Lý do",
        choices=[(WITH, "Có ghi lý do"), (WITHOUT, "Không ghi lý do")],
        empty_label="Tất cả",
        method="with_reason",
    )
    # For links from a record's own page, without a control.
    doi_tuong = filters.CharFilter(
        label="Mã hồ sơ", field_name="target_key", max_length=80, widget=forms.HiddenInput
    )

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        if not data.get("tu") and not data.get("doi_tuong"):
            first = kwargs["request"].as_of.day - dt.timedelta(days=DAYS - 1)
            data["tu"] = f"{first:%d/%m/%Y}"
        super().__init__(data, *args, **kwargs)

    def since(self, rows: QuerySet, name: str, day: dt.date) -> QuerySet:
        return rows.filter(at__gte=midnight(day))

    def until(self, rows: QuerySet, name: str, day: dt.date) -> QuerySet:
        return rows.filter(at__lt=midnight(day + dt.timedelta(days=1)))

    def done_by(self, rows: QuerySet, name: str, typed: str) -> QuerySet:
        return search(rows, typed, fields=("actor",))

    def of_kind(self, rows: QuerySet, name: str, kind: str) -> QuerySet:
        return rows.filter(target_key__startswith=f"{kind}:")

    def with_reason(self, rows: QuerySet, name: str, asked: str) -> QuerySet:
        return rows.exclude(reason="") if asked == WITH else rows.filter(reason="")
