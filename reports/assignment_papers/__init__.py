"""Word documents about assignments: the annex of a decision, the minutes of a handover."""

from reports.assignment_papers.decision_annex import decision_annex
from reports.assignment_papers.handover import handed_over, of_dossier, relieved_lately
from reports.assignment_papers.minutes import handover_minutes

__all__ = ["decision_annex", "handed_over", "handover_minutes", "of_dossier", "relieved_lately"]
