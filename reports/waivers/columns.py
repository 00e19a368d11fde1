"""Columns of the list of waivers, on the page and in the file, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from assignments.tables import NO_FIGURE, Action, Column, Kind, State
from assignments.unit_columns import unit_columns
from communes.lineage import Reading
from reports.models import Waiver

ALL_COMMUNES = "Mọi Đảng bộ"
SHOWN_WORDS = 24  # of a reason; the page of the waiver and the file have it whole

WAITING = State("!", "Chờ xem xét", "due")
ACCEPTED = State("✓", "Được chấp nhận", "ok")
REFUSED = State("–", "Không chấp nhận", "none")
WITHDRAWN = State("×", "Đã rút lại", "none")


def waiver_state(waiver: Waiver, day: dt.date) -> State:
    """Give how a waiver stood on ``day``."""
    if waiver.withdrawn_on and waiver.withdrawn_on <= day:
        return WITHDRAWN
    if waiver.decided_on is None or waiver.decided_on > day:
        return WAITING
    return ACCEPTED if waiver.is_accepted else REFUSED


def name_of(user: User | None) -> str:
    return user.full_name if user else ""


def told(waiver: Waiver, day: dt.date) -> str:
    """Give what was said when a waiver was decided or taken back by ``day``."""
    state = waiver_state(waiver, day)
    if state is WAITING:
        return ""
    return waiver.withdrawal_reason if state is WITHDRAWN else waiver.decision_note


def settled(waiver: Waiver, day: dt.date) -> tuple[dt.date | None, str]:
    """Give when and by whom a waiver was decided or taken back by ``day``."""
    state = waiver_state(waiver, day)
    if state is WAITING:
        return None, ""
    if state is WITHDRAWN:
        return waiver.withdrawn_on, name_of(waiver.withdrawn_by)
    return waiver.decided_on, name_of(waiver.decided_by)


def party_columns(reading: Reading) -> tuple[Column, ...]:
    """Give the columns that say whose duty it is."""
    return (
        Column(
            "can_bo",
            "Cán bộ",
            lambda row: row.officer.full_name,
            sort=("officer__sort_key", "entered_at"),
            url=lambda row: reverse("reports:officer_detail", args=[row.officer_id]),
            detail=lambda row: row.officer.position,
            detail_label="Chức vụ, đơn vị công tác",
            width=24,
        ),
        *unit_columns(reading, then=("entered_at",), otherwise=ALL_COMMUNES),
    )


def request_columns() -> tuple[Column, ...]:
    """Give the columns that say what is asked for, why, when and by whom."""
    return (
        Column(
            "nhiem_vu",
            "Nhiệm vụ",
            lambda row: row.get_duty_kind_display(),
            sort=("period__started_on", "duty_kind", "entered_at"),
            detail=lambda row: str(row.period),
            detail_label="Kỳ",
            width=26,
        ),
        Column(
            "de_nghi",
            "Đề nghị",
            lambda row: row.get_effect_display(),
            sort=("effect", "entered_at"),
            detail=lambda row: f"{row.times} lần",
            width=24,
        ),
        Column(
            "so_lan",
            "Số lần",
            lambda row: row.times,
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            width=8,
            is_file_only=True,
            total=True,
        ),
        Column(
            "ly_do",
            "Lý do",
            lambda row: row.reason,
            brief=lambda row: Truncator(row.reason).words(SHOWN_WORDS, truncate=" …"),
            detail=lambda row: row.document,
            detail_label="Văn bản kèm theo",
            width=40,
        ),
        Column(
            "ngay_de_nghi",
            "Ngày đề nghị",
            lambda row: timezone.localdate(row.entered_at),
            kind=Kind.DATE,
            sort=("entered_at",),
            detail=lambda row: name_of(row.entered_by),
            detail_label="Người đề nghị",
            width=12,
        ),
    )


def answer_columns(day: dt.date) -> tuple[Column, ...]:
    """Give the columns that say how it stood on ``day``, since when, by whom, with what words."""
    return (
        Column(
            "xem_xet",
            "Tình trạng",
            lambda row: waiver_state(row, day),
            kind=Kind.STATE,
            detail=lambda row: answer_in_short(row, day),
            width=18,
        ),
        Column(
            "ngay_xem_xet",
            "Ngày xem xét, rút lại",
            lambda row: settled(row, day)[0],
            kind=Kind.DATE,
            width=12,
            is_file_only=True,
        ),
        Column(
            "nguoi_xem_xet",
            "Người xem xét, rút lại",
            lambda row: settled(row, day)[1],
            width=24,
            is_file_only=True,
        ),
        Column(
            "y_kien",
            "Ý kiến, lý do rút lại",
            lambda row: told(row, day),
            width=36,
            is_file_only=True,
        ),
    )


def answer_in_short(waiver: Waiver, day: dt.date) -> str:
    """Give when, by whom and with what words it was decided or taken back by ``day``."""
    on, by = settled(waiver, day)
    when = " · ".join(filter(None, (f"{on:%d/%m/%Y}" if on else "", by)))
    return ": ".join(filter(None, (when, told(waiver, day))))


def waiver_columns(
    reading: Reading, actions: Callable[[Waiver], tuple[Action, ...]]
) -> tuple[Column, ...]:
    """Give the columns of the list as of the day of ``reading``.

    ``actions`` say what can be done with a row.
    """
    return (
        *party_columns(reading),
        *request_columns(),
        *answer_columns(reading.day),
        Column("viec", "Thao tác", actions, holds_actions=True),
    )
