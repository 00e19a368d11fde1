"""Which records of a list stand: those that were taken back are shown only when asked for."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet

STANDING, WITHDRAWN = "con", "da_rut"


def state_filter(standing: str, withdrawn: str) -> filters.ChoiceFilter:
    """Give the choice ``tinh_trang`` of a :class:`StandingFilter` in the list's own words."""
    return filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(STANDING, standing), (WITHDRAWN, withdrawn)],
        empty_label=None,
        method="by_state",
    )


class StandingFilter(filters.FilterSet):
    """Filters of records that may be taken back; subclasses have ``tinh_trang``."""

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        if not data.get("tinh_trang"):
            data["tinh_trang"] = STANDING
        super().__init__(data, *args, **kwargs)

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(withdrawn_at__isnull=value == STANDING)
