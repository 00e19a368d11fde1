"""What the admin pages of records with names and constraints have in common."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.audited_admin import AuditedAdmin
from communes.periods import constraint_sentences


class RecordAdmin(AuditedAdmin):
    """Searches without accents, words in any order; says which rule of the table was broken."""

    search_fields = ("search_key",)  # makes Django draw the box; the search itself is below
    search_help_text = "Gõ không dấu cũng được, các từ theo thứ tự bất kỳ."

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def refusal(self, error: IntegrityError) -> ValidationError:
        try:
            with constraint_sentences(self.model):
                raise error
        except ValidationError as sentence:
            return sentence
