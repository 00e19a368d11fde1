"""Exactly one commune, or a sentence why not and what to choose from; never a guess."""

import datetime as dt

import pytest

from communes.finding import Gazetteer, commune_label
from communes.models import Commune, Descent, District
from communes.place_texts import name_key, read_communes, read_district
from tests.factories import make_merger

DAY = dt.date(2021, 11, 1)


@pytest.fixture
def units(gazetteer):
    return Gazetteer(gazetteer.values())


def find(units, text, district="", code="", day=DAY):
    places = units.sort_out_bare_names(read_communes(text), day)
    return [units.find(place, read_district(district), code, day) for place in places]


def found(units, text, district="", code="", day=DAY):
    results = find(units, text, district, code, day)
    return [commune_label(result.commune) if result.commune else "" for result in results]


def test_every_commune_is_found_by_its_full_name(units, gazetteer):
    for commune in gazetteer.values():
        assert find(units, str(commune), str(commune.district))[0].commune == commune
        assert find(units, f"{commune}, {commune.district}")[0].commune == commune
        assert find(units, str(commune).upper(), commune.district.name)[0].commune == commune


def test_a_name_without_kind_is_enough_where_it_is_unique(units, gazetteer):
    by_name = {}
    for commune in gazetteer.values():
        by_name.setdefault(name_key(commune.name), []).append(commune)
    for same_name in by_name.values():
        result = find(units, same_name[0].name)[0]
        assert (result.commune in same_name) == (len(same_name) == 1)
        assert set(result.options) == (set(same_name) if len(same_name) > 1 else set())


@pytest.mark.parametrize(
    ("text", "district", "label"),
    [
        ("P.5", "", "Phường 5 (Thành phố Sóc Trăng)"),
        ("Phường 1", "TX. Ngã Năm", "Phường 1 (Thị xã Ngã Năm)"),
        ("Phường 1 (TP. Sóc Trăng)", "", "Phường 1 (Thành phố Sóc Trăng)"),
        ("Phường 1 Ngã Năm", "", "Phường 1 (Thị xã Ngã Năm)"),
        ("Phường 1, Vĩnh Châu", "", "Phường 1 (Thị xã Vĩnh Châu)"),
        ("xã Hoà Tú I", "", "Xã Hòa Tú 1 (Huyện Mỹ Xuyên)"),
        ("Xã Hòa Tú 2", "", "Xã Hòa Tú II (Huyện Mỹ Xuyên)"),
        ("Long Phú", "", ""),
        ("TT Long Phú", "", "Thị trấn Long Phú (Huyện Long Phú)"),
        ("TT. Ke Sach", "", "Thị trấn Kế Sách (Huyện Kế Sách)"),
        ("Xã An Ninh", "Châu Thành", "Xã An Ninh (Huyện Châu Thành)"),
    ],
)
def test_abbreviated_names(units, text, district, label):
    assert found(units, text, district) == [label]


@pytest.mark.parametrize(
    ("text", "district", "reason"),
    [
        ("Phường 1", "", "chưa rõ “Phường 1” là đơn vị nào"),
        ("Xã Không Có", "", "không có Xã Không Có"),
        ("Xã Kế Sách", "", "không có Xã Kế Sách. Có phải Thị trấn Kế Sách (Huyện Kế Sách) không?"),
        ("Xã An Ninh", "Huyện Kế Sách", "không có Xã An Ninh trong Huyện Kế Sách. Có phải"),
        ("Xã An Ninh", "Huyện Ngã Năm", "Có phải Thị xã Ngã Năm không?"),
        ("Xã An Ninh", "HUYỆN CHÂU THÂNH", "Có phải Huyện Châu Thành không?"),
        ("Xã Tan Hung", "", "Có phải Xã Tân Hưng"),
        ("Xã An Ninh (mới)", "", "trong ngoặc “mới”"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_reason(units, text, district, reason):
    (result,) = find(units, text, district)
    assert result.commune is None
    assert reason in result.reason


def test_a_bare_name_that_is_a_commune_and_a_district_is_refused(units):
    first, second = find(units, "Xã Song Phụng, Long Phú")
    assert str(first.commune) == "Xã Song Phụng"
    assert "tên huyện" in second.reason


def test_a_bare_name_after_a_conjunction_is_a_commune(units):
    assert found(units, "Xã Hưng Phú và Mỹ Tú")[1] == "Xã Mỹ Tú (Huyện Mỹ Tú)"
    assert found(units, "TT Mỹ Xuyên; Kế Sách")[1] == "Thị trấn Kế Sách (Huyện Kế Sách)"
    assert "Xã Long Phú" in find(units, "Xã Song Phụng và Long Phú")[1].reason


def test_a_district_in_brackets_may_lack_its_kind(units):
    assert found(units, "Xã An Ninh (Châu Thành)") == ["Xã An Ninh (Huyện Châu Thành)"]
    assert found(units, "Phường 1 (Ngã Năm)") == ["Phường 1 (Thị xã Ngã Năm)"]


def test_a_name_without_accents_is_pointed_out(units):
    assert "ghi không dấu" in find(units, "xa An Hiep")[0].warning
    assert find(units, "Xã An Ninh")[0].warning == ""


def test_a_code_settles_which_and_never_contradicts(units, gazetteer):
    assert find(units, "Phường 2", code="31735")[0].commune == gazetteer["31735"]
    assert "mã 31735 không phải" in find(units, "Xã An Ninh", code="31735")[0].reason
    assert find(units, "Phường 2", code="31600")[0].commune is None


def test_a_code_alone_must_mean_one_unit_on_the_day(units, gazetteer):
    assert units.find_code("31600", DAY).commune == gazetteer["31600"]
    assert "31601" in units.find_code("31601", DAY).reason


def test_only_units_of_the_day_count(gazetteer):
    end = dt.date(2024, 9, 1)
    Commune.objects.filter(code__in=["31522", "31513"]).update(dissolved_on=end)
    city = gazetteer["31522"].district
    merged = Commune.objects.create(
        code="31522", name="1", kind="ward", district=city, established_on=end
    )
    units = Gazetteer(Commune.objects.select_related("district"))
    before, after = end - dt.timedelta(days=1), end
    assert find(units, "Phường 1", "TP Sóc Trăng", day=before)[0].commune == gazetteer["31513"]
    assert find(units, "Phường 1", "TP Sóc Trăng", day=after)[0].commune == merged
    assert units.find_code("31522", before).commune == gazetteer["31522"]
    assert units.find_code("31522", after).commune == merged
    assert "không còn từ ngày 01/09/2024" in find(units, "Phường 9", day=after)[0].reason


# --- units that are no more ----------------------------------------------------------------------

MERGED_ON = dt.date(2025, 7, 1)


@pytest.fixture
def merged(gazetteer):
    """Merge two communes into one in no district, and end their district's days."""
    old = [find_one("Xã Kế An"), find_one("Xã Kế Thành")]
    new = make_merger(*old, name="Kế Sách Mới", on=MERGED_ON)
    District.objects.update(dissolved_on=MERGED_ON)
    return Gazetteer(Commune.objects.select_related("district"), Descent.objects.all()), new


def find_one(full_name: str) -> Commune:
    return next(one for one in Commune.objects.all() if one.full_name == full_name)


def test_a_unit_that_is_no_more_is_refused_with_its_heir_to_choose(merged):
    units, new = merged
    [refused] = find(units, "Xã Kế An", "Huyện Kế Sách", day=MERGED_ON)
    assert refused.commune is None
    assert refused.reason == (
        "Xã Kế An (Huyện Kế Sách) không còn từ ngày 01/07/2025, nay là Xã Kế Sách Mới"
    )
    assert refused.options == (new,)
    eve = MERGED_ON - dt.timedelta(days=1)
    assert find(units, "Xã Kế An", "Huyện Kế Sách", day=eve)[0].commune.name == "Kế An"


def test_a_district_that_is_no_more_may_stand_beside_a_unit_in_none(merged):
    units, new = merged
    assert find(units, "Xã Kế Sách Mới", "Huyện Kế Sách", day=MERGED_ON)[0].commune == new
    assert find(units, "Xã Kế Sách Mới", day=MERGED_ON)[0].commune == new
