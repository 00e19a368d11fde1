"""Petitions, and what became of them, in the admin site."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from assignments.admin.visits import ENTERED, WITHDRAWN
from communes.record_admin import RecordAdmin, RuledAdmin, commune_keys
from reports.admin.editions import EditionAdmin
from reports.models import (
    AnswerFile,
    Petition,
    PetitionAnswer,
    PetitionCounter,
    PetitionEvent,
    PetitionLeg,
    PetitionMatter,
)

# What the history of a petition says, and what follows from it.
HISTORY = ("state", "told_on", "matter", "duplicate_of")


@admin.register(PetitionMatter)
class PetitionMatterAdmin(RecordAdmin):
    list_display = ("title", "field", "entered_at")
    list_filter = ("field",)
    list_select_related = ("field",)
    autocomplete_fields = ("field",)
    readonly_fields = ENTERED
    fields = ("title", "field", "note", ENTERED, "audit_reason")


@admin.register(Petition)
class PetitionAdmin(EditionAdmin):
    """Petitions; they are raised and moved on their own pages, here their content is corrected."""

    search_keys = ("search_key", *commune_keys())
    list_display = ("code", "raised_on", "commune_and_district", "field", "state", "told_on")
    list_filter = ("state", "field", "source", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("field", "commune__district")
    autocomplete_fields = ("commune", "officer", "visit", "report", "field")
    date_hierarchy = "raised_on"
    readonly_fields = ("code", "raised_on", *HISTORY, *ENTERED, *WITHDRAWN)
    fieldsets = (
        (None, {"fields": (("code", "raised_on"), "commune", "officer", "opened_edition")}),
        ("Nguồn", {"fields": ("source", "visit", "report", "source_note")}),
        (
            "Nội dung",
            {"fields": ("content", "field", "beneficiary", "urgency", "has_personal_data")},
        ),
        (None, {"fields": ("audit_reason",)}),
        ("Xử lý", {"fields": (HISTORY,)}),
        ("Ghi nhận", {"fields": (ENTERED, WITHDRAWN)}),
    )

    @admin.display(description="số")
    def code(self, petition: Petition) -> str:
        return petition.code


@admin.register(PetitionCounter)
class PetitionCounterAdmin(ReadOnlyAdmin):
    """The last number given in each year."""

    list_display = ("year", "last")
    search_fields = ("year",)
    fields = list_display


@admin.register(PetitionEvent)
class PetitionEventAdmin(ReadOnlyAdmin):
    """What was done with petitions."""

    list_display = ("happened_on", "act", "petition", "state", "is_closed", "body", "by")
    list_filter = ("act", "state", "is_closed")
    list_select_related = ("petition", "body", "by")
    search_fields = ("petition__search_key", "note", "by__username", "by__full_name")
    date_hierarchy = "happened_on"
    fields = (*list_display, "answer", "note", "superseded_on", "happened_at")


@admin.register(PetitionLeg)
class PetitionLegAdmin(RecordAdmin):
    """Who had a petition from when to when; only the document that carried it is corrected."""

    search_keys = ("petition__search_key", "body__search_key")
    list_display = ("petition", "body", "role", "started_on", "due_on", "ended_on")
    list_filter = ("role", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("petition", "body")
    autocomplete_fields = ("petition", "body")
    date_hierarchy = "started_on"
    readonly_fields = (*list_display, "held_since", *ENTERED)
    fields = (
        "petition",
        ("body", "role"),
        ("started_on", "due_on", "ended_on", "held_since"),
        "reference",
        ENTERED,
        "audit_reason",
    )

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(PetitionAnswer)
class PetitionAnswerAdmin(RuledAdmin):
    """Answers; what they led to stands in the history of the petitions, and stays."""

    list_display = ("number", "issued_on", "outcome", "body", "competent_body", "roadmap_on")
    list_filter = ("outcome",)
    list_select_related = ("body", "competent_body")
    search_fields = ("number", "content")
    autocomplete_fields = ("body", "competent_body")
    date_hierarchy = "issued_on"
    readonly_fields = ("outcome", "issued_on", *ENTERED)
    fields = (
        ("number", "issued_on"),
        "outcome",
        "body",
        "content",
        "roadmap_on",
        "competent_body",
        ENTERED,
        "audit_reason",
    )

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(AnswerFile)
class AnswerFileAdmin(ReadOnlyAdmin):
    """Documents of answers; the file itself is downloaded on the petition's page."""

    list_display = ("name", "kind", "size", "uploaded_by", "uploaded_at", "withdrawn_at")
    list_filter = ("kind", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("uploaded_by",)
    search_fields = ("name", "uploaded_by__username", "uploaded_by__full_name")
    date_hierarchy = "uploaded_at"
    fields = ("answer", *list_display, "checksum", "withdrawn_by", "withdrawal_reason")
