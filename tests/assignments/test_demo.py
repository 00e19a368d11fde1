"""The assigned world of the demonstration: who was assigned, who left, who logs in, the cells."""

import re

import pytest

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.coverage import ending_without_successor
from assignments.enums import AssignmentRole
from assignments.models import Assignment, Decision, Directive, FollowUp, Officer
from communes.enums import CellKind, CommuneKind
from communes.models import Commune, Contact, PartyCell
from tests.demonstration import DAY, START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_one_decision_assigned_all_on_the_first_day():
    first = Decision.objects.get(signed_on=START)
    assert re.fullmatch(r"\d+-QĐ/TU", first.number)
    opened = first.opened_assignments.all()
    assert opened.count() == 109
    assert set(opened.values_list("role", "started_on")) == {(AssignmentRole.MAIN, START)}
    loads = [officer.assignments.filter(opening_decision=first).count() for officer in people()]
    assert (loads.count(1), loads.count(2)) == (81, 14)


def people() -> list[Officer]:
    return list(Officer.objects.all())


def test_people_left_for_many_reasons_on_many_days_and_some_were_followed():
    left = Officer.objects.filter(left_on__lte=DAY)
    assert left.count() == 10
    assert len(set(left.values_list("leave_reason", flat=True))) >= 4
    assert len(set(left.values_list("left_on", flat=True))) == 10
    assert AuditEvent.objects.filter(verb=Verb.HAND_OVER).count() == 6
    taken_over = Assignment.objects.filter(role=AssignmentRole.MAIN, started_on__range=(START, DAY))
    assert taken_over.exclude(started_on=START).count() == 7
    for officer in left:
        assert not officer.assignments.active_on(officer.left_on).exists()
    assert ending_without_successor(DAY, DAY.replace(year=DAY.year + 1)).count() == 2


def test_every_assignment_has_its_decision():
    assert not Assignment.objects.filter(opening_decision=None).exists()
    assert not Decision.objects.filter(signed_on__gt=DAY).exists()


def test_the_log_tells_every_opening_and_closing():
    decided = AuditEvent.objects.filter(target_key__startswith="assignments.decision:")
    counts = {
        Verb.ASSIGN: Assignment.objects.count(),
        Verb.END: Assignment.objects.exclude(closing_decision=None).count(),
    }
    assert counts == {verb: AuditEvent.objects.filter(verb=verb).count() for verb in counts}
    assert decided.filter(verb=Verb.CREATE).count() == Decision.objects.count()
    keys = set(AuditEvent.objects.filter(verb=Verb.ASSIGN).values_list("target_key", flat=True))
    assert keys == {f"assignments.assignment:{row.pk}" for row in Assignment.objects.all()}


def test_the_officer_who_logs_in_has_two_communes_and_an_assistant():
    officer = Officer.objects.get(user__username="canbo")
    assert officer.user.full_name == officer.full_name
    held = officer.assignments.active_on(DAY).filter(role=AssignmentRole.MAIN)
    assert held.count() == 2
    assert [user.username for user in officer.assistants.all()] == ["thuky"]
    taken = held.exclude(started_on=START).get()
    assert taken.commune.assignments.count() > 1


def test_every_commune_has_cells_of_its_kind_and_somebody_to_call():
    for commune in Commune.objects.prefetch_related("cells", "contacts"):
        cells = commune.cells.all()
        assert 5 <= len(cells) <= 12
        kinds = {cell.kind for cell in cells}
        is_rural = commune.kind == CommuneKind.RURAL_COMMUNE
        home = CellKind.HAMLET if is_rural else CellKind.URBAN_QUARTER
        assert kinds == {home, CellKind.OFFICE}
        assert 1 <= sum(contact.ended_on is None for contact in commune.contacts.all()) <= 2
    merged = PartyCell.objects.exclude(ended_on=None)
    assert merged.count() == 6
    assert all(cell.end_note.startswith("Nhập vào ") for cell in merged)
    phones = list(Contact.objects.values_list("phone", flat=True))
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"0299 000 0\d{3}", phone) for phone in phones)


def test_most_communes_are_done_with_each_directive_and_some_not_yet_urged():
    assert Directive.objects.followed_on(DAY).count() == 4
    for directive in Directive.objects.all():
        latest = {
            row.commune_id: row.state
            for row in FollowUp.objects.filter(directive=directive).order_by("noted_on", "pk")
        }
        states = list(latest.values())
        assert 50 <= states.count("done") < len(states) < 109
        assert {"done", "in_progress", "difficult", "reminded"} == set(states)
