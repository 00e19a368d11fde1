"""Dossiers opened, given a receiver and taken away again as assignments end and begin."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.enums import COVERING_ROLES
from assignments.models import Assignment, Departure
from communes.models import Descent
from reports.enums import SETTLED_HANDOVERS, HandoverState
from reports.handing_over.giving_back import give_back
from reports.models import Handover

BEGUN_ALREADY = (
    "Hồ sơ bàn giao {place} của đồng chí {name} đã có nội dung (tình trạng “{state}”) nên phân "
    "công này không trở lại như trước được. Mở hồ sơ bàn giao để xử lý trước."
)


class Dossiers:
    """The follower of :mod:`assignments.following` that keeps hand-over dossiers."""

    def begun(self, made: Assignment, *, by: User | None) -> None:
        """Name ``made`` the receiver of what its commune's last officer could give to nobody."""
        if made.role not in COVERING_ROLES:
            return
        past = Descent.objects.main().on(made.started_on).filter(new=made.commune_id)
        waiting = unsettled().filter(
            Q(outgoing__commune=made.commune_id) | Q(outgoing__commune__in=past.values("old")),
            incoming__isnull=True,
            outgoing__ended_on__isnull=False,
        )
        for handover in waiting.exclude(outgoing__officer=made.officer_id):
            receive(handover, made, by)

    def handed_on(
        self,
        ended: Assignment,
        successor: Assignment | None,
        *,
        departure: Departure | None,
        by: User | None,
    ) -> None:
        """Open the dossier of an assignment that made its commune covered."""
        if ended.role not in COVERING_ROLES:
            return
        for handover in unsettled().filter(incoming=ended.pk):
            receive(handover, successor, by)
        open_dossier(ended, successor, departure, by)

    def undone(self, assignment: Assignment, *, by: User | None) -> None:
        """Let go of an assignment that goes back to how it was; refuse where people acted on it."""
        for handover in Handover.objects.with_parties().filter(incoming=assignment.pk):
            if handover.state in (*SETTLED_HANDOVERS, HandoverState.OFFERED):
                refuse(handover)
            receive(handover, None, by)
        for handover in Handover.objects.with_parties().filter(outgoing=assignment.pk):
            if handover.state in (*SETTLED_HANDOVERS, HandoverState.OFFERED):
                refuse(handover)
            give_back(handover, by)
            put_away(handover, by)


def put_away(handover: Handover, by: User | None) -> None:
    """Remove a dossier nothing was done with; one with a history waits, with nobody to take it."""
    if handover.events.exists():
        handover.departure = None
        receive(handover, None, by)
        return
    audit.record(Verb.CANCEL, handover, by=by, before=audit.snapshot(handover))
    Handover.objects.filter(pk=handover.pk).delete()


def unsettled() -> QuerySet[Handover]:
    """Give the dossiers nobody has accepted or closed, each held until the transaction ends."""
    rows = Handover.objects.exclude(state__in=SETTLED_HANDOVERS).with_parties()
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def open_dossier(
    ended: Assignment, successor: Assignment | None, departure: Departure | None, by: User | None
) -> Handover:
    """Write the dossier of an assignment that ended; one it had before is taken up again."""
    earlier = Handover.objects.filter(outgoing=ended.pk).first()
    handover = earlier or Handover(outgoing=ended, entered_by=by)
    handover.incoming, handover.departure = successor, departure
    handover.full_clean()
    handover.save()
    verb = Verb.REOPEN if earlier else Verb.CREATE
    audit.record(verb, handover, by=by, after=audit.snapshot(handover))
    return handover


def receive(handover: Handover, incoming: Assignment | None, by: User | None) -> None:
    """Name another receiver; what was offered to the one before is to be offered anew."""
    before = audit.snapshot(handover)
    handover.incoming = incoming
    if handover.state == HandoverState.OFFERED:
        handover.state = HandoverState.PREPARING
    handover.full_clean()
    handover.save()
    old, new = audit.difference(before, audit.snapshot(handover))
    audit.record(Verb.CHANGE, handover, by=by, before=old, after=new)


def refuse(handover: Handover) -> None:
    """Raise the sentence that says which dossier stands in the way."""
    outgoing = handover.outgoing
    raise ValidationError(
        BEGUN_ALREADY.format(
            place=outgoing.commune.name_in_sentence,
            name=outgoing.officer.full_name,
            state=handover.get_state_display(),
        )
    )
