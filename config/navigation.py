"""The tabs at the top of every page, by role."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Permission
from accounts.permissions import allowed


@dataclass(frozen=True)
class Item:
    """One tab."""

    label: str
    address: str
    is_current: bool


# (label, view, the permission it needs if any)
TABS: tuple[tuple[str, str, Permission | None], ...] = (
    ("Đảng bộ cấp xã", "reports:commune_list", None),
    ("Cán bộ", "reports:officer_list", None),
    ("Phân công", "assignments:list", None),
    ("Nạp danh sách", "assignments:import_list", Permission.IMPORT_ROSTER),
    ("Quản trị", "admin:index", Permission.ADMINISTER),
)


def navigation(request: HttpRequest) -> list[Item]:
    """Give the tabs the user may open; the one whose address leads the page's is current."""
    user = request.user
    home = "Tổng quan" if allowed(user, Permission.VIEW_ALL) else "Địa bàn của tôi"
    tabs = [(home, reverse("home"))] + [
        (label, reverse(view))
        for label, view, needs in TABS
        if needs is None or allowed(user, needs)
    ]
    # Every address starts as the first page's does: that one is current on itself alone.
    leading = [address for _, address in tabs[1:] if request.path.startswith(address)]
    current = max(leading, key=len, default=request.path)
    return [Item(label, address, address == current) for label, address in tabs]
