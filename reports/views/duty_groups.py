"""The duty list added up: by officer, by commune, by district or area."""

from __future__ import annotations

from dataclasses import replace

from assignments.tables import NO_FIGURE, SEARCH, Column, Kind
from reports.charts.territories import chart_of_territories
from reports.duties.named import Group, grouped
from reports.duties.words import DutyWord
from reports.territories import Territory
from reports.views.duties import OFFICER, STATE, DutyTable, number_column

# What narrows the table by territory down goes along to the list that a number opens.
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
            *self.commune_columns(lambda row: row.unit),
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
        return grouped(lines, lambda one: one.unit and one.unit.pk)


class DutiesByDistrict(DutyTable):
    """What was owed in each district in the quarter; where there are none, in each area.

    Communes of neither have a row of their own, as has what an officer owes once whatever the
    communes: the rows together are the duty list.
    """

    noun = "địa bàn"
    default_sort = "huyen"
    template_name = "reports/duties_by_district.html"
    orders = DutyTable.orders | {"so_dang_bo": lambda row: len(row.communes)}

    @property
    def title(self) -> str:
        return f"Thực hiện theo {self.view.grouping.word}"

    @property
    def file_name(self) -> str:
        return "ThucHienTheoHuyen" if self.view.grouping.is_by_district else "ThucHienTheoKhuVuc"

    def place_of(self, row: Group) -> Territory:
        return self.view.grouping.of(row.unit)

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column(
                "huyen",
                self.view.grouping.heading,
                lambda row: self.place_of(row).name,
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
        return self.address(self.place_of(row), word) if word.of(row.totals) else None

    def address(self, place: Territory, word: DutyWord) -> str:
        kept = {name: self.request.GET.get(name, "") for name in KEPT}
        query = kept | place.query | {"ket_qua": word.choice}
        return self.view.address("reports:duty_list", **query)

    def rows_of(self, lines):
        return grouped(lines, lambda one: self.view.grouping.of(one.unit))

    def get_context_data(self, **kwargs):
        totals = {self.place_of(row): row.totals for row in self.object_list}
        words, grouping = self.view.words, self.view.grouping
        chart = chart_of_territories(totals, words, self.address, grouping)
        return super().get_context_data(chart=chart, **kwargs)
