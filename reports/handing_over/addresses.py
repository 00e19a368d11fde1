"""Where a hand-over is read."""

from django.urls import reverse

from reports.models import Handover


def handover_address(handover: Handover) -> str:
    return reverse("departures:handover", args=[handover.pk])
