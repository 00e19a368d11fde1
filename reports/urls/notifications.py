"""Addresses of what a user has been told."""

from django.urls import path

from reports.views import notifications

app_name = "notifications"

urlpatterns = [
    path("", notifications.notification_list, name="list"),
    path("<int:pk>/mo/", notifications.notification_open, name="open"),
    path("da-xem/", notifications.notifications_read_all, name="read_all"),
]
