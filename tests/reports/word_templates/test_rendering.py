"""Filling in a template: text stays text, what is missing is red and named, bounds hold."""

from __future__ import annotations

import io
import time

import docx
import pytest
from docx.shared import RGBColor
from PIL import Image

from assignments.attachments.refusals import Refused
from reports.word_templates import rendering
from reports.word_templates.offered import Offered, OfferedList
from reports.word_templates.rendering import render, used_by
from tests.reports.word_templates.words import offered, part_of, saved, text_of, word_file

HOSTILE = (
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "{_{ a }_}",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>",
    "</w:t></w:r></w:p>",
    "a & b < c > d \"e\" 'f'",
    "]]><!--",
    "{{ self.__class__ }}",
)


def test_fields_of_body_header_and_table_are_filled_in():
    content = word_file(
        "Có {{ can_bo }} cán bộ.", header="{{ co_quan }}", rows=(("Số", "{{ so }}"),)
    )
    made = render(content, offered(can_bo="85", co_quan="Tỉnh ủy", so="12"))
    document = docx.Document(io.BytesIO(made.content))
    assert made.missing == []
    assert document.paragraphs[0].text == "Có 85 cán bộ."
    assert document.sections[0].header.paragraphs[0].text == "Tỉnh ủy"
    assert document.tables[0].rows[0].cells[1].text == "12"


def test_a_row_is_repeated_for_each_row_of_a_list():
    loop = (
        ("{%tr for dong in kien_nghi %}", ""),
        ("{{ dong.so }}", "{{ dong.xa }}"),
        ("{%tr endfor %}", ""),
    )
    made = render(word_file(rows=(("Số", "Xã"), *loop)), offered())
    rows = docx.Document(io.BytesIO(made.content)).tables[0].rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["Số", "Xã"],
        ["KN-1", "An Thạnh"],
        ["KN-2", "Tân An"],
    ]


def test_paragraphs_are_repeated_and_left_out():
    content = word_file(
        "{%p for dong in kien_nghi %}",
        "- {{ dong.so }}",
        "{%p endfor %}",
        "{% if ghi_chu %}Ghi chú: {{ ghi_chu }}{% else %}Không có ghi chú.{% endif %}",
        "{% if not so %}Chưa có số{% endif %}",
    )
    made = render(content, offered(so="5"))
    assert text_of(made.content).split("\n") == ["- KN-1", "- KN-2", "Không có ghi chú.", ""]
    assert made.missing == []  # asked for, not printed


@pytest.mark.parametrize("text", HOSTILE)
def test_what_records_hold_comes_out_as_text(text):
    sheet = OfferedList("kien_nghi", "Kiến nghị", {"so": "Số"}, [{"so": text}])
    content = word_file(
        "Trước {{ noi_dung }} sau",
        "{% for x in kien_nghi %}{{ x.so }}{% endfor %}",
        header="{{ noi_dung }}",
    )
    made = render(content, Offered({"noi_dung": text}, {"kien_nghi": sheet}))
    document = docx.Document(io.BytesIO(made.content))
    assert [one.text for one in document.paragraphs] == [f"Trước {text} sau", text]
    assert document.sections[0].header.paragraphs[0].text == text
    assert made.missing == []


def test_control_characters_go_and_line_breaks_stay():
    made = render(word_file("{{ a }}"), offered(a="một\x00\x07\x0b\ud800\nhai\tba"))
    [paragraph] = docx.Document(io.BytesIO(made.content)).paragraphs
    assert paragraph.text.replace("\n\n", "\n") == "một\nhai ba"


def test_what_is_missing_is_red_in_its_place_and_named():
    document = docx.Document()
    document.add_paragraph().add_run("Số {{ so_van_ban }}, {{ la }} hết").italic = True
    document.add_paragraph("{% for x in kien_nghi %}{{ x.ten_la }}{% endfor %}")
    made = render(saved(document), offered(so_van_ban=""))
    assert made.missing == ["so_van_ban", "la", "ten_la"]
    runs = docx.Document(io.BytesIO(made.content)).paragraphs[0].runs
    assert [run.text for run in runs] == [
        "Số ",
        "[THIẾU: so_van_ban]",
        ", ",
        "[THIẾU: la]",
        " hết",
    ]
    assert [run.font.color.rgb for run in runs] == [None, *[RGBColor(0xC0, 0, 0), None] * 2]
    assert all(run.italic for run in runs)


def test_a_list_that_a_freeze_has_not_is_named():
    made = render(word_file("{% for x in la %}{{ x.so }}{% endfor %}"), offered())
    assert made.missing == ["la"]


def test_a_field_split_over_runs_is_one_field():
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("Có {", "{ can", "_bo }", "} người"):
        paragraph.add_run(piece)
    assert text_of(render(saved(document), offered(can_bo="85")).content) == "Có 85 người"


def test_layout_and_pictures_stay_as_they_are():
    document = docx.Document()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    document.add_picture(picture)
    document.add_paragraph("{{ a }}", style="Heading 1")
    content = saved(document)
    made = render(content, offered(a="x")).content
    for part in (
        "word/media/image1.png",
        "word/styles.xml",
        "word/theme/theme1.xml",
        "docProps/core.xml",
    ):
        assert part_of(made, part) == part_of(content, part)


def test_properties_are_no_place_for_fields():
    document = docx.Document()
    document.core_properties.title = "{{ 7 * 7 }}"
    made = render(saved(document), offered())
    assert docx.Document(io.BytesIO(made.content)).core_properties.title == "{{ 7 * 7 }}"


def test_the_same_template_asks_for_the_same():
    used = used_by(word_file("{{ a }} {% for x in kien_nghi %}{{ x.so }}{{ b }}{% endfor %}"))
    assert list(used.fields) == ["a", "b"]
    assert {name: list(columns) for name, columns in used.lists.items()} == {"kien_nghi": ["so"]}


def test_what_becomes_too_long_is_refused_in_time():
    rows = [{"so": "x" * 1000}] * 100_000
    lists = {"kien_nghi": OfferedList("kien_nghi", "", {"so": "Số"}, rows)}
    content = word_file("{% for x in kien_nghi %}{{ x.so }}{% endfor %}")
    began = time.process_time()
    with pytest.raises(Refused, match="dài quá mức"):
        render(content, Offered({}, lists))
    assert time.process_time() - began < 20


def test_the_sandbox_knows_nothing():
    made = rendering.environment()
    assert not made.globals
    assert not made.filters
    assert not made.tests
