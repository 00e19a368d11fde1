"""Finding the header row and what each column means, whatever the order and the wording."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assignments.roster.container import WorkbookRefused
from assignments.roster.workbook import Grid
from communes import names

# The header is looked for in this many non-empty rows, a two-row header counting once.
ROWS_SEARCHED = 40
DEEPEST_HEADER = 4
LONGEST_HEADER_WORDS = 25


class Column(StrEnum):
    """What a column may say."""

    NUMBER = "number"
    NAME = "name"
    NAME_FAMILY = "name_family"
    NAME_GIVEN = "name_given"
    BIRTH = "birth"
    OFFICE = "office"
    GROUP = "group"
    COMMUNE = "commune"
    DISTRICT = "district"
    CODE = "code"
    STARTED = "started"
    ENDED = "ended"
    DECISION = "decision"
    DECISION_DATE = "decision_date"
    ROLE = "role"
    NOTE = "note"
    PHONE = "phone"


# A district's kinds and a commune's, as words of a header without accents.
DISTRICT_WORDS = r"(huyen|quan|thi xa|thanh pho|h|tx|tp)"
COMMUNE_WORDS = r"(xa|phuong|thi tran|tt)"
BEFORE_A_PLACE = r"(dang bo |dang uy |ten |thuoc |cac |(dia ban |don vi )?(cap )?)?"
OF_COMMUNE = r"(phu trach|theo doi|phan cong|giup do|phu trach theo doi)"

# Tried in this order on the header's words without accents and punctuation; the first wins.
# Of two columns with one meaning, the one whose pattern stands first is taken.
MEANINGS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"(so )?(tt|stt|thu tu)"),
    (Column.PHONE, r"(so )?(dien thoai|dt|sdt|dtdd|di dong)( .*)?"),
    (Column.NOTE, r"ghi chu( .*)?"),
    (Column.ROLE, r"(vai tro|hinh thuc)( .*)?"),
    (Column.CODE, r"ma( so)?( (dvhc|xa|phuong|don vi|hanh chinh|dia ban|dang bo|cap xa)( .*)?)?"),
    (Column.CODE, r"dvhc"),
    (Column.BIRTH, r"nam sinh( .*)?|ns|sinh nam|ngay (thang )?(nam )?sinh( .*)?"),
    (Column.ENDED, r"(thoi gian )?den( het)?( ngay)?|ngay (ket thuc|thoi)( .*)?"),
    (Column.ENDED, r"(thoi gian )?ket thuc( ngay)?"),
    (Column.STARTED, r"(thoi gian |phu trach |ke )?tu( ngay( .*)?)?"),
    (Column.STARTED, r"(thoi gian |ngay |thoi diem )?bat dau( .*)?"),
    (Column.STARTED, r"(ngay|thoi gian|thoi diem) (phan cong|nhan nhiem vu|phu trach)( .*)?"),
    (Column.STARTED, r"(ngay |co )?hieu luc( .*)?|ngay ap dung"),
    (Column.DECISION_DATE, r"ngay( thang)?( nam)? (cua )?(quyet dinh|qd|ky|ban hanh)( .*)?"),
    (Column.DECISION_DATE, r"(quyet dinh|qd)( phan cong)? ngay( .*)?"),
    (Column.DECISION, r"so( hieu)?( ngay)?( thang)? (quyet dinh|qd|van ban)( .*)?"),
    (Column.DECISION, r"(quyet dinh|qd)( .*)?"),
    (Column.OFFICE, r"(chuc vu|chuc danh|don vi cong tac|noi cong tac|co quan)( .*)?"),
    (Column.NAME, r"(ho ten|ho va ten|ho ten can bo|ho va ten can bo)"),
    (Column.NAME_FAMILY, r"ho|ho (va )?(ten )?(dem|lot|chu dem|chu lot)"),
    (Column.NAME_GIVEN, r"ten"),
    (Column.NAME, r"(ho( va)? ten|ten can bo|ten dong chi|ten nguoi)( .*)?"),
    (Column.NAME, r"can bo( (duoc|phu trach|theo doi|phan cong|lanh dao).*)?"),
    (Column.NAME, r"(dong chi|nguoi)( (duoc|phu trach|theo doi|phan cong).*)?"),
    (Column.GROUP, r"nhom( .*)?"),
    (Column.COMMUNE, rf"{BEFORE_A_PLACE}{COMMUNE_WORDS}( .*)?"),
    (Column.DISTRICT, rf"{BEFORE_A_PLACE}{DISTRICT_WORDS}( .*)?"),
    (Column.COMMUNE, rf"(dang bo|don vi|dia ban|noi|co so|to chuc dang).* {OF_COMMUNE}( .*)?"),
    (Column.COMMUNE, rf"(duoc )?{OF_COMMUNE}( .*)?"),
    (Column.COMMUNE, r"(ten )?(dang bo|dia ban|to chuc dang|co so)( .*)?|ten don vi"),
    (Column.OFFICE, r"don vi"),
)
PATTERNS = tuple((meaning, re.compile(pattern)) for meaning, pattern in MEANINGS)
# Columns of one meaning that together make one text.
SEVERAL = {Column.OFFICE, Column.BIRTH}
MISSING = {Column.NAME: "Họ và tên", Column.COMMUNE: "Đảng bộ (xã, phường, thị trấn) phụ trách"}


def header_key(text: str) -> str:
    """Give a header's words, without accents, case and punctuation."""
    return " ".join(names.WORDS.findall(names.without_accents(text)))


def meaning_of(text: str) -> tuple[Column, int] | None:
    """Give what a header means and the rank of the pattern that says so."""
    key = header_key(text)
    if not key or key.count(" ") >= LONGEST_HEADER_WORDS:
        return None
    for rank, (meaning, pattern) in enumerate(PATTERNS):
        if pattern.fullmatch(key):
            return meaning, rank
    return None


@dataclass(frozen=True)
class Header:
    """Where the header stands (``top`` to ``bottom``) and the columns of each meaning."""

    top: int
    bottom: int
    columns: dict[Column, list[int]]
    texts: dict[int, str]

    def has(self, *meanings: Column) -> bool:
        return any(meaning in self.columns for meaning in meanings)

    @property
    def name_columns(self) -> list[int]:
        """Give the columns that together hold the name: one, or family name and given name."""
        if Column.NAME in self.columns:
            return self.columns[Column.NAME]
        return [
            *self.columns.get(Column.NAME_FAMILY, []),
            *self.columns.get(Column.NAME_GIVEN, []),
        ]

    @property
    def has_name(self) -> bool:
        return self.has(Column.NAME, Column.NAME_GIVEN)

    @property
    def is_complete(self) -> bool:
        return self.has_name and self.has(Column.COMMUNE, Column.CODE)


def find_header(grids: list[Grid]) -> tuple[Grid, Header]:
    """Give the first sheet with a recognisable header, and that header.

    Raises :class:`WorkbookRefused` naming the column that is missing.
    """
    best: Header | None = None
    for grid in grids:
        header = best_header(grid)
        if header and header.is_complete:
            return grid, header
        if header and (best is None or len(header.columns) > len(best.columns)):
            best = header
    raise WorkbookRefused(missing_sentence(best))


def missing_sentence(header: Header | None) -> str:
    if header is None:
        return "Không tìm thấy dòng tiêu đề có cột “Họ và tên” và cột Đảng bộ phụ trách."
    missing = [] if header.has_name else [MISSING[Column.NAME]]
    if not header.has(Column.COMMUNE, Column.CODE):
        missing.append(MISSING[Column.COMMUNE])
    columns = " và ".join(f"“{label}”" for label in missing)
    return f"Dòng tiêu đề (dòng {header.top}) thiếu cột {columns}."


def best_header(grid: Grid) -> Header | None:
    """Give the row of ``grid`` that reads most like a header: at least two known columns."""
    candidates = [read_header(grid, top) for top in sorted(grid.rows)[:ROWS_SEARCHED]]
    known = [header for header in candidates if len(header.columns) >= 2]
    return max(
        known,
        key=lambda header: (header.is_complete, len(header.columns), -header.top),
        default=None,
    )


def read_header(grid: Grid, top: int) -> Header:
    """Read the header that would begin at row ``top``, with the rows merged or split below it."""
    bottom = header_bottom(grid, top)
    spans = {(merge.top, merge.left): merge for merge in grid.merges if top <= merge.top <= bottom}
    texts: dict[int, list[str]] = defaultdict(list)
    for row in range(top, bottom + 1):
        for column, cell in grid.rows.get(row, {}).items():
            span = spans.get((row, column))
            for covered in range(column, (span.right if span else column) + 1):
                texts[covered].append(cell.text)
    return Header(top, bottom, choose_columns(grid, texts), joined(texts))


def joined(texts: dict[int, list[str]]) -> dict[int, str]:
    """Give each column one header: all its texts, or the one that still says what it means."""
    return {column: one_header(parts) for column, parts in sorted(texts.items())}


def one_header(parts: list[str]) -> str:
    together = names.normalise(" ".join(parts))
    wanted = meaning_of_column(parts)
    return next(
        (text for text in (together, parts[-1], parts[0]) if same_meaning(text, wanted)), together
    )


def same_meaning(text: str, wanted: tuple[Column, int] | None) -> bool:
    found = meaning_of(text)
    return (found and found[0]) == (wanted and wanted[0])


def header_bottom(grid: Grid, top: int) -> int:
    """Give the last row of a header that begins at ``top``.

    Cells merged downwards say how deep it is; a cell merged sideways with texts under it, and
    nothing under the others, makes a second row.
    """
    starting = [merge for merge in grid.merges if merge.top == top]
    bottom = max([top, *(merge.bottom for merge in starting)])
    if bottom > top:
        return min(bottom, top + DEEPEST_HEADER - 1)
    covered = {
        column
        for merge in starting
        if merge.width < len(grid.rows[top])
        for column in range(merge.left, merge.right + 1)
    }
    below = set(grid.rows.get(top + 1, {}))
    return top + 1 if below and below <= covered else top


def choose_columns(grid: Grid, texts: dict[int, list[str]]) -> dict[Column, list[int]]:
    """Give the column (or columns) of each meaning; a visible one before a hidden one."""
    found: dict[Column, list[tuple[bool, int, int]]] = defaultdict(list)
    for column, parts in sorted(texts.items()):
        meaning = meaning_of_column(parts)
        if meaning:
            found[meaning[0]].append((grid.hides_column(column), meaning[1], column))
    return {meaning: list(chosen(meaning, ranked, texts)) for meaning, ranked in found.items()}


def meaning_of_column(parts: list[str]) -> tuple[Column, int] | None:
    """Read a column's header texts, top to bottom: the lowest, all together, or the highest.

    All together goes first under a decision or a date of birth: "Quyết định" over "Ngày",
    "Năm sinh" over "Nam" and "Nữ".
    """
    together = meaning_of(" ".join(parts))
    if together and together[0] in (Column.DECISION, Column.DECISION_DATE, Column.BIRTH):
        return together
    return meaning_of(parts[-1]) or together or meaning_of(parts[0])


def chosen(
    meaning: Column, ranked: list[tuple[bool, int, int]], texts: dict[int, list[str]]
) -> Iterator[int]:
    """Give the columns to read for one meaning.

    All of them where they make one text (offices; the year under "Nam" or "Nữ"; a name under
    one merged header), else the best one.
    """
    if meaning in SEVERAL:
        visible = [item for item in ranked if not item[0]] or ranked
        yield from (column for *_, column in visible)
        return
    *_, best = min(ranked)
    yield best
    if meaning is Column.NAME:
        yield from (
            column
            for *_, column in ranked
            if column > best and texts[column] == texts[best] and is_run(best, column, ranked)
        )


def is_run(first: int, last: int, ranked: list[tuple[bool, int, int]]) -> bool:
    """Say whether every column from ``first`` to ``last`` has the meaning."""
    columns = {column for *_, column in ranked}
    return all(column in columns for column in range(first, last + 1))
