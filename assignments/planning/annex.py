"""The annex of a plan's decision: one row for each commune that changes hands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assignments.enums import AssignmentRole, EndReason
from assignments.models import Officer, PlannedRow, ReassignmentPlan
from assignments.planning.world import parameters_of
from communes.models import Commune

COLUMNS = [
    ("TT", "number"),
    ("Đảng bộ xã, phường, thị trấn", "commune"),
    ("Huyện, khu vực", "place"),
    ("Người phụ trách trước", "before"),
    ("Người được phân công", "after"),
    ("Vai trò", "role"),
    ("Từ ngày", "since"),
    ("Ghi chú", "note"),
]


@dataclass(frozen=True)
class AnnexRow:
    """One line of the annex; who is ``None`` where there was, or will be, nobody."""

    number: int
    commune: Commune
    place: str
    before: Officer | None
    after: Officer | None
    role: str
    since: dt.date
    note: str


def annex_rows(plan: ReassignmentPlan) -> list[AnnexRow]:
    """Give what a plan changes, by district or area and name, numbered."""
    rows = plan.rows.select_related("commune__district", "commune__area", "before", "after").defer(
        "commune__boundary"
    )
    leavers = parameters_of(plan).leavers
    return [
        AnnexRow(
            number=number,
            commune=row.commune,
            place=place_name(row.commune),
            before=row.before,
            after=row.after,
            role=AssignmentRole.MAIN.label if row.after else "",
            since=plan.starts_on,
            note=note(row, leavers),
        )
        for number, row in enumerate(sorted(rows, key=by_place), start=1)
    ]


def place_name(commune: Commune) -> str:
    """Give the district, where there is none the area, where there is neither nothing."""
    return str(commune.district or commune.area or "")


def by_place(row: PlannedRow) -> tuple:
    commune = row.commune
    place = commune.district or commune.area
    code = commune.district.code if commune.district else ""
    key = bytes(place.sort_key) if place else b""
    return place is None, code, key, bytes(commune.sort_key), commune.pk


def note(row: PlannedRow, leavers: dict[int, str]) -> str:
    """Say why the commune changes hands."""
    if row.before is None:
        return "Bổ sung phân công"
    reason = leavers.get(row.before_id) or row.before.leave_reason or EndReason.REPLACED
    told = f"Đồng chí {row.before.full_name}: {EndReason(reason).label.lower()}"
    return told if row.after else f"{told}; chưa phân công người thay"
