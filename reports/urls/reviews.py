"""Addresses of review conferences: frozen figures, reports, packs, numbered documents."""

app_name = "reviews"

urlpatterns = []
