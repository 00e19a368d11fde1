"""The kinds of file that are taken: told by their content; the name must agree.

The kind of an archive is told by what is in it (:mod:`assignments.attachments.office`).
"""

from __future__ import annotations

from collections.abc import Collection

from assignments import archives
from assignments.attachments import names, office
from assignments.attachments.refusals import Refused
from assignments.enums import AttachmentKind

EXTENSIONS = {
    AttachmentKind.PDF: (".pdf",),
    AttachmentKind.DOCX: (".docx",),
    AttachmentKind.XLSX: (".xlsx",),
    AttachmentKind.JPG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    AttachmentKind.PNG: (".png",),
    AttachmentKind.HEIC: (".heic", ".heif"),
}
CONTENT_TYPES = {
    AttachmentKind.PDF: "application/pdf",
    AttachmentKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    AttachmentKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    AttachmentKind.JPG: "image/jpeg",
    AttachmentKind.PNG: "image/png",
    AttachmentKind.HEIC: "image/heic",
}
# For <input type="file" accept="…">: with the types of images a phone offers its camera.
ATTACHMENT_ACCEPT = ",".join(
    [
        *(extension for extensions in EXTENSIONS.values() for extension in extensions),
        *(kind for kind in CONTENT_TYPES.values() if kind.startswith("image/")),
    ]
)

FIRST_BYTES = {
    b"%PDF-": AttachmentKind.PDF,
    b"\xff\xd8\xff": AttachmentKind.JPG,
    b"\x89PNG\r\n\x1a\n": AttachmentKind.PNG,
}
# The brands of a still picture in HEVC, as phones write them (ISO/IEC 23008-12).
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# Extensions with advice of their own.
ADVICE = {
    ".doc": "theo định dạng .doc cũ. Mở bằng Word, lưu lại dạng .docx rồi gửi lại.",
    ".xls": "theo định dạng .xls cũ. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
    ".docm": f"{office.WITH_MACROS} Mở bằng Word, lưu lại dạng .docx rồi gửi lại.",
    ".xlsm": f"{office.WITH_MACROS} Mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
}
# Content that is not taken, by the word for it; looked for only to name it.
OTHERS = {
    archives.OLE2_MAGIC: "Word hoặc Excel định dạng cũ",
    archives.ZIP_MAGIC: "tệp nén",
    b"GIF8": "ảnh GIF",
    b"RIFF": "ảnh WebP, âm thanh hoặc phim",
    b"BM": "ảnh BMP",
    b"MZ": "chương trình",
    b"\x7fELF": "chương trình",
    b"Rar!": "tệp nén",
    b"7z\xbc\xaf": "tệp nén",
    b"<?php": "mã PHP",
    b"<svg": "ảnh SVG",
    b"<?xml": "văn bản XML hoặc ảnh SVG",
    b"<": "trang HTML hoặc XML",
}
UNKNOWN = "không rõ loại"


def label(kind: AttachmentKind) -> str:
    """Give the kind's name with its extension where the name alone does not tell it."""
    office_kinds = (AttachmentKind.DOCX, AttachmentKind.XLSX)
    return f"{kind.label} (.{kind})" if kind in office_kinds else kind.label


def recognise(content: bytes) -> AttachmentKind | None:
    """Tell the kind by the content alone; None when it is none that is taken.

    Raises :class:`Refused` for an Office file whose zip is unsound, or with a password.
    """
    for magic, kind in FIRST_BYTES.items():
        if content.startswith(magic):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return AttachmentKind.HEIC
    if archives.is_encrypted_office(content):
        raise Refused(office.PROTECTED)
    return office.kind_of(content) if content.startswith(archives.ZIP_MAGIC) else None


def check_extension(name: str, allowed: Collection[AttachmentKind]) -> None:
    """Refuse by the name alone what cannot be meant to be one of ``allowed``."""
    extension = names.extension(name)
    if extension in ADVICE:
        raise Refused(ADVICE[extension])
    if extension and all(extension not in EXTENSIONS[kind] for kind in allowed):
        raise Refused(not_taken(allowed))


def not_taken(allowed: Collection[AttachmentKind]) -> str:
    return f"không thuộc loại được nhận. Chỉ nhận tệp {', '.join(map(label, allowed))}."


def check_agreement(name: str, content: bytes, kind: AttachmentKind | None) -> AttachmentKind:
    """Give the content's kind; refuse a content that is not what the extension says."""
    extension = names.extension(name)
    if kind and (not extension or extension in EXTENSIONS[kind]):
        return kind
    if not extension:
        raise Refused(not_taken(AttachmentKind))
    found = label(kind) if kind else other_content(content)
    raise Refused(
        f"có nội dung không đúng với đuôi tệp (đuôi {extension}, nội dung: {found}). "
        "Kiểm tra và chọn lại tệp."
    )


def other_content(content: bytes) -> str:
    """Name, as far as can be told, a content that is not taken."""
    begins = content[:64].lstrip().lower()
    return next(
        (word for magic, word in OTHERS.items() if begins.startswith(magic.lower())), UNKNOWN
    )
