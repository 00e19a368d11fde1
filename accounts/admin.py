"""Accounts and the audit log in the admin site."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.utils.html import format_html_join
from django_otp.plugins.otp_static import admin as static_admin
from django_otp.plugins.otp_totp import admin as totp_admin

from accounts.audited_admin import ReadOnlyAdmin
from accounts.models import AuditEvent, SavedView, User
from accounts.user_admin import UserAdmin

# Rights follow from the role (accounts.permissions); Django's groups would only mislead.
admin.site.unregister(auth_admin.Group)
# Secrets of second factors are for nobody's eyes; an administrator takes one away as a whole.
admin.site.unregister([totp_admin.TOTPDevice, static_admin.StaticDevice])


admin.site.register(User, UserAdmin)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """The audit log: who did what, when, from where, and what it was before and after."""

    list_display = ("at", "actor", "verb", "target", "changes", "reason", "address")
    list_filter = ("verb",)
    search_fields = ("actor", "target", "target_key", "address")
    search_help_text = "Người thực hiện, đối tượng, địa chỉ máy."
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    fields = ("at", "actor", "address", "verb", "target", "target_key", "changes", "reason")

    @admin.display(description="thay đổi")
    def changes(self, event: AuditEvent) -> str:
        """Give one line for each value: what it was, what it became."""
        keys = [*event.before, *(key for key in event.after if key not in event.before)]
        lines = ((key, event.before.get(key, "–"), event.after.get(key, "–")) for key in keys)
        return format_html_join("\n", "<div>{}: {} → {}</div>", lines)


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    """What users keep for themselves; only they change it."""

    list_display = ("name", "user", "path", "query")
    list_select_related = ("user",)
    list_filter = ("path",)
    search_fields = ("name", "user__username", "user__full_name")
