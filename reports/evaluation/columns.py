"""Columns and filters of the evaluations of a cycle, on the page and in the file."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.urls import reverse

from assignments.enums import OfficerGroup
from assignments.tables import Column, Kind, State
from communes.models import having_all_words
from reports.enums import EvaluationState, RatingLevel
from reports.evaluation.shown import Shown, own_state_label
from reports.models import Evaluation

SIGNS = {
    EvaluationState.OPEN: ("○", "none"),
    EvaluationState.SELF_RATED: ("→", "due"),
    EvaluationState.PROPOSED: ("…", "due"),
    EvaluationState.DECIDED: ("◐", "due"),
    EvaluationState.RELEASED: ("✓", "ok"),
}
NO_LEVEL = "chua"
LEVELS = [*RatingLevel.choices, (NO_LEVEL, "Chưa có mức")]


def state_badge_of(state: str) -> State:
    """Give an evaluation's state as sign, word and tone."""
    state = EvaluationState(state)
    sign, tone = SIGNS[state]
    return State(sign, str(state.label), tone)


def badge_of(shown: Shown) -> State:
    """Give how far an evaluation is, as far as it is the reader's to know."""
    return state_badge_of(shown.state) if shown.state else State("…", shown.state_label, "due")


def own_badge(evaluation: Evaluation) -> State:
    """Give how far an officer's own evaluation is, as far as they may know."""
    label = own_state_label(evaluation)
    is_known = label == evaluation.get_state_display()
    return state_badge_of(evaluation.state) if is_known else State("…", label, "due")


def level_column(key: str, label: str, field: str) -> Column:
    """Give a column of one of the three levels."""
    return Column(
        key,
        label,
        lambda row: getattr(row, f"get_{field}_display")(),
        sort=(field, "officer__sort_key"),
        width=28,
    )


EVALUATION_COLUMNS = (
    Column(
        "can_bo",
        "Cán bộ",
        lambda row: row.officer.full_name,
        sort=("officer__sort_key",),
        url=lambda row: reverse("evaluations:detail", args=[row.pk]),
        detail=lambda row: row.officer.position,
        detail_label="Chức vụ, đơn vị công tác",
        width=24,
    ),
    Column(
        "nhom",
        "Nhóm cán bộ",
        lambda row: row.officer.get_group_display(),
        sort=("officer__group", "officer__sort_key"),
        width=22,
    ),
    Column(
        "tinh_trang",
        "Tình trạng",
        lambda row: state_badge_of(row.state),
        kind=Kind.STATE,
        sort=("state", "officer__sort_key"),
        width=26,
    ),
    level_column("tu_danh_gia", "Tự đánh giá", "self_level"),
    level_column("de_xuat", "Đề xuất", "proposed_level"),
    level_column("quyet_dinh", "Quyết định", "decided_level"),
    Column(
        "so_van_ban",
        "Số văn bản",
        lambda row: row.decision_number,
        sort=("decision_number", "officer__sort_key"),
        is_file_only=True,
    ),
    Column(
        "ngay_quyet_dinh",
        "Ngày quyết định",
        lambda row: row.decided_on,
        kind=Kind.DATE,
        sort=("decided_on", "officer__sort_key"),
        width=12,
        is_file_only=True,
    ),
    Column(
        "ngay_cong_bo",
        "Ngày công bố",
        lambda row: row.released_on,
        kind=Kind.DATE,
        sort=("released_on", "officer__sort_key"),
        width=12,
        is_file_only=True,
    ),
)


class EvaluationFilter(filters.FilterSet):
    """Which evaluations of a cycle: how far, at which level, of which group."""

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng", field_name="state", choices=EvaluationState, empty_label="Tất cả"
    )
    muc = filters.ChoiceFilter(
        label="Mức quyết định", choices=LEVELS, empty_label="Mọi mức", method="at_level"
    )
    de_xuat = filters.ChoiceFilter(
        label="Mức đề xuất", field_name="proposed_level", choices=RatingLevel, empty_label="Mọi mức"
    )
    nhom = filters.ChoiceFilter(
        label="Nhóm cán bộ",
        field_name="officer__group",
        choices=OfficerGroup,
        empty_label="Mọi nhóm",
    )

    class Meta:
        model = Evaluation
        fields: list[str] = []

    def at_level(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        """Keep what was decided so; or what was not decided."""
        return rows.filter(decided_level="" if choice == NO_LEVEL else choice)


def searched(rows: QuerySet, query: str) -> QuerySet:
    """Keep the evaluations whose officer has the words, with or without accents."""
    return having_all_words(rows, query, ("officer__search_key",))
