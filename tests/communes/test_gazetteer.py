"""The list of districts and communes that comes with the application."""

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command

from communes.enums import CommuneKind, DistrictKind
from communes.gazetteer import load_communes, split_kind
from communes.models import Commune, District

pytestmark = pytest.mark.django_db


def counts():
    return [(count.added, count.changed, count.unchanged) for count in load_communes()]


def test_loads_11_districts_and_109_communes():
    assert counts() == [(11, 0, 0), (109, 0, 0)]
    kinds = Counter(Commune.objects.values_list("kind", flat=True))
    assert kinds == {
        CommuneKind.RURAL_COMMUNE: 80,
        CommuneKind.WARD: 17,
        CommuneKind.TOWNSHIP: 12,
    }
    assert Commune.objects.filter(district__isnull=True).count() == 0


def test_every_commune_has_a_centre_and_an_outline():
    load_communes()
    for commune in Commune.objects.all():
        assert 9 < commune.latitude < 10.2
        assert 105.4 < commune.longitude < 106.4
        assert commune.boundary["type"] in {"Polygon", "MultiPolygon"}


def test_loading_again_changes_nothing():
    load_communes()
    before = list(Commune.objects.order_by("pk").values())
    assert counts() == [(0, 0, 11), (0, 0, 109)]
    assert list(Commune.objects.order_by("pk").values()) == before


def test_a_changed_attribute_is_brought_up_to_date():
    load_communes()
    Commune.objects.filter(code="31504").update(latitude=None)
    assert counts() == [(0, 0, 11), (0, 1, 108)]
    assert Commune.objects.get(code="31504").latitude == pytest.approx(9.61657)


def test_the_code_is_an_attribute_and_not_an_identity():
    load_communes()
    commune = Commune.objects.get(code="31504")
    Commune.objects.filter(pk=commune.pk).update(code="99999")
    assert counts() == [(0, 0, 11), (0, 1, 108)]
    commune.refresh_from_db()
    assert commune.code == "31504"


def test_another_spelling_of_the_name_is_the_same_unit():
    load_communes()
    commune = Commune.objects.filter(name__startswith="Hòa").first()
    commune.name = commune.name.replace("Hòa", "Hoà")
    commune.save()
    assert counts() == [(0, 0, 11), (0, 0, 109)]
    commune.refresh_from_db()
    assert commune.name.startswith("Hoà")


def test_a_unit_that_was_dissolved_is_left_alone():
    load_communes()
    commune = Commune.objects.get(code="31504")
    commune.dissolved_on = dt.date(2024, 9, 1)
    commune.save()
    assert counts() == [(0, 0, 11), (0, 0, 109)]
    commune.refresh_from_db()
    assert commune.dissolved_on == dt.date(2024, 9, 1)


def test_one_name_in_several_districts_stays_several_communes():
    load_communes()
    wards = Commune.objects.filter(kind=CommuneKind.WARD, name="1")
    assert wards.count() == len({ward.district_id for ward in wards}) == 3
    long_phu = Commune.objects.filter(name="Long Phú")
    assert {commune.kind for commune in long_phu} == {"township", "rural_commune"}


def test_split_kind():
    assert split_kind("thị trấn  Kế Sách", CommuneKind) == (CommuneKind.TOWNSHIP, "Kế Sách")
    assert split_kind("Thành phố Sóc Trăng", DistrictKind) == (DistrictKind.CITY, "Sóc Trăng")
    with pytest.raises(ValueError, match="Không rõ loại đơn vị"):
        split_kind("Kế Sách", CommuneKind)


def test_the_command_says_what_it_did(capsys):
    call_command("load_communes")
    call_command("load_communes")
    first, second = capsys.readouterr().out.splitlines()[1::2]
    assert first == "Xã, phường, thị trấn: thêm 109, cập nhật 0, giữ nguyên 0."
    assert second == "Xã, phường, thị trấn: thêm 0, cập nhật 0, giữ nguyên 109."
    assert District.objects.count() == 11
