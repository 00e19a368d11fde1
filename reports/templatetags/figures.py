"""Numbers of registered figures in pages: a page prints no other number of what there is."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communes.templatetags.office import grouped
from reports.figures import FIGURES

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=4096)
def number(value: int, key: str) -> SafeString:
    """Give a value of a figure, or of a part of it (a district, a field), grouped.

    ``{% number row.open "petitions_open" %}``. The figure's meaning goes along as the title;
    ``KeyError`` when no figure has the key.
    """
    figure = FIGURES[key]
    return format_html(
        '<data value="{}" title="{}">{}</data>', value, figure.sentence, grouped(value)
    )


@register.simple_tag
def figure_meaning(key: str) -> str:
    """Give what a figure counts, in a sentence: ``{% figure_meaning "communes" as meaning %}``."""
    return FIGURES[key].sentence
