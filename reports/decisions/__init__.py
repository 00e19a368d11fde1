"""What the home page says needs a decision: worst first, each with where to resolve it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assignments.models import Assignment
from communes.models import Commune
from reports.decisions.coverage import gap_matters, uncovered_matter
from reports.decisions.duties import (
    counting_matter,
    missing_report_matters,
    overdue_matter,
    waiting_reports_matter,
    waivers_matter,
)
from reports.decisions.handovers import handover_matter
from reports.decisions.matter import Matter, figure_matter
from reports.decisions.petitions import escalated_matter, petition_matters, unrouted_matter
from reports.viewpoint import Viewpoint

__all__ = ["DECIDED_BY", "Matter", "matters", "overdue_matter"]

# The figures whose values tell what needs a decision.
DECIDED_BY = (
    "officers_departed",
    "officers_missed_cells",
    "officers_overloaded",
    "assignments_undocumented",
    "petitions_escalated",
    "petitions_unrouted",
    "reports_waiting",
    "waivers_waiting",
)


def matters(
    view: Viewpoint,
    *,
    values: dict[str, int],
    uncovered: Sequence[Commune],
    gaps: Iterable[Assignment],
) -> list[Matter]:
    """Give everything that needs a decision on the day, worst first.

    ``values`` are those of the figures :data:`DECIDED_BY`, and of the petitions overdue;
    ``uncovered`` are communes annotated ``with_coverage``; ``gaps`` come from ``gaps_ahead``.
    """

    def told(key: str, tone: str, detail: str) -> Matter | None:
        return figure_matter(key, view, values, tone, detail)

    found = [
        counting_matter(view),
        told("officers_departed", "short", "Kết thúc phân công để thấy địa bàn bị trống"),
        uncovered_matter(uncovered, view),
        *gap_matters(gaps, view.user),
        handover_matter(view) if view.known.handovers else None,
        told(
            "officers_missed_cells", "short", "Chưa nêu lý do; không tính cán bộ mới nhận địa bàn"
        ),
        overdue_matter(view),
        *missing_report_matters(view),
        *(petition_matters(view) if values["petitions_overdue"] else []),
        escalated_matter(view, values),
        unrouted_matter(view, values),
        waiting_reports_matter(view, values),
        waivers_matter(view, values),
        told("officers_overloaded", "due", "Cân nhắc chuyển bớt cho đồng chí khác"),
        told("assignments_undocumented", "due", "Cần bổ sung số, ngày quyết định phân công"),
    ]
    return [matter for matter in found if matter]
