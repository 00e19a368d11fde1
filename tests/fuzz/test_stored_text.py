"""A hostile text in every text of every record harms no page and no file, whoever looks."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from accounts.enums import Role
from tests.client import ReadingClient
from tests.demonstration import OURS
from tests.fuzz.judging import faults_of_answer
from tests.fuzz.papers import faults_of_file, formulas_of_text
from tests.fuzz.site import Site, known
from tests.fuzz.stored import LEFT_OUT, spoil_everything
from tests.fuzz.values import MARK
from tests.fuzz.world import of_records
from tests.libreoffice import recalculated
from tests.test_admin import MAKERS

# What the tables themselves refuse to take, or what has no row in this world.
LEAST_TAKEN = 100
# Of the office's records everybody else sees a part; Django admin has pages of its own.
LOOKING = (Role.OFFICE, Role.OFFICER, Role.ADMIN)
LISTS_AS_FILES = ("/dang-bo/", "/can-bo/", "/phan-cong/", "/di-co-so/", "/kien-nghi/", "/mien/")
FILES = (*(f"{path}?xuat=xlsx" for path in LISTS_AS_FILES), "/tong-hop.xlsx")


@pytest.fixture
def world(db):
    """Make records of every kind, every text of them hostile."""
    users, address = of_records()
    complete()
    taken, _ = spoil_everything()
    assert len(taken) >= LEAST_TAKEN
    return users, address


def complete() -> None:
    """Make a record of each kind that has none yet, where it goes with those there are."""
    for model in apps.get_models():
        is_ours = model._meta.app_label in OURS and model not in LEFT_OUT
        if is_ours and model in MAKERS and not model._base_manager.exists():
            try:
                with transaction.atomic():
                    MAKERS[model]()
            except IntegrityError:
                continue


def pages(site: Site, role: Role) -> list[str]:
    """Give the addresses a role asks for: Django admin's only the administrator's."""
    return [
        address
        for route, found in site.addresses[role].items()
        for address in found
        if route != "accounts:logout" and (route.startswith("admin:") == (role is Role.ADMIN))
    ]


@pytest.mark.parametrize("role", LOOKING)
def test_no_page_and_no_file_takes_it_for_anything_but_text(world, role):
    users, address = world
    client = ReadingClient()
    client.force_login(users[role])
    faults = []
    for page in [*pages(known(users, address), role), *(FILES if role is not Role.ADMIN else ())]:
        response = client.get(page)
        found = [*faults_of_answer(response, seen=False)]
        if response.streaming:
            kind, content = response["Content-Type"], b"".join(response.streaming_content)
            found += faults_of_file(kind, content)
        elif "officedocument" in response.get("Content-Type", ""):
            found += faults_of_file(response["Content-Type"], response.content)
        faults += [f"{page}: {fault}" for fault in found]
    assert faults == []


@pytest.mark.libreoffice
def test_libreoffice_calculates_none_of_it(world, tmp_path):
    users, _ = world
    client = ReadingClient()
    client.force_login(users[Role.OFFICE])
    content = b"".join(client.get("/phan-cong/?xuat=xlsx").streaming_content)
    book = recalculated(content, tmp_path)
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [text for text in texts if re.match(rf"=1\+1{MARK}", text)]
    assert formulas_of_text(content) == []
