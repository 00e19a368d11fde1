"""A world of any size for the benchmark: the demonstration, ten years deep, N provinces wide.

    python -m bench.world 100        # into the empty PostgreSQL database of DATABASE_URL

The demonstration writes two years of one province through the application's own code. Its rows are
then multiplied in the database, every one by the same three steps: more visits and petitions in
the two years, the two years four more times before, the province again and again. Unique and
exclusion rules and foreign keys are taken off while rows are added and put back afterwards, so that
they judge what was made. PostgreSQL only; ``bench.copying`` brings a world to SQLite.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.core.management import call_command
from django.db import connection, models
from tqdm import tqdm

from accounts import clock
from accounts.models import AuditEvent
from assignments.models import (
    Assignment,
    Attendance,
    FollowUp,
    MassOrganisationNote,
    Officer,
    Regulation,
    Visit,
    VisitPlan,
)
from communes.models import Commune, Contact, District, PartyCell
from reports.models import (
    CommuneRemark,
    Evaluation,
    EvaluationCitation,
    EvaluationEvent,
    EvaluationScore,
    PeriodicReport,
    Petition,
    PetitionEvent,
    PetitionLeg,
    PetitionMatter,
    ReportEvent,
    Waiver,
)
from reports.periods import make_periods, years_made

YEARS_A_BLOCK = 2  # what the demonstration tells
BLOCKS = 5  # ten years
VISITS = 4  # for each visit of the demonstration: 64,000 in ten years
PETITIONS = 14  # for each closed petition of the demonstration: 10,500 in ten years
PROVINCES_AT_ONCE = 10

# An expression of a column: {t} is the row multiplied, {n} which of its copies this is.
AGAIN = "{t}.%s"
EARLIER = "({t}.%s - make_interval(years => 2 * {n}))::%s"


@dataclass(frozen=True)
class Rule:
    """Which rows of a table are multiplied, and which columns of a copy say something else."""

    only: str = "true"
    changed: Mapping[str, str] = field(default_factory=dict)


Group = dict[type[models.Model], Rule]

# Given by the browser, unique.
NEW_KEY = {"entry_key": "gen_random_uuid()"}
# A closed petition is told of again; a duplicate only of the petition it repeats.
CLOSED = "told_on IS NOT NULL AND duplicate_of_id IS NULL"
OF_A_CLOSED_PETITION = Rule(f"petition_id IN (SELECT id FROM reports_petition WHERE {CLOSED})")
MORE_VISITS: Group = {
    # The next days, so long as they are of the same month and past.
    Visit: Rule(
        changed={
            "visited_on": "CASE WHEN {t}.visited_on + {n} < current_date"
            " AND date_trunc('month', {t}.visited_on + {n}) = date_trunc('month', {t}.visited_on)"
            " THEN {t}.visited_on + {n} ELSE {t}.visited_on END"
        }
    ),
    Attendance: Rule(changed=NEW_KEY),
    MassOrganisationNote: Rule(),
}
MORE_PETITIONS: Group = {
    Petition: Rule(CLOSED, {**NEW_KEY, "number": "{t}.number + {n} * 1000"}),
    PetitionEvent: OF_A_CLOSED_PETITION,
    PetitionLeg: OF_A_CLOSED_PETITION,
}
PERIOD_BEFORE = (
    "(SELECT early.id FROM reports_period late JOIN reports_period early"
    " ON early.kind = late.kind AND early.number = late.number AND early.year = late.year - 2 * {n}"
    " WHERE late.id = {t}.period_id)"
)
# What is settled happened before, too; what is open is of today. A copy of today's assignments
# ends when the later block begins.
EARLIER_YEARS: Group = {
    Assignment: Rule(
        changed={
            "ended_on": "(coalesce({t}.ended_on, current_date)"
            " - make_interval(years => 2 * {n}))::date",
            "end_reason": "coalesce(nullif({t}.end_reason, ''), 'transferred')",
        },
        only="started_on < current_date AND (ended_on IS NULL OR ended_on <= current_date)",
    ),
    Visit: Rule(),
    Attendance: Rule(changed=NEW_KEY),
    MassOrganisationNote: Rule(),
    VisitPlan: Rule("carried_out_by_id IS NOT NULL"),
    PeriodicReport: Rule(
        "state = 'accepted' AND period_id IS NOT NULL", {"period_id": PERIOD_BEFORE}
    ),
    ReportEvent: Rule(
        "report_id IN (SELECT id FROM reports_periodicreport"
        " WHERE state = 'accepted' AND period_id IS NOT NULL)"
    ),
    Waiver: Rule("decided_on IS NOT NULL", {"period_id": PERIOD_BEFORE}),
    Petition: Rule(
        CLOSED,
        {
            **NEW_KEY,
            "year": "{t}.year - 2 * {n}",
            "report_id": "NULL",
            "source": "CASE WHEN {t}.report_id IS NULL THEN {t}.source ELSE 'meeting' END",
        },
    ),
    PetitionEvent: OF_A_CLOSED_PETITION,
    PetitionLeg: OF_A_CLOSED_PETITION,
    AuditEvent: Rule(changed={"sequence": "NULL", "seal": "''"}),
}
MARK = "' ' || lpad({n}::text, 3, '0')"
# A province: names are as in the first, but for what the tables hold unique.
PROVINCE: Group = {
    District: Rule(
        changed={
            "name": "{t}.name || " + MARK,
            "code": "({n} * 1000 + {t}.id)::text",
            "sort_key": f"{{t}}.sort_key || convert_to({MARK}, 'UTF8')",
        }
    ),
    Commune: Rule(changed={"code": "(40000 + {n} * 110 + {t}.id)::text"}),
    PartyCell: Rule(),
    Contact: Rule(),
    Officer: Rule(changed={"user_id": "NULL"}),
    PetitionMatter: Rule(changed={"title": "{t}.title || " + MARK}),
    **{model: Rule(changed=NEW_KEY) for model in (Attendance, Petition)},
    **{
        model: Rule()
        for model in (
            Assignment,
            Visit,
            MassOrganisationNote,
            VisitPlan,
            FollowUp,
            PeriodicReport,
            ReportEvent,
            Waiver,
            PetitionEvent,
            PetitionLeg,
            Evaluation,
            EvaluationScore,
            EvaluationCitation,
            EvaluationEvent,
            CommuneRemark,
        )
    },
    AuditEvent: Rule(changed={"sequence": "NULL", "seal": "''"}),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("provinces", type=int, help="1, 10, 100")
    make(parser.parse_args().provinces)


def make(provinces: int) -> None:
    """Fill the empty database; the provinces beside the first are copies of it."""
    call_command("migrate", verbosity=0)
    call_command("seed_demo", verbosity=0)
    begin_ten_years_ago()
    with connection.cursor() as cursor, rules_lifted(cursor):
        multiply(cursor, MORE_VISITS, VISITS - 1, "visits")
        multiply(cursor, MORE_PETITIONS, PETITIONS - 1, "petitions")
        multiply(cursor, EARLIER_YEARS, BLOCKS - 1, "years", shift=True)
        multiply(cursor, PROVINCE, provinces - 1, "provinces")
        number_petitions(cursor)
        seal(cursor)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def begin_ten_years_ago() -> None:
    """Make the periods, and put the first version of the regulation before them."""
    first = min(years_made()) - YEARS_A_BLOCK * (BLOCKS - 1)
    for year in range(min(years_made()) - 1, first - 1, -1):
        make_periods(year=year, first_day=1, by=None)
    regulation = Regulation.objects.earliest("started_on")
    regulation.started_on = regulation.issued_on = clock.today().replace(
        year=first - 1, month=10, day=19
    )
    regulation.save(update_fields=["started_on", "issued_on"])


@contextmanager
def rules_lifted(cursor) -> Iterator[None]:
    """Take keys, unique and exclusion rules and triggers away; put them back, and so check all."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype IN ('u', 'x', 'f') AND connamespace = 'public'::regnamespace"
    )
    rules = cursor.fetchall()
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname"
        " NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))"
    )
    indexes = cursor.fetchall()
    for table, name, _ in rules:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = DEFAULT")
    cursor.execute("SET maintenance_work_mem = '1GB'")
    with tqdm(total=len(rules) + len(indexes), desc="rules and indexes") as bar:
        for _, definition in indexes:
            cursor.execute(definition)
            bar.update()
        for table, name, definition in rules:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
            bar.update()


def multiply(cursor, group: Group, copies: int, name: str, *, shift: bool = False) -> None:
    """Add ``copies`` of the rows of every table of the group; ``shift``: two years earlier each.

    What a copy points at in the group is the copy of it; what is outside stays the same row.
    """
    strides = {model: last_key(cursor, model) for model in group}
    numbers = range(1, copies + 1)
    steps = [numbers[at : at + PROVINCES_AT_ONCE] for at in range(0, copies, PROVINCES_AT_ONCE)]
    with tqdm(total=len(group) * len(steps), desc=name) as bar:
        for model, rule in group.items():
            columns = [
                (column.column, expression(column, rule, strides, shift=shift))
                for column in model._meta.concrete_fields
            ]
            for step in steps:
                insert(cursor, model, rule, strides[model], columns, step)
                bar.update()
    for model in group:
        table = model._meta.db_table
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


def last_key(cursor, model: type[models.Model]) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {model._meta.db_table}")
    return cursor.fetchone()[0]


def expression(
    column: models.Field, rule: Rule, strides: Mapping[type[models.Model], int], *, shift: bool
) -> str:
    """Give what a copy holds in a column."""
    name = column.column
    if name in rule.changed:
        return rule.changed[name]
    if column.is_relation and (stride := strides.get(column.related_model)):
        return f'{{t}}."{name}" + {{n}} * {stride}'
    if shift and isinstance(column, models.DateField):
        kind = "timestamptz" if isinstance(column, models.DateTimeField) else "date"
        return EARLIER % (f'"{name}"', kind)
    return AGAIN % f'"{name}"'


def insert(
    cursor,
    model: type[models.Model],
    rule: Rule,
    stride: int,
    columns: Iterable[tuple[str, str]],
    numbers: range,
) -> None:
    """Add the copies ``numbers`` of a table's first ``stride`` rows, in one statement."""
    table = model._meta.db_table
    names, values = [], []
    for name, told in columns:
        names.append(f'"{name}"')
        values.append(f"t.id + n * {stride}" if name == "id" else told.format(t="t", n="n"))
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
        f" FROM (SELECT * FROM {table} WHERE id <= {stride} AND {rule.only}) t"
        f" CROSS JOIN generate_series({numbers[0]}, {numbers[-1]}) n"
    )


def number_petitions(cursor) -> None:
    """Number the petitions of each year from 1 without a gap, and set the counters to it."""
    cursor.execute(
        "UPDATE reports_petition SET number = told.number FROM (SELECT id, row_number() OVER"
        " (PARTITION BY year ORDER BY raised_on, id) AS number FROM reports_petition) told"
        " WHERE told.id = reports_petition.id"
    )
    cursor.execute("DELETE FROM reports_petitioncounter")
    cursor.execute(
        "INSERT INTO reports_petitioncounter (year, last)"
        " SELECT year, max(number) FROM reports_petition GROUP BY year"
    )


def seal(cursor) -> None:
    """Give the log's rows numbers, so that none waits for its seal (the seals are not true)."""
    cursor.execute(
        "UPDATE accounts_auditevent SET sequence = id, seal = repeat('0', 64)"
        " WHERE sequence IS NULL OR sequence <> id"
    )


if __name__ == "__main__":
    main()
