"""Taking a reorganisation back, as long as nothing new hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Assignment, ReassignmentPlan
from assignments.services import hold
from communes.models import Commune, Descent, PartyCell, Reorganisation, Succession
from communes.periods import constraint_sentences
from communes.reorganisation.units import abolish
from reports.models import FrozenFigures
from reports.reorganising.applying import one_at_a_time
from reports.reorganising.journal import (
    CREATED,
    Entry,
    by_table,
    changed_since,
    chunks,
    put_back,
)
from reports.reorganising.records import LATE, keys_to

NOT_IN_FORCE = "Lần sắp xếp này không còn hiệu lực, không có gì để hoàn tác."
NEEDS_REASON = "Hoàn tác thì phải ghi lý do."
MOST_NAMED = 5


@dataclass(frozen=True)
class Hindrance:
    """Things of one kind that hang on a reorganisation; ``named`` are the first of them."""

    kind: str
    number: int
    named: tuple[str, ...]

    def __str__(self) -> str:
        more = f" và {self.number - len(self.named)} mục khác" if self.is_cut else ""
        return f"{self.kind} ({self.number}): {'; '.join(self.named)}{more}."

    @property
    def is_cut(self) -> bool:
        return self.number > len(self.named)


def hindrances(reorganisation: Reorganisation) -> list[Hindrance]:
    """Give everything that would lose its ground; nothing when it can be undone."""
    if (after := later(reorganisation)).number:
        return [after]  # all else may come of these
    entries: list[Entry] = reorganisation.journal
    found = [*referring(entries), *altered(entries), *after_it(reorganisation)]
    return [one for one in found if one.number]


def told(kind: str, words: Iterable[object]) -> Hindrance:
    words = [str(word) for word in words]
    return Hindrance(f"{kind[:1].upper()}{kind[1:]}", len(words), tuple(words[:MOST_NAMED]))


def later(reorganisation: Reorganisation) -> Hindrance:
    """Give the reorganisations that went on from the new units: they are undone first."""
    new = reorganisation.successions.values("new")
    events = Reorganisation.objects.in_force().filter(successions__old__in=new).distinct()
    return told("lần sắp xếp sau", events)


def referring(entries: list[Entry]) -> Iterator[Hindrance]:
    """Give the rows that refer to what was created, and were not written by the application."""
    created = {
        model: {entry["pk"] for entry in noted if entry["act"] == CREATED}
        for model, noted in by_table(entries).items()
    }
    own = {model: {entry["pk"] for entry in noted} for model, noted in by_table(entries).items()}
    rows: dict[type[models.Model], set[int]] = defaultdict(set)
    for model, column in keys_to(Commune, PartyCell, Assignment):
        if model in (Succession, Descent):
            continue
        for some in chunks(created.get(column.related_model, ())):
            found = model._base_manager.filter(**{f"{column.attname}__in": some})
            rows[model].update(found.values_list("pk", flat=True))
    for model, keys in rows.items():
        yield named(model, sorted(keys - own.get(model, set())))


def named(model: type[models.Model], keys: list[int]) -> Hindrance:
    """Name rows of one model; one at a time, there are at most a few."""
    first = [str(model._base_manager.get(pk=key)) for key in keys[:MOST_NAMED]]
    kind = str(model._meta.verbose_name)
    return Hindrance(f"{kind[:1].upper()}{kind[1:]} ghi sau khi sắp xếp", len(keys), tuple(first))


def altered(entries: list[Entry]) -> Iterator[Hindrance]:
    """Give the rows the application wrote that have been changed since."""
    for model, noted in by_table(changed_since(entries)).items():
        words = dict.fromkeys(entry["told"].partition(": ")[2] for entry in noted)
        yield told(f"{model._meta.verbose_name} đã thay đổi sau khi sắp xếp", words)


def after_it(reorganisation: Reorganisation) -> Iterator[Hindrance]:
    """Give what names units without a key to them: figures frozen and plans computed since."""
    since, day = reorganisation.applied_at, reorganisation.effective_on
    frozen = FrozenFigures.objects.filter(frozen_at__gt=since, review__day__gte=day)
    yield told("số liệu sơ kết đã chốt", frozen.select_related("review"))
    plans = ReassignmentPlan.objects.drafts().filter(entered_at__gt=since, starts_on__gte=day)
    yield told("phương án phân công đang chuẩn bị", plans)


def undo_reorganisation(*, reorganisation: Reorganisation, reason: str, by: User) -> Reorganisation:
    """Write everything as it was before the application, exactly.

    Raises ``ValidationError`` without a reason, when it is not in force, or when anything new
    hangs on it (which is named). The reorganisation stays, with its journal.
    """
    if not reason.strip():
        raise ValidationError(NEEDS_REASON, code="reason")
    written = [Commune, Assignment, PartyCell, *(late.model for late in LATE)]
    with constraint_sentences(*written), transaction.atomic():
        one_at_a_time()
        current = Reorganisation.objects.get(pk=reorganisation.pk)
        if not current.is_in_force:
            raise ValidationError(NOT_IN_FORCE, code="not_in_force")
        successions = current.successions.all()
        hold(Commune(pk=key) for pair in successions.values_list("old", "new") for key in pair)
        if found := hindrances(current):
            raise ValidationError([str(one) for one in found], code="hindered")
        put_back([one for one in current.journal if one["table"] != Commune._meta.label_lower])
        abolish(current)
        current.undone_at, current.undo_reason = clock.now(), reason
        current.full_clean()
        current.save(update_fields=["undone_at", "undo_reason"])
        audit.record_all(
            [*undone(current, by), audit.event(Verb.UNDO, current, by=by, reason=reason)]
        )
    return current


def undone(reorganisation: Reorganisation, by: User) -> Iterator:
    """Give a row of the log for everything put back."""
    for entry in reorganisation.journal:
        event = audit.event(Verb.UNDO, entry["told"], by=by, reason=reorganisation.undo_reason)
        event.target_key = f"{entry['table']}:{entry['pk']}"
        yield event
