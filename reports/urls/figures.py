"""Addresses of figures, what they mean, and their charts."""

app_name = "figures"

urlpatterns = []
