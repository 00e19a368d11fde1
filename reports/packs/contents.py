"""The list of a pack's files: names, sizes, checksums, what is missing in each."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.defaultfilters import filesizeformat

from reports.documents import Paper, TableColumn, profile_of
from reports.freezing import frozen_line
from reports.models import FrozenFigures, PackFile, ReviewPack
from reports.packs.inputs import begun_on

TITLE = "Danh mục tài liệu"
HALF = 32  # a checksum is written on two lines
COLUMNS = (
    TableColumn("TT", 10, lambda row: row[0], is_centred=True),
    TableColumn("Tên tệp", 58, lambda row: row[1].name),
    TableColumn("Dung lượng", 20, lambda row: filesizeformat(row[1].size), is_centred=True),
    TableColumn("Mã kiểm tra (SHA-256)", 77, lambda row: checksum_lines(row[1].checksum)),
)


def checksum_lines(checksum: str) -> str:
    return f"{checksum[:HALF]}\n{checksum[HALF:]}"


def contents_paper(pack: ReviewPack, frozen: FrozenFigures, files: Sequence[PackFile]) -> Paper:
    """Give the list of ``files`` of a pack, with the line that says when figures were frozen."""
    day = begun_on(pack)
    paper = Paper(profile_of(day), title=TITLE, day=day, now=pack.begun_at)
    paper.put_type(TITLE, str(frozen.review))
    paper.put_centred(f"({frozen_line(frozen)})", italic=True)
    paper.put_table(COLUMNS, list(enumerate(files, start=1)))
    paper.put("Mã kiểm tra của số liệu chốt:")
    paper.put(frozen.checksum, size=paper.profile.table_size, after=paper.profile.space_after)
    for text in missing_sentences(files):
        paper.put_text(text)
    return paper


def missing_sentences(files: Sequence[PackFile]) -> list[str]:
    """Say of each file what is missing in it; one sentence when nothing is."""
    told = [
        f"Tệp “{file.name}” còn thiếu: {', '.join(file.missing)}." for file in files if file.missing
    ]
    return told or ["Các tệp không có chỗ nào còn thiếu."]
