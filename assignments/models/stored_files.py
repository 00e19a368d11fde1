"""Columns of a file kept beside a record: checked, cleaned, given out as a download only."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from accounts import clock
from assignments.enums import AttachmentKind
from assignments.models.entries import Withdrawable
from communes.fields import NameField


def stored_path(stored: StoredFile, file_name: str) -> str:
    """Give a stored name nobody can guess; the sender's own is kept for reading only."""
    return f"{stored.folder}/{stored.uploaded_at:%Y}/{uuid.uuid4()}.{stored.kind}"


class StoredFile(Withdrawable):
    """A file as ``assignments.attachments.accept`` gave it; subclasses say beside what."""

    folder = ""

    file = models.FileField("tệp", upload_to=stored_path, max_length=200)
    name = NameField("tên tệp", max_length=150)
    kind = models.CharField("loại", max_length=10, choices=AttachmentKind)
    size = models.PositiveIntegerField("số byte")
    checksum = models.CharField("mã kiểm tra (SHA-256)", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người gửi",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("gửi lúc", default=clock.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
