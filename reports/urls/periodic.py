"""Addresses of officers' reports."""

from django.urls import path

from reports.views.periodic import detail

app_name = "periodic"

urlpatterns = [
    path("<int:pk>/", detail.detail, name="detail"),
]
