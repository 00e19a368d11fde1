"""Registered figures quarter by quarter: the duty list and every count are read once for all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from django.utils.http import urlencode

from assignments.enums import VisitKind
from communes.as_of import PARAMETER as DAY
from reports.charts.columns import Kind, draw_columns
from reports.charts.data import Dataset, Look, Number, Row, Series
from reports.charts.drawing import Chart
from reports.duties import DutyLine, duty_list
from reports.duties.words import DUTY_WORDS
from reports.figures import FIGURES, Counted
from reports.figures.series import Asked, counted
from reports.matrix import quarters_shown
from reports.models import Period
from reports.models.periods import ROMAN
from reports.viewpoint import Viewpoint

OPEN = "petitions_open"


class Shown(NamedTuple):
    """A figure as it is shown in a chart: its key, the chart's word for it, how it looks."""

    figure: str
    label: str
    look: Look


@dataclass(frozen=True)
class Trend:
    """A chart of figures over the quarters; ``whole`` is the figure they are parts of."""

    key: str
    title: str
    kind: Kind
    shown: tuple[Shown, ...]
    whole: str = ""
    whole_label: str = ""

    @property
    def figures(self) -> list[str]:
        """Give the keys of all its figures."""
        return [*(one.figure for one in self.shown), *([self.whole] if self.whole else [])]


OF_DUTIES = (Look.DONE, Look.WAIVED, Look.EXPLAINED, Look.MISSING)
OF_VISITS = (Look.FIRST, Look.SECOND, Look.THIRD, Look.FOURTH, Look.FIFTH)
DUE, *PARTS = DUTY_WORDS
TRENDS = (
    Trend(
        "nhiem-vu",
        "Nhiệm vụ phải làm trong quý",
        Kind.SHARES,
        tuple(
            Shown(f"duties_{word.key}", word.label, look)
            for word, look in zip(PARTS, OF_DUTIES, strict=True)
        ),
        whole=f"duties_{DUE.key}",
        whole_label=DUE.label,
    ),
    Trend(
        "di-co-so",
        "Lượt đi cơ sở trong quý",
        Kind.STACKED,
        tuple(
            Shown(f"visits_{kind.value}", kind.label, look)
            for kind, look in zip(VisitKind, OF_VISITS, strict=True)
        ),
        whole="visits_held",
        whole_label="Tổng số",
    ),
    Trend(
        "kien-nghi",
        "Kiến nghị nêu và có kết quả trong quý",
        Kind.BESIDE,
        (
            Shown("petitions_raised", "Nêu trong quý", Look.SECOND),
            Shown("petitions_settled_in", "Có kết quả trong quý", Look.DONE),
        ),
    ),
    Trend(
        "kien-nghi-con",
        "Kiến nghị đang giải quyết khi hết quý",
        Kind.STACKED,
        (Shown(OPEN, "Đang giải quyết", Look.WAIVED),),
    ),
    Trend(
        "bao-cao",
        "Báo cáo định kỳ của quý",
        Kind.BESIDE,
        (
            Shown("reports_on_time", "Nộp đúng hạn", Look.DONE),
            Shown("reports_late", "Nộp muộn", Look.THIRD),
            Shown("unexplained_report", "Chưa nộp, chưa rõ lý do", Look.MISSING),
        ),
    ),
)


@dataclass(frozen=True)
class History:
    """The figures of the last quarters up to the ones looked at, the oldest first."""

    view: Viewpoint

    @cached_property
    def quarters(self) -> list[Period]:
        return quarters_shown(self.view)

    @cached_property
    def lines(self) -> list[DutyLine]:
        """Give the duty list of all the quarters."""
        return duty_list(self.view.user, self.view.within(self.quarters), self.view.day)

    def lines_of(self, quarter: Period) -> list[DutyLine]:
        return [line for line in self.lines if line.period.ends_within(quarter)]

    @cached_property
    def views(self) -> dict[str, Viewpoint]:
        """Give the viewpoint of each quarter, by its code."""
        return {one.code: self.view.at(one, self.lines_of(one)) for one in self.quarters}

    @cached_property
    def counts(self) -> dict[object, int]:
        """Give every counted figure by quarter and key, in one query."""
        figures = [FIGURES[key] for trend in TRENDS for key in trend.figures]
        return counted(
            Asked((code, one.key), self.seen(view, one.key), one)
            for code, view in self.views.items()
            for one in figures
            if isinstance(one, Counted)
        )

    def seen(self, view: Viewpoint, key: str) -> Viewpoint:
        """Give from where a figure is looked at: what is left open, when the quarter ends."""
        return replace(view, day=view.last_day) if key == OPEN else view

    def number(self, code: str, key: str) -> Number:
        """Give a figure of a quarter with its list."""
        figure, view = FIGURES[key], self.views[code]
        value = self.counts[code, key] if isinstance(figure, Counted) else figure.value(view)
        if key == OPEN:
            return Number(value, on_day(figure.url(view), view.last_day), has_own_day=True)
        return Number(value, figure.url(view))

    def row(self, quarter: Period, trend: Trend) -> Row:
        """Give a quarter's numbers."""
        return Row(
            str(quarter),
            tuple(self.number(quarter.code, one.figure) for one in trend.shown),
            self.number(quarter.code, trend.whole) if trend.whole else None,
            short=ROMAN[quarter.number],
            group=str(quarter.year),
        )

    def dataset(self, trend: Trend) -> Dataset:
        return Dataset(
            trend.key,
            trend.title,
            "Quý",
            tuple(Series(one.label, one.look) for one in trend.shown),
            tuple(self.row(quarter, trend) for quarter in self.quarters),
            trend.whole_label,
        )

    def charts(self) -> list[Chart]:
        """Give the charts of all trends."""
        return [draw_columns(self.dataset(trend), trend.kind) for trend in TRENDS]


def on_day(address: str, day: dt.date) -> str:
    """Give an address at ``day``."""
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode({DAY: day.isoformat()})}"
