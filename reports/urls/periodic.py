"""Addresses of officers' reports."""

from django.urls import path

from reports.views.periodic import (
    begin,
    dates,
    detail,
    inbox,
    listing,
    moves,
    reminders,
    write,
)

app_name = "periodic"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("tat-ca/", listing.ReportList.as_view(), name="list"),
    path("tiep-nhan/", inbox.accept_many, name="accept_many"),
    path("nhac/", reminders.remind, name="remind"),
    path("nhac/cong-van.docx", reminders.reminder_letter, name="reminder_letter"),
    path("ky/<int:pk>/han/", dates.period_dates, name="period_dates"),
    path("soan/", begin.begin, name="begin"),
    path("dot-xuat/", begin.urgent, name="urgent"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/soan/", write.edit, name="edit"),
    path("<int:pk>/luu/", write.autosave, name="autosave"),
    path("<int:pk>/nop/", write.submit, name="submit"),
    path("<int:pk>/bo/", write.withdraw, name="withdraw"),
    path("<int:pk>/tra-lai/", moves.send_back, name="send_back"),
    path("<int:pk>/tiep-nhan/", moves.accept, name="accept"),
    path("<int:pk>/mo-lai/", moves.reopen, name="reopen"),
]
