"""Addresses of officers' reports."""

from django.urls import path

from reports.views.periodic import dates, detail, inbox, listing, reminders

app_name = "periodic"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("tat-ca/", listing.ReportList.as_view(), name="list"),
    path("tiep-nhan/", inbox.accept_many, name="accept_many"),
    path("nhac/", reminders.remind, name="remind"),
    path("nhac/cong-van.docx", reminders.reminder_letter, name="reminder_letter"),
    path("ky/<int:pk>/han/", dates.period_dates, name="period_dates"),
    path("<int:pk>/", detail.detail, name="detail"),
]
