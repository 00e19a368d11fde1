"""Which decision a row goes by: one already recorded, or a new one."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable

from assignments.models import Decision
from assignments.roster.reading import Reading
from assignments.roster.roster import Roster
from communes import names


def number_key(number: str) -> str:
    """Give the form in which two spellings of one number are equal: "512 - QĐ/TU"."""
    return re.sub(r"\s+", "", names.match_key(number))


class DecisionBook:
    """The decisions known, and those the roster brings.

    A number without a date is that of the title block, of another row, or of the recorded
    decision nearest in time. A recorded decision without a date receives the one the list gives.
    """

    def __init__(self, decisions: Iterable[Decision], roster: Roster, readings: Iterable[Reading]):
        self.known: dict[str, list[Decision]] = defaultdict(list)
        for decision in decisions:
            self.known[number_key(decision.number)].append(decision)
        self.title = (roster.decision_number, roster.signed_on)
        self.written_dates: dict[str, set[dt.date]] = defaultdict(set)
        pairs = [self.title, *((r.decision_number, r.signed_on) for r in readings)]
        for number, signed_on in pairs:
            if number and signed_on:
                self.written_dates[number_key(number)].add(signed_on)
        self.dated: dict[Decision, dt.date] = {}

    def decision_of(self, reading: Reading) -> Decision | None:
        """Give the row's decision, else the title block's, else ``None``; new ones unsaved."""
        number, signed_on = reading.decision_number, reading.signed_on
        if not number:
            number, signed_on = self.title
        if not number:
            return None
        return self.find(number, signed_on or self.only_date(number), reading.started_on)

    def only_date(self, number: str) -> dt.date | None:
        dates = self.written_dates[number_key(number)]
        return next(iter(dates)) if len(dates) == 1 else None

    def find(self, number: str, signed_on: dt.date | None, near: dt.date) -> Decision:
        known = self.known[number_key(number)]
        if signed_on is None:
            found = min(known, key=lambda decision: distance(decision, near), default=None)
        else:
            found = next((d for d in known if self.date_of(d) == signed_on), None)
            found = found or self.undated(known, signed_on)
        if found is None:
            found = Decision(number=names.normalise(number), signed_on=signed_on)
            known.append(found)
        return found

    def date_of(self, decision: Decision) -> dt.date | None:
        return self.dated.get(decision, decision.signed_on) if decision.pk else decision.signed_on

    def undated(self, known: list[Decision], signed_on: dt.date) -> Decision | None:
        """Give the recorded decision that lacks a date, noting the date it receives."""
        for decision in known:
            if decision.pk and self.date_of(decision) is None:
                self.dated[decision] = signed_on
                return decision
        return None


def distance(decision: Decision, day: dt.date) -> int:
    """Give how far a decision is from ``day``; one without a date is farthest."""
    return abs((decision.signed_on - day).days) if decision.signed_on else 10**6
