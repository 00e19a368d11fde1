"""The page of one record in parts (``?muc=``): only the part looked at is read and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from reports.viewpoint import PARAMETER as QUARTER
from reports.viewpoint import Viewpoint

PARAMETER = "muc"


@dataclass(frozen=True)
class Part:
    """One part: ``read`` gives what ``template`` shows of a record."""

    key: str
    label: str
    template: str
    read: Callable[[Any, Viewpoint], dict[str, object]]


@dataclass(frozen=True)
class Tab:
    """The way to a part."""

    label: str
    address: str
    is_current: bool


def page_in_parts(
    request: HttpRequest,
    template: str,
    record: object,
    parts: Sequence[Part],
    context: Mapping[str, object],
) -> HttpResponse:
    """Show the part of ``record`` that the address asks for, else the first."""
    asked = request.GET.get(PARAMETER, "")
    part = next((one for one in parts if one.key == asked), parts[0])
    shown = {"part": part, "part_tabs": list(tabs(request, parts, part))}
    read = part.read(record, Viewpoint.of(request))
    return render(request, template, {**context, **shown, **read})


def tabs(request: HttpRequest, parts: Sequence[Part], current: Part) -> Iterator[Tab]:
    """Give a tab for each part; the quarter looked at goes along."""
    quarter = request.GET.get(QUARTER, "")
    for part in parts:
        query = {PARAMETER: part.key, QUARTER: quarter}
        asked = urlencode({name: value for name, value in query.items() if value})
        address = f"{request.path}?{asked}" if asked else request.path
        yield Tab(part.label, address, part is current)
