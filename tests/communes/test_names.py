"""Spelling, sorting and searching of Vietnamese names."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assignments.models import Officer
from communes import names
from communes.models import Commune
from tests.factories import make_commune, make_officer

# Each list stands in the order a Vietnamese reader expects (DOMAIN §3.1).
TONES = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
LETTERS = ["An", "Ăn", "Ân", "Da", "Đa", "En", "Ên", "On", "Ôn", "Ơn", "Un", "Ưn"]
PEOPLE = [
    "Nguyễn Thị An",
    "Lê Văn An",
    "Lê Văn Ánh",  # before every O, whatever a plain collation says
    "Trần Thị Bé",
    "Thạch Danh",
    "Lê Duy",
    "Lý Đa",
    "Kim Sơn Đạt",
    "Trần Thị Hòa",
    "Trần Văn Hoà",
    "Lâm Thị Oanh",
    "Danh Pô",
    "Sơn Pô",
    "Trần Ngọc Thạch",
    "Đỗ Văn Thạch",
    "Trần Văn Thạch",
]
PLACES = [
    "Phường 1",
    "Phường 2",
    "Phường 10",
    "Thị trấn An Lạc Thôn",
    "Thị trấn Đại Ngãi",
    "Thị trấn Kế Sách",
    "Xã An Hiệp",
    "Xã An Thạnh 1",
    "Xã An Thạnh 2",
    "Xã An Thạnh Đông",
    "Xã Ba Trinh",
    "Xã Đại Ân 1",
    "Xã Đại Ân 2",
]


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def shuffled(items: list[str]) -> list[str]:
    return random.Random(7).sample(items, len(items))


def found(query: str, *texts: str) -> bool:
    """Say in Python what ``SearchableQuerySet.search`` asks the database."""
    key = names.search_key(*texts)
    return all(word in key or other in key for word, other in names.search_words(query))


@pytest.mark.parametrize("expected", [TONES, LETTERS, PEOPLE], ids=["tones", "letters", "people"])
def test_people_sort_by_given_then_middle_then_family_name(expected):
    assert sorted(shuffled(expected), key=names.person_sort_key) == expected


def test_places_sort_naturally():
    assert sorted(shuffled(PLACES), key=names.place_sort_key) == PLACES


def test_letters_decide_before_tones():
    assert names.person_sort_key("Lê Hạ") < names.person_sort_key("Lê Hai")
    assert names.place_sort_key("Xã Ba") < names.place_sort_key("Xã Bà")
    assert names.place_sort_key("Xã Bà") < names.place_sort_key("Xã Bac")


@pytest.mark.django_db
def test_the_database_sorts_people_as_python_does():
    for name in shuffled(PEOPLE + TONES + LETTERS):
        make_officer(name)
    stored = list(Officer.objects.values_list("full_name", flat=True))
    assert stored == sorted(stored, key=names.person_sort_key)
    assert [name for name in stored if name in PEOPLE] == PEOPLE


@pytest.mark.django_db
def test_the_database_sorts_places_as_python_does():
    for name in shuffled(PLACES):
        kind, _, bare = name.replace("Thị trấn", "Thị_trấn").partition(" ")
        kinds = {"Phường": "ward", "Thị_trấn": "township", "Xã": "rural_commune"}
        make_commune(bare, kind=kinds[kind])
    assert [str(commune) for commune in Commune.objects.all()] == PLACES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Tú", "Hòa Tú"),
        ("HOÀ TÚ", "hòa tú"),
        ("Thuý", "Thúy"),
        ("Khoẻ", "Khỏe"),
        ("Đại Tâm", "Ðại Tâm"),
        ("Đại  Ân\u00a01", "Đại Ân 1"),
        (decomposed("Thạnh Quới"), "Thạnh Quới"),
        ("\ufeffKế Sách\u200b", "Kế Sách"),
    ],
)
def test_two_spellings_of_one_name_match(one, other):
    assert names.match_key(one) == names.match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa Tú", "Hoa Tú"), ("Quý", "Qúy"), ("Hoàn", "Hòan"), ("Đa", "Da"), ("An", "Ân")],
)
def test_different_words_do_not_match(one, other):
    assert names.match_key(one) != names.match_key(other)


def test_normalise_composes_trims_and_mends_look_alikes():
    assert names.normalise(decomposed("  Ðại \t Ngãi ")) == "Đại Ngãi"
    assert names.normalise_lines("Phường 1 \r\n\n  Phường\u00a02") == "Phường 1\nPhường 2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "thanh qui",
        "Thạnh Quới",
        "quới thạnh",
        "THẠNH QUỚI",
        decomposed("thạnh quới"),
        "thanh quoi",
        "xã  quới",
        "",
    ],
)
def test_search_finds_thanh_quoi(query):
    commune = make_commune("Thạnh Quới")
    assert Commune.objects.search(query).get() == commune


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["đại ân", "dai an", "Ðại", "ĐẠI", decomposed("đại ân")])
def test_search_takes_every_form_of_the_letter_d(query):
    commune = make_commune("Đại Ân 1")
    make_commune("An Hiệp")
    assert Commune.objects.search(query).get() == commune


@pytest.mark.django_db
def test_search_wants_every_word():
    make_commune("Thạnh Quới")
    assert not Commune.objects.search("thạnh phú").exists()


@pytest.mark.django_db
def test_search_of_officers_looks_at_their_offices_too():
    officer = make_officer("Thạch Thị Sa Rươne", office="Phó Giám đốc Sở Nội vụ")
    assert Officer.objects.search("noi vu thach").get() == officer


@pytest.mark.django_db
def test_what_is_pasted_decomposed_is_stored_composed():
    officer = make_officer(decomposed("  Trần  Thị Hoà "))
    officer.refresh_from_db()
    assert officer.full_name == "Trần Thị Hoà"
    assert Officer.objects.search("hòa tran").get() == officer


VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)
word = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + "0123456789", min_size=1, max_size=8)
name = st.lists(word, min_size=1, max_size=6).map(" ".join)


@given(st.one_of(name, st.text()))
def test_composed_and_decomposed_text_have_equal_keys(text):
    composed = unicodedata.normalize("NFC", text)
    for key in (
        names.normalise,
        names.match_key,
        names.search_key,
        names.person_sort_key,
        names.place_sort_key,
    ):
        assert key(decomposed(text)) == key(composed)


@given(st.one_of(name, st.text()))
def test_normalising_twice_changes_nothing(text):
    assert names.normalise(names.normalise(text)) == names.normalise(text)
    assert names.match_key(names.match_key(text)) == names.match_key(text)


@given(name, st.randoms(use_true_random=False))
def test_search_finds_any_name_by_its_own_words_in_any_order(full_name, rng):
    words = full_name.split()
    rng.shuffle(words)
    query = " ".join(words)
    assert found(query, full_name)
    assert found(names.without_accents(query), full_name)
    assert found(decomposed(query.upper()), full_name)
