"""What constraints cannot say of accounts and the log; and the shape of every such check.

Each app has a module of this name with its own ``CHECKS``; ``manage.py check_data`` runs them all.
Checks only read, a chunk of rows at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.chain_check import Check as ChainCheck
from accounts.models import Session

CHUNK = 2_000


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, and where to mend it."""

    where: str
    wrong: str
    mend: str


@dataclass(frozen=True)
class DataCheck:
    """A named question put to the data: ``find`` takes the present moment, gives what is wrong."""

    code: str
    label: str
    find: Callable[[dt.datetime], Iterator[Finding]]


def in_chunks(rows: QuerySet) -> Iterator:
    """Give rows without holding them all."""
    return rows.iterator(chunk_size=CHUNK)


def log_as_written(now: dt.datetime) -> Iterator[Finding]:
    """Follow the chain of the log; rows that wait for their seal are not wrong."""
    for sentence in ChainCheck().damage():
        yield Finding("Nhật ký hệ thống", sentence, "manage.py check_audit_log; khôi phục sao lưu")


def sessions_of_active_users(now: dt.datetime) -> Iterator[Finding]:
    """Nobody who is switched off is logged in."""
    rows = Session.objects.filter(user__is_active=False, expire_date__gt=now)
    for session in in_chunks(rows.select_related("user").order_by("pk")):
        yield Finding(
            str(session.user),
            "tài khoản đã ngừng nhưng còn phiên đăng nhập.",
            "Quản trị → Tài khoản: kết thúc các phiên",
        )


CHECKS = (
    DataCheck("audit_log", "Nhật ký còn nguyên như khi ghi", log_as_written),
    DataCheck("sessions", "Phiên đăng nhập của tài khoản đang dùng", sessions_of_active_users),
)
