"""Hostile words stay words in every paper of a freeze; a damaged freeze is told, never an error."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pytest
from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import Role
from reports.freezing import freeze
from reports.models import FrozenFigures
from tests.factories import make_commune, make_officer, make_petition
from tests.reports.packs.conftest import made_pack
from tests.reports.reviews.conferences import plan_review, province

NOW = dt.datetime(2023, 5, 9, 17, 30, tzinfo=timezone.get_default_timezone())
WORDS = "=1+1 {{ 7*7 }} {% for x in y %} <w:p/> </w:t> \u202eabc Hoa\u0300 \x07\x0b 😀 \"'"
FORMULAS = ("=1+1", "@SUM(A1)", "{{ 7*7 }}", "[THIẾU: x]")


@pytest.fixture
def frozen(users):
    province()
    for word in FORMULAS:
        make_petition(make_commune(word), make_officer(word), content=f"{word} {WORDS}")
    make_petition(content="x" * 9_000)
    review = plan_review(
        recipients="\n".join(FORMULAS),
        texts={"nguyen_nhan": f"{WORDS}\n{{{{ khong_co }}}}"},
    )
    return freeze(review=review, by=users[Role.OFFICE], now=NOW)


def test_every_file_of_a_pack_holds_words_only(frozen, users):
    for kept in made_pack(frozen, users[Role.OFFICE]).files.all():
        content = kept.file.read()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(part)  # noqa: S314 – our own file
        if kept.name.endswith(".docx"):
            docx.Document(io.BytesIO(content))
            assert b"w:hyperlink" not in parts["word/document.xml"]
        else:
            book = openpyxl.load_workbook(io.BytesIO(content))
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
            assert not [one for one in formulas if re.search(r"1\+1|SUM\(A1\)", one)]
            texts = {cell.value for cell in cells if cell.data_type == "s"}
            assert set(FORMULAS[:3]) <= texts


@pytest.mark.parametrize("damage", [{"parameters": {}}, {"parameters": []}, {"sheets": [{}]}])
def test_a_damaged_freeze_is_told(frozen, client_as, damage):
    QuerySet(FrozenFigures).filter(pk=frozen.pk).update(**damage)
    client, page = client_as(Role.OFFICE), f"/so-ket/chot/{frozen.pk}/"
    for address in (page, f"/so-ket/{frozen.review_id}/"):
        assert "không còn nguyên vẹn" in client.get(address).text
    for name in ("thay-doi/", "bang-tong-hop.xlsx", "bao-cao.docx"):
        assert client.get(page + name).url == page
    assert client.get(f"/so-ket/{frozen.review_id}/noi-dung/").url == page
    told = client.post(page + "bo-tai-lieu/", follow=True).text
    assert "không còn khớp mã kiểm tra" in told


def test_papers_speak_of_the_frozen_day_whatever_the_plan_becomes(frozen, client_as):
    review, day = frozen.review, frozen.parameters["day"]
    review.day += dt.timedelta(days=30)
    review.save()
    client, page = client_as(Role.OFFICE), f"/so-ket/chot/{frozen.pk}/"
    for name in ("bang-tong-hop.xlsx", "bao-cao.docx"):
        response = client.get(page + name)
        assert response.getvalue()
        assert day in response["Content-Disposition"]
    assert "cần chốt lại" in client.get(f"/so-ket/{review.pk}/").text
    for address in (page, f"{page}thay-doi/", f"/so-ket/{review.pk}/"):
        assert client.get(address, {"ngay": "2020-01-01"}).status_code == 200
