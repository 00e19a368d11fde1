"""Making Word templates for tests, sound and hostile, and reading what came out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.oxml import parse_xml

from reports.word_templates.offered import Offered, OfferedList

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIP = (
    '<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"{mode}/>'
)


def word_file(*paragraphs: str, header: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Give a .docx with these paragraphs, and a table of ``rows``."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_xml(xml: str) -> bytes:
    """Give a .docx whose only paragraph holds ``xml``."""
    document = docx.Document()
    paragraph = parse_xml(f'<w:p xmlns:w="{NAMESPACE}">{xml}</w:p>')
    document.element.body.insert(0, paragraph)
    return saved(document)


def changed(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Give the same archive with other or more parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(name, part)
    return result.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def related(kind: str, target: str, *, external: bool = True) -> bytes:
    """Give a .docx with one more relationship."""
    content = word_file("Báo cáo")
    name = "word/_rels/document.xml.rels"
    mode = ' TargetMode="External"' if external else ""
    one = RELATIONSHIP.format(kind=kind, target=target, mode=mode)
    rels = part_of(content, name).replace(b"</Relationships>", f"{one}</Relationships>".encode())
    return changed(content, {name: rels})


def offered(**fields: str) -> Offered:
    """Give fields, and one list of two petitions."""
    rows = [{"tt": "1", "so": "KN-1", "xa": "An Thạnh"}, {"tt": "2", "so": "KN-2", "xa": "Tân An"}]
    columns = {"tt": "TT", "so": "Số", "xa": "Xã"}
    return Offered(fields, {"kien_nghi": OfferedList("kien_nghi", "Kiến nghị", columns, rows)})


def text_of(content: bytes) -> str:
    """Give all text of a body, paragraph by paragraph, tables included."""
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
