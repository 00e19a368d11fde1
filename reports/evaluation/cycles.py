"""Cycles of evaluation: which are suggested, opening one, who is in it and who is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.enums import PeriodKind
from assignments.models import Assignment, Officer
from communes.periods import constraint_sentences, overlaps
from reports.enums import CycleKind
from reports.evaluation.rules import held, why_not_in_use
from reports.evaluation.telling import tell_opened
from reports.evaluation.terms import Term, terms_in
from reports.models import CommitteeTerm, Evaluation, EvaluationCycle, EvaluationRules, Period

DAYS_TO_RATE = 10  # offered after the last day of a cycle
SAME_KIND = {
    CycleKind.QUARTER: PeriodKind.QUARTER,
    CycleKind.HALF_YEAR: PeriodKind.HALF_YEAR,
    CycleKind.YEAR: PeriodKind.YEAR,
}
NOBODY = "Chưa có cán bộ nào giữ địa bàn từ {least} ngày trở lên trong kỳ này."
DUE_TOO_EARLY = "Hạn tự đánh giá phải từ ngày đầu kỳ trở đi."
TOO_SHORT = "Giữ địa bàn {days} ngày trong kỳ, ít hơn {least} ngày."
NOT_ANSWERING = "Tham gia cùng, không phải người phụ trách chính hoặc tạm thời."
ENTERED_LATER = "Phân công được ghi sau khi mở kỳ; bổ sung vào kỳ nếu đánh giá."


@dataclass(frozen=True)
class CycleFacts:
    """What a cycle is: its days (``ended_on`` is the day after the last) and the rules it keeps."""

    kind: str
    name: str
    started_on: dt.date
    ended_on: dt.date
    self_rating_due_on: dt.date
    rules: EvaluationRules | None = None


@dataclass(frozen=True)
class LeftOut:
    """Somebody who followed a commune in a cycle and is not evaluated, and why."""

    officer: Officer
    days: int
    why: str
    may_be_added: bool = False


# --- which are suggested -------------------------------------------------------------------------


def suggested_cycles(day: dt.date, most: int = 12) -> list[CycleFacts]:
    """Give the latest cycles begun by ``day`` that are not open yet, the newest first.

    Days and names are those of the periods, and of the committee's term.
    """
    opened = set(EvaluationCycle.objects.values_list("kind", "started_on"))
    offered = [*from_periods(day), *from_terms(day)]
    fresh = [one for one in offered if (one.kind, one.started_on) not in opened]
    return sorted(fresh, key=lambda one: one.ended_on, reverse=True)[:most]


def from_periods(day: dt.date) -> Iterator[CycleFacts]:
    kinds = {period: cycle for cycle, period in SAME_KIND.items()}
    for period in Period.objects.begun_by(day).filter(kind__in=kinds):
        yield offered(kinds[period.kind], str(period), period.started_on, period.ended_on)


def from_terms(day: dt.date) -> Iterator[CycleFacts]:
    known_end = CommitteeTerm.objects.filter(started_on__lte=day, ended_on__isnull=False)
    for term in known_end:
        yield offered(CycleKind.TERM, str(term), term.started_on, term.ended_on)


def offered(kind: CycleKind, name: str, since: dt.date, until: dt.date) -> CycleFacts:
    due = until + dt.timedelta(days=DAYS_TO_RATE - 1)
    return CycleFacts(kind.value, name, since, until, due)


# --- opening -------------------------------------------------------------------------------------


def open_cycle(*, facts: CycleFacts, by: User, now: dt.datetime) -> EvaluationCycle:
    """Open a cycle with an evaluation of everybody long enough in post; tell them.

    Refused with a sentence: rules no longer in use, a cycle of that kind on some of the days,
    nobody to evaluate.
    """
    with constraint_sentences(EvaluationCycle, Evaluation), transaction.atomic():
        rules = held(facts.rules)
        if sentence := why_not_in_use(rules, timezone.localdate(now)):
            raise ValidationError({"rules": sentence})
        cycle = EvaluationCycle(**columns(facts), entered_by=by, entered_at=now)
        cycle.full_clean()
        if cycle.self_rating_due_on < cycle.started_on:
            raise ValidationError({"self_rating_due_on": DUE_TOO_EARLY})
        cycle.save()
        made = add_evaluations(cycle, by, now)
        if not made:
            raise ValidationError(NOBODY.format(least=rules.least_days))
        audit.record(
            Verb.CREATE, cycle, by=by, after=audit.snapshot(cycle) | {"số cán bộ": len(made)}
        )
    return cycle


def columns(facts: CycleFacts) -> dict[str, object]:
    """Give ``facts`` by column, the rules as the record they are."""
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def add_missing(*, cycle: EvaluationCycle, by: User, now: dt.datetime) -> list[Evaluation]:
    """Add those whose assignments were entered after the cycle was opened; give what was added."""
    with constraint_sentences(Evaluation), transaction.atomic():
        rows = EvaluationCycle.objects.select_for_update(of=("self",), no_key=True)
        current = rows.select_related("rules").get(pk=cycle.pk)
        made = add_evaluations(current, by, now)
        if made:
            names = ", ".join(one.officer.full_name for one in made)
            audit.record(Verb.CHANGE, current, by=by, after={"bổ sung cán bộ": names})
    return made


def add_evaluations(cycle: EvaluationCycle, by: User, now: dt.datetime) -> list[Evaluation]:
    """Begin the evaluation of everybody who has none and is :func:`long_enough` in post."""
    present = set(cycle.evaluations.values_list("officer", flat=True))
    wanted = long_enough(terms_in(cycle), cycle) - present
    officers = Officer.objects.filter(pk__in=wanted).select_related("user")
    made = [Evaluation(cycle=cycle, officer=officer) for officer in officers]
    Evaluation.objects.bulk_create(made)
    tell_opened(made, by=by, now=now)
    return made


def long_enough(terms: dict[int, Term], cycle: EvaluationCycle) -> set[int]:
    """Give the officers who answered for some commune for as many days as the rules ask."""
    return {officer for officer, term in terms.items() if term.days >= cycle.rules.least_days}


# --- who is left out -----------------------------------------------------------------------------


def left_out(cycle: EvaluationCycle) -> list[LeftOut]:
    """Give who followed a commune in ``cycle`` and has no evaluation in it, by name, with why."""
    terms = terms_in(cycle)
    followed = Assignment.objects.filter(overlaps(cycle.started_on, cycle.ended_on))
    officers = Officer.objects.filter(pk__in=followed.values("officer"))
    rest = officers.exclude(pk__in=cycle.evaluations.values("officer"))
    return list(reasons(rest, terms, cycle.rules.least_days))


def reasons(officers: Iterable[Officer], terms: dict[int, Term], least: int) -> Iterator[LeftOut]:
    for officer in officers:
        days = terms.get(officer.pk, Term()).days
        if days >= least and days:
            yield LeftOut(officer, days, ENTERED_LATER, may_be_added=True)
        elif days:
            yield LeftOut(officer, days, TOO_SHORT.format(days=days, least=least))
        else:
            yield LeftOut(officer, 0, NOT_ANSWERING)
