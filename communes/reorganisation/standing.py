"""How a mapping fits what stays: units that keep their name and code, districts that end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from communes.dates import short_date
from communes.finding import commune_label, same_code
from communes.models import Commune, District
from communes.reorganisation.mapping import NewUnit
from communes.reorganisation.reading import identity

STAYS = "không có trong bảng đối chiếu"


def standing_refusals(
    units: Iterable[NewUnit], staying: Sequence[Commune]
) -> Iterator[tuple[int, str]]:
    """Refuse a new unit with the name (in its district) or the code of a unit that stays."""
    by_name = {(unit.district_id, identity(unit.full_name)): unit for unit in staying}
    for new in units:
        district = new.district.pk if new.district else None
        same = by_name.get((district, identity(new.full_name)))
        if same:
            yield from of_rows(new, f"đơn vị mới trùng tên với {commune_label(same)} {STAYS}")
        elif holder := next((u for u in staying if same_code(u.code, new.code)), None):
            yield from of_rows(
                new, f"mã mới {new.code} đang là mã của {commune_label(holder)} {STAYS}"
            )


def of_rows(new: NewUnit, reason: str) -> Iterator[tuple[int, str]]:
    """Give the reason for every row of a new unit."""
    return ((source.row, reason) for source in new.sources)


def district_refusals(
    effective_on: dt.date,
    districts: Sequence[District],
    communes: Sequence[Commune],
    leaving: set[int],
) -> Iterator[tuple[int, str]]:
    """Say what hinders the end of all districts on ``effective_on``.

    No commune may stay in a district that is no more; and what ends here must be what an undoing
    opens again: districts whose end is not yet known, with a commune in this mapping.
    """
    standing = [d for d in districts if d.dissolved_on is None or d.dissolved_on > effective_on]
    if not standing:
        yield 0, f"ngày {short_date(effective_on)} không còn huyện nào để kết thúc"
    for district, staying in still_in_districts(effective_on, communes, leaving).items():
        listed = ", ".join(map(str, staying))
        yield (
            0,
            (
                f"cấp huyện kết thúc từ ngày {short_date(effective_on)} mà {district} còn "
                f"{len(staying)} đơn vị chưa có trong bảng đối chiếu: {listed}"
            ),
        )
    for district in standing:
        if reason := hindrance(district, effective_on, communes):
            yield 0, f"{district} {reason}; sửa trong trang quản trị trước"


def still_in_districts(
    effective_on: dt.date, communes: Sequence[Commune], leaving: set[int]
) -> dict[District, list[Commune]]:
    """Give the communes that would stay in a district that is no more, by district."""
    found: dict[District, list[Commune]] = defaultdict(list)
    for unit in communes:
        lasts = unit.dissolved_on is None or unit.dissolved_on > effective_on
        if unit.district and unit.pk not in leaving and lasts:
            found[unit.district].append(unit)
    return found


def hindrance(district: District, effective_on: dt.date, communes: Sequence[Commune]) -> str:
    """Say why a district cannot end by this mapping; "" when it can."""
    if district.dissolved_on:
        return f"đã được ghi không còn từ ngày {short_date(district.dissolved_on)}"
    if district.established_on and district.established_on >= effective_on:
        return f"thành lập từ ngày {short_date(district.established_on)}, sau ngày kết thúc"
    if not any(c.district_id == district.pk for c in communes if c.dissolved_on is None):
        return "không có xã, phường, thị trấn nào nên không được kết thúc theo bảng này"
    return ""
