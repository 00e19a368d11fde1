"""Sheets whose rows are districts or areas, and communes."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.text import capfirst

from assignments.coverage import covering
from assignments.enums import COVERING_ROLES, AssignmentRole
from assignments.models import Assignment
from assignments.spreadsheets import Field, Heading, Kind, Sheet
from assignments.unit_columns import NOW, RECORDED_IN, other_name_of
from communes.models import Commune
from reports.workbooks.facts import Facts

ANNEX_SUBJECT = "phân công cán bộ theo dõi, phụ trách các Đảng bộ xã, phường, thị trấn"
COMMUNE = Field("Đảng bộ xã, phường, thị trấn", width=23)
OFFICER = Field("Họ và tên", width=23)
BIRTH_YEAR = Field("Năm sinh", Kind.YEAR, 7)
POSITION = Field("Chức vụ, đơn vị công tác", width=34)
NOTE = Field("Ghi chú", width=26)


BY_DISTRICT, BY_AREA = "Theo huyện", "Theo khu vực"  # names of one sheet


def place_columns(facts: Facts, width: int = 21) -> list[Field]:
    """Give the column of districts or of areas; none where there is nothing to tell apart."""
    return [Field(facts.grouping.heading, width=width)] if facts.grouping.by else []


def place_cells(facts: Facts, *communes: Commune) -> list[str]:
    """Give what stands in :func:`place_columns`, a line for each of ``communes``."""
    names = "\n".join(facts.grouping.name_of(commune) for commune in communes)
    return [names] if facts.grouping.by else []


def other_unit_columns(facts: Facts) -> list[Field]:
    """Give the column of the unit the other reading shows; none where both show the same."""
    label = NOW if facts.reading.is_old else RECORDED_IN
    return [Field(label, width=21)] if facts.reading.is_offered else []


def other_unit_cells(facts: Facts, commune: Commune | None) -> list[str]:
    """Give what stands in :func:`other_unit_columns`."""
    return [other_name_of(facts.reading, commune)] if facts.reading.is_offered else []


def places_sheet(facts: Facts) -> Sheet:
    """Count communes and officers for each district or area; live totals."""
    grouping, is_by_district = facts.grouping, facts.grouping.is_by_district
    return Sheet(
        name=BY_DISTRICT if is_by_district else BY_AREA,
        title=f"Tổng hợp theo {'huyện, thị xã, thành phố' if is_by_district else 'khu vực'}",
        day=facts.day,
        columns=[
            Field(grouping.heading, width=28),
            Field("Số Đảng bộ", Kind.NUMBER, 11, total=True),
            Field("Đã có người phụ trách", Kind.NUMBER, 13, total=True),
            Field("Chưa có người phụ trách", Kind.NUMBER, 13, total=True),
            Field("Số cán bộ phụ trách", Kind.NUMBER, 13),
            Field("Ghi chú", width=42),
        ],
        rows=[place_row(place.name, found) for place, found in grouping.groups(facts.communes)],
        notes=[
            "Số cán bộ phụ trách: người phụ trách chính hoặc tạm thời; ai phụ trách Đảng bộ ở "
            f"nhiều {grouping.word} được tính ở từng {grouping.word} nên cột này không cộng."
        ],
    )


def place_row(name: str, communes: list[Commune]) -> list[object]:
    uncovered = [commune.name_in_sentence for commune in communes if not commune.covered]
    officers = {
        row.officer_id
        for commune in communes
        for row in commune.current
        if row.role in COVERING_ROLES
    }
    note = f"Chưa có người: {', '.join(uncovered)}" if uncovered else None
    covered = len(communes) - len(uncovered)
    return [name, len(communes), covered, len(uncovered), len(officers), note]


def assignments_sheet(facts: Facts) -> Sheet:
    """List the assignments in force, one complete row each, to be sorted and filtered."""
    return Sheet(
        name="Phân công",
        title="Danh sách phân công đang hiệu lực",
        day=facts.day,
        columns=[
            COMMUNE,
            *place_columns(facts),
            OFFICER,
            BIRTH_YEAR,
            POSITION,
            Field("Từ ngày", Kind.DATE, 12),
            Field("Quyết định phân công", width=20),
            Field("Vai trò", Kind.STATE, 16),
            Field("Ghi chú", width=15),
        ],
        rows=[assignment_row(row, facts) for row in facts.assignments],
    )


def assignment_row(row: Assignment, facts: Facts) -> list[object]:
    until = f"Đến hết ngày {row.last_day:%d/%m/%Y}" if row.ended_on else ""
    return [
        row.commune.full_name,
        *place_cells(facts, row.commune),
        row.officer.full_name,
        row.officer.birth_year,
        row.officer.position,
        row.started_on,
        row.opening_decision,
        row.get_role_display(),
        "; ".join(text for text in (until, row.note) if text),
    ]


def communes_annex(facts: Facts) -> Sheet:
    """List every commune under its district or area with who follows it (DOMAIN §3.3)."""
    return Sheet(
        name="Theo Đảng bộ",
        title="Danh sách",
        subtitle=f"{ANNEX_SUBJECT} (xếp theo Đảng bộ)",
        day=facts.day,
        columns=[COMMUNE, OFFICER, BIRTH_YEAR, POSITION, NOTE],
        rows=list(commune_rows(facts)),
        grouped=bool(facts.grouping.by),
    )


def commune_rows(facts: Facts) -> Iterator[list[object] | Heading]:
    for place, communes in facts.grouping.groups(facts.communes):
        if facts.grouping.by:
            yield Heading(place.name.upper())
        for commune in communes:
            yield commune_row(commune)


def commune_row(commune: Commune) -> list[object]:
    holder = covering(commune)
    officer = holder.officer if holder else None
    return [
        commune.full_name,
        officer and officer.full_name,
        officer and officer.birth_year,
        officer and officer.position,
        capfirst("; ".join(commune_notes(commune, holder))),
    ]


def commune_notes(commune: Commune, holder: Assignment | None) -> Iterator[str]:
    """Give what the annex says beside a commune."""
    if holder is None:
        yield uncovered_words(commune)
    elif holder.role == AssignmentRole.COVER:
        yield holder.get_role_display().lower()
    if holder and holder.ended_on:
        yield f"đến hết ngày {holder.last_day:%d/%m/%Y}"
    others = [row.officer.full_name for row in commune.current if row is not holder]
    if others:
        yield f"cùng theo dõi: {', '.join(others)}"


def uncovered_words(commune: Commune) -> str:
    since = commune.uncovered_since
    return f"chưa có người từ {since:%d/%m/%Y}" if since else "chưa từng có người phụ trách"


def uncovered_sheet(facts: Facts) -> Sheet:
    """List the communes nobody covers, since when, and who did before."""
    return Sheet(
        name="Chưa có người",
        title="Đảng bộ chưa có người phụ trách",
        day=facts.day,
        columns=[
            COMMUNE,
            *place_columns(facts),
            Field("Chưa có người từ ngày", Kind.DATE, 13),
            Field("Số ngày", Kind.NUMBER, 8),
            Field("Người phụ trách trước", width=24),
            Field("Ghi chú", width=32),
        ],
        rows=[uncovered_row(commune, facts) for commune in facts.uncovered],
    )


def uncovered_row(commune: Commune, facts: Facts) -> list[object]:
    since = commune.uncovered_since
    last = facts.last_holders.get((commune.pk, since)) if since else None
    return [
        commune.full_name,
        *place_cells(facts, commune),
        since,
        (facts.day - since).days if since else None,
        last and last.officer.full_name,
        f"Lý do thôi: {last.get_end_reason_display().lower()}" if last else None,
    ]


def ending_sheet(facts: Facts) -> Sheet:
    """List the communes that will soon have nobody unless somebody is assigned."""
    return Sheet(
        name="Sắp trống",
        title=f"Đảng bộ sẽ trống trong {settings.LOOK_AHEAD_DAYS} ngày tới",
        day=facts.day,
        columns=[
            COMMUNE,
            *place_columns(facts),
            OFFICER,
            POSITION,
            Field("Phụ trách đến hết ngày", Kind.DATE, 13),
            Field("Ghi chú", width=20),
        ],
        rows=[ending_row(commune, facts) for commune in facts.ending],
    )


def ending_row(commune: Commune, facts: Facts) -> list[object]:
    last = max(
        (row for row in commune.current if row.role in COVERING_ROLES),
        key=lambda row: row.ended_on,
    )
    return [
        commune.full_name,
        *place_cells(facts, commune),
        last.officer.full_name,
        last.officer.position,
        last.last_day,
        last.get_end_reason_display(),
    ]
