"""The house rules that a reader cannot check by eye: who knows whom, who asks the clock, who reads.

Imports are held by import-linter (pyproject.toml).
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
# From the ground up; a foreign key, like an import, goes down or stays.
HOUSE = ["accounts", "communes", "assignments", "reports", "config"]


def modules() -> Iterator[Path]:
    """Give our own modules, but for migrations."""
    for package in HOUSE:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(path: Path, kind: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, kind))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"


# --- keys go down ------------------------------------------------------------------------------


def test_foreign_keys_go_down_the_house():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in HOUSE
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation and field.related_model._meta.app_label in HOUSE
        if HOUSE.index(field.related_model._meta.app_label) > HOUSE.index(model._meta.app_label)
    ]
    assert upward == []


def test_every_app_of_ours_has_its_floor():
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert ours <= set(HOUSE)


# --- one clock ---------------------------------------------------------------------------------

CLOCK = ROOT / "accounts" / "clock.py"
ASKS = {"today", "now", "utcnow", "localdate", "localtime", "time_ns"}
CONVERTS = {"localdate", "localtime"}  # with an argument they only change its time zone
ASKED = re.compile(r"(^|\.)(date|datetime|timezone|time)$")


def clock_readings(path: Path) -> Iterator[str]:
    """Give each place where a module asks what time it is, by call or by reference."""
    converting = {call.func for call in nodes(path, ast.Call) if call.args}
    for node in nodes(path, ast.Attribute):
        if node.attr in ASKS and ASKED.search(ast.unparse(node.value)):
            if node.attr in CONVERTS and node in converting:
                continue
            yield where(path, node)
    for node in nodes(path, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        if node.module == "django.utils.timezone" and names & ASKS:
            yield where(path, node)
        if node.module == "django.db.models.functions" and "Now" in names:
            yield where(path, node)


def test_the_clock_is_found_where_it_is():
    assert len(list(clock_readings(CLOCK))) == 2


def test_only_the_clock_asks_the_time():
    assert [
        reading for path in modules() if path != CLOCK for reading in clock_readings(path)
    ] == []


# --- views reach data through the user's scope ---------------------------------------------------

SCOPES = (".visible_to(", ".of_user(")


def view_modules() -> list[Path]:
    return [path for path in modules() if path.stem == "views" or "views" in path.parts]


def whole_chain(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.AST:
    """Climb from ``Model.objects`` to the end of ``Model.objects.a().b()``."""
    parent = parents.get(node)
    goes_on = isinstance(parent, ast.Attribute) or (
        isinstance(parent, ast.Call) and parent.func is node
    )
    return whole_chain(parent, parents) if goes_on else node


def unscoped(path: Path) -> Iterator[str]:
    """Give each reading of a model in a view whose expression names no scope of the user."""
    parents = {child: node for node in nodes(path, ast.AST) for child in ast.iter_child_nodes(node)}
    for node in nodes(path, ast.Attribute):
        chain = whole_chain(node, parents)
        if node.attr == "objects" and not any(scope in ast.unparse(chain) for scope in SCOPES):
            yield where(path, chain)
    for call in nodes(path, ast.Call):
        of_a_model = (
            call.args and isinstance(call.args[0], ast.Name) and call.args[0].id[0].isupper()
        )
        if ast.unparse(call.func).endswith("_or_404") and of_a_model:
            yield where(path, call)


def test_views_read_only_what_the_user_may_see():
    assert [reading for path in view_modules() for reading in unscoped(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        "rows = Commune.objects.all()",
        "rows = Officer.objects.filter(user=request.user).first()",
        "row = get_object_or_404(Commune, pk=pk)",
    ],
)
def test_a_bypass_is_noticed(tmp_path, monkeypatch, line):
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    (tmp_path / "views.py").write_text(line)
    assert len(list(unscoped(tmp_path / "views.py"))) == 1


def test_a_scoped_reading_is_not_a_bypass(tmp_path):
    (tmp_path / "views.py").write_text("get_object_or_404(Commune.objects.visible_to(user), pk=1)")
    assert list(unscoped(tmp_path / "views.py")) == []


# --- what the content security policy would block, or a closed network not find ------------------

FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "style element": re.compile(r"<style\b"),
    "script without src or nonce": re.compile(r"<script(?![^>]*\b(src|nonce)=)"),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "asset from elsewhere": re.compile(
        r"""(?:src|href|action|srcset)\s*=\s*["']?(?:https?:)?//|url\(["']?(?:https?:)?//|@import"""
    ),
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)


def pages() -> list[Path]:
    return [
        path
        for folder in ("templates", "static", *(f"{package}/templates" for package in HOUSE))
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".html", ".svg", ".css", ".js", ".txt"}
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_pages_hold_nothing_the_policy_forbids(what):
    found = [
        f"{path.relative_to(ROOT)}: {match[0][:80]}"
        for path in pages()
        for match in FORBIDDEN[what].finditer(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]
    assert found == []
