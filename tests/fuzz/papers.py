"""What may never be in a file the site gives: text taken for a formula, broken XML, a way out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import openpyxl

from tests.fuzz.stored import LONG_WORD
from tests.fuzz.values import MARK

OF_TEXT = re.compile(rf"1\+1|2\+2|SUM\(A1\)|{MARK}|{LONG_WORD}")
ARCHIVE = b"PK\x03\x04"
OUTSIDE = re.compile(rb'TargetMode="External"[^>]*|Target="(?:https?:|file:)[^"]*"')


def faults_of_file(kind: str, content: bytes) -> Iterator[str]:
    """Give what is wrong with a file, by its content type; files inside a zip likewise."""
    if not content.startswith(ARCHIVE):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield from faults_of_part(name, archive.read(name))
    if "spreadsheet" in kind:
        yield from (f"text became a formula: {formula}" for formula in formulas_of_text(content))


def faults_of_part(name: str, part: bytes) -> Iterator[str]:
    if name.endswith((".xml", ".rels")):
        try:
            ET.fromstring(part)  # noqa: S314 – our own file
        except ET.ParseError as error:
            yield f"{name}: {error}"
    if name.endswith(".rels") and (found := OUTSIDE.search(part)):
        yield f"{name} leads away: {found[0][:100]!r}"
    if name.endswith(".xlsx"):
        yield from faults_of_file("spreadsheet", part)
    elif name.endswith(".docx"):
        yield from faults_of_file("word", part)
    if name.startswith("/") or ".." in name or any(not letter.isprintable() for letter in name):
        yield f"a harmful name in a zip: {name!r}"


def formulas_of_text(content: bytes) -> list[str]:
    """Give the formulas of a workbook that come from somebody's text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    formulas = (str(cell.value) for cell in cells if cell.data_type == "f")
    return [formula for formula in formulas if OF_TEXT.search(formula)]
