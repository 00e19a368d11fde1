"""Districts and communes in the admin site."""

from django.contrib import admin

from communes.models import Commune, District
from communes.record_admin import RecordAdmin


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

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term, "district__search_key"), False

    def picker_label(self, commune: Commune) -> str:
        return with_district(commune)

    @admin.display(description="tên", ordering="sort_key")
    def full_name(self, commune: Commune) -> str:
        return commune.full_name


def with_district(commune: Commune) -> str:
    """Give a commune's name so that one "Phường 1" is told from the others."""
    return f"{commune}, {commune.district}" if commune.district else str(commune)
