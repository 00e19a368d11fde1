"""The annex in Word and in Excel: the same rows, a draft until applied, hostile names harmless."""

from __future__ import annotations

import io

import docx
import pytest
from django.urls import reverse

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.models import ReassignmentPlan
from tests.reports.reassignments.test_deciding import DECISION, address
from tests.workbooks import formulas, opened, table, texts

HOSTILE = '=HYPERLINK("http://xau.example") <b>x</b>'


def file_of(client, plan: ReassignmentPlan, name: str) -> bytes:
    answer = client.get(reverse(f"reassignments:{name}", args=[plan.pk]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def word_of(client, plan) -> docx.document.Document:
    return docx.Document(io.BytesIO(file_of(client, plan, "annex_word")))


def words_in(document) -> str:
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def listed(document) -> list[list[str]]:
    """Give the rows of the annex's table, its head left out."""
    [found] = [one for one in document.tables if one.rows[0].cells[0].text == "TT"]
    return [[cell.text for cell in row.cells] for row in found.rows[1:]]


def test_both_papers_have_the_same_rows(client_as, draft, world):
    leader = client_as(Role.LEADER)
    word = listed(word_of(leader, draft))
    sheet = table(opened(file_of(leader, draft, "annex_excel")).worksheets[0])
    assert len(word) == len(sheet) == 2
    for cells, row in zip(word, sheet, strict=True):
        assert cells[1].split("\n")[0] == row["Đảng bộ"]
        assert cells[2].split("\n")[0] == row["Người thôi theo dõi, phụ trách"]
        assert cells[3].split("\n")[0] == row["Người được phân công"]
    assert {row["Người thôi theo dõi, phụ trách"] for row in sheet} == {"Trần Văn Bình", "–"}
    assert all(row["Từ ngày"].strftime("%d/%m/%Y") == "01/07/2023" for row in sheet)


def test_a_draft_says_so_and_an_applied_plan_names_its_decision(client_as, draft, again):
    office = client_as(Role.OFFICE)
    words = words_in(word_of(office, draft))
    assert "(Dự thảo)" in words
    assert "512-QĐ/TU" not in words
    assert any(
        "dự thảo" in text.lower()
        for text in texts(opened(file_of(office, draft, "annex_excel")).worksheets[0])
    )
    office.post(address("apply", draft), DECISION | {"edition": draft.edition})
    words = words_in(word_of(office, again(draft)))
    assert "(Dự thảo)" not in words
    assert "Quyết định số 512-QĐ/TU, ngày 28/6/2023" in words
    assert "Lâm Văn Mẫn" in words


def test_the_head_row_is_repeated_and_it_is_signed(client_as, draft):
    document = word_of(client_as(Role.OFFICE), draft)
    [found] = [one for one in document.tables if one.rows[0].cells[0].text == "TT"]
    assert "w:tblHeader" in found.rows[0]._tr.xml
    assert "T/M BAN THƯỜNG VỤ" in words_in(document)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in words_in(document)


def test_hostile_names_are_text(client_as, draft, world):
    world.leaver.full_name = HOSTILE
    world.leaver.save()
    office = client_as(Role.OFFICE)
    assert HOSTILE in words_in(word_of(office, draft))
    content = file_of(office, draft, "annex_excel")
    assert formulas(content) == []
    rows = table(opened(content).worksheets[0])
    assert HOSTILE in {row["Người thôi theo dõi, phụ trách"] for row in rows}


@pytest.mark.parametrize("name", ["annex_word", "annex_excel"])
def test_taking_one_is_audited(client_as, draft, name):
    file_of(client_as(Role.LEADER), draft, name)
    [row] = AuditEvent.objects.filter(verb=Verb.EXPORT)
    assert "PhuLuc_PhuongAn" in row.target


@pytest.mark.parametrize("name", ["annex_word", "annex_excel"])
def test_without_a_variant_chosen_there_is_nothing_to_print(client_as, computed, name):
    answer = client_as(Role.OFFICE).get(reverse(f"reassignments:{name}", args=[computed.pk]))
    assert answer.status_code == 404
