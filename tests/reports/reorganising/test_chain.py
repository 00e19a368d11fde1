"""The real chain 109 → 108 → 43 on the demonstration world, applied and undone."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from assignments.models import Assignment, Visit
from communes.gazetteer import DATA
from communes.lineage import Reading
from communes.models import Commune, District, Reorganisation
from communes.reorganisation.sheet import LABELS, Column
from reports.models import PeriodicReport, Petition
from reports.reorganising.applying import apply_reorganisation
from reports.reorganising.drafts import Draft, begin
from reports.reorganising.mapping_files import MappingTable, read_mapping, template_sheets
from reports.reorganising.undoing import hindrances, undo_reorganisation
from reports.workbooks.summary import summary_workbook
from tests.demonstration import seed
from tests.reports.reorganising.dumping import dump
from tests.reports.reorganising.merging import take_proposals
from tests.workbooks import written

SEEDED = dt.date(2024, 8, 15)
FIRST, SECOND = dt.date(2024, 9, 1), dt.date(2025, 7, 1)
ONE_DAY = dt.timedelta(days=1)
RESOLUTIONS = {FIRST: "1105/NQ-UBTVQH15", SECOND: "1668/NQ-UBTVQH15"}
COUNTED = (Visit, Petition, PeriodicReport)


@dataclass
class Chain:
    """The world before, both events, and the world between and after undoing."""

    office: User
    first: Reorganisation
    second: Reorganisation
    before: dict
    summary: bytes


def filled(day: dt.date) -> bytes:
    """Fill in the template of the last day before ``day`` as the resolution says."""
    with (DATA / "reorganisations.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["effective_date"] == str(day)]
    news = {(line["old_code"], line["old_name"]): line for line in lines}
    table, instructions = template_sheets(day - ONE_DAY)
    rows = []
    for row in table.rows:
        texts = dict(zip(LABELS, row, strict=True))
        line = news.pop((texts[Column.OLD_CODE], texts[Column.OLD_NAME]), None)
        if line:
            texts[Column.NEW_CODE], texts[Column.NEW_NAME] = line["new_code"], line["new_name"]
        rows.append(list(texts.values()))
    assert not news
    return written(MappingTable(table.name, rows, table.title), instructions)


def rearranged(day: dt.date, office: User) -> Reorganisation:
    """Upload the workbook of ``day``, take what is proposed, apply."""
    event = begin(
        file_name="bang.xlsx",
        sheet=read_mapping(filled(day)),
        resolution=RESOLUTIONS[day],
        subject="",
        effective_on=day,
        ends_districts=day == SECOND,
        by=office,
    )
    assert not Draft.of(event).mapping.refusals
    take_proposals(event, office)
    return apply_reorganisation(reorganisation=event, by=office)


def summary(office: User) -> bytes:
    return written(*summary_workbook(day=SEEDED, user=office))


@pytest.fixture(scope="module")
def chain(django_db_setup, django_db_blocker) -> Iterator[Chain]:
    """Seed and apply both events once; tests that change anything undo it by rolling back."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed(SEEDED)
        office = User.objects.filter(role=Role.OFFICE).first()
        before, printed = dump(), summary(office)
        first = rearranged(FIRST, office)
        yield Chain(office, first, rearranged(SECOND, office), before, printed)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_counts(chain):
    counted = {
        day: Commune.objects.existing_on(day).count()
        for day in (FIRST - ONE_DAY, FIRST, SECOND - ONE_DAY, SECOND)
    }
    assert list(counted.values()) == [109, 108, 108, 43]
    assert District.objects.existing_on(SECOND - ONE_DAY).count() == 11
    assert not District.objects.existing_on(SECOND).exists()


@pytest.mark.django_db
def test_a_code_finds_another_unit_before_and_after(chain):
    coded = Commune.objects.filter(code="31522")
    assert coded.existing_on(FIRST - ONE_DAY).get().full_name == "Phường 9"
    assert coded.existing_on(FIRST).get().full_name == "Phường 1"


@pytest.mark.django_db
@pytest.mark.parametrize("model", COUNTED)
def test_totals_are_the_same_under_both_readings(chain, model):
    assert model.objects.count() == len(chain.before[model._meta.label])
    recorded = list(model.objects.exclude(commune=None).values_list("commune", flat=True))
    for day in (FIRST - ONE_DAY, FIRST, SECOND):
        reading, units = Reading(day), Commune.objects.existing_on(day)
        read = Counter(reading.key_of(key) for key in recorded)
        assert set(read) <= set(units.values_list("pk", flat=True))
        assert model.objects.filter(reading.within(units)).count() == len(recorded)
        for unit, number in read.most_common(3):
            assert model.objects.filter(reading.within([unit])).count() == number


@pytest.mark.django_db
def test_nobody_is_main_officer_beside_another(chain):
    mains = Assignment.objects.active_on(SECOND).filter(role="main")
    held = list(mains.values_list("commune", flat=True))
    assert len(held) == len(set(held))
    units = Commune.objects.existing_on(SECOND)
    assert set(held) <= set(units.values_list("pk", flat=True))
    assert len(held) > 30


@pytest.mark.django_db
def test_undoing_both_gives_back_every_row_and_the_same_workbook(chain):
    with transaction.atomic():
        assert not hindrances(chain.second)
        for event in (chain.second, chain.first):
            undo_reorganisation(reorganisation=event, reason="Thử", by=chain.office)
        assert dump() == chain.before
        assert summary(chain.office) == chain.summary
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_pages_of_the_chain(chain, client):
    client.force_login(chain.office)
    for event in (chain.first, chain.second):
        page = client.get(f"/sap-xep/{event.pk}/")
        assert page.status_code == 200
    assert "43 đơn vị mới" in page.content.decode()
    assert io.BytesIO(client.get("/sap-xep/mau.xlsx").getvalue()).read(2) == b"PK"
