"""The annex of a plan's decision in Word and in Excel, both of the same rows.

A draft says so under its title, and leaves the decision's number free (DOMAIN §2.5).
"""

from __future__ import annotations

import datetime as dt

from assignments.models import Officer, ReassignmentPlan
from assignments.planning.annex import AnnexRow, annex_rows
from assignments.spreadsheets import Field, Kind, Sheet
from communes.dates import short_date
from reports.documents import (
    Paper,
    Signature,
    TableColumn,
    committee,
    profile_of,
    standing_committee,
)
from reports.documents.paper import CENTER

TITLE = "Danh sách điều chỉnh phân công cán bộ theo dõi, phụ trách Đảng bộ xã, phường, thị trấn"
DRAFT = "(Dự thảo)"
NOBODY = "–"
BLANK = "………"  # the decision's number and day, not known yet


def named(officer: Officer | None) -> str:
    """Give name and position, as a cell has them."""
    return "\n".join(filter(None, (officer.full_name, officer.position))) if officer else NOBODY


def placed(row: AnnexRow) -> str:
    return "\n".join(filter(None, (row.commune.full_name, row.place)))


def noted(row: AnnexRow) -> str:
    """Give from when, and what else is to be said."""
    return "; ".join(filter(None, (f"Từ ngày {short_date(row.since)}", row.note)))


WORD_COLUMNS = (
    TableColumn("TT", 10, lambda row: row.number, is_centred=True),
    TableColumn("Đảng bộ", 36, placed),
    TableColumn("Người thôi theo dõi, phụ trách", 43, lambda row: named(row.before)),
    TableColumn("Người được phân công", 43, lambda row: named(row.after)),
    TableColumn("Ghi chú", 33, noted),
)
EXCEL_COLUMNS = (
    Field("Đảng bộ", width=26),
    Field("Địa bàn", width=22),
    Field("Người thôi theo dõi, phụ trách", width=26),
    Field("Chức vụ", width=30),
    Field("Người được phân công", width=26),
    Field("Chức vụ của người được phân công", width=30),
    Field("Từ ngày", kind=Kind.DATE, width=12),
    Field("Ghi chú", width=30),
)


def attached_to(plan: ReassignmentPlan) -> str:
    """Give the line that says what the annex belongs to."""
    number, signed_on = BLANK, None
    if plan.decision:
        number, signed_on = plan.decision.number, plan.decision.signed_on
    dated = short_date(signed_on) if signed_on else BLANK
    return f"(kèm theo Quyết định số {number}, ngày {dated} của {standing_committee()})"


def day_of(plan: ReassignmentPlan, today: dt.date) -> dt.date:
    """Give the day on the paper: the decision's, or today's while there is none."""
    return (plan.decision.signed_on if plan.decision else None) or today


def annex_paper(plan: ReassignmentPlan, *, day: dt.date, now: dt.datetime) -> Paper:
    """Give the annex as a Word document; ``day`` is today."""
    day = day_of(plan, day)
    paper = Paper(profile_of(day), title=f"Phụ lục. {TITLE}", day=day, now=now)
    issuer = committee()
    paper.put_header(issuer, "")
    size = paper.profile.subject_size
    paper.put("Phụ lục", align=CENTER, size=size, bold=True)
    paper.put(paper.profile.spelled(TITLE).upper(), align=CENTER, size=size, bold=True)
    if not plan.applied_at:
        paper.put(DRAFT, align=CENTER, size=size, bold=True)
    paper.put_centred(attached_to(plan), italic=True)
    paper.put_table(WORD_COLUMNS, annex_rows(plan))
    signer = (plan.decision.signer if plan.decision else "") or issuer.signer
    paper.put_signatures(Signature("", "", ""), Signature(issuer.authority, issuer.office, signer))
    return paper


def annex_sheet(plan: ReassignmentPlan, *, day: dt.date) -> Sheet:
    """Give the annex as a sheet; ``day`` is today."""
    issuer = committee()
    return Sheet(
        name="Phụ lục",
        title=TITLE if plan.applied_at else f"{TITLE} {DRAFT}",
        subtitle=attached_to(plan),
        day=day_of(plan, day),
        columns=EXCEL_COLUMNS,
        rows=[cells_of(row) for row in annex_rows(plan)],
        footers=(),
        on_behalf=issuer.authority.upper(),
        office=issuer.office.upper(),
        signer=(plan.decision.signer if plan.decision else "") or issuer.signer,
    )


def cells_of(row: AnnexRow) -> list[object]:
    before, after = (
        [officer.full_name, officer.position] if officer else [NOBODY, ""]
        for officer in (row.before, row.after)
    )
    return [row.commune.full_name, row.place, *before, *after, row.since, row.note]


def file_name(plan: ReassignmentPlan, extension: str) -> str:
    state = "" if plan.applied_at else "_DuThao"
    return f"PhuLuc_PhuongAn_{plan.pk}_{plan.starts_on}{state}.{extension}"
