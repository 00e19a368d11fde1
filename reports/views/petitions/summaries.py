"""What the tables that sum petitions up have in common."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from assignments.tables import TableView
from reports.models import Petition
from reports.petitions.columns import with_standing
from reports.petitions.finding import find_petitions
from reports.petitions.summary import list_address


class SummaryTable(TableView):
    """A table whose rows are computed from petitions; subclasses make them.

    A row has an attribute for every column that sorts.
    """

    search_hint = "Nội dung, xã, huyện (gõ không dấu cũng được)"
    reads_units = True

    @property
    def heading(self) -> str:
        return self.title

    def scoped(self) -> QuerySet[Petition]:
        rows = Petition.objects.visible_to(self.request.user).standing().on(self.day)
        return with_standing(rows, self.day)

    def search(self, rows, query):
        return find_petitions(rows, query, self.reading)

    def ordered(self, rows):
        """Leave the petitions as they are: the rows made of them are sorted."""
        return rows.order_by()

    @cached_property
    def petitions(self) -> QuerySet[Petition]:
        """Give the petitions that are summed up."""
        return super().get_queryset()

    def rows_made(self) -> list[Any]:
        """Give the rows, in the order of those that are equal."""
        raise NotImplementedError

    def get_queryset(self) -> list[Any]:
        key, is_descending = self.sort

        def value(row: Any) -> int:
            return getattr(row, key) or 0

        return sorted(self.rows_made(), key=value, reverse=is_descending)

    def records(self) -> list[Any]:
        return self.get_queryset()

    def address(self, **query: object) -> str:
        """Give the list of petitions as narrowed down here, and by ``query``."""
        return list_address(self.request, **query)
