"""Columns of the list of visits: one row for each attendance, on the page and in the file."""

from __future__ import annotations

from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import User
from assignments.models import Attendance, AttendanceQuerySet, Visit
from assignments.tables import NO_FIGURE, Column, Kind, State
from assignments.unit_columns import unit_columns
from communes.lineage import Reading

# Never null: without a word on nulls the index of the day serves both ways.
BY_DAY = F("visit__visited_on").asc()
SHOWN_WORDS = 28  # of what an officer found; the page of the visit has it whole


def confirmation_state(attendance: Attendance) -> State:
    """Give how far an attendance can be relied on."""
    if attendance.is_withdrawn:
        return State("×", "Đã rút lại", "none")
    if attendance.is_confirmed:
        return State("✓", "Đã xác nhận", "ok")
    return State("!", "Chờ xác nhận", "due")


def outcome_state(visit: Visit) -> State:
    """Give whether what was gone for took place."""
    sign, tone = ("✓", "ok") if visit.is_held else ("–", "due")
    return State(sign, visit.get_outcome_display(), tone)


def lateness(attendance: Attendance) -> str:
    """Say how long after the visit it was entered; "" for the same day."""
    days = attendance.entered_days_late
    return f"nhập sau {days} ngày" if days else ""


def with_company(rows: AttendanceQuerySet) -> AttendanceQuerySet:
    """Fetch who was at each visit as the list ``visit.company``."""
    there = Attendance.objects.standing().select_related("officer").order_by("officer__sort_key")
    return rows.prefetch_related(Prefetch("visit__attendances", queryset=there, to_attr="company"))


def company(attendance: Attendance) -> str:
    """Name the other officers at the visit; needs :func:`with_company`."""
    others = (row for row in attendance.visit.company if row.officer_id != attendance.officer_id)
    return ", ".join(row.officer.full_name for row in others)


def notes(attendance: Attendance) -> str:
    """Give the state of each mass organisation on a line of its own."""
    return "\n".join(
        f"{note.get_organisation_display()}: {note.note}"
        for note in attendance.organisation_notes.all()
    )


def name_of(user: User | None) -> str:
    return user.full_name if user else ""


def text_column(key: str, field: str, **options) -> Column:
    """Give the column of one of the texts of an attendance, in the file only."""
    label = Attendance._meta.get_field(field).verbose_name
    label = f"{label[:1].upper()}{label[1:]}"
    options = {"is_file_only": True, "width": 36} | options
    return Column(key, label, lambda row: getattr(row, field), **options)


def visit_columns(reading: Reading, *, is_on_page_only: bool = False) -> tuple[Column, ...]:
    """Give the columns of the list, Đảng bộ told in ``reading``."""
    return (
        Column(
            "ngay",
            "Ngày",
            lambda row: row.visit.visited_on,
            kind=Kind.DATE,
            sort=(BY_DAY,),
            url=lambda row: reverse("visits:detail", args=[row.visit_id]),
            detail=lateness,
            width=12,
        ),
        Column(
            "nhap_sau",
            "Nhập sau (số ngày)",
            lambda row: row.entered_days_late,
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            width=10,
            is_file_only=True,
        ),
        *unit_columns(
            reading,
            commune=lambda row: row.visit.commune,
            path="visit__commune",
            then=(BY_DAY,),
            is_on_page_only=is_on_page_only,
        ),
        Column(
            "can_bo",
            "Cán bộ",
            lambda row: row.officer.full_name,
            sort=("officer__sort_key", BY_DAY),
            url=lambda row: reverse("reports:officer_detail", args=[row.officer_id]),
            detail=lambda row: f"cùng {company(row)}" if company(row) else "",
            width=24,
        ),
        Column("cung_du", "Cùng dự", company, width=24, is_file_only=True),
        Column(
            "viec",
            "Việc",
            lambda row: row.visit.get_kind_display(),
            sort=("visit__kind", BY_DAY),
            detail=lambda row: row.visit.cell_label,
            detail_label="Chi bộ, nơi đến",
            width=24,
        ),
        Column(
            "ket_qua",
            "Kết quả",
            lambda row: outcome_state(row.visit),
            kind=Kind.STATE,
            sort=("visit__outcome", BY_DAY),
        ),
        text_column("da_gap", "met"),
        text_column(
            "noi_dung",
            "findings",
            is_file_only=False,
            brief=lambda row: Truncator(row.findings).words(SHOWN_WORDS, truncate=" …"),
            width=48,
        ),
        text_column("kinh_te", "economy"),
        text_column("quoc_phong", "defence"),
        text_column("chinh_tri", "politics"),
        Column("doan_the", "Tình hình đoàn thể", notes, width=36, is_file_only=True),
        text_column("da_hua", "promised"),
        text_column("chuyen_bien", "area_change"),
        Column("tinh_trang", "Tình trạng", confirmation_state, kind=Kind.STATE),
        Column(
            "nguoi_nhap",
            "Người nhập",
            lambda row: name_of(row.entered_by),
            width=24,
            is_file_only=True,
        ),
        Column(
            "nguoi_xac_nhan",
            "Người xác nhận",
            lambda row: name_of(row.confirmed_by),
            width=24,
            is_file_only=True,
        ),
        Column(
            "ly_do_rut",
            "Lý do rút lại",
            lambda row: row.withdrawal_reason,
            width=30,
            is_file_only=True,
            is_internal=True,
        ),
    )
