"""The table of the reports that are due: its columns, and the form that narrows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from assignments.forms import choice_field
from assignments.tables import NO_FIGURE, Action, Column, Kind
from assignments.unit_columns import district_column, other_column, other_name_of, relation
from assignments.visits.filters import known_officers
from communes.as_of import PARAMETER as DAY
from communes.lineage import Reading
from communes.models import Commune
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
    khu_vuc = choice_field("Khu vực", [], required=False)

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
        self.reading = Reading.of(request)
        self.offer("huyen", "Mọi huyện", districts_of(self.reading, rows))
        self.offer("khu_vuc", "Mọi khu vực", areas_of(self.reading, rows))
        self.fields["can_bo"] = one_of(known_officers(request), "Cán bộ")

    def offer(self, name: str, everywhere: str, groups: list[tuple[str, str]]) -> None:
        """Let one choose among ``groups``; where there are none, there is nothing to choose."""
        if groups:
            self.fields[name].choices = [("", everywhere), *groups]
        else:
            del self.fields[name]

    @property
    def form(self) -> ExpectedForm:
        return self

    def is_in(self, asked: str | None, groups: list[tuple[str, str]]) -> bool:
        """Say whether ``asked`` is one of ``groups``, or nothing is asked for."""
        return not asked or asked in dict(groups)

    @property
    def filters(self) -> Iterable[str]:
        return self.fields.keys() - {DAY}

    def keeps(self, row: Expected) -> bool:
        """Say whether a row is asked for."""
        asked = self.cleaned_data
        return (
            (not asked["tinh_trang"] or BY_KEY[asked["tinh_trang"]].holds(row))
            and self.is_in(asked.get("huyen"), districts_of(self.reading, [row]))
            and self.is_in(asked.get("khu_vuc"), areas_of(self.reading, [row]))
            and (not asked["can_bo"] or row.officer == asked["can_bo"])
        )


def units_of(reading: Reading, row: Expected) -> list[Commune]:
    """Give the units a report counts for, each once, by name."""
    units = {one.pk: one for one in map(reading.unit_of, row.communes)}
    return sorted(units.values(), key=lambda one: one.sort_key)


def districts_of(reading: Reading, rows: Iterable[Expected]) -> list[tuple[str, str]]:
    """Give the districts of the rows' units by key, in the order of their codes."""
    units = (unit for row in rows for unit in units_of(reading, row))
    found = {unit.district for unit in units if unit.district_id}
    return [(str(one.pk), str(one)) for one in sorted(found, key=lambda one: (one.code, one.pk))]


def areas_of(reading: Reading, rows: Iterable[Expected]) -> list[tuple[str, str]]:
    """Give the areas of the rows' units by key, in the office's order."""
    units = (unit for row in rows for unit in units_of(reading, row))
    found = {unit.area for unit in units if unit.area_id}
    return [
        (str(one.pk), str(one)) for one in sorted(found, key=lambda one: (one.rank, one.sort_key))
    ]


def search_text(reading: Reading, row: Expected) -> str:
    """Give the search keys of a row's officer, communes, units and districts."""
    communes = {*row.communes, *units_of(reading, row)}
    places = [commune.search_key for commune in communes]
    districts = [one.district.search_key for one in communes if one.district_id]
    return " ".join([row.officer.search_key, *places, *districts])


def place_order(reading: Reading, row: Expected) -> tuple:
    """Give the key by the district and name of the first unit."""
    if not row.communes:
        return ("~", b"")
    first = units_of(reading, row)[0]
    return (first.district.code if first.district_id else "~", first.sort_key)


# How rows sort by each column; "dang_bo" by :func:`place_order`.
ORDERS: dict[str, Callable[[Expected], object]] = {
    "ky": lambda row: (row.period.started_on, row.period.kind),
    "can_bo": lambda row: row.officer.sort_key,
    "han": lambda row: row.due_on,
    "ngay_nop": lambda row: (row.submitted_on is None, row.submitted_on or row.due_on),
    "tinh_trang": lambda row: (-row.days_overdue, row.state.word),
}


def columns_of_office(
    reading: Reading,
    rows: Sequence[Expected],
    actions: Callable[[Expected], tuple[Action, ...]] | None,
) -> tuple[Column, ...]:
    """Give the columns of one period's list, for who sees everybody's.

    Without ``actions`` when nothing can be done with any row.
    """
    acts = (actions_column(actions),) if actions else ()
    return (officer_column(), *commune_columns(reading, rows), *standing_columns(), *acts)


def own_columns(
    reading: Reading,
    rows: Sequence[Expected],
    actions: Callable[[Expected], tuple[Action, ...]],
) -> tuple[Column, ...]:
    """Give the columns of the list of one's own reports, of several periods."""
    period = Column("ky", "Kỳ báo cáo", lambda row: str(row.period), sort=("ky",), width=18)
    return (
        period,
        officer_column(),
        *commune_columns(reading, rows),
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


def commune_columns(reading: Reading, rows: Sequence[Expected]) -> tuple[Column, ...]:
    """Give what :func:`unit_columns` gives, of reports about several communes."""
    are_districts = bool(districts_of(reading, rows))

    def districts(row: Expected) -> str:
        return ", ".join(name for _, name in districts_of(reading, [row]))

    def detail(row: Expected) -> str:
        relations = (relation(reading, commune) for commune in row.communes)
        return " · ".join(filter(None, (districts(row), *relations)))

    page = Column(
        "dang_bo",
        "Đảng bộ",
        lambda row: ", ".join(unit.full_name for unit in units_of(reading, row)),
        sort=("dang_bo",),
        detail=detail,
        width=30,
    )
    others = other_column(reading, partial(other_names, reading))
    return (page, *([district_column(districts)] if are_districts else []), *others)


def other_names(reading: Reading, row: Expected) -> str:
    """Give the units under which the other reading shows a report."""
    return ", ".join(dict.fromkeys(other_name_of(reading, one) for one in row.communes))


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
