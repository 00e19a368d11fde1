"""Workbooks and templates that mean harm: (name, content) by what they are."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from openpyxl import Workbook

from tests.assignments.attachments.hostile import OLE2, bomb
from tests.assignments.roster.workbooks import make_workbook, replace_member, to_bytes
from tests.reports.word_templates.words import changed, part_of, related, word_file

SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%b">' % (n, b"&a;" * 10) for n in range(9))
    + b"]><a>&a8;</a>"
)


def ordinary() -> bytes:
    return make_workbook([["Lý Thị Em", "Xã An Hiệp"]], header=["Họ và tên", "Đảng bộ"])


def strange() -> bytes:
    """Make a workbook of formulas, errors, dates as text, merged and hidden cells."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Họ và tên", "Đảng bộ", "Từ ngày"])
    sheet.append(["=HYPERLINK(1)", "#REF!", "30/02/2024"])
    sheet.append(["Lý Thị Em", dt.date(1900, 1, 1), 1e300])
    sheet.append(["x" * 32_767, True, -1])
    sheet.merge_cells("A5:C900")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    return to_bytes(book)


def with_sheet(old: bytes, new: bytes) -> bytes:
    return replace_member(ordinary(), SHEET, lambda part: part.replace(old, new))


def with_member(name: str, content: bytes) -> bytes:
    made = io.BytesIO(ordinary())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def far_away() -> bytes:
    """Make a workbook whose few cells stand at the end of a million rows and columns."""
    book = Workbook()
    book.active.cell(1_048_576, 16_384, "x")
    return to_bytes(book)


OTHER_FILE = b'<externalLink><oleLink r:id="rId1"/></externalLink>'
HOSTILE_BOOKS = {
    "book of nothing": ("a.xlsx", b""),
    "book with a password": ("a.xlsx", OLE2 + "EncryptedPackage".encode("utf-16-le")),
    "book cut off": ("a.xlsx", ordinary()[:-200]),
    "book with macros": ("a.xlsx", with_member("xl/vbaProject.bin", b"x")),
    "book that leads away": (
        "a.xlsx",
        with_member("xl/externalLinks/externalLink1.xml", OTHER_FILE),
    ),
    "book of entities": ("a.xlsx", replace_member(ordinary(), SHEET, lambda _: ENTITIES)),
    "book of a million columns": ("a.xlsx", far_away()),
    "book that says it is endless": ("a.xlsx", with_sheet(b"A1:B2", b"A1:XFD1048576")),
    "book of a text that is not there": ("a.xlsx", with_sheet(b"<v>0</v>", b"<v>999999999</v>")),
    "book of strange cells": ("a.xlsx", strange()),
    "book that is a bomb": ("a.xlsx", bomb(lying=False)),
    "book that denies it": ("a.xlsx", bomb(lying=True)),
    "book of many parts": ("a.xlsx", with_member("xl/x" * 60, b"0" * 30 * 2**20)),
}


def template(text: str) -> tuple[str, bytes]:
    return "mau.docx", word_file(text)


def leading_away() -> bytes:
    content = word_file("x")
    name = "word/_rels/document.xml.rels"
    link = related("attachedTemplate", "http://xau.example/a.dotm")
    inserted = part_of(content, name).replace(b"</Relationships>", link + b"</Relationships>")
    return changed(content, {name: inserted})


HOSTILE_TEMPLATES = {
    "template out of the sandbox": template("{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    "template of a large power": template("{{ 9**9**9 }}"),
    "template of a long text": template("{{ 'x' * 10**10 }}"),
    "template without end": template("{% for a in range(10**9) %}x{% endfor %}"),
    "template that calls": template("{{ cycler.__init__.__globals__.os.popen('id').read() }}"),
    "template that takes in": template("{% include '/etc/passwd' %}"),
    "template half written": template("{% if %}{{"),
    "template of deep brackets": template("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}"),
    "template that leads away": ("mau.docx", leading_away()),
}
