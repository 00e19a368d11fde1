"""The files of a pack: which there are, and how each is made from the freeze alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError

from assignments.attachments.refusals import Refused
from reports.documents import dated_archive
from reports.models import DocumentTemplate, FrozenFigures, ReviewPack
from reports.packs.contents import contents_paper
from reports.packs.inputs import frozen_of
from reports.reviews.annexes import ANNEXES, Annex, annex_paper
from reports.reviews.report import make_report
from reports.word_templates.offered import offered_of
from reports.word_templates.rendering import render
from reports.word_templates.services import content_of
from reports.workbooks.review import review_workbook_content

REPORT, WORKBOOK, CONTENTS = "bao-cao", "bang-tong-hop", "danh-muc"


@dataclass(frozen=True)
class Made:
    """One file's bytes, and the names of what is missing in it."""

    content: bytes
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """One file: its key, what it is, its name without number, how it is made."""

    key: str
    label: str
    suffix: str
    make: Callable[[ReviewPack], Made]

    def file_name(self, number: int) -> str:
        return f"{number:02d} {self.label}.{self.suffix}"


def made_report(pack: ReviewPack) -> Made:
    """Make the report: by the office's template when one was chosen, else by the guidance."""
    frozen = frozen_of(pack)
    if template_id := frozen.review.template_id:
        return from_template(DocumentTemplate.objects.get(pk=template_id), frozen, pack)
    report = make_report(frozen, now=pack.begun_at)
    return Made(report.paper.content(), list(report.missing))


def from_template(template: DocumentTemplate, frozen: FrozenFigures, pack: ReviewPack) -> Made:
    """Fill in the office's template; raises ``ValidationError`` when that cannot be done."""
    try:
        rendered = render(content_of(template), offered_of(frozen))
    except Refused as refused:
        raise ValidationError(f"Mẫu “{template}” {refused}") from refused
    except FileNotFoundError as lost:
        raise ValidationError(f"Không còn thấy tệp mẫu “{template}”. Nạp lại mẫu.") from lost
    return Made(dated_archive(rendered.content, pack.begun_at), rendered.missing)


def made_workbook(pack: ReviewPack) -> Made:
    """Make the workbook, its last sheet what has changed since the freeze."""
    by, now = pack.begun_by, pack.begun_at
    return Made(review_workbook_content(frozen_of(pack), by=by, now=now))


def made_annex(annex: Annex, pack: ReviewPack) -> Made:
    return Made(annex_paper(annex, frozen_of(pack), now=pack.begun_at).content())


def made_contents(pack: ReviewPack) -> Made:
    """Make the list of the files made before it."""
    return Made(contents_paper(pack, frozen_of(pack), list(pack.files.all())).content())


def annex_part(annex: Annex) -> Part:
    label = f"{annex.name} - {annex.title}"
    return Part(f"phu-luc-{annex.number}", label, "docx", partial(made_annex, annex))


PARTS: tuple[Part, ...] = (
    Part(REPORT, "Báo cáo sơ kết", "docx", made_report),
    Part(WORKBOOK, "Bảng tổng hợp", "xlsx", made_workbook),
    *map(annex_part, ANNEXES),
    Part(CONTENTS, "Danh mục tài liệu", "docx", made_contents),
)
