"""Hand-overs in the admin site: prepared and moved on their own pages only."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from reports.models import Handover, HandoverEvent, HandoverItem

PARTIES = ("handover__outgoing__officer", "handover__outgoing__commune")


@admin.register(Handover)
class HandoverAdmin(ReadOnlyAdmin):
    search_fields = ("outgoing__officer__search_key", "outgoing__commune__search_key")
    list_display = ("outgoing", "incoming", "state", "settled_on")
    list_filter = ("state",)
    list_select_related = (
        "outgoing__officer",
        "outgoing__commune",
        "incoming__officer",
        "incoming__commune",
    )


@admin.register(HandoverItem)
class HandoverItemAdmin(ReadOnlyAdmin):
    list_display = ("handover", "kind", "words", "due_on", "new_owner", "reason")
    list_filter = ("kind",)
    list_select_related = (*PARTIES, "new_owner")


@admin.register(HandoverEvent)
class HandoverEventAdmin(ReadOnlyAdmin):
    list_display = ("handover", "move", "at", "by")
    list_filter = ("move",)
    list_select_related = (*PARTIES, "by")
