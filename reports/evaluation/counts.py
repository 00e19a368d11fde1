"""Numbers of records beside the measures (DOMAIN R34): to look at, no points are made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Count as Counting
from django.db.models import F, Q, QuerySet

from assignments.models import Attendance
from assignments.visits.filters import CONFIRMED
from reports.enums import HANDED_IN
from reports.evaluation.measures import Reading
from reports.evaluation.shapes import Count
from reports.figures.entries import QUARTERS
from reports.models import PeriodicReport, Petition
from reports.periodic.report_filters import HANDED_IN as HANDED
from reports.periodic.report_filters import LATE
from reports.petitions.filters import CLOSED, SETTLED
from reports.petitions.standing import closed_on, settled_on

Numbers = dict[int, tuple[int, ...]]  # by officer


def counts_of(reading: Reading, officers: Collection[int]) -> dict[int, tuple[Count, ...]]:
    """Give the numbers of each of ``officers``, in three queries."""
    late = Q(first_submitted_on__gt=F("due_on"))
    visits = numbers(visits_in(reading), officers)
    reports = numbers(reports_in(reading), officers, late=late)
    petitions = numbers(petitions_in(reading), officers, settled=settled_on(), told=closed_on())
    return {
        officer: (
            *of_visits(reading, officer, *visits.get(officer, (0,))),
            *of_reports(reading, officer, *reports.get(officer, (0, 0))),
            *of_petitions(reading, officer, *petitions.get(officer, (0, 0, 0))),
        )
        for officer in officers
    }


def numbers(rows: QuerySet, officers: Collection[int], **conditions: Q) -> Numbers:
    """Count the rows of each officer, and of these those that meet each condition."""
    counted = {name: Counting("pk", filter=condition) for name, condition in conditions.items()}
    found = (
        rows.filter(officer__in=officers)
        .order_by()
        .values_list("officer")
        .annotate(all=Counting("pk"), **counted)
    )
    return {officer: tuple(values) for officer, *values in found}


def visits_in(reading: Reading) -> QuerySet[Attendance]:
    cycle = reading.cycle
    days = Q(visit__visited_on__gte=cycle.started_on, visit__visited_on__lt=cycle.ended_on)
    return Attendance.objects.confirmed().on_or_before(reading.day).filter(days)


def reports_in(reading: Reading) -> QuerySet[PeriodicReport]:
    """Give what stood as handed in on the day of the periods that end in the cycle."""
    rows = PeriodicReport.objects.standing().on(reading.day)
    return rows.filter(
        period__in=reading.periods, first_submitted_on__lte=reading.day, state_on__in=HANDED_IN
    )


def petitions_in(reading: Reading) -> QuerySet[Petition]:
    cycle = reading.cycle
    days = Q(raised_on__gte=cycle.started_on, raised_on__lt=cycle.ended_on)
    return Petition.objects.standing().on(reading.day).filter(days)


def days_of(reading: Reading) -> dict[str, str]:
    """Give the days of the cycle as lists ask for them."""
    cycle = reading.cycle
    return {"tu": cycle.started_on.isoformat(), "den": cycle.last_day.isoformat()}


def of_visits(reading: Reading, officer: int, count: int) -> Iterator[Count]:
    yield Count(
        "Chuyến đi cơ sở",
        "Chuyến đi cơ sở trong kỳ đánh giá đã xác nhận, mọi loại việc.",
        count,
        reading.address("visits:list", officer, tinh_trang=CONFIRMED, **days_of(reading)),
    )


def of_reports(reading: Reading, officer: int, handed_in: int, late: int) -> Iterator[Count]:
    quarters = {QUARTERS: reading.quarters}
    yield Count(
        "Báo cáo định kỳ đã nộp",
        "Báo cáo của các kỳ kết thúc trong kỳ đánh giá, đã nộp tính đến hết ngày xem.",
        handed_in,
        reading.address("periodic:list", officer, han=HANDED, **quarters),
    )
    yield Count(
        "Báo cáo nộp muộn",
        "Báo cáo trong số đó có ngày nộp lần đầu sau hạn nộp.",
        late,
        reading.address("periodic:list", officer, han=LATE, **quarters),
    )


def of_petitions(
    reading: Reading, officer: int, raised: int, settled: int, told: int
) -> Iterator[Count]:
    days = days_of(reading)
    yield Count(
        "Kiến nghị đã phản ánh",
        "Kiến nghị cán bộ phản ánh trong kỳ đánh giá, không kể đã rút lại.",
        raised,
        reading.address("petitions:list", officer, **days),
    )
    yield Count(
        "Kiến nghị đã có kết quả",
        "Kiến nghị trong số đó đã có kết quả tính đến hết ngày xem.",
        settled,
        reading.address("petitions:list", officer, tinh_trang=SETTLED, **days),
    )
    yield Count(
        "Kiến nghị đã kết thúc",
        "Kiến nghị trong số đó đã thông tin lại kết quả cho địa phương.",
        told,
        reading.address("petitions:list", officer, tinh_trang=CLOSED, **days),
    )
