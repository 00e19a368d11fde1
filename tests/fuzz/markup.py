"""What a page offers to fill in and to follow, read from its HTML as a browser would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

# In a field's words or name: a day is asked for.
OF_DAYS = re.compile(r"(^|_|-)(on|day|date|ngay|at|from|until|last)($|_|-)|ngay|_on$")


@dataclass
class Field:
    """One name of a form: what a browser would send, and what could be chosen instead."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        return self.kind in ("text", "textarea", "search", "email", "password")

    @property
    def asks_for_a_day(self) -> bool:
        return bool(OF_DAYS.search(self.name))


@dataclass
class Form:
    """A form of a page: where it goes, how, and its fields by name."""

    action: str
    method: str
    takes_files: bool
    fields: dict[str, Field]


def parsed(page: bytes) -> HtmlElement | None:
    """Give the tree of a page; ``None`` when there is none."""
    try:
        return document_fromstring(page.decode("utf-8", "replace"))
    except (etree.ParserError, ValueError):
        return None


def forms(tree: HtmlElement, address: str) -> list[Form]:
    """Give the forms of the page at ``address``, fields outside with a ``form`` attribute too."""
    return [as_form(tree, form, address) for form in tree.iter("form")]


def as_form(tree: HtmlElement, form: HtmlElement, address: str) -> Form:
    fields: dict[str, Field] = {}
    for control in controls(tree, form):
        add_control(fields, control)
    return Form(
        action=local(urljoin(address, form.get("action") or address)),
        method=(form.get("method") or "get").lower(),
        takes_files="multipart" in (form.get("enctype") or ""),
        fields=fields,
    )


def controls(tree: HtmlElement, form: HtmlElement) -> Iterator[HtmlElement]:
    """Give what sends something: also elsewhere on the page, and buttons of other forms."""
    of_form = "self::input or self::select or self::textarea or self::button"
    yield from form.xpath(f".//*[{of_form}][@name]")
    if form.get("id"):
        yield from tree.xpath(f"//*[{of_form}][@name][@form=$id]", id=form.get("id"))


def add_control(fields: dict[str, Field], control: HtmlElement) -> None:
    """Add a control to the field of its name: radios, boxes and formset rows share one."""
    kind = control.get("type", "text") if control.tag == "input" else control.tag
    if control.tag == "button" and control.get("type", "submit") != "submit":
        return
    found = fields.setdefault(control.get("name"), Field(control.get("name"), kind))
    if control.tag == "select":
        found.choices += [option.get("value", "") for option in control.iter("option")]
        chosen = [
            o.get("value", "") for o in control.iter("option") if o.get("selected") is not None
        ]
        found.values += chosen or found.choices[:1]
    elif control.tag == "textarea":
        found.values.append((control.text or "").removeprefix("\n"))
    elif kind in ("radio", "checkbox", "button", "submit"):
        found.choices.append(control.get("value", "on"))
        if control.get("checked") is not None:
            found.values.append(control.get("value", "on"))
    elif kind != "file":
        found.values.append(control.get("value", ""))


def links(tree: HtmlElement, address: str) -> Iterator[str]:
    """Give the local addresses the page leads to, with their queries."""
    for target in tree.xpath("//a/@href | //form[not(@method='post')]/@action | //@data-url"):
        whole = urlsplit(urljoin(f"http://testserver{address}", target))
        if whole.netloc == "testserver" and whole.scheme == "http":
            yield local(whole.geturl())


def local(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def parameters(address: str) -> set[str]:
    return {name for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)}


def shown_values(tree: HtmlElement, name: str) -> list[str]:
    """Give what the page holds in its fields of this name."""
    found: dict[str, Field] = {}
    for control in tree.xpath(
        "//*[self::input or self::select or self::textarea][@name=$n]", n=name
    ):
        add_control(found, control)
    return found[name].values if name in found else []


ERRORS = (
    "//*[contains(@class, 'invalid-feedback') or contains(@class, 'errorlist') "
    "or contains(@class, 'notice-error') or contains(@class, 'errornote')]"
)


def errors(tree: HtmlElement) -> list[str]:
    """Give the sentences with which a page refuses what was sent."""
    texts = (" ".join(element.text_content().split()) for element in tree.xpath(ERRORS))
    return [text for text in texts if text]
