"""What a request wrote and kept: statements seen on their way, rows seen as they are saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models
from django.db.models.signals import post_save

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
SAVEPOINT = re.compile(r'\s*(ROLLBACK TO SAVEPOINT|RELEASE SAVEPOINT|SAVEPOINT) "?(\w+)"?', re.I)


class Written:
    """The tables written to since, without what was rolled back; rows saved, and those new."""

    def __init__(self):
        self.tables: list[str] = []
        self.rows: list[models.Model] = []
        self.made: list[models.Model] = []
        self.points: dict[str, int] = {}

    def see(self, execute, sql, params, many, context):
        """Note one statement; an execution wrapper of Django's."""
        done = execute(sql, params, many, context)
        if write := WRITE.match(sql):
            self.tables.append(write[1])
        elif point := SAVEPOINT.match(sql):
            self.see_savepoint(point[1].upper(), point[2])
        return done

    def see_savepoint(self, act: str, name: str) -> None:
        if act == "SAVEPOINT":
            self.points[name] = len(self.tables)
        elif act.startswith("ROLLBACK"):
            del self.tables[self.points.get(name, 0) :]

    def keep(self, sender, instance, created, raw=False, **more) -> None:
        self.rows.append(instance)
        if created:
            self.made.append(instance)


@contextmanager
def watched() -> Iterator[Written]:
    """Give what is written while it lasts."""
    written = Written()
    post_save.connect(written.keep, weak=False)
    try:
        with connection.execute_wrapper(written.see):
            yield written
    finally:
        post_save.disconnect(written.keep)
