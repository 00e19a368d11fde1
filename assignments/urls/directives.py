"""Addresses of documents whose carrying-out is followed."""

app_name = "directives"

urlpatterns = []
