"""A world made on PostgreSQL, copied to a new SQLite database.

DATABASE_URL=sqlite:///… python -m bench.copying postgres://…
"""

from __future__ import annotations

import argparse
import os
from itertools import islice

import django
import environ

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from tqdm import tqdm

SOURCE = "source"
ROWS_AT_ONCE = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", help="the address of the PostgreSQL database")
    copy(parser.parse_args().source)


def copy(source: str) -> None:
    """Fill the empty database with every row of another; what migrations wrote makes room."""
    address = environ.Env.db_url_config(source)
    connections.databases[SOURCE] = connection.settings_dict | address | {"OPTIONS": {}}
    call_command("migrate", verbosity=0)
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with connection.constraint_checks_disabled():
        for model in reversed(models):
            if model._base_manager.exists():
                model._base_manager.all()._raw_delete("default")
        for model in tqdm(models, desc="tables"):
            copy_table(model)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copy_table(model) -> None:
    rows = model._base_manager.using(SOURCE).iterator(ROWS_AT_ONCE)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        model._base_manager.using("default").bulk_create(batch)


if __name__ == "__main__":
    main()
