"""A sheet as read, before anything is looked up: plain texts, kept as JSON with the import."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass
class RosterRow:
    """What one row of the sheet says, as text; ``flaws`` are sentences why it cannot be read.

    ``person`` is the row where the officer's merged cells begin (the row itself if not merged).
    ``district_heading`` is the heading row above that names a district; ``other_headings``, newest
    first, come after it and may name a district too ("Kế Sách" alone).
    """

    number: int
    person: int
    name: str = ""
    birth: str = ""
    office: str = ""
    group: str = ""
    commune: str = ""
    district: str = ""
    code: str = ""
    started: str = ""
    ended: str = ""
    decision: str = ""
    decision_date: str = ""
    role: str = ""
    note: str = ""
    phone: str = ""
    group_heading: str = ""
    district_heading: str = ""
    other_headings: list[str] = field(default_factory=list)
    hidden: bool = False
    flaws: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


@dataclass
class Roster:
    """A sheet as read, before anything is looked up. Kept as JSON with the import."""

    sheet_title: str
    headers: list[str]
    columns: dict[str, list[int]]
    rows: list[RosterRow]
    decision_number: str = ""
    decision_date: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def signed_on(self) -> dt.date | None:
        return dt.date.fromisoformat(self.decision_date) if self.decision_date else None

    def to_json(self) -> dict:
        return vars(self) | {"rows": [vars(row) for row in self.rows]}

    @classmethod
    def from_json(cls, stored: dict) -> Roster:
        rows = [RosterRow(**row) for row in stored["rows"]]
        return cls(**stored | {"rows": rows})
