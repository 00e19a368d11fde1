"""The tabs at the top of every page, by role, and those inside "Đi cơ sở"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.visit_rights import waiting_for


@dataclass(frozen=True)
class Item:
    """One tab; ``count`` is how much waits behind it."""

    label: str
    address: str
    is_current: bool
    count: int = 0


# (label, view, the permission it needs if any)
TABS: tuple[tuple[str, str, Permission | None], ...] = (
    ("Đảng bộ cấp xã", "reports:commune_list", None),
    ("Cán bộ", "reports:officer_list", None),
    ("Phân công", "assignments:list", None),
    ("Đi cơ sở", "visits:list", None),
    ("Nạp danh sách", "assignments:import_list", Permission.IMPORT_ROSTER),
    ("Quản trị", "admin:index", Permission.ADMINISTER),
)
# Inside "Đi cơ sở": (label, view).
WAITING = "visits:waiting"
VISIT_TABS: tuple[tuple[str, str], ...] = (
    ("Chuyến đi", "visits:list"),
    ("Văn bản theo dõi", "directives:list"),
    ("Chờ xác nhận", WAITING),
)


def leading(request: HttpRequest, addresses: Iterable[str]) -> str:
    """Give the longest of ``addresses`` that the page's own begins with; "" when none."""
    return max(filter(request.path.startswith, addresses), key=len, default="")


def navigation(request: HttpRequest) -> list[Item]:
    """Give the tabs the user may open; the one whose address leads the page's is current."""
    user = request.user
    home = "Tổng quan" if allowed(user, Permission.VIEW_ALL) else "Địa bàn của tôi"
    tabs = {
        reverse(view): label for label, view, needs in TABS if needs is None or allowed(user, needs)
    }
    inside = {reverse(view): reverse("visits:list") for _, view in VISIT_TABS}
    found = leading(request, [*tabs, *inside])
    # Every address starts as the first page's does: that one is current on itself alone.
    current = inside.get(found, found) or request.path
    tabs = {reverse("home"): home} | tabs
    return [Item(label, address, address == current) for address, label in tabs.items()]


def visit_tabs(request: HttpRequest) -> list[Item]:
    """Give the tabs inside "Đi cơ sở", with how much waits for confirmation."""
    tabs = {reverse(view): label for label, view in VISIT_TABS}
    current, waiting = leading(request, tabs), reverse(WAITING)
    return [
        Item(
            label,
            address,
            address == current,
            waiting_for(request.user).count() if address == waiting else 0,
        )
        for address, label in tabs.items()
    ]
