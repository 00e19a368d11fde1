"""To whom petitions go: one leading body at a time, others beside it; how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assignments.bulk import all_or_none
from communes.periods import constraint_sentences
from reports.enums import PETITION_MOVES, LegRole, PetitionAct
from reports.models import CompetentBody, Petition, PetitionEvent, PetitionField, PetitionLeg
from reports.petitions.events import Deed, held, take_up, write
from reports.petitions.facts import Route

NOT_THERE = "{body} không hoạt động ngày {on:%d/%m/%Y}."
BESIDE_ITSELF = "{body} không thể vừa chủ trì vừa phối hợp."
NO_LEAD = "{petition} hiện không có cơ quan chủ trì nên không gia hạn được."
NOT_LONGER = "Hạn mới phải sau hạn trả lời hiện nay, ngày {due_on:%d/%m/%Y}."
DUE_PASSED = "Hạn mới không được trước hôm nay."
NEW_DUE = "Hạn mới {new:%d/%m/%Y}, trước đó {old:%d/%m/%Y}. {note}"
HAS_IT = "{petition}: {body} đang chủ trì xử lý rồi."
TABLES = (Petition, PetitionEvent, PetitionLeg)

Editions = Mapping[int, int]  # the edition that was read of each petition, by key


def default_due(field: PetitionField, on: dt.date) -> dt.date:
    """Give the day by which a petition of ``field`` routed on ``on`` is to be answered."""
    return on + dt.timedelta(days=field.limit_days)


def route_petitions(
    *,
    petitions: Sequence[Petition],
    route: Route,
    by: User,
    now: dt.datetime,
    editions: Editions | None = None,
) -> list[Petition]:
    """Send petitions to a body, or to another one than has them now (DOMAIN R25).

    The body that had one until then ends with it on that day; those beside it stay. All or none;
    raises :class:`~assignments.bulk.RowErrors`, and ``ValidationError`` for the route as such.
    """
    editions = editions or {}
    with transaction.atomic():
        check_route(route)
        current = held(petitions)
        return all_or_none(
            (
                partial(send, current[petition.pk], route, by, now, editions.get(petition.pk))
                for petition in petitions
            ),
            Petition,
        )


def check_route(route: Route) -> None:
    """Refuse bodies that are not there on the day, and one that would be both."""
    bodies = [route.body, *route.coordinating]
    found = {*CompetentBody.objects.existing_on(route.on).filter(pk__in=[b.pk for b in bodies])}
    for body in bodies:
        if body not in found:
            raise ValidationError({"body": NOT_THERE.format(body=body, on=route.on)})
    if route.body in route.coordinating:
        raise ValidationError({"coordinating": BESIDE_ITSELF.format(body=route.body)})


def send(
    petition: Petition, route: Route, by: User, now: dt.datetime, edition: int | None
) -> Petition:
    """Send one held petition."""
    with constraint_sentences(*TABLES), transaction.atomic():
        deed = Deed(PetitionAct.ROUTE, by, now, on=route.on, note=route.note, body=route.body)
        standing = take_up(petition, deed, edition)
        begin_legs(petition, route, by, now)
        write(petition, deed, standing, state=PETITION_MOVES[PetitionAct.ROUTE].target)
    return petition


def begin_legs(petition: Petition, route: Route, by: User, now: dt.datetime) -> None:
    """End the legs that give way to the route, and begin its own."""
    going = {
        leg.body_id: leg
        for leg in PetitionLeg.objects.filter(petition=petition, ended_on__isnull=True)
    }
    holder = going.get(route.body.pk)
    if holder and holder.role == LegRole.LEAD:
        raise ValidationError({"body": HAS_IT.format(petition=petition, body=route.body)})
    for leg in list(going.values()):
        if leg.role == LegRole.LEAD or leg is holder:
            end_leg(going.pop(leg.body_id), route.on)
    beside = [body for body in dict.fromkeys(route.coordinating) if body.pk not in going]
    roles = [(route.body, LegRole.LEAD)] + [(body, LegRole.COORDINATING) for body in beside]
    due_on = route.due_on or default_due(petition.field, route.on)
    for body, role in roles:
        leg = PetitionLeg(
            petition=petition,
            body=body,
            role=role,
            started_on=route.on,
            held_since=route.on,
            due_on=due_on,
            reference=route.reference,
            entered_by=by,
            entered_at=now,
        )
        leg.clean_fields(exclude=["petition", "body", "entered_by"])
        leg.save()


def end_leg(leg: PetitionLeg, on: dt.date) -> None:
    leg.ended_on = on
    leg.save(update_fields=["ended_on"])


def end_legs(petition: Petition, on: dt.date) -> None:
    """End every leg that goes on: nobody has the petition any more."""
    petition.legs.filter(ended_on__isnull=True).update(ended_on=on)


def extend_petition(
    *,
    petition: Petition,
    due_on: dt.date,
    note: str,
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> Petition:
    """Give the leading body until ``due_on`` to answer, for a reason.

    Its leg ends today and another begins: on the days before it was due as it was then.
    """
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held([petition])[petition.pk]
        deed = Deed(PetitionAct.EXTEND, by, now, note=note)
        standing = take_up(current, deed, edition)
        leg = PetitionLeg.objects.leading().filter(petition=current, ended_on__isnull=True).first()
        check_longer(current, leg, due_on, deed.day)
        said = NEW_DUE.format(new=due_on, old=leg.due_on, note=note)
        extend_leg(leg, due_on, deed)
        write(current, replace(deed, body=leg.body, note=said), standing)
    return current


def check_longer(
    petition: Petition, leg: PetitionLeg | None, due_on: dt.date, today: dt.date
) -> None:
    """Refuse what gives nobody more time."""
    if leg is None:
        raise ValidationError(NO_LEAD.format(petition=petition))
    if due_on <= leg.due_on:
        raise ValidationError({"due_on": NOT_LONGER.format(due_on=leg.due_on)})
    if due_on < today:
        raise ValidationError({"due_on": DUE_PASSED})


def extend_leg(leg: PetitionLeg, due_on: dt.date, deed: Deed) -> None:
    """End a leg on the day of ``deed``, and go on with the same body from there."""
    end_leg(leg, deed.day)
    PetitionLeg.objects.create(
        petition=leg.petition,
        body=leg.body,
        role=leg.role,
        started_on=deed.day,
        held_since=leg.held_since,
        due_on=due_on,
        reference=leg.reference,
        entered_by=deed.by,
        entered_at=deed.now,
    )


def note_progress(
    *,
    petition: Petition,
    act: PetitionAct,
    on: dt.date,
    note: str,
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> Petition:
    """Note that the body considers the petition, or has begun to resolve it."""
    if act not in (PetitionAct.CONSIDER, PetitionAct.START):
        raise ValueError(act)
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held([petition])[petition.pk]
        deed = Deed(act, by, now, on=on, note=note)
        standing = take_up(current, deed, edition)
        write(current, deed, standing, state=PETITION_MOVES[act].target)
    return current
