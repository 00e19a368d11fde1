"""The regulation in two versions: the later one asks for more cell meetings."""

from __future__ import annotations

import datetime as dt

from assignments.demo.days import moment
from assignments.demo.log import entries, write_log
from assignments.demo.stage import Stage
from assignments.enums import DutyKind, DutyUnit
from assignments.models import Duty, Regulation

ISSUED_ON = dt.date(2021, 10, 19)
SUBJECT = (
    "Quy chế làm việc của cán bộ được phân công theo dõi, phụ trách Đảng bộ xã, phường, thị trấn"
)
AMENDED = "Nâng số lần dự sinh hoạt chi bộ từ 1 lên 2 lần mỗi quý; các nội dung khác giữ nguyên."
REPORT_DUE_DAY = 20


def amended_on(day: dt.date) -> dt.date:
    """Give the first day of a quarter, a year before ``day``; after the regulation in any case."""
    before = dt.date(day.year - 1, (day.month - 1) // 3 * 3 + 1, 1)
    return max(before, dt.date(ISSUED_ON.year + 1, 1, 1))


def invent_versions(day: dt.date) -> list[Regulation]:
    """Give both versions, unsaved."""
    changed_on = amended_on(day)
    first = Regulation(
        number="10-QC/TU",
        issued_on=ISSUED_ON,
        subject=SUBJECT,
        started_on=ISSUED_ON,
        ended_on=changed_on,
    )
    second = Regulation(
        number="10-QC/TU (sửa đổi)",
        issued_on=changed_on - dt.timedelta(days=13),
        subject=SUBJECT,
        started_on=changed_on,
        note=AMENDED,
    )
    return [first, second]


def duties_of(version: Regulation, cell_meetings: int) -> list[Duty]:
    """Give what a version asks for each quarter, unsaved."""
    required = {
        DutyKind.COMMITTEE_MEETING: 1,
        DutyKind.CELL_MEETING: cell_meetings,
        DutyKind.FIELD_VISIT: 1,
    }
    report = Duty(
        regulation=version,
        kind=DutyKind.REPORT,
        unit=DutyUnit.PER_OFFICER,
        due_day=REPORT_DUE_DAY,
    )
    visits = [Duty(regulation=version, kind=kind, required=n) for kind, n in required.items()]
    return [*visits, report]


def write_regulation(stage: Stage) -> None:
    """Write both versions with their duties and the log of entering them."""
    versions = invent_versions(stage.day)
    for version in versions:
        entered_on = max(version.issued_on, stage.world.start)
        version.entered_by = stage.office
        version.entered_at = stage.before(moment(entered_on, dt.time(15)))
    Regulation.objects.bulk_create(versions)
    first, second = versions
    Duty.objects.bulk_create([*duties_of(first, 1), *duties_of(second, 2)])
    write_log(entries(versions))
