"""Forms of what a petition says: raising one, with what resembles it shown first; correcting it."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass, field

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.forms import choice_field, date_field
from assignments.models import Officer, Visit
from assignments.sent_back import SentBack
from assignments.text_fields import LineInput, LinesInput, show_refusal
from communes.models import Commune
from communes.names import match_key
from reports.enums import PetitionAct, PetitionSource, Urgency
from reports.models import PeriodicReport, Petition, PetitionField, PetitionMatter
from reports.petitions import (
    PetitionFacts,
    SentBefore,
    add_note,
    amend_petition,
    group_petitions,
    raise_petition,
)
from reports.petitions.act_form import ActForm
from reports.petitions.similar import Similar, matters_like, similar, suggest_field

NEW, SAME, INTO = "moi", "bo-sung", "nhom"
PERSONAL = (
    "Dữ liệu cá nhân: họ tên kèm số căn cước, ngày sinh, nơi ở, số điện thoại, sức khỏe, hoàn cảnh "
    "gia đình… của người dân. Khi có thì đánh dấu: nội dung được che trong tệp tải xuống và bản in."
)
CHOOSE_FIELD = "Chọn lĩnh vực: chưa nhận ra từ nội dung."


@dataclass(frozen=True)
class Origin:
    """Where a petition was heard, as far as the address says."""

    commune: Commune
    visit: Visit | None = None
    report: PeriodicReport | None = None

    @property
    def source(self) -> PetitionSource | None:
        """Give the source where it is known and need not be asked."""
        if self.visit:
            return PetitionSource.VISIT
        return PetitionSource.REPORT if self.report else None

    @property
    def officer(self) -> Officer | None:
        return self.report.officer if self.report else None


class FactsForm(SentBack):
    """What a commune asks for."""

    content = LinesInput(
        label="Nội dung kiến nghị", missing="Ghi nội dung kiến nghị.", max_length=4_000, rows=4
    )
    field = forms.ModelChoiceField(
        label="Lĩnh vực",
        queryset=PetitionField.objects.none(),
        required=False,
        empty_label="Theo nội dung kiến nghị",
        error_messages={"invalid_choice": "Chọn lĩnh vực trong danh sách."},
    )
    raised_on = date_field("Ngày kiến nghị")
    source = choice_field("Nguồn", PetitionSource.choices)
    source_note = LineInput(label="Tên hội nghị hoặc số văn bản", max_length=200, required=False)
    urgency = choice_field(
        "Mức độ", Urgency.choices, initial=Urgency.NORMAL, widget=forms.RadioSelect
    )
    beneficiary = LineInput(
        label="Đối tượng thụ hưởng",
        max_length=200,
        required=False,
        help_text="Ví dụ: khoảng 120 hộ dân ấp 3.",
    )
    has_personal_data = forms.BooleanField(
        label="Nội dung có dữ liệu cá nhân", required=False, help_text=PERSONAL
    )

    def prepare(self, origin: Origin, kept: PetitionField | None = None) -> None:
        """Offer the fields in use, and ask no source that is known."""
        self.origin = origin
        rows = PetitionField.objects.filter(Q(is_in_use=True) | Q(pk=kept.pk if kept else None))
        self.fields["field"].queryset = rows
        self.helper = FormHelper()
        self.helper.form_tag = False
        if origin.source:
            del self.fields["source"], self.fields["source_note"]

    def facts(self, chosen: PetitionField) -> PetitionFacts:
        """Give what a valid form says, with the field that was chosen or found."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in SAID}
        return PetitionFacts(
            commune=self.origin.commune,
            visit=self.origin.visit,
            report=self.origin.report,
            **{"source": self.origin.source} | typed | {"field": chosen},
        )


SAID = tuple(FactsForm.base_fields)


# --- raising -------------------------------------------------------------------------------------


@dataclass
class Preview:
    """What is shown before a petition is written down."""

    suggested: PetitionField | None = None
    alike: list[Similar] = field(default_factory=list)
    matters: list[PetitionMatter] = field(default_factory=list)

    @property
    def is_needed(self) -> bool:
        """Say whether there is something to look at first."""
        return bool(self.suggested or self.alike or self.matters)


class RaiseForm(FactsForm):
    """Raises a petition, once what resembles it has been looked at.

    ``previewed`` says for which words that was. ``raised`` is the petition written to; ``earlier``
    what an earlier sending of the same page wrote.
    """

    entry_key = forms.UUIDField(widget=forms.HiddenInput)
    previewed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    answer = choice_field("Ghi thế nào?", (), widget=forms.RadioSelect, required=False)

    def __init__(self, *args, origin: Origin, by: User, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.today = by, today
        self.prepare(origin)
        self.preview = Preview()
        self.earlier: Petition | None = None
        heard_on = origin.visit.visited_on if origin.visit else today
        self.initial = {
            "entry_key": uuid.uuid4(),
            "raised_on": heard_on,
            "source": PetitionSource.MEETING,
        } | self.initial
        if self.is_bound:
            self.look_around()

    @property
    def is_for_office(self) -> bool:
        return allowed(self.by, Permission.HANDLE_PETITIONS)

    def look_around(self) -> None:
        """Find the field and what resembles the words that were typed."""
        content = self.fields["content"].to_python(self.data.get("content", ""))
        chosen = self.chosen_field()
        self.preview.suggested = None if chosen else suggest_field(content)
        found = chosen or self.preview.suggested
        commune = self.origin.commune
        self.preview.alike = similar(content, found, commune, self.by, self.today)
        if self.is_for_office:
            self.preview.matters = matters_like(content, found, self.by)
        self.fields["answer"].choices = self.answers()

    def chosen_field(self) -> PetitionField | None:
        try:
            return self.fields["field"].clean(self.data.get("field", ""))
        except ValidationError:
            return None

    def answers(self) -> list[tuple[str, str]]:
        """Give how it may be written down: anew, as more words on one there is, into a matter."""
        anew = [(NEW, "Ghi thành kiến nghị mới")]
        same = [
            (
                f"{SAME}-{one.petition.pk}",
                f"Chính là kiến nghị số {one.petition.code}: ghi bổ sung vào kiến nghị đó",
            )
            for one in self.preview.alike
            if one.is_same_commune
        ]
        matters = {one.matter for one in self.preview.alike if one.matter and self.is_for_office}
        matters |= {*self.preview.matters}
        ranked = sorted(matters, key=lambda matter: matter.title)
        into = [
            (f"{INTO}-{one.pk}", f"Ghi mới và đưa vào nhóm vấn đề “{one.title}”") for one in ranked
        ]
        self.matters = {one.pk: one for one in ranked}
        return [*anew, *same, *into]

    def clean(self):
        data = super().clean()
        data["field"] = data.get("field") or self.preview.suggested
        if data["field"] is None and "field" not in self.errors and data.get("content"):
            self.add_error("field", CHOOSE_FIELD)
        return data

    @property
    def digest(self) -> str:
        """Give what marks the words that were looked at, and what was found for them."""
        found = [one.petition.pk for one in self.preview.alike]
        words = match_key(self.data.get("content", ""))
        return hashlib.sha256(f"{words} {found}".encode()).hexdigest()[:40]

    def is_to_be_shown(self) -> bool:
        """Say whether a valid form should come back first, with what was found."""
        if not self.preview.is_needed or self.cleaned_data["previewed"] == self.digest:
            return False
        chosen = self.cleaned_data["field"]
        self.resend(previewed=self.digest, field=str(chosen.pk), answer=NEW)
        return True

    def write(self, now: dt.datetime) -> Petition | None:
        """Write it down as was asked; ``None`` when refused, with the reason on the form."""
        kind, _, key = (self.cleaned_data["answer"] or NEW).rpartition("-")
        try:
            if kind == SAME:
                return self.add_to(int(key), now)
            return self.raised(now, self.matters[int(key)] if kind == INTO else None)
        except SentBefore as error:
            self.earlier = error.petition
            self.resend(entry_key=str(uuid.uuid4()))
            show_refusal(self, error)
        except ValidationError as error:
            show_refusal(self, error)
        return None

    def raised(self, now: dt.datetime, matter: PetitionMatter | None) -> Petition:
        """Raise it, into ``matter`` where that was chosen."""
        with transaction.atomic():
            petition = raise_petition(
                facts=self.facts(self.cleaned_data["field"]),
                officer=self.origin.officer,
                by=self.by,
                now=now,
                entry_key=self.cleaned_data["entry_key"],
            )
            if matter:
                group_petitions(petitions=[petition], matter=matter, by=self.by, now=now)
        return petition

    def add_to(self, key: int, now: dt.datetime) -> Petition:
        """Add the words to the petition the commune raised before."""
        same = next(one.petition for one in self.preview.alike if one.petition.pk == key)
        data = self.cleaned_data
        note = f"Địa phương kiến nghị lại ngày {data['raised_on']:%d/%m/%Y}: {data['content']}"
        return add_note(petition=same, note=note, by=self.by, now=now)


# --- correcting ----------------------------------------------------------------------------------


class AmendForm(FactsForm, ActForm):
    """Corrects what an open petition says."""

    act = PetitionAct.AMEND
    title, submit = "Sửa nội dung kiến nghị", "Ghi phần sửa"

    reason = LineInput(
        label="Lý do sửa", missing="Ghi lý do sửa.", max_length=300, help_text="Ví dụ: ghi thiếu."
    )

    def offer(self) -> None:
        petition = self.petition
        self.prepare(Origin(petition.commune, petition.visit, petition.report), kept=petition.field)
        self.fields["field"].required = True
        self.fields["field"].empty_label = None
        self.fields["field"].error_messages["required"] = "Chọn lĩnh vực."
        said = {name: getattr(petition, name) for name in SAID}
        self.initial = self.initial | said | {"field": petition.field_id}

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        amend_petition(
            facts=self.facts(data["field"]), reason=data["reason"], now=now, **self.common
        )
