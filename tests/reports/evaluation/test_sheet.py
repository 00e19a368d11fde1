"""The evidence sheet in Word says what its reader's page says, and no more."""

from __future__ import annotations

import io

import docx
import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEvent
from reports.enums import EvaluationState, EvaluationStep
from reports.evaluation.sheet import in_points
from tests.factories import make_remark
from tests.reports.evaluation.world import DOCUMENT

REMARK = "Sát cơ sở, giúp xã tháo gỡ khó khăn"


def sheet_of(client, evaluation) -> docx.document.Document:
    response = client.get(reverse("evaluations:sheet", args=[evaluation.pk]))
    assert response.status_code == 200
    return docx.Document(io.BytesIO(b"".join(response.streaming_content)))


def words_of(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.fixture
def concluded(world):
    make_remark(world.evaluation, commune=world.commune, content=REMARK)
    return world.bring(EvaluationState.RELEASED)


def test_the_sheet_has_the_points_of_the_page(client_as, world, concluded):
    leader = client_as(Role.LEADER)
    shown = leader.get(reverse("evaluations:detail", args=[concluded.pk])).context["shown"]
    table = sheet_of(leader, concluded).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    lines = shown.evidence.lines
    assert [row[1] for row in rows] == [*(line.name for line in lines), "Tổng điểm"]
    assert [row[4] for row in rows[:-1]] == [in_points(line.points) for line in lines]
    assert rows[-1][3:] == [
        in_points(shown.evidence.own_total),
        in_points(shown.evidence.total),
        "100",
    ]


def test_the_office_has_the_whole_of_it(client_as, world, concluded):
    words = words_of(sheet_of(client_as(Role.OFFICE), concluded))
    for said in (REMARK, "Mức đề xuất: Hoàn thành tốt nhiệm vụ", DOCUMENT, "văn bản số 9-TB"):
        assert said in words


def test_the_officer_has_the_result_once_released_and_no_remark(client_as, world, concluded):
    officer = client_as(Role.OFFICER)
    words = words_of(sheet_of(officer, concluded))
    assert "Mức xếp loại: Hoàn thành tốt nhiệm vụ" in words
    assert REMARK not in words
    assert "Mức đề xuất" not in words
    world.take(EvaluationStep.RECONSIDER)
    assert "Mức xếp loại:" not in words_of(sheet_of(officer, world.fresh()))


def test_its_name_and_who_took_it_are_recorded(client_as, world, concluded):
    url = reverse("evaluations:sheet", args=[concluded.pk])
    response = client_as(Role.LEADER).get(url)
    list(response.streaming_content)
    name = "PhieuMinhChung_ThachVanBinh_quarter_2023-06-30.docx"
    assert name in response["Content-Disposition"]
    row = AuditEvent.objects.filter(verb="export").latest("pk")
    assert name in row.target
    assert row.before == row.after == {}


def test_a_form_has_no_number(client_as, world):
    header = sheet_of(client_as(Role.LEADER), world.evaluation).tables[0]
    left = header.rows[0].cells[0].text
    assert "Số" not in left
    assert "*" in left
