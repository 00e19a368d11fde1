"""Writing the invented world, with the log that services would have left, and finding it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from assignments.demo.logins import LOGINS, invent_users
from assignments.demo.world import COMMUNES, World, invent_world, two_years_before
from assignments.models import Assignment, Decision, Officer
from communes.gazetteer import load_communes
from communes.models import Commune

MARK = "Dữ liệu minh họa"
NOT_EMPTY = (
    "Cơ sở dữ liệu đã có {found}; dữ liệu minh họa chỉ nạp vào cơ sở dữ liệu trống. Không ghi gì."
)
OTHER_WORLD = (
    "Đã có dữ liệu minh họa khác (hạt giống {0.seed}, ngày {0.day:%d/%m/%Y}). Không ghi gì."
)
WRONG_COMMUNES = (
    "Dữ liệu minh họa cần đủ {wanted} xã, phường, thị trấn của danh mục kèm theo, "
    "tồn tại suốt từ {start:%d/%m/%Y} đến {day:%d/%m/%Y}; hiện có {found}. Không ghi gì."
)


@dataclass(frozen=True)
class Made:
    """Which world was written here."""

    seed: int
    day: dt.date


def find_world() -> Made | None:
    """Give the world written into this database, or ``None``."""
    mark = AuditEvent.objects.filter(verb=Verb.IMPORT, target=MARK).first()
    if mark is None:
        return None
    return Made(mark.after["hạt giống"], dt.date.fromisoformat(mark.after["ngày"]))


def what_is_here() -> str:
    """Name the first kind of record that a demonstration must not be mixed with; "" if none."""
    for model in (Officer, Decision, Assignment, User):
        if model.objects.exists():
            return str(model._meta.verbose_name)
    return ""


@transaction.atomic
def write_world(seed: int, day: dt.date) -> bool:
    """Write the world of ``seed`` and ``day``; give ``False`` when it is already here.

    Raises ``ValidationError`` with a sentence, and writes nothing, when the database holds
    anything else.
    """
    made = find_world()
    if made == Made(seed, day):
        return False
    if made:
        raise ValidationError(OTHER_WORLD.format(made))
    if found := what_is_here():
        raise ValidationError(NOT_EMPTY.format(found=found))
    if not Commune.objects.exists():
        load_communes()
    save(invent_world(seed, day, communes_throughout(day), signer=LOGINS[0].full_name), seed)
    return True


def communes_throughout(day: dt.date) -> list[Commune]:
    """Give the communes existing from the world's first day to ``day``, by district and name."""
    start = two_years_before(day)
    communes = list(Commune.objects.existing_on(start).existing_on(day))
    if len(communes) != COMMUNES:
        raise ValidationError(
            WRONG_COMMUNES.format(wanted=COMMUNES, start=start, day=day, found=len(communes))
        )
    return communes


def save(world: World, seed: int) -> None:
    """Write a world's rows, users and log."""
    world.assignments.sort(key=lambda row: (row.opening_decision.signed_on, row.started_on))
    for assignment in world.assignments:
        assignment.entered_at = moment(assignment.opening_decision.signed_on, dt.time(14, 30))
    Officer.objects.bulk_create(world.officers)
    Decision.objects.bulk_create(world.decisions)
    Assignment.objects.bulk_create(world.assignments)
    users = save_users(world, seed)
    log = sorted(events(world, users[Role.OFFICE]), key=lambda row: row.at)
    AuditEvent.objects.bulk_create([*log, mark(world, seed)])


def save_users(world: World, seed: int) -> dict[str, User]:
    """Write one user for each role; give them by role."""
    person = shown_officer(world)
    created_at = moment(world.start, dt.time(8))
    users = User.objects.bulk_create(invent_users(seed, person.full_name, created_at))
    by_role = {user.role: user for user in users}
    person.user = by_role[Role.OFFICER]
    person.save()
    person.assistants.add(by_role[Role.ASSISTANT])
    return by_role


def shown_officer(world: World) -> Officer:
    """Choose the officer to log in as: two communes today, one of them taken over."""
    for assignment in world.assignments:
        active = [row for row in world.of(assignment.officer) if row.is_active_on(world.day)]
        if len(active) == 2 and assignment in active and assignment.started_on > world.start:
            return assignment.officer
    raise LookupError("No officer took over a second commune.")


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """Give that time of that day in the office's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, time))


def mark(world: World, seed: int) -> AuditEvent:
    """Give the row by which this world is found again."""
    after = {"hạt giống": seed, "ngày": world.day.isoformat()}
    return audit.event(Verb.IMPORT, MARK, by=None, after=after, at=moment(world.day, dt.time(0)))


def events(world: World, by: User) -> Iterator[AuditEvent]:
    """Give the log rows that the services would have written, each dated as it was entered."""
    for decision in world.decisions:
        at = moment(decision.signed_on, dt.time(14))
        yield audit.event(Verb.CREATE, decision, by=by, after=audit.snapshot(decision), at=at)
    for assignment in world.assignments:
        yield from assignment_events(assignment, by)
        yield from hand_over_events(assignment, world.assignments, by)


def assignment_events(assignment: Assignment, by: User) -> Iterator[AuditEvent]:
    """Give the row of opening an assignment, and of closing it under a decision."""
    now = audit.snapshot(assignment)
    if assignment.closing_decision is None:
        yield audit.event(Verb.ASSIGN, assignment, by=by, after=now, at=assignment.entered_at)
        return
    opened = audit.snapshot(as_opened(assignment))
    old, new = audit.difference(opened, now)
    closed_at = moment(assignment.closing_decision.signed_on, dt.time(14, 40))
    yield audit.event(Verb.ASSIGN, assignment, by=by, after=opened, at=assignment.entered_at)
    yield audit.event(Verb.END, assignment, by=by, before=old, after=new, at=closed_at)


def as_opened(assignment: Assignment) -> Assignment:
    """Give the row as it was before it was closed."""
    return Assignment(
        officer=assignment.officer,
        commune=assignment.commune,
        role=assignment.role,
        started_on=assignment.started_on,
        opening_decision=assignment.opening_decision,
        entered_at=assignment.entered_at,
    )


def hand_over_events(
    ended: Assignment, assignments: list[Assignment], by: User
) -> Iterator[AuditEvent]:
    """Give the row of handing over, when the same decision gave the commune to somebody else."""
    for new in assignments:
        same = new.commune_id == ended.commune_id and new.role == ended.role
        if same and ended.closing_decision and new.opening_decision is ended.closing_decision:
            yield audit.event(
                Verb.HAND_OVER,
                ended.commune,
                by=by,
                before={"cán bộ": str(ended.officer)},
                after={"cán bộ": str(new.officer)},
                at=moment(ended.closing_decision.signed_on, dt.time(14, 50)),
            )
