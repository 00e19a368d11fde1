"""Codes and labels of what reports keep."""

from django.db import models


class WaiverEffect(models.TextChoices):
    """What is asked for a duty that is not, or will not be, done."""

    WAIVED = "waived", "Miễn thực hiện"
    EXPLAINED = "explained", "Chưa thực hiện, có lý do"
