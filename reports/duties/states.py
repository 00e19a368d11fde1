"""How a duty, an officer or a commune stands: one set of signs and words everywhere."""

from __future__ import annotations

from assignments.tables import State
from reports.duties.lines import Totals

DONE = State("✓", "Đủ", "ok")
OPEN = State("!", "Còn việc", "due")
EXCUSED = State("≈", "Thiếu, có lý do", "why")
OVERDUE = State("✕", "Thiếu, chưa rõ lý do", "short")
NOT_DUE = State("·", "Chưa phải thực hiện", "nil")
NOBODY = State("○", "Chưa có người", "none")
# In the order of legends.
STATES = (DONE, OPEN, EXCUSED, OVERDUE, NOT_DUE, NOBODY)


def state_of(totals: Totals) -> State:
    """Give how the lines that ``totals`` adds up stand: what is worst names the whole."""
    if totals.overdue:
        return OVERDUE
    if totals.unexplained:
        return OPEN
    if totals.explained:
        return EXCUSED
    return DONE if totals.due else NOT_DUE
