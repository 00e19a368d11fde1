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
# What a line of a request tells besides (config/request_log.py).
FACTS = ("method", "route", "status", "ms", "role")
DEEPEST = 30  # frames of one error


def message(record: logging.LogRecord) -> str:
    """Give a line's words; of others' lines only what their authors wrote, never what was sent."""
    if record.name.startswith((OURS, "py.warnings")):
        return record.getMessage()
    if record.name.startswith("django.security"):
        return record.name.rpartition(".")[2]
    if record.name.startswith("django.request"):
        return f"HTTP {getattr(record, 'status_code', '')}".strip()
    return with_numbers_only(str(record.msg), record.args) if record.args else record.name


def with_numbers_only(words: str, values: object) -> str:
    """Fill in the numbers of a line (processes, codes); texts may be somebody's."""
    if not isinstance(values, tuple):
        return words
    try:
        return words % tuple(value if isinstance(value, int | float) else "…" for value in values)
    except (TypeError, ValueError):
        return words


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
    if record.exc_info and record.exc_info[1] and not record.name.startswith("django.security"):
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


class OnlyErrors(logging.Filter):
    """Lets through what tells of an exception; that a request was answered has its own line."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


FORMATTERS = {"text": "config.logs.TextLines", "json": "config.logs.JsonLines"}


def on_the_console(form: str) -> dict[str, object]:
    """Give the part of a configuration of logs that writes lines, ``text`` or ``json``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": FORMATTERS[form]}},
        "filters": {"only_errors": {"()": "config.logs.OnlyErrors"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    }


def configuration(form: str, *, requests: bool) -> dict[str, object]:
    """Give Django's ``LOGGING``; requests have a line each when asked."""
    return {
        **on_the_console(form),
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            f"{OURS}.request": {"level": "INFO" if requests else "WARNING"},
            # Django's own: its handlers mail and print; refusals have their line already.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR", "filters": ["only_errors"]},
            # What pypdf mends or gives up in an uploaded file is no news for the operator.
            "pypdf": {"level": "CRITICAL"},
            # Failed logins are in the audit log.
            "axes": {"level": "ERROR"},
        },
    }


def of_gunicorn(form: str) -> dict[str, object]:
    """Give gunicorn's configuration of logs: its own words in the same lines."""
    return {
        **on_the_console(form),
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}},
    }
