"""Evidence as JSON and back: the same shape, whatever the time between."""

from __future__ import annotations

import datetime as dt
import types
import typing
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache


def kept(value: object) -> object:
    """Give a dataclass, and what it holds, as JSON keeps it."""
    if is_dataclass(value):
        return {field.name: kept(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [kept(one) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def restored(kind: object, value: object) -> object:
    """Give back what :func:`kept` made of a ``kind``: a dataclass, tuple, optional, day, number."""
    if value is None:
        return None
    if isinstance(kind, types.UnionType):
        [kind] = [one for one in typing.get_args(kind) if one is not types.NoneType]
    if typing.get_origin(kind) is tuple:
        one, _ = typing.get_args(kind)
        return tuple(restored(one, part) for part in value)
    if is_dataclass(kind):
        return kind(**{name: restored(of, value[name]) for name, of in hints(kind).items()})
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value


@cache
def hints(kind: type) -> dict[str, object]:
    """Give the types of the fields of a dataclass."""
    types_of = typing.get_type_hints(kind)
    return {field.name: types_of[field.name] for field in fields(kind)}
