"""Accounts and the audit log in the admin site."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django_otp.plugins.otp_static import admin as static_admin
from django_otp.plugins.otp_totp import admin as totp_admin

from accounts.audited_admin import ReadOnlyAdmin
from accounts.models import AuditTrim, SavedView, User
from accounts.user_admin import UserAdmin

# Rights follow from the role (accounts.permissions); Django's groups would only mislead.
admin.site.unregister(auth_admin.Group)
# Secrets of second factors are for nobody's eyes; an administrator takes one away as a whole.
admin.site.unregister([totp_admin.TOTPDevice, static_admin.StaticDevice])


admin.site.register(User, UserAdmin)


@admin.register(AuditTrim)
class AuditTrimAdmin(ReadOnlyAdmin):
    """When old rows of the log were taken away. The log itself has a page of its own."""

    list_display = ("at", "before", "rows", "last_sequence")
    date_hierarchy = "before"
    ordering = ("-before", "-pk")


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    """What users keep for themselves; only they change it."""

    list_display = ("name", "user", "path", "query")
    list_select_related = ("user",)
    list_filter = ("path",)
    search_fields = ("name", "user__username", "user__full_name")
