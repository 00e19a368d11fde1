"""Naming an officer by typing: found without accents, never guessed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from assignments.officer_field import Candidates, OfficerField
from tests.factories import make_officer

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def officers(db):
    make_officer("Lê Văn Ân", office="Giám đốc Sở Y tế")
    make_officer("Lê Văn Ẩn", office="Phó Giám đốc Sở Nội vụ")
    make_officer("Lê Văn Ánh", office="Chánh Thanh tra tỉnh")
    make_officer("Kim Sóc", birth_year=1970)
    make_officer("Kim Sóc", birth_year=1980)
    make_officer("Trần Đã Nghỉ", left_on=dt.date(2026, 1, 1))


def named(text: str) -> str:
    return str(OfficerField(Candidates(DAY)).clean(text))


@pytest.mark.parametrize(
    ("text", "officer"),
    [
        ("Lê Văn Ân (1970), Giám đốc Sở Y tế", "Lê Văn Ân (1970)"),
        ("Lê Văn Ân", "Lê Văn Ân (1970)"),
        ("lê văn ẩn", "Lê Văn Ẩn (1970)"),
        ("le van anh", "Lê Văn Ánh (1970)"),
        ("thanh tra le", "Lê Văn Ánh (1970)"),
        ("so y te", "Lê Văn Ân (1970)"),
        ("Kim Sóc (1980)", "Kim Sóc (1980)"),
        ("soc 1970", "Kim Sóc (1970)"),
    ],
)
def test_one_is_found(officers, text, officer):
    assert named(text) == officer


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("le van an", "Có 2 cán bộ khớp “le van an”: Lê Văn Ân"),
        ("Kim Sóc", "Có 2 cán bộ khớp"),
        ("Nguyễn Không Có", "Không có cán bộ đang công tác nào khớp"),
        ("Trần Đã Nghỉ", "Không có cán bộ đang công tác nào khớp"),
        ("!!!", "Không có cán bộ đang công tác nào khớp"),
        ("x" * 501, "Ghi ngắn hơn"),
    ],
)
def test_none_or_several_get_a_sentence(officers, text, sentence):
    with pytest.raises(ValidationError) as refused:
        named(text)
    assert sentence in refused.value.messages[0]


def test_nothing_typed_is_nobody(officers):
    assert OfficerField(Candidates(DAY)).clean("  ") is None


def test_full_namesakes_are_told_apart(db):
    twins = [make_officer("Lý Sa", office="Công an tỉnh") for _ in range(2)]
    labels = Candidates(DAY).by_label
    assert sorted(officer.pk for officer in labels.values()) == [twin.pk for twin in twins]


def test_one_query_however_many_fields(officers, django_assert_num_queries):
    candidates = Candidates(DAY)
    with django_assert_num_queries(1):
        for text in ("Lê Văn Ân", "so y te", "soc 1980"):
            OfficerField(candidates).clean(text)
