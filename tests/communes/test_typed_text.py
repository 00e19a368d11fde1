"""What people type reaches the site composed and visible, by whichever form or address."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from accounts.enums import Role
from assignments.models import Officer
from communes.typed_text import as_typed, visible
from tests.factories import make_officer

INVISIBLE = "\x00\x07\x1b\u200b\u200e\u202e\u2066\u2069\u061c\ufeff\u00ad\U000e0041"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"Nguye\u0302\u0303n{INVISIBLE} An", "Nguyễn An"),
        (" a\tb\r\nc ", " a\tb\r\nc "),
        ("một\x0bhai\u2028ba", "một\nhai\nba"),
        ("\ud800x", "x"),
        ("e\u200b\u0301", "é"),
        ("😀 ½ =1+1 <b>", "😀 ½ =1+1 <b>"),
    ],
)
def test_text_is_composed_and_visible(typed, kept):
    assert visible(typed) == kept


def test_data_without_anything_to_do_are_left_as_they_are():
    data = QueryDict("a=1&b=x+y&a=2")
    assert as_typed(data) is data


def test_names_and_repeated_values_stay_passwords_are_not_touched():
    data = QueryDict("a=1&a=2%00&b%00=%E2%80%AE&password1=x%E2%80%8B")
    assert dict(as_typed(data).lists()) == {
        "a": ["1", "2"],
        "b": [""],
        "password1": ["x\u200b"],
    }


def test_an_address_is_shown_without_what_cannot_be_seen(client_as):
    page = client_as(Role.OFFICE).get("/dang-bo/", {"tim": "\x07Ta\u0323n\u202e", "ngay": "\x1b?"})
    assert "Tạn" in page.text
    assert not {*"\x07\x1b\u202e"} & {*page.text}


def test_forms_of_the_administrator_keep_no_mark_of_direction(client_as):
    officer = make_officer("Trần Văn Bé")
    address = f"/quan-tri/assignments/officer/{officer.pk}/change/"
    client = client_as(Role.ADMIN)
    form = client.get(address).context["adminform"].form
    filled = {name: form[name].value() or "" for name in form.fields}
    client.post(address, filled | {"note": "\u202egnp\u2066 a\u0302\u0323\x07", "assistants": []})
    assert Officer.objects.get(pk=officer.pk).note == "gnp ậ"


def test_a_picker_of_the_administrator_is_shown_again_whatever_it_was_sent(client_as):
    sent = {"officer": ["\n", "x"], "visit": "9" * 40}
    page = client_as(Role.ADMIN).post("/quan-tri/assignments/attendance/add/", sent)
    assert page.status_code == 200
