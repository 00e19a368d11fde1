"""The letter (công văn) that reminds of the reports of a period not handed in (DOMAIN R23)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.http import FileResponse

from accounts.models import User
from communes.dates import short_date
from reports.documents import (
    Issuer,
    Paper,
    Recipients,
    Signature,
    TableColumn,
    document_response,
    issuer,
    profile_of,
)
from reports.enums import DocumentKind
from reports.models import Period
from reports.periodic.expected import Expected

LETTER = DocumentKind.LETTER.value
NumberedRow = tuple[int, Expected]


def remark(row: Expected) -> str:
    """Give what the table says beside the days: that a report was sent back, is due later."""
    if row.was_returned:
        return "Đang bổ sung"
    return "" if row.days_overdue else f"Hạn {short_date(row.line.deadline)}"


COLUMNS = (
    TableColumn("TT", 10, lambda row: row[0], is_centred=True),
    TableColumn("Họ và tên", 36, lambda row: row[1].officer.full_name),
    TableColumn("Chức vụ, đơn vị công tác", 42, lambda row: row[1].officer.position),
    TableColumn("Đảng bộ theo dõi, phụ trách", 37, lambda row: row[1].place),
    TableColumn("Số ngày quá hạn", 18, lambda row: row[1].days_overdue or None, is_centred=True),
    TableColumn("Ghi chú", 22, lambda row: remark(row[1])),
)


def reminder_response(
    *,
    period: Period,
    missing: Sequence[Expected],
    day: dt.date,
    by: User,
    now: dt.datetime,
    number: int | None = None,
) -> FileResponse:
    """Answer with the letter about ``missing`` (rows of ``period``) as of ``day``."""
    paper = reminder_letter(period=period, missing=missing, day=day, now=now, number=number)
    file_name = f"CongVan_NhacBaoCao_{period.kind}_{period.number}_{period.year}_{day}.docx"
    return document_response(paper, file_name=file_name, by=by)


def reminder_letter(
    *,
    period: Period,
    missing: Sequence[Expected],
    day: dt.date,
    now: dt.datetime,
    number: int | None = None,
) -> Paper:
    """Give the letter dated ``day``: one row for each report of ``missing``, in their order.

    Without a ``number`` its place is left free, to be written in by hand.
    """
    body, subject = issuer(), f"nhắc nộp báo cáo {period}"
    paper = Paper(profile_of(day), title=f"Công văn {subject}", day=day, now=now)
    paper.put_header(body, LETTER, subject, number=number)
    paper.put_centred(addressed_to(missing))
    for text in opening(period, missing, body, day):
        paper.put_text(text)
    paper.put_table(COLUMNS, list(enumerate(missing, start=1)))
    paper.put_text(
        "Đề nghị các đồng chí hoàn thành và gửi báo cáo trong thời gian sớm nhất. Trường hợp có "
        "khó khăn, vướng mắc hoặc lý do chưa báo cáo được, đề nghị các đồng chí thông tin lại để "
        f"{body.full_name} tổng hợp.",
        is_last=True,
    )
    recipients = Recipients(kept_at=settings.DOCUMENT_KEPT_AT)
    paper.put_end(recipients, Signature(body.authority, body.office, body.signer))
    return paper


def addressed_to(missing: Sequence[Expected]) -> str:
    """Give whom the letter is for: one officer by name, several by the list."""
    officers = {row.officer.pk: row.officer for row in missing}
    if len(officers) > 1:
        return "Kính gửi: Các đồng chí có tên trong danh sách dưới đây"
    [officer] = officers.values()
    return f"Kính gửi: Đồng chí {', '.join(filter(None, (officer.full_name, officer.position)))}"


def opening(period: Period, missing: Sequence[Expected], body: Issuer, day: dt.date) -> list[str]:
    """Say what was asked, by when, and how many reports have not come by ``day``."""
    first = missing[0].line
    regulation = first.duty.regulation
    among = " (có báo cáo đang bổ sung)" if any(row.was_returned for row in missing) else ""
    return [
        f"Thực hiện Quy chế số {regulation.number}, ngày {short_date(regulation.issued_on)}, "
        "các đồng chí được phân công theo dõi, phụ trách Đảng bộ xã, phường, thị trấn báo cáo "
        f"kết quả {period}; hạn nộp báo cáo là ngày {short_date(first.deadline)}.",
        f"Tính đến hết ngày {short_date(day)}, còn {len(missing)} báo cáo chưa gửi về "
        f"{body.full_name}{among}, như sau:",
    ]
