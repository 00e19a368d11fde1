"""Ending old units and establishing new ones: divided units, areas, outlines, the way back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from shapely.geometry import box, mapping, shape

from communes.models import Commune, Descent, District, Succession
from communes.reorganisation.checking import check
from communes.reorganisation.outlines import as_geojson, union
from communes.reorganisation.sheet import MappingRow
from communes.reorganisation.units import abolish, establish
from tests.factories import make_area, make_commune, make_district, make_reorganisation

pytestmark = pytest.mark.django_db
DAY, LATER = dt.date(2024, 9, 1), dt.date(2025, 7, 1)


def square(x, y=0):
    """Give the outline of a hundredth of a degree."""
    return as_geojson(box(x / 100, y / 100, (x + 1) / 100, (y + 1) / 100))


@pytest.fixture
def old():
    """Three neighbours in one district: A, B, C."""
    district = make_district(name="Kế Sách", code="943")
    return {
        name: make_commune(
            name=name, district=district, boundary=square(n), latitude=9.5, longitude=106 + n / 10
        )
        for n, name in enumerate("ABC")
    }


def rearrange(*lines, on=DAY, ends_districts=False):
    """Apply (old, new[, "part" or "heir"]) lines; give the event and the new units by name."""
    marks = {"": {}, "part": {"extent": "Một phần"}, "heir": {"extent": "Một phần", "heir": "x"}}
    rows = [
        MappingRow(number, old_name=f"Xã {line[0]}", new_name=f"Xã {line[1]}", **marks[mark])
        for number, line in enumerate(lines, 2)
        for mark in [line[2] if len(line) > 2 else ""]
    ]
    checked = check(rows, effective_on=on, ends_districts=ends_districts)
    assert checked.refusals == ()
    event = make_reorganisation(effective_on=on, ends_districts=ends_districts)
    return event, {unit.name: unit for unit in establish(checked, event).values()}


def everything():
    return [list(m.objects.order_by("pk").values()) for m in (Commune, District, Succession)]


def test_old_units_end_on_the_day_new_ones_begin(old):
    _, new = rearrange(("A", "D"), ("B", "D"))
    assert {unit.name for unit in Commune.objects.existing_on(DAY - dt.timedelta(days=1))} == {
        *"ABC"
    }
    assert {unit.name for unit in Commune.objects.existing_on(DAY)} == {*"CD"}
    assert new["D"].district == old["A"].district
    assert Succession.objects.filter(new=new["D"], is_main=True, extent="whole").count() == 2


def test_a_divided_unit_leaves_land_and_records_to_its_main_heir(old):
    _, new = rearrange(("A", "D"), ("B", "D", "heir"), ("B", "E", "part"), ("C", "E"))
    assert shape(new["D"].boundary).area == pytest.approx(2e-4)
    assert shape(new["E"].boundary).area == pytest.approx(1e-4)
    main = Descent.objects.main().on(DAY).get(old=old["B"])
    assert (main.new, Descent.objects.on(DAY).filter(old=old["B"]).count()) == (new["D"], 2)


def test_a_unit_made_of_parts_alone_has_a_centre_and_no_outline(old):
    _, new = rearrange(
        ("A", "A", "heir"), ("A", "D", "part"), ("B", "B", "heir"), ("B", "D", "part")
    )
    assert new["D"].boundary is None
    assert (new["D"].latitude, new["D"].longitude) == (9.5, 106.05)
    assert new["A"].boundary == old["A"].boundary


def test_an_area_all_share_is_kept(old):
    area, other = make_area("Ven sông"), make_area("Ven biển")
    Commune.objects.filter(name__in="AB").update(area=area)
    Commune.objects.filter(name="C").update(area=other)
    _, new = rearrange(("A", "D"), ("B", "D"))
    assert new["D"].area == area
    Commune.objects.filter(pk=new["D"].pk).update(area=area)
    _, later = rearrange(("D", "F"), ("C", "F"), on=LATER)
    assert later["F"].area is None


def test_a_unit_that_keeps_its_name_is_a_new_row(old):
    _, new = rearrange(("A", "A"))
    assert new["A"].pk != old["A"].pk
    assert new["A"].boundary == old["A"].boundary


def test_taken_back_everything_is_as_before(old):
    before = everything()
    event, _ = rearrange(
        ("A", "D"), ("B", "D", "heir"), ("B", "E", "part"), ("C", "E"), ends_districts=True
    )
    assert not District.objects.existing_on(DAY).exists()
    abolish(event)
    assert everything() == before
    assert not Descent.objects.exists()


def test_what_was_rearranged_since_is_not_taken_back(old):
    event, _ = rearrange(("A", "D"), ("B", "D"))
    later, _ = rearrange(("D", "E"), ("C", "E"), on=LATER)
    with pytest.raises(ValidationError, match="hoàn tác lần sau trước"):
        abolish(event)
    abolish(later)
    abolish(event)
    assert Commune.objects.existing_on(LATER).count() == 3


def test_an_unsound_mapping_is_not_applied(old):
    checked = check(
        [MappingRow(2, old_name="Xã A", new_name="Xã B")], effective_on=DAY, ends_districts=False
    )
    before = everything()
    with pytest.raises(ValidationError, match="còn dòng bị từ chối"):
        establish(checked, make_reorganisation())
    assert everything() == before


# --- outlines -----------------------------------------------------------------------------------


def test_a_hairline_gap_between_neighbours_is_closed():
    joined = shape(union([square(0), mapping(box(0.0101, 0, 0.02, 0.01))]))
    assert (joined.geom_type, joined.is_valid) == ("Polygon", True)
    assert joined.area == pytest.approx(2e-4, rel=1e-3)


def test_a_slit_inside_is_closed_and_an_enclave_is_not():
    ring = [square(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    assert len(shape(union(ring)).interiors) == 1
    slit = box(0, 0, 0.03, 0.03).difference(box(0.01, 0.0100, 0.02, 0.0101))
    assert not shape(union([mapping(slit), square(3)])).interiors


def test_an_island_stays_apart():
    assert shape(union([square(0), square(5)])).geom_type == "MultiPolygon"


def test_coordinates_are_rounded_as_in_the_data():
    joined = union([square(0), mapping(box(0.01, 0, 0.0212345678, 0.01))])
    assert {round(number, 4) for ring in joined["coordinates"] for p in ring for number in p} == {
        number for ring in joined["coordinates"] for point in ring for number in point
    }


def test_outlines_that_are_not_known():
    assert union([None]) is None
    assert union([]) is None
    assert union([None, square(0)]) == square(0)
