"""Periods in the admin site."""

from django.contrib import admin

from communes.record_admin import RuledAdmin
from reports.models import Period


@admin.register(Period)
class PeriodAdmin(RuledAdmin):
    """Periods; those of a whole year are made together on the regulation's page."""

    list_display = ("__str__", "started_on", "ended_on", "due_on", "locked_on")
    list_filter = ("kind",)
    search_fields = ("year",)
    search_help_text = "Gõ năm."
    fields = (
        ("kind", "number", "year"),
        ("started_on", "ended_on"),
        ("due_on", "locked_on"),
        "audit_reason",
    )
