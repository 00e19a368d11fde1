"""Forms of acts that are mostly words: progress, telling the commune, reopening, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django import forms

from assignments.forms import choice_field, date_field
from assignments.text_fields import LineInput
from reports.enums import PetitionAct
from reports.petitions import (
    add_note,
    note_progress,
    reopen_petition,
    tell_commune,
    withdraw_petition,
)
from reports.petitions.act_form import ActForm, note_field


class ProgressForm(ActForm):
    """That the body considers it, or has begun to resolve it."""

    act = PetitionAct.START
    title, submit = "Ghi tiến độ", "Ghi tiến độ"

    progress = choice_field("Tình hình", (), widget=forms.RadioSelect)
    on = date_field("Ngày")
    note = note_field("Nội dung", rows=3)

    def __init__(self, *args, open_acts: Iterable[PetitionAct], **kwargs):
        self.open_acts = [
            act for act in (PetitionAct.CONSIDER, PetitionAct.START) if act in open_acts
        ]
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        acts = self.open_acts or [PetitionAct.START]
        self.fields["progress"].choices = [(act.value, act.label) for act in acts]
        self.initial.setdefault("progress", acts[0].value)

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        note_progress(
            act=PetitionAct(data["progress"]),
            on=data["on"],
            note=data["note"],
            now=now,
            **self.common,
        )


class TellForm(ActForm):
    """That the commune was told, to whom and how: only this closes a petition."""

    act = PetitionAct.TELL
    title, submit = "Đã thông tin lại cho địa phương", "Ghi đã thông tin lại"

    on = date_field("Ngày thông tin lại")
    note = note_field(
        "Đã thông tin cho ai, bằng cách nào", missing="Ghi đã thông tin lại cho ai, bằng cách nào."
    )

    def offer(self) -> None:
        place = self.petition.commune.name_in_sentence
        self.initial.setdefault("note", f"Đã thông tin kết quả cho Đảng ủy {place}.")

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        tell_commune(on=data["on"], note=data["note"], now=now, **self.common)


class ReopenForm(ActForm):
    """Why a settled petition is taken up again."""

    act = PetitionAct.REOPEN
    title, submit = "Mở lại kiến nghị", "Mở lại"
    lead = "Kiến nghị trở về tình trạng “Mới” để chuyển xử lý lại; kết quả đã ghi vẫn còn."

    on = date_field("Ngày")
    note = note_field("Lý do mở lại", missing="Ghi lý do mở lại.")

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        reopen_petition(on=data["on"], note=data["note"], now=now, **self.common)


class NoteForm(ActForm):
    """Words for the history, whatever the state."""

    act = PetitionAct.NOTE
    title, submit = "Ghi ý kiến, bổ sung", "Ghi ý kiến"

    note = note_field("Nội dung", missing="Ghi nội dung ý kiến.", rows=4)

    def done(self, now: dt.datetime) -> None:
        note = self.cleaned_data["note"]
        add_note(petition=self.petition, note=note, by=self.by, now=now)


class WithdrawForm(ActForm):
    """Why it is taken back."""

    act = PetitionAct.WITHDRAW
    title, submit = "Rút lại kiến nghị", "Rút lại"
    lead = "Dùng khi ghi nhầm. Số kiến nghị, nội dung, người rút và lý do vẫn được lưu."

    note = LineInput(label="Lý do rút lại", missing="Ghi lý do rút lại.", max_length=300)

    def done(self, now: dt.datetime) -> None:
        withdraw_petition(reason=self.cleaned_data["note"], now=now, **self.common)
