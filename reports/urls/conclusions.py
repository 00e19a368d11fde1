"""Addresses of conclusions of conferences and their tasks."""

from django.urls import URLPattern

app_name = "conclusions"

urlpatterns: list[URLPattern] = []
