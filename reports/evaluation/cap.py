"""The share of the best level among those rated good or better: pointed out, never refused."""

from __future__ import annotations

from collections import Counter

from accounts.models import User
from reports.enums import CONCLUDED_STATES, RatingLevel
from reports.evaluation.shown import kept_from
from reports.models import EvaluationCycle
from reports.models.evaluation_rules import WHOLE

WARNING = (
    "{count} trên {all} cán bộ xếp loại tốt trở lên được đề xuất hoặc quyết định “{level}” "
    "({share}%), cao hơn tỷ lệ cần lưu ý {cap}% của bộ tiêu chí."
)


def excellent_warning(cycle: EvaluationCycle, user: User) -> str:
    """Say that more than the rules' share are rated excellent; "" when not more.

    Of those rated good or better (25-HD/BTCTW), as decided, or as proposed where that is not yet.
    Without what ``user`` may not know of their own: it would be what is left.
    """
    known = cycle.evaluations.exclude(kept_from(user))
    rows = known.values_list("state", "decided_level", "proposed_level")
    levels = Counter(
        decided if state in CONCLUDED_STATES else proposed for state, decided, proposed in rows
    )
    best = levels[RatingLevel.EXCELLENT]
    good_or_better = best + levels[RatingLevel.GOOD]
    cap = cycle.rules.excellent_cap
    if best * WHOLE <= cap * good_or_better:
        return ""
    return WARNING.format(
        count=best,
        all=good_or_better,
        level=RatingLevel.EXCELLENT.label,
        share=round(best * WHOLE / good_or_better),
        cap=cap,
    )
