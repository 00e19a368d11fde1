"""The one base of every admin page: each write audited with before and after, nothing deleted."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts import audit
from accounts.enums import Verb
from accounts.pickers import PickerAdmin

CHANGED_MEANWHILE = "Dữ liệu vừa được người khác thay đổi nên chưa ghi được. Hãy xem lại rồi ghi."


def stored_values(instance: models.Model) -> dict[str, object]:
    """Give :func:`accounts.audit.snapshot` with the many-to-many columns added."""
    values = audit.snapshot(instance)
    for field in instance._meta.many_to_many:
        chosen = sorted(str(other) for other in getattr(instance, field.name).all())
        if chosen:
            values[str(field.verbose_name)] = chosen
    return values


def is_same(instance: models.Model, stored: models.Model) -> bool:
    """Say whether each column is as it is stored."""
    names = [field.attname for field in stored._meta.concrete_fields]
    return all(getattr(instance, name) == getattr(stored, name) for name in names)


class AuditedForm(forms.ModelForm):
    """An admin form that takes the reason for the log, and can be shown again after a refusal."""

    audit_reason = forms.CharField(
        label="Lý do (ghi vào nhật ký)",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    # What the database refused at the first try, when validation had seen nothing wrong.
    refusal: ValidationError | None = None
    # The stored values before the change; the admin sets them.
    values_before: dict[str, object] = {}

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.refusal and not self.errors:
            self.add_error(None, self.refusal)


class OfficeAdmin(PickerAdmin, admin.ModelAdmin):
    """What every admin page has in common: records end, none is deleted; history is our log."""

    actions = None
    show_full_result_count = False
    list_per_page = 50

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def lookup_allowed(self, lookup, value, request=None) -> bool:
        """Refuse to filter by a password's hash: it would be read out letter by letter."""
        return "password" not in lookup.split("__") and super().lookup_allowed(
            lookup, value, request
        )

    def history_view(self, request, object_id, extra_context=None):
        """Go to the record's rows of the audit log."""
        query = urlencode({"doi_tuong": audit.target_key(self.model(pk=object_id))})
        return redirect(f"{reverse('reports:audit_log')}?{query}")

    def picker_label(self, record: models.Model) -> str:
        """Give the words by which an autocomplete field offers ``record``."""
        return str(record)


class AuditedAdmin(OfficeAdmin):
    """Writes one audit row for each record added or changed, in the transaction of the write.

    It covers the record's own columns and its many-to-many columns. Inlines, list_editable and
    actions would write past it and must not be used (tests/test_admin.py).
    """

    form = AuditedForm

    def save_model(self, request, obj, form, change) -> None:
        if change:
            stored = self.model._default_manager.select_for_update().get(pk=obj.pk)
            form.values_before = stored_values(stored)
            if not form.files and is_same(obj, stored):
                return  # nothing to write, and nothing the log would tell
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        before, after = audit.difference(form.values_before, stored_values(form.instance))
        if before or after:
            audit.record(
                self.verb(form, change),
                form.instance,
                by=request.user,
                before=before,
                after=after,
                reason=form.cleaned_data["audit_reason"],
            )

    def verb(self, form, change: bool) -> Verb:
        """Give the word for what was done."""
        return Verb.CHANGE if change else Verb.CREATE

    def log_addition(self, request, obj, message) -> None:
        """Leave Django's own log empty: :meth:`save_related` has written ours."""

    def log_change(self, request, obj, message) -> None:
        """Leave Django's own log empty: :meth:`save_related` has written ours."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show or save the form; a refusal by the database comes back as a sentence in the form."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            request.refusal = self.refusal(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def refusal(self, error: IntegrityError) -> ValidationError:
        """Give the sentence for what the database refused."""
        return ValidationError(CHANGED_MEANWHILE)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form


class ReadOnlyAdmin(OfficeAdmin):
    """Shows what the application itself wrote; nobody adds to it or changes it."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
