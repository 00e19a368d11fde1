"""The form that narrows the lists of duties: quarter, duty, how it stands, where, whose."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from assignments.enums import DutyKind
from assignments.forms import choice_field
from assignments.unit_filters import known_communes
from assignments.visits.filters import known_officers
from communes.as_of import PARAMETER as DAY
from reports.duties.named import NamedLine
from reports.duties.words import DUTY_WORDS, OVERDUE_CHOICE
from reports.territories import AREA, DISTRICT, PLACE, SHARED, WITHOUT_AREA, WITHOUT_DISTRICT
from reports.viewpoint import Viewpoint

COUNTED = {word.choice: word for word in DUTY_WORDS if word.choice}


def results(view: Viewpoint) -> list[tuple[str, str]]:
    """Give what one may ask of the results, in the words of the quarter."""
    counted = ((word.choice, word.label) for word in view.words if word.choice)
    return [("", "Tất cả"), *counted, (OVERDUE_CHOICE, "Quá hạn, chưa rõ lý do")]


def one_of(queryset, label: str) -> forms.ModelChoiceField:
    """Give a choice that comes from a link and is not offered."""
    return forms.ModelChoiceField(
        queryset=queryset,
        label=label,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": f"Không có {label.lower()} này."},
    )


class DutyForm(forms.Form):
    """What ``?ky=&nhiem_vu=&ket_qua=&huyen=&khu_vuc=&can_bo=&dang_bo=&dia_ban=`` ask for.

    Stands in for a filter set (``form``, ``filters``) where rows are computed, not fetched. Units
    are those the lines count for; ``huyen`` and ``khu_vuc`` are there while there are districts,
    areas. ``dia_ban`` is for links to what is in none.
    """

    ky = choice_field("Quý", [], required=False)
    nhiem_vu = choice_field(
        "Nhiệm vụ",
        [("", "Mọi nhiệm vụ"), *DutyKind.choices],
        required=False,
    )
    ket_qua = choice_field("Kết quả", [], required=False)
    huyen = choice_field("Huyện, thị xã, thành phố", [], required=False)
    khu_vuc = choice_field("Khu vực", [], required=False)
    dia_ban = forms.ChoiceField(label="Địa bàn", required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, view: Viewpoint, request):
        super().__init__(data)
        self.view = view
        self.fields["ky"].choices = [("", "Quý của ngày xem"), *view.offered]
        self.fields["ket_qua"].choices = results(view)
        self.offer(DISTRICT, "Mọi huyện", view.reading.districts)
        self.offer(AREA, "Mọi khu vực", view.reading.areas)
        outside = WITHOUT_DISTRICT if view.grouping.is_by_district else WITHOUT_AREA
        places = ((place.value, place.name) for place in (outside, SHARED))
        self.fields[PLACE].choices = [("", ""), *places]
        self.fields["can_bo"] = one_of(known_officers(request), "Cán bộ")
        self.fields["dang_bo"] = one_of(known_communes(request), "Đảng bộ")

    def offer(self, name: str, everything: str, groups: list) -> None:
        """Let one choose among ``groups``; where there are none, there is nothing to choose."""
        if groups:
            choices = [(str(one.pk), str(one)) for one in groups]
            self.fields[name].choices = [("", everything), *choices]
        else:
            del self.fields[name]

    @property
    def form(self) -> DutyForm:
        return self

    @property
    def filters(self) -> Iterable[str]:
        return self.fields.keys() - {DAY}

    def keeps(self, line: NamedLine) -> bool:
        """Say whether a line is asked for."""
        asked, unit = self.cleaned_data, line.unit
        return (
            (not asked["nhiem_vu"] or line.line.duty.kind == asked["nhiem_vu"])
            and is_of(unit and unit.district_id, asked.get(DISTRICT))
            and is_of(unit and unit.area_id, asked.get(AREA))
            and (not asked[PLACE] or self.view.grouping.of(unit).query == {PLACE: asked[PLACE]})
            and (not asked["can_bo"] or line.officer == asked["can_bo"])
            and (not asked["dang_bo"] or asked["dang_bo"] in (unit, line.commune))
        )

    def keeps_result(self, row) -> bool:
        """Say whether a line or a group of lines stands as asked."""
        choice = self.cleaned_data["ket_qua"]
        if choice == OVERDUE_CHOICE:
            return row.totals.overdue > 0
        return not choice or COUNTED[choice].of(row.totals) > 0


def is_of(key: int | None, asked: str | None) -> bool:
    """Say whether a unit of the group with ``key`` is among those asked for, all unless one is."""
    return not asked or str(key) == asked
