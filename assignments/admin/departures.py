"""Departures in the admin site: written, moved and taken back on their own pages only."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from assignments.models import Departure


@admin.register(Departure)
class DepartureAdmin(ReadOnlyAdmin):
    search_fields = ("officer__search_key",)
    list_display = ("officer", "leaves_on", "reason", "leaves_office", "withdrawn_at")
    list_filter = ("reason", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("officer",)
    date_hierarchy = "leaves_on"
