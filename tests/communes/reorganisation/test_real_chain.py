"""109 communes, 108 since 01/9/2024, 43 since 01/7/2025: units, outlines, the way back."""

import datetime as dt

import pytest
from shapely import get_parts
from shapely.geometry import shape

from communes.enums import CommuneKind
from communes.gazetteer import load_communes
from communes.models import Commune, Descent, District, Succession
from communes.reorganisation.units import abolish
from tests.communes.reorganisation.real import FIRST, SECOND, apply_real, real_mapping

pytestmark = pytest.mark.django_db
BEFORE = dt.date(2024, 8, 31)


@pytest.fixture
def _gazetteer():
    load_communes()


@pytest.fixture
def chain(_gazetteer):
    return apply_real(FIRST)[0], apply_real(SECOND)[0]


def units(day):
    return Commune.objects.existing_on(day)


def outlines(day):
    return {unit.pk: shape(unit.boundary) for unit in units(day)}


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (Commune, District, Succession)
    ] + [
        list(
            Descent.objects.order_by("old", "new", "started_on").values_list(
                "old", "new", "started_on", "ended_on", "is_main"
            )
        )
    ]


@pytest.mark.usefixtures("_gazetteer")
def test_the_real_mappings_have_nothing_refused():
    assert real_mapping(FIRST).refusals == ()
    apply_real(FIRST)
    assert real_mapping(SECOND).refusals == ()
    assert real_mapping(SECOND).warnings == ()


@pytest.mark.usefixtures("chain")
def test_109_then_108_then_43():
    assert [units(day).count() for day in (BEFORE, FIRST, SECOND)] == [109, 108, 43]
    assert units(SECOND - dt.timedelta(days=1)).count() == 108
    kinds = [unit.kind for unit in units(SECOND)]
    assert (kinds.count(CommuneKind.WARD), kinds.count(CommuneKind.RURAL_COMMUNE)) == (8, 35)


@pytest.mark.usefixtures("chain")
def test_code_31522_is_phuong_9_before_and_phuong_1_after():
    found = [units(day).get(code="31522") for day in (BEFORE, FIRST)]
    assert [str(unit) for unit in found] == ["Phường 9", "Phường 1"]
    assert str(found[1].district) == "Thành phố Sóc Trăng"
    assert not units(SECOND).filter(code="31522").exists()


@pytest.mark.usefixtures("chain")
def test_districts_end_with_the_second_event():
    assert District.objects.existing_on(SECOND).count() == 0
    assert District.objects.existing_on(SECOND - dt.timedelta(days=1)).count() == 11
    assert not units(SECOND).filter(district__isnull=False).exists()


@pytest.mark.usefixtures("chain")
def test_every_new_outline_is_one_valid_shape_as_large_as_the_old_ones():
    for unit in Commune.objects.filter(predecessors__isnull=False).distinct():
        outline = shape(unit.boundary)
        assert outline.is_valid
        old = [shape(line.old.boundary) for line in unit.predecessors.all()]
        parts = get_parts(outline)
        # The illustrative map draws the old Phường 1 and Phường 9 apart from each other.
        assert len(parts) == (2 if unit.established_on == FIRST else 1)
        assert sum(len(part.interiors) for part in parts) == (
            len(old[0].interiors) if len(old) == 1 else 0
        )
        assert outline.area == pytest.approx(sum(part.area for part in old), rel=1e-4)
        assert 9 < unit.latitude < 10.2
        assert 105.4 < unit.longitude < 106.4


@pytest.mark.usefixtures("chain")
def test_the_province_stays_as_large():
    areas = [
        sum(outline.area for outline in outlines(day).values()) for day in (BEFORE, FIRST, SECOND)
    ]
    assert areas[1:] == pytest.approx([areas[0]] * 2, rel=1e-5)


@pytest.mark.usefixtures("_gazetteer")
def test_taken_back_in_reverse_everything_is_as_before():
    states, events = [everything()], []
    for day in (FIRST, SECOND):
        events.append(apply_real(day)[0])
        states.append(everything())
    assert states[0] != states[1] != states[2]
    for event, state in zip(reversed(events), reversed(states[:-1]), strict=True):
        abolish(event)
        assert everything() == state


@pytest.mark.usefixtures("chain")
def test_loading_the_gazetteer_again_touches_nothing():
    before = everything()
    counts = load_communes()
    assert [(count.added, count.changed) for count in counts] == [(0, 0), (0, 0)]
    assert everything() == before


@pytest.mark.usefixtures("_gazetteer")
def test_loading_the_gazetteer_between_the_events_touches_nothing():
    apply_real(FIRST)
    before = everything()
    load_communes()
    assert everything() == before
