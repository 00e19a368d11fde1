"""What constraints cannot say of assignments, visits and officers' accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.data_checks import DataCheck, Finding, in_chunks
from assignments.files_check import CHECKS as OF_FILES
from assignments.models import Assignment, Attendance, Officer
from communes.models import Descent

AT_ASSIGNMENT = "Trang phân công: đính chính ngày"


def outside(start: str, end: str) -> Q:
    """Give the condition that an assignment begins before ``start`` or goes on after ``end``."""
    return Q(started_on__lt=F(start)) | Q(**{f"{end}__isnull": False}) & (
        Q(ended_on__isnull=True) | Q(ended_on__gt=F(end))
    )


def assignments_within_service(now: dt.datetime) -> Iterator[Finding]:
    """Nobody is assigned before they joined or after they left."""
    rows = Assignment.objects.with_parties().filter(
        outside("officer__joined_on", "officer__left_on")
    )
    for row in in_chunks(rows.order_by("pk")):
        yield Finding(
            f"Phân công mã {row.pk}: {row.officer}, {row.commune}",
            "có ngày nằm ngoài thời gian công tác của cán bộ.",
            AT_ASSIGNMENT,
        )


def assignments_within_units(now: dt.datetime) -> Iterator[Finding]:
    """Nobody is assigned to a unit before there was one, or when it is no more."""
    unit = outside("commune__established_on", "commune__dissolved_on")
    for row in in_chunks(Assignment.objects.with_parties().filter(unit).order_by("pk")):
        yield Finding(
            f"Phân công mã {row.pk}: {row.officer}, {row.commune}",
            "có ngày nằm ngoài thời gian tồn tại của đơn vị.",
            AT_ASSIGNMENT,
        )


def visits_within_assignments(now: dt.datetime) -> Iterator[Finding]:
    """Whoever was at a visit had the commune on that day, or the unit that stands for it."""
    day = OuterRef("visit__visited_on")
    held = Assignment.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        officer=OuterRef("officer"),
        started_on__lte=day,
    )
    heir = Descent.objects.filter(old=OuterRef(OuterRef("visit__commune"))).values("new")
    own = held.filter(Q(commune=OuterRef("visit__commune")) | Q(commune__in=heir))
    rows = Attendance.objects.standing().with_visit().filter(~Exists(own))
    for row in in_chunks(rows.order_by("pk")):
        yield Finding(
            f"Lượt dự mã {row.pk}: {row}",
            "cán bộ không được phân công địa bàn này vào ngày đó.",
            "Trang chuyến đi: rút lượt dự, hoặc đính chính phân công",
        )


def accounts_of_departed(now: dt.datetime) -> Iterator[Finding]:
    """Who has left does not log in any more."""
    today = timezone.localdate(now)
    rows = Officer.objects.filter(left_on__lte=today, user__is_active=True)
    for officer in in_chunks(rows.select_related("user").order_by("pk")):
        yield Finding(
            f"Tài khoản {officer.user}",
            f"còn hoạt động, cán bộ đã thôi công tác từ {officer.left_on:%d/%m/%Y}.",
            "Quản trị → Tài khoản: bỏ chọn đang hoạt động",
        )


CHECKS = (
    *OF_FILES,
    DataCheck("service", "Phân công trong thời gian công tác", assignments_within_service),
    DataCheck("units", "Phân công trong thời gian tồn tại của đơn vị", assignments_within_units),
    DataCheck("visits", "Chuyến đi thuộc địa bàn được phân công", visits_within_assignments),
    DataCheck("departed", "Tài khoản của người đã thôi công tác", accounts_of_departed),
)
