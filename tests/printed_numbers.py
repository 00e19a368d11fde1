"""Pages print no number of what there is but those of registered figures (DESIGN §4).

While tests run, every ``{{ … }}`` of our templates whose value is a number is looked at. A figure,
or a part of one, is printed with ``{% number value "key" %}``; what is no statistic is named in
:data:`NO_FIGURES`. Numbers inside sentences made in Python are not seen here, nor those of
columns: tests/reports/test_printed_numbers.py asks each column of numbers for its figure.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, VariableNode, render_value_in_context

from communes.templatetags.office import grouped

OURS = Path(settings.BASE_DIR) / "templates"
# What a printed number may be, matched against "template: expression".
NO_FIGURES = {
    "the key of a record": r"(: |\.)pk$|_id$",
    "a place in a row, a number of a document, of a page": r"counter$|(: |\.)number$|: item\.row$",
    "how many rows the list beside it has": r"\|length(\|add:1)?$|: page\.paginator\.",
    "how long a session and a password last, codes left": r"^components/session_end\.html: "
    r"session_left$|^accounts/account\.html: (password_(days|limit)|codes_left|idle_minutes)$",
    "a year": r"(: |\.)(year|birth_year)$|^reports/rules\.html: choice$",
    "days": r"(: |\.)(days|days_left|cycle_days|overdue\|grouped|days\|grouped)$|: days$",
    "what a form takes": r"\.max_length$|: most(_characters)?$|: formset\.total$|\.edition$",
    "what is known ahead, row by row": r"^reports/look_ahead\.html: one\.count$",
    "a setting": r"^reports/look_ahead\.html: limit$|\.limit_days$|: evidence\.thresholds\.|"
    r": line\.weight$|: least$",
    "a size of a drawing": r": (map|chart|qr)\.\w+$|^components/chart\.html: (line|box|one)\.\w+$",
    "a request, as it was made": r": waiver\.times$",
    "what the regulation asks for": r"^reports/duty_rules\.html: duty\.\w+$",
    "how far the making of a pack is": r"^reviews/pack\.html: (made|next)$",
    "how far the computing of a plan is": r"^reassignments/(progress|detail)\.html: (made|count)$",
    "rows of a plan changed by hand, marked in it": r"^reassignments/detail\.html: n_manual$",
    # A plan is what may be, not what is: its loads, and what it would write.
    "communes and work an officer would have": r"^reassignments/\w+\.html: "
    r"(load\.\w+|most_load)$",
    "rows a plan would write": r"^reassignments/apply\.html: count$",
    "records a plan names": r"^reassignments/\w+\.html: (\w+\.)+(key|commune|\d)$|: key$",
    # Their words stand beside them and say what is counted.
    "the rows behind a button": r"^reports/home\.html: matter\.count$",
    "the rows of a file to be taken in": r"^assignments/import_(list|preview)\.html: "
    r"(\w+\.)?(new|changed|unchanged|refused|count|total|value)",
    "what a rearrangement would do, or did": r"^reorganisations/\w+\.html: ",
    "as it stood in a report handed in": r"^periodic/quoted\.html: value$",
    "petitions an answer was given to": r"^petitions/matter_detail\.html: answer\.n_petitions$",
    "reports ticked": r"^periodic/remind\.html: (count\|grouped|value)$",
    "a figure told again to who hears the page": r"^figures/\w+\.html: (one|part)\.value$",
    "figures that differ, listed behind it": r"^reviews/detail\.html: n_changed$",
    "a value as the log of changes has it": r": (before|after)$",
    # Frozen figures with their words, what a member added, how many figures there are.
    "a number of a freeze": r"^reviews/\w+\.html: [a-z_.]+\.\w+\|grouped$",
    "a chart's, each opening its list": r"^components/chart_table\.html: number\.value\|grouped$",
    "an evaluation's measure, with its records": r"^evaluations/\w+\.html: count\.value",
    "an evaluation's points and what they are made of": r"^evaluations/\w+\.html: "
    r"((line|evidence|given|member|one|rules)\.\w+|median)$",
    "evaluations of the cycle in the list": r"^evaluations/\w+\.html: [a-z_.]+\|grouped$",
}
ALLOWED = re.compile("|".join(f"(?:{pattern})" for pattern in NO_FIGURES.values()))


def watch() -> None:
    """Have each variable of our templates looked at, from now on."""
    VariableNode.render = render


def render(node: VariableNode, context: Context) -> str:
    """Render as Django does; refuse a number nobody defined."""
    value = node.filter_expression.resolve(context)
    if is_number(value, node.filter_expression):
        refuse_unless_allowed(node)
    return render_value_in_context(value, context)


def is_number(value: object, expression: FilterExpression) -> bool:
    was_grouped = any(function is grouped for function, _ in expression.filters)
    is_plain = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    return was_grouped or is_plain


def refuse_unless_allowed(node: VariableNode) -> None:
    """Raise ``AssertionError`` naming the template and the variable."""
    path = Path(getattr(getattr(node, "origin", None), "name", None) or "")
    if not path.is_relative_to(OURS):
        return
    printed = f"{path.relative_to(OURS)}: {node.filter_expression.token}"
    assert ALLOWED.search(printed), (
        f"{printed}: a number that is no registered figure. Print it with the tag “number”, or, if "
        "it is no statistic, name it in tests/printed_numbers.py."
    )
