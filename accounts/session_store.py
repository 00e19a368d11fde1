"""Sessions in the database, found by keys such as we give out and by nothing else."""

from django.apps import apps
from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Takes any other cookie for none: PostgreSQL raises an error on a key with a NUL in it."""

    @classmethod
    def get_model_class(cls):
        return apps.get_model("accounts", "Session")

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(super()._validate_session_key(key)) and key.isascii() and key.isalnum()
