"""The form of a review: its name, quarters and days, who gets the report and signs it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from assignments.forms import date_field
from assignments.plans.forms import record_field
from assignments.text_fields import LineInput, LinesInput, show_refusal
from reports.freezing.planning import add_review, change_review, quarters_offered
from reports.models import DocumentTemplate, Period, Review

QUARTERS = {"first_quarter": "Từ quý", "last_quarter": "Đến quý"}
TEMPLATE = "template"


class ReviewForm(forms.Form):
    """A review as it is planned; ``review`` is the one that is corrected."""

    name = LineInput(
        label="Tên hội nghị, kỳ sơ kết", missing="Cần ghi tên kỳ sơ kết.", max_length=200
    )
    day = date_field("Số liệu tính đến hết ngày")
    held_on = date_field("Ngày họp", required=False)
    report_day = date_field(
        "Ngày ghi trên báo cáo",
        required=False,
        help_text="Bỏ trống thì ghi ngày lập tài liệu. Thể thức theo hướng dẫn có hiệu lực "
        "vào ngày này.",
    )
    signer = LineInput(label="Người ký", required=False, max_length=120)
    recipients = LinesInput(
        label="Nơi nhận",
        required=False,
        max_length=2000,
        rows=5,
        help_text="Mỗi dòng một nơi; không ghi dấu gạch, không ghi dòng “Lưu”.",
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput, label="lần ghi")

    def __init__(self, data: Any = None, *, today: dt.date, review: Review | None = None):
        offered = list(quarters_offered(today))
        initial = values_of(review) if review else first_values(offered, today)
        super().__init__(data, initial=initial)
        self.review = review
        for name, label in QUARTERS.items():
            self.fields[name] = quarter_field(label, with_own(offered, review))
        self.fields[TEMPLATE] = template_field(review)
        self.order_fields(["name", *QUARTERS])
        self.helper = FormHelper()
        self.helper.form_tag = False

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}

    def write(self, by: User, now: dt.datetime) -> Review | None:
        """Write it; ``None`` when refused, with the reason on the form."""
        try:
            if self.review is None:
                return add_review(facts=self.facts(), by=by, now=now)
            edition = self.cleaned_data["edition"]
            return change_review(review=self.review, facts=self.facts(), edition=edition, by=by)
        except ValidationError as error:
            show_refusal(self, error)
            return None


def first_values(offered: list[Period], today: dt.date) -> dict[str, Any]:
    """Give what a new review is likely to be: every quarter that is over, as of today."""
    finished = [quarter for quarter in offered if quarter.ended_on <= today]
    return {
        "name": f"Sơ kết thực hiện {settings.REGULATION_NAME}",
        "first_quarter": offered[0].pk if offered else None,
        "last_quarter": (finished or offered)[-1].pk if offered else None,
        "day": today,
        "signer": settings.COMMITTEE_SIGNER,
        "recipients": "\n".join(settings.COMMITTEE_RECIPIENTS),
    }


def values_of(review: Review) -> dict[str, Any]:
    values = {name: getattr(review, name) for name in ReviewForm.base_fields}
    return values | {name: getattr(review, f"{name}_id") for name in (*QUARTERS, TEMPLATE)}


def with_own(offered: list[Period], review: Review | None) -> list[Period]:
    """Give the quarters offered and those the review has, the oldest first."""
    own = [review.first_quarter, review.last_quarter] if review else []
    return sorted({*offered, *own}, key=lambda quarter: quarter.started_on)


def template_field(review: Review | None) -> forms.Field:
    """Offer the office's own templates, with one taken back that the review still has."""
    standing = Q(withdrawn_at__isnull=True)
    own = Q(pk=review.template_id) if review else Q(pk=None)
    templates = list(DocumentTemplate.objects.filter(standing | own))
    choices = [(str(template.pk), template.name) for template in templates]
    return record_field(
        "Mẫu báo cáo", templates, "Theo thể thức chung, không dùng mẫu", choices, required=False
    )


def quarter_field(label: str, quarters: list[Period]) -> forms.Field:
    choices = [(str(quarter.pk), str(quarter)) for quarter in quarters]
    return record_field(label, quarters, "Chọn quý…", choices)
