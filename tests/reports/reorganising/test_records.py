"""Every key to a commune, a Party cell or an assignment has its fate written down."""

from assignments.models import Assignment
from communes.models import Commune, PartyCell
from reports.reorganising.records import FATES, LATE, MOVES, keys_to, name_of


def test_every_key_has_a_fate():
    keys = keys_to(Commune, PartyCell, Assignment)
    assert {name_of(model, column) for model, column in keys} == set(FATES)


def test_what_moves_is_moved():
    said = {name for name, fate in FATES.items() if fate == MOVES}
    assert {f"{late.model._meta.label}.commune" for late in LATE} == said


def test_a_cell_goes_along_with_what_names_it():
    named = {f"{late.model._meta.label}.cell" for late in LATE if late.cell}
    assert named == {name for name, fate in FATES.items() if fate == "follows its cell"}
