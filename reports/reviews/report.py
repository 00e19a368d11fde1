"""The report of a review in the layout of its day, from frozen figures and the office's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from reports.documents import Paper, Recipients, Signature, committee, profile_of
from reports.enums import DocumentKind
from reports.freezing import frozen_line, frozen_values
from reports.models import FrozenFigures
from reports.reviews.annexes import (
    ANNEXES,
    is_wide,
    put_annex,
    report_day,
    sheets_of,
)
from reports.reviews.field_table import put_field_table
from reports.reviews.fields import field_values, fill, missing_mark
from reports.reviews.parts import (
    BY_FIELD,
    CHAPTERS,
    CITATIONS,
    OPENING,
    SUBJECT,
    Chapter,
    Part,
    text_of,
)

TITLE = "Báo cáo"


@dataclass
class Report:
    """A report under way: its paper, and the names of what is missing in it, each once."""

    frozen: FrozenFigures
    now: dt.datetime
    missing: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.review = self.frozen.review
        self.values = field_values(self.frozen)
        self.numbers = frozen_values(self.frozen)
        self.sheets = sheets_of(self.frozen)
        self.day = report_day(self.review, self.now)
        title = f"{TITLE} {self.review.name}"
        self.paper = Paper(profile_of(self.day), title=title, day=self.day, now=self.now)

    def filled(self, part: Part) -> list[str]:
        """Give the paragraphs of a part with its fields filled; a part without words is marked."""
        text = text_of(part, self.review, self.numbers) or f"{{{{ {part.key} }}}}"
        return self.fill(text).splitlines()

    def fill(self, text: str) -> str:
        words, missing = fill(text, self.values)
        self.missing |= dict.fromkeys(missing)
        return words

    def put_body(self) -> None:
        """Add everything from the header to the signature."""
        paper, document = self.paper, self.review.document
        paper.put_header(
            committee(), DocumentKind.REPORT.value, number=document.number if document else None
        )
        paper.put_type(TITLE, " ".join(self.filled(SUBJECT)))
        for line in self.filled(CITATIONS):
            paper.put_citation(line)
        self.put_paragraphs(self.filled(OPENING))
        paper.put_centred(f"({frozen_line(self.frozen)})", italic=True)
        for number, chapter in enumerate(CHAPTERS, start=1):
            self.put_chapter(number, chapter)
        self.put_end()

    def put_chapter(self, number: int, chapter: Chapter) -> None:
        self.paper.put_heading(number, chapter.heading)
        is_last = chapter is CHAPTERS[-1]
        for place, part in enumerate(chapter.parts, start=1):
            if part.heading:
                self.paper.put_clause(place, part.heading)
            self.put_paragraphs(self.filled(part), is_last=is_last and part is chapter.parts[-1])
            if part is BY_FIELD:
                put_field_table(self.paper, self.sheets)

    def put_paragraphs(self, texts: Iterable[str], *, is_last: bool = False) -> None:
        texts = list(texts)
        for place, text in enumerate(texts, start=1):
            self.paper.put_text(text, is_last=is_last and place == len(texts))

    def put_end(self) -> None:
        """Add recipients and signature; where nobody is named, a mark stands."""
        lines = self.review.recipients.splitlines() or [self.marked("noi_nhan")]
        body = committee()
        name = self.review.signer or body.signer or self.marked("nguoi_ky")
        self.paper.put_end(
            Recipients(lines, settings.DOCUMENT_KEPT_AT),
            Signature(body.authority, body.office, name),
        )

    def marked(self, name: str) -> str:
        self.missing[name] = None
        return missing_mark(name)

    def put_annexes(self) -> None:
        """Add every annex on pages of its own."""
        for annex in ANNEXES:
            self.paper.begin_section(is_landscape=is_wide(annex, self.sheets))
            put_annex(self.paper, annex, self.frozen, self.sheets)


def make_report(frozen: FrozenFigures, *, now: dt.datetime) -> Report:
    """Make the report of a freeze with its annexes; ``missing`` of it names what is not there."""
    report = Report(frozen, now)
    report.put_body()
    report.put_annexes()
    return report
