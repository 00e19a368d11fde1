"""The body an officer works in, told from their office: what "same field" means."""

from __future__ import annotations

import re

from communes import names

TITLE = re.compile(
    r"^(quyền )?(phó )?(tổng )?(giám đốc|cục trưởng|hiệu trưởng|viện trưởng|chỉ huy trưởng|"
    r"biên tập|trưởng|chủ tịch|chủ nhiệm|chánh|bí thư|chuyên viên)( thường trực)? "
)


def field_of(office: str) -> str:
    """Give the body named in an office, without the title: "Phó Giám đốc Sở Y tế" → "sở y tế".

    Of several offices the first counts.
    """
    first = names.match_key(office).split(",")[0].split(";")[0].strip()
    return TITLE.sub("", first, count=1)
