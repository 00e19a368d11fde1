"""Conclusions of conferences and their tasks in the admin site."""

from django.contrib import admin

from assignments.admin.visits import ENTERED, WITHDRAWN
from communes.record_admin import RecordAdmin
from reports.models import Conclusion, ConclusionTask


@admin.register(Conclusion)
class ConclusionAdmin(RecordAdmin):
    list_display = ("number", "issued_on", "subject")
    date_hierarchy = "issued_on"
    readonly_fields = ENTERED
    fields = (("number", "issued_on"), "subject", ENTERED, "audit_reason")


@admin.register(ConclusionTask)
class ConclusionTaskAdmin(RecordAdmin):
    search_keys = ("search_key", "conclusion__search_key")
    list_display = ("conclusion", "content", "body", "officer", "due_on", "done_on")
    list_filter = (
        ("done_on", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("conclusion", "body", "officer")
    autocomplete_fields = ("conclusion", "body", "officer")
    date_hierarchy = "due_on"
    readonly_fields = (*ENTERED, *WITHDRAWN)
    fields = (
        "conclusion",
        "content",
        "body",
        "officer",
        ("due_on", "done_on"),
        "result",
        ENTERED,
        WITHDRAWN,
        "audit_reason",
    )
