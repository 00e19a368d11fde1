"""The one writer of .xlsx files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse


@dataclass
class Sheet:
    """One worksheet: a title block and one table."""

    name: str
    title: str
    day: dt.date
    columns: Sequence[Any]
    rows: Iterable[Sequence[object]]
    conditions: Sequence[tuple[str, str]] = field(default_factory=list)


def workbook_response(sheets: Sequence[Sheet], *, file_name: str) -> HttpResponse:
    """Answer with the sheets as one workbook to download."""
    raise NotImplementedError
