"""Setting a Party document piece by piece: header, paragraphs, tables, signature.

Text reaches the file only through :func:`plain_text` and python-docx's own runs: it is never
markup, a field or a link, whatever it holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from assignments.spreadsheets.cells import plain_text
from communes.dates import date_in_words
from reports.documents import marks
from reports.documents.issuer import Issuer
from reports.documents.profiles import Profile

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
# Of the title at 15 points, by the widths of Times New Roman Bold: its rule is as long.
PARTY_LENGTH = 73
RULE_SIZE = 6  # of the line that the rule stands on
STAR = "*"
BLANK_NUMBER = "\u00a0" * 6  # written in by hand when the document is entered in the register
HYPHENS = "-----"
ROWS_TO_SIGN = 4
LEFT, CENTER, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
Where = Any  # the document or a cell: whatever has add_paragraph


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: its heading, its width, how a row gives its text."""

    heading: str
    width: int  # millimetres
    value: Callable[[Any], object]
    is_centred: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signs: on whose authority (may be empty), in which office, by which name."""

    authority: str
    office: str
    name: str


@dataclass(frozen=True)
class Recipients:
    """Who a document goes to; the last line is where it is kept."""

    lines: Sequence[str] = field(default=("Như trên",))
    kept_at: str = ""

    def written(self) -> list[str]:
        """Give the lines with their hyphens and marks: "- Như trên;", "- Lưu … ."."""
        return [*(f"- {line};" for line in self.lines), f"- Lưu {self.kept_at}."]


class Paper:
    """A document under way. ``day`` is its date, ``now`` when the file is made."""

    def __init__(self, profile: Profile, *, title: str, day: dt.date, now: dt.datetime):
        self.profile, self.day = profile, day
        self.document = docx.Document()
        self._set_page()
        marks.set_fonts(self.document, profile.font, profile.text_size)
        marks.number_pages(self.document.sections[0], profile.page_number_size)
        marks.set_properties(self.document, plain_text(title), now)

    def _set_page(self) -> None:
        profile, section = self.profile, self.document.sections[0]
        section.page_width, section.page_height = map(Mm, profile.page)
        section.top_margin, section.bottom_margin = Mm(profile.top), Mm(profile.bottom)
        section.left_margin, section.right_margin = Mm(profile.left), Mm(profile.right)
        if profile.is_two_sided:
            marks.turn_back_pages(self.document)
        section.header_distance = section.footer_distance = Mm(profile.header_distance)

    # --- paragraphs --------------------------------------------------------------------------

    def put(
        self,
        text: str,
        *,
        where: Where = None,
        size: int | None = None,
        align: WD_ALIGN_PARAGRAPH = LEFT,
        after: int = 0,
        **look: bool,
    ) -> Paragraph:
        """Add one paragraph of one look (``bold``, ``italic``, ``underline``)."""
        paragraph = (where or self.document).add_paragraph()
        paragraph.alignment = align
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(0), Pt(after)
        run = paragraph.add_run(plain_text(text))
        run.font.size = Pt(size or self.profile.text_size)
        for name, value in look.items():
            setattr(run.font, name, value)
        return paragraph

    def put_text(self, text: str, *, is_last: bool = False) -> None:
        """Add a paragraph of the body: justified, its first line indented; the last one marked."""
        profile = self.profile
        words = profile.spelled(text)
        if is_last:
            words = words.rstrip(".") + profile.end_mark
        paragraph = self.put(words, align=JUSTIFY, after=profile.space_after)
        shape = paragraph.paragraph_format
        shape.first_line_indent = Mm(profile.first_line)
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        shape.line_spacing = Pt(profile.line_spacing)
        shape.keep_with_next = is_last  # no signature alone on a page

    def put_centred(self, text: str, **look: object) -> None:
        """Add a centred line in this guidance's spelling, with the space of the body after it."""
        self.put(self.profile.spelled(text), align=CENTER, after=self.profile.space_after, **look)

    def put_type(self, kind: str, subject: str) -> None:
        """Add the type of the document in capitals and what it is about (L13, L14)."""
        profile = self.profile
        self.put(profile.spelled(kind).upper(), align=CENTER, size=profile.type_size, bold=True)
        subject = profile.spelled(subject)
        self.put(subject, align=CENTER, size=profile.subject_size, bold=True)
        self.put_centred(HYPHENS)

    # --- header and signature ----------------------------------------------------------------

    def put_header(self, issuer: Issuer, abbreviation: str, subject: str = "") -> None:
        """Add the two cells of the header (L6–L10); ``subject`` is a công văn's own (L15)."""
        left, right = self._two_cells()
        self._put_issuer(left, issuer, f"Số {BLANK_NUMBER}-{abbreviation}/{issuer.symbol}", subject)
        self._put_party(right, issuer.place)
        self.put("", after=self.profile.space_after)

    def _put_issuer(self, cell: _Cell, issuer: Issuer, number: str, subject: str) -> None:
        profile = self.profile
        superior, name = (profile.spelled(one).upper() for one in (issuer.superior, issuer.name))
        size = profile.body_name_size
        self.put(superior, where=cell, align=CENTER, size=size, bold=not name)
        if name:
            self.put(name, where=cell, align=CENTER, size=size, bold=True)
        self.put(STAR, where=cell, align=CENTER, size=size)
        self.put(number, where=cell, align=CENTER, size=profile.number_size)
        if subject:
            words = profile.spelled(f"{profile.letter_prefix} {subject}")
            size = profile.letter_subject_size
            self.put(words, where=cell, align=CENTER, size=size, italic=True)

    def _put_party(self, cell: _Cell, place: str) -> None:
        profile = self.profile
        self.put(PARTY, where=cell, align=CENTER, size=profile.party_size, bold=True)
        rule = self.put("", where=cell, size=RULE_SIZE)
        marks.rule_above(rule, Mm(max(0, profile.right_cell - PARTY_LENGTH) / 2))
        dated = f"{place}, {date_in_words(self.day)}"
        self.put(dated, where=cell, align=CENTER, size=profile.place_size, italic=True)

    def put_end(self, recipients: Recipients, signature: Signature) -> None:
        """Add the recipients on the left and the signature on the right (§2.4)."""
        profile = self.profile
        self.put("").paragraph_format.keep_with_next = True
        left, right = self._two_cells()
        self.put("Nơi nhận:", where=left, size=profile.recipients_word_size, underline=True)
        for line in recipients.written():
            self.put(profile.spelled(line), where=left, size=profile.recipients_size)
        size = profile.signature_size
        lines = ((signature.authority, True), (signature.office, False))
        for line, is_bold in lines:
            if line:
                words = profile.spelled(line).upper()
                self.put(words, where=right, align=CENTER, size=size, bold=is_bold)
        for _ in range(ROWS_TO_SIGN):
            self.put("", where=right, size=size)
        self.put(signature.name, where=right, align=CENTER, size=size, bold=True)

    def _two_cells(self) -> tuple[_Cell, _Cell]:
        """Add a table of two cells without borders, as wide as the header's."""
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        marks.no_margins(table)
        cells = table.rows[0].cells
        widths = self.profile.left_cell, self.profile.right_cell
        for cell, column, width in zip(cells, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
            marks.drop_paragraphs(cell)
        marks.keep_whole(table.rows[0])
        return cells[0], cells[1]

    # --- tables ------------------------------------------------------------------------------

    def put_table(self, columns: Sequence[TableColumn], rows: Iterable[Any]) -> Table:
        """Add a table with thin borders, its header repeated on each page, its rows unsplit."""
        table = self.document.add_table(rows=1, cols=len(columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for one, column in zip(table.columns, columns, strict=True):
            one.width = Mm(column.width)
        marks.repeat_header(table.rows[0])
        self._fill(table.rows[0].cells, columns, lambda one: one.heading, is_heading=True)
        for row in rows:
            cells = table.add_row()
            marks.keep_whole(cells)
            self._fill(cells.cells, columns, lambda one, row=row: one.value(row))
        self.put("", size=6)
        return table

    def _fill(
        self,
        cells: Sequence[_Cell],
        columns: Sequence[TableColumn],
        text: Callable[[TableColumn], object],
        *,
        is_heading: bool = False,
    ) -> None:
        for cell, column in zip(cells, columns, strict=True):
            cell.width = Mm(column.width)
            marks.drop_paragraphs(cell)
            align = CENTER if is_heading or column.is_centred else LEFT
            value = text(column)
            written = "" if value is None else str(value)
            size = self.profile.table_size
            self.put(written, where=cell, size=size, align=align, after=2, bold=is_heading)

    def content(self) -> bytes:
        """Give the file."""
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()
