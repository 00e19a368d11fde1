"""Taking in the office's template, and taking one back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assignments.attachments import accept
from assignments.attachments.refusals import Refused
from assignments.enums import AttachmentKind
from assignments.keeping import keep, kept_if_written
from assignments.withdrawing import take_back
from reports.models import DocumentTemplate, Review
from reports.word_templates.container import check_parts
from reports.word_templates.language import Used
from reports.word_templates.offered import Offered
from reports.word_templates.rendering import render, used_by

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from assignments.attachments import Accepted

ONLY_WORD = "không phải tệp Word (.docx)."
SAME = "Mẫu này đã có trong danh sách."


def accept_template(file: UploadedFile, offered: Offered) -> Accepted:
    """Check an uploaded template and fill it in once to see that it works.

    Raises ``ValidationError`` with a sentence naming the file, the forbidden expression and
    where it stands.
    """
    accepted = accept(file)
    try:
        if accepted.kind != AttachmentKind.DOCX:
            raise Refused(ONLY_WORD)
        content = read(accepted)
        check_parts(content)
        check_lists(used_by(content), offered)
        render(content, offered)
    except Refused as refused:
        raise ValidationError(f"Tệp “{accepted.name}” {refused}", code="template_refused") from None
    return accepted


def read(accepted: Accepted) -> bytes:
    """Give the content and leave the file at its beginning, to be kept."""
    accepted.content.seek(0)
    content = accepted.content.read()
    accepted.content.seek(0)
    return content


def check_lists(used: Used, offered: Offered) -> None:
    """Refuse a loop over a list there is not."""
    for name in used.lists:
        if name not in offered.lists:
            raise Refused(f"dùng danh sách chưa có: “{name}”. Xem tên các danh sách ở bảng dưới.")


def unknown_fields(used: Used, offered: Offered) -> list[str]:
    """Give the fields and columns that nothing will be put into, in the template's order."""
    columns = (
        (name, column)
        for name, columns in used.lists.items()
        for column in columns
        if column not in known_columns(name, offered)
    )
    fields = (name for name in used.fields if name not in {*offered.fields, *offered.lists})
    return [*fields, *(f"{name}: {column}" for name, column in columns)]


def known_columns(name: str, offered: Offered) -> Collection[str]:
    return offered.lists[name].columns if name in offered.lists else ()


def keep_template(*, file: Accepted, by: User, now: dt.datetime) -> DocumentTemplate:
    """Keep a template that :func:`accept_template` gave.

    Raises ``ValidationError`` when the same file stands already.
    """
    with kept_if_written() as undo, transaction.atomic():
        if DocumentTemplate.objects.standing().filter(checksum=file.checksum).exists():
            raise ValidationError(SAME)
        template = DocumentTemplate()
        keep(template, file, by=by, now=now, undo=undo)
    return template


@transaction.atomic
def withdraw_template(
    *, template: DocumentTemplate, reason: str, by: User, now: dt.datetime
) -> DocumentTemplate:
    """Offer a template no more. Raises ``ValidationError`` while a review chooses it."""
    reviews = Review.objects.standing().filter(template=template)
    if names := ", ".join(f"“{review}”" for review in reviews):
        raise ValidationError(f"Mẫu đang được chọn ở {names}. Chọn mẫu khác ở đó rồi rút lại.")
    return take_back(template, reason=reason, by=by, now=now)


def content_of(template: DocumentTemplate) -> bytes:
    """Give the stored file."""
    with template.file.open("rb") as file:
        return file.read()
