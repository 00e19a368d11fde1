"""Numbers on pages are those of figures: the guard bites, and every column says its figure."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Origin
from django.template.base import Template

from reports.figures import FIGURES
from reports.templatetags.figures import number
from tests.printed_numbers import ALLOWED, OURS

APPS = ("assignments", "reports", "communes", "accounts")
BESIDES_PAGES = {"workbooks", "freezing", "reviews", "packs", "documents", "charts"}


def rendered(source: str, **context: object) -> str:
    """Render ``source`` as if it stood in one of our templates."""
    return Template(source, origin=Origin(str(OURS / "reports" / "x.html"))).render(
        Context(context)
    )


@pytest.mark.parametrize("source", ["{{ open }}", "{{ open|grouped }}", "{{ row.open }}"])
def test_a_number_nobody_defined_is_refused(source):
    with pytest.raises(AssertionError, match=r"reports/x\.html: (row\.)?open"):
        rendered(source, open=3, row={"open": 3})


def test_a_figure_is_printed_with_its_meaning():
    page = rendered('{% number open "petitions_open" %}', open=1234)
    assert ">1.234</data>" in page
    assert FIGURES["petitions_open"].sentence in page


def test_a_figure_nobody_registered_is_refused():
    with pytest.raises(KeyError):
        number(3, "petitions_lost")


def test_what_is_no_statistic_passes():
    assert rendered("{{ row.pk }} {{ days }} {{ rows|length }}", row={"pk": 7}, days=3, rows=[1])


def test_other_peoples_templates_are_not_read():
    assert Template("{{ open }}").render(Context({"open": 3})) == "3"


def test_no_figure_passes_by_the_names_of_what_is_none():
    assert not ALLOWED.search("petitions/by_field.html: row.open")
    assert not ALLOWED.search("reports/home.html: values.communes")


def columns_of_numbers() -> list[tuple[str, ast.Call]]:
    """Give every column of numbers that pages have, with where it is made."""
    found = []
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            if BESIDES_PAGES & set(path.parts):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Column":
                    kinds = [ast.unparse(one.value) for one in node.keywords if one.arg == "kind"]
                    if kinds == ["Kind.NUMBER"]:
                        found.append((f"{path.name}:{node.lineno}", node))
    return found


def test_each_column_of_numbers_says_of_which_figure_it_is_a_slice():
    columns = columns_of_numbers()
    assert len(columns) > 10
    said = {where: {one.arg: one.value for one in node.keywords} for where, node in columns}
    assert [where for where, keywords in said.items() if "figure" not in keywords] == []
    named = {
        keywords["figure"].value
        for keywords in said.values()
        if isinstance(keywords["figure"], ast.Constant)
    }
    assert named <= {*FIGURES}
