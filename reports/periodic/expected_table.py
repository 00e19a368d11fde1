"""The table of the reports that are due: its columns, and the form that narrows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from assignments.forms import choice_field
from assignments.tables import NO_FIGURE, Action, Column, Kind
from assignments.visits.filters import known_officers
from communes.as_of import PARAMETER as DAY
from reports.duties import DutyLine
from reports.duties.forms import one_of
from reports.models import Period
from reports.periodic.expected import Expected
from reports.periodic.standings import BY_KEY, STANDINGS

PERIOD, OFFICER, COMMUNE = "ky", "can_bo", "dang_bo"


class ExpectedForm(forms.Form):
    """What ``?ky=&tinh_trang=&huyen=&can_bo=`` ask for.

    Stands in for a filter set (``form``, ``filters``) where rows are computed, not fetched.
    """

    ky = choice_field("Kỳ báo cáo", [], required=False)
    tinh_trang = choice_field(
        "Tình trạng",
        [("", "Tất cả"), *((one.key, one.label) for one in STANDINGS)],
        required=False,
    )
    huyen = choice_field("Huyện, thị xã, thành phố", [], required=False)

    def __init__(
        self,
        data,
        *,
        request: HttpRequest,
        periods: Sequence[Period],
        rows: Sequence[Expected],
        nothing_chosen: str,
    ):
        super().__init__(data)
        named = ((str(one.pk), str(one)) for one in dict.fromkeys(periods))
        self.fields["ky"].choices = [("", nothing_chosen), *named]
        self.fields["huyen"].choices = [("", "Mọi huyện"), *districts_of(rows)]
        self.fields["can_bo"] = one_of(known_officers(request), "Cán bộ")

    @property
    def form(self) -> ExpectedForm:
        return self

    @property
    def filters(self) -> Iterable[str]:
        return self.fields.keys() - {DAY}

    def keeps(self, row: Expected) -> bool:
        """Say whether a row is asked for."""
        asked = self.cleaned_data
        return (
            (not asked["tinh_trang"] or BY_KEY[asked["tinh_trang"]].holds(row))
            and (not asked["huyen"] or asked["huyen"] in dict(districts_of([row])))
            and (not asked["can_bo"] or row.officer == asked["can_bo"])
        )


def districts_of(rows: Iterable[Expected]) -> list[tuple[str, str]]:
    """Give the districts of the rows' communes by key, in the order of their codes."""
    found = {commune.district for row in rows for commune in row.communes if commune.district_id}
    return [(str(one.pk), str(one)) for one in sorted(found, key=lambda one: (one.code, one.pk))]


def search_text(row: Expected) -> str:
    """Give the search keys of a row's officer, communes and districts."""
    places = [commune.search_key for commune in row.communes]
    districts = [one.district.search_key for one in row.communes if one.district_id]
    return " ".join([row.officer.search_key, *places, *districts])


def place_order(row: Expected) -> tuple:
    """Give the key by the district and name of the first commune."""
    if not row.communes:
        return ("~", b"")
    first = row.communes[0]
    return (first.district.code if first.district_id else "~", first.sort_key)


ORDERS: dict[str, Callable[[Expected], object]] = {
    "ky": lambda row: (row.period.started_on, row.period.kind),
    "can_bo": lambda row: row.officer.sort_key,
    "dang_bo": place_order,
    "han": lambda row: row.due_on,
    "ngay_nop": lambda row: (row.submitted_on is None, row.submitted_on or row.due_on),
    "tinh_trang": lambda row: (-row.days_overdue, row.state.word),
}


def columns_of_office(
    actions: Callable[[Expected], tuple[Action, ...]] | None,
) -> tuple[Column, ...]:
    """Give the columns of one period's list, for who sees everybody's.

    Without ``actions`` when nothing can be done with any row.
    """
    acts = (actions_column(actions),) if actions else ()
    return (officer_column(), commune_column(), *standing_columns(), *acts)


def own_columns(actions: Callable[[Expected], tuple[Action, ...]]) -> tuple[Column, ...]:
    """Give the columns of the list of one's own reports, of several periods."""
    period = Column("ky", "Kỳ báo cáo", lambda row: str(row.period), sort=("ky",), width=18)
    return (
        period,
        officer_column(),
        commune_column(),
        *standing_columns(),
        actions_column(actions),
    )


def officer_column() -> Column:
    return Column(
        "can_bo",
        "Cán bộ",
        lambda row: row.officer.full_name,
        sort=("can_bo",),
        url=lambda row: reverse("reports:officer_detail", args=[row.officer.pk]),
        detail=lambda row: row.officer.position,
        detail_label="Chức vụ, đơn vị công tác",
        width=24,
    )


def commune_column() -> Column:
    return Column(
        "dang_bo",
        "Đảng bộ",
        lambda row: row.place,
        sort=("dang_bo",),
        detail=lambda row: ", ".join(name for _, name in districts_of([row])),
        detail_label="Huyện, thị xã, thành phố",
        width=30,
    )


def standing_columns() -> tuple[Column, ...]:
    """Give by when it is due, when it was handed in, how it stands."""
    return (
        Column("han", "Hạn nộp", lambda row: row.due_on, kind=Kind.DATE, sort=("han",), width=12),
        Column(
            "tinh_trang",
            "Tình trạng",
            lambda row: row.state,
            kind=Kind.STATE,
            detail=lambda row: row.remark,
            detail_label="Ghi thêm",
            sort=("tinh_trang",),
            width=26,
        ),
        Column(
            "ngay_nop",
            "Ngày nộp",
            lambda row: row.submitted_on,
            kind=Kind.DATE,
            sort=("ngay_nop",),
            width=12,
        ),
        Column(
            "so_ngay_qua_han",
            "Số ngày quá hạn",
            lambda row: row.days_overdue or None,
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            width=10,
            is_file_only=True,
        ),
        Column(
            "so_ngay_nop_muon",
            "Số ngày nộp muộn",
            lambda row: row.days_late or None,
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            width=10,
            is_file_only=True,
        ),
    )


def actions_column(actions: Callable[[Expected], tuple[Action, ...]]) -> Column:
    return Column("viec", "Thao tác", actions, holds_actions=True)


def begin_address(line: DutyLine) -> str:
    """Give where the report that a line asks for is begun."""
    query = {PERIOD: line.period.pk, OFFICER: line.officer_id}
    if line.commune_id:
        query[COMMUNE] = line.commune_id
    return f"{reverse('periodic:begin')}?{urlencode(query)}"
