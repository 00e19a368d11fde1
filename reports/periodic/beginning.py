"""Beginning a report: of a period, filled in from its records; or of something urgent."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Assignment, Officer
from communes.models import Commune
from communes.periods import constraint_sentences
from reports.enums import ReportKind, ReportMove, ReportState
from reports.models import Period, PeriodicReport
from reports.periodic.asked import check_asked
from reports.periodic.events import add_event
from reports.periodic.prefill import prefilled
from reports.periodic.rights import NOT_THEIRS, may_write_for, why_period_locked
from reports.periodic.sections import HAPPENED


def begin_report(
    *, officer: Officer, period: Period, commune: Commune | None, by: User, now: dt.datetime
) -> PeriodicReport:
    """Begin the report of ``period`` with what its records say; give the one there is, if any.

    Raises for who does not act for ``officer``, a period that has not begun or is locked, and a
    report the regulation does not ask of them (:func:`reports.periodic.asked.check_asked`).
    """
    day = timezone.localdate(now)
    refuse_others(by, officer)
    with constraint_sentences(PeriodicReport), transaction.atomic():
        hold(officer)
        rows = PeriodicReport.objects.standing().filter(officer=officer, period=period)
        if there := rows.filter(commune=commune).first():
            return there
        if sentence := why_period_locked(period, by, day):
            raise ValidationError(sentence)
        check_asked(officer, period, commune, day)
        texts = prefilled(officer, period, commune, day)
        report = PeriodicReport(officer=officer, period=period, commune=commune, **texts)
        return written(report, by, now)


def begin_urgent(
    *,
    officer: Officer,
    subject: str,
    commune: Commune | None,
    by: User,
    now: dt.datetime,
    happened: str = "",
) -> PeriodicReport:
    """Begin an urgent report about ``subject``, of one commune or none, with what ``happened``.

    A form sent twice gives the draft its first sending wrote. Raises for who does not act for
    ``officer``, and a commune not theirs today.
    """
    refuse_others(by, officer)
    with constraint_sentences(PeriodicReport), transaction.atomic():
        hold(officer)
        if commune is not None:
            check_held(officer, commune, timezone.localdate(now))
        report = PeriodicReport(
            officer=officer, kind=ReportKind.URGENT, subject=subject, commune=commune
        )
        setattr(report, HAPPENED, happened)
        report.clean_fields()
        return the_same_draft(report, by) or written(report, by, now)


def the_same_draft(report: PeriodicReport, by: User) -> PeriodicReport | None:
    """Give the draft by ``by`` that says, word for word, what a new urgent one would say."""
    said = {name: getattr(report, name) for name in ("subject", "commune", HAPPENED)}
    drafts = PeriodicReport.objects.standing().filter(officer=report.officer, kind=report.kind)
    return drafts.filter(state=ReportState.DRAFT, entered_by=by, **said).first()


def refuse_others(by: User, officer: Officer) -> None:
    if not may_write_for(by, officer):
        raise ValidationError(NOT_THEIRS)


def hold(officer: Officer) -> None:
    """Let nobody else begin a report of ``officer`` until the transaction ends."""
    rows = Officer.objects.select_for_update(no_key=True).filter(pk=officer.pk)
    list(rows.values_list("pk"))


def check_held(officer: Officer, commune: Commune, day: dt.date) -> None:
    """Refuse a commune that ``officer`` does not follow on ``day``."""
    rows = Assignment.objects.active_on(day).filter(officer=officer, commune=commune)
    if not rows.exists():
        raise ValidationError(
            {
                "commune": f"Đồng chí {officer.full_name} không phụ trách {commune.party_body} "
                f"ngày {day:%d/%m/%Y}."
            }
        )


def written(report: PeriodicReport, by: User, now: dt.datetime) -> PeriodicReport:
    """Save a new draft, with its first event."""
    report.entered_by, report.entered_at = by, now
    report.full_clean()
    report.save()
    add_event(report, ReportMove.BEGIN, by=by, now=now)
    audit.record(Verb.CREATE, report, by=by)
    return report
