"""Columns of the audit log, on the page and in the file."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import AuditEvent
from assignments.tables import NO_FIGURE, Column, Kind

BRIEF = 160  # characters of a long value on the page


def moment(event: AuditEvent) -> str:
    return f"{timezone.localtime(event.at):%H:%M:%S %d/%m/%Y}"


def in_words(values: Mapping[str, object]) -> str:
    """Give recorded values as one text, a label before each."""
    return "; ".join(f"{label}: {as_text(value)}" for label, value in values.items())


def as_text(value: object) -> str:
    """Give a recorded value as people read it."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(map(as_text, value))
    return "–" if value is None else str(value)


def shortened(text: str) -> str:
    return Truncator(text).chars(BRIEF)


COLUMNS = (
    Column(
        "luc",
        "Lúc",
        moment,
        sort=("at",),
        url=lambda row: reverse("reports:audit_event", args=[row.pk]),
        width=20,
    ),
    Column(
        "nguoi",
        "Người thực hiện",
        lambda row: row.actor,
        detail=lambda row: row.address,
        detail_label="Từ địa chỉ",
        width=28,
    ),
    Column("viec", "Việc", lambda row: row.get_verb_display(), width=18),
    Column("doi_tuong", "Đối tượng", lambda row: row.target, width=44),
    Column(
        "truoc",
        "Trước",
        lambda row: in_words(row.before),
        brief=lambda row: shortened(in_words(row.before)),
        width=44,
    ),
    Column(
        "sau",
        "Sau",
        lambda row: in_words(row.after),
        brief=lambda row: shortened(in_words(row.after)),
        width=44,
    ),
    Column("ly_do", "Lý do", lambda row: row.reason, width=32),
    Column("ma", "Mã hồ sơ", lambda row: row.target_key, is_file_only=True, width=28),
    Column("yeu_cau", "Mã yêu cầu", lambda row: row.request_id, is_file_only=True, width=36),
    Column(
        "so",
        "Số thứ tự",
        lambda row: row.sequence,
        kind=Kind.NUMBER,
        is_file_only=True,
        figure=NO_FIGURE,
    ),
    Column("niem", "Dấu niêm", lambda row: row.seal, is_file_only=True, width=66),
)
