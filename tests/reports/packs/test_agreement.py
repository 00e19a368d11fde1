"""One pack of the demonstration: screen, workbook and Word say the same; LibreOffice opens all."""

from __future__ import annotations

import io
import time
from html.parser import HTMLParser

import docx
import pypdf
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.text import capfirst

from accounts.enums import Role
from accounts.models import User
from reports.freezing import frozen_values
from reports.models import DocumentTemplate, FrozenFigures, ReviewPack
from reports.packs.making import begin_pack, make_next
from reports.packs.parts import PARTS
from reports.reviews.fields import field_values, fill
from reports.reviews.parts import PARTS as TEXTS
from reports.reviews.parts import text_of
from reports.word_templates.offered import offered_of, words_of_fields
from reports.word_templates.sample import sample_template
from tests.client import ReadingClient
from tests.libreoffice import converted
from tests.reports.packs.conftest import NOW
from tests.workbooks import opened, table

SECONDS = 4  # of one part's own work, with what watches the tests


class Rows(HTMLParser):
    """The cells of a page's tables, row by row, as text."""

    def __init__(self):
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_in_cell = False

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.is_in_cell = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.is_in_cell = False

    def handle_data(self, data):
        if self.is_in_cell:
            self.rows[-1][-1] += data


@pytest.fixture
def office(demonstration) -> User:
    return User.objects.filter(role=Role.OFFICE).first()


@pytest.fixture
def frozen(demonstration, db) -> FrozenFigures:
    return FrozenFigures.objects.select_related("review__document").first()


def pack_of(frozen: FrozenFigures, office: User) -> ReviewPack:
    pack = begin_pack(frozen=frozen, by=office, now=NOW)
    while make_next(pack=pack, by=office, now=NOW):
        pass
    return pack


def choose_sample(frozen: FrozenFigures) -> None:
    """Choose the sample as the report's template."""
    paper = sample_template(offered_of(frozen).lists.values(), day=NOW.date(), now=NOW)
    frozen.review.template = DocumentTemplate.objects.create(
        file=ContentFile(paper.content(), "mau.docx"), name="Mẫu.docx", kind="docx", size=1
    )
    frozen.review.save()


def number(text: str) -> int:
    return int(text.strip().replace(".", ""))


def on_screen(frozen: FrozenFigures, office: User) -> dict[str, int]:
    client = ReadingClient()
    client.force_login(office)
    page = Rows()
    page.feed(client.get(reverse("reviews:frozen", args=[frozen.pk])).text)
    labels = {capfirst(one.label) for one in frozen.figures.all()}
    return {row[0]: number(row[1]) for row in page.rows if row and row[0] in labels}


def in_workbook(pack: ReviewPack) -> dict[str, int]:
    book = opened(pack.files.get(part="bang-tong-hop").file.read(), data_only=True)
    return {row["Chỉ tiêu"]: row["Số lượng"] for row in table(book["Định nghĩa"])}


def in_word(pack: ReviewPack) -> dict[str, int]:
    document = docx.Document(pack.files.get(part="bao-cao").file)
    [figures] = [one for one in document.tables if one.rows[0].cells[0].text == "Chỉ tiêu"]
    labels = {capfirst(one.label) for one in pack.frozen.figures.all()}
    cells = ([cell.text for cell in row.cells] for row in figures.rows)
    return {label: number(value) for label, value in cells if label in labels}


def test_every_number_is_the_same_everywhere(frozen, office):
    choose_sample(frozen)
    pack = pack_of(frozen, office)
    kept = {capfirst(one.label): one.value for one in frozen.figures.all()}
    assert len(kept) > 50
    assert len(set(kept.values())) > 10
    assert on_screen(frozen, office) == kept
    assert in_workbook(pack) == kept
    assert in_word(pack) == kept
    assert set(pack.files.get(part="bao-cao").missing) <= {"so_van_ban", "nguoi_ky"}


def test_the_report_by_the_guidance_says_the_frozen_numbers(frozen, office):
    pack = pack_of(frozen, office)
    document = docx.Document(pack.files.get(part="bao-cao").file)
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    numbers, values = frozen_values(frozen), field_values(frozen)
    for part in TEXTS:
        for line in fill(text_of(part, frozen.review, numbers), values)[0].splitlines():
            spelled = line.replace("Ủy", "Uỷ").replace("ủy", "uỷ").rstrip(". ")
            assert spelled in words or line.rstrip(". ") in words


def test_no_part_takes_long(frozen, office):
    pack = begin_pack(frozen=frozen, by=office, now=NOW)
    for part in PARTS:
        began = time.process_time()
        make_next(pack=pack, by=office, now=NOW)
        assert time.process_time() - began < SECONDS, part.key


def test_the_lists_are_the_same_in_annex_and_workbook(frozen, office):
    pack = pack_of(frozen, office)
    book = opened(pack.files.get(part="bang-tong-hop").file.read(), data_only=True)
    uncovered = table(book["Chưa có người"])
    document = docx.Document(pack.files.get(part="phu-luc-1").file)
    rows = document.tables[0].rows[1:] if document.tables else []
    column = "Đảng bộ xã, phường, thị trấn"
    assert [row.cells[1].text for row in rows] == [row[column] for row in uncovered]


@pytest.mark.libreoffice
@pytest.mark.parametrize("by_template", [False, True])
def test_libreoffice_opens_every_file(frozen, office, tmp_path, by_template):
    if by_template:
        choose_sample(frozen)
    for kept in pack_of(frozen, office).files.all():
        source = tmp_path / f"{kept.part}.{kept.name.rpartition('.')[2]}"
        source.write_bytes(kept.file.read())
        pdf = converted(source, "pdf", tmp_path / "pdf")
        assert len(pypdf.PdfReader(io.BytesIO(pdf.read_bytes())).pages) > 0


def test_every_field_of_the_freeze_has_words(frozen):
    assert set(field_values(frozen)) <= set(words_of_fields())
