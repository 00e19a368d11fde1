"""Fields of texts and templates: the frozen figure, in words people read, or a visible mark."""

import datetime as dt

import pytest

from reports.figures import FIGURES
from reports.reviews import field_values, fill, whole_number
from tests.factories import make_frozen, make_frozen_figure, make_review

VALUES = {"so_can_bo": "1.095", "rong": "", "xau": "{{ so_can_bo }} <w:p/>"}


@pytest.mark.parametrize(
    ("text", "filled", "missing"),
    [
        ("Có {{ so_can_bo }} cán bộ, {{so_can_bo}}.", "Có 1.095 cán bộ, 1.095.", []),
        ("Còn {{ rong }}; {{ rong }}", "Còn [THIẾU: rong]; [THIẾU: rong]", ["rong"]),
        ("{{ la }} và {{ Tên lạ }}", "[THIẾU: la] và [THIẾU: Tên lạ]", ["la", "Tên lạ"]),
        ("{{ xau }}", "{{ so_can_bo }} <w:p/>", []),
        ("{ so_can_bo } {{ }", "{ so_can_bo } {{ }", []),
        ("{{}}", "[THIẾU: ]", [""]),
        ("{{ a\u202eb\x00 }}", "[THIẾU: ab]", ["a\u202eb\x00"]),
    ],
)
def test_fields_are_filled_or_marked(text, filled, missing):
    assert fill(text, VALUES) == (filled, missing)


def test_numbers_have_points_between_thousands():
    assert [whole_number(one) for one in (0, 5, 999, 1000, 1234567)] == [
        "0",
        "5",
        "999",
        "1.000",
        "1.234.567",
    ]


def test_every_frozen_figure_is_a_field(db):
    frozen = make_frozen(make_review("Sơ kết", held_on=dt.date(2023, 5, 9)))
    for number, key in enumerate(FIGURES):
        make_frozen_figure(frozen, key=key, value=1000 + number)
    values = field_values(frozen)
    for number, figure in enumerate(FIGURES.values()):
        assert values[figure.field] == whole_number(1000 + number)
    assert values["ten_ky_so_ket"] == "Sơ kết"
    assert values["ngay_hop"] == "09/5/2023"
    assert all(name.isidentifier() and name.isascii() for name in values)


def test_rates_have_their_denominator(db):
    frozen = make_frozen()
    for key, value in {"due": 21, "done": 17, "waived": 2}.items():
        make_frozen_figure(frozen, key=f"{key}_cell_meeting", value=value)
    values = field_values(frozen)
    assert values["ty_le_sinh_hoat_chi_bo"] == "17/21 (2 miễn)"
    assert values["ty_le_di_co_so"] == "không phát sinh"


def test_what_nobody_wrote_is_missing(db):
    frozen = make_frozen()
    assert fill("Số {{ so_van_ban }}", field_values(frozen)) == (
        "Số [THIẾU: so_van_ban]",
        ["so_van_ban"],
    )
