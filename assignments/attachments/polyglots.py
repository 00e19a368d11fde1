"""Files that are two things at once: a picture or a PDF that is also a page, a script, a zip.

They are only ever given out as downloads of a fixed type, so nothing here would run; but who
sends such a file means harm, and is told so instead of having it cleaned in silence.
"""

from __future__ import annotations

import io
import re
import zipfile

from assignments.attachments.refusals import Refused

# Long enough not to appear by chance in compressed data; XMP has <?xpacket and <x:xmpmeta.
MARKUP = re.compile(rb"<(?:\?php|script|html|!doctype)[\s>]", re.IGNORECASE)


def check_single(content: bytes) -> None:
    """Refuse a picture or PDF that holds a page, a script, or ends as a zip."""
    if MARKUP.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused(
            "có ghép thêm nội dung lạ (mã lệnh, trang web hoặc tệp nén). Lấy lại tệp gốc rồi gửi."
        )
