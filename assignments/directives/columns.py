"""Columns of the list of documents being followed, and of how far communes are with one."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator

from assignments.coverage import covering
from assignments.directives import UNTOUCHED
from assignments.directives.filters import STATES, state_label
from assignments.enums import FollowUpState
from assignments.models import Directive
from assignments.tables import NO_FIGURE, Column, Kind, State
from assignments.unit_columns import unit_columns
from communes.lineage import Reading
from communes.models import Commune

SIGNS = {
    UNTOUCHED: ("○", "none"),
    FollowUpState.REMINDED: ("→", "due"),
    FollowUpState.IN_PROGRESS: ("◐", "due"),
    FollowUpState.DIFFICULT: ("!", "short"),
    FollowUpState.DONE: ("✓", "ok"),
}
SHOWN_WORDS = 24  # of a note; the commune's trail has it whole


def progress(state: str | None) -> State:
    """Give how far a commune is with a document; ``None`` is untouched."""
    state = state or UNTOUCHED
    sign, tone = SIGNS[state]
    return State(sign, state_label(state), tone)


def directive_state(directive: Directive, day: dt.date) -> State:
    """Give how a document stands on ``day``."""
    if directive.ended_on and directive.ended_on <= day:
        return State("–", "Đã thôi theo dõi", "none")
    if directive.started_on > day:
        return State("→", "Chưa theo dõi", "none")
    if directive.due_on and directive.due_on <= day:
        return State("!", "Đã quá hạn", "due")
    return State("✓", "Đang theo dõi", "ok")


# --- documents -----------------------------------------------------------------------------------


def tally_column(key: str, state: str) -> Column:
    """Give the column of how many communes are in ``state``; each number opens its list."""

    def number(directive: Directive) -> int:
        return getattr(directive, f"n_{state}")

    def address(directive: Directive) -> str | None:
        if not number(directive):
            return None
        query = urlencode({"tinh_hinh": key})
        return f"{reverse('directives:detail', args=[directive.pk])}?{query}"

    return Column(
        key,
        state_label(state),
        number,
        kind=Kind.NUMBER,
        figure=NO_FIGURE,
        sort=(f"n_{state}", "issued_on"),
        url=address,
        brief=lambda row: number(row) or "",
        width=11,
    )


def directive_columns(day: dt.date, *, with_state: bool) -> tuple[Column, ...]:
    """Give the columns of the list of documents as of ``day``.

    Without the state when the filter has said it of all rows.
    """
    state = Column(
        "tinh_trang", "Tình trạng", lambda row: directive_state(row, day), kind=Kind.STATE
    )
    return (
        Column(
            "so",
            "Số, ký hiệu",
            lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("directives:detail", args=[row.pk]),
            detail=lambda row: row.issuer,
            detail_label="Cơ quan ban hành",
            width=18,
        ),
        Column(
            "ban_hanh",
            "Ban hành",
            lambda row: row.issued_on,
            kind=Kind.DATE,
            sort=("issued_on",),
            width=12,
        ),
        Column("trich_yeu", "Trích yếu", lambda row: row.subject, width=40),
        Column(
            "truoc_ngay",
            "Hoàn thành trước",
            lambda row: row.due_on,
            kind=Kind.DATE,
            sort=("due_on",),
            width=12,
        ),
        *([state] if with_state else []),
        *(tally_column(key, state) for key, state in STATES.items()),
    )


# --- communes ------------------------------------------------------------------------------------


def holder_name(commune: Commune) -> str:
    holder = covering(commune)
    return holder.officer.full_name if holder else ""


def holder_address(commune: Commune) -> str | None:
    holder = covering(commune)
    return reverse("reports:officer_detail", args=[holder.officer_id]) if holder else None


STATE_COLUMNS = (
    Column(
        "can_bo",
        "Cán bộ phụ trách",
        holder_name,
        url=holder_address,
        width=24,
    ),
    Column(
        "tinh_hinh",
        "Tình hình",
        lambda commune: progress(commune.state),
        kind=Kind.STATE,
        sort=("urgency", "noted_on", "district__code", "sort_key"),
        width=22,
    ),
    Column(
        "ngay",
        "Ngày",
        lambda commune: commune.noted_on,
        kind=Kind.DATE,
        sort=("noted_on", "sort_key"),
        width=12,
    ),
    Column(
        "noi_dung",
        "Nội dung lần gần nhất",
        lambda commune: commune.note,
        brief=lambda commune: Truncator(commune.note or "").words(SHOWN_WORDS, truncate=" …"),
        width=48,
    ),
)


def commune_columns(reading: Reading) -> tuple[Column, ...]:
    """Give the columns of the communes of a document, in ``reading``."""
    return (*unit_columns(reading, commune=lambda row: row, path="", width=26), *STATE_COLUMNS)
