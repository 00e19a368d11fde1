"""Which fields may be written in a template: names, loops over lists, "is there a value".

A template is judged by its parsed syntax tree: what is not named here is refused. The
environment is a sandbox besides, so that an oversight here still runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from assignments.attachments.refusals import Refused

ALLOWED = (
    "Chỉ dùng được {{ ten_truong }}, {% for dong in danh_sach %} … {{ dong.cot }} … {% endfor %} "
    "và {% if ten_truong %} … {% endif %}"
)
NAMES: dict[type[nodes.Node], str] = {
    nodes.Call: "lời gọi hàm",
    nodes.Filter: "bộ lọc “|”",
    nodes.Test: "phép thử “is”",
    nodes.Compare: "phép so sánh",
    nodes.BinExpr: "phép tính",
    nodes.UnaryExpr: "phép tính",
    nodes.Concat: "phép nối “~”",
    nodes.Getitem: "chỉ số “[ ]”",
    nodes.Getattr: "thuộc tính của trường",
    nodes.Literal: "giá trị viết sẵn",
    nodes.CondExpr: "biểu thức điều kiện",
    nodes.Macro: "macro",
    nodes.CallBlock: "macro",
    nodes.Include: "chèn tệp khác",
    nodes.Import: "chèn tệp khác",
    nodes.FromImport: "chèn tệp khác",
    nodes.Extends: "chèn tệp khác",
    nodes.Block: "khối “block”",
    nodes.Assign: "gán giá trị “set”",
    nodes.AssignBlock: "gán giá trị “set”",
    nodes.For: "vòng lặp này",
}
NESTED = "vòng lặp trong vòng lặp"
HIDDEN = "tên bắt đầu bằng dấu gạch dưới"
OWN_NAME = "tên dành riêng của máy"
OTHER = "lệnh không nhận trong mẫu"
# Names that mean something to the language itself.
RESERVED = {"self", "super", "caller", "loop", "varargs", "kwargs"}
TAKEN = "dòng của vòng lặp trùng tên với một danh sách"
MARKUP = re.compile(r"<[^>]*>")
PARAGRAPH = re.compile(r"(?=<w:p[ >])")


@dataclass
class Used:
    """What a template asks for: fields, and of each list its columns; in their order."""

    fields: dict[str, None] = field(default_factory=dict)
    lists: dict[str, dict[str, None]] = field(default_factory=dict)


class Forbidden(Exception):
    """The syntax tree holds something that is not allowed, on line ``line``."""

    def __init__(self, what: str, line: int | None):
        super().__init__(what)
        self.what, self.line = what, line or 0


def by_paragraphs(source: str) -> str:
    """Begin a line before each paragraph, as the library does: lines then tell the place."""
    return PARAGRAPH.sub("\n", source)


def used_in(source: str, place: str, used: Used, environment: SandboxedEnvironment) -> None:
    """Add to ``used`` what one part's source asks for; raises :class:`Refused` naming the place."""
    lined = by_paragraphs(source)
    try:
        Reader(used).read_all(environment.parse(lined).body)
    except Forbidden as forbidden:
        where = f"Trong {place}, tại “{words_at(lined, forbidden.line)}”"
        raise Refused(f"dùng {forbidden.what}. {where}. {ALLOWED}.") from forbidden
    except TemplateSyntaxError as error:
        where = f"Trong {place}, tại “{words_at(lined, error.lineno)}”"
        raise Refused(f"có trường viết chưa đúng. {where}. {ALLOWED}.") from error
    except (TemplateError, RecursionError) as error:
        raise Refused(f"có trường viết chưa đúng trong {place}. {ALLOWED}.") from error


def words_at(source: str, line: int) -> str:
    """Give the words of the paragraph that stands on a line, from its first field on."""
    lines = source.splitlines()
    text = MARKUP.sub("", lines[line - 1]) if 0 < line <= len(lines) else ""
    start = max(text.find("{"), 0)
    return " ".join(text[start:].split())[:90]


class Reader:
    """Walks a syntax tree; ``row`` is the loop's variable and its list while inside a loop."""

    def __init__(self, used: Used):
        self.used = used
        self.row: tuple[str, str] | None = None

    def read_all(self, body: list[nodes.Node]) -> None:
        for node in body:
            self.read(node)

    def read(self, node: nodes.Node) -> None:
        """Judge one statement."""
        if isinstance(node, nodes.Output):
            for one in node.nodes:
                if not isinstance(one, nodes.TemplateData):
                    self.read_value(one)
        elif isinstance(node, nodes.If):
            self.read_condition(node)
        elif isinstance(node, nodes.For):
            self.read_loop(node)
        else:
            raise self.forbidden(node)

    def read_condition(self, node: nodes.If) -> None:
        test = node.test.node if isinstance(node.test, nodes.Not) else node.test
        self.read_value(test)
        self.read_all([*node.body, *node.elif_, *node.else_])

    def read_loop(self, node: nodes.For) -> None:
        """Judge a loop: over a list by its name, one deep."""
        if self.row:
            raise Forbidden(NESTED, node.lineno)
        target, of = node.target, node.iter
        if not isinstance(of, nodes.Name):
            raise self.forbidden(of)
        if not isinstance(target, nodes.Name) or node.test or node.recursive or node.else_:
            raise self.forbidden(node)
        self.check_name(target)
        self.check_name(of)
        if target.name == of.name:
            raise Forbidden(TAKEN, node.lineno)
        self.used.lists.setdefault(of.name, {})
        self.row = target.name, of.name
        self.read_all(node.body)
        self.row = None

    def read_value(self, node: nodes.Expr) -> None:
        """Judge what is printed or asked for: a field's name, or a column of the loop's row."""
        if isinstance(node, nodes.Name):
            self.check_name(node)
            if self.row and node.name == self.row[0]:
                raise Forbidden("cả dòng của danh sách, cần ghi tên cột", node.lineno)
            self.used.fields[node.name] = None
            return
        of = node.node if isinstance(node, nodes.Getattr) else None
        if not (isinstance(of, nodes.Name) and self.row and of.name == self.row[0]):
            raise self.forbidden(node)
        if node.attr.startswith("_"):
            raise Forbidden(HIDDEN, node.lineno)
        self.used.lists[self.row[1]][node.attr] = None

    def check_name(self, node: nodes.Name) -> None:
        if node.name.startswith("_"):
            raise Forbidden(HIDDEN, node.lineno)
        if node.name in RESERVED:
            raise Forbidden(OWN_NAME, node.lineno)

    def forbidden(self, node: nodes.Node) -> Forbidden:
        return Forbidden(next(names_of(node), OTHER), node.lineno)


def names_of(node: nodes.Node) -> Iterator[str]:
    """Give the words for a kind of node."""
    return (name for kind, name in NAMES.items() if isinstance(node, kind))
