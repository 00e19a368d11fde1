"""Sessions in the database, found by keys such as we give out and by nothing else."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from accounts import clock

# What is between the two steps of a login, and anything else of nobody, is kept no longer.
UNCLAIMED = dt.timedelta(minutes=5)
# Columns of a row that are no part of what a view keeps in a session.
COLUMNS = ("began_at", "seen_at", "address", "agent")


class SessionStore(db.SessionStore):
    """Takes any other cookie for none: PostgreSQL raises an error on a key with a NUL in it.

    The row says besides whose the session is, since when, when and from where it was last used.
    """

    began_at: dt.datetime | None = None
    seen_at: dt.datetime | None = None
    address = ""
    agent = ""

    @classmethod
    def get_model_class(cls):
        return apps.get_model("accounts", "Session")

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(super()._validate_session_key(key)) and key.isascii() and key.isalnum()

    def _get_session_from_db(self):
        """Give the row of a session that is not over, by the one clock of the application."""
        rows = self.model.objects.filter(session_key=self.session_key)
        row = rows.filter(expire_date__gt=clock.now()).first()
        if row is None:
            self._session_key = None
        return row

    def load(self) -> dict:
        row = self._get_session_from_db()
        if row is None:
            return {}
        for name in COLUMNS:
            setattr(self, name, getattr(row, name))
        return self.decode(row.session_data)

    def begin(self) -> None:
        """Count the session from now on: somebody has just logged in with it."""
        self.began_at = self.seen_at = clock.now()

    def flush(self) -> None:
        super().flush()
        self.began_at = self.seen_at = None

    def create_model_instance(self, data: dict):
        """Give the row: somebody's ends with its length, nobody's very soon."""
        row = super().create_model_instance(data)
        row.address, row.agent = self.address, self.agent
        if SESSION_KEY not in data:
            row.expire_date = clock.now() + UNCLAIMED
            return row
        if self.began_at is None:
            self.begin()
        row.user_id = data[SESSION_KEY]
        row.began_at, row.seen_at = self.began_at, self.seen_at
        row.expire_date = self.began_at + dt.timedelta(hours=settings.SESSION_HOURS)
        return row
