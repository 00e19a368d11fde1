"""Forms of matters: the matter itself, what goes into it, one act for all its open petitions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.plans.forms import record_field
from assignments.text_fields import LineInput, LinesInput, show_refusal
from reports.enums import PetitionAct
from reports.models import Petition, PetitionField, PetitionLeg, PetitionMatter
from reports.petitions import answer_petitions, group_petitions, ungroup_petition
from reports.petitions.act_form import ActForm, note_field
from reports.petitions.columns import state_badge_of
from reports.petitions.matters import add_matter, edit_matter
from reports.petitions.outcome_forms import AnswerForm, answer_of
from reports.petitions.route_forms import RouteManyForm
from reports.petitions.similar import matters_like

ONE_OF_TWO = "Chọn một nhóm đã có, hoặc ghi tên nhóm mới."
ALL_THERE = "Mọi kiến nghị của nhóm đều đang ở cơ quan này."
LONGEST_TITLE = PetitionMatter._meta.get_field("title").max_length


class MatterForm(forms.ModelForm):
    """What a matter is called, which field it is of."""

    title = LineInput(
        label="Tên nhóm vấn đề",
        missing="Cần ghi tên nhóm vấn đề.",
        max_length=LONGEST_TITLE,
        help_text="Ví dụ: Lắp đèn đường các tuyến liên ấp",
    )
    note = LinesInput(label="Ghi chú", required=False, max_length=2_000)

    class Meta:
        model = PetitionMatter
        fields = ("title", "field", "note")
        error_messages = {"field": {"required": "Chọn lĩnh vực."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_use = PetitionField.objects.in_use()
        own = PetitionField.objects.filter(pk=self.instance.field_id)
        self.fields["field"].queryset = in_use | own
        self.fields["field"].empty_label = "Chọn lĩnh vực…"
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, by: User, now: dt.datetime) -> PetitionMatter | None:
        """Write the matter; ``None`` when refused, with the reason on the form."""
        try:
            if self.instance.pk:
                return edit_matter(matter=self.instance, by=by, **self.cleaned_data)
            return add_matter(matter=self.instance, by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class GroupForm(forms.Form):
    """Into which matter ticked petitions go: one that is there, or a new one."""

    title = LineInput(
        label="Hoặc nhóm mới",
        required=False,
        max_length=LONGEST_TITLE,
        help_text="Ví dụ: Lắp đèn đường các tuyến liên ấp",
    )

    def __init__(self, *args, petitions: Sequence[Petition], by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.petitions, self.by = petitions, by
        self.fields["matter"] = self.matter_field()
        self.fields["field"] = self.field_field()
        self.order_fields(("matter", "title", "field"))
        self.helper = FormHelper()
        self.helper.form_tag = False

    def usual_field(self) -> int:
        """Give the field most of the petitions have."""
        return Counter(one.field_id for one in self.petitions).most_common(1)[0][0]

    def likely(self) -> list[PetitionMatter]:
        """Give the matters like the petitions, those like the first of them first."""
        found = [
            matter
            for one in self.petitions[:3]
            for matter in matters_like(one.content, None, self.by)
        ]
        return list(dict.fromkeys(found))

    def matter_field(self) -> forms.Field:
        """Offer the likely matters first, then those of the same field, then all of them."""
        likely = self.likely()
        others = PetitionMatter.objects.visible_to(self.by).select_related("field")
        rest = [matter for matter in others if matter not in likely]
        usual = self.usual_field()
        rest.sort(key=lambda matter: matter.field_id != usual)
        groups = [("Có thể cùng vấn đề", likely), ("Các nhóm khác", rest)]
        choices = [
            (label, [(str(one.pk), one.title) for one in matters])
            for label, matters in groups
            if matters
        ]
        return record_field(
            "Nhóm vấn đề đã có", [*likely, *rest], "Chọn nhóm…", choices, required=False
        )

    def field_field(self) -> forms.Field:
        fields = list(PetitionField.objects.in_use())
        choices = [(str(one.pk), one.name) for one in fields]
        return record_field(
            "Lĩnh vực của nhóm mới",
            fields,
            "Theo các kiến nghị",
            choices,
            required=False,
            initial=self.usual_field(),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if bool(values.get("matter")) == bool(values.get("title")) and not self.errors:
            raise ValidationError(ONE_OF_TWO)
        return values

    def write(self, now: dt.datetime) -> PetitionMatter | None:
        """Group all; ``None`` when refused, with the reasons on the form."""
        try:
            return self.group(now)
        except ValidationError as error:
            show_refusal(self, error)
            return None

    def group(self, now: dt.datetime) -> PetitionMatter:
        data = self.cleaned_data
        if matter := data["matter"]:
            group_petitions(petitions=self.petitions, matter=matter, by=self.by, now=now)
            return matter
        field = data["field"] or PetitionField.objects.get(pk=self.usual_field())
        matter = PetitionMatter(title=data["title"], field=field)
        return add_matter(matter=matter, petitions=self.petitions, by=self.by, now=now)


class UngroupForm(ActForm):
    """Why a petition leaves its matter."""

    act = PetitionAct.UNGROUP
    title, submit = "Đưa ra khỏi nhóm vấn đề", "Đưa ra khỏi nhóm"
    lead = "Kiến nghị vẫn còn và được xử lý riêng; quá trình trong nhóm vẫn được lưu."

    note = note_field("Lý do", rows=2)

    def done(self, now: dt.datetime) -> None:
        note = self.cleaned_data["note"]
        ungroup_petition(petition=self.petition, note=note, by=self.by, now=now)


# --- all open petitions of a matter ---------------------------------------------------------------


class RouteAllForm(RouteManyForm):
    """To whom all open petitions of a matter go; those that are there already stay."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(self.leads()) == len(self.petitions):
            # Each is with a body already: where else they should go nobody but the office knows.
            self.initial.pop("body", None)

    def leads(self) -> dict[int, int]:
        """Give the body that has each petition now, for those that are with one."""
        open_legs = PetitionLeg.objects.leading().filter(ended_on__isnull=True)
        rows = open_legs.filter(petition__in=[one.pk for one in self.petitions])
        return dict(rows.values_list("petition", "body"))

    def write(self, now: dt.datetime) -> list[Petition] | None:
        leads, body = self.leads(), self.cleaned_data["body"]
        going = [one for one in self.petitions if leads.get(one.pk) != body.pk]
        if not going:
            self.add_error("body", ALL_THERE)
            return None
        self.petitions = going
        return super().write(now)


class AnswerAllForm(AnswerForm):
    """What came of all open petitions of a matter, in one document; its files are kept once.

    Each row sends the edition that its page showed.
    """

    def __init__(self, *args, petitions: Sequence[Petition], by: User, today: dt.date, **kwargs):
        super().__init__(*args, petition=petitions[0], by=by, today=today, **kwargs)
        self.petitions = petitions
        del self.fields["edition"]
        for petition in petitions:
            self.fields[self.edition_name(petition)] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=petition.edition
            )

    edition_name = staticmethod(RouteManyForm.edition_name)

    def rows(self) -> list[dict[str, object]]:
        """Give each petition with its state and hidden edition."""
        return [
            {
                "petition": petition,
                "state": state_badge_of(petition.state),
                "edition": self[self.edition_name(petition)],
                "errors": [],
            }
            for petition in self.petitions
        ]

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        editions = {one.pk: data[self.edition_name(one)] for one in self.petitions}
        answer_petitions(
            petitions=self.petitions,
            facts=answer_of(data),
            files=data["files"],
            by=self.by,
            now=now,
            editions={key: edition for key, edition in editions.items() if edition is not None},
        )

    def refuse(self, error: ValidationError) -> None:
        """Show why; the next sending acts on what is there now."""
        show_refusal(self, error)
        now = Petition.objects.in_bulk([one.pk for one in self.petitions])
        self.resend(**{self.edition_name(one): str(one.edition) for one in now.values()})
