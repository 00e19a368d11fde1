"""Sheets whose rows are petitions. Content with personal data is masked: files travel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assignments.spreadsheets import Field, Formula, Kind, Sheet
from assignments.spreadsheets.formulas import count_where
from reports.enums import PetitionState
from reports.models import Petition, PetitionField
from reports.petitions.columns import age, content, name_of_officer, state_badge_of, told_on
from reports.workbooks.communes import (
    COMMUNE,
    other_unit_cells,
    other_unit_columns,
    place_cells,
    place_columns,
)
from reports.workbooks.facts import Facts

STATE = "Tình trạng"
MASKED_NOTE = "Nội dung có dữ liệu cá nhân được che; xem trên hệ thống."


def what_columns(facts: Facts) -> list[Field]:
    """Give the columns every list of petitions begins with."""
    return [
        Field("Số", Kind.CODE, 9),
        replace(COMMUNE, width=19),
        *place_columns(facts, width=18),
        *other_unit_columns(facts),
        Field("Nội dung kiến nghị", width=44),
        Field("Lĩnh vực", width=15),
        Field("Ngày kiến nghị", Kind.DATE, 11),
        Field("Cán bộ phản ánh", width=17),
        Field(STATE, Kind.STATE, 16),
    ]


# What COUNTIFS goes by: a field's name may hold what Excel takes for a pattern.
FIELD_CODE = Field("Mã LV", Kind.CODE, 8)


def field_code(field: PetitionField) -> str:
    """Give what stands for a field in formulas."""
    return f"LV{field.pk:02}"


def petitions_sheet(facts: Facts) -> Sheet:
    """List the petitions somebody still has to act on, the oldest first."""
    return Sheet(
        name="Kiến nghị",
        title="Kiến nghị đang giải quyết",
        day=facts.day,
        columns=[
            *what_columns(facts),
            Field("Cơ quan chủ trì", width=20),
            Field("Chuyển ngày", Kind.DATE, 11),
            Field("Hạn trả lời", Kind.DATE, 11),
            Field("Quá hạn (ngày)", Kind.NUMBER, 9),
            Field("Số ngày", Kind.NUMBER, 8),
        ],
        rows=rows_of(facts.petitions_open, open_row, facts),
        notes=[f"Số ngày: tính từ ngày kiến nghị. {MASKED_NOTE}"],
        footers=(),
    )


def rows_of(petitions: Iterable[Petition], row, facts: Facts) -> list[list[object]]:
    return [[*what_row(petition, facts), *row(petition, facts)] for petition in petitions]


def what_row(petition: Petition, facts: Facts) -> Sequence[object]:
    unit = facts.reading.unit_of(petition.commune)
    return [
        petition.code,
        unit.full_name,
        *place_cells(facts, unit),
        *other_unit_cells(facts, petition.commune),
        content(petition),
        petition.field.name,
        petition.raised_on,
        name_of_officer(petition) or None,
        state_badge_of(petition.state_on),
    ]


def open_row(petition: Petition, facts: Facts) -> Sequence[object]:
    due_on = petition.due_on
    overdue = (facts.day - due_on).days if due_on and due_on < facts.day else None
    return [petition.lead, petition.lead_since, due_on, overdue, age(petition, facts.day)]


def untold_sheet(facts: Facts) -> Sheet:
    """List the petitions with a result the commune has not been told, the longest wait first."""
    return Sheet(
        name="Cần trả lời xã",
        title="Kiến nghị đã có kết quả, chưa thông tin lại cho địa phương",
        day=facts.day,
        columns=[
            *what_columns(facts),
            Field("Có kết quả từ ngày", Kind.DATE, 12),
            Field("Số ngày chờ", Kind.NUMBER, 9),
        ],
        rows=rows_of(facts.petitions_untold, untold_row, facts),
        notes=[MASKED_NOTE],
        footers=(),
    )


def untold_row(petition: Petition, facts: Facts) -> Sequence[object]:
    since = petition.stands_since
    return [since, (facts.day - since).days]


def all_petitions_sheet(facts: Facts) -> Sheet:
    """List every petition raised by the day, as it stood: what the next sheet counts."""
    return Sheet(
        name="Tất cả kiến nghị",
        title="Tất cả kiến nghị đã ghi nhận",
        day=facts.day,
        columns=[
            *what_columns(facts),
            FIELD_CODE,
            Field("Hạn trả lời", Kind.DATE, 12),
            Field("Đã trả lời xã ngày", Kind.DATE, 12),
        ],
        rows=rows_of(facts.petitions, every_row, facts),
        notes=[f"Mã LV: mã lĩnh vực, dùng để đếm ở trang “Kiến nghị theo lĩnh vực”. {MASKED_NOTE}"],
        signed=False,
    )


def every_row(petition: Petition, facts: Facts) -> Sequence[object]:
    return [field_code(petition.field), petition.due_on, told_on(petition)]


# --- by field and state -------------------------------------------------------------------------

TOTAL = Field("Tổng số", Kind.NUMBER, 9, total=True)
STATES = [Field(str(state.label), Kind.NUMBER, 11, total=True) for state in PetitionState]


def fields_sheet(facts: Facts, listed: Sheet) -> Sheet:
    """Count the petitions of ``listed`` for each field that has any, in each state."""
    fields = {petition.field for petition in facts.petitions}
    sheet = Sheet(
        name="Kiến nghị theo lĩnh vực",
        title="Kiến nghị theo lĩnh vực và tình trạng",
        day=facts.day,
        columns=[
            Field("Lĩnh vực", width=26),
            FIELD_CODE,
            *STATES,
            TOTAL,
            Field("Số Đảng bộ", Kind.NUMBER, 9),
        ],
        rows=(),
        notes=[
            "Các số là công thức đếm trên trang “Tất cả kiến nghị” theo mã lĩnh vực (Mã LV). "
            "Số Đảng bộ: có kiến nghị thuộc lĩnh vực; một Đảng bộ có thể có ở nhiều lĩnh vực nên "
            "cột này không cộng."
        ],
    )
    counts = Counter((one.field, PetitionState(one.state_on)) for one in facts.petitions)
    in_order = sorted(fields, key=lambda field: (field.order, field.pk))
    return replace(
        sheet,
        rows=[
            [
                field.name,
                field_code(field),
                *state_counts(sheet, index, listed, [counts[field, one] for one in PetitionState]),
                len(
                    {
                        facts.reading.key_of(one.commune_id)
                        for one in facts.petitions
                        if one.field == field
                    }
                ),
            ]
            for index, field in enumerate(in_order)
        ],
    )


def state_counts(sheet: Sheet, index: int, listed: Sheet, counts: list[int]) -> list[Formula]:
    """Give the formulas of one field: how many in each state, and together."""
    of_field = listed.area(FIELD_CODE.label), sheet.cell(FIELD_CODE.label, index)
    each = [
        Formula(count_where(of_field, (listed.area(STATE), sheet.head(state.label))), count)
        for state, count in zip(STATES, counts, strict=True)
    ]
    first, last = (sheet.cell(state.label, index) for state in (STATES[0], STATES[-1]))
    return [*each, Formula(f"SUM({first}:{last})", sum(counts))]
