"""Forms of meeting notices: writing one down, and an officer's answer."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.enums import NoticeReply, VisitKind
from assignments.forms import choice_field, date_field
from assignments.models import MeetingNotice, NoticeAnswer, Officer
from assignments.notices import Answer, Meeting, announce, answer_notice
from assignments.plans.forms import cell_field, cells_from
from assignments.text_fields import LineInput, LinesInput, show_refusal
from communes.models import Commune

TIMES = ["%H:%M", "%H.%M", "%Hh%M", "%Hh", "%Hg%M", "%Hg"]
# Who comes instead is for the chiefs to say; the officer may only propose.
REPLIES = [
    (reply.value, "Đề nghị người khác dự thay" if reply == NoticeReply.DELEGATES else reply.label)
    for reply in NoticeReply
]
NO_REASON = "Không dự được thì ghi lý do."
NO_DELEGATE = "Ghi họ tên, chức vụ người dự thay."


class NoticeForm(forms.Form):
    """A meeting of one commune's committee or of one of its cells."""

    kind = choice_field("Việc", [("", "Chọn việc…"), *VisitKind.choices])
    held_on = date_field("Ngày họp")
    held_at = forms.TimeField(
        label="Giờ họp",
        input_formats=TIMES,
        widget=forms.TimeInput(
            attrs={"placeholder": "08:30", "autocomplete": "off"}, format="%H:%M"
        ),
        error_messages={
            "required": "Cần ghi giờ họp.",
            "invalid": "Giờ không hợp lệ, cần ghi như 08:30.",
        },
    )
    place = LineInput(label="Địa điểm", missing="Cần ghi địa điểm.", max_length=200)
    content = LinesInput(label="Nội dung", missing="Cần ghi nội dung.", max_length=2_000)

    field_order = ("kind", "cell", "held_on", "held_at", "place", "content")

    def __init__(self, *args, commune: Commune, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.commune = commune
        cells = cells_from([commune], today)
        if cells:
            self.fields["cell"] = cell_field([commune], cells)
        self.order_fields(self.field_order)

    def write(self, by: User, now: dt.datetime) -> MeetingNotice | None:
        """Write the notice; ``None`` when refused, with the reason on the form."""
        values = dict(self.cleaned_data)
        meeting = Meeting(self.commune, VisitKind(values.pop("kind")), **values)
        try:
            return announce(meeting=meeting, by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class AnswerForm(forms.Form):
    """What one officer answers. Several stand on a page, so their labels go by the officer."""

    reply = choice_field("Trả lời", REPLIES, widget=forms.RadioSelect)
    reason = LineInput(label="Lý do", max_length=500, required=False)
    delegate = LineInput(label="Người dự thay (họ tên, chức vụ)", max_length=200, required=False)

    def __init__(
        self, *args, notice: MeetingNotice, officer: Officer, given: NoticeAnswer | None, **kwargs
    ):
        self.notice, self.officer = notice, officer
        columns = ("reply", "reason", "delegate")
        initial = {name: getattr(given, name) for name in columns} if given else {}
        super().__init__(*args, initial=initial, auto_id=f"tra_loi_{officer.pk}_%s", **kwargs)

    def clean(self):
        """Ask for what belongs to the reply."""
        data = super().clean()
        reply = data.get("reply")
        if reply == NoticeReply.CANNOT and data.get("reason") == "":
            self.add_error("reason", NO_REASON)
        if reply == NoticeReply.DELEGATES and data.get("delegate") == "":
            self.add_error("delegate", NO_DELEGATE)
        return data

    def write(self, by: User, now: dt.datetime) -> NoticeAnswer | None:
        """Write the answer; ``None`` when refused, with the reason on the form."""
        data = self.cleaned_data
        answer = Answer(NoticeReply(data["reply"]), data["reason"], data["delegate"])
        try:
            return answer_notice(
                notice=self.notice, officer=self.officer, answer=answer, by=by, now=now
            )
        except ValidationError as error:
            show_refusal(self, error)
            return None
