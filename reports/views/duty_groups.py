"""The duty list added up: by officer, by commune, by district."""

from __future__ import annotations

from dataclasses import replace

from assignments.tables import NO_FIGURE, SEARCH, Column, Kind
from reports.charts.districts import chart_of_districts
from reports.duties.by_district import Area, area_of
from reports.duties.named import Group, grouped
from reports.duties.words import DutyWord
from reports.views.duties import (
    COMMUNE,
    OFFICER,
    STATE,
    DutyTable,
    commune_order,
    number_column,
)

# What narrows the table by district down goes along to the list that a number opens.
KEPT = (SEARCH, "nhiem_vu", "can_bo", "dang_bo")


class DutiesByOfficer(DutyTable):
    """Each officer's duties of the quarter together, with load and time in post beside them."""

    title = "Thực hiện theo cán bộ"
    noun = "cán bộ"
    file_name = "ThucHienTheoCanBo"
    default_sort = "-unexplained"
    orders = DutyTable.orders | {
        "so_dang_bo": lambda row: len(row.communes),
        "so_ngay": lambda row: row.days,
    }

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            OFFICER,
            Column(
                "so_dang_bo",
                "Số Đảng bộ",
                lambda row: len(row.communes),
                kind=Kind.NUMBER,
                figure=NO_FIGURE,
                sort=("so_dang_bo",),
                width=9,
            ),
            Column(
                "cac_dang_bo",
                "Các Đảng bộ",
                lambda row: ", ".join(str(commune) for commune in row.communes),
                width=28,
            ),
            Column(
                "so_ngay",
                "Giữ địa bàn (ngày)",
                lambda row: row.days,
                kind=Kind.NUMBER,
                figure=NO_FIGURE,
                sort=("so_ngay",),
                width=9,
            ),
            *self.numbers,
            STATE,
        )

    def rows_of(self, lines):
        return grouped(lines, lambda one: one.officer.pk)


class DutiesByCommune(DutyTable):
    """What was owed to each commune in the quarter, by whomever."""

    title = "Thực hiện theo Đảng bộ"
    noun = "Đảng bộ"
    file_name = "ThucHienTheoDangBo"
    default_sort = "-unexplained"

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            COMMUNE,
            Column(
                "can_bo",
                "Cán bộ trong quý",
                lambda row: ", ".join(officer.full_name for officer in row.officers),
                width=26,
            ),
            *self.numbers,
            STATE,
        )

    def rows_of(self, lines):
        return grouped(lines, lambda one: one.commune and one.commune.pk)


class DutiesByDistrict(DutyTable):
    """What was owed in each district in the quarter.

    Communes of no district have a row of their own, as has what an officer owes once whatever the
    communes: the rows together are the duty list.
    """

    title = "Thực hiện theo huyện"
    noun = "địa bàn"
    file_name = "ThucHienTheoHuyen"
    default_sort = "huyen"
    template_name = "reports/duties_by_district.html"
    orders = DutyTable.orders | {
        "huyen": commune_order,
        "so_dang_bo": lambda row: len(row.communes),
    }

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column(
                "huyen",
                "Huyện, thị xã, thành phố",
                lambda row: area_of(row.commune).name,
                sort=("huyen",),
                width=34,
            ),
            Column(
                "so_dang_bo",
                "Số Đảng bộ",
                lambda row: len(row.communes),
                kind=Kind.NUMBER,
                figure=NO_FIGURE,
                sort=("so_dang_bo",),
                width=9,
                total=True,
            ),
            *self.numbers,
            STATE,
        )

    @property
    def numbers(self) -> tuple[Column, ...]:
        """Give the columns of the five numbers, each with its list."""
        return tuple(
            replace(number_column(word), url=lambda row, word=word: self.list_of(row, word))
            for word in self.view.words
        )

    def list_of(self, row: Group, word: DutyWord) -> str | None:
        """Give the list of what a number counts; nought opens nothing."""
        return self.address(area_of(row.commune), word) if word.of(row.totals) else None

    def address(self, area: Area, word: DutyWord) -> str:
        kept = {name: self.request.GET.get(name, "") for name in KEPT}
        query = kept | area.query | {"ket_qua": word.choice}
        return self.view.address("reports:duty_list", **query)

    def rows_of(self, lines):
        return grouped(lines, lambda one: area_of(one.commune))

    def get_context_data(self, **kwargs):
        totals = {area_of(row.commune): row.totals for row in self.object_list}
        chart = chart_of_districts(totals, self.view.words, self.address)
        return super().get_context_data(chart=chart, **kwargs)
