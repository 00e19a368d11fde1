"""The officer who has a report to write."""

from __future__ import annotations

import pytest

from accounts.enums import Role
from reports.models import PeriodicReport
from reports.periodic import begin_report, submit_report
from tests.reports.periodic.world import IN_TIME, Writer, at, make_writer


@pytest.fixture
def writer(users) -> Writer:
    return make_writer(users)


@pytest.fixture
def draft(users, writer) -> PeriodicReport:
    """Give a report begun by its officer, with something written in it."""
    report = begin_report(
        officer=writer.officer,
        period=writer.period,
        commune=None,
        by=users[Role.OFFICER],
        now=at(IN_TIME),
    )
    report.economy = "Lúa được mùa"
    report.save()
    return report


@pytest.fixture
def submitted(users, draft) -> PeriodicReport:
    """Give it handed in by its officer, in time."""
    return submit_report(report=draft, edition=None, by=users[Role.OFFICER], now=at(IN_TIME))
