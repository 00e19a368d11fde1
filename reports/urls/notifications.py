"""Addresses of what a user has been told."""

from django.urls import URLPattern

app_name = "notifications"

urlpatterns: list[URLPattern] = []
