"""What may be uploaded beside a decision: a real PDF or Word file of a sensible size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from assignments.attachments.intake import examine
from assignments.attachments.names import extension
from assignments.attachments.refusals import Refused
from assignments.enums import AttachmentKind

if TYPE_CHECKING:
    from django.core.files.base import File

SCAN_KINDS = (AttachmentKind.PDF, AttachmentKind.DOCX)


def check_scan(file: File) -> None:
    """Refuse a decision's scan by the rules of attachments, only PDF and Word being taken."""
    if not extension(file.name):  # by which it is told apart when it is given out
        raise ValidationError("Tên tệp thiếu đuôi. Chỉ nhận tệp PDF, Word (.docx).")
    try:
        examine(file, file.name, SCAN_KINDS)
    except Refused as refused:
        raise ValidationError(f"Tệp {refused}", code="scan_refused") from refused
    file.seek(0)
