"""Addresses of the evaluation of officers."""

app_name = "evaluations"

urlpatterns = []
