"""Names and offices as lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assignments.enums import OfficerGroup
from assignments.roster.people import (
    group_of,
    looks_legacy,
    office_key,
    read_person,
    split_position,
    tidy_office,
)
from communes import names


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn An", "Đ/c Nguyễn Văn An", "Đ/C NGUYỄN VĂN AN", "đ/cNguyễn Văn An",
        "Ð/c. Nguyễn Văn An", "Đc. Nguyễn Văn An", "ĐC Nguyễn Văn An", "Đồng chí Nguyễn Văn An",
        "Đồng chí: Nguyễn Văn An", "đồng chíNguyễn Văn An", "Ông Nguyễn Văn An",
        "Ông/Bà Nguyễn Văn An", "Ông/BàNguyễn Văn An", "Ông (Bà) Nguyễn Văn An",
        "ÔngNguyễn Văn An", "Ô. Nguyễn Văn An", "Đ/c: Ông Nguyễn Văn An", "1. Nguyễn Văn An",
        "- Nguyễn Văn An", "Nguyễn\nVăn An", "nguyễn văn an", "NGUYỄN VĂN AN", "TS. Nguyễn Văn An",
        "Đại tá Nguyễn Văn An", "Đ/c Thiếu tướng Nguyễn Văn An", "Nguyễn Văn An (nam)",
        "Nguyễn Văn An*", "(Đ/c) Nguyễn Văn An", "'Nguyễn Văn An",
        "Nguyễn  Văn\u00a0An",
    ],
)  # fmt: skip
def test_one_name_in_many_dresses(text):
    person = read_person(names.normalise_lines(text))
    assert (person.name, person.error) == ("Nguyễn Văn An", "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sơn Pô", "Sơn Pô"), ("Thạch", "Thạch"), ("K' Brêu", "K' Brêu"), ("Ông Tư", "Ông Tư"),
        ("Đức Cường", "Đức Cường"), ("Đoàn Thị Bé", "Đoàn Thị Bé"), ("ÐẶNG THỊ Ý", "Đặng Thị Ý"),
        ("Lưu Văn Giúp", "Lưu Văn Giúp"), ("Bà Trần Thị B", "Trần Thị B"),
    ],
)  # fmt: skip
def test_names_that_must_not_lose_a_word(text, name):
    assert read_person(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn An, Giám đốc Sở Nội vụ", "Nguyễn Văn An - Giám đốc Sở Nội vụ",
        "Nguyễn Văn An\nGiám đốc Sở Nội vụ", "Nguyễn Văn An (Giám đốc Sở Nội vụ)",
        "Đ/c Nguyễn Văn An,\nGiám đốc Sở Nội vụ",
    ],
)  # fmt: skip
def test_an_office_beside_the_name_is_set_apart(text):
    person = read_person(text)
    assert (person.name, person.office) == ("Nguyễn Văn An", "Giám đốc Sở Nội vụ")


def test_a_year_of_birth_beside_the_name_is_set_apart():
    assert read_person("Nguyễn Văn An (sinh năm 1973)").birth == "1973"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "thiếu họ và tên"), ("Đ/c", "thiếu họ và tên"), ("Chưa phân công", "thiếu họ và tên"),
        ("Nguyễn Văn An, Đoàn Thị Bé", "không rõ phần “Đoàn Thị Bé”"),
        ("Nguyễn Văn An và Trần Bé", "nhiều người"),
        ("Nguyễn Văn An\nTrần Văn Bé", "không rõ phần “Trần Văn Bé”"),
        ("Nguyễn Văn A1", "không hợp lệ"), ("12345", "không hợp lệ"), ("x" * 121, "không hợp lệ"),
        ("NguyÔn V¨n An", "phông chữ"), ("Nguyeãn Vaên An", "phông chữ"),
        ("Hoµng §øc", "phông chữ"), ("NGUYEÃN VAÊN AN", "phông chữ"),
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused(text, words):
    person = read_person(text)
    assert words in person.error
    assert person.name == ""


@pytest.mark.parametrize(
    "text",
    ["ĐÀO THỊ ƯỚC", "Quách Thị Mỹ", "Trợ giúp pháp lý", "Huỳnh Khoèo", "Phó Giám đốc Sở Y tế",
     "Sở Lao động - Thương binh và Xã hội", "Thuý Hoà Quý Quỳ", "Đắk Lắk", "Yến Oanh Ươm"],
)  # fmt: skip
def test_vietnamese_is_not_taken_for_an_old_font(text):
    assert not looks_legacy(text)


SYLLABLES = ["Nguyễn", "Trần", "Đặng", "Huỳnh", "Sơn", "Thị", "Văn", "Hồng", "Thuý", "Ý", "Ân"]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=5))
def test_a_plain_name_reads_as_itself(words):
    assert read_person(" ".join(words)).name == " ".join(words)


@given(st.text(max_size=60))
def test_any_text_gives_a_name_or_a_reason(text):
    person = read_person(text)
    assert bool(person.name) != bool(person.error)
    split_position(text)


@pytest.mark.parametrize(
    ("text", "party_office", "office", "group"),
    [
        ("UVBTV Tỉnh ủy, Giám đốc Sở Văn hóa, Thể thao và Du lịch", "UVBTV Tỉnh ủy",
         "Giám đốc Sở Văn hóa, Thể thao và Du lịch", OfficerGroup.STANDING_COMMITTEE),
        ("Tỉnh uỷ viên,\nGiám đốc Sở Y tế", "Tỉnh uỷ viên", "Giám đốc Sở Y tế",
         OfficerGroup.COMMITTEE),
        ("Phó Bí thư Thường trực Tỉnh ủy", "Phó Bí thư Thường trực Tỉnh ủy", "",
         OfficerGroup.STANDING_COMMITTEE),
        ("Bí thư Tỉnh đoàn", "", "Bí thư Tỉnh đoàn", None),
        ("Giám đốc Sở Xây dựng", "", "Giám đốc Sở Xây dựng", None),
        ("", "", "", None),
    ],
)  # fmt: skip
def test_party_offices_stand_in_front(text, party_office, office, group):
    assert split_position(text) == (party_office, office)
    assert group_of(party_office) is group


def test_an_office_over_several_lines_is_one_text():
    assert tidy_office("- UVBTV\n- Phó Giám đốc\nSở Nội vụ") == "UVBTV, Phó Giám đốc Sở Nội vụ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Giám đốc Sở Nội vụ", "GIÁM ĐỐC, SỞ NỘI VỤ"), ("PGĐ Sở Y tế", "Phó Giám đốc Sở Y tế"),
        ("UVBTV", "Uỷ viên Ban Thường vụ"), ("TUV", "Tỉnh ủy viên"), ("UV BTV", "UVBTV"),
    ],
)  # fmt: skip
def test_spellings_of_one_office_are_equal(one, other):
    assert office_key(one) == office_key(other)
