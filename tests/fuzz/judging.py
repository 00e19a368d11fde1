"""What must hold of every answer, whatever was asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.db import connection, models

from tests.demonstration import OURS
from tests.fuzz import markup
from tests.fuzz.site import page_of
from tests.fuzz.values import MARK
from tests.fuzz.watching import Written

# Of the processor, and of the clock where the database works or others do.
SLOW_SECONDS, STUCK_SECONDS = 2.0, 20.0
# What a refusal may write: that it was one, and when somebody was seen.
REFUSAL_WRITES = {
    "accounts_auditevent",
    "accounts_session",
    "accounts_user",
    "axes_accessattempt",
    "axes_accessfailurelog",
}
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
VIETNAMESE = re.compile("[\u00c0-\u1ef9]", re.I)
ENGLISH = re.compile(r"\b(this|the|enter|ensure|select|valid|value|field|please)\b", re.I)


def faults_of_answer(response, *, seen: bool = True) -> Iterator[str]:
    """Give what is wrong with an answer of any kind; ``seen``: nothing invisible was stored."""
    if response.status_code >= 500:
        yield f"status {response.status_code}"
    if any("\r" in value or "\n" in value for value in response.headers.values()):
        yield "a line break in a header"
    yield from faults_of_redirect(response)
    if "html" in response.get("Content-Type", "") and not response.streaming:
        yield from faults_of_page(response.content.decode(), seen=seen)


def faults_of_redirect(response) -> Iterator[str]:
    target = response.headers.get("Location", "/")
    whole = urlsplit(urljoin("http://testserver/", target.replace("\\", "/")))
    if whole.netloc != "testserver" or whole.scheme != "http":
        yield f"leads away: {target[:80]}"


def faults_of_page(page: str, *, seen: bool) -> Iterator[str]:
    if MARK in page:
        at = page.find(MARK)
        yield f"text taken for markup: {page[max(at - 60, 0) : at + 40]!r}"
    if seen and (found := UNSEEN.search(page)):
        at = found.start()
        yield f"a control character on a page: {page[max(at - 60, 0) : at + 40]!r}"


def faults_of_refusal(response, typed: dict[str, str], written: Written) -> Iterator[str]:
    """Give what is wrong with a form that came back with errors."""
    tree = page_of(response)
    sentences = markup.errors(tree) if tree is not None else []
    if not sentences:
        return
    if kept := sorted(set(written.tables) - REFUSAL_WRITES):
        yield f"refused, yet wrote to {kept}: {sentences}"
    for sentence in sentences:
        if ENGLISH.search(sentence) or not VIETNAMESE.search(sentence):
            yield f"no Vietnamese sentence: {sentence[:120]}"
    for name, value in typed.items():
        shown = markup.shown_values(tree, name)
        if shown and value not in shown:
            yield f"{name}: {value!r} was typed, {shown[:3]!r} came back"


def faults_of_writes(written: Written) -> Iterator[str]:
    """Give what is wrong with the rows that were kept."""
    connection.check_constraints()
    ours = [row for row in written.rows if row._meta.app_label in OURS]
    kept = {(type(row), row.pk) for row in ours if type(row)._meta.db_table in written.tables}
    for model, key in sorted(kept, key=str):
        row = model._base_manager.filter(pk=key).first()
        if row is not None:
            yield from faults_of_row(row)


def faults_of_row(row: models.Model) -> Iterator[str]:
    try:
        row.full_clean()
    except ValidationError as error:
        yield f"an invalid {row._meta.label} was kept: {error}"
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str) and (harm := harmful(value)):
            yield f"{row._meta.label}.{field.name} keeps {harm}: {value[:60]!r}"


HARM = {
    "a control character": re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"),
    "a mark of direction": re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"),
    "half a character": re.compile("[\ud800-\udfff]"),
}


def harmful(text: str) -> str:
    """Say what a stored text holds that no text may; "" when nothing."""
    if not unicodedata.is_normalized("NFC", text):
        return "letters in pieces"
    return next((harm for harm, found in HARM.items() if found.search(text)), "")
