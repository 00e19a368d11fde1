"""Forms of areas: one area, and where the communes ticked are put."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.forms import choice_field
from assignments.text_fields import show_refusal
from communes.areas import NO_COMMUNE, keep_area, put_into_area
from communes.models import Area, Commune

NOWHERE = "khong"  # out of any area
NO_AREA = "Chọn khu vực để xếp các đơn vị vào."


class AreaForm(forms.ModelForm):
    """An area: its name, its place among the others, whether it is still used."""

    class Meta:
        model = Area
        fields = ("name", "rank", "is_retired")
        error_messages = {
            "name": {"required": "Cần ghi tên khu vực."},
            "rank": {"required": "Cần ghi thứ tự.", "invalid": "Ghi bằng chữ số."},
        }

    def __init__(self, *args, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        self.helper = FormHelper()
        self.helper.form_tag = False
        if self.instance.pk is None:
            del self.fields["is_retired"]

    def write(self, by: User) -> Area | None:
        """Write the area; ``None`` when refused, with the reason on the form."""
        try:
            return keep_area(area=self.instance, day=self.day, by=by)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class PutForm(forms.Form):
    """The communes ticked, and the area they are put into."""

    dang_bo = forms.MultipleChoiceField(
        required=True, error_messages={"required": NO_COMMUNE, "invalid_choice": NO_COMMUNE}
    )
    khu_vuc = choice_field("Xếp các đơn vị đã chọn vào", [])

    def __init__(self, *args, areas: Iterable[Area], communes: Iterable[Commune], **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas if not area.is_retired}
        self.communes = {str(commune.pk): commune for commune in communes}
        self.fields["dang_bo"].choices = [(key, key) for key in self.communes]
        self.fields["khu_vuc"].choices = [
            ("", "Chọn khu vực…"),
            *((key, area.name) for key, area in self.areas.items()),
            (NOWHERE, "Không thuộc khu vực nào"),
        ]
        self.fields["khu_vuc"].widget.attrs["class"] = "form-select"
        self.fields["khu_vuc"].error_messages |= {"required": NO_AREA, "invalid_choice": NO_AREA}

    @property
    def ticked(self) -> set[str]:
        """Give the communes that were ticked, to be ticked again after a refusal."""
        return set(self.data.getlist("dang_bo")) if self.is_bound else set()

    def write(self, by: User) -> str | None:
        """Put them there; give the sentence that tells it, ``None`` when refused."""
        area = self.areas.get(self.cleaned_data["khu_vuc"])
        chosen = [self.communes[key] for key in self.cleaned_data["dang_bo"]]
        try:
            count = put_into_area(communes=chosen, area=area, by=by)
        except ValidationError as error:
            show_refusal(self, error)
            return None
        return (
            f"Đã xếp {count} đơn vị vào {area}."
            if area
            else f"Đã đưa {count} đơn vị ra khỏi khu vực."
        )
