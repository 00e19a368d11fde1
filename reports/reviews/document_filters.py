"""Filters of the register of numbered documents."""

from __future__ import annotations

import django_filters as filters
from django.http import HttpRequest

from reports.enums import DocumentKind
from reports.models import CommitteeTerm, IssuedDocument
from reports.reviews.standing_filter import StandingFilter, state_filter


def terms(request: HttpRequest | None):
    """Give the terms one may choose."""
    return (
        CommitteeTerm.objects.visible_to(request.user) if request else CommitteeTerm.objects.none()
    )


class DocumentFilter(StandingFilter):
    """Which documents: of which type, of which term, in use unless asked otherwise."""

    loai = filters.ChoiceFilter(
        label="Loại văn bản",
        field_name="kind",
        choices=DocumentKind.choices,
        empty_label="Mọi loại",
    )
    nhiem_ky = filters.ModelChoiceFilter(
        label="Nhiệm kỳ", field_name="term", queryset=terms, empty_label="Mọi nhiệm kỳ"
    )
    tinh_trang = state_filter("Đang dùng", "Đã rút số")

    class Meta:
        model = IssuedDocument
        fields: list[str] = []
