"""What people type or paste reaches every page, form and list without what cannot be seen.

One place for all of it, Django admin included: text of addresses and of forms comes composed (NFC),
without control characters, zero-width characters and marks of direction, which would turn around
what stands beside them on pages and papers. Files that are read go through
:func:`communes.names.normalise` and names of files through ``assignments/attachments/names.py``.
"""

from __future__ import annotations

import unicodedata

from django.http import QueryDict

from communes.names import INVISIBLE

# Word's own line break, and what Unicode counts as ends of lines and pages.
BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))


class TypedTextMiddleware:
    """Gives ``request.GET`` and ``request.POST`` as :func:`as_typed`.

    It stands before whatever reads an address, and reads a body only after the check against
    forged posts has.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.GET = as_typed(request.GET)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> None:
        if request.method == "POST":
            request.POST = as_typed(request.POST)


def as_typed(data: QueryDict) -> QueryDict:
    """Give what was sent with every text :func:`visible`; itself when there was nothing to do."""
    if all(is_plain(text) for name, texts in data.lists() for text in (name, *texts)):
        return data
    cleaned = QueryDict(mutable=True, encoding=data.encoding)
    for name, texts in data.lists():
        for text in texts:
            cleaned.appendlist(visible(name), text if "password" in name else visible(text))
    cleaned._mutable = False
    return cleaned


def is_plain(text: str) -> bool:
    """Say whether a text surely has nothing to take away: most have not."""
    return text.isascii() and text.isprintable()


def visible(text: str) -> str:
    """Give the text composed, without invisible characters; blanks and line breaks stay."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text.translate(BREAKS)))
