"""Who has to report and how far they are: of a period for the office, of one's own for officers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.officer_field import has_all
from assignments.tables import Action, TableView
from communes import names
from reports.enums import EDITABLE, ReportState
from reports.models import Period
from reports.periodic import accept_reports
from reports.periodic.expected import Expected, reporting
from reports.periodic.expected_table import (
    ORDERS,
    ExpectedForm,
    begin_address,
    columns_of_office,
    districts_of,
    own_columns,
    place_order,
    search_text,
)
from reports.periodic.rights import why_period_locked
from reports.periodic.standings import (
    ACCEPTED,
    EXCUSED,
    LATE,
    MISSING,
    OVERDUE,
    RETURNED,
    SUBMITTED,
    WRITING,
    Standing,
)
from reports.views.periodic.choosing import PERIOD, PeriodView, named_period

SHOWN_OF_OWN = dt.timedelta(days=366)  # periods begun within so long before the day


@dataclass(frozen=True)
class Tile:
    """A number of the period, what it counts, and the list it opens."""

    value: int
    label: str
    sentence: str
    address: str
    figure: str  # the key of the figure it is a part of
    is_bad: bool = False
    is_current: bool = False


class ExpectedTable(TableView):
    """A list of the reports that are due; subclasses say of which periods."""

    template_name = "periodic/inbox.html"
    search_hint = "Tên cán bộ, xã, huyện (gõ không dấu cũng được)"
    noun = "báo cáo phải nộp"
    file_name = "TinhHinhBaoCao"
    nothing_chosen = ""
    reads_units = True

    @cached_property
    def view(self) -> PeriodView:
        return PeriodView(self.request)

    @property
    def rows(self) -> list[Expected]:
        """Give the rows before filters."""
        raise NotImplementedError

    @cached_property
    def filterset(self) -> ExpectedForm:
        return ExpectedForm(
            self.request.GET,
            request=self.request,
            periods=self.view.periods,
            rows=self.rows,
            nothing_chosen=self.nothing_chosen,
        )

    def get_queryset(self) -> list[Expected]:
        if not self.filterset.is_valid():
            return []
        words = names.search_words(self.request.GET.get("tim", ""))
        rows = [row for row in self.rows if self.filterset.keeps(row)]
        return self.ordered([row for row in rows if has_all(words, search_text(self.reading, row))])

    def ordered(self, rows: list[Expected]) -> list[Expected]:
        key, is_descending = self.sort
        by_place = partial(place_order, self.reading)
        rows.sort(key=lambda row: (by_place(row), row.officer.sort_key, row.pk))
        rows.sort(key=ORDERS.get(key, by_place), reverse=is_descending)
        return rows

    def records(self) -> list[Expected]:
        return self.get_queryset()

    @property
    def has_districts(self) -> bool:
        return bool(districts_of(self.reading, self.rows))

    def actions(self, row: Expected) -> tuple[Action, ...]:
        """Give what can be done with a row: open what is there, begin or go on writing."""
        about = f"báo cáo {row.period}, {row}"
        if row.report and row.stage in EDITABLE and self.may_write(row.period):
            address = reverse("periodic:edit", args=[row.report.pk])
            return (Action("Soạn tiếp", address, about), self.opening(row, about))
        if row.report:
            return (self.opening(row, about),)
        if row.is_missing and self.may_write(row.period):
            return (Action(self.begin_word, begin_address(row.line), about),)
        return ()

    def opening(self, row: Expected, about: str) -> Action:
        return Action("Mở", reverse("periodic:detail", args=[row.report.pk]), about)

    def may_write(self, period: Period) -> bool:
        """Say whether the user may write a report of ``period`` now, on the page of today."""
        user, as_of = self.request.user, self.request.as_of
        return (
            as_of.is_today
            and allowed(user, Permission.WRITE_REPORTS)
            and not why_period_locked(period, user, as_of.today)
        )

    def tile(self, standing: Standing | None, label: str = "", *, is_bad: bool = False) -> Tile:
        """Give one number of the rows before filters; ``None`` is all of them."""
        query = {PERIOD: self.view.period.pk} if self.view.period else {}
        if standing is None:
            sentence = "Báo cáo mà quy chế yêu cầu nộp trong kỳ, tính theo thời gian phụ trách."
            address = f"{self.request.path}?{urlencode(query)}"
            return Tile(len(self.rows), label, sentence, address, "due_report")
        value = standing.count(self.rows)
        address = f"{self.request.path}?{urlencode(query | {'tinh_trang': standing.key})}"
        is_current = self.request.GET.get("tinh_trang") == standing.key
        is_bad = is_bad and value > 0
        return Tile(
            value, standing.label, standing.sentence, address, standing.figure, is_bad, is_current
        )


class PeriodInbox(ExpectedTable):
    """The reports of one period, everybody's."""

    title = "Báo cáo theo kỳ"
    default_sort = "tinh_trang"
    begin_word = "Soạn thay"
    nothing_chosen = "Kỳ có hạn gần ngày xem nhất"

    @property
    def columns(self):
        return columns_of_office(
            self.reading, self.rows, self.actions if any(map(self.actions, self.rows)) else None
        )

    @property
    def rows(self) -> list[Expected]:
        return self.view.rows

    @property
    def heading(self) -> str:
        return f"Tình hình báo cáo {self.view.period}" if self.view.period else self.title

    @cached_property
    def may_receive(self) -> bool:
        is_today = self.request.as_of.is_today
        return is_today and allowed(self.request.user, Permission.RECEIVE_REPORTS)

    def may_tick(self, record: Expected) -> bool:
        return record.is_missing or record.stage == ReportState.SUBMITTED

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            period=self.view.period,
            tiles=[
                self.tile(None, "Phải báo cáo"),
                self.tile(OVERDUE, is_bad=True),
                *map(self.tile, (MISSING, SUBMITTED, ACCEPTED)),
            ],
            chips=[self.tile(one) for one in (WRITING, RETURNED, LATE, EXCUSED)],
            others=len(self.view.found.others),
            may_receive=self.may_receive,
            may_print=allowed(self.request.user, Permission.RECEIVE_REPORTS),
            may_edit_dates=allowed(self.request.user, Permission.EDIT_RULES),
            **kwargs,
        )


class OwnInbox(ExpectedTable):
    """What one has to report oneself: the periods of the last year, newest first."""

    title = "Báo cáo của tôi"
    default_sort = "-ky"
    begin_word = "Soạn báo cáo"
    nothing_chosen = "Các kỳ trong một năm qua"
    template_name = "periodic/own_inbox.html"

    @property
    def columns(self):
        return own_columns(self.reading, self.rows, self.actions)

    @cached_property
    def rows(self) -> list[Expected]:
        since = self.day - SHOWN_OF_OWN
        recent = [period for period in self.view.periods if period.started_on > since]
        periods = [self.view.named] if self.view.named else recent
        return reporting(self.request.user, periods, self.day).rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_begin=self.may_begin, **kwargs)

    @property
    def may_begin(self) -> bool:
        is_today = self.request.as_of.is_today
        return is_today and allowed(self.request.user, Permission.WRITE_REPORTS)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show everybody's reports of a period, or one's own of the last year."""
    sees_all = allowed(request.user, Permission.VIEW_ALL)
    table = PeriodInbox if sees_all else OwnInbox
    return table.as_view()(request)


def the_inbox(request: HttpRequest) -> str:
    """Give the inbox with the query of this page: its filters go along and come back."""
    query = request.GET.urlencode()
    return f"{reverse('periodic:inbox')}?{query}" if query else reverse("periodic:inbox")


# --- accepting -----------------------------------------------------------------------------------


@require_POST
@requires(Permission.RECEIVE_REPORTS)
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accept the reports ticked that wait for it: all of them, or none."""
    view = named_period(request)
    waiting = [row.report for row in view.chosen if row.stage == ReportState.SUBMITTED]
    if not request.as_of.is_today:
        messages.error(request, "Đang xem ngày khác: về hôm nay rồi mới tiếp nhận.")
    elif not waiting:
        messages.error(request, "Chưa chọn báo cáo nào đang chờ tiếp nhận.")
    else:
        accept(request, waiting, len(view.chosen) - len(waiting))
    return redirect(the_inbox(request))


def accept(request: HttpRequest, waiting: list, others: int) -> None:
    """Write the acceptance and say what was done, or why nothing was."""
    try:
        accept_reports(reports=waiting, by=request.user, now=clock.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    left = f" {others} dòng khác đã chọn không ở tình trạng chờ tiếp nhận." if others else ""
    messages.success(request, f"Đã tiếp nhận {len(waiting)} báo cáo.{left}")
