"""Districts, communes, their Party cells and contacts in the admin site."""

from django.contrib import admin
from django.db.models import QuerySet

from accounts.audited_admin import ReadOnlyAdmin
from communes.models import (
    Area,
    Commune,
    Contact,
    Descent,
    District,
    PartyCell,
    Reorganisation,
    Succession,
)
from communes.record_admin import (
    CommuneRecordAdmin,
    RecordAdmin,
    RuledAdmin,
    commune_keys,
    with_district,
)


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


@admin.register(Area)
class AreaAdmin(RuledAdmin):
    """Areas; which communes are in each is put on the page "Khu vực"."""

    list_display = ("name", "rank", "is_retired")
    list_filter = ("is_retired",)
    search_fields = ("name",)
    fields = ("name", ("rank", "is_retired"), "audit_reason")


@admin.register(Commune)
class CommuneAdmin(RecordAdmin):
    """Communes; the outline comes with the gazetteer and is not typed by hand."""

    search_keys = ("search_key", "district__search_key")
    list_display = (
        "full_name",
        "district",
        "area",
        "kind",
        "code",
        "established_on",
        "dissolved_on",
    )
    list_filter = ("kind", ("dissolved_on", admin.EmptyFieldListFilter), "district", "area")
    autocomplete_fields = ("district", "area")
    fields = (
        ("kind", "name"),
        ("district", "area"),
        "code",
        ("established_on", "dissolved_on"),
        ("latitude", "longitude"),
        "audit_reason",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("district", "area").defer("boundary")

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


# --- reorganisations: written by their own pages, looked at here ---------------------------------


@admin.register(Reorganisation)
class ReorganisationAdmin(ReadOnlyAdmin):
    list_display = (
        "resolution",
        "effective_on",
        "ends_districts",
        "created_by",
        "applied_at",
        "undone_at",
    )
    list_select_related = ("created_by",)
    exclude = ("mapping", "choices", "journal")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("mapping", "choices", "journal")


@admin.register(Succession)
class SuccessionAdmin(ReadOnlyAdmin):
    list_display = ("old_unit", "new_unit", "extent", "is_main", "reorganisation")
    list_filter = ("extent", "is_main")

    def get_queryset(self, request):
        return between_units(super().get_queryset(request)).select_related("reorganisation")

    @admin.display(description="đơn vị cũ", ordering="old__sort_key")
    def old_unit(self, line: Succession) -> str:
        return with_district(line.old)

    @admin.display(description="đơn vị mới", ordering="new__sort_key")
    def new_unit(self, line: Succession) -> str:
        return with_district(line.new)


@admin.register(Descent)
class DescentAdmin(ReadOnlyAdmin):
    list_display = ("old_unit", "new_unit", "started_on", "ended_on", "is_main")
    list_filter = ("is_main",)

    def get_queryset(self, request):
        return between_units(super().get_queryset(request))

    @admin.display(description="đơn vị cũ", ordering="old__sort_key")
    def old_unit(self, descent: Descent) -> str:
        return with_district(descent.old)

    @admin.display(description="đơn vị đang kế thừa", ordering="new__sort_key")
    def new_unit(self, descent: Descent) -> str:
        return with_district(descent.new)


def between_units(rows: QuerySet) -> QuerySet:
    """Read the units at both ends along, without their outlines."""
    units = rows.select_related("old__district", "new__district")
    return units.defer("old__boundary", "new__boundary")
