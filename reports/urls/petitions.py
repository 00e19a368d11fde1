"""Addresses of petitions and what becomes of them."""

from django.urls import URLPattern

app_name = "petitions"

urlpatterns: list[URLPattern] = []
