"""Pages go over the line compressed, a tenth of their size; files are compressed already.

Here and not in nginx, for two reasons. What is compressed may tell its secrets by its length to who
can have text of their own put beside them and watches the line (BREACH). Django guards its forms'
tokens by a new mask in every page, and this compression by up to a hundred random bytes, which
nginx does not add. And ``make run`` has nothing in front of it.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Its pages hold the keys of second factors and recovery codes. They are small, too.
SECRETS = "accounts"


class CompressedPagesMiddleware(GZipMiddleware):
    """Compresses pages (130 kB in 1 ms); never those of accounts, never a file."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if is_page(response) and not has_secrets(request):
            return super().process_response(request, response)
        return response


def is_page(response: HttpResponseBase) -> bool:
    """Say whether an answer is read in the browser, and whole."""
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")


def has_secrets(request: HttpRequest) -> bool:
    """Say whether a request asked for a page of accounts, or for none that is known."""
    match = request.resolver_match
    return match is None or match.namespace == SECRETS
