"""What the admin pages of records with names, constraints, a commune have in common."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.audited_admin import AuditedAdmin
from communes.models import Commune, having_all_words
from communes.periods import constraint_sentences


class RuledAdmin(AuditedAdmin):
    """Says which rule of the table was broken."""

    def refusal(self, error: IntegrityError) -> ValidationError:
        try:
            with constraint_sentences(self.model):
                raise error
        except ValidationError as sentence:
            return sentence


class RecordAdmin(RuledAdmin):
    """Searches ``search_keys``, of the record or of related ones, without accents."""

    search_keys: tuple[str, ...] = ("search_key",)
    search_fields = ("pk",)  # makes Django draw the box; the search itself is below
    search_help_text = "Gõ không dấu cũng được, các từ theo thứ tự bất kỳ."

    def get_search_results(self, request, queryset, search_term):
        return having_all_words(queryset, search_term, self.search_keys), False


class CommuneField(forms.ModelChoiceField):
    """A commune named together with its district."""

    def label_from_instance(self, commune: Commune) -> str:
        return with_district(commune)


def commune_keys(path: str = "commune") -> tuple[str, str]:
    """Give the search keys of the commune that ``path`` leads to, and of its district."""
    return f"{path}__search_key", f"{path}__district__search_key"


class CommuneRecordAdmin(RecordAdmin):
    """Records that lead to a commune, found by its name and shown with its district."""

    to_commune = "commune"
    search_keys = commune_keys()
    list_select_related = ("commune__district",)

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        return rows.defer(f"{self.to_commune}__boundary")

    @admin.display(description="Đảng bộ", ordering="commune__sort_key")
    def commune_and_district(self, record) -> str:
        return with_district(record.commune)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "commune":
            communes = Commune.objects.select_related("district").defer("boundary")
            kwargs |= {"form_class": CommuneField, "queryset": communes}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def with_district(commune: Commune) -> str:
    """Give a commune's name so that one "Phường 1" is told from the others."""
    return f"{commune}, {commune.district}" if commune.district else str(commune)
