"""What the sender calls a file: shown to people, never a place on disk."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from assignments.enums import AttachmentKind
from communes.names import normalise

NAMELESS = "Tệp đính kèm"
# The column holds 150 characters; file systems, where it is downloaded to, 255 bytes.
MAX_CHARACTERS, MAX_BYTES = 120, 200
# What Windows does not allow in a name; "/" and "\" are gone by then.
RESERVED_CHARACTERS = re.compile(r'[<>:"|?*]+')
# Names of devices: Windows opens the printer or port instead of the file.
RESERVED_NAME = re.compile(r"(con|prn|aux|nul|(com|lpt)[\d¹²³])\s*(\.|$)", re.IGNORECASE)
# "hoa-don.exe.pdf": what stands before the extension must not look like one, but 12.5.2023 may.
INNER_EXTENSION = re.compile(r"\.(?=[^\W\d_]\w{0,9}(?:\.|$))")
# The last part with at most ten letters or digits; "Báo cáo quý 2.2023" has none.
EXTENSION = re.compile(r"\.(?!\d+$)\w{1,10}$")


def last_part(raw: str) -> str:
    """Give the name without folders of any system, and without what cannot be seen."""
    name = PurePosixPath(raw.replace("\\", "/")).name
    # Categories C: control, format (bidi, zero width), surrogate, private, unassigned.
    seen = (char if unicodedata.category(char)[0] != "C" else " " * char.isspace() for char in name)
    return normalise("".join(seen))


def extension(raw: str) -> str:
    """Give the extension in lower case with its dot, or "" when there is none."""
    found = EXTENSION.search(last_part(raw).rstrip(" ."))
    return found[0].lower() if found else ""


def stem(raw: str) -> str:
    """Give the name without folders and extension."""
    return EXTENSION.sub("", last_part(raw).rstrip(" ."))


def shown_name(raw: str) -> str:
    """Give the name by which a message speaks of a file that was sent."""
    return shortened(last_part(raw), 60, 60) or NAMELESS


def display_name(raw: str, kind: AttachmentKind) -> str:
    """Give a safe name to keep and to download by: the sender's words, the kind's extension."""
    name = INNER_EXTENSION.sub("-", RESERVED_CHARACTERS.sub("-", stem(raw)))
    name = shortened(name.strip(" .-"), MAX_CHARACTERS, MAX_BYTES).rstrip(" .") or NAMELESS
    if RESERVED_NAME.match(name):
        name = f"_{name}"
    return f"{name}.{kind}"


def shortened(text: str, characters: int, size: int) -> str:
    """Cut to so many characters and bytes of UTF-8, between characters."""
    return text[:characters].encode("utf-8", "ignore")[:size].decode("utf-8", "ignore")
