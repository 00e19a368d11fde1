"""Forms that give documents their numbers."""

from __future__ import annotations

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.forms import choice_field, date_field
from assignments.text_fields import LineInput, show_refusal
from reports.documents import issuer
from reports.enums import DocumentKind
from reports.models import IssuedDocument, Review
from reports.reviews.numbering import (
    DocumentFacts,
    issue_document,
    number_offered,
    number_review,
)

MOST = 99_999
NEXT = "Bỏ trống thì cấp số tiếp theo; ghi số khác khi số trước đã cấp ở sổ giấy."


def number_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="Số",
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=NEXT,
        error_messages={
            "invalid": "Số là số nguyên.",
            "min_value": "Số văn bản bắt đầu từ 1.",
            "max_value": f"Số không quá {MOST}.",
        },
    )


def subject_field() -> LineInput:
    return LineInput(label="Trích yếu", missing="Cần ghi trích yếu.", max_length=300)


class DocumentForm(forms.Form):
    """Any document: its type, whose symbol it bears, its day and subject."""

    kind = choice_field("Loại văn bản", DocumentKind.choices)
    symbol = LineInput(label="Ký hiệu cơ quan", missing="Cần ghi ký hiệu cơ quan.", max_length=20)
    number = number_field()
    issued_on = date_field("Ngày ban hành")
    subject = subject_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        symbols = dict.fromkeys([settings.COMMITTEE_SYMBOL, issuer().symbol])
        self.fields["symbol"].help_text = f"Ví dụ: {', '.join(symbols)}"
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, by: User, now: dt.datetime) -> IssuedDocument | None:
        """Give the number; ``None`` when refused, with the reason on the form."""
        facts = DocumentFacts(**self.cleaned_data)
        try:
            return issue_document(facts=facts, by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class ReviewNumberForm(forms.Form):
    """The number of a review's report."""

    number = number_field()
    issued_on = date_field("Ngày ban hành")
    subject = subject_field()

    def __init__(self, *args, review: Review, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = review
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, by: User, now: dt.datetime) -> IssuedDocument | None:
        """Give the number; ``None`` when refused, with the reason on the form."""
        try:
            return number_review(review=self.review, by=by, now=now, **self.cleaned_data)
        except ValidationError as error:
            show_refusal(self, error)
            return None


def offered_for(review: Review, today: dt.date) -> dict[str, object]:
    """Give what the form of a review's number begins with."""
    day = review.report_day or today
    return {
        "issued_on": day,
        "number": number_offered(DocumentKind.REPORT, settings.COMMITTEE_SYMBOL, day),
        "subject": review.name,
    }
