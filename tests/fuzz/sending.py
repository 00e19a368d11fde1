"""Sends what no browser would: raw bytes in addresses and bodies, headers of any kind."""

from __future__ import annotations

from random import Random
from urllib.parse import quote_from_bytes

from django.test.client import FakePayload

from tests.client import ReadingClient

Pairs = list[tuple[bytes, bytes]]
BOUNDARY = b"fz9boundary"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY.decode()}"
WRONG_TYPES = (
    "application/json",
    "text/plain",
    "",
    "multipart/form-data",
    "multipart/form-data; boundary=khac",
    "multipart/form-data; boundary=" + "x" * 300,
    f"{URLENCODED}; charset=utf-16",
    f"{URLENCODED}; charset=khong-co",
    "\xff/\xff",
)


def urlencoded(pairs: Pairs) -> bytes:
    return b"&".join(
        quote_from_bytes(name).encode() + b"=" + quote_from_bytes(value).encode()
        for name, value in pairs
    )


def multipart(pairs: Pairs, files: list[tuple[bytes, bytes, bytes]]) -> bytes:
    """Give a body of fields and of files: (field, name of the file, content)."""
    parts = [
        b'Content-Disposition: form-data; name="%b"\r\n\r\n%b' % (name, value)
        for name, value in pairs
    ]
    parts += [
        b'Content-Disposition: form-data; name="%b"; filename="%b"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n%b" % part
        for part in files
    ]
    return (
        b"".join(b"--%b\r\n%b\r\n" % (BOUNDARY, part) for part in parts) + b"--%b--\r\n" % BOUNDARY
    )


def send(
    client: ReadingClient,
    method: str,
    path: str,
    *,
    query: bytes = b"",
    body: bytes = b"",
    content_type: str = URLENCODED,
    headers: dict[str, str] | None = None,
):
    """Send a request as a server would hand it on; ``path`` is decoded as WSGI wants it."""
    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": query.decode("latin-1"),
        "REQUEST_METHOD": method,
        **(headers or {}),
    }
    if method == "POST":
        environ |= {
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": content_type,
            "wsgi.input": FakePayload(body),
        }
    return client.request(**environ)


def strange_headers(rng: Random) -> dict[str, str]:
    """Give one or two headers that mean nothing or too much."""
    offered = {
        "HTTP_HOST": ("khac.example", "", "a b", "[::1", "localhost:99999", "x" * 300, "\xff"),
        "HTTP_ACCEPT": ("", "*/*;q=x", "text/" + "x" * 9_000, "\xff\x00"),
        "HTTP_ACCEPT_LANGUAGE": ("xx-" * 300, "*", "vi;q=1e309", "en,fr;q=NaN"),
        "HTTP_REFERER": ("javascript:alert(1)", "//khac", "http://[", "\xff" * 20, "x" * 20_000),
        "HTTP_USER_AGENT": ("", "<script>" * 500, "\x1b[31m", "\xe1\xba"),
        "HTTP_COOKIE": ("sessionid=", "sessionid=\x00", "a" * 9_000, '="";;=,', "csrftoken=\xff"),
        "HTTP_X_FORWARDED_FOR": ("1.1.1.1," * 900, "<b>", "\xff", "::1%eth0"),
        "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest", "\xff"),
        "HTTP_RANGE": ("bytes=0-", "bytes=9-1", "bytes=" + "0-1," * 900),
        "HTTP_IF_MODIFIED_SINCE": ("Thu, 01 Jan 99999 00:00:00 GMT", "x"),
        "HTTP_IF_NONE_MATCH": ("*", '"' * 500, "\xff"),
        "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    }
    names = rng.sample(sorted(offered), rng.choice((1, 1, 2)))
    return {name: rng.choice(offered[name]) for name in names}
