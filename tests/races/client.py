"""A browser of the plainest kind: one request at a time, each timed, nothing followed."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.conf import settings

TOKEN = "a" * 32  # a cookie and a field that agree are all that is asked for without TLS
LOST = (OSError, HTTPException)  # what a client sees of a server that was killed
TIMEOUT = 60
CSRF, SESSION = settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME
# How our pages, the admin's and the saving of drafts say why not.
REFUSING = (
    r'notice-(?:error|warning)"[^>]*>(.*?)</div>|invalid-feedback[^>]*>(.*?)</'
    r'|class="empty[^>]*>(.*?)</|class="error(?:note|list)[^>]*>(.*?)</(?:p|ul)>'
    r'|"sentence": "(.*?)"'
)


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    page: str
    location: str = ""
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Say whether a form was taken: every page of ours then goes elsewhere."""
        return self.status == 302 and "dang-nhap" not in self.location

    def value(self, name: str) -> str:
        """Give what a field of the page holds."""
        found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', self.page)
        return unescape(found[1]) if found else ""

    def sentences(self) -> list[str]:
        """Give what the page says that hinders."""
        found = re.findall(REFUSING, self.page, re.S)
        texts = (re.sub(r"<[^>]*>|\s+", " ", unescape("".join(one))).strip() for one in found)
        return [text for text in texts if text]


@dataclass
class Client:
    """Somebody's browser; ``session`` is the key of the session they are logged in with."""

    port: int
    session: str = ""
    waits: list[float] = field(default_factory=list)

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def wait_for_a_page(self, seconds: float = 60) -> None:
        """Return when a server that is starting gives a page."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self.get("/tai-khoan/dang-nhap/")
            except LOST:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def post(
        self,
        path: str,
        fields: Mapping[str, object] | Iterable[tuple[str, object]],
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """Send a form; raises one of :data:`LOST` when no answer came."""
        pairs = [*(fields.items() if isinstance(fields, Mapping) else fields)]
        pairs.append(("csrfmiddlewaretoken", TOKEN))
        if files:
            kind, body = multipart(pairs, files)
        else:
            kind, body = "application/x-www-form-urlencoded", urlencode(pairs).encode()
        answer = self.send("POST", path, body, {"Content-Type": kind})
        self.waits.append(answer.seconds)
        return answer

    def send(self, verb: str, path: str, body: bytes = b"", headers: dict | None = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        cookie = f"{CSRF}={TOKEN}; {SESSION}={self.session}"
        began = time.monotonic()
        try:
            connection.request(verb, path, body, {"Cookie": cookie, **(headers or {})})
            answer = connection.getresponse()
            page = answer.read().decode(errors="replace")
        finally:
            connection.close()
        seconds = time.monotonic() - began
        return Answer(answer.status, page, answer.headers.get("Location", ""), seconds)


def multipart(
    pairs: Iterable[tuple[str, object]], files: Mapping[str, tuple[str, bytes]]
) -> tuple[str, bytes]:
    """Give the type and the body of a form with files."""
    mark = uuid.uuid4().hex
    body = bytearray()
    for name, value in pairs:
        body += (
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        )
    for name, (file_name, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"'
        body += f"--{mark}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
        body += content + b"\r\n"
    body += f"--{mark}--\r\n".encode()
    return f"multipart/form-data; boundary={mark}", bytes(body)
