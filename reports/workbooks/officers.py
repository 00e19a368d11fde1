"""Sheets whose rows are officers."""

from __future__ import annotations

from collections.abc import Iterator

from assignments.enums import COVERING_ROLES, AssignmentRole, OfficerGroup
from assignments.models import Assignment, Officer
from assignments.spreadsheets import Field, Footer, Heading, Kind, Sheet
from reports.workbooks.communes import (
    ANNEX_SUBJECT,
    BIRTH_YEAR,
    NOTE,
    OFFICER,
    POSITION,
    place_cells,
    place_columns,
)
from reports.workbooks.facts import Facts

LOAD = (
    Footer("Tổng cộng", "SUM"),
    Footer("Ít nhất", "MIN"),
    Footer("Trung vị", "MEDIAN"),
    Footer("Nhiều nhất", "MAX"),
)
ACTIVE, LEFT = "Đang phụ trách", "Đã thôi"


def officers_sheet(facts: Facts) -> Sheet:
    """List everybody ever assigned with the load of the day, by tên, đệm, họ."""
    return Sheet(
        name="Cán bộ",
        title="Cán bộ được phân công và số Đảng bộ phụ trách",
        day=facts.day,
        columns=[
            OFFICER,
            BIRTH_YEAR,
            POSITION,
            Field("Tình trạng", Kind.STATE, 15),
            Field("Số Đảng bộ phụ trách", Kind.NUMBER, 10, total=True),
            Field("Đảng bộ đang theo dõi, phụ trách", width=30),
            Field("Từ ngày", Kind.DATE, 12),
            Field("Ghi chú", width=22),
        ],
        rows=[officer_row(officer, facts) for officer in facts.officers],
        footers=LOAD,
        notes=[
            "Số Đảng bộ phụ trách: đếm vai trò phụ trách chính và phụ trách tạm thời; ít nhất, "
            "trung vị, nhiều nhất tính trên cán bộ đang phụ trách. Từ ngày: ngày bắt đầu của "
            "phân công đang hiệu lực sớm nhất."
        ],
    )


def officer_row(officer: Officer, facts: Facts) -> list[object]:
    current = facts.current(officer)
    return [
        officer.full_name,
        officer.birth_year,
        officer.position,
        ACTIVE if officer.active else LEFT,
        sum(row.role in COVERING_ROLES for row in current) if officer.active else None,
        "\n".join(row.commune.full_name for row in current),
        min((row.started_on for row in current), default=None),
        role_notes(current),
    ]


def role_notes(rows: list[Assignment]) -> str:
    """Name the communes that an officer follows otherwise than as the main officer."""
    return "; ".join(
        f"{row.commune.full_name}: {row.get_role_display().lower()}"
        for row in rows
        if row.role != AssignmentRole.MAIN
    )


def officers_annex(facts: Facts) -> Sheet:
    """List the active officers in rank order under their groups (DOMAIN §3.3)."""
    return Sheet(
        name="Theo cán bộ",
        title="Danh sách",
        subtitle=f"{ANNEX_SUBJECT} (xếp theo cán bộ)",
        day=facts.day,
        columns=[
            OFFICER,
            BIRTH_YEAR,
            POSITION,
            Field("Đảng bộ xã, phường, thị trấn được phân công theo dõi, phụ trách", width=30),
            *place_columns(facts),
            NOTE,
        ],
        rows=list(annex_rows(facts)),
        grouped=True,
    )


def annex_rows(facts: Facts) -> Iterator[list[object] | Heading]:
    officers = sorted((row for row in facts.officers if row.active), key=rank_order)
    for group in OfficerGroup:
        members = [officer for officer in officers if officer.group == group]
        if members:
            yield Heading(f"CÁC ĐỒNG CHÍ {group.label.upper()}")
        for officer in members:
            yield annex_row(officer, facts.current(officer), facts)


def rank_order(officer: Officer) -> tuple[bool, int, bytes]:
    """Sort as :meth:`OfficerQuerySet.in_rank_order` does."""
    rank = officer.protocol_rank
    return rank is None, rank or 0, bytes(officer.sort_key)


def annex_row(officer: Officer, current: list[Assignment], facts: Facts) -> list[object]:
    return [
        officer.full_name,
        officer.birth_year,
        officer.position,
        "\n".join(row.commune.full_name for row in current),
        *place_cells(facts, *(row.commune for row in current)),
        role_notes(current),
    ]


def left_sheet(facts: Facts) -> Sheet:
    """List who was assigned and no longer is: what they followed, until when, and why it ended."""
    return Sheet(
        name="Đã thôi",
        title="Cán bộ đã thôi phụ trách",
        day=facts.day,
        columns=[
            OFFICER,
            BIRTH_YEAR,
            POSITION,
            Field("Đảng bộ đã theo dõi, phụ trách", width=28),
            Field("Thôi từ ngày", Kind.DATE, 12),
            Field("Lý do thôi", width=20),
            Field("Quyết định thôi", width=24),
            Field("Ghi chú", width=16),
        ],
        rows=[left_row(officer) for officer in facts.officers if not officer.active],
    )


def left_row(officer: Officer) -> list[object]:
    last = max(officer.begun, key=lambda row: row.ended_on)
    return [
        officer.full_name,
        officer.birth_year,
        officer.position,
        "\n".join(row.commune.full_name for row in officer.begun),
        last.ended_on,
        last.get_end_reason_display(),
        last.closing_decision,
        last.note,
    ]
