"""Taking in an attachment: one function, one sentence when it is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile

from assignments.attachments import images, kinds, names, office, pdfs, secrecy
from assignments.attachments.refusals import Refused, too_large
from assignments.enums import AttachmentKind

OFFICE_KINDS = (AttachmentKind.DOCX, AttachmentKind.XLSX)


@dataclass(frozen=True)
class Accepted:
    """A file that was checked and cleaned, ready to be kept.

    ``size`` and ``checksum`` are those of ``content``, which for a picture is not what was sent.
    """

    content: File
    name: str
    kind: AttachmentKind
    size: int
    checksum: str


def accept(file: UploadedFile) -> Accepted:
    """Check and clean an uploaded file; raises ``ValidationError`` with a sentence naming it.

    The rules are in the modules beside, one for each concern. Nothing is written anywhere.
    """
    try:
        return accepted(file)
    except Refused as refused:
        sentence = f"Tệp “{names.shown_name(file.name or '')}” {refused}"
        raise ValidationError(sentence, code="attachment_refused") from refused


def accepted(file: UploadedFile) -> Accepted:
    """Do the work of :func:`accept`; raises :class:`Refused`."""
    name = file.name or ""
    kind, content = examine(file, name, AttachmentKind)
    if kind in images.KEPT_AS:
        content = images.rebuilt(content, kind)
        kind = images.KEPT_AS[kind]
        file = ContentFile(content)
    file.seek(0)
    return Accepted(
        content=file,
        name=names.display_name(name, kind),
        kind=kind,
        size=len(content),
        checksum=hashlib.sha256(content).hexdigest(),
    )


def examine(
    file: File, name: str, allowed: Collection[AttachmentKind]
) -> tuple[AttachmentKind, bytes]:
    """Give the kind and the bytes of a file sound enough to keep; raises :class:`Refused`.

    What only decoding shows of a picture is left to :func:`images.rebuilt`.
    """
    if secrecy.name_is_marked(names.stem(name)):
        raise Refused(secrecy.BY_NAME)
    kinds.check_extension(name, allowed)
    content = read(file)
    kind = kinds.check_agreement(name, content, kinds.recognise(content))
    check_content(content, kind)
    if secrecy.is_marked(lines(content, kind)):
        raise Refused(secrecy.BY_TEXT)
    return kind, content


def read(file: File) -> bytes:
    """Give all bytes of a file that is neither empty nor too large, whatever size it claims."""
    limit = settings.ATTACHMENT_MAX_BYTES
    if file.size > limit:
        raise Refused(too_large(limit))
    file.seek(0)
    content = file.read(limit + 1)
    if not content:
        raise Refused("rỗng, không có nội dung. Chọn lại tệp.")
    if len(content) > limit:
        raise Refused(too_large(limit))
    return content


def check_content(content: bytes, kind: AttachmentKind) -> None:
    """Refuse what is hostile in a document of its kind."""
    if kind == AttachmentKind.PDF:
        pdfs.check(content)
    elif kind in OFFICE_KINDS:
        office.check(content)


def lines(content: bytes, kind: AttachmentKind) -> Iterable[str]:
    """Give the lines of text at the beginning of a document; none of a picture."""
    if kind == AttachmentKind.PDF:
        return pdfs.lines(content)
    return office.lines(content, kind) if kind in OFFICE_KINDS else ()
