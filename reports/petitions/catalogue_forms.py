"""Forms of the office's lists: a field of petitions, a competent body."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import User
from assignments.forms import date_field
from assignments.text_fields import show_refusal
from reports.models import CompetentBody, PetitionField
from reports.models.catalogue import MOST_DAYS
from reports.petitions.catalogue import keep_entry, refuse_ended

LIMIT_PLAUSIBLE = f"Thời hạn phải từ 1 đến {MOST_DAYS} ngày."
NOT_A_NUMBER = "Cần ghi một số nguyên."


class EntryForm(forms.ModelForm):
    """A row of one of the lists."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, by: User) -> CompetentBody | PetitionField | None:
        """Write the row; ``None`` when refused, with the reason on the form."""
        try:
            return keep_entry(entry=self.instance, by=by)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class FieldForm(EntryForm):
    """A field: where its petitions usually go, and how long an answer may take."""

    class Meta:
        model = PetitionField
        fields = ("name", "body", "limit_days", "order", "words", "is_in_use")
        labels = {"is_in_use": "Đang dùng cho kiến nghị mới"}
        help_texts = {"order": "Số nhỏ đứng trước."}
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "name": {"required": "Cần ghi tên lĩnh vực."},
            "limit_days": {
                "required": "Cần ghi số ngày.",
                "invalid": NOT_A_NUMBER,
                "min_value": LIMIT_PLAUSIBLE,
                "max_value": LIMIT_PLAUSIBLE,
            },
            "order": {"required": "Cần ghi thứ tự.", "invalid": NOT_A_NUMBER},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = self.bodies()
        self.fields["body"].empty_label = "Không định trước"

    def bodies(self) -> QuerySet[CompetentBody]:
        """Give the bodies there are, and the one the field has, should it have ended."""
        return CompetentBody.objects.filter(Q(ended_on__isnull=True) | Q(pk=self.instance.body_id))

    def clean(self):
        data = super().clean()
        if "body" in self.changed_data:
            try:
                refuse_ended(data.get("body"))
            except ValidationError as error:
                show_refusal(self, error)
        return data


class BodyForm(EntryForm):
    """A competent body. One that was merged into another ends, and stays in what it had."""

    started_on = date_field("Từ ngày", required=False, help_text="Bỏ trống nếu có từ trước.")
    ended_on = date_field(
        "Thôi hoạt động từ ngày",
        required=False,
        help_text="Ngày đầu tiên không còn cơ quan này; bỏ trống khi còn hoạt động.",
    )

    class Meta:
        model = CompetentBody
        fields = ("name", "level", "started_on", "ended_on")
        error_messages = {"name": {"required": "Cần ghi tên cơ quan."}}
