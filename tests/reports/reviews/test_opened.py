"""LibreOffice opens the report under both layouts and prints it page by page."""

import datetime as dt

import pypdf
import pytest

from accounts.enums import Role
from reports.reviews.annexes import ANNEXES
from reports.reviews.report import make_report
from tests.libreoffice import converted
from tests.reports.reviews.conferences import NOW, frozen_review


@pytest.mark.libreoffice
@pytest.mark.parametrize("day", [dt.date(2023, 5, 9), dt.date(2026, 6, 1)])
def test_libreoffice_prints_it(users, tmp_path, day):
    frozen = frozen_review(users[Role.OFFICE], report_day=day)
    source = tmp_path / "report.docx"
    source.write_bytes(make_report(frozen, now=NOW).paper.content())
    pages = pypdf.PdfReader(converted(source, "pdf", tmp_path / "printed")).pages
    texts = [page.extract_text() for page in pages]
    # Letters with two marks come out of a PDF apart from one another; these have one at most.
    assert f"tháng {day.month} năm {day.year}" in texts[0]
    assert not texts[0].lstrip().startswith("1")
    assert texts[1].lstrip().startswith("2")
    assert len(pages) > len(ANNEXES)
