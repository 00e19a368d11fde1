"""What a template may be made of: nothing that runs, nothing from elsewhere, no text that hangs."""

from __future__ import annotations

import time

import pytest

from assignments.attachments.refusals import Refused
from reports.word_templates.container import MAX_PART_BYTES, check_parts
from reports.word_templates.rendering import render
from tests.reports.word_templates.words import (
    changed,
    offered,
    related,
    with_xml,
    word_file,
)

OFFICE = "urn:schemas-microsoft-com:office:office"
RELATIONS = {
    ("attachedTemplate", "http://xau.example/a.dotm", True): "lấy nội dung|không nhận",
    ("image", "http://xau.example/a.png", True): "lấy nội dung từ nơi khác",
    ("image", "file:///etc/passwd", True): "lấy nội dung từ nơi khác",
    ("hyperlink", "file:///etc/passwd", True): "lấy nội dung từ nơi khác",
    ("hyperlink", "javascript:alert(1)", True): "lấy nội dung từ nơi khác",
    ("frame", "http://xau.example/", True): "không nhận",
    ("oleObject", "embeddings/a.bin", False): "không nhận",
    ("package", "embeddings/a.xlsx", False): "không nhận",
    ("aFChunk", "a.html", False): "không nhận",
    ("control", "activeX/a.xml", False): "không nhận",
    ("vbaProject", "a.bin", False): "không nhận",
    ("subDocument", "a.docx", True): "không nhận",
    ("mailMergeSource", "file:///c:/a.mdb", True): "không nhận",
}
ELEMENTS = (
    "<w:altChunk/>",
    "<w:object/>",
    "<w:control/>",
    f'<o:OLEObject xmlns:o="{OFFICE}"/>',
    '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://xau.example/a.png"/>',
)
CODES = (
    "INCLUDETEXT http://xau.example/a",
    "INCLUDEPICTURE a.png",
    'DDEAUTO c:\\\\a "b"',
    "dde a b",
    "LINK Excel.Sheet.8 a",
    "MACROBUTTON a b",
    "IMPORT a",
    "DATABASE a",
    "",
)
BEGIN, END = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
)


def code_xml(code: str) -> str:
    """Give a field of Word's own whose code is split over two runs."""
    half = len(code) // 2
    runs = (f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (code[:half], code[half:]))
    return BEGIN + "".join(runs).replace('"', "&quot;") + END


def test_a_plain_report_is_taken():
    check_parts(word_file("{{ a }}", "{% if a %}b{% endif %}", header="{{ a }}"))
    check_parts(with_xml(code_xml("PAGE")))
    check_parts(with_xml('<w:fldSimple w:instr=" NUMPAGES "/>'))
    check_parts(related("hyperlink", "https://soctrang.gov.vn/"))


@pytest.mark.parametrize("relation", RELATIONS)
def test_what_comes_from_elsewhere_or_runs_is_refused(relation):
    kind, target, external = relation
    with pytest.raises(Refused, match=RELATIONS[relation]):
        check_parts(related(kind, target, external=external))


@pytest.mark.parametrize("xml", ELEMENTS)
def test_embedded_things_are_refused(xml):
    with pytest.raises(Refused, match="nhúng"):
        check_parts(with_xml(xml))


@pytest.mark.parametrize("code", CODES)
def test_codes_that_fetch_or_run_are_refused(code):
    with pytest.raises(Refused, match="mã trường"):
        check_parts(with_xml(code_xml(code)))


def test_a_code_made_of_other_codes_is_refused():
    with pytest.raises(Refused, match="mã trường"):
        check_parts(with_xml(BEGIN + code_xml("QUOTE 68 68 69") + END))
    with pytest.raises(Refused, match="mã trường"):
        check_parts(with_xml('<w:fldSimple w:instr="DDEAUTO a"/>'))


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("{{ a",),
        ("{{ a {{ b }}",),
        ("{{ a %}",),
        ("{", "{ a }}"),
        ("{{ a", "b }}"),
        ("{{ " + "a" * 300 + " }}",),
    ],
)
def test_fields_without_end_are_refused(paragraphs):
    with pytest.raises(Refused, match=r"chưa đóng|bị ngắt"):
        check_parts(word_file(*paragraphs))


def test_fields_outside_the_text_are_refused():
    with pytest.raises(Refused, match="ngoài phần chữ"):
        check_parts(with_xml(code_xml("PAGE \\* {{ a }}           ")))
    with pytest.raises(Refused, match="ngoài phần chữ"):
        check_parts(with_xml('<w:bookmarkStart w:id="1" w:name="{{ a }}"/>'))


def test_a_part_too_large_is_refused():
    large = word_file("x" * (MAX_PART_BYTES + 1))
    with pytest.raises(Refused, match="lớn quá"):
        check_parts(large)


def test_a_part_that_is_no_xml_is_refused():
    with pytest.raises(Refused, match="không đọc được"):
        check_parts(changed(word_file("a"), {"word/document.xml": b"<w:document"}))


@pytest.mark.parametrize(
    "text", ["{{" * 500_000, "{" * 2_000_000, "{% " * 500_000, "{{a}}" * 100_000]
)
def test_braces_by_the_million_are_refused_at_once(text):
    began = time.process_time()
    with pytest.raises(Refused):
        check_parts(word_file(text))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", ["}" * 1_000_000, "%}" * 500_000, "{ " * 700_000, "<" * 500_000])
def test_what_is_taken_is_filled_in_within_seconds(text):
    content = word_file(text, "{{ a }}")
    began = time.process_time()
    check_parts(content)
    render(content, offered(a="x"))
    assert time.process_time() - began < 10


def test_as_many_fields_as_are_taken_are_filled_in_within_seconds():
    content = word_file(*["{{ a }} và {{ b }}"] * 1000)
    began = time.process_time()
    check_parts(content)
    made = render(content, offered(a="x" * 1000))
    assert made.missing == ["b"]
    assert time.process_time() - began < 10
