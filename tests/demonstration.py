"""Seeding the demonstration in tests."""

import datetime as dt
from io import StringIO

from django.apps import apps
from django.core.management import call_command

DAY = dt.date(2026, 11, 22)
START = dt.date(2024, 11, 22)
OURS = ("accounts", "communes", "assignments", "reports")


def seed(day: dt.date = DAY, **options) -> str:
    """Run the command as of ``day``; give what it printed."""
    output = StringIO()
    call_command("seed_demo", day=day, stdout=output, **options)
    return output.getvalue()


def rows() -> list[list[tuple]]:
    """Give every row of every table of ours."""
    models = apps.get_models(include_auto_created=True)
    ours = [model for model in models if model._meta.app_label in OURS]
    return [list(model.objects.order_by("pk").values_list()) for model in ours]
