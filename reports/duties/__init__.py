"""The duty list: what each officer owes in a period, and what became of it (DESIGN §4).

One function, :func:`duty_list`, yields the lines; every rate, figure, matrix cell and file is a
count over them, so ``due = done + waived + explained + unexplained`` holds everywhere.

* A period is judged by the version of the regulation in force on its first day.
* On each day a commune is one officer's to answer for: the temporary cover's if there is one,
  else the main officer's. Who takes part beside them owes nothing.
* What is owed follows the days answered for, by the duty's own rule.
* Only what an officer confirmed, and what took place, counts as done; a report does while it is
  handed in, not while it is being written or was sent back.
"""

from reports.duties.lines import DutyLine, Totals, by_kind, duty_list, total

__all__ = ["DutyLine", "Totals", "by_kind", "duty_list", "total"]
