"""A quarter with an officer in every standing, for the pages of the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.enums import Role
from accounts.models import User
from assignments.enums import DutyKind, DutyUnit
from assignments.models import Duty, Officer
from reports.enums import ReportMove, ReportState, WaiverEffect
from reports.models import Period, PeriodicReport
from tests.factories import (
    make_assignment,
    make_commune,
    make_district,
    make_officer,
    make_period,
    make_regulation,
    make_report,
    make_report_event,
    make_user,
    make_waiver,
)
from tests.reports.periodic.world import at

DUE = dt.date(2023, 6, 30)
DAY = dt.date(2023, 7, 5)  # five days after it was due
IN_TIME, LATE = dt.date(2023, 6, 20), dt.date(2023, 7, 3)


@dataclass
class Quarter:
    """The quarter, and its officers by what became of their reports as of :data:`DAY`."""

    period: Period
    officers: dict[str, Officer]
    reports: dict[str, PeriodicReport]


def make_reported(officer: Officer, period: Period, on: dt.date, *moves: tuple) -> PeriodicReport:
    """Make a report first handed in ``on``, then led on by ``moves`` (move, state, day)."""
    state = moves[-1][1] if moves else ReportState.SUBMITTED
    report = make_report(
        officer,
        period=period,
        state=state,
        entered_at=at(on),
        submitted_at=at(on),
        first_submitted_on=on,
        due_on=DUE,
        **({"accepted_at": at(moves[-1][2])} if state == ReportState.ACCEPTED else {}),
    )
    make_report_event(report, happened_on=on, happened_at=at(on))
    for move, after, day in moves:
        make_report_event(
            report, move=move, state=after, happened_on=day, happened_at=at(day), reason="Bổ sung"
        )
    return report


NAMES = {
    "silent": "Lê Thị Ánh",
    "drafting": "Thạch Văn Bình",
    "submitted": "Sơn Minh Châu",
    "returned": "Trần Văn Dũng",
    "accepted": "Lâm Thị Em",
    "late": "Kim Thanh Giang",
    "waived": "Danh Văn Hải",
}


def make_quarter(unit: DutyUnit = DutyUnit.PER_OFFICER) -> Quarter:
    """Make the quarter with one officer of one commune each; all had to report but for excuses."""
    regulation = make_regulation(DutyKind.REPORT, DutyKind.COMMITTEE_MEETING)
    Duty.objects.filter(regulation=regulation, kind=DutyKind.REPORT).update(unit=unit)
    period, district = make_period(), make_district("Kế Sách")
    officers = {key: make_officer(name, office="Sở Thử") for key, name in NAMES.items()}
    for index, officer in enumerate(officers.values(), start=1):
        commune = make_commune(f"Tân Thạnh {index}", district=district)
        make_assignment(officer, commune)
    accepted = (ReportMove.ACCEPT, ReportState.ACCEPTED)
    returned = (ReportMove.RETURN, ReportState.RETURNED)
    reports = {
        "drafting": make_report(officers["drafting"], period=period, entered_at=at(IN_TIME)),
        "submitted": make_reported(officers["submitted"], period, IN_TIME),
        "returned": make_reported(officers["returned"], period, IN_TIME, (*returned, LATE)),
        "accepted": make_reported(officers["accepted"], period, IN_TIME, (*accepted, LATE)),
        "late": make_reported(officers["late"], period, LATE, (*accepted, DAY)),
    }
    make_waiver(
        officers["waived"],
        None,
        period,
        duty_kind=DutyKind.REPORT,
        effect=WaiverEffect.WAIVED,
        decided_on=IN_TIME,
    )
    return Quarter(period, officers, reports)


def give_account(officer: Officer) -> User:
    """Give an officer an account of their own."""
    officer.user = make_user(Role.OFFICER)
    officer.save()
    return officer.user
