"""What a new petition resembles. All texts here are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.enums import Role
from reports.enums import PetitionState
from reports.petitions.similar import matters_like, similar, suggest_field
from tests.factories import (
    DAY,
    make_assignment,
    make_commune,
    make_field,
    make_matter,
    make_officer,
    make_petition,
)

LIGHTS = "đèn đường, chiếu sáng, bóng đèn"
ROADS = "đường giao thông, lộ nông thôn, đường, cầu, lộ"
SCHOOLS = "trường, trường học, phòng học, điểm trường"


@pytest.fixture
def fields(db):
    """Make four fields with their words; one of them is no longer offered."""
    return {
        "roads": make_field("Giao thông nông thôn", words=ROADS, order=1),
        "lights": make_field("Đèn đường", words=LIGHTS, order=2),
        "schools": make_field("Trường lớp", words=SCHOOLS, order=3),
        "other": make_field("Khác", order=9),
        "gone": make_field("Chợ nông thôn", words="chợ", is_in_use=False),
    }


# --- the field -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Đề nghị lắp đèn đường ấp 3", "lights"),
        ("Đề nghị sửa đường giao thông từ ấp 3 đến ấp 5", "roads"),
        ("de nghi lap den duong ap 3", "lights"),
        ("DE NGHI SUA DUONG GIAO THONG", "roads"),
        ("Đường vào ấp tối, xin bóng đèn cho bà con", "lights"),
        ("Nâng cấp lộ nông thôn, làm thêm đèn đường và chiếu sáng", "roads"),
        ("Cầu Ông Lớn hư, đường đi lại khó", "roads"),
        ("Điểm trường ấp 2 xuống cấp", "schools"),
        ("Đề nghị bồi dưỡng trưởng ấp", None),  # not a school: accents count where typed
        ("Sửa chợ xã", None),
        ("Việc khác", None),
        ("", None),
        ("\u202e…?!", None),
    ],
)
def test_the_field_is_the_one_whose_words_are_longest(fields, content, name):
    assert suggest_field(content) == fields.get(name)


def test_of_equally_long_words_more_of_them_win(fields):
    road, light = "đường giao thông", "đèn đường"
    lights = make_field("Điện", words="trạm biến áp", order=4)
    assert suggest_field(f"Sửa {road}, lắp {light}, thêm {light}") == fields["roads"]
    assert suggest_field(f"Sửa {road}, trạm biến áp cũ, trạm biến áp thiếu") == lights


def test_suggesting_reads_the_fields_once(fields, django_assert_num_queries):
    with django_assert_num_queries(1):
        suggest_field("Đề nghị lắp đèn đường " * 500)


# --- petitions like it ---------------------------------------------------------------------------


@pytest.fixture
def office(users):
    return users[Role.OFFICE]


def contents(found):
    return [one.petition.content for one in found]


@pytest.fixture
def raised(fields):
    """Let three communes ask for street lights and one for a road."""
    texts = {
        "Phú Lộc": "Đề nghị lắp đèn đường tuyến ấp 3",
        "Thạnh Trị": "Xin hỗ trợ hệ thống đèn đường cho khóm 2",
        "Vĩnh Lợi": "Người dân mong có đèn chiếu sáng ở khu dân cư",
    }
    made = {
        name: make_petition(make_commune(name), content=text, field=fields["lights"])
        for name, text in texts.items()
    }
    made["Long Hưng"] = make_petition(
        make_commune("Long Hưng"),
        content="Nâng cấp tuyến đường giao thông ấp 4",
        field=fields["roads"],
    )
    return made


def test_street_lights_of_three_communes_are_found_together(raised, fields, office):
    here = raised["Phú Lộc"].commune
    found = similar("Đề nghị lắp đèn đường ấp 7", fields["lights"], here, office, DAY)
    assert [one.petition for one in found[:2]] == [raised["Phú Lộc"], raised["Thạnh Trị"]]
    assert {one.petition for one in found} == set(raised.values()) - {raised["Long Hưng"]}
    assert [one.is_same_commune for one in found] == [True, False, False]
    assert "đèn đường" in found[0].words


def test_without_a_field_a_lamp_is_not_a_road(raised, office):
    found = {one.petition for one in similar("den duong bi hu", None, None, office, DAY)}
    assert found == {raised["Phú Lộc"], raised["Thạnh Trị"]}
    road = similar("Sửa đường giao thông liên ấp", None, None, office, DAY)
    assert [one.petition for one in road] == [raised["Long Hưng"]]
    assert road[0].words == ("đường giao", "giao thông")


def test_rarer_words_come_first(fields, office):
    usual = [
        make_petition(content=f"Đề nghị sửa đường ấp {n}", field=fields["roads"]) for n in range(4)
    ]
    rare = make_petition(content="Đề nghị sửa cầu Kinh Xáng", field=fields["roads"])
    found = similar("Sửa cầu qua Kinh Xáng", fields["roads"], None, office, DAY)
    assert found[0].petition == rare
    assert found[0].petition not in usual


def test_words_of_every_petition_say_nothing(fields, office):
    make_petition(content="Đề nghị quan tâm hỗ trợ người dân ấp 3", field=fields["other"])
    assert similar("Đề nghị xem xét cho người dân ấp 3", fields["other"], None, office, DAY) == []
    assert similar("", None, None, office, DAY) == []


def test_only_open_ones_of_the_day_are_like_it(raised, fields, office):
    make_petition(content="Đèn đường đã lắp", field=fields["lights"], state=PetitionState.RESOLVED)
    make_petition(content="Đèn đường", field=fields["lights"], raised_on=DAY + dt.timedelta(1))
    found = similar("đèn đường", fields["lights"], None, office, DAY)
    assert {one.petition for one in found} <= set(raised.values())


def test_an_officer_learns_of_nobody_elses(raised, fields, users):
    own = make_officer(user=users[Role.OFFICER])
    make_assignment(own, raised["Phú Lộc"].commune)
    found = similar("Lắp đèn đường", fields["lights"], None, users[Role.OFFICER], DAY)
    assert [one.petition for one in found] == [raised["Phú Lộc"]]


def test_the_rarity_of_words_tells_an_officer_nothing_of_others(raised, fields, users):
    own = make_officer(user=users[Role.OFFICER])
    make_assignment(own, raised["Phú Lộc"].commune)

    def score():
        asked = ("Lắp đèn đường", fields["lights"], None, users[Role.OFFICER], DAY)
        return [one.score for one in similar(*asked)]

    before = score()
    make_petition(content="Đèn đường, đèn đường", field=fields["lights"])
    assert score() == before


def test_the_queries_do_not_grow(raised, fields, office, django_assert_max_num_queries):
    for n in range(30):
        make_petition(content=f"đèn đường tuyến {n}", field=fields["lights"])
    with django_assert_max_num_queries(1):
        found = similar("đèn đường", fields["lights"], None, office, DAY)
        assert [(str(one.petition.commune), one.petition.matter) for one in found]


# --- matters -------------------------------------------------------------------------------------


def test_matters_by_their_titles(raised, fields, users, office):
    lights = make_matter("Lắp đèn đường các tuyến liên ấp", field=fields["lights"])
    make_matter("Cầu bắc qua kênh", field=fields["roads"])
    assert matters_like("Xin đèn đường", None, office) == [lights]
    assert matters_like("Xin đèn đường", fields["lights"], office) == [lights]
    assert matters_like("Xin đèn đường", fields["roads"], office) == []
    assert matters_like("Xin đèn đường", None, users[Role.OFFICER]) == []
