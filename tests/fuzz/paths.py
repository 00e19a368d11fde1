"""Addresses nobody was given: other keys in known ones, and ones that lead nowhere."""

from __future__ import annotations

from random import Random

KEYS = ("0", "1", "-1", "99999999", "2147483648", "9223372036854775808", "1" + "0" * 40, "١", "1e3")
PARTS = (
    "%00",
    "\x00",
    "\xff",
    "..",
    "../..",
    "//",
    "\\",
    ";x=1",
    "<fz9>",
    "x" * 9_000,
    "\u00e9",
    "\r\n",
)


def bent(path: str, rng: Random) -> str:
    """Give an address like ``path`` with another key, or with something strange in it."""
    parts = path.strip("/").split("/")
    if any(part.isdigit() for part in parts) and rng.random() < 0.7:
        keys = [at for at, part in enumerate(parts) if part.isdigit()]
        parts[rng.choice(keys)] = as_wsgi(rng.choice((*KEYS, str(rng.randrange(1, 400)))))
    else:
        parts.insert(rng.randrange(len(parts) + 1), as_wsgi(rng.choice(PARTS)))
    return f"/{'/'.join(parts)}/"


def as_wsgi(text: str) -> str:
    """Give the text as a server passes it: the bytes of its UTF-8 as Latin letters."""
    return text.encode().decode("latin-1") if not text.isascii() else text
