"""Lists: columns declared once, shown on the page and written to the Excel file alike.

A :class:`TableView` is a list with filters, search, sort and pages in the URL:
``?tim=`` searches, ``?sap=ten`` or ``?sap=-ten`` sorts, ``?trang=2`` pages, ``?ngay=`` is the day,
``?don_vi=cu`` reads the records under the units they were recorded in,
``?xuat=xlsx`` downloads the rows of all pages exactly as filtered and sorted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable, OrderBy
from django.http import HttpRequest, HttpResponse
from django.views.generic import ListView

from accounts import clock
from accounts.enums import Permission
from accounts.models import SavedView
from accounts.permissions import allowed
from assignments.spreadsheets import Kind, Sheet, workbook_response
from communes.as_of import PARAMETER as DAY
from communes.lineage import OLD, Reading
from communes.lineage import PARAMETER as UNITS

SEARCH, SORT, PAGE, EXPORT = "tim", "sap", "trang", "xuat"
PAGE_SIZE = 50
NO_FIGURE = ""
BY_DISTRICT = ", huyện"  # in a hint of what can be searched for
EXPORT_CHUNK = 1_000  # rows in memory while a file is written


@dataclass(frozen=True)
class State:
    """A state told by sign, word and tone together, never by colour alone."""

    sign: str
    word: str
    tone: str  # ok, due, short, none: the component's colour

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True)
class Action:
    """Something that can be done with a row: a link under a word, and what it is about."""

    word: str
    url: str
    about: str


@dataclass(frozen=True)
class Column:
    """One column: how a row gives its value, where the value leads, how it sorts.

    ``value`` gives text, a number, a date, a :class:`State` or ``None``; ``detail`` a second,
    quieter line on the page (a column of its own in Excel when ``detail_label`` names it), which
    stands out where it is a :class:`State`.
    """

    key: str
    label: str
    value: Callable[[Any], object]
    kind: Kind = Kind.TEXT
    sort: tuple[str | F | OrderBy, ...] = ()
    url: Callable[[Any], str | None] | None = None
    detail: Callable[[Any], str | State] | None = None
    detail_label: str = ""
    width: int = 16  # of the Excel column, in characters
    # Remarks and reasons are the office's: officers and assistants see neither column nor detail.
    is_internal: bool = False
    is_detail_internal: bool = False
    total: bool = False  # its numbers add up: Excel gets a row of totals
    holds_actions: bool = False  # its values are tuples of Action: on the page only
    brief: Callable[[Any], str] | None = None  # what the page shows of a long value
    is_file_only: bool = False  # in Excel, with no room on the page
    # The key of the figure its numbers are slices of: its meaning stands in the head. Every column
    # of numbers says so, or that it counts nothing (days, ranks): NO_FIGURE.
    figure: str = ""

    def without_internal_detail(self) -> Column:
        """Give the column as those see it who do not see everything."""
        return replace(self, detail=None, detail_label="") if self.is_detail_internal else self


@dataclass(frozen=True)
class Cell:
    """A column's value for one row, ready for the template."""

    column: Column
    value: object
    url: str | None = None
    detail: str | State = ""


@dataclass(frozen=True)
class Row:
    """A row of the page: the record itself, its cells, whether it may be ticked."""

    record: Any
    cells: list[Cell]
    may_tick: bool = True


def page_row(record: Any, columns: Sequence[Column], *, may_tick: bool = True) -> Row:
    return Row(
        record,
        [
            Cell(
                column,
                (column.brief or column.value)(record),
                column.url(record) if column.url else None,
                column.detail(record) if column.detail else "",
            )
            for column in columns
        ],
        may_tick,
    )


def sheet_columns(columns: Iterable[Column]) -> list[Column]:
    """Give the columns of the file: each detail with a label becomes a column of its own."""
    result = []
    for column in columns:
        if column.holds_actions:
            continue
        result.append(column)
        if column.detail and column.detail_label:
            result.append(
                Column(f"{column.key}_detail", column.detail_label, column.detail, width=30)
            )
    return result


def ordered_by(
    model: type[Model], expression: str | Combinable | OrderBy, *, is_descending: bool
) -> OrderBy:
    """Give a sort expression with its direction; nulls stay last, unless it says where they go.

    Of a column that is never null no word is said of nulls: so its index serves both ways.
    """
    if isinstance(expression, OrderBy):
        nulls_last, expression = expression.nulls_last, expression.expression
    else:
        nulls_last = may_be_null(model, expression) or None
    expression = F(expression) if isinstance(expression, str) else expression
    return OrderBy(expression, descending=is_descending, nulls_last=nulls_last)


def may_be_null(model: type[Model], expression: str | Combinable) -> bool:
    """Say whether a column, or a relation on the way to it, may be null; or whether none knows."""
    path = expression.name if isinstance(expression, F) else expression
    if not isinstance(path, str):
        return True
    for name in path.split("__"):
        fields = {field.name: field for field in model._meta.concrete_fields}
        if name not in fields or fields[name].null:
            return True
        model = fields[name].related_model
    return False


def in_words(field: forms.Field, value: object) -> str:
    """Give what a filter was set to as people read it."""
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return str(dict(getattr(field, "choices", ())).get(value, value))


class TableView(ListView):
    """A list page. Subclasses give ``columns``, ``filterset_class``, titles and ``scoped()``."""

    columns: tuple[Column, ...] = ()
    filterset_class: type | None = None
    title = ""
    noun = ""  # what the rows are, for "109 Đảng bộ"
    file_name = ""
    default_sort = ""
    search_hint = "Tìm (gõ không dấu cũng được)"
    template_name = "list.html"
    pages_template = "components/pages.html"
    # Its rows, columns or filters name communes: it can be read under the new units or the old.
    reads_units = False

    @property
    def reading(self) -> Reading:
        return Reading.of(self.request)

    @property
    def day(self) -> dt.date:
        return self.request.as_of.day

    @property
    def has_districts(self) -> bool:
        """Say whether communes are in districts as the list is read."""
        return bool(self.reading.districts)

    @property
    def hint(self) -> str:
        """Give what can be searched for: no districts where there are none."""
        is_without = self.reads_units and not self.has_districts
        return self.search_hint.replace(BY_DISTRICT, "") if is_without else self.search_hint

    @property
    def heading(self) -> str:
        """Give what stands above the rows of the file."""
        return f"Danh sách {self.title.lower()}"

    def scoped(self) -> QuerySet:
        """Give the rows this user may see on this day, before filters."""
        raise NotImplementedError

    def search(self, rows: QuerySet, query: str) -> QuerySet:
        return rows.search(query)

    def may_tick(self, record: Any) -> bool:
        """Say whether a row takes part in what is done with several, where boxes are shown."""
        return True

    @cached_property
    def filterset(self):
        return self.filterset_class(self.request.GET, queryset=self.scoped(), request=self.request)

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        """Give the columns this user sees."""
        if allowed(self.request.user, Permission.VIEW_ALL):
            return self.columns
        return tuple(
            column.without_internal_detail() for column in self.columns if not column.is_internal
        )

    @property
    def on_page(self) -> tuple[Column, ...]:
        """Give the columns there is room for on the page."""
        return tuple(column for column in self.shown if not column.is_file_only)

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """Give (column key, descending), falling back to the default on an unknown key."""
        asked = self.request.GET.get(SORT, "") or self.default_sort
        key = asked.removeprefix("-")
        if key not in {column.key for column in self.shown if column.sort}:
            asked = self.default_sort
            key = asked.removeprefix("-")
        return key, asked.startswith("-")

    def get_queryset(self) -> QuerySet:
        if not self.filterset.is_valid():
            return self.scoped().none()
        rows = self.filterset.qs
        query = self.request.GET.get(SEARCH, "").strip()
        return self.ordered(self.search(rows, query) if query else rows)

    def ordered(self, rows: QuerySet) -> QuerySet:
        key, is_descending = self.sort
        column = next((column for column in self.shown if column.key == key), None)
        if column is None:
            return rows
        orders = (
            ordered_by(rows.model, expression, is_descending=is_descending)
            for expression in column.sort
        )
        return rows.order_by(*orders, "pk")

    def conditions(self) -> list[tuple[str, str]]:
        """Give what narrows the list, as (label, value) in words: printed in the file."""
        query = self.request.GET.get(SEARCH, "").strip()
        found = [("Tìm", query)] if query else []
        if self.filterset.is_valid():
            for name, field in self.filterset.form.fields.items():
                value = self.filterset.form.cleaned_data.get(name)
                if value not in (None, "", []):
                    found.append((str(field.label), in_words(field, value)))
        return found

    def file_conditions(self) -> list[tuple[str, str]]:
        """Give the conditions, and under which units the rows of the file were read."""
        return [*self.conditions(), *(self.reading.conditions if self.reads_units else ())]

    def is_narrowed(self) -> bool:
        """Say whether the address asks for a search or a filter."""
        asked = {name for name, value in self.request.GET.items() if value}
        return bool(asked & {SEARCH, *self.filterset.filters})

    @property
    def is_export(self) -> bool:
        """Say whether the file is asked for, which has room for more than the page."""
        return self.request.GET.get(EXPORT) == "xlsx"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.is_export:
            return self.export()
        return super().get(request, *args, **kwargs)

    def records(self) -> Iterable[Any]:
        """Give the rows of all pages, a few in memory at a time."""
        return self.get_queryset().iterator(chunk_size=EXPORT_CHUNK)

    def export(self) -> HttpResponse:
        """Answer with the rows of all pages as a workbook."""
        columns = sheet_columns(self.shown)
        records = self.records()
        sheet = Sheet(
            name=self.title,
            title=self.heading,
            day=self.day,
            conditions=self.file_conditions(),
            columns=columns,
            rows=([column.value(record) for column in columns] for record in records),
        )
        file_name = f"{self.file_name}_{self.day:%Y-%m-%d}.xlsx"
        return workbook_response(
            [sheet],
            file_name=file_name,
            by=self.request.user,
            now=clock.now(),
            conditions=self.file_conditions(),
        )

    def page(self) -> Page:
        """Give the page the address asks for."""
        paginator = self.paginator_class(self.object_list, PAGE_SIZE)
        return paginator.get_page(self.request.GET.get(PAGE))

    def records_on(self, page: Page) -> list[Any]:
        """Give the records a page lists."""
        return list(page.object_list)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        page = self.page()
        self.listed = self.records_on(page)
        return super().get_context_data(
            title=self.title,
            noun=self.noun,
            search_hint=self.hint,
            columns=self.on_page,
            sort_key=self.sort[0],
            sort_descending=self.sort[1],
            page=page,
            pages_template=self.pages_template,
            page_numbers=page.paginator.get_elided_page_range(page.number, on_each_side=2),
            rows=[
                page_row(record, self.on_page, may_tick=self.may_tick(record))
                for record in self.listed
            ],
            filter_form=self.filterset.form,
            conditions=self.conditions(),
            is_narrowed=self.is_narrowed(),
            query=self.request.GET.get(SEARCH, ""),
            saved_views=SavedView.objects.visible_to(self.request.user).filter(
                path=self.request.path
            ),
            kept={
                DAY: self.request.GET.get(DAY, ""),
                UNITS: OLD if self.reading.is_old else "",
                SORT: self.request.GET.get(SORT, ""),
            },
            reads_units=self.reads_units,
            **kwargs,
        )
