"""Columns of the list of petitions, on the page and in the file, as each stood on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import Case, F, FilteredRelation, Q, When
from django.urls import reverse
from django.utils.text import Truncator

from assignments.tables import NO_FIGURE, Action, Column, Kind, State
from assignments.unit_columns import unit_columns
from communes.lineage import Reading
from communes.periods import covers
from reports.enums import LegRole, PetitionSource, PetitionState, Urgency
from reports.models import Petition, PetitionQuerySet
from reports.petitions.standing import untold_on

SHOWN_WORDS = 26  # of the content; the page of the petition has it whole
MASKED = "(Nội dung có dữ liệu cá nhân, xem trên hệ thống)"
MASKED_ON_LIST = "(Có dữ liệu cá nhân: mở kiến nghị để xem)"  # lists are printed too

SIGNS = {
    PetitionState.NEW: ("○", "none"),
    PetitionState.ROUTED: ("→", "due"),
    PetitionState.CONSIDERING: ("…", "due"),
    PetitionState.IN_PROGRESS: ("◐", "due"),
    PetitionState.RESOLVED: ("✓", "ok"),
    PetitionState.ANSWERED: ("✓", "ok"),
    PetitionState.UNDER_RESOURCED: ("»", "why"),
    PetitionState.OUT_OF_COMPETENCE: ("–", "none"),
    PetitionState.DUPLICATE: ("=", "none"),
}
WITHDRAWN = State("×", "Đã rút lại", "none")
TOLD = "Đã trả lời xã"
TO_TELL = "Cần trả lời xã"


def state_badge_of(state: str) -> State:
    """Give a petition's state as sign, word and tone."""
    state = PetitionState(state)
    sign, tone = SIGNS[state]
    return State(sign, str(state.label), tone)


def in_words(days: int) -> str:
    """Say how far a due date is: "còn 12 ngày", "quá hạn 3 ngày"."""
    if days < 0:
        return f"quá hạn {-days} ngày"
    return f"còn {days} ngày" if days else "hạn hôm nay"


def with_standing(rows: PetitionQuerySet, day: dt.date) -> PetitionQuerySet:
    """Annotate rows of :meth:`PetitionQuerySet.on` with who had them on ``day`` and by when.

    Of two lead bodies never both have one on a day, so no row comes twice.
    """
    current = covers(day, "legs__started_on", "legs__ended_on") & Q(legs__role=LegRole.LEAD)
    return rows.annotate(
        lead_leg=FilteredRelation("legs", condition=current),
        lead=F("lead_leg__body__name"),
        due_on=F("lead_leg__due_on"),
        is_untold=Case(When(untold_on(day), then=True), default=False),
    )


def told_on(petition: Petition) -> dt.date | None:
    """Give when the commune was told, if on the day it had been."""
    return petition.stands_since if petition.is_closed_on else None


def feedback(petition: Petition) -> str:
    """Say whether the commune has been told, or is to be."""
    if on := told_on(petition):
        return f"{TOLD} {on:%d/%m/%Y}"
    return TO_TELL if petition.is_untold else ""


def age(petition: Petition, day: dt.date) -> int:
    """Give how many days passed from its being raised until the commune was told, or ``day``."""
    return ((told_on(petition) or day) - petition.raised_on).days


def days_left(petition: Petition, day: dt.date) -> str:
    return in_words((petition.due_on - day).days) if petition.due_on else ""


def time_left(petition: Petition, day: dt.date) -> str | State:
    """Give the days left; as a state, which stands out, once it is overdue."""
    words = days_left(petition, day)
    is_overdue = petition.due_on is not None and petition.due_on < day
    return State("!", words.capitalize(), "short") if is_overdue else words


def content(petition: Petition) -> str:
    """Give the content as it may leave the system."""
    return MASKED if petition.has_personal_data else petition.content


def beneficiary(petition: Petition) -> str:
    return MASKED if petition.has_personal_data and petition.beneficiary else petition.beneficiary


def brief(petition: Petition) -> str:
    if petition.has_personal_data:
        return MASKED_ON_LIST
    return Truncator(petition.content).words(SHOWN_WORDS, truncate=" …")


def urgency(petition: Petition) -> str:
    """Name the urgency where it is not the usual one."""
    return "" if petition.urgency == Urgency.NORMAL else Urgency(petition.urgency).label


def name_of_officer(petition: Petition) -> str:
    return petition.officer.full_name if petition.officer else ""


def petition_address(petition: Petition) -> str:
    return reverse("petitions:detail", args=[petition.pk])


def what_columns(reading: Reading) -> tuple[Column, ...]:
    """Give the columns that say what is asked, and by which commune."""
    return (
        Column(
            "so",
            "Số",
            lambda row: row.code,
            sort=("year", "number"),
            url=petition_address,
            detail=urgency,
            width=10,
        ),
        Column("noi_dung", "Nội dung", content, brief=brief, url=petition_address, width=52),
        *unit_columns(reading, then=("raised_on",)),
        Column(
            "linh_vuc",
            "Lĩnh vực",
            lambda row: row.field.name,
            sort=("field__order", "field", "raised_on"),
            width=20,
        ),
        Column(
            "ngay",
            "Ngày kiến nghị",
            lambda row: row.raised_on,
            kind=Kind.DATE,
            sort=("raised_on",),
            detail=name_of_officer,
            detail_label="Cán bộ phản ánh",
            width=12,
        ),
    )


def standing_columns(day: dt.date, *, is_with_body: bool) -> tuple[Column, ...]:
    """Give the columns that say how it stood on ``day``: state, body, due date, age.

    The page leaves out body and due date where no row ``is_with_body``.
    """
    return (
        Column(
            "trang_thai",
            "Tình trạng",
            lambda row: state_badge_of(row.state_on),
            kind=Kind.STATE,
            sort=("state_on", "raised_on"),
            detail=feedback,
            width=22,
        ),
        Column(
            "co_quan",
            "Cơ quan chủ trì",
            lambda row: row.lead,
            sort=("lead", "due_on"),
            width=26,
            is_file_only=not is_with_body,
        ),
        Column(
            "han",
            "Hạn trả lời",
            lambda row: row.due_on,
            kind=Kind.DATE,
            sort=("due_on",),
            detail=lambda row: time_left(row, day),
            detail_label="Còn lại, quá hạn",
            width=12,
            is_file_only=not is_with_body,
        ),
        Column(
            "so_ngay",
            "Số ngày từ khi nêu",
            lambda row: age(row, day),
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            width=12,
        ),
    )


def file_columns() -> tuple[Column, ...]:
    """Give what only the file has room for."""
    options = {"is_file_only": True}
    return (
        Column("muc_do", "Mức độ", lambda row: Urgency(row.urgency).label, width=16, **options),
        Column(
            "thong_tin_lai",
            "Đã thông tin lại cho địa phương ngày",
            told_on,
            kind=Kind.DATE,
            width=14,
            **options,
        ),
        Column("nguon", "Nguồn", lambda row: PetitionSource(row.source).label, width=20, **options),
        Column("van_ban", "Hội nghị, văn bản", lambda row: row.source_note, width=24, **options),
        Column("doi_tuong", "Đối tượng thụ hưởng", beneficiary, width=24, **options),
        Column("nhom", "Nhóm vấn đề", lambda row: str(row.matter or ""), width=24, **options),
    )


def petition_columns(
    reading: Reading, actions: Callable[[Petition], tuple[Action, ...]] | None = None
) -> tuple[Column, ...]:
    """Give all columns of the list as of the day of ``reading``.

    ``actions`` say what is to be done with a row: no body has what is to be routed, or to be told
    to the commune.
    """
    acts = [Column("viec", "Thao tác", actions, holds_actions=True)] if actions else []
    stands = standing_columns(reading.day, is_with_body=actions is None)
    return (*what_columns(reading), *stands, *acts, *file_columns())
