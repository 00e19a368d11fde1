"""Puts a hostile text into every column of text, past every form and service."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet

from accounts.models import AuditEvent, AuditTrim, FormerPassword, Session
from communes.fields import SearchKeyField
from reports.models import PackFile
from tests.demonstration import OURS
from tests.fuzz.values import MARK

LONG_WORD = "W" * 90
# Begins as a formula does; breaks out of text, attributes and scripts; cannot be seen, turns
# around what follows, comes in pieces, does not fit a telephone.
HOSTILE = f"=1+1{MARK} autofocus>\"'>{MARK}></td></script>\x07\x0b\u202egnp\u2066 A\u0302\u0323"
LINES = f"{HOSTILE}\n@SUM(A1)\r\n\t=2+2 {{{{ 7*7 }}}} {{% x %}} ]]>&amp; {LONG_WORD} 😀"
# Only added to, sealed, or named by the application itself.
LEFT_OUT = {AuditEvent, AuditTrim, FormerPassword, PackFile, Session}
NO_TEXT = {
    "password",
    "username",
    "checksum",
    "digest",
    "world",
    "path",
    "address",
    "query",
    "code",
}


def text_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """Give the columns in which people's words stand."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField))
        is_other = isinstance(field, (SearchKeyField, models.FileField)) or field.choices
        if is_text and not is_other and not field.primary_key and field.name not in NO_TEXT:
            yield field


def spoilt(field: models.Field, key: int) -> str:
    """Give the text for a column, as long as it may be, another for each row."""
    text = LINES if isinstance(field, models.TextField) else f"{HOSTILE} {key}"
    most = field.max_length
    return text if most is None or len(text) <= most else f"{text[: most - 6]} {key}"[:most]


def spoil_everything() -> tuple[set[str], set[str]]:
    """Write hostile text into each text of each row; give what took it and what the tables refused.

    Both sets hold ``model.field``.
    """
    taken, refused = set(), set()
    for model in apps.get_models():
        if model._meta.app_label in OURS and model not in LEFT_OUT:
            for field in text_fields(model):
                name = f"{model.__name__}.{field.name}"
                (taken if spoil(model, field) else refused).add(name)
    return taken, refused - taken


def spoil(model: type[models.Model], field: models.Field) -> bool:
    """Write it into each row's column; ``True`` when there was a row that took it."""
    took = False
    for key, was in model._base_manager.values_list("pk", field.name):
        if was is None:
            continue
        try:
            with transaction.atomic():
                rows = QuerySet(model).filter(pk=key)
                took |= bool(rows.update(**{field.name: spoilt(field, key)}))
        except (IntegrityError, TypeError):
            continue
    return took
