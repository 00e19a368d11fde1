"""Forms of the steps of an evaluation: each knows the edition of it that its page showed.

No level is ever chosen beforehand: whoever rates chooses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.forms import choice_field, date_field
from assignments.sent_back import SentBack
from assignments.text_fields import LineInput, LinesInput, show_refusal
from reports.enums import EvaluationStep, RatingLevel
from reports.evaluation.steps import (
    decide,
    object_to,
    reconsider,
    release,
    return_proposal,
    return_self_rating,
)
from reports.models import Evaluation

LEVEL_MISSING = "Chọn một mức xếp loại."
LONGEST = 4_000
LONGEST_NOTE = 1_000


def level_field(label: str) -> forms.ChoiceField:
    """Give the four levels as radio buttons, none of them chosen."""
    field = choice_field(label, RatingLevel.choices, widget=forms.RadioSelect)
    field.error_messages["required"] = LEVEL_MISSING
    return field


class StepForm(SentBack):
    """One step of one evaluation; ``lead`` says what it means, ``done`` what it did."""

    step: EvaluationStep
    title = submit = lead = done = ""

    edition = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "Tải lại trang rồi thử lại.", "invalid": "Tải lại trang."},
    )

    def __init__(self, *args, evaluation: Evaluation, by: User, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.evaluation, self.by, self.today = evaluation, by, today
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.initial = {"edition": evaluation.edition} | self.initial
        self.offer()

    def offer(self) -> None:
        """Fill in fields and first values."""

    def common(self, now: dt.datetime) -> dict[str, object]:
        """Give what every service asks for."""
        return {
            "evaluation": self.evaluation,
            "edition": self.cleaned_data["edition"],
            "by": self.by,
            "now": now,
        }

    def write(self, now: dt.datetime) -> bool:
        """Do it; ``False`` when that was refused, with the reason on the form."""
        try:
            self.take(now)
        except ValidationError as error:
            self.refuse(error)
            return False
        return True

    def take(self, now: dt.datetime) -> None:
        raise NotImplementedError

    def refuse(self, error: ValidationError) -> None:
        """Show why; if somebody was faster, let the next sending act on what is there now."""
        show_refusal(self, error)
        self.evaluation.refresh_from_db()
        self.resend(edition=str(self.evaluation.edition))


# --- a reason only -------------------------------------------------------------------------------


class ReasonForm(StepForm):
    """A step that says nothing but why."""

    service: Callable[..., Evaluation]
    label = "Lý do"
    missing = "Ghi lý do."

    def offer(self) -> None:
        self.fields["reason"] = LinesInput(
            label=self.label, missing=self.missing, max_length=LONGEST, rows=4
        )

    def take(self, now: dt.datetime) -> None:
        type(self).service(reason=self.cleaned_data["reason"], **self.common(now))


class ReturnRatingForm(ReasonForm):
    """The office asks the officer to rate themselves anew."""

    step = EvaluationStep.RETURN_SELF_RATING
    service = return_self_rating
    title = "Trả lại để tự đánh giá lại"
    lead = "Cán bộ nhận được lý do này, sửa rồi gửi lại; nội dung đã ghi vẫn còn."
    submit = "Trả lại"
    done = "Đã trả lại bản tự đánh giá."


class ReturnProposalForm(ReasonForm):
    """A leader asks the office to propose anew."""

    step = EvaluationStep.RETURN_PROPOSAL
    service = return_proposal
    title = "Trả lại để đề xuất lại"
    lead = "Văn phòng, Ban Tổ chức nhận được lý do này, sửa rồi đề xuất lại."
    submit = "Trả lại"
    done = "Đã trả lại đề xuất."


class ReconsiderForm(ReasonForm):
    """A leader opens what was decided again."""

    step = EvaluationStep.RECONSIDER
    service = reconsider
    title = "Xem xét lại"
    lead = (
        "Đánh giá trở về tình trạng chờ quyết định; nếu đã công bố thì cán bộ chưa xem được kết "
        "quả nữa. Quyết định trước vẫn còn trong quá trình."
    )
    submit = "Xem xét lại"
    done = "Đã mở lại để xem xét."


class ObjectForm(StepForm):
    """The officer says what they think of what was released."""

    step = EvaluationStep.OBJECT
    title = "Nêu ý kiến khác"
    lead = "Ý kiến được gửi đến lãnh đạo, Văn phòng, Ban Tổ chức và lưu cùng kết quả đánh giá."
    submit = "Gửi ý kiến"
    done = "Đã gửi ý kiến."

    text = LinesInput(label="Ý kiến", missing="Ghi nội dung ý kiến.", max_length=LONGEST, rows=6)

    def take(self, now: dt.datetime) -> None:
        object_to(text=self.cleaned_data["text"], **self.common(now))


class ReleaseForm(StepForm):
    """The office lets the officer see what was decided."""

    step = EvaluationStep.RELEASE
    title = "Công bố"
    lead = "Sau khi công bố, cán bộ xem được mức xếp loại, lý do và phiếu minh chứng của mình."
    submit = "Công bố"
    done = "Đã công bố kết quả đánh giá."

    def take(self, now: dt.datetime) -> None:
        release(**self.common(now))


# --- a leader decides ----------------------------------------------------------------------------


class DecideForm(StepForm):
    """A leader enters the level, why, by which document and on which day."""

    step = EvaluationStep.DECIDE
    title = "Quyết định mức xếp loại"
    submit = "Ghi quyết định"
    done = "Đã ghi quyết định; cán bộ xem được khi công bố."

    level = level_field("Mức xếp loại")
    reason = LinesInput(
        label="Lý do quyết định", missing="Ghi lý do quyết định.", max_length=LONGEST, rows=5
    )
    number = LineInput(
        label="Số văn bản",
        required=False,
        max_length=60,
        help_text="Ví dụ: 45-QĐ/TU. Để trống nếu chưa có số.",
    )
    day = date_field("Ngày quyết định")

    def offer(self) -> None:
        self.initial = {"day": self.today} | self.initial

    def take(self, now: dt.datetime) -> None:
        said = {name: self.cleaned_data[name] for name in ("level", "reason", "number", "day")}
        decide(**said, **self.common(now))
