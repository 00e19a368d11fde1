"""The template the page offers to begin with: the Party's layout, fields, tables that grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from docx.text.paragraph import Paragraph

from reports.documents import (
    Issuer,
    Paper,
    Recipients,
    Signature,
    TableColumn,
    committee,
    profile_of,
)
from reports.word_templates.offered import NUMBER, OTHER_FIELDS, OfferedList, words_of_fields

REPORT = "BC"
# The lists shown as examples, those of them there are; so many of their columns fit on a page.
LISTS = ("chua_co_nguoi", "kien_nghi")
COLUMNS, WIDTH, NUMBER_WIDTH = 4, 165, 12
NUMBER_LINE, PLACE_LINE = "Số {{ so_van_ban }}", "{{ dia_danh }}, ngày {{ ngay_bao_cao }}"
OPENING = (
    "Thực hiện {{ ten_quy_che }}, {{ co_quan }} báo cáo kết quả {{ ky_so_lieu }}, số liệu tính "
    "đến hết ngày {{ ngay_so_lieu }}, như sau:"
)


def field(name: str) -> str:
    return "{{ " + name + " }}"


def sample_template(lists: Iterable[OfferedList], *, day: dt.date, now: dt.datetime) -> Paper:
    """Give a document in the day's layout that holds fields and the loops of ``LISTS``."""
    paper = Paper(profile_of(day), title="Mẫu báo cáo sơ kết", day=day, now=now)
    put_header(paper, committee())
    paper.put_type("Báo cáo", "{{ ten_ky_so_ket }}")
    paper.put_text(OPENING)
    put_figures(paper)
    for one in lists:
        if one.name in LISTS:
            put_list(paper, one)
    paper.put_text("Kết quả chung: {{ ty_le_thuc_hien }} nhiệm vụ.", is_last=True)
    signature = Signature(committee().authority, committee().office, field("nguoi_ky"))
    paper.put_end(Recipients((field("noi_nhan"),), "Văn phòng"), signature)
    return paper


def put_header(paper: Paper, body: Issuer) -> None:
    """Add the header, fields in the places of its number and its day."""
    paper.put_header(body, REPORT)
    left, right = paper.document.tables[0].rows[0].cells
    reword(left.paragraphs[-1], NUMBER_LINE)
    reword(right.paragraphs[-1], PLACE_LINE)


def reword(paragraph: Paragraph, text: str) -> None:
    """Write ``text`` in the look of the paragraph's first run."""
    paragraph.runs[0].text = text


def put_figures(paper: Paper) -> None:
    """Add a table of every figure and rate with its field."""
    words = words_of_fields().items()
    rows = [(label, field(name)) for name, label in words if name not in OTHER_FIELDS]
    columns = (
        TableColumn("Chỉ tiêu", 120, lambda row: row[0]),
        TableColumn("Số lượng", 45, lambda row: row[1], is_centred=True),
    )
    paper.put_table(columns, rows)


def put_list(paper: Paper, offered: OfferedList) -> None:
    """Add a list's first columns as a table whose row is repeated."""
    names = [name for name in offered.columns if name != NUMBER][:COLUMNS]
    paper.put_text(f"{offered.title}:")
    loop = ("{%tr for dong in " + offered.name + " %}", "{%tr endfor %}")
    rows = [
        {NUMBER: loop[0]},
        {name: field(f"dong.{name}") for name in (NUMBER, *names)},
        {NUMBER: loop[1]},
    ]
    width = (WIDTH - NUMBER_WIDTH) // len(names)
    paper.put_table(
        [
            TableColumn("TT", NUMBER_WIDTH, lambda row: row[NUMBER], is_centred=True),
            *(
                TableColumn(offered.columns[name], width, lambda row, name=name: row.get(name))
                for name in names
            ),
        ],
        rows,
    )
