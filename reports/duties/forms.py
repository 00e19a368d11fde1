"""The form that narrows the lists of duties: quarter, duty, how it stands, where, whose."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet

from assignments.enums import DutyKind
from assignments.filters import districts
from assignments.forms import choice_field
from assignments.visits.filters import known_communes, known_officers
from communes.as_of import PARAMETER as DAY
from communes.models import District
from reports.duties.by_district import PLACE, SHARED, WITHOUT, area_of
from reports.duties.named import NamedLine
from reports.duties.words import DUTY_WORDS, OVERDUE_CHOICE
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


def districts_of(view: Viewpoint, request) -> QuerySet[District]:
    """Give the districts of the day, and those there were when the quarter looked at began."""
    since = view.quarter.started_on if view.quarter else view.day
    return districts(request) | District.objects.existing_on(since)


class DutyForm(forms.Form):
    """What ``?ky=&nhiem_vu=&ket_qua=&huyen=&can_bo=&dang_bo=&dia_ban=`` ask for.

    Stands in for a filter set (``form``, ``filters``) where rows are computed, not fetched.
    ``dia_ban`` is for links to what is no district's.
    """

    ky = choice_field("Quý", [], required=False)
    nhiem_vu = choice_field(
        "Nhiệm vụ",
        [("", "Mọi nhiệm vụ"), *DutyKind.choices],
        required=False,
    )
    ket_qua = choice_field("Kết quả", [], required=False)
    huyen = forms.ModelChoiceField(
        queryset=None, label="Huyện, thị xã, thành phố", required=False, empty_label="Mọi huyện"
    )
    dia_ban = forms.ChoiceField(
        label="Địa bàn",
        choices=[("", ""), *((area.value, area.name) for area in (WITHOUT, SHARED))],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, data, *, view: Viewpoint, request):
        super().__init__(data)
        self.fields["ky"].choices = [("", "Quý của ngày xem"), *view.offered]
        self.fields["ket_qua"].choices = results(view)
        self.fields["huyen"].queryset = districts_of(view, request)
        self.fields["can_bo"] = one_of(known_officers(request), "Cán bộ")
        self.fields["dang_bo"] = one_of(known_communes(request), "Đảng bộ")

    @property
    def form(self) -> DutyForm:
        return self

    @property
    def filters(self) -> Iterable[str]:
        return self.fields.keys() - {DAY}

    def keeps(self, line: NamedLine) -> bool:
        """Say whether a line is asked for."""
        asked = self.cleaned_data
        district = line.commune.district_id if line.commune else None
        area = area_of(line.commune)
        return (
            (not asked["nhiem_vu"] or line.line.duty.kind == asked["nhiem_vu"])
            and (not asked["huyen"] or district == asked["huyen"].pk)
            and (not asked[PLACE] or area.query == {PLACE: asked[PLACE]})
            and (not asked["can_bo"] or line.officer == asked["can_bo"])
            and (not asked["dang_bo"] or line.commune == asked["dang_bo"])
        )

    def keeps_result(self, row) -> bool:
        """Say whether a line or a group of lines stands as asked."""
        choice = self.cleaned_data["ket_qua"]
        if choice == OVERDUE_CHOICE:
            return row.totals.overdue > 0
        return not choice or COUNTED[choice].of(row.totals) > 0
