"""The duty list on the page and in Excel, line by line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.enums import DutyKind
from assignments.officer_field import has_all
from assignments.tables import NO_FIGURE, Action, Column, Kind, TableView
from assignments.unit_columns import unit_columns
from assignments.visits.filters import CONFIRMED
from communes import names
from communes.lineage import Reading
from communes.models import Commune
from reports.duties.forms import DutyForm
from reports.duties.lines import DutyLine, Totals, total
from reports.duties.named import EVERYWHERE, Group, NamedLine, named
from reports.duties.words import DUTY_WORDS, DutyWord
from reports.periodic.expected_table import begin_address
from reports.viewpoint import Viewpoint


def officer_address(row: NamedLine | Group) -> str:
    return reverse("reports:officer_detail", args=[row.officer.pk])


OFFICER = Column(
    "can_bo",
    "Cán bộ",
    lambda row: row.officer.full_name,
    sort=("can_bo",),
    url=officer_address,
    detail=lambda row: row.officer.position,
    detail_label="Chức vụ, đơn vị công tác",
    width=24,
)
STATE = Column("tinh_trang", "Tình trạng", lambda row: row.state, kind=Kind.STATE, width=20)


def number_column(word: DutyWord) -> Column:
    """Give the column of one of the five numbers."""
    return Column(
        word.key,
        word.label,
        lambda row: word.of(row.totals),
        kind=Kind.NUMBER,
        figure=word.figure_key,
        sort=(word.key,),
        width=9,
        total=True,
    )


class DutyTable(TableView):
    """A list computed from the duty list; subclasses give columns, rows and what they sort by."""

    template_name = "reports/duty_list.html"
    default_sort = "dang_bo"
    reads_units = True
    orders: dict[str, Callable[[Any], object]] = {
        "can_bo": lambda row: row.officer.sort_key,
        **{word.key: lambda row, word=word: word.of(row.totals) for word in DUTY_WORDS},
    }

    @cached_property
    def view(self) -> Viewpoint:
        return Viewpoint.of(self.request)

    @property
    def reading(self) -> Reading:
        return self.view.reading

    @property
    def search_hint(self) -> str:
        names = "Tên cán bộ, xã, huyện" if self.view.known.districts else "Tên cán bộ, xã"
        return f"{names} (gõ không dấu cũng được)"

    def place_order(self, row: NamedLine | Group) -> tuple:
        """Give the key by district or area, and name; what is no commune's comes last."""
        if row.unit is None:
            return (self.view.grouping.of(None),)
        return self.view.grouping.order(row.unit)

    def commune_columns(self, commune: Callable[[Any], Commune | None]) -> tuple[Column, ...]:
        return unit_columns(self.reading, commune=commune, otherwise=EVERYWHERE)

    @property
    def numbers(self) -> tuple[Column, ...]:
        """Give the columns of the five numbers."""
        return tuple(number_column(word) for word in self.view.words)

    @property
    def heading(self) -> str:
        quarter = self.view.quarter
        return f"{self.title} {quarter}" if quarter else self.title

    @cached_property
    def filterset(self) -> DutyForm:
        return DutyForm(self.request.GET, view=self.view, request=self.request)

    def rows_of(self, lines: list[NamedLine]) -> list:
        """Give the table's rows made of ``lines``."""
        raise NotImplementedError

    def get_queryset(self) -> list:
        if not self.filterset.is_valid():
            return []
        lines = self.searched(named(self.view.lines, self.day, self.reading))
        rows = self.rows_of([line for line in lines if self.filterset.keeps(line)])
        return self.ordered([row for row in rows if self.filterset.keeps_result(row)])

    def searched(self, lines: list[NamedLine]) -> list[NamedLine]:
        words = names.search_words(self.request.GET.get("tim", ""))
        return [line for line in lines if has_all(words, search_text(line))]

    def ordered(self, rows: list) -> list:
        key, is_descending = self.sort
        rows.sort(key=lambda row: (self.place_order(row), row.officer.sort_key))
        rows.sort(key=self.orders.get(key, self.place_order), reverse=is_descending)
        return rows

    def records(self) -> list:
        return self.get_queryset()

    @property
    def sums(self) -> Totals:
        """Give what the rows of all pages add up to."""
        lines = (one.line for row in self.object_list for one in lines_of(row))
        return total(lines, self.day)

    def get_context_data(self, **kwargs):
        sums = self.sums
        return super().get_context_data(
            view_point=self.view,
            sums=[(word, word.of(sums)) for word in self.view.words],
            **kwargs,
        )


def lines_of(row: NamedLine | Group) -> list[NamedLine]:
    return row.lines if isinstance(row, Group) else [row]


def search_text(line: NamedLine) -> str:
    """Give the search keys of a line's officer, of its commune and unit and their districts."""
    places = [place for place in (line.unit, line.commune) if place]
    districts = [place.district for place in places if place.district]
    return " ".join(one.search_key for one in (line.officer, *places, *districts))


class DutyList(DutyTable):
    """Every duty of the quarter: whose, where, how often, what became of it.

    An officer's own begins with what is left.
    """

    title = "Thực hiện nhiệm vụ"
    noun = "nhiệm vụ"
    file_name = "ThucHienNhiemVu"

    @property
    def default_sort(self) -> str:
        return "dang_bo" if allowed(self.request.user, Permission.VIEW_ALL) else "-unexplained"

    @property
    def columns(self) -> tuple[Column, ...]:
        may_record = allowed(self.request.user, Permission.RECORD_VISITS)
        return (
            OFFICER,
            *self.commune_columns(lambda row: row.commune),
            Column(
                "nhiem_vu",
                "Nhiệm vụ",
                lambda row: str(row.line.duty),
                detail=lambda row: f"{row.line.period}, hạn {row.line.deadline:%d/%m/%Y}",
                width=24,
            ),
            Column(
                "so_ngay",
                "Giữ địa bàn (ngày)",
                lambda row: row.line.days,
                kind=Kind.NUMBER,
                figure=NO_FIGURE,
                sort=("so_ngay",),
                width=9,
            ),
            *self.numbers,
            Column("ky", "Kỳ", lambda row: str(row.line.period), width=12, is_file_only=True),
            Column(
                "han",
                "Hạn",
                lambda row: row.line.deadline,
                kind=Kind.DATE,
                width=11,
                is_file_only=True,
            ),
            Column(
                "tinh_trang",
                "Tình trạng",
                lambda row: row.state,
                kind=Kind.STATE,
                detail=lambda row: attempts(row),
                detail_label="Ghi thêm",
                width=20,
            ),
            Column(
                "viec",
                "Việc",
                lambda row: tuple(actions(row, may_record=may_record)),
                holds_actions=True,
            ),
        )

    orders = DutyTable.orders | {"so_ngay": lambda row: row.line.days}

    def rows_of(self, lines):
        return lines


def attempts(row: NamedLine) -> str:
    """Say what the five numbers leave out: what waits, attempts put off, going more than asked."""
    parts = []
    if row.line.asked:
        parts.append("đã nêu lý do, chờ xem xét")
    if row.line.unconfirmed:
        parts.append(f"{row.line.unconfirmed} lượt chờ xác nhận")
    if row.line.postponed:
        parts.append(f"{row.line.postponed} lần hoãn")
    if row.line.attended > row.line.due:
        parts.append(f"đã dự {row.line.attended} lần")
    return ", ".join(parts)


def actions(row: NamedLine, *, may_record: bool):
    """Give the way to a line's visits or reports, and to say why something is missing."""
    line, about = row.line, f"{row.officer.full_name}, {row.place}, {row.line.duty}"
    of_kind = report_actions if line.duty.kind == DutyKind.REPORT else visit_actions
    yield from of_kind(line, about, may_record=may_record)
    if line.unexplained > line.asked and may_record:
        query = {"can_bo": line.officer_id, "ky": line.period.pk, "nhiem_vu": line.duty.kind}
        if line.commune_id:
            query["dang_bo"] = line.commune_id
        yield Action("Nêu lý do", f"{reverse('reports:waiver_add')}?{urlencode(query)}", about)


def report_actions(line: DutyLine, about: str, *, may_record: bool):
    """Give the way to the report of a line: to write it, or to what was handed in."""
    if line.unexplained and may_record:
        yield Action("Soạn báo cáo", begin_address(line), about)
    if line.attended:
        query = {"ky": line.period.pk, "can_bo": line.officer_id}
        yield Action("Báo cáo", f"{reverse('periodic:list')}?{urlencode(query)}", about)


def visit_actions(line: DutyLine, about: str, *, may_record: bool):
    """Give the way to the visits of a line, and to log one."""
    visits = {
        "can_bo": line.officer_id,
        "viec": line.duty.kind,
        "tu": f"{line.period.started_on:%d/%m/%Y}",
        "den": f"{line.period.last_day:%d/%m/%Y}",
        "tinh_trang": CONFIRMED,
    }
    if line.commune_id:
        visits["dang_bo"] = line.commune_id
    if line.unexplained and may_record:
        log = {"viec": line.duty.kind}
        if line.commune_id:
            log["dang_bo"] = line.commune_id
        yield Action("Ghi chuyến đi", f"{reverse('reports:visit_log')}?{urlencode(log)}", about)
    if line.attended or line.postponed:
        yield Action("Chuyến đi", f"{reverse('visits:list')}?{urlencode(visits)}", about)
