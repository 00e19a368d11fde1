"""Filters of the register of numbered documents."""

from __future__ import annotations

import django_filters as filters
from django.http import HttpRequest

from reports.enums import DocumentKind
from reports.models import CommitteeTerm, IssuedDocument

STANDING, WITHDRAWN = "con", "da_rut"


def terms(request: HttpRequest | None):
    """Give the terms one may choose."""
    return (
        CommitteeTerm.objects.visible_to(request.user) if request else CommitteeTerm.objects.none()
    )


class DocumentFilter(filters.FilterSet):
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
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(STANDING, "Đang dùng"), (WITHDRAWN, "Đã rút số")],
        empty_label=None,
        method="by_state",
    )

    class Meta:
        model = IssuedDocument
        fields: list[str] = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        if not data.get("tinh_trang"):
            data["tinh_trang"] = STANDING
        super().__init__(data, *args, **kwargs)

    def by_state(self, rows, name, value):
        return rows.filter(withdrawn_at__isnull=value == STANDING)
