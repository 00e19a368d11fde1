"""Forms of waivers: ask for one, decide about one or several, name the officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import DutyKind
from assignments.forms import choice_field
from assignments.officer_field import EverAssigned, OfficerField
from assignments.text_fields import LinesInput, show_refusal
from reports.enums import WaiverEffect
from reports.models import Waiver
from reports.waivers import REFUSAL_WITHOUT_REASON, ask_waiver, decide_waivers
from reports.waivers.missing import LineKey, Shortfall

ACCEPT, REFUSE = "chap_nhan", "khong"
# What each effect means, in one sentence.
MEANINGS = {
    WaiverEffect.WAIVED: "không phải thực hiện trong kỳ này; số lần được miễn ghi riêng bên cạnh "
    "số phải làm và không coi là thiếu.",
    WaiverEffect.EXPLAINED: "vẫn phải thực hiện nhưng không thực hiện được; vẫn ghi là thiếu, "
    "kèm lý do đã được chấp nhận.",
}


class OfficerForm(forms.Form):
    """Whose duty it is, when the office does not come from a line of the duty list."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = EverAssigned()
        self.fields["ten"] = OfficerField(self.candidates, label="Cán bộ")


def written(key: LineKey) -> str:
    """Give the key of a line as the form sends it."""
    return ".".join(str(part or 0) for part in key)


def label(found: Shortfall, name_officer: bool) -> str:
    """Give a line in words, with how many times it lacks."""
    place = found.commune.dated_name if found.commune else "chung cho các Đảng bộ"
    officer = f"{found.officer.full_name}: " if name_officer else ""
    return f"{officer}{found.line.duty}, {place} (còn thiếu {found.left}/{found.line.due})"


class WaiverForm(forms.Form):
    """What is asked for a line of the duty list; the office may accept in the same step.

    ``lines`` are the lines to choose from by what the form sends for them; those with nothing
    missing are offered only when they were asked for by name.
    """

    line = choice_field("Nhiệm vụ còn thiếu", ())
    effect = choice_field(
        "Đề nghị",
        [(effect, f"{effect.label}: {meaning}") for effect, meaning in MEANINGS.items()],
        widget=forms.RadioSelect,
    )
    times = forms.IntegerField(
        label="Số lần",
        min_value=1,
        max_value=99,
        error_messages={
            "required": "Cần ghi số lần.",
            "invalid": "Số lần phải là số nguyên.",
            "min_value": "Số lần phải từ 1 đến 99.",
            "max_value": "Số lần phải từ 1 đến 99.",
        },
    )
    reason = LinesInput(label="Lý do", missing="Cần ghi lý do.", max_length=2_000)
    document = forms.CharField(
        label="Văn bản kèm theo",
        required=False,
        max_length=Waiver._meta.get_field("document").max_length,
        help_text="Số, ký hiệu, ngày văn bản; bỏ trống nếu không có.",
    )
    accept_now = forms.BooleanField(label="Chấp nhận ngay", required=False)

    def __init__(self, *args, lines: dict[str, Shortfall], by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines, self.by = lines, by
        self.fields["line"].choices = self.choices_of(lines, self["line"].value())
        self.fields["line"].error_messages["invalid_choice"] = "Chọn một nhiệm vụ trong danh sách."
        if not allowed(by, Permission.DECIDE_WAIVERS):
            del self.fields["accept_now"]

    @property
    def offers_something(self) -> bool:
        """Say whether there is a line to choose."""
        return len(self.fields["line"].choices) > 1

    @staticmethod
    def choices_of(lines: dict[str, Shortfall], named: str | None) -> list[tuple]:
        """Give the lines that lack something, and the one ``named``, grouped by period."""
        offered = [(key, one) for key, one in lines.items() if one.left or key == named]
        several = len({one.officer.pk for _, one in offered}) > 1
        groups = groupby(offered, key=lambda pair: str(pair[1].line.period))
        return [
            ("", "Chọn nhiệm vụ…"),
            *(
                (period, [(key, label(one, several)) for key, one in group])
                for period, group in groups
            ),
        ]

    def write(self, now: dt.datetime) -> Waiver | None:
        """Write what is asked, and accept it if that was ticked; ``None`` when refused."""
        data, found = self.cleaned_data, self.lines[self.cleaned_data["line"]]
        try:
            with transaction.atomic():
                waiver = ask_waiver(
                    officer=found.officer,
                    commune=found.commune,
                    period=found.line.period,
                    duty_kind=DutyKind(found.line.duty.kind),
                    effect=WaiverEffect(data["effect"]),
                    times=data["times"],
                    reason=data["reason"],
                    document=data["document"],
                    by=self.by,
                    now=now,
                )
                if data.get("accept_now"):
                    [waiver] = decide_waivers(
                        waivers=[waiver], accept=True, note="", by=self.by, now=now
                    )
        except ValidationError as error:
            show_refusal(self, error)
            return None
        return waiver


class DecideForm(forms.Form):
    """The office's answer to one or several waivers; the buttons give the decision."""

    decision = choice_field("Quyết định", [(ACCEPT, "Chấp nhận"), (REFUSE, "Không chấp nhận")])
    note = LinesInput(
        label="Ý kiến",
        missing=REFUSAL_WITHOUT_REASON,
        required=False,
        rows=2,
        max_length=Waiver._meta.get_field("decision_note").max_length,
        help_text="Bắt buộc khi không chấp nhận. Người đề nghị đọc được.",
    )

    def clean(self):
        data = super().clean()
        if "decision" not in data:
            self.add_error(None, "Bấm “Chấp nhận” hoặc “Không chấp nhận”.")
        if data.get("decision") == REFUSE and not data.get("note") and "note" not in self.errors:
            self.add_error("note", REFUSAL_WITHOUT_REASON)
        return data

    def write(
        self, waivers: Iterable[Waiver], by: User, now: dt.datetime
    ) -> Sequence[Waiver] | None:
        """Decide about all of ``waivers``; ``None`` when refused, with the reason on the form."""
        accept = self.cleaned_data["decision"] == ACCEPT
        try:
            return decide_waivers(
                waivers=waivers, accept=accept, note=self.cleaned_data["note"], by=by, now=now
            )
        except ValidationError as error:
            show_refusal(self, error)
            return None
