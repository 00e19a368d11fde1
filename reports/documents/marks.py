"""What python-docx has no words for: fonts of every script, fields, rules, repeated rows."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

LANGUAGE = "vi-VN"
SCRIPTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")


def element(tag: str, **attributes: object):
    """Give an element of the word-processing namespace with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_fonts(document: Document, font: str, size: int) -> None:
    """Make ``font`` that of every script, black, and Vietnamese the language."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    properties = normal.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in SCRIPTS:
        fonts.set(qn(script), font)
    properties.append(element("lang", val=LANGUAGE, eastAsia=LANGUAGE))


def number_pages(section: Section, size: int) -> None:
    """Put the page number in the middle of the header, from the second page on (L5)."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = element("instrText")
    field.text = "PAGE"
    edges = (element("fldChar", fldCharType=kind) for kind in ("begin", "end"))
    for part in (next(edges), field, next(edges)):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        run._r.append(part)


def restart_numbers(section: Section) -> None:
    """Begin the page numbers of a section at 1."""
    numbers = element("pgNumType", start=1)
    section._sectPr.insert_element_before(
        numbers, "w:cols", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:docGrid"
    )


def turn_back_pages(document: Document) -> None:
    """Turn left and right margins round on back pages (L4)."""
    settings = document.settings.element
    zoom = settings.find(qn("w:zoom"))  # what the schema lets stand before, of what there is
    settings.insert(0 if zoom is None else settings.index(zoom) + 1, element("mirrorMargins"))


def set_properties(document: Document, title: str, now: dt.datetime) -> None:
    """Say what the file is and when it was made, instead of the library's own words."""
    properties = document.core_properties
    properties.title, properties.language = title, LANGUAGE
    properties.author = properties.last_modified_by = properties.comments = ""
    moment = timezone.make_naive(now, dt.UTC)
    properties.created = properties.modified = moment


def rule_above(paragraph: Paragraph, indent: Length) -> None:
    """Draw a solid line above a paragraph, shorter by ``indent`` on either side (L7)."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = indent
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=6, space=1, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def drop_paragraphs(cell: _Cell) -> None:
    """Empty a cell of the paragraph it is born with."""
    for paragraph in cell.paragraphs:
        cell._tc.remove(paragraph._p)


def set_margins(table: Table, width: Length) -> None:
    """Say how far from their edges the text of a table's cells begins."""
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=round(width.twips), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def repeat_header(row: _Row) -> None:
    """Repeat a row on each page the table reaches; it is not split."""
    keep_whole(row)
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_whole(row: _Row) -> None:
    """Never split a row between two pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))
