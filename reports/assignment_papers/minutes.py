"""The minutes of a handover in a commune, signed by both sides (DOMAIN §2.4)."""

from __future__ import annotations

import datetime as dt

from assignments.models import Officer
from communes.dates import short_date
from reports.assignment_papers.handover import Handover, ends_of
from reports.documents import Paper, Signature, TableColumn, issuer, profile_of
from reports.enums import DocumentKind

NOBODY = "(chưa phân công người thay)"
COLUMNS = (
    TableColumn("TT", 10, lambda row: row[0], is_centred=True),
    TableColumn("Loại việc", 30, lambda row: row[1].kind),
    TableColumn("Nội dung", 70, lambda row: row[1].words),
    TableColumn(
        "Thời hạn",
        24,
        lambda row: short_date(row[1].due_on) if row[1].due_on else "",
        is_centred=True,
    ),
    TableColumn("Tình trạng, ghi chú", 31, lambda row: row[1].note),
)


def handover_minutes(handover: Handover, *, day: dt.date, now: dt.datetime) -> Paper:
    """Give the minutes dated ``day``: who hands over to whom, what is open, both signatures."""
    place = handover.commune.name_in_sentence
    subject = f"bàn giao việc theo dõi, phụ trách Đảng bộ {place}"
    paper = Paper(profile_of(day), title=f"Biên bản {subject}", day=day, now=now)
    paper.put_header(issuer(), DocumentKind.MINUTES.value)
    paper.put_type("Biên bản", subject)
    giver, receiver = handover.outgoing.officer, successor_of(handover)
    paper.put_text(f"Hôm nay, ngày {short_date(day)}, tiến hành bàn giao giữa:")
    paper.put_text(f"1. Bên giao: {named(giver)}, {ends_of(handover)}.")
    paper.put_text(f"2. Bên nhận: {named(receiver)}.")
    put_things(paper, handover)
    paper.put_text(
        "Bên giao đã thông tin đầy đủ cho bên nhận về tình hình địa bàn và các công việc nêu trên. "
        "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản.",
        is_last=True,
    )
    paper.put_signatures(
        Signature("", "Bên giao", giver.full_name),
        Signature("", "Bên nhận", receiver.full_name if receiver else ""),
    )
    return paper


def successor_of(handover: Handover) -> Officer | None:
    return handover.successor.officer if handover.successor else None


def named(officer: Officer | None) -> str:
    """Give "đồng chí Trần Văn A, Giám đốc Sở …"; words where nobody is named yet."""
    if officer is None:
        return NOBODY
    return ", ".join(filter(None, (f"đồng chí {officer.full_name}", officer.position)))


def put_things(paper: Paper, handover: Handover) -> None:
    """Add what is handed over, or say that nothing is open."""
    if not handover.things:
        paper.put_text("Tại thời điểm bàn giao không còn công việc nào chưa hoàn thành.")
        return
    count = len(handover.things)
    paper.put_text(f"Các công việc bàn giao gồm {count} mục như sau:")
    paper.put_table(COLUMNS, list(enumerate(handover.things, start=1)))
