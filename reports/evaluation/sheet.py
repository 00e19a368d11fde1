"""The evidence sheet of an officer in a cycle ("Phiếu minh chứng") as a Word document.

It prints what :mod:`reports.evaluation.shown` shows its reader, and nothing else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.http import FileResponse

from accounts.models import User
from communes.dates import short_date
from communes.names import without_accents
from reports.documents import (
    Paper,
    Signature,
    TableColumn,
    document_response,
    issuer,
    profile_of,
)
from reports.evaluation.shapes import CriterionLine, Evidence, Given
from reports.evaluation.shown import Shown

KIND, SUBJECT = "Phiếu minh chứng", "đánh giá cán bộ phụ trách Đảng bộ cấp xã, {cycle}"
NOT_BY_COMPUTER = "Điểm và ngưỡng để tham khảo; mức xếp loại do người có thẩm quyền quyết định."


@dataclass(frozen=True)
class Line:
    """One row of the table of criteria."""

    number: str
    name: str
    evidence: str
    own_points: str
    points: str
    most: str


COLUMNS = (
    TableColumn("TT", 10, lambda line: line.number, is_centred=True),
    TableColumn("Tiêu chí", 53, lambda line: line.name),
    TableColumn("Số liệu, minh chứng", 54, lambda line: line.evidence),
    TableColumn("Tự chấm", 16, lambda line: line.own_points, is_centred=True),
    TableColumn("Điểm", 16, lambda line: line.points, is_centred=True),
    TableColumn("Tối đa", 16, lambda line: line.most, is_centred=True),
)


def in_points(points: Decimal | None) -> str:
    """Give points as they are written: "8,5"; "–" for none."""
    return "–" if points is None else f"{points:f}".removesuffix(".0").replace(".", ",")


def given_words(whose: str, given: Given | None) -> list[str]:
    """Give what one side says of a judged criterion, and what it rests on."""
    if given is None:
        return []
    said = [given.note] if given.note else []
    return [f"{whose}: {given.points} điểm", *said, *(one.label for one in given.citations)]


def evidence_words(line: CriterionLine) -> str:
    if line.measured:
        return line.measured.words
    own, office = given_words("Tự chấm", line.own), given_words("Đề xuất", line.office)
    return "; ".join([*own, *office])


def table_lines(evidence: Evidence) -> list[Line]:
    """Give the rows of the table, the total last."""
    rows = [
        Line(
            str(number),
            line.name,
            evidence_words(line),
            in_points(line.own_points),
            in_points(line.points),
            str(line.weight),
        )
        for number, line in enumerate(evidence.lines, start=1)
    ]
    total = Line(
        "", "Tổng điểm", "", in_points(evidence.own_total), in_points(evidence.total), "100"
    )
    return [*rows, total]


def evidence_sheet(shown: Shown, *, day: dt.date, now: dt.datetime) -> Paper:
    """Give the sheet dated ``day``, with what ``shown`` shows."""
    evidence, body = shown.evidence, issuer()
    subject = SUBJECT.format(cycle=shown.cycle)
    paper = Paper(profile_of(day), title=f"{KIND} {subject}", day=day, now=now)
    paper.put_header(body, "")
    paper.put_type(KIND, subject)
    for part in (put_officer, put_criteria, put_counts, put_own, put_others, put_decision):
        part(paper, shown)
    paper.put_text(f"Số liệu tại ngày {short_date(evidence.day)}. {NOT_BY_COMPUTER}", is_last=True)
    paper.put_signatures(
        Signature("", "Cán bộ", shown.officer), Signature(body.authority, body.office, body.signer)
    )
    return paper


def put_officer(paper: Paper, shown: Shown) -> None:
    evidence = shown.evidence
    position = f"; chức vụ, đơn vị công tác: {evidence.position}" if evidence.position else ""
    paper.put_text(f"Họ và tên: {shown.officer}{position}.")
    paper.put_text(
        f"Kỳ đánh giá: {shown.cycle}, từ ngày {short_date(evidence.started_on)} đến hết ngày "
        f"{short_date(evidence.last_day)}. Giữ địa bàn {evidence.days}/{evidence.cycle_days} ngày."
    )
    held = "; ".join(f"{one.commune} ({one.days} ngày)" for one in evidence.communes)
    if held:
        paper.put_text(f"Đảng bộ phụ trách: {held}.")


def put_criteria(paper: Paper, shown: Shown) -> None:
    evidence, thresholds = shown.evidence, shown.evidence.thresholds
    paper.put_heading(1, "Minh chứng theo tiêu chí")
    paper.put_table(COLUMNS, table_lines(evidence))
    if evidence.scaling:
        paper.put_text(evidence.scaling)
    paper.put_text(
        f"Ngưỡng tham khảo của {evidence.rules}: xuất sắc từ {thresholds.excellent_from}, tốt từ "
        f"{thresholds.good_from}, hoàn thành từ {thresholds.completed_from} điểm."
    )


def put_counts(paper: Paper, shown: Shown) -> None:
    paper.put_heading(2, "Hoạt động trong kỳ")
    for count in shown.evidence.counts:
        paper.put_text(f"- {count.label}: {count.value}.")


def put_lines(paper: Paper, text: str, first: str = "") -> None:
    """Add a text of several lines, paragraph by paragraph."""
    for line in f"{first}{text}".splitlines():
        paper.put_text(line)


def put_own(paper: Paper, shown: Shown) -> None:
    own = shown.evidence.own
    paper.put_heading(3, "Tự đánh giá")
    if own is None:
        paper.put_text("Chưa tự đánh giá.")
        return
    paper.put_text(f"Tự xếp loại: {own.level_label}.")
    put_lines(paper, own.text)


def put_others(paper: Paper, shown: Shown) -> None:
    """Add what communes and the office say, to who sees the whole of it."""
    if not shown.is_whole:
        return
    paper.put_heading(4, "Nhận xét của Đảng ủy xã")
    for remark in shown.evidence.remarks:
        put_lines(paper, remark.content, f"{remark.commune} ({remark.document}): ")
    if not shown.evidence.remarks:
        paper.put_text("Chưa có nhận xét.")
    put_proposal(paper, shown.evidence)


def put_proposal(paper: Paper, evidence: Evidence) -> None:
    proposal = evidence.proposal
    paper.put_heading(5, "Đề xuất")
    if proposal is None:
        paper.put_text("Chưa đề xuất.")
        return
    paper.put_text(f"Mức đề xuất: {proposal.level_label}.")
    put_lines(paper, proposal.text)
    beside: tuple[tuple[str, str], ...] = (
        ("Lý do đề xuất khi chưa có tự đánh giá: ", proposal.unrated_reason),
        ("Đề nghị biểu dương: ", proposal.commendation),
        ("Nhu cầu bồi dưỡng: ", proposal.training_need),
    )
    for label, text in beside:
        if text:
            put_lines(paper, text, label)


def put_decision(paper: Paper, shown: Shown) -> None:
    """Add what was decided, where it is the reader's to see, and what the officer thinks of it."""
    decision = shown.decision
    if decision is None:
        return
    paper.put_heading(6 if shown.is_whole else 4, "Kết quả")
    number = f", văn bản số {decision.number}" if decision.number else ""
    paper.put_text(
        f"Mức xếp loại: {decision.level_label}; quyết định ngày "
        f"{short_date(decision.decided_on)}{number}."
    )
    put_lines(paper, decision.reason)
    if shown.objection:
        put_lines(paper, shown.objection, "Ý kiến của cán bộ: ")


def file_name_of(shown: Shown) -> str:
    """Give "PhieuMinhChung_NguyenVanAn_quarter_2023-06-30.docx"."""
    name = "".join(word.capitalize() for word in without_accents(shown.officer).split())
    letters = "".join(letter for letter in name if letter.isalnum())
    return f"PhieuMinhChung_{letters}_{shown.cycle.kind}_{shown.cycle.last_day}.docx"


def sheet_response(shown: Shown, *, day: dt.date, by: User, now: dt.datetime) -> FileResponse:
    """Answer with the sheet, and record that ``by`` took it."""
    paper = evidence_sheet(shown, day=day, now=now)
    return document_response(paper, file_name=file_name_of(shown), by=by)
