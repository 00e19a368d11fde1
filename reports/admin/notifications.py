"""What was told to whom, and the runs that told it, in the admin site."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from reports.models import Notification, NotificationRun


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ("noticed_on", "user", "kind", "title", "read_at", "emailed_at")
    list_filter = ("kind", ("read_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("title", "user__username", "user__full_name")
    date_hierarchy = "noticed_on"
    fields = (*list_display, "detail", "address", "key", "created_at")


@admin.register(NotificationRun)
class NotificationRunAdmin(ReadOnlyAdmin):
    list_display = ("day", "started_at", "ended_at", "written", "emailed", "failed")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    date_hierarchy = "day"
    fields = list_display
