"""What a mapping may say, and the sentence for each thing it may not."""

import datetime as dt

import pytest

from communes.enums import CommuneKind, Extent
from communes.models import Commune, District
from communes.reorganisation.checking import NOTHING, check
from communes.reorganisation.sheet import MappingRow, MappingSheet
from tests.factories import make_commune, make_district

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 9, 1)
RESOLUTION = "1105/NQ-UBTVQH15"


@pytest.fixture
def district():
    return make_district(name="Kế Sách", code="943")


@pytest.fixture
def place(district):
    """Four communes of Huyện Kế Sách: An Mỹ, Ba Trinh, Kế An, Phong Nẫm."""
    return {
        name: make_commune(name=name, code=code, district=district)
        for name, code in (
            ("An Mỹ", "31564"),
            ("Ba Trinh", "31546"),
            ("Kế An", "31558"),
            ("Phong Nẫm", "31537"),
        )
    }


def row(number, old, new="", **more):
    return MappingRow(number, old_name=old, new_name=new, **more)


def checked(*rows, ends_districts=False, effective_on=DAY):
    return check(
        rows, effective_on=effective_on, ends_districts=ends_districts, resolution=RESOLUTION
    )


def refused(*rows, **more):
    """Give the refusals as people read them."""
    return [str(refusal) for refusal in checked(*rows, **more).refusals]


# --- what is sound ------------------------------------------------------------------------------


def test_two_communes_become_one(place, district):
    mapping = checked(row(2, "Xã An Mỹ", "Xã An Trinh"), row(3, "Xã Ba Trinh", "Xã An Trinh"))
    assert mapping.is_sound
    [unit] = mapping.new_units
    assert (unit.kind, unit.name, unit.district) == (
        CommuneKind.RURAL_COMMUNE,
        "An Trinh",
        district,
    )
    assert [(s.old, s.extent, s.is_main, s.row) for s in unit.sources] == [
        (place["An Mỹ"], Extent.WHOLE, True, 2),
        (place["Ba Trinh"], Extent.WHOLE, True, 3),
    ]
    assert unit.key == "xa-an-trinh"


def test_a_unit_left_empty_stays(place):
    mapping = checked(row(2, "Xã An Mỹ"), row(3, "Xã Ba Trinh", "Xã Ba Trinh"))
    assert mapping.is_sound
    assert mapping.old_units == [place["Ba Trinh"]]


def test_the_order_of_the_rows_changes_nothing(place):
    rows = [
        row(2, "Xã An Mỹ", "Xã Mới"),
        row(3, "Xã Ba Trinh", "Xã Khác", extent="Một phần", heir="x"),
        row(4, "Xã Ba Trinh", "Xã Mới", extent="Một phần"),
    ]
    assert checked(*rows).to_json() == checked(*reversed(rows)).to_json()


def test_a_divided_unit_has_one_heir(place):
    mapping = checked(
        row(2, "Xã An Mỹ", "Xã Một", extent="Một phần"),
        row(3, "Xã An Mỹ", "Xã Hai", extent="một phần (ấp 3, ấp 4)", heir="X"),
    )
    assert mapping.is_sound
    assert mapping.main_heir(place["An Mỹ"]).name == "Hai"
    assert [unit.name for unit in mapping.heirs(place["An Mỹ"])] == ["Hai", "Một"]


@pytest.mark.parametrize(
    "extent", ["", "Toàn bộ", "toan bo", "TOÀN BỘ", "Toa\u0300n bo\u0302\u0323"]
)
def test_spellings_of_all_of_it(place, extent):
    mapping = checked(row(2, "Xã An Mỹ", "Xã An Mỹ", extent=extent))
    assert [source.extent for _, source in mapping.lines] == [Extent.WHOLE]


@pytest.mark.parametrize(
    "old",
    [
        "Xã An Mỹ", "xã an mỹ", "X. An Mỹ", "An Mỹ", "Xa\u0303 An My\u0303", "XÃ AN MỸ",
        "Xã An Mỹ, huyện Kế Sách", "Đảng bộ xã An Mỹ",
    ],
)  # fmt: skip
def test_spellings_of_an_old_unit(place, old):
    assert checked(row(2, old, "Xã An Mỹ")).old_units == [place["An Mỹ"]]


def test_the_code_alone_names_an_old_unit(place):
    assert checked(row(2, "", "Xã An Mỹ", old_code="31564")).old_units == [place["An Mỹ"]]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Phường Sóc Trăng", CommuneKind.WARD, "Sóc Trăng"),
        ("phường  Sóc Trăng.", CommuneKind.WARD, "Sóc Trăng"),
        ("XÃ HÒA TÚ II", CommuneKind.RURAL_COMMUNE, "Hòa Tú II"),
        ("TT. Kế Sách", CommuneKind.TOWNSHIP, "Kế Sách"),
        ("Đặc khu Côn Đảo", CommuneKind.SPECIAL_ZONE, "Côn Đảo"),
        ("P1", CommuneKind.WARD, "1"),
        ("Xã An Lạc (huyện Kế Sách)", CommuneKind.RURAL_COMMUNE, "An Lạc"),
    ],
)
def test_names_of_new_units(place, text, kind, name):
    [unit] = checked(row(2, "Xã An Mỹ", text)).new_units
    assert (unit.kind, unit.name) == (kind, name)


def test_a_sheet_is_stored_and_restored(place):
    sheet = MappingSheet([row(2, "Xã An Mỹ", "Xã Mới")], "Bảng", ["chú ý"])
    assert MappingSheet.from_json(sheet.to_json()) == sheet


def test_two_units_of_one_name_in_two_districts(place):
    other = make_district(name="Long Phú", code="946")
    make_commune(name="Long Đức", code="31651", district=other)
    mapping = checked(
        row(2, "Xã An Mỹ", "Xã Mới", new_code="1"), row(3, "Xã Long Đức", "Xã Mới", new_code="2")
    )
    assert mapping.is_sound
    assert [(str(unit.district), unit.code) for unit in mapping.new_units] == [
        ("Huyện Kế Sách", "1"),
        ("Huyện Long Phú", "2"),
    ]
    assert len({unit.key for unit in mapping.new_units}) == 2


def test_a_unit_across_districts_lies_in_the_one_written(place, district):
    make_commune(name="Long Đức", district=make_district(name="Long Phú", code="946"))
    mapping = checked(
        row(2, "Xã An Mỹ", "Xã Mới", new_district="Kế Sách"), row(3, "Xã Long Đức", "Xã Mới")
    )
    assert mapping.is_sound
    assert [unit.district for unit in mapping.new_units] == [district]


def test_without_districts_a_new_unit_has_none(place):
    rows = [row(n, f"Xã {name}", "Xã Mới") for n, name in enumerate(place, 2)]
    [unit] = checked(*rows, ends_districts=True).new_units
    assert unit.district is None


@pytest.mark.parametrize(
    "resolution",
    [
        "1105/NQ-UBTVQH15",
        "Nghị quyết số 1105/NQ-UBTVQH15, ngày 23/7/2024",
        "1105 / nq-ubtvqh15",
        "",
    ],
)
def test_the_resolution_written_again(place, resolution):
    assert not refused(row(2, "Xã An Mỹ", "Xã Mới", resolution=resolution, effective="01/9/2024"))


# --- what is refused ----------------------------------------------------------------------------


def test_nothing_filled_in(place):
    assert refused(row(2, "Xã An Mỹ")) == [NOTHING]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (row(5, "Xã Không Có", "Xã Mới"), "Không có Xã Không Có."),
        (row(5, "", "Xã Mới"), "Thiếu đơn vị cũ."),
        (row(5, "Xã An Mỹ và Xã Ba Trinh", "Xã Mới"),
         "Ô đơn vị cũ ghi nhiều đơn vị, tách mỗi đơn vị một dòng."),
        (row(5, "Xã An Mỹ", "Xã Mới", old_code="31546"),
         "Mã 31546 không phải của Xã An Mỹ (Huyện Kế Sách) (mã 31564)."),
        (row(5, "Xã An Mỹ", new_code="1"),
         "Thiếu tên đơn vị mới (đơn vị giữ nguyên thì để trống cả dòng)."),
        (row(5, "Xã An Mỹ", resolution=RESOLUTION),
         "Thiếu tên đơn vị mới (đơn vị giữ nguyên thì để trống cả dòng)."),
        (row(5, "Xã An Mỹ", "Sóc Trăng"),
         "Đơn vị mới “Sóc Trăng” thiếu loại (phường, thị trấn, xã, đặc khu) đứng trước tên."),
        (row(5, "Xã An Mỹ", "Thôn Sóc Trăng"),
         "Đơn vị mới “Thôn Sóc Trăng” thiếu loại (phường, thị trấn, xã, đặc khu) đứng trước tên."),
        (row(5, "Xã An Mỹ", "Xã A; Xã B"),
         "Tên đơn vị mới “Xã A; Xã B” không hợp lệ, mỗi dòng ghi một đơn vị."),
        (row(5, "Xã An Mỹ", "Xã Mới", extent="một nửa"),
         "“một nửa” không rõ là toàn bộ hay một phần."),
        (row(5, "Xã An Mỹ", "Xã Mới", heir="có lẽ"),
         "Cột kế thừa hồ sơ ghi “có lẽ”, chỉ ghi x hoặc để trống."),
        (row(5, "Xã An Mỹ", "Xã Mới", effective="32/13/2024"),
         "Ngày hiệu lực “32/13/2024” không hợp lệ."),
        (row(5, "Xã An Mỹ", "Xã Mới", effective="01/7/2025"),
         "Ngày hiệu lực 01/7/2025 khác ngày 01/9/2024 đã khai khi nạp."),
        (row(5, "Xã An Mỹ", "Xã Mới", resolution="1668/NQ-UBTVQH15"),
         "Nghị quyết “1668/NQ-UBTVQH15” khác “1105/NQ-UBTVQH15” đã khai khi nạp."),
        (row(5, "Xã An Mỹ", "Xã Mới", new_code="mã số mới dài"),
         "Mã “mã số mới dài” không hợp lệ."),
        (row(5, "Xã An Mỹ", "Xã Mới", new_district="Huyện Mỹ Xa"),
         "Không có huyện, thị xã, thành phố “Huyện Mỹ Xa”."),
        (row(5, "Xã An Mỹ", "Xã Mới", extent="Một phần"),
         "Xã An Mỹ (Huyện Kế Sách) mới ghi một phần; ghi thêm dòng cho phần còn lại, kể cả phần "
         "giữ nguyên tên, hoặc ghi “Toàn bộ”."),
        (row(5, "Xã An Mỹ", "Xã Phong Nẫm"),
         "Đơn vị mới trùng tên với Xã Phong Nẫm (Huyện Kế Sách) không có trong bảng đối chiếu."),
        (row(5, "Xã An Mỹ", "Xã Mới", new_code="31537"),
         "Mã mới 31537 đang là mã của Xã Phong Nẫm (Huyện Kế Sách) không có trong bảng đối chiếu."),
        (row(5, "Xã An Mỹ", "x", flaws=["ô mã mới chứa công thức"]), "Ô mã mới chứa công thức."),
    ],
)  # fmt: skip
def test_one_row(place, given, sentence):
    assert refused(given) == [f"Dòng 5: {sentence}"]


@pytest.mark.parametrize(
    ("one", "two", "sentence"),
    [
        (row(5, "Xã An Mỹ", "Xã Một"), row(9, "Xã An Mỹ", "Xã Hai"),
         "Xã An Mỹ (Huyện Kế Sách) được chuyển toàn bộ ở nhiều dòng (dòng 5, 9); nếu chia cho "
         "nhiều đơn vị mới thì ghi “Một phần” ở từng dòng."),
        (row(5, "Xã An Mỹ", "Xã Một"), row(9, "Xã An Mỹ", "Xã Hai", extent="Một phần"),
         "Xã An Mỹ (Huyện Kế Sách) vừa được chuyển toàn bộ vừa được chuyển một phần (dòng 5, 9)."),
        (row(5, "Xã An Mỹ", "Xã Một", extent="Một phần"),
         row(9, "Xã An Mỹ", "Xã Hai", extent="Một phần"),
         "Xã An Mỹ (Huyện Kế Sách) được chia mà chưa ghi x ở cột kế thừa hồ sơ cho đơn vị nào."),
        (row(5, "Xã An Mỹ", "Xã Một", extent="Một phần", heir="x"),
         row(9, "Xã An Mỹ", "Xã Hai", extent="Một phần", heir="x"),
         "Xã An Mỹ (Huyện Kế Sách) có nhiều đơn vị cùng ghi kế thừa hồ sơ (dòng 5, 9), chỉ ghi "
         "một."),
        (row(5, "Xã An Mỹ", "Xã Một", extent="Một phần", heir="x"),
         row(9, "Xã An Mỹ", "Xã Một", extent="Một phần"),
         "Xã An Mỹ (Huyện Kế Sách) được ghi hai lần vào cùng một đơn vị mới."),
        (row(5, "Xã An Mỹ", "Xã Mới", new_code="1"), row(9, "Xã Ba Trinh", "Xã Mới", new_code="2"),
         "Xã Mới được ghi với nhiều mã: 1, 2."),
        (row(5, "Xã An Mỹ", "Xã Một", new_code="1"), row(9, "Xã Ba Trinh", "Xã Hai", new_code="1"),
         "Mã 1 được ghi cho nhiều đơn vị mới: Xã Một, Xã Hai."),
    ],
)  # fmt: skip
def test_two_rows_that_disagree(place, one, two, sentence):
    assert refused(one, two) == [f"Dòng 5: {sentence}", f"Dòng 9: {sentence}"]


def test_an_ambiguous_name_needs_its_district_or_its_code(place):
    other = make_district(name="Long Phú", code="946")
    twin = make_commune(name="An Mỹ", code="40000", district=other)
    assert refused(row(5, "Xã An Mỹ", "Xã Mới")) == [
        "Dòng 5: Chưa rõ “Xã An Mỹ” là đơn vị nào: Xã An Mỹ (Huyện Kế Sách), "
        "Xã An Mỹ (Huyện Long Phú)."
    ]
    by_district = row(5, "Xã An Mỹ", "Xã Mới", old_district="Huyện Long Phú")
    by_code = row(5, "Xã An Mỹ", "Xã Mới", old_code="40000")
    assert [checked(given).old_units for given in (by_district, by_code)] == [[twin], [twin]]


def test_a_unit_not_there_yet_or_no_longer(place):
    Commune.objects.filter(name="An Mỹ").update(established_on=DAY)
    Commune.objects.filter(name="Ba Trinh").update(dissolved_on=DAY)
    Commune.objects.filter(name="Kế An").update(dissolved_on=dt.date(2025, 7, 1))
    Commune.objects.filter(name="Phong Nẫm").update(dissolved_on=dt.date(2024, 8, 31))
    rows = [row(n, f"Xã {name}", f"Xã Mới {n}") for n, name in enumerate(place, 2)]
    assert refused(*rows) == [
        "Dòng 2: Xã An Mỹ (Huyện Kế Sách) chỉ thành lập từ ngày 01/09/2024.",
        "Dòng 3: Xã Ba Trinh (Huyện Kế Sách) đã được ghi không còn từ ngày 01/9/2024; xem lại "
        "lần sắp xếp đó trước.",
        "Dòng 4: Xã Kế An (Huyện Kế Sách) đã được ghi không còn từ ngày 01/7/2025; xem lại "
        "lần sắp xếp đó trước.",
        "Dòng 5: Xã Phong Nẫm (Huyện Kế Sách) không còn từ ngày 31/08/2024.",
    ]


def test_a_unit_across_districts_must_say_where_it_lies(place):
    make_commune(name="Long Đức", district=make_district(name="Long Phú", code="946"))
    sentence = (
        "Các đơn vị cũ của Xã Mới thuộc nhiều huyện (Huyện Kế Sách, Huyện Long Phú); ghi rõ ở "
        "cột huyện mới."
    )
    assert refused(row(2, "Xã An Mỹ", "Xã Mới"), row(3, "Xã Long Đức", "Xã Mới")) == [
        f"Dòng 2: {sentence}",
        f"Dòng 3: {sentence}",
    ]


def test_when_districts_end_no_commune_of_theirs_may_stay(place):
    make_commune(name="Đã Không Thuộc Huyện", district=None)
    rows = [row(2, "Xã An Mỹ", "Xã Mới"), row(3, "Xã Kế An", "Xã Mới")]
    assert refused(*rows, ends_districts=True) == [
        "Cấp huyện kết thúc từ ngày 01/9/2024 mà Huyện Kế Sách còn 2 đơn vị chưa có trong bảng "
        "đối chiếu: Xã Ba Trinh, Xã Phong Nẫm."
    ]


def test_when_districts_end_none_can_be_new(place):
    rows = [row(n, f"Xã {name}", "Xã Mới") for n, name in enumerate(place, 2)]
    rows[1].new_district = "Huyện Kế Sách"
    assert refused(*rows, ends_districts=True) == [
        "Dòng 3: Ghi huyện mới “Huyện Kế Sách” trong khi cấp huyện kết thúc từ ngày này."
    ]


def test_districts_that_cannot_end_here(place, district):
    rows = [row(n, f"Xã {name}", "Xã Mới") for n, name in enumerate(place, 2)]
    make_district(name="Trống", code="999")
    assert refused(*rows, ends_districts=True) == [
        "Huyện Trống không có xã, phường, thị trấn nào nên không được kết thúc theo bảng này; "
        "sửa trong trang quản trị trước."
    ]
    District.objects.filter(name="Trống").delete()
    District.objects.update(dissolved_on=dt.date(2025, 7, 1))
    assert refused(*rows, ends_districts=True) == [
        "Huyện Kế Sách đã được ghi không còn từ ngày 01/7/2025; sửa trong trang quản trị trước."
    ]
    District.objects.update(dissolved_on=DAY)
    assert refused(*rows, ends_districts=True) == [
        "Ngày 01/9/2024 không còn huyện nào để kết thúc."
    ]


def test_a_district_that_ends_that_day_takes_no_new_unit(place):
    District.objects.update(dissolved_on=DAY)
    assert refused(row(2, "Xã An Mỹ", "Xã Mới")) == [
        "Dòng 2: Huyện Kế Sách không có trong ngày 01/9/2024; ghi huyện mới, hoặc khai khi nạp "
        "rằng cấp huyện kết thúc."
    ]


def test_a_name_written_without_accents_is_warned_of(place):
    mapping = checked(row(2, "Xa An My", "Xã Mới"))
    assert mapping.warnings == (
        "Dòng 2: “Xa An My” ghi không dấu, hiểu là Xã An Mỹ (Huyện Kế Sách).",
    )
