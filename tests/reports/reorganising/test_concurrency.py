"""Two of the office apply one draft at once: it is applied once."""

import pytest
from django.core.exceptions import ValidationError

from communes.models import Commune, Reorganisation
from reports.reorganising.applying import apply_reorganisation
from reports.reorganising.undoing import undo_reorganisation
from tests.factories import make_assignment, make_commune, make_user
from tests.races.together import at_once
from tests.reports.reorganising.merging import draft_of, merge, take_proposals

pytestmark = pytest.mark.django_db(transaction=True)


def one_done(results: list[object]) -> None:
    done = [result for result in results if isinstance(result, Reorganisation)]
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert len(done) == len(refused) == 1, results


def test_applied_and_undone_once():
    office, old = make_user(), [make_commune("An Hòa"), make_commune("An Bình")]
    make_assignment(commune=old[0])
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    take_proposals(event, office)

    def apply() -> Reorganisation:
        return apply_reorganisation(reorganisation=event, by=office)

    def undo() -> Reorganisation:
        return undo_reorganisation(reorganisation=event, reason="Thử", by=office)

    one_done(at_once(apply, apply))
    assert Commune.objects.count() == 3
    one_done(at_once(undo, undo))
    assert Commune.objects.count() == 2
