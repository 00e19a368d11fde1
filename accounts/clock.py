"""The only module that asks what time it is; everything else takes the moment as an argument."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Give the present moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Give today's date in the office's time zone (``settings.TIME_ZONE``)."""
    return timezone.localdate()
