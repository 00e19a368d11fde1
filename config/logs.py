"""The server's own log: one line for each thing that happened, without personal data.

What people sent is never in it: no path, no query, no form value, no name, no address. Of an error
the log keeps what kind it was and where in the code; neither its words, which may quote what
somebody typed, nor the values that were at hand.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

from accounts.present_request import current_request

OURS = "theo_doi"
# Loggers whose words are the server's own: they speak of processes, not of people.
SPEAKING = (OURS, "gunicorn", "py.warnings")
# What a line of a request tells besides (config/request_log.py).
FACTS = ("method", "route", "status", "ms", "role")
DEEPEST = 30  # frames of one error


def message(record: logging.LogRecord) -> str:
    """Give a line's words; of others' lines only what their authors wrote, never what was sent."""
    if record.name.startswith(SPEAKING):
        return record.getMessage()
    if record.name.startswith("django.security"):
        return record.name.rpartition(".")[2]
    if record.name.startswith("django.request"):
        return f"HTTP {getattr(record, 'status_code', '')}".strip()
    return str(record.msg) if record.args else record.name


def facts(record: logging.LogRecord) -> dict[str, object]:
    """Give what a line says, by the names they have in JSON."""
    said: dict[str, object] = {
        "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat("T", "milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": message(record),
    }
    if request := current_request.get():
        said["request_id"] = request
    said |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
    if record.exc_info and record.exc_info[1]:
        said["error"] = list(told(record.exc_info[1]))
    return said


def told(error: BaseException) -> Iterator[str]:
    """Give an error and what it came from: its kind, its code in the database, its places."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield " ".join(filter(None, (kind(current), database_code(current))))
        yield from places(current.__traceback__)
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)


def kind(error: BaseException) -> str:
    """Give the class of an error with its module."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def database_code(error: BaseException) -> str:
    """Give the database's code of an error and the constraint's name; neither quotes a value."""
    named = getattr(getattr(error, "diag", None), "constraint_name", None)
    code = getattr(error, "pgcode", None) or getattr(error, "sqlite_errorname", None)
    return " ".join(filter(None, (code, named)))


def places(trace: TracebackType | None) -> Iterator[str]:
    """Give where an error went through, innermost last: file, line, function."""
    for frame in traceback.extract_tb(trace)[-DEEPEST:]:
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"


class JsonLines(logging.Formatter):
    """One JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(facts(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for the eye: ``time level logger message name=value …``, errors below."""

    def format(self, record: logging.LogRecord) -> str:
        said = facts(record)
        error = said.pop("error", [])
        words = [str(said.pop(name)) for name in ("time", "level", "logger", "message")]
        line = " ".join([*words, *(f"{name}={value}" for name, value in said.items())])
        return "\n".join([line.replace("\n", " "), *error])


def configuration(form: str, *, requests: bool) -> dict[str, object]:
    """Give Django's ``LOGGING``: lines as ``text`` or ``json``; requests are told when asked."""
    lines = {"json": "config.logs.JsonLines", "text": "config.logs.TextLines"}[form]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": lines}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            f"{OURS}.request": {"level": "INFO" if requests else "WARNING"},
            # Django's own: its handlers mail and print; refusals have their line already.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            # What pypdf mends or gives up in an uploaded file is no news for the operator.
            "pypdf": {"level": "CRITICAL"},
            # Failed logins are in the audit log.
            "axes": {"level": "ERROR"},
        },
    }
