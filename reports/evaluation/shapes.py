"""The shape of evidence: what pages, Word and workbooks render, live or as it was decided on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from reports.enums import CriterionKind, RatingLevel
from reports.evaluation.points import level_for
from reports.evaluation.shares import Measured


def level_words(code: str) -> str:
    """Give a level as it is written; "" for none."""
    return RatingLevel(code).label if code else ""


@dataclass(frozen=True)
class Cited:
    """A record or document that points rest on; ``address`` opens a record."""

    label: str
    address: str = ""


@dataclass(frozen=True)
class Given:
    """Points somebody gave, why, and what they rest on."""

    points: int
    note: str
    citations: tuple[Cited, ...]


@dataclass(frozen=True)
class CriterionLine:
    """One criterion: what is measured, or what both sides gave, and its points.

    ``points`` of a judged criterion are the office's, ``own_points`` the officer's; of a computed
    one both are what the measure makes them. ``None``: not given, or nothing to do.
    """

    criterion: int
    name: str
    kind: str
    weight: int
    guidance: str
    measured: Measured | None
    own: Given | None
    office: Given | None
    points: Decimal | None
    own_points: Decimal | None

    @property
    def is_computed(self) -> bool:
        return self.kind == CriterionKind.COMPUTED

    @property
    def applies(self) -> bool:
        """Say whether there was anything to do; what does not apply is taken out of the total."""
        return self.measured is None or self.measured.applies


@dataclass(frozen=True)
class Count:
    """A number of records to look at, of which no points are made."""

    label: str
    sentence: str
    value: int
    address: str


@dataclass(frozen=True)
class HeldCommune:
    """A commune answered for, and for how many days of the cycle."""

    commune: str
    days: int


@dataclass(frozen=True)
class Thresholds:
    """From how many points each level is named."""

    excellent_from: int
    good_from: int
    completed_from: int


@dataclass(frozen=True)
class Remark:
    """What a commune's committee said."""

    commune: str
    given_on: dt.date
    document: str
    content: str


@dataclass(frozen=True)
class SelfRating:
    """What the officer says of themselves."""

    level: str
    text: str

    @property
    def level_label(self) -> str:
        return level_words(self.level)


@dataclass(frozen=True)
class Proposal:
    """What the office proposes; ``unrated_reason`` where the officer had not rated themselves."""

    level: str
    text: str
    commendation: str
    training_need: str
    unrated_reason: str

    @property
    def level_label(self) -> str:
        return level_words(self.level)


@dataclass(frozen=True)
class Evidence:
    """All that is known of one officer in one cycle, as of ``day``."""

    officer: str
    position: str
    cycle: str
    started_on: dt.date
    ended_on: dt.date
    day: dt.date
    days: int  # answered for some commune
    cycle_days: int
    communes: tuple[HeldCommune, ...]
    rules: str
    basis: str
    thresholds: Thresholds
    lines: tuple[CriterionLine, ...]
    total: Decimal | None
    own_total: Decimal | None
    counts: tuple[Count, ...]
    own: SelfRating | None
    proposal: Proposal | None
    remarks: tuple[Remark, ...]

    @property
    def last_day(self) -> dt.date:
        return self.ended_on - dt.timedelta(days=1)

    @property
    def level_by_points(self) -> RatingLevel | None:
        """Give the level the thresholds name: to look at only ("tương ứng theo ngưỡng")."""
        return level_for(self.total, self.thresholds)

    @property
    def left_out_weight(self) -> int:
        """Give the weight of what did not apply: the rest is scaled to a hundred."""
        return sum(line.weight for line in self.lines if not line.applies)

    @property
    def scaling(self) -> str:
        """Say what was taken out of the total; "" when nothing was."""
        if not self.left_out_weight:
            return ""
        names = ", ".join(line.name for line in self.lines if not line.applies)
        return (
            f"Không phát sinh việc phải làm nên không tính {self.left_out_weight} điểm của: "
            f"{names}; tổng điểm quy đổi theo thang 100."
        )

    def as_officer_sees(self, *, released: bool) -> Evidence:
        """Give it without what others say of the officer; without the office's points before."""
        lines = self.lines if released else tuple(map(without_office, self.lines))
        return replace(
            self,
            lines=tuple(map(without_office_words, lines)),
            total=self.total if released else None,
            proposal=None,
            remarks=(),
        )


def without_office(line: CriterionLine) -> CriterionLine:
    """Give a line without what the office gave."""
    points = line.points if line.is_computed else None
    return replace(line, office=None, points=points)


def without_office_words(line: CriterionLine) -> CriterionLine:
    """Give a line with the office's final points only: not their words, nor what they cite."""
    return replace(line, office=None)
