"""Figures of visits, one for each officer who was there (lượt), and of who went nowhere."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from assignments.enums import VisitKind, VisitOutcome
from assignments.models import Assignment, Attendance, AttendanceQuerySet
from assignments.visits.filters import CONFIRMED, OPINIONS, WAITING
from communes.periods import overlaps
from reports.figures.defined import Counted, Population
from reports.viewpoint import Viewpoint

ONE_DAY = dt.timedelta(days=1)
COUNTED_TWICE = "Mỗi cán bộ có mặt tính một lượt: chuyến đi có hai cán bộ dự là hai lượt."


def attended(view: Viewpoint) -> AttendanceQuerySet:
    """Give the attendances one may see up to the day, those taken back left out."""
    return Attendance.objects.visible_to(view.user).standing().on_or_before(view.day)


def named_days(view: Viewpoint) -> dict[str, str]:
    """Give the parameters by which the list is asked for the days of the quarters looked at."""
    return {"tu": f"{view.first_day:%d/%m/%Y}", "den": f"{view.last_day:%d/%m/%Y}"}


def within(view: Viewpoint) -> Q:
    """Give the condition that an attendance was in the quarters looked at."""
    return Q(visit__visited_on__gte=view.first_day, visit__visited_on__lte=view.last_day)


def confirmed(view: Viewpoint, outcome: VisitOutcome) -> Q:
    """Give the condition that it was there, is confirmed, and ended so."""
    return within(view) & Q(confirmed_at__isnull=False, visit__outcome=outcome)


def held(view: Viewpoint) -> Q:
    return confirmed(view, VisitOutcome.HELD)


def somebody_went(view: Viewpoint) -> Q:
    """Give the condition that a commune was visited in the quarters, as far as one may see.

    Or a unit that is read under it.
    """
    return view.reading.happened_in(attended(view).filter(held(view)), "visit__commune")


def was_posted(view: Viewpoint) -> Q:
    """Give the condition that an officer answered for a commune on some day of the quarters."""
    days = overlaps(view.first_day, view.last_day + ONE_DAY) if view.quarter else Q(pk__in=())
    rows = Assignment.objects.visible_to(view.user).covering().started_by(view.day).filter(days)
    return Q(Exists(rows.filter(officer=OuterRef("pk"))))


def went_nowhere(view: Viewpoint) -> Q:
    """Give the condition that an officer answered for a commune and was nowhere."""
    # Those who went are read once; asked officer by officer it is all their visits ever.
    went = attended(view).filter(held(view)).order_by().values("officer").distinct()
    return was_posted(view) & ~Q(pk__in=went)


ATTENDANCES = Population(attended, "visits:list", named_days, of_quarters=within)

HELD = {"ket_qua": VisitOutcome.HELD.value, "tinh_trang": CONFIRMED}

VISIT_FIGURES = (
    Counted(
        "visits_held",
        "lượt đi cơ sở đã thực hiện",
        "Lượt cán bộ đã dự, đã đi trong các quý đang xem, đến hết ngày xem, đã xác nhận. "
        + COUNTED_TWICE,
        ATTENDANCES,
        held,
        HELD,
        is_of_quarter=True,
        excludes="Không tính lượt hoãn và lượt chờ cán bộ xác nhận.",
        excluded=("visits_postponed", "visits_unconfirmed"),
    ),
    *(
        Counted(
            f"visits_{kind.value}",
            f"lượt đi cơ sở – {kind.label}",
            f"Lượt đi cơ sở đã thực hiện để: {kind.label.lower()}. {COUNTED_TWICE}",
            ATTENDANCES,
            lambda view, kind=kind: held(view) & Q(visit__kind=kind),
            HELD | {"viec": kind.value},
            of="visits_held",
            short=kind.label.lower(),
            is_of_quarter=True,
        )
        for kind in VisitKind
    ),
    *(
        Counted(
            f"visits_on_{column}",
            f"lượt đi cơ sở có ý kiến về {words.lower()}",
            f"Lượt đi cơ sở đã thực hiện mà cán bộ có ghi ý kiến về {words.lower()}.",
            ATTENDANCES,
            lambda view, column=column: held(view) & ~Q(**{column: ""}),
            HELD | {"y_kien": choice},
            of="visits_held",
            short=f"có ý kiến về {words.lower()}",
            is_of_quarter=True,
        )
        for choice, (column, words) in OPINIONS.items()
    ),
    Counted(
        "visits_postponed",
        "lượt đi cơ sở bị hoãn",
        "Lượt cán bộ đã đến mà cuộc họp, buổi làm việc hoãn, trong các quý đang xem.",
        ATTENDANCES,
        lambda view: confirmed(view, VisitOutcome.POSTPONED),
        {"ket_qua": VisitOutcome.POSTPONED.value, "tinh_trang": CONFIRMED},
        is_of_quarter=True,
    ),
    Counted(
        "visits_unconfirmed",
        "lượt đi cơ sở chờ xác nhận",
        "Lượt do người giúp việc nhập trong các quý đang xem mà cán bộ chưa xác nhận.",
        ATTENDANCES,
        lambda view: within(view) & Q(confirmed_at__isnull=True),
        {"tinh_trang": WAITING},
        is_of_quarter=True,
    ),
)
