"""Cells and states of lists as HTML: a page has hundreds of them, a template each would be slow."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from assignments.tables import Cell, Kind, State
from communes.templatetags.office import dmy, grouped, with_day

register = template.Library()

NOTHING = mark_safe('<span class="nil">–</span>')
IN_WORDS = {Kind.DATE: dmy, Kind.NUMBER: grouped}


@register.simple_tag
def state_badge(state: State) -> SafeString:
    """Give a state's sign, word and tone: ``{% state_badge state %}``."""
    return format_html(
        '<span class="state state-{}"><i aria-hidden="true">{}</i>{}</span>',
        state.tone,
        state.sign,
        state.word,
    )


@register.simple_tag(takes_context=True)
def table_cell(context: Context, cell: Cell) -> SafeString:
    """Give one value of a table row, its link keeping the day: ``{% table_cell cell %}``.

    On a phone, where a row is a card, the column's label stands before the value.
    """
    column = cell.column
    if column.holds_actions:
        return actions_cell(context, cell)
    content = value_html(cell)
    if cell.url and content is not NOTHING:
        content = format_html('<a href="{}">{}</a>', with_day(context, cell.url), content)
    return format_html(
        '<td class="k-{} c-{}" data-label="{}">{}{}</td>',
        column.kind.value,
        column.key,
        column.label,
        content,
        detail_html(cell.detail),
    )


def detail_html(detail: str | State) -> SafeString | str:
    """Give the line under a value; a state as its badge."""
    if not detail:
        return ""
    content = state_badge(detail) if isinstance(detail, State) else detail
    return format_html("<small>{}</small>", content)


def actions_cell(context: Context, cell: Cell) -> SafeString:
    """Give what can be done with a row, as links beside one another."""
    links = format_html_join(
        "",
        '<a href="{}" aria-label="{}: {}">{}</a>',
        ((with_day(context, one.url), one.word, one.about, one.word) for one in cell.value),
    )
    return format_html('<td class="k-actions">{}</td>', links)


def value_html(cell: Cell) -> SafeString:
    """Give a cell's value in words, escaped."""
    if cell.value is None or cell.value == "":
        return NOTHING
    if isinstance(cell.value, State):
        return state_badge(cell.value)
    return conditional_escape(IN_WORDS.get(cell.column.kind, str)(cell.value))
