"""Communes and districts as lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communes import names
from communes.enums import CommuneKind, DistrictKind
from communes.place_texts import name_key, read_communes, read_district, read_districts

WARD, TOWNSHIP, RURAL = CommuneKind.WARD, CommuneKind.TOWNSHIP, CommuneKind.RURAL_COMMUNE


def read(text):
    """Give (kind, comparable name, comparable district) of each commune in a cell."""
    return [
        (place.kind, name_key(place.name), name_key(place.district.name) if place.district else "")
        for place in read_communes(names.normalise_lines(text))
    ]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Xã An Hiệp", RURAL, "an hiệp"), ("XÃ AN HIỆP", RURAL, "an hiệp"),
        ("X. An Hiệp", RURAL, "an hiệp"), ("X.An Hiệp", RURAL, "an hiệp"),
        ("x An Hiệp", RURAL, "an hiệp"), ("xa An Hiep", RURAL, "an hiep"),
        ("Đảng bộ xã An Hiệp", RURAL, "an hiệp"), ("Đảng bộ Xã An Hiệp.", RURAL, "an hiệp"),
        ("ĐB xã An Hiệp", RURAL, "an hiệp"), ("Đảng ủy xã An Hiệp", RURAL, "an hiệp"),
        ("Đảng uỷ xã An Hiệp", RURAL, "an hiệp"), ("- Xã An Hiệp;", RURAL, "an hiệp"),
        ("Xã\u00a0An   Hiệp", RURAL, "an hiệp"), ("Ðảng bộ xã Ðại Ân  2", RURAL, "đại ân 2"),
        ("xã Hoà Tú I", RURAL, "hòa tú 1"), ("Xã Hòa Tú II", RURAL, "hòa tú 2"),
        ("Xã An Thạnh3", RURAL, "an thạnh 3"),
        ("P5", WARD, "5"), ("P.5", WARD, "5"), ("P. 5", WARD, "5"), ("Ph. 5", WARD, "5"),
        ("Ph5", WARD, "5"), ("F5", WARD, "5"), ("F.5", WARD, "5"), ("Phường 05", WARD, "5"),
        ("phường V", WARD, "5"), ("Phường số 5", WARD, "5"), ("phường 10", WARD, "10"),
        ("P. Khánh Hòa", WARD, "khánh hòa"), ("P Vĩnh Phước", WARD, "vĩnh phước"),
        ("TT. Kế Sách", TOWNSHIP, "kế sách"), ("TT Kế Sách", TOWNSHIP, "kế sách"),
        ("Thị trấn Kế Sách", TOWNSHIP, "kế sách"), ("T.Trấn Kế Sách", TOWNSHIP, "kế sách"),
        ("tt.Kế Sách", TOWNSHIP, "kế sách"), ("Thị trấn\nKế Sách", TOWNSHIP, "kế sách"),
        ("An Hiệp", None, "an hiệp"), ("Phú Tân", None, "phú tân"), ("5", None, "5"),
    ],
)  # fmt: skip
def test_one_commune(text, kind, name):
    assert read(text) == [(kind, name, "")]


@pytest.mark.parametrize(
    "text",
    [
        "Xã An Hiệp, huyện Châu Thành", "Xã An Hiệp (huyện Châu Thành)",
        "Xã An Hiệp (H.Châu Thành)",
        "Xã An Hiệp - H. Châu Thành", "Xã An Hiệp huyện Châu Thành", "Xã An Hiệp\nhuyện Châu Thành",
        "Xã An Hiệp thuộc huyện Châu Thành", "Đảng bộ xã An Hiệp, Huyện Châu Thành.",
        "X. An Hiệp–H. Châu Thành", "Xã An Hiệp,\nHUYỆN CHÂU THÀNH",
    ],
)  # fmt: skip
def test_a_district_inside_the_cell(text):
    expected = [(RURAL, "an hiệp", "châu thành")]
    if "–H" in text:  # without blanks it is one word; it will be refused as unknown
        expected = [(RURAL, "an hiệp–h châu thành", "")]
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Xã An Hiệp; Xã Phú Tân", "Xã An Hiệp\nXã Phú Tân", "Xã An Hiệp, Xã Phú Tân",
        "Xã An Hiệp và Xã Phú Tân", "Xã An Hiệp VÀ Xã Phú Tân", "Xã An Hiệp & Xã Phú Tân",
        "Xã An Hiệp + Xã Phú Tân", "Xã An Hiệp - Xã Phú Tân", "Xã An Hiệp/Xã Phú Tân",
        "- Xã An Hiệp\n- Xã Phú Tân", "1. Xã An Hiệp\n2. Xã Phú Tân", "các xã An Hiệp và Phú Tân",
        "02 xã: An Hiệp, Phú Tân", "Đảng bộ các xã An Hiệp, Phú Tân", "Xã An Hiệp,\nXã Phú Tân",
        "+ Xã An Hiệp\n+ Xã Phú Tân",
    ],
)  # fmt: skip
def test_several_communes_in_one_cell(text):
    assert read(text) == [(RURAL, "an hiệp", ""), (RURAL, "phú tân", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phường 1, 2", [(WARD, "1", ""), (WARD, "2", "")]),
        ("P.1, P.2", [(WARD, "1", ""), (WARD, "2", "")]),
        ("Phường 1,2 và 3", [(WARD, "1", ""), (WARD, "2", ""), (WARD, "3", "")]),
        ("Xã Hòa Tú 1 và 2", [(RURAL, "hòa tú 1", ""), (RURAL, "hòa tú 2", "")]),
        ("Xã Hòa Tú I và 2", [(RURAL, "hòa tú 1", ""), (RURAL, "hòa tú 2", "")]),
        ("Xã An Hiệp, Phú Tân", [(RURAL, "an hiệp", ""), (None, "phú tân", "")]),
        ("Phường 1 - TX Ngã Năm; Phường 2 (TP. Sóc Trăng)",
         [(WARD, "1", "ngã năm"), (WARD, "2", "sóc trăng")]),
        ("Phường 1, Phường 2, TX. Ngã Năm", [(WARD, "1", "ngã năm"), (WARD, "2", "ngã năm")]),
        ("Phường 1\nPhường 2\nthị xã Ngã Năm", [(WARD, "1", "ngã năm"), (WARD, "2", "ngã năm")]),
        ("Xã Hưng Phú và Mỹ Tú", [(RURAL, "hưng phú", ""), (None, "mỹ tú", "")]),
        ("Xã An Hiệp, huyện Châu Thành, tỉnh Sóc Trăng", [(RURAL, "an hiệp", "châu thành")]),
        ("Phường 1 T/p Sóc Trăng", [(WARD, "1", "sóc trăng")]),
        ("Đảng bộ", [(None, "đảng bộ", "")]), ("", []), ("-", []), (" ,; ", []), ("(abc)", []),
    ],
)  # fmt: skip
def test_kinds_numbers_and_districts_carry_over(text, expected):
    assert read(text) == expected


def test_other_words_in_brackets_are_kept_as_a_remark():
    (place,) = read_communes("Xã An Hiệp (tạm thời)")
    assert (place.name, place.remark) == ("An Hiệp", "tạm thời")
    (place,) = read_communes("Xã An Hiệp (1)")
    assert place.remark == ""


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Huyện Kế Sách", DistrictKind.RURAL_DISTRICT, "kế sách"),
        ("H. Kế Sách", DistrictKind.RURAL_DISTRICT, "kế sách"),
        ("H.Kế Sách", DistrictKind.RURAL_DISTRICT, "kế sách"),
        ("HUYỆN KẾ SÁCH", DistrictKind.RURAL_DISTRICT, "kế sách"),
        ("Huyện ủy Kế Sách", DistrictKind.RURAL_DISTRICT, "kế sách"),
        ("Đảng bộ huyện Kế Sách", DistrictKind.RURAL_DISTRICT, "kế sách"),
        ("Thị xã Ngã Năm", DistrictKind.TOWN, "ngã năm"),
        ("TX.Ngã Năm", DistrictKind.TOWN, "ngã năm"),
        ("Tx Ngã Năm", DistrictKind.TOWN, "ngã năm"),
        ("Thị ủy Ngã Năm", DistrictKind.TOWN, "ngã năm"),
        ("TP. Sóc Trăng", DistrictKind.CITY, "sóc trăng"),
        ("Thành phố\nSóc Trăng", DistrictKind.CITY, "sóc trăng"),
        ("T.P Sóc Trăng", DistrictKind.CITY, "sóc trăng"), ("Kế Sách", None, "kế sách"),
    ],
)  # fmt: skip
def test_districts(text, kind, name):
    (district,) = read_districts(text)
    assert (district.kind, name_key(district.name)) == (kind, name)


def test_no_text_is_no_district():
    assert read_district("") is None
    assert read_districts("TP. Sóc Trăng\nH. Kế Sách")[1].name == "Kế Sách"
    assert len(read_districts("Huyện Kế Sách, tỉnh Sóc Trăng")) == 1


@given(st.text(max_size=80) | st.text("xXpPtT.ãườị123 ,;-/()và&\n", max_size=40))
def test_no_text_breaks_the_reader(text):
    for place in read_communes(text):
        assert place.label
    read_districts(text)


NAMES = ["An Hiệp", "Hòa Tú 1", "Lịch Hội Thượng", "Kế Sách", "Đại Ân 2", "Phú Tân", "Vĩnh Phước"]


@given(
    st.lists(
        st.tuples(st.sampled_from([RURAL, TOWNSHIP, WARD]), st.sampled_from(NAMES)), max_size=4
    ),
    st.sampled_from(["; ", ", ", "\n", " và ", " & ", " + "]),
)
def test_rendered_names_read_as_themselves(units, separator):
    text = separator.join(f"{kind.label} {name}" for kind, name in units)
    assert [(place.kind, place.name) for place in read_communes(text)] == units
