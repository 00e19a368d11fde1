"""Versions of the regulation and their duties in the admin site."""

from django.contrib import admin

from assignments.models import Duty, Regulation
from communes.record_admin import RuledAdmin


@admin.register(Regulation)
class RegulationAdmin(RuledAdmin):
    list_display = ("number", "issued_on", "subject", "started_on", "ended_on")
    search_fields = ("number", "subject")
    readonly_fields = ("entered_by", "entered_at")
    fields = (
        ("number", "issued_on"),
        "subject",
        ("started_on", "ended_on"),
        "note",
        ("entered_by", "entered_at"),
        "audit_reason",
    )


@admin.register(Duty)
class DutyAdmin(RuledAdmin):
    """Duties; to change what is asked from a day on, a new version is made on its own page."""

    list_display = ("regulation", "kind", "required", "period_kind", "unit", "due_day")
    list_filter = ("kind", "period_kind")
    list_select_related = ("regulation",)
    search_fields = ("regulation__number",)
    autocomplete_fields = ("regulation",)
    fields = (
        "regulation",
        "kind",
        ("required", "period_kind", "unit"),
        ("due_day", "grace_days", "weekend_rule"),
        ("pro_rata", "exempt_days"),
        "audit_reason",
    )
