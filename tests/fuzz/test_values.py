"""The fuzz finds what is there: its own parts do what they say."""

from __future__ import annotations

from random import Random

from tests.fuzz.filling import Filling
from tests.fuzz.judging import faults_of_page, harmful
from tests.fuzz.markup import errors, forms, links, parameters, parsed
from tests.fuzz.values import MARK, Values

PAGE = b"""<html><body><a href="/dang-bo/?tim=a&amp;trang=2">x</a><a href="https://khac/">y</a>
<form method="post" id="f" enctype="multipart/form-data"><input name="a-TOTAL_FORMS" type="hidden"
value="1"><select name="s"><option value="1">1<option value="2" selected>2</select>
<textarea name="t">\nxin</textarea><input type="radio" name="r" value="1">
<input type="file" name="d">
<span class="invalid-feedback">Ghi t\xc3\xaan.</span></form><input form="f" name="on" value="x">
</body></html>"""


def test_a_page_gives_its_forms_and_links():
    tree = parsed(PAGE)
    (form,) = forms(tree, "/a/?b=1")
    assert (form.action, form.method, form.takes_files) == ("/a/?b=1", "post", True)
    assert {name: (field.kind, field.values) for name, field in form.fields.items()} == {
        "a-TOTAL_FORMS": ("hidden", ["1"]),
        "s": ("select", ["2"]),
        "t": ("textarea", ["xin"]),
        "r": ("radio", []),
        "d": ("file", []),
        "on": ("text", ["x"]),
    }
    assert form.fields["on"].asks_for_a_day
    assert list(links(tree, "/a/")) == ["/dang-bo/?tim=a&trang=2"]
    assert parameters("/dang-bo/?tim=a&trang=2") == {"tim", "trang"}
    assert errors(tree) == ["Ghi tên."]


def test_the_same_seed_gives_the_same():
    (form,) = forms(parsed(PAGE), "/a/")
    one, two = (Filling(form, Random("1:5")) for _ in range(2))
    assert one.pairs == two.pairs
    assert one.files == two.files
    assert Values(Random(3)).any() == Values(Random(3)).any()


def test_harm_is_seen():
    assert list(faults_of_page(f"<p>{MARK}></p>", seen=True))
    assert list(faults_of_page("<p>\x07</p>", seen=True))
    assert not list(faults_of_page("<p>&lt;fz9&gt;\n</p>", seen=True))
    assert harmful("a\u0302") == "letters in pieces"
    assert harmful("a\u202e") == "a mark of direction"
    assert harmful("a\x00") == "a control character"
    assert harmful("Ấp\n3") == ""
