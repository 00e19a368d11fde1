"""What the writers were told, and whether the database says the same afterwards."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, models

from accounts.chain import seal_committed, waiting
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.models import Assignment, Attendance, Decision, VisitAttachment
from reports.enums import LegRole
from reports.models import (
    CompetentBody,
    PeriodicReport,
    Petition,
    PetitionCounter,
    PetitionEvent,
    PetitionLeg,
)
from tests.races.acts import Sent
from tests.races.client import Answer


@dataclass
class Ledger:
    """Acts by what became of them; safe to write from several threads."""

    done: list[Sent] = field(default_factory=list)
    maybe: list[Sent] = field(default_factory=list)  # sent, and no answer came
    refused: list[tuple[Sent, str]] = field(default_factory=list)
    busy: list[Sent] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, sent: Sent, answer: Answer | None) -> None:
        """Note what became of one act; ``None``: no answer came."""
        with self.lock:
            if answer is None:
                self.maybe.append(sent)
                return
            self.waits[sent.name].append(answer.seconds)
            if answer.is_done or (sent.name == "write_report" and answer.status == 200):
                self.done.append(sent)
            elif answer.status == 503 and "Máy chủ đang bận" in answer.page:
                self.busy.append(sent)
            elif answer.status in (200, 409):
                self.refuse(sent, answer.sentences())
            else:
                self.wrong.append(f"{sent.name}: {answer.status} {answer.location}")

    def refuse(self, sent: Sent, sentences: list[str]) -> None:
        """Note a refusal, which must say why."""
        self.refused.append((sent, sentences[0] if sentences else ""))
        if not sentences:
            self.wrong.append(f"{sent.name}: refused without a word")

    def marks(self, name: str) -> list[str]:
        return [sent.mark for sent in self.done if sent.name == name]

    def maybes(self, name: str) -> set[str]:
        return {sent.mark for sent in [*self.maybe, *self.busy] if sent.name == name}


# --- afterwards ----------------------------------------------------------------------------------


def faults(ledger: Ledger) -> Iterator[str]:
    """Give in words everything in which ledger and database do not agree."""
    yield from ledger.wrong
    for check in CHECKS:
        for fault in check(ledger):
            yield f"{check.__name__}: {fault}"


def once_each(ledger: Ledger, name: str, found: Counter[str], what: str = "rows") -> Iterator[str]:
    """Give the acts told done that are not there exactly once, and the others there twice."""
    for mark in ledger.marks(name):
        if found[mark] != 1:
            yield f"{name} {mark}: {found[mark]} {what}"
    for mark in ledger.maybes(name):
        if found[mark] > 1:
            yield f"{name} {mark}: {found[mark]} {what}, no answer came"
    refused = {sent.mark for sent, _ in ledger.refused if sent.name == name and sent.mark}
    for mark in refused - set(ledger.marks(name)) - ledger.maybes(name):
        if found[mark]:
            yield f"{name} {mark}: {found[mark]} {what}, though refused"


def counted(rows: models.QuerySet, column: str) -> Counter[str]:
    return Counter(str(value) for value in rows.values_list(column, flat=True))


def audited(model: type[models.Model], keys: set[int], verb: Verb) -> Iterator[str]:
    """Give the rows whose making is not told in the log exactly once."""
    prefix = f"{model._meta.label_lower}:"
    rows = AuditEvent.objects.filter(verb=verb, target_key__startswith=prefix)
    told = counted(rows, "target_key")
    for key in keys:
        if told[f"{prefix}{key}"] != 1:
            yield f"{prefix}{key}: {told[f'{prefix}{key}']} rows of the log"


def visits(ledger: Ledger) -> Iterator[str]:
    yield from once_each(ledger, "visit", counted(Attendance.objects.all(), "entry_key"))
    yield from audited(Attendance, {*Attendance.objects.values_list("pk", flat=True)}, Verb.CREATE)
    of_files = Counter(VisitAttachment.objects.values_list("attendance__entry_key", flat=True))
    for key, number in of_files.items():
        if number != 1:
            yield f"{key}: {number} files"
    if len(of_files) != Attendance.objects.count():
        yield "a visit without its file"


def files(ledger: Ledger) -> Iterator[str]:
    """Every row of a file has the whole file."""
    for stored in VisitAttachment.objects.all():
        path = Path(settings.MEDIA_ROOT) / stored.file.name
        if not path.exists() or path.stat().st_size != stored.size:
            yield f"{stored.file.name}: missing or cut short"


def petitions(ledger: Ledger) -> Iterator[str]:
    rows = Petition.objects.filter(entry_key__isnull=False)
    yield from once_each(ledger, "petition", counted(rows, "entry_key"))
    yield from audited(Petition, {*rows.values_list("pk", flat=True)}, Verb.CREATE)
    for counter in PetitionCounter.objects.all():
        numbers = Petition.objects.filter(year=counter.year).order_by("number")
        given = [*numbers.values_list("number", flat=True)]
        if given != [*range(1, counter.last + 1)]:
            yield f"numbers of {counter.year}: {len(given)} given, the last {counter.last}"


def decisions(ledger: Ledger) -> Iterator[str]:
    opened = counted(
        Assignment.objects.filter(opening_decision__isnull=False), "opening_decision__number"
    )
    for name in ("assign", "hand_over", "support"):
        yield from once_each(ledger, name, opened, "assignments")
    refused = {sent.mark for sent, _ in ledger.refused if sent.name in ("assign", "hand_over")}
    left = Decision.objects.filter(number__in=refused).count()
    if left:
        yield f"{left} decisions of what was refused"


def contests(ledger: Ledger) -> Iterator[str]:
    """Of the writers of one contest one succeeded."""
    for name in ("assign", "hand_over", "route"):
        winners = Counter(sent.contest for sent in ledger.done if sent.name == name)
        for contest, number in winners.items():
            if number != 1:
                yield f"{name} {contest}: {number} succeeded"


def routes(ledger: Ledger) -> Iterator[str]:
    legs = PetitionLeg.objects.filter(role=LegRole.LEAD)
    yield from once_each(ledger, "route", counted(legs, "reference"))
    leading = Counter(legs.filter(ended_on=None).values_list("petition", flat=True))
    yield from (f"petition {key}: {n} leads" for key, n in leading.items() if n != 1)


def notes(ledger: Ledger) -> Iterator[str]:
    found = Counter(
        note.removeprefix("Ý kiến ")
        for note in PetitionEvent.objects.filter(act="note").values_list("note", flat=True)
    )
    yield from once_each(ledger, "note", found)
    editions = Petition.objects.annotate(acts=models.Count("events"))
    for petition in editions:
        if petition.edition != petition.acts:
            yield f"{petition}: edition {petition.edition} of {petition.acts} acts"


def reports(ledger: Ledger) -> Iterator[str]:
    """A section holds a text that was told saved, or one sent that got no answer."""
    saved, sent = (defaultdict(set) for _ in range(2))
    for found, marks in (
        (saved, ledger.marks("write_report")),
        (sent, ledger.maybes("write_report")),
    ):
        for key, section, text in map(str.split, marks):
            found[key, section].add(text)
    for key, section in {*saved, *sent}:
        stored = getattr(PeriodicReport.objects.get(pk=key), section)
        possible = saved[key, section] | sent[key, section]
        if stored not in possible and (stored or saved[key, section]):
            yield f"report {key}, {section}: {stored!r} was never sent"


def bodies(ledger: Ledger) -> Iterator[str]:
    """Each renaming that was told done is in the log, each from the name before."""
    rows = AuditEvent.objects.filter(
        target_key__startswith=CompetentBody._meta.label_lower, verb=Verb.CHANGE
    )
    yield from once_each(ledger, "change_body", counted(rows, "reason"))
    for body in CompetentBody.objects.all():
        names = rows.filter(target_key__endswith=f":{body.pk}").order_by("pk")
        steps = [(row.before.get("tên cơ quan"), row.after.get("tên cơ quan")) for row in names]
        for (_, after), (before, _) in pairwise(steps):
            if after != before:
                yield f"{body}: {after} became {before} in between"


def mains(ledger: Ledger) -> Iterator[str]:
    """No commune has two main officers on one day."""
    rows = Assignment.objects.filter(role="main").order_by("commune", "started_on")
    spans: dict[int, list] = defaultdict(list)
    for key, start, end in rows.values_list("commune", "started_on", "ended_on"):
        if start != end:
            spans[key].append((start, end))
    for key, periods in spans.items():
        for (_, end), (start, _) in pairwise(periods):
            if end is None or end > start:
                yield f"commune {key} has two main officers"


def database(ledger: Ledger) -> Iterator[str]:
    """The database itself finds nothing wrong."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            yield from (str(row) for row in cursor.fetchall() if row != ("ok",))
            cursor.execute("PRAGMA foreign_key_check")
            yield from (str(row) for row in cursor.fetchall())
    connection.check_constraints()


def log_chain(ledger: Ledger) -> Iterator[str]:
    """The chain of the log holds, and sealing catches up with what a kill left unsealed."""
    seal_committed()
    try:
        call_command("check_audit_log", stdout=StringIO())
    except (CommandError, SystemExit) as error:
        yield str(error)
    if waiting().exists():
        yield "rows of the log without a seal"


def records(ledger: Ledger) -> Iterator[str]:
    """Every row obeys its constraints as validation knows them."""
    for model in (Assignment, Attendance, Petition, PetitionLeg, PeriodicReport):
        for row in model.objects.all():
            try:
                row.validate_constraints()
            except ValidationError as error:
                yield f"{row}: {error}"


CHECKS: tuple[Callable[[Ledger], Iterator[str]], ...] = (
    visits,
    files,
    petitions,
    decisions,
    contests,
    routes,
    notes,
    reports,
    bodies,
    mains,
    database,
    log_chain,
    records,
)
