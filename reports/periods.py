"""The periods of a year, made together; which of them a version of the regulation judges."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Regulation
from communes.periods import constraint_sentences
from reports.duties.rules import was_in_force
from reports.models import PER_YEAR, Period, PeriodQuerySet

MONTHS = 12
LAST_FIRST_DAY = 28  # every month has it
NO_VERSION = "Ngày này không có phiên bản quy chế nào có hiệu lực, nên chưa tính được nhiệm vụ."
NO_PERIOD = "Chưa lập kỳ cho ngày này, nên chưa tính được nhiệm vụ."

Stretch = tuple[dt.date, dt.date]  # the first day and the day after the last


class DaysLeftOut(ValidationError):
    """Some days would be in no period: a refusal that may be overruled."""


# --- making them ---------------------------------------------------------------------------------


def edges(year: int, first_day: int) -> list[dt.date]:
    """Give the first day of each month as counted, and the first day after the year.

    Counted from the 15th, a month begins in the calendar month before it: May runs from 15/4 to
    14/5 (NĐ 09/2019).
    """
    first = year * MONTHS - (first_day > 1)
    months = range(first, first + MONTHS + 1)
    return [dt.date(month // MONTHS, month % MONTHS + 1, first_day) for month in months]


def periods_of_year(year: int, first_day: int) -> list[Period]:
    """Give the months, quarters, halves and the whole of a year, not saved."""
    days = edges(year, first_day)
    return [
        Period(
            kind=kind,
            year=year,
            number=number,
            started_on=days[(number - 1) * MONTHS // count],
            ended_on=days[number * MONTHS // count],
        )
        for kind, count in PER_YEAR.items()
        for number in range(1, count + 1)
    ]


def make_periods(
    *, year: int, first_day: int, by: User | None, gaps_accepted: bool = False
) -> list[Period]:
    """Make all periods of ``year``, months counted from ``first_day`` (1–28).

    Refused with a sentence: a year that has some; days that would be counted twice; and, as
    :class:`DaysLeftOut` and unless ``gaps_accepted``, days that would be in no period.
    """
    periods = periods_of_year(year, first_day)
    with constraint_sentences(Period), transaction.atomic():
        if Period.objects.filter(year=year).exists():
            raise ValidationError(f"Năm {year} đã lập kỳ.")
        refuse_doubled(periods)
        if not gaps_accepted:
            refuse_left_out(periods)
        for period in periods:
            period.clean_fields()
        Period.objects.bulk_create(periods)
        audit.record(Verb.CREATE, f"Kỳ tính năm {year}", by=by, after=in_words(periods))
    return periods


def in_words(periods: Iterable[Period]) -> dict[str, str]:
    return {str(one): f"{one.started_on:%d/%m/%Y} – {one.last_day:%d/%m/%Y}" for one in periods}


def span(periods: Sequence[Period]) -> Stretch:
    return min(one.started_on for one in periods), max(one.ended_on for one in periods)


def refuse_doubled(periods: Sequence[Period]) -> None:
    """Refuse days that periods of the same kind already have."""
    since, until = span(periods)
    shared: dict[Stretch, list[Period]] = defaultdict(list)
    for other in Period.objects.filter(started_on__lt=until, ended_on__gt=since):
        shared[max(since, other.started_on), min(until, other.ended_on)].append(other)
    sentences = [
        f"Bị tính hai lần: {days_in_words(stretch)}, đã thuộc {', '.join(map(str, owners))}."
        for stretch, owners in sorted(shared.items(), key=lambda item: item[0])
    ]
    if sentences:
        way_out = "Chọn ngày đầu kỳ khác, hoặc đề nghị quản trị hệ thống sửa các kỳ đó trước."
        raise ValidationError([*sentences, way_out])


def refuse_left_out(periods: Sequence[Period]) -> None:
    """Refuse days that would lie between the year before or after and these periods."""
    gaps = sorted(set(left_out(*span(periods))))
    if gaps:
        raise DaysLeftOut([f"Không thuộc kỳ nào: {days_in_words(gap)}." for gap in gaps])


def left_out(since: dt.date, until: dt.date) -> Iterator[Stretch]:
    """Give the stretches between [``since``, ``until``) and the nearest periods of each kind."""
    kinds = Period.objects.order_by().values("kind")
    for before in kinds.filter(ended_on__lte=since).annotate(end=Max("ended_on")):
        if before["end"] < since:
            yield before["end"], since
    for after in kinds.filter(started_on__gte=until).annotate(start=Min("started_on")):
        if until < after["start"]:
            yield until, after["start"]


def days_in_words(stretch: Stretch) -> str:
    first, last = stretch[0], stretch[1] - dt.timedelta(days=1)
    if first == last:
        return f"ngày {first:%d/%m/%Y}"
    return f"từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}"


# --- reading them ---------------------------------------------------------------------------------


def years_made() -> list[int]:
    """Give the years that have periods, in order."""
    return list(Period.objects.order_by("year").values_list("year", flat=True).distinct())


def periods_of(year: int) -> list[Period]:
    """Give the periods of ``year``, the longest first."""
    periods = Period.objects.filter(year=year)
    return sorted(periods, key=lambda one: (PER_YEAR[one.kind], one.number))


# --- who judges them -----------------------------------------------------------------------------


def judged_from(since: dt.date, until: dt.date | None = None) -> PeriodQuerySet:
    """Give the periods a version in force from ``since`` up to ``until`` judges, oldest first."""
    periods = Period.objects.filter(started_on__gte=since).order_by("started_on", "pk")
    return periods.filter(started_on__lt=until) if until else periods


def having_judged(versions: Iterable[Regulation], today: dt.date) -> set[int]:
    """Give the keys of the versions a period has begun under: those may not be corrected."""
    begun = Period.objects.begun_by(today).order_by()
    first_days = list(begun.values_list("started_on", flat=True).distinct())
    return {
        version.pk for version in versions if any(was_in_force(version, day) for day in first_days)
    }


def missing(day: dt.date) -> list[str]:
    """Say what duties of ``day`` cannot be counted for; nothing when all is there."""
    sentences = []
    if not Regulation.objects.in_force_on(day).exists():
        sentences.append(NO_VERSION)
    if not Period.objects.containing(day).exists():
        sentences.append(NO_PERIOD)
    return sentences
