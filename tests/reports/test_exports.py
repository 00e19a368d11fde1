"""Files of the lists: as many queries however many rows they have."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver

from accounts import clock
from accounts.enums import Role
from accounts.models import AuditTrim
from assignments.tables import TableView
from tests.factories import DAY
from tests.test_admin import MAKERS


def views(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, type]]:
    """Give every address with the class that answers it."""
    for entry in resolver.url_patterns:
        address = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from views(entry, address)
        else:
            yield address, getattr(entry.callback, "view_class", object)


# Of no one thing: "/ket-luan/<int:pk>/" is the list of one conclusion's tasks.
LISTS = sorted(
    address
    for address, view in views(get_resolver())
    if issubclass(view, TableView) and "<" not in address
)
# Their rows are no records but fields of work, a period's reports, duties of a regulation.
OF_NO_RECORDS = {
    "/bao-cao/tat-ca/",
    "/kien-nghi/linh-vuc/",
    *(address for address in LISTS if address.startswith("/thuc-hien/")),
}


def make_a_few_of_everything() -> None:
    for _ in range(3):
        for model, make in MAKERS.items():
            if model is not AuditTrim:
                make()


def taken(client, address: str, day: dt.date) -> tuple[int, int]:
    """Download a list; give how many queries that took and how many rows the sheet has."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, {"xuat": "xlsx", "ngay": day.isoformat()})
        content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return len(captured), archive.read("xl/worksheets/sheet1.xml").count(b"<row ")


@pytest.mark.django_db
def test_a_longer_file_takes_no_more_queries(client_as):
    client = client_as(Role.ADMIN)
    asked = [(address, day) for address in LISTS for day in (DAY, clock.today())]
    make_a_few_of_everything()
    short = {one: taken(client, *one) for one in asked}
    make_a_few_of_everything()
    grown = set()
    for one in asked:
        queries, rows = taken(client, *one)
        assert queries <= short[one][0], one
        if rows > short[one][1]:
            grown.add(one[0])
    assert set(LISTS) - grown == OF_NO_RECORDS
