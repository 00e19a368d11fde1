"""Writing the invented assignments and users, with the log that services would have left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from accounts import audit, clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from assignments.demo.days import moment
from assignments.demo.logins import invent_users
from assignments.demo.world import World
from assignments.models import Assignment, Decision, Officer


def write_world(world: World, seed: int) -> dict[str, User]:
    """Write a world's assignments, users and log; give the users by role."""
    world.assignments.sort(key=lambda row: (row.opening_decision.signed_on, row.started_on))
    for assignment in world.assignments:
        assignment.entered_at = moment(assignment.opening_decision.signed_on, dt.time(14, 30))
    Officer.objects.bulk_create(world.officers)
    Decision.objects.bulk_create(world.decisions)
    Assignment.objects.bulk_create(world.assignments)
    users = save_users(world, seed)
    log = sorted(events(world, users[Role.OFFICE]), key=lambda row: row.at)
    audit.record_all(log)
    return users


def save_users(world: World, seed: int) -> dict[str, User]:
    """Write one user for each role; give them by role."""
    person = shown_officer(world)
    created_at = moment(world.start, dt.time(8))
    users = User.objects.bulk_create(invent_users(seed, person.full_name, created_at, clock.now()))
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
