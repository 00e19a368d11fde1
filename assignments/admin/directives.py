"""Documents being followed, and how far communes are with them, in the admin site."""

from django.contrib import admin

from assignments.admin.visits import ENTERED, WITHDRAWN
from assignments.models import Directive, FollowUp
from communes.record_admin import CommuneRecordAdmin, RecordAdmin, commune_keys


@admin.register(Directive)
class DirectiveAdmin(RecordAdmin):
    list_display = ("number", "issued_on", "subject", "due_on", "started_on", "ended_on")
    list_filter = (("ended_on", admin.EmptyFieldListFilter),)
    date_hierarchy = "issued_on"
    readonly_fields = ENTERED
    fields = (
        ("number", "issued_on"),
        "issuer",
        "subject",
        "due_on",
        ("started_on", "ended_on"),
        ENTERED,
        "audit_reason",
    )


@admin.register(FollowUp)
class FollowUpAdmin(CommuneRecordAdmin):
    search_keys = ("directive__search_key", *commune_keys())
    list_display = ("noted_on", "directive", "commune_and_district", "state", "withdrawn_at")
    list_filter = ("state", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("directive", "commune__district")
    autocomplete_fields = ("directive", "commune", "officer")
    date_hierarchy = "noted_on"
    readonly_fields = (*ENTERED, *WITHDRAWN)
    fields = (
        "directive",
        "commune",
        "officer",
        ("noted_on", "state"),
        "note",
        ENTERED,
        WITHDRAWN,
        "audit_reason",
    )
