"""Records that say which edition they are: who corrects one sees that another was faster."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from accounts.audited_admin import CHANGED_MEANWHILE, AuditedForm
from communes.record_admin import CommuneRecordAdmin


class EditionForm(AuditedForm):
    """Carries the edition it was opened with."""

    opened_edition = forms.IntegerField(widget=forms.HiddenInput, label="lần ghi")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened_edition"].initial = self.instance.edition

    def clean(self) -> dict[str, object]:
        """Refuse what was typed over an earlier edition."""
        if self.cleaned_data.get("opened_edition") != self.instance.edition:
            raise ValidationError(CHANGED_MEANWHILE)
        return super().clean()


class EditionAdmin(CommuneRecordAdmin):
    """Corrects content; the record is begun, and moved, on its own pages."""

    form = EditionForm

    def has_add_permission(self, request) -> bool:
        return False

    def get_object(self, request, object_id, from_field=None):
        """Hold the record until it is written: nobody moves it meanwhile."""
        if request.method == "POST":
            self.model.objects.select_for_update().filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    def save_model(self, request, obj, form, change) -> None:
        """Count the write, so that pages opened before it notice."""
        if form.has_changed():
            obj.edition += 1
        super().save_model(request, obj, form, change)
