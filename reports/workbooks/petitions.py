"""Sheets whose rows are petitions. Content with personal data is masked: files travel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assignments.spreadsheets import Field, Kind, Sheet
from reports.models import Petition
from reports.petitions.columns import age, content, name_of_officer, state_badge_of
from reports.workbooks.communes import COMMUNE, DISTRICT, ON_BEHALF
from reports.workbooks.facts import Facts, district_name

WHAT = (
    Field("Số", Kind.CODE, 9),
    COMMUNE,
    DISTRICT,
    Field("Nội dung kiến nghị", width=44),
    Field("Lĩnh vực", width=18),
    Field("Ngày kiến nghị", Kind.DATE, 12),
    Field("Cán bộ phản ánh", width=20),
    Field("Tình trạng", Kind.STATE, 20),
)
MASKED_NOTE = "Nội dung có dữ liệu cá nhân được che; xem trên hệ thống."


def petitions_sheet(facts: Facts) -> Sheet:
    """List the petitions somebody still has to act on, the oldest first."""
    return Sheet(
        name="Kiến nghị",
        title="Kiến nghị đang giải quyết",
        day=facts.day,
        columns=[
            *WHAT,
            Field("Cơ quan chủ trì", width=24),
            Field("Chuyển ngày", Kind.DATE, 12),
            Field("Hạn trả lời", Kind.DATE, 12),
            Field("Quá hạn (ngày)", Kind.NUMBER, 9),
            Field("Số ngày", Kind.NUMBER, 8),
        ],
        rows=rows_of(facts.petitions_open, open_row, facts),
        notes=[f"Số ngày: tính từ ngày kiến nghị. {MASKED_NOTE}"],
        footers=(),
        on_behalf=ON_BEHALF,
    )


def rows_of(petitions: Iterable[Petition], row, facts: Facts) -> list[list[object]]:
    return [[*what_row(petition), *row(petition, facts)] for petition in petitions]


def what_row(petition: Petition) -> Sequence[object]:
    return [
        petition.code,
        petition.commune.full_name,
        district_name(petition.commune),
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
            *WHAT,
            Field("Có kết quả từ ngày", Kind.DATE, 12),
            Field("Số ngày chờ", Kind.NUMBER, 9),
        ],
        rows=rows_of(facts.petitions_untold, untold_row, facts),
        notes=[MASKED_NOTE],
        footers=(),
        on_behalf=ON_BEHALF,
    )


def untold_row(petition: Petition, facts: Facts) -> Sequence[object]:
    since = petition.stands_since
    return [since, (facts.day - since).days]
