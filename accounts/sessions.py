"""Sessions in the database, found by keys such as we give out and by nothing else."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Takes any other cookie for none: PostgreSQL raises an error on a key with a NUL in it."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(super()._validate_session_key(key)) and key.isascii() and key.isalnum()
