"""Districts, communes, their Party cells and contacts in the admin site."""

from django.contrib import admin

from communes.models import Commune, Contact, District, PartyCell
from communes.record_admin import CommuneRecordAdmin, RecordAdmin, commune_keys, with_district


@admin.register(District)
class DistrictAdmin(RecordAdmin):
    list_display = ("full_name", "kind", "code", "established_on", "dissolved_on")
    list_filter = ("kind", ("dissolved_on", admin.EmptyFieldListFilter))
    fields = (
        ("kind", "name"),
        "code",
        ("established_on", "dissolved_on"),
        "audit_reason",
    )

    @admin.display(description="tên", ordering="sort_key")
    def full_name(self, district: District) -> str:
        return district.full_name


@admin.register(Commune)
class CommuneAdmin(RecordAdmin):
    """Communes; the outline comes with the gazetteer and is not typed by hand."""

    search_keys = ("search_key", "district__search_key")
    list_display = ("full_name", "district", "kind", "code", "established_on", "dissolved_on")
    list_filter = ("kind", ("dissolved_on", admin.EmptyFieldListFilter), "district")
    autocomplete_fields = ("district",)
    fields = (
        ("kind", "name"),
        "district",
        "code",
        ("established_on", "dissolved_on"),
        ("latitude", "longitude"),
        "audit_reason",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("district").defer("boundary")

    def picker_label(self, commune: Commune) -> str:
        return with_district(commune)

    @admin.display(description="tên", ordering="sort_key")
    def full_name(self, commune: Commune) -> str:
        return commune.full_name


@admin.register(PartyCell)
class PartyCellAdmin(CommuneRecordAdmin):
    search_keys = ("search_key", *commune_keys())
    list_display = ("place", "commune_and_district", "started_on", "ended_on", "end_note")
    list_filter = ("kind", ("ended_on", admin.EmptyFieldListFilter))
    autocomplete_fields = ("commune",)
    fields = (
        "commune",
        ("kind", "name"),
        ("started_on", "ended_on"),
        "end_note",
        "audit_reason",
    )

    @admin.display(description="chi bộ", ordering="sort_key")
    def place(self, cell: PartyCell) -> str:
        return cell.place

    def picker_label(self, cell: PartyCell) -> str:
        return f"{cell}, {with_district(cell.commune)}"


@admin.register(Contact)
class ContactAdmin(CommuneRecordAdmin):
    search_help_text = "Gõ tên Đảng bộ, không dấu cũng được."
    list_display = (
        "full_name",
        "office",
        "phone",
        "commune_and_district",
        "started_on",
        "ended_on",
    )
    list_filter = (("ended_on", admin.EmptyFieldListFilter),)
    autocomplete_fields = ("commune",)
    fields = (
        "commune",
        "full_name",
        "office",
        ("phone", "rank"),
        ("started_on", "ended_on"),
        "audit_reason",
    )
