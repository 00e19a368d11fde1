"""Terms of the committee and numbered documents in the admin site."""

from django.contrib import admin

from assignments.admin.visits import ENTERED, WITHDRAWN
from communes.record_admin import RecordAdmin, RuledAdmin
from reports.models import CommitteeTerm, IssuedDocument


@admin.register(CommitteeTerm)
class CommitteeTermAdmin(RuledAdmin):
    search_fields = ("name",)
    list_display = ("name", "started_on", "ended_on")
    fields = ("name", ("started_on", "ended_on"), "audit_reason")


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(RecordAdmin):
    list_display = ("code", "issued_on", "subject", "term")
    list_filter = ("kind", "term", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("term",)
    autocomplete_fields = ("term",)
    date_hierarchy = "issued_on"
    readonly_fields = (*ENTERED, *WITHDRAWN)
    fields = (
        ("kind", "symbol", "number"),
        "term",
        "issued_on",
        "subject",
        ENTERED,
        WITHDRAWN,
        "audit_reason",
    )

    @admin.display(description="số, ký hiệu", ordering="number")
    def code(self, document: IssuedDocument) -> str:
        return document.code
