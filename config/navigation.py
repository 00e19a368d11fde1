"""The tabs at the top of every page, by role, and those inside "Đi cơ sở"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.visits.rights import waiting_for
from communes.lineage import Reading
from reports.viewpoint import PARAMETER as QUARTER


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
    ("Thực hiện", "reports:duty_list", None),
    ("Báo cáo", "periodic:inbox", None),
    ("Kiến nghị", "petitions:list", None),
    # Who evaluates and who is evaluated: one tab for either.
    ("Đánh giá", "evaluations:list", Permission.VIEW_EVALUATIONS),
    ("Đánh giá", "evaluations:list", Permission.RATE_ONESELF),
    ("Sơ kết", "reviews:list", Permission.VIEW_ALL),
    ("Quản trị", "admin:index", Permission.ADMINISTER),
)
# Inside "Đi cơ sở": (label, view).
WAITING = "visits:waiting"
VISIT_TABS: tuple[tuple[str, str], ...] = (
    ("Chuyến đi", "visits:list"),
    ("Kế hoạch", "visits:plan_list"),
    ("Giấy mời", "visits:notice_list"),
    ("Văn bản theo dõi", "directives:list"),
    ("Chờ xác nhận", WAITING),
)

BY_DISTRICT = "reports:duties_by_district"  # by area where there are no districts
# Inside "Thực hiện"; those before the last two speak of a quarter.
DUTY_TABS: tuple[tuple[str, str], ...] = (
    ("Từng nhiệm vụ", "reports:duty_list"),
    ("Theo cán bộ", "reports:duties_by_officer"),
    ("Theo Đảng bộ", "reports:duties_by_commune"),
    ("Theo huyện", BY_DISTRICT),
    ("Ma trận theo quý", "reports:matrix"),
    ("Miễn, lý do", "reports:waivers"),
    ("Quy chế, kỳ tính", "reports:rules"),
)
# Inside "Báo cáo" and "Kiến nghị": (label, view, the permission it needs if any).
REPORT_TABS: tuple[tuple[str, str, Permission | None], ...] = (
    ("Theo kỳ", "periodic:inbox", None),
    ("Tất cả báo cáo", "periodic:list", None),
)
PETITION_TABS: tuple[tuple[str, str, Permission | None], ...] = (
    ("Kiến nghị", "petitions:list", None),
    ("Nhóm vấn đề", "petitions:matter_list", None),
    ("Theo lĩnh vực", "petitions:by_field", None),
    ("Theo cơ quan", "petitions:ageing", None),
    ("Trình Ban Thường vụ", "petitions:escalated", Permission.VIEW_ALL),
    ("Kết luận, nhiệm vụ", "conclusions:list", None),
    ("Lĩnh vực, cơ quan", "petitions:catalogue", Permission.HANDLE_PETITIONS),
)
# Inside "Phân công", the same.
ASSIGNMENT_TABS: tuple[tuple[str, str, Permission | None], ...] = (
    ("Danh sách", "assignments:list", None),
    ("90 ngày tới", "reports:look_ahead", Permission.VIEW_ALL),
    ("Thôi, bàn giao", "departures:list", None),
    ("Phương án", "reassignments:list", Permission.VIEW_ALL),
    ("Sắp xếp đơn vị", "reorganisations:list", Permission.VIEW_ALL),
    ("Khu vực", "reports:area_list", Permission.EDIT_RULES),
)
# Inside "Sơ kết" and "Đánh giá", the same.
REVIEW_TABS: tuple[tuple[str, str, Permission | None], ...] = (
    ("Kỳ sơ kết", "reviews:list", Permission.VIEW_ALL),
    ("Sổ văn bản", "reviews:documents", Permission.VIEW_ALL),
    ("Chỉ tiêu", "figures:list", Permission.VIEW_ALL),
    ("Biểu đồ", "figures:charts", Permission.VIEW_ALL),
    ("Mẫu báo cáo", "reviews:templates", Permission.PREPARE_REVIEWS),
)
EVALUATION_TABS: tuple[tuple[str, str, Permission | None], ...] = (
    ("Kỳ đánh giá", "evaluations:list", Permission.VIEW_EVALUATIONS),
    ("Đánh giá của tôi", "evaluations:list", Permission.RATE_ONESELF),
    ("Tiêu chí", "evaluations:rules", None),
)
# At the foot of a phone: (label, view).
THUMB_TABS = (
    ("Địa bàn", "home"),
    ("Chuyến đi", "visits:list"),
    ("Báo cáo", "periodic:inbox"),
    ("Kiến nghị", "petitions:list"),
)
# The tab a page belongs to, where its address does not begin with the tab's.
INSIDE = {
    view: tab
    for tab, subtabs in (("visits:list", VISIT_TABS), ("reports:duty_list", DUTY_TABS))
    for _, view in subtabs
}
INSIDE |= {view: "assignments:list" for _, view, _ in ASSIGNMENT_TABS}
INSIDE |= {"conclusions:list": "petitions:list", "figures:list": "reviews:list"}


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
    inside = {reverse(view): tab for view, tab in INSIDE.items()}
    found = leading(request, [*tabs, *inside])
    # Every address starts as the first page's does: that one is current on itself alone.
    current = reverse(inside[found]) if found in inside else found or request.path
    tabs = {reverse("home"): home} | tabs
    return [Item(label, address, address == current) for address, label in tabs.items()]


def thumb_tabs(request: HttpRequest) -> list[Item]:
    """Give the bar at the foot of a phone, for who goes to the base: officers, who assists them."""
    user = request.user
    if allowed(user, Permission.VIEW_ALL) or not allowed(user, Permission.RECORD_VISITS):
        return []
    addresses = {reverse(view): label for label, view in THUMB_TABS}
    current = leading(request, [*addresses][1:]) or request.path
    return [Item(label, address, address == current) for address, label in addresses.items()]


def visit_tabs(request: HttpRequest) -> list[Item]:
    """Give the tabs inside "Đi cơ sở", with how much waits for confirmation."""
    tabs = {reverse(view): label for label, view in VISIT_TABS}
    current = leading(request, tabs)
    waiting = waiting_for(request.user).on_or_before(request.as_of.day).count()
    counts = {reverse(WAITING): waiting}
    return [
        Item(label, address, address == current, counts.get(address, 0))
        for address, label in tabs.items()
    ]


def duty_tabs(request: HttpRequest) -> list[Item]:
    """Give the tabs inside "Thực hiện", at the quarter being looked at."""
    tabs = {reverse(view): label for label, view in DUTY_TABS}
    if not has_districts(request):
        tabs[reverse(BY_DISTRICT)] = "Theo khu vực"
    current, quarter = leading(request, tabs), request.GET.get(QUARTER, "")
    query = f"?{urlencode({QUARTER: quarter})}" if quarter else ""
    return [Item(label, address + query, address == current) for address, label in tabs.items()]


def has_districts(request: HttpRequest) -> bool:
    """Say whether there are districts, as what the page has read already tells."""
    view = getattr(request, "viewpoint", None)
    return view.known.districts if view else bool(Reading.of(request).districts)


def open_tabs(request: HttpRequest, tabs: Iterable[tuple[str, str, Permission | None]]):
    """Give those of ``tabs`` that the user may open, the page's own current."""
    addresses = {
        reverse(view): label
        for label, view, needs in tabs
        if needs is None or allowed(request.user, needs)
    }
    current = leading(request, addresses)
    return [Item(label, address, address == current) for address, label in addresses.items()]


def report_tabs(request: HttpRequest) -> list[Item]:
    """Give the tabs inside "Báo cáo"."""
    return open_tabs(request, REPORT_TABS)


def assignment_tabs(request: HttpRequest) -> list[Item]:
    """Give the tabs inside "Phân công"."""
    return open_tabs(request, ASSIGNMENT_TABS)


def petition_tabs(request: HttpRequest) -> list[Item]:
    """Give the tabs inside "Kiến nghị"."""
    return open_tabs(request, PETITION_TABS)


def review_tabs(request: HttpRequest) -> list[Item]:
    """Give the tabs inside "Sơ kết"."""
    return open_tabs(request, REVIEW_TABS)


def evaluation_tabs(request: HttpRequest) -> list[Item]:
    """Give the tabs inside "Đánh giá"."""
    return open_tabs(request, EVALUATION_TABS)
