"""Filling in a template: values come out as text, what is missing in red, within bounds.

The same template and values give the same bytes, but for times in the zip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.run import Run
from docxtpl import DocxTemplate
from jinja2 import Environment, Template, Undefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from assignments.archives import UNREADABLE
from assignments.attachments.refusals import Refused
from assignments.spreadsheets.cells import plain_text
from reports.reviews.fields import missing_mark
from reports.word_templates.container import PLACES
from reports.word_templates.language import Used, used_in
from reports.word_templates.offered import Offered

MAX_CHARACTERS = 12_000_000  # of one part filled in: about 500 pages of tables
RED = RGBColor(0xC0, 0x00, 0x00)
MARK = re.compile(f"({re.escape(missing_mark('NAME')).replace('NAME', '[^]]*')})")
BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
UNREADABLE_TEMPLATE = "không đọc được như một mẫu Word. Mở bằng Word, lưu lại rồi gửi lại."
TOO_LONG = "khi điền danh sách vào thì dài quá mức in được. Bỏ bớt danh sách trong mẫu."


class TooLong(TemplateError):
    """Filling in gives more than anybody prints."""


class Absent(Undefined):
    """A field without a value: printed as a mark, false where it is asked for."""

    __slots__ = ()

    def __str__(self) -> str:
        return missing_mark(str(self._undefined_name))


class BoundedTemplate(Template):
    """A template that stops when its text grows beyond all use."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        pieces, left = [], MAX_CHARACTERS
        for piece in self.generate(*args, **kwargs):
            left -= len(piece)
            if left < 0:
                raise TooLong
            pieces.append(piece)
        return "".join(pieces)


def environment() -> SandboxedEnvironment:
    """Give the sandbox templates are read and filled in by; it knows no function and no filter."""
    made = SandboxedEnvironment(autoescape=True, undefined=Absent, cache_size=0)
    made.template_class = BoundedTemplate
    for known in (made.globals, made.filters, made.tests):
        known.clear()
    return made


class Row:
    """One row of a list, read by the names of its columns and by nothing else."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, Markup]):
        self._cells = cells

    def __getitem__(self, column: str) -> Markup:
        return self._cells[column]


def as_text(value: str) -> Markup:
    """Give a value as text of the file, whatever it holds: no markup, no field again."""
    return Markup(str(escape(plain_text(value))).translate(BRACES))  # noqa: S704 - escaped here


@dataclass(frozen=True)
class Rendered:
    """A template filled in, and the names of the fields that had no value."""

    content: bytes
    missing: list[str]


class OfficeTemplate(DocxTemplate):
    """The library's template, whose properties stay as the office wrote them."""

    def render_properties(self, context: dict[str, Any], jinja_env: Environment | None = None):
        """Leave title and author alone: they are no place for fields."""

    def sources(self) -> Iterator[tuple[str, str]]:
        """Give the place and the source of each part that is filled in."""
        self.render_init()
        yield PLACES["document"], self.patch_xml(self.get_xml())
        for uri, place in ((self.HEADER_URI, "hdr"), (self.FOOTER_URI, "ftr")):
            for _, part in self.get_headers_footers(uri):
                yield PLACES[place], self.patch_xml(self.get_part_xml(part))
        for part in self.docx.part.package.parts:
            if part.content_type.endswith("wordprocessingml.footnotes+xml"):
                yield PLACES["footnotes"], self.patch_xml(part.blob.decode("utf-8"))

    def filled_roots(self) -> Iterator[Any]:
        """Give the trees of the body, the headers and the footers after filling in."""
        yield self.docx.element
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield part.element


def used_by(content: bytes) -> Used:
    """Give what a template asks for; raises :class:`Refused` for what is not allowed.

    The parts of the file were judged before (:func:`container.check_parts`).
    """
    used, sandbox = Used(), environment()
    try:
        for place, source in OfficeTemplate(BytesIO(content)).sources():
            used_in(source, place, used, sandbox)
    except UNREADABLE as error:
        raise Refused(UNREADABLE_TEMPLATE) from error
    return used


def render(content: bytes, offered: Offered) -> Rendered:
    """Fill in a template that was judged before; raises :class:`Refused` when it cannot be."""
    used = used_by(content)
    template = OfficeTemplate(BytesIO(content))
    file = BytesIO()
    try:
        template.render(context_of(used, offered), environment(), autoescape=True)
        marks = [mark for root in template.filled_roots() for mark in redden(root)]
        template.save(file)
    except TooLong as error:
        raise Refused(TOO_LONG) from error
    except (TemplateError, *UNREADABLE) as error:
        raise Refused(UNREADABLE_TEMPLATE) from error
    return Rendered(file.getvalue(), [*dict.fromkeys(marks), *unknown_lists(used, offered)])


def context_of(used: Used, offered: Offered) -> dict[str, object]:
    """Give the values of what a template asks for; a field without one is left out."""
    fields = {name: as_text(offered.fields[name]) for name in used.fields if offered.has(name)}
    lists = {
        name: [
            Row({column: as_text(row[column]) for column in columns if column in row})
            for row in offered.lists[name].rows
        ]
        for name, columns in used.lists.items()
        if name in offered.lists
    }
    # An answer to "is there a list": as a field, by its name.
    return fields | lists


def unknown_lists(used: Used, offered: Offered) -> list[str]:
    return [name for name in used.lists if name not in offered.lists]


def redden(root: Any) -> Iterator[str]:
    """Colour each mark of something missing; give the names in the marks, in their order."""
    for run in [*root.iter(qn("w:r"))]:
        texts = [text for text in run.findall(qn("w:t")) if MARK.search(text.text or "")]
        if texts:
            yield from coloured(run)


def coloured(run: Any) -> Iterator[str]:
    """Put runs in the place of ``run``, one for each piece, those that are marks red and bold."""
    properties = run.find(qn("w:rPr"))
    for child in [one for one in run if one is not properties]:
        pieces = MARK.split(child.text or "") if child.tag == qn("w:t") else [None]
        for piece in pieces:
            if piece == "":
                continue
            made = Run(run.makeelement(qn("w:r")), None)
            if properties is not None:
                made._r.append(deepcopy(properties))
            if piece is None:
                made._r.append(child)
            else:
                made._r.add_t(piece)
                made._r[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if piece and MARK.fullmatch(piece):
                made.font.bold, made.font.color.rgb = True, RED
                yield piece.partition(": ")[2].rstrip("]")
            run.addprevious(made._r)
    run.getparent().remove(run)
