"""Lists that grow with history: found by keys first, counted so far, paged without an end.

Up to :attr:`LongTable.most` rows pages have numbers (``?trang=40``). Beyond, each leads to the
next by its last row (``?trang=sau-123``), so that no page costs more for lying deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from assignments.keyset import after, turned
from assignments.tables import EXPORT_CHUNK, PAGE, PAGE_SIZE, TableView

MOST = 10_000  # rows that are counted, and paged by number
AFTER, BEFORE = "sau", "truoc"
PLACE = re.compile(rf"({AFTER}|{BEFORE})-([0-9]{{1,18}})")


class LongPage(Page):
    """A page that may have no number (0), and leads to the rows beside its own."""

    has_before = has_after = False

    @property
    def newer(self) -> str | int | None:
        """Give ``?trang=`` of the page before this one; ``None`` where it is the first."""
        if self.number:
            return self.number - 1 if self.has_previous() else None
        return f"{BEFORE}-{self.object_list[0]}" if self.has_before and self.object_list else None

    @property
    def older(self) -> str | int | None:
        """Give ``?trang=`` of the page behind this one; ``None`` where it is the last."""
        if self.number and self.has_next():
            return self.number + 1
        goes_on = self.paginator.is_cut if self.number else self.has_after
        return f"{AFTER}-{self.object_list[-1]}" if goes_on else None


class BoundedPaginator(Paginator):
    """Pages through the first rows and counts no further: there may be millions."""

    most = MOST

    @cached_property
    def count(self) -> int:
        return min(self.reached, self.most)

    @cached_property
    def reached(self) -> int:
        return self.object_list.order_by()[: self.most + 1].count()

    @property
    def is_cut(self) -> bool:
        return self.reached > self.most

    def _get_page(self, *args, **kwargs) -> LongPage:
        return LongPage(*args, **kwargs)


class LongTable(TableView):
    """A list of records that history adds to. Subclasses give :meth:`told` besides.

    ``scoped()`` gives the rows with what filters and columns to sort by need, no more.
    """

    paginator_class = BoundedPaginator
    pages_template = "components/long_pages.html"

    def told(self, rows: QuerySet) -> QuerySet:
        """Fetch with ``rows``, known by their keys alone, what their cells tell."""
        raise NotImplementedError

    def records_of(self, keys: list[Any]) -> list[Any]:
        """Give the records with ``keys``, which are of :meth:`scoped`, in that order."""
        found = self.told(self.object_list.model._default_manager.all()).in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def records(self) -> Iterator[Any]:
        self.object_list = self.get_queryset()
        keys = self.object_list.values_list("pk", flat=True).iterator(chunk_size=EXPORT_CHUNK)
        while some := list(islice(keys, EXPORT_CHUNK)):
            yield from self.records_of(some)

    def records_on(self, page: Page) -> list[Any]:
        return self.records_of(page.object_list)

    def page(self) -> LongPage:
        paginator = self.paginator_class(self.object_list.values_list("pk", flat=True), PAGE_SIZE)
        asked = self.request.GET.get(PAGE, "")
        place = PLACE.fullmatch(asked)
        page = place and self.beside(paginator, int(place[2]), is_back=place[1] == BEFORE)
        page = page or paginator.get_page(asked)
        page.object_list = list(page.object_list)
        return page

    def beside(self, paginator: Paginator, key: int, *, is_back: bool) -> LongPage | None:
        """Give the rows before or after the one with ``key``; ``None`` if it is not there."""
        rows = turned(paginator.object_list) if is_back else paginator.object_list
        found = after(rows, self.scoped().filter(pk=key))
        if found is None:
            return None
        keys = list(found[: PAGE_SIZE + 1])
        goes_on, keys = len(keys) > PAGE_SIZE, keys[:PAGE_SIZE]
        page = LongPage(keys[::-1] if is_back else keys, 0, paginator)
        page.has_before, page.has_after = (goes_on, True) if is_back else (True, goes_on)
        return page
