"""Setting a Party document piece by piece: header, paragraphs, tables, signature.

Text reaches the file only through :func:`plain_text` and python-docx's own runs: it is never
markup, a field or a link, whatever it holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from assignments.spreadsheets import Heading
from assignments.spreadsheets.cells import plain_text
from assignments.spreadsheets.sheets import roman
from communes.dates import date_in_words
from reports.documents import marks, tables
from reports.documents.archives import dated_archive
from reports.documents.issuer import Issuer
from reports.documents.profiles import Profile
from reports.documents.tables import TableColumn

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
# Of the title at 15 points, by the widths of Times New Roman Bold: its rule is as long.
PARTY_LENGTH = 73
RULE_SIZE = 6  # of the line that the rule stands on
STAR = "*"
BLANK_NUMBER = "\u00a0" * 6  # written in by hand when the document is entered in the register
HYPHENS = "-----"
POINTS = "abcdđeghiklmnopqrstuvxy"  # as Vietnamese letters follow one another
ROWS_TO_SIGN = 4
LEFT, CENTER, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
Where = Any  # the document or a cell: whatever has add_paragraph


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


def code(issuer: Issuer, abbreviation: str, number: int | None) -> str:
    """Give number and symbol: "05-BC/TU" (L10, L11); without a number its place is free."""
    written = BLANK_NUMBER if number is None else f"{number:02d}"
    return f"{written}-{abbreviation}/{issuer.symbol}"


class Paper:
    """A document under way. ``day`` is its date, ``now`` when the file is made."""

    def __init__(self, profile: Profile, *, title: str, day: dt.date, now: dt.datetime):
        self.profile, self.day, self.now = profile, day, now
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
        paragraph = self._put_indented(words)
        paragraph.paragraph_format.keep_with_next = is_last  # no signature alone on a page

    def _put_indented(self, words: str, **look: bool) -> Paragraph:
        """Add a paragraph as the body has them (L16, L17)."""
        profile = self.profile
        paragraph = self.put(words, align=JUSTIFY, after=profile.space_after, **look)
        shape = paragraph.paragraph_format
        shape.first_line_indent = Mm(profile.first_line)
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        shape.line_spacing = Pt(profile.line_spacing)
        return paragraph

    def put_heading(self, number: int, text: str) -> None:
        """Add the heading of a chapter: "I- TÊN MỤC" (L18)."""
        words = f"{roman(number)}- {self.profile.spelled(text).upper()}"
        self._put_indented(words, bold=True).paragraph_format.keep_with_next = True

    def put_clause(self, number: int, text: str) -> None:
        """Add the heading of a clause: "1. Tên khoản" (L18)."""
        words = f"{number}. {self.profile.spelled(text)}"
        self._put_indented(words, bold=True).paragraph_format.keep_with_next = True

    def put_point(self, number: int, text: str) -> None:
        """Add a point of a clause: "a) …" (L18)."""
        self._put_indented(f"{POINTS[number - 1]}) {self.profile.spelled(text)}")

    def put_citation(self, text: str) -> None:
        """Add one line of what the document rests on: "- Căn cứ …" (L19)."""
        words = f"- {self.profile.spelled(text)}"
        self._put_indented(words, italic=self.profile.has_italic_citations)

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

    def put_header(
        self, issuer: Issuer, abbreviation: str, subject: str = "", *, number: int | None = None
    ) -> None:
        """Add the two cells of the header (L6–L11).

        ``subject`` is a công văn's own (L15); without a ``number`` its place stays free, and what
        has no ``abbreviation`` (a form) is not numbered.
        """
        left, right = self._two_cells()
        written = f"Số {code(issuer, abbreviation, number)}" if abbreviation else ""
        self._put_issuer(left, issuer, written, subject)
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
        if number:
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
        self._put_signature(right, signature)

    def put_signatures(self, left: Signature, right: Signature) -> None:
        """Add two who sign beside one another, as minutes have them (§2.4)."""
        self.put("").paragraph_format.keep_with_next = True
        for cell, signature in zip(self._two_cells(), (left, right), strict=True):
            self._put_signature(cell, signature)

    def _put_signature(self, cell: _Cell, signature: Signature) -> None:
        size = self.profile.signature_size
        for line, is_bold in ((signature.authority, True), (signature.office, False)):
            if line:
                words = self.profile.spelled(line).upper()
                self.put(words, where=cell, align=CENTER, size=size, bold=is_bold)
        for _ in range(ROWS_TO_SIGN):
            self.put("", where=cell, size=size)
        self.put(signature.name, where=cell, align=CENTER, size=size, bold=True)

    def _two_cells(self) -> tuple[_Cell, _Cell]:
        """Add a table of two cells without borders, as wide as the header's."""
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        marks.set_margins(table, Mm(0))
        cells = table.rows[0].cells
        widths = self.profile.left_cell, self.profile.right_cell
        for cell, column, width in zip(cells, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
            marks.drop_paragraphs(cell)
        marks.keep_whole(table.rows[0])
        return cells[0], cells[1]

    # --- tables, sections, the file ----------------------------------------------------------

    def put_table(self, columns: Sequence[TableColumn], rows: Iterable[Any | Heading]) -> Table:
        """Add a table: see :func:`reports.documents.tables.put_table`."""
        return tables.put_table(self, columns, rows)

    def begin_section(self, *, is_landscape: bool = False) -> None:
        """Go on on a new page with page numbers of its own, the first one not printed (§2.5)."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.turn(is_landscape=is_landscape)
        marks.restart_numbers(section)

    def turn(self, *, is_landscape: bool) -> None:
        """Lay the pages of the last section upright or across, with the same margins (L3)."""
        section, page = self.document.sections[-1], self.profile.page
        width, height = reversed(page) if is_landscape else page
        section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)

    @property
    def text_width(self) -> int:
        """Give how wide the text of the last section is, in millimetres."""
        section = self.document.sections[-1]
        return round(Length(section.page_width - section.left_margin - section.right_margin).mm)

    def content(self) -> bytes:
        """Give the file: the same bytes whenever it is asked for."""
        file = BytesIO()
        self.document.save(file)
        return dated_archive(file.getvalue(), self.now)
