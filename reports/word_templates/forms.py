"""The form that takes in a template."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings

from assignments.attachments.refusals import megabytes
from reports.word_templates.offered import Offered
from reports.word_templates.services import accept_template


class TemplateForm(forms.Form):
    """One .docx; cleaned, it is checked and ready to be kept."""

    file = forms.FileField(
        label="Tệp mẫu Word (.docx)",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": "Chọn tệp mẫu.",
            "empty": "Tệp rỗng, không có nội dung.",
            "invalid": "Chưa nhận được tệp, chọn lại tệp.",
            "max_length": "Tên tệp quá dài, đổi tên ngắn hơn rồi nạp lại.",
        },
    )

    def __init__(self, *args, offered: Offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["file"].help_text = f"Tối đa {megabytes(settings.ATTACHMENT_MAX_BYTES)}."
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self):
        return accept_template(self.cleaned_data["file"], self.offered)
