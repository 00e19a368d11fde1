"""The duty list added up: by officer, by commune."""

from __future__ import annotations

from assignments.tables import Column, Kind
from reports.duties.named import grouped
from reports.views.duties import COMMUNE, OFFICER, STATE, DutyTable


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
