"""Columns of records that people enter, and may have to take back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from communes.fields import NameField


class Entered(models.Model):
    """A record that says who entered it and when, apart from when it was so."""

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người nhập",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField("nhập lúc", default=clock.now, editable=False)

    class Meta:
        abstract = True


class Withdrawable(models.Model):
    """A record that is never deleted: it is taken back, by somebody, for a reason."""

    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người rút lại",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawal_reason = NameField("lý do rút lại", max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


def withdrawn_with_reason(model: str) -> models.CheckConstraint:
    """Give the constraint of a :class:`Withdrawable` model: when and why go together."""
    return models.CheckConstraint(
        name=f"{model}_withdrawn_with_reason",
        condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
        | Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""),
        violation_error_message="Rút lại thì phải ghi lý do.",
    )


def known(model: str, field: str, choices: type[models.TextChoices], sentence: str):
    """Give the constraint that ``field`` holds one of ``choices``."""
    return models.CheckConstraint(
        name=f"{model}_{field}_known",
        condition=Q(**{f"{field}__in": choices.values}),
        violation_error_message=sentence,
    )
