"""Addresses of officers' reports."""

from django.urls import URLPattern

app_name = "periodic"

urlpatterns: list[URLPattern] = []
