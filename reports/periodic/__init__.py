"""Officers' reports: begun, written, handed in, sent back or accepted (DOMAIN R21, R22).

Each write is one transaction with its audit row, and raises ``ValidationError`` with a Vietnamese
sentence, also when another writer got there first. Which move is open from which state is the
table ``REPORT_MOVES``.
"""

from reports.periodic.asked import deadline_of, lines_about
from reports.periodic.beginning import begin_report, begin_urgent
from reports.periodic.moves import (
    accept_reports,
    moves_open_to,
    reopen_report,
    return_report,
    why_not,
)
from reports.periodic.quotes import quotes
from reports.periodic.rights import may_write_for, why_locked
from reports.periodic.submitting import missing_in, submit_report
from reports.periodic.writing import Outdated, save_report, withdraw_draft

__all__ = [
    "Outdated",
    "accept_reports",
    "begin_report",
    "begin_urgent",
    "deadline_of",
    "lines_about",
    "may_write_for",
    "missing_in",
    "moves_open_to",
    "quotes",
    "reopen_report",
    "return_report",
    "save_report",
    "submit_report",
    "why_locked",
    "why_not",
    "withdraw_draft",
]
