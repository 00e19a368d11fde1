"""Drafts: each sentence for none, one and many; neutral; every field one that exists."""

import re

import pytest

from reports.figures import FIGURES
from reports.reviews.fields import FIELD, field_values, fill
from reports.reviews.parts import PARTS, draft_of
from tests.factories import make_frozen, make_frozen_figure

NONE = dict.fromkeys(FIGURES, 0)
MANY = {key: 1_200 + number for number, key in enumerate(FIGURES)}
WRITTEN_BY_THE_OFFICE = {"nguyen_nhan"}
ANNEX = re.compile(r"Phụ lục\u00a0\d")
JUDGING = ("yếu kém", "không hoàn thành", "thiếu trách nhiệm", "vi phạm", "khuyết điểm")


@pytest.mark.parametrize("numbers", [NONE, dict.fromkeys(FIGURES, 1), MANY, {}])
def test_every_field_of_a_draft_has_a_value(db, numbers):
    frozen = make_frozen()
    for key, value in numbers.items():
        make_frozen_figure(frozen, key=key, value=value)
    frozen.parameters = frozen.parameters | {"shown": [["Các quý", "Quý II/2023"]]}
    values = field_values(frozen)
    for part in PARTS:
        text, missing = fill(draft_of(part, numbers), values)
        assert not missing, part.key
        assert "{{" not in text
        assert not any(word in text.lower() for word in JUDGING)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.key)
def test_with_figures_there_is_a_draft(part):
    assert bool(draft_of(part, MANY)) == (part.key not in WRITTEN_BY_THE_OFFICE)


def test_where_there_is_nothing_it_says_so():
    said = {part.key: draft_of(part, NONE) for part in PARTS}
    assert said["di_co_so"] == "Chưa có lượt đi cơ sở nào được ghi nhận trong kỳ."
    assert "chưa ghi nhận kiến nghị nào" in said["phan_anh_kien_nghi"]
    assert said["chua_du"] == "Theo số liệu tổng hợp, không có nội dung nào thực hiện chưa đủ."
    assert said["de_xuat"] == ""
    assert "chưa có cán bộ nào được phân công" in said["phan_cong"]


def test_numbers_stand_as_fields_only():
    """Beside the numbers of annexes there is no digit in a draft."""
    for part in PARTS:
        words = ANNEX.sub("", FIELD.sub("", draft_of(part, MANY)))
        assert not re.search(r"\d", words), part.key
