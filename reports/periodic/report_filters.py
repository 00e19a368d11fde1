"""Filters and search of the list of all reports. A filter's name is its parameter in the URL."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest

from assignments.enums import PeriodKind
from assignments.models import Assignment
from assignments.officer_field import has_all
from assignments.unit_filters import UnitFilterSet
from assignments.visits.filters import known_officers
from communes import names
from communes.lineage import Reading
from reports.enums import ReportKind, ReportState
from reports.figures.entries import NO_QUARTER, QUARTERS
from reports.models import Period, PeriodicReport
from reports.viewpoint import Viewpoint

SEARCHED = ("officer__search_key", "commune__search_key", "commune__district__search_key")
LATE, IN_TIME, HANDED_IN = "muon", "dung_han", "da_nop"


def periods_begun(request: HttpRequest | None) -> QuerySet[Period]:
    """Give the periods whose reports one may ask for."""
    return Period.objects.begun_by(request.as_of.day) if request else Period.objects.none()


class ReportFilter(UnitFilterSet):
    """Which reports: of which kind of period, how they stood on the day, whose, about where.

    ``ky`` and ``can_bo`` are for links from other pages and have no control.
    """

    groups_before = "ky"

    loai = filters.ChoiceFilter(
        label="Loại báo cáo", field_name="kind", choices=ReportKind, empty_label="Tất cả"
    )
    loai_ky = filters.ChoiceFilter(
        label="Loại kỳ", field_name="period__kind", choices=PeriodKind, empty_label="Mọi loại kỳ"
    )
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng", field_name="state_on", choices=ReportState, empty_label="Tất cả"
    )
    han = filters.ChoiceFilter(
        label="So với hạn nộp",
        choices=[(LATE, "Nộp muộn"), (IN_TIME, "Nộp đúng hạn"), (HANDED_IN, "Đã nộp")],
        empty_label="Tất cả",
        method="by_due_day",
    )
    ky = filters.ModelChoiceFilter(
        label="Kỳ", field_name="period", queryset=periods_begun, widget=forms.HiddenInput
    )
    quy = filters.ChoiceFilter(
        label="Kỳ thuộc", empty_label="Mọi quý", widget=forms.HiddenInput, method="of_quarters"
    )
    can_bo = filters.ModelChoiceFilter(
        label="Cán bộ", field_name="officer", queryset=known_officers, widget=forms.HiddenInput
    )

    class Meta:
        model = PeriodicReport
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [*self.view.offered, (NO_QUARTER, "không quý nào")]
        self.filters[QUARTERS].extra["choices"] = offered

    @cached_property
    def view(self) -> Viewpoint:
        """Give the viewpoint of the quarters asked for."""
        asked = self.request.GET.get(QUARTERS, "")
        return Viewpoint(self.request.user, self.request.as_of.day, asked)

    def of_quarters(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        """Keep the reports of the periods that end in the quarters."""
        quarter = None if code == NO_QUARTER else self.view.quarter
        return rows.filter(period__in=self.view.within([quarter] if quarter else []))

    def by_due_day(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        """Keep what was late, or in time, by the day looked at."""
        handed_in = rows.filter(first_submitted_on__lte=self.request.as_of.day)
        if choice == LATE:
            return handed_in.late()
        if choice == HANDED_IN:
            return handed_in
        return handed_in.filter(first_submitted_on__lte=F("due_on"))

    def kept(self, rows: QuerySet, condition: Q) -> QuerySet:
        return rows.filter(about(condition, self.request.as_of.day))


def about(place: Q, day: dt.date) -> Q:
    """Give the condition that a report is about ``place``.

    One of all communes is about each that its officer answered for in the period; an urgent one,
    about each of ``day``. ``place`` is said of the record's ``commune``.
    """
    held = Assignment.objects.covering().filter(place, officer=OuterRef("officer"))
    of_period = held.filter(started_on__lt=OuterRef("period__ended_on")).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("period__started_on"))
    )
    of_all = Q(commune__isnull=True)
    return (
        place
        | of_all & Q(period__isnull=False) & Exists(of_period)
        | of_all & Q(period__isnull=True) & Exists(held.active_on(day))
    )


def searched(rows: QuerySet, query: str, reading: Reading) -> QuerySet:
    """Keep the reports whose officer, commune or subject have the words, with or without accents.

    Subjects have no stored key: there are few urgent reports, and they are read.
    """
    words = names.search_words(query)
    urgent = rows.filter(kind=ReportKind.URGENT).values_list("pk", "subject", *SEARCHED)
    hits = [
        pk
        for pk, subject, *keys in urgent.order_by()
        if has_all(words, " ".join([names.search_key(subject), *filter(None, keys)]))
    ]
    by_keys = reading.search(rows, query, SEARCHED).order_by().values("pk")
    return rows.filter(Q(pk__in=by_keys) | Q(pk__in=hits))
