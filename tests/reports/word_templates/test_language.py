"""Which fields a template may hold: names, loops over lists, "is there a value"; nothing else."""

from __future__ import annotations

import pytest

from assignments.attachments.refusals import Refused
from reports.word_templates.rendering import used_by
from tests.reports.word_templates.words import word_file

LOOP = "{{% for x in kien_nghi %}}{}{{% endfor %}}"
ALLOWED = (
    "{{ can_bo }}",
    "{{can_bo}}",
    "{% if can_bo %}a{% elif so %}b{% else %}c{% endif %}",
    "{% if not can_bo %}a{% endif %}",
    "{# lời nhắc của văn phòng #}",
    LOOP.format("{{ x.so }} {% if x.han_tra_loi %}{{ can_bo }}{% endif %}"),
    "{% for x in kien_nghi -%}{{ x.so }}{%- endfor %}",
)
FORBIDDEN = {
    "{{ can_bo() }}": "lời gọi hàm",
    "{{ can_bo.format(1) }}": "lời gọi hàm",
    "{{ can_bo|upper }}": "bộ lọc",
    "{{ can_bo + 1 }}": "phép tính",
    "{{ 2 ** 999999 }}": "phép tính",
    "{{ -can_bo }}": "phép tính",
    "{{ 'a' ~ can_bo }}": "phép nối",
    "{{ 7 }}": "giá trị viết sẵn",
    "{{ 'chữ' }}": "giá trị viết sẵn",
    "{{ [1, 2] }}": "giá trị viết sẵn",
    "{{ can_bo.ten }}": "thuộc tính",
    "{{ can_bo.__class__ }}": "thuộc tính",
    "{{ can_bo.__class__.__mro__ }}": "thuộc tính",
    "{{ can_bo['__class__'] }}": "chỉ số",
    "{{ _an }}": "gạch dưới",
    "{{ self }}": "dành riêng",
    "{{ loop }}": "dành riêng",
    "{{ can_bo if so else ten }}": "biểu thức điều kiện",
    "{% if can_bo == 1 %}a{% endif %}": "phép so sánh",
    "{% if can_bo is defined %}a{% endif %}": "phép thử",
    "{% if can_bo and so %}a{% endif %}": "phép tính",
    "{% set a = 1 %}": "gán giá trị",
    "{% set a %}x{% endset %}": "gán giá trị",
    "{% macro a() %}x{% endmacro %}": "macro",
    "{% call a() %}x{% endcall %}": "macro",
    "{% include 'a' %}": "chèn tệp",
    "{% import 'a' as b %}": "chèn tệp",
    "{% from 'a' import b %}": "chèn tệp",
    "{% extends 'a' %}": "chèn tệp",
    "{% block a %}{% endblock %}": "khối",
    "{% filter upper %}a{% endfilter %}": "lệnh không nhận",
    "{% with a = 1 %}{% endwith %}": "lệnh không nhận",
    "{% autoescape false %}{{ can_bo }}{% endautoescape %}": "lệnh không nhận",
    "{% for x in range(9999999) %}a{% endfor %}": "lời gọi hàm",
    "{% for x in 'abc' %}a{% endfor %}": "giá trị viết sẵn",
    "{% for x, y in kien_nghi %}a{% endfor %}": "vòng lặp này",
    "{% for x in kien_nghi if x.so %}a{% endfor %}": "vòng lặp này",
    "{% for x in kien_nghi recursive %}a{% endfor %}": "vòng lặp này",
    "{% for x in kien_nghi %}a{% else %}b{% endfor %}": "vòng lặp này",
    "{% for _x in kien_nghi %}a{% endfor %}": "gạch dưới",
    "{% for kien_nghi in kien_nghi %}a{% endfor %}": "trùng tên",
    LOOP.format("{{ x }}"): "cả dòng",
    LOOP.format("{{ x.__class__ }}"): "gạch dưới",
    LOOP.format("{{ x.so.xa }}"): "thuộc tính",
    LOOP.format("{{ x['so'] }}"): "chỉ số",
    LOOP.format("{{ loop.index }}"): "thuộc tính",
    LOOP.format("{% for y in can_bo %}a{% endfor %}"): "vòng lặp trong vòng lặp",
    "{{ can_bo": "chưa đóng|viết chưa đúng",
    "{% for x in kien_nghi %}": "viết chưa đúng",
    "{% endfor %}": "viết chưa đúng",
    "{{ cán bộ }}": "viết chưa đúng",
    "{% debug %}": "viết chưa đúng",
    "{{ " + "(" * 5000 + "a" + ")" * 5000 + " }}": "viết chưa đúng",
}


@pytest.mark.parametrize("text", ALLOWED)
def test_what_is_allowed(text):
    used_by(word_file(text))


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_is_not_is_refused_by_name(text):
    with pytest.raises(Refused, match=FORBIDDEN[text]):
        used_by(word_file("Mở đầu", text))


@pytest.mark.parametrize("text", FORBIDDEN)
def test_headers_are_judged_too(text):
    with pytest.raises(Refused, match="đầu trang"):
        used_by(word_file("Mở đầu", header=text))


def test_the_sentence_says_where():
    with pytest.raises(Refused) as refused:
        used_by(word_file("Một", "Hai {{ can_bo }}", "Ba {{ can_bo.ten }} bốn"))
    assert "Trong phần thân văn bản, tại “{{ can_bo.ten }} bốn”" in str(refused.value)
