"""The mapping workbook's sheet as read: plain texts by the meaning of their column.

Kept as JSON in :attr:`Reorganisation.mapping`; what the texts mean is found out by
:mod:`communes.reorganisation.checking`, anew whenever it is asked, since the world may change.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Column(StrEnum):
    """What a column of the mapping says."""

    OLD_CODE = "old_code"
    OLD_NAME = "old_name"
    OLD_DISTRICT = "old_district"
    EXTENT = "extent"
    NEW_CODE = "new_code"
    NEW_NAME = "new_name"
    NEW_DISTRICT = "new_district"
    HEIR = "heir"
    RESOLUTION = "resolution"
    EFFECTIVE = "effective"
    NOTE = "note"


LABELS = {
    Column.OLD_CODE: "Mã cũ",
    Column.OLD_NAME: "Tên đơn vị cũ",
    Column.OLD_DISTRICT: "Huyện (cũ)",
    Column.EXTENT: "Toàn bộ/Một phần",
    Column.NEW_CODE: "Mã mới",
    Column.NEW_NAME: "Tên đơn vị mới",
    Column.NEW_DISTRICT: "Huyện mới",
    Column.HEIR: "Kế thừa hồ sơ",
    Column.RESOLUTION: "Nghị quyết",
    Column.EFFECTIVE: "Ngày hiệu lực",
    Column.NOTE: "Ghi chú",
}
# What somebody fills in to say that a unit is rearranged; a row with none of it stays as it is.
FILLED = (
    Column.EXTENT,
    Column.NEW_CODE,
    Column.NEW_NAME,
    Column.NEW_DISTRICT,
    Column.HEIR,
    Column.RESOLUTION,
    Column.EFFECTIVE,
)


@dataclass
class MappingRow:
    """What one row says, as text; ``flaws`` are reasons why it cannot be read."""

    number: int
    old_code: str = ""
    old_name: str = ""
    old_district: str = ""
    extent: str = ""
    new_code: str = ""
    new_name: str = ""
    new_district: str = ""
    heir: str = ""
    resolution: str = ""
    effective: str = ""
    note: str = ""
    flaws: list[str] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        """Say whether the row speaks of a change; otherwise its unit stays as it is."""
        return bool(self.flaws) or any(getattr(self, column) for column in FILLED)

    @property
    def cells(self) -> list[str]:
        """Give the texts in the order of :data:`LABELS`."""
        return [getattr(self, column) for column in LABELS]


@dataclass
class MappingSheet:
    """All rows of a mapping; ``warnings`` are sentences about what was not read."""

    rows: list[MappingRow] = field(default_factory=list)
    title: str = ""
    warnings: list[str] = field(default_factory=list)

    def to_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict) -> MappingSheet:
        rows = [MappingRow(**row) for row in stored["rows"]]
        return cls(**stored | {"rows": rows})
