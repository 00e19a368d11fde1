"""Competent bodies and fields of petitions in the admin site."""

from django.contrib import admin

from communes.record_admin import RecordAdmin
from reports.models import CompetentBody, PetitionField


@admin.register(CompetentBody)
class CompetentBodyAdmin(RecordAdmin):
    list_display = ("name", "level", "started_on", "ended_on")
    list_filter = ("level", ("ended_on", admin.EmptyFieldListFilter))
    fields = (("name", "level"), ("started_on", "ended_on"), "audit_reason")


@admin.register(PetitionField)
class PetitionFieldAdmin(RecordAdmin):
    list_display = ("name", "order", "body", "limit_days", "is_in_use")
    list_filter = ("is_in_use",)
    list_select_related = ("body",)
    autocomplete_fields = ("body",)
    fields = (
        ("name", "order"),
        ("body", "limit_days"),
        "words",
        "is_in_use",
        "audit_reason",
    )
