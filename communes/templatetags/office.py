"""Tags and filters every template may use (loaded as builtins)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib.resources import files
from zipfile import ZipFile

from django import template
from django.http import QueryDict
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from communes.as_of import PARAMETER as DAY
from communes.lineage import OLD
from communes.lineage import PARAMETER as UNITS
from communes.models import Commune

register = template.Library()


@register.simple_tag(takes_context=True)
def href(context: Context, view: str, *args, **query) -> str:
    """Give a page's address with query parameters, keeping the day and how units are read.

    ``{% href "reports:commune_list" phu_trach="chua" %}``
    """
    return with_day(context, reverse(view, args=args), **query)


@register.simple_tag(takes_context=True)
def with_day(context: Context, address: str, **query) -> str:
    """Add the day being looked at (unless it is today) and ``query`` to an address.

    So with the old units, unless the address says itself how units are read.
    """
    added = kept(context) | query
    if not added:
        return address
    path, _, existing = address.partition("?")
    parameters = QueryDict(existing, mutable=True)
    if UNITS in parameters:
        added.pop(UNITS, None)
    for name, value in added.items():
        parameters[name] = value
    encoded = parameters.urlencode()
    return f"{path}?{encoded}" if encoded else path


def kept(context: Context) -> dict[str, object]:
    """Give the parameters every link of a page keeps: a day that is not today, the old units."""
    as_of, reading = context.get("as_of"), context.get("reading")
    found = {}
    if as_of is not None and not as_of.is_today:
        found[DAY] = as_of.day.isoformat()
    if reading is not None and reading.is_old:
        found[UNITS] = OLD
    return found


@register.simple_tag(takes_context=True)
def kept_fields(context: Context) -> SafeString:
    """Give the same as hidden fields of a form that leads to a page: ``{% kept_fields %}``."""
    fields = kept(context).items()
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


@register.filter
def dmy(day: dt.date | None) -> str:
    """Give a date as 09/05/2023; an empty text for none."""
    return f"{day:%d/%m/%Y}" if day else ""


@register.filter
def when_it_was(commune: Commune, unit: Commune) -> str:
    """Say of a record of ``commune``, shown under ``unit``, when it was: "khi là Phường 9".

    Where both have one name, the old one is told by its last day.
    """
    are_alike = commune.full_name == unit.full_name
    return f"khi là {commune.dated_name if are_alike else commune.full_name}"


@register.filter
def grouped(number: int) -> str:
    """Give a whole number with "." between thousands."""
    return f"{number:,}".replace(",", ".")


@register.simple_tag
@lru_cache
def icon(name: str) -> SafeString:
    """Give an outline icon as inline SVG, hidden from screen readers: a word stands beside it.

    ``KeyError`` when the icon set has no such name.
    """
    with files("tablericons").joinpath("tablericons.zip").open("rb") as archive:
        svg = ZipFile(archive).read(f"outline/{name}.svg").decode()
    attributes = '<svg class="icon" aria-hidden="true" focusable="false"'
    # The text is the icon package's own file, not anybody's input.
    return mark_safe(" ".join(svg.replace("<svg", attributes, 1).split()))  # noqa: S308
