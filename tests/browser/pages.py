"""The table of pages: which roles open which route in the browser.

A route of the URLconf without a row here fails (test_pages.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.enums import Role

ALL = tuple(role.value for role in Role)
NOBODY = ("",)
OFFICE = (Role.OFFICE.value,)
# Who sees everything and may change it, and who sees only their own.
BOTH = (Role.OFFICE.value, Role.OFFICER.value)


@dataclass(frozen=True)
class Row:
    """Who opens a page. ``via`` is the page whose first link to this route is followed.

    It is an address, or the name of a route of this table.
    """

    roles: tuple[str, ...]
    via: str = ""
    query: str = ""


PAGES: dict[str, Row] = {
    "home": Row(ALL),
    "accounts:login": Row(NOBODY),
    "accounts:password_change": Row(OFFICE),
    "accounts:account": Row(ALL),
    "accounts:second_factor": Row(OFFICE),
    "reports:audit_log": Row((Role.ADMIN.value,)),
    "reports:audit_event": Row((Role.ADMIN.value,), via="/nhat-ky/"),
    "reports:commune_list": Row(BOTH),
    "reports:commune_detail": Row(BOTH, via="/dang-bo/"),
    "reports:look_ahead": Row((Role.LEADER.value, Role.OFFICE.value)),
    "reports:area_list": Row(OFFICE),
    "reports:area_add": Row(OFFICE),
    "reports:officer_list": Row(BOTH),
    "reports:officer_detail": Row(BOTH, via="/can-bo/"),
    "reports:duty_list": Row(BOTH),
    "reports:duties_by_officer": Row(BOTH),
    "reports:duties_by_commune": Row(BOTH),
    "reports:duties_by_district": Row(BOTH),
    "reports:matrix": Row(BOTH),
    "reports:brief": Row(BOTH, via="reports:commune_detail"),
    "reports:commune_cells": Row(BOTH, via="reports:commune_detail"),
    "reports:rules": Row(BOTH),
    "reports:regulation_add": Row(OFFICE),
    "reports:regulation_end": Row(OFFICE, via="/quy-che/"),
    "reports:periods_add": Row(OFFICE),
    "reports:waivers": Row(BOTH),
    "reports:waiver_add": Row(BOTH),
    "reports:waiver_decide": Row(OFFICE, via="/mien/?tinh_trang=cho"),
    "reports:waiver_withdraw": Row(OFFICE, via="/mien/?tinh_trang=cho"),
    "figures:charts": Row((Role.LEADER.value,)),
    "reports:search": Row(BOTH, query="?tim=thanh"),
    "assignments:list": Row(BOTH),
    "assignments:bulk_assign": Row(OFFICE),
    "assignments:bulk_end": Row(OFFICE),
    "assignments:bulk_hand_over": Row(OFFICE),
    "assignments:import_list": Row(OFFICE),
    "assignments:correct": Row(OFFICE, via="/phan-cong/"),
    "departures:list": Row(BOTH),
    "departures:depart": Row(OFFICE, via="reports:officer_detail"),
    "visits:list": Row(BOTH),
    "visits:detail": Row(BOTH, via="/di-co-so/"),
    "reports:visit_log": Row(BOTH),
    "visits:amend": Row(BOTH, via="/di-co-so/cho-xac-nhan/"),
    "visits:waiting": Row(BOTH),
    "visits:withdraw": Row(OFFICE, via="/di-co-so/cho-xac-nhan/"),
    "directives:list": Row(BOTH),
    "directives:add": Row(OFFICE),
    "directives:detail": Row(BOTH, via="/van-ban/"),
    "directives:end": Row(OFFICE, via="directives:detail"),
    "directives:follow_up": Row(BOTH, via="directives:detail"),
    "visits:plan_list": Row(BOTH),
    "visits:plan_add": Row(BOTH),
    "visits:plan_withdraw": Row(OFFICE, via="/di-co-so/ke-hoach/"),
    "visits:notice_list": Row(BOTH),
    "visits:notice_add": Row(OFFICE, query="?tim=thanh"),
    "visits:notice_detail": Row(BOTH, via="/di-co-so/giay-moi/"),
    "visits:notice_withdraw": Row(OFFICE, via="visits:notice_detail"),
    "notifications:list": Row(BOTH),
    "reviews:list": Row(OFFICE),
    "reviews:add": Row(OFFICE),
    "reviews:detail": Row(OFFICE, via="/so-ket/"),
    "reviews:edit": Row(OFFICE, via="reviews:detail"),
    "reviews:withdraw": Row(OFFICE, via="reviews:detail"),
    "reviews:freeze": Row(OFFICE, via="reviews:detail"),
    "reviews:frozen": Row(OFFICE, via="reviews:detail"),
    "reviews:changes": Row(OFFICE, via="reviews:detail"),
    "reviews:templates": Row(OFFICE),
    "reviews:texts": Row(OFFICE, via="reviews:detail"),
    "reviews:number": Row(OFFICE, via="reviews:detail"),
    "reviews:documents": Row(OFFICE),
    "reviews:document_add": Row(OFFICE),
    "reviews:document_withdraw": Row(OFFICE, via="/so-ket/van-ban/"),
    "periodic:inbox": Row(BOTH),
    "periodic:list": Row(BOTH),
    "periodic:begin": Row((Role.OFFICER.value,)),
    "periodic:urgent": Row((Role.OFFICER.value,)),
    "periodic:detail": Row(BOTH, via="/bao-cao/tat-ca/"),
    "periodic:remind": Row(OFFICE, via="/bao-cao/"),
    "periodic:period_dates": Row(OFFICE, via="/bao-cao/"),
    "conclusions:list": Row(BOTH),
    "conclusions:add": Row(OFFICE),
    "evaluations:list": Row(BOTH),
    "evaluations:rules": Row(BOTH),
    "evaluations:rules_add": Row(OFFICE),
    "evaluations:cycle_add": Row(OFFICE),
    "petitions:list": Row(BOTH),
    "petitions:add": Row(OFFICE, query="?tim=thanh"),
    "petitions:detail": Row(BOTH, via="/kien-nghi/"),
    "petitions:route": Row(OFFICE, via="/kien-nghi/?tinh_trang=chua_chuyen"),
    "petitions:tell": Row(OFFICE, via="/kien-nghi/?tinh_trang=can_tra_loi"),
    "petitions:by_field": Row(BOTH),
    "petitions:ageing": Row(BOTH),
    "petitions:escalated": Row(OFFICE),
    "petitions:matter_list": Row(BOTH),
    "petitions:matter_add": Row(OFFICE),
    "reorganisations:list": Row(OFFICE),
    "reorganisations:add": Row(OFFICE),
    "reassignments:list": Row(OFFICE),
    "reassignments:add": Row(OFFICE),
    "figures:list": Row(OFFICE),
    "figures:detail": Row(OFFICE, via="figures:list"),
    "petitions:catalogue": Row(BOTH),
    "petitions:field_add": Row(OFFICE),
    "petitions:field_edit": Row(OFFICE, via="/kien-nghi/danh-muc/"),
    "petitions:body_add": Row(OFFICE),
    "petitions:body_edit": Row(OFFICE, via="/kien-nghi/danh-muc/"),
}
# Pages that a test of their own opens, because something must be done first.
OPENED_BY_HAND: dict[str, str] = {
    **dict.fromkeys(
        (
            "accounts:verify",
            "accounts:second_factor_code",
            "accounts:recovery_codes",
            "accounts:second_factor_off",
        ),
        "test_second_factor.py",
    ),
    "reviews:template_withdraw": "test_packs.py",
    "reviews:pack": "test_packs.py",
    "conclusions:detail": "test_conclusions.py",
    "conclusions:task_add": "test_conclusions.py",
    "conclusions:task_done": "test_conclusions.py",
    "conclusions:task_extend": "test_conclusions.py",
    "conclusions:task_withdraw": "test_conclusions.py",
    **dict.fromkeys(
        [f"periodic:{page}" for page in ("edit", "submit", "withdraw", "send_back", "reopen")],
        "test_reports.py",
    ),
    "assignments:import_preview": "test_import.py",
    **dict.fromkeys(
        (
            "assignments:cancel",
            "departures:accept",
            "departures:close",
            "departures:cover",
            "departures:departure",
            "departures:handover",
            "departures:items",
            "departures:offer",
            "departures:recall",
            "departures:return",
            "departures:withdraw",
        ),
        "test_departures.py",
    ),
    **dict.fromkeys(
        (
            "evaluations:cycle",
            "evaluations:cycle_compare",
            "evaluations:cycle_release",
            "evaluations:decide",
            "evaluations:detail",
            "evaluations:object",
            "evaluations:propose",
            "evaluations:rate",
            "evaluations:reconsider",
            "evaluations:release",
            "evaluations:remark_add",
            "evaluations:remark_withdraw",
            "evaluations:return_proposal",
            "evaluations:return_rating",
            "evaluations:rules_retire",
        ),
        "test_evaluations.py",
    ),
    "directives:follow_up_withdraw": "test_plans.py",
    **dict.fromkeys(
        (
            "petitions:group",
            "petitions:matter_answer",
            "petitions:matter_detail",
            "petitions:matter_edit",
            "petitions:matter_route",
            "petitions:ungroup",
        ),
        "test_matters.py",
    ),
    **dict.fromkeys(
        (
            "petitions:amend",
            "petitions:answer",
            "petitions:duplicate",
            "petitions:extend",
            "petitions:note",
            "petitions:progress",
            "petitions:reopen",
            "petitions:route_many",
            "petitions:withdraw",
        ),
        "test_petitions.py",
    ),
    **dict.fromkeys(
        [f"reassignments:{page}" for page in ("detail", "change", "apply", "drop")],
        "test_reassignments.py",
    ),
    "reorganisations:detail": "test_reorganisations.py",
    "reports:area_edit": "test_areas.py",
    "reports:regulation_edit": "test_rules.py",
    "visits:attachment_withdraw": "test_visit_files.py",
}
# Routes that answer with something else than a page, and what.
NOT_PAGES: dict[str, str] = {
    "health": "a line of text",
    "reviews:template_sample": "a Word document",
    "reviews:template_file": "a file",
    "reviews:workbook": "an Excel workbook",
    "reviews:report": "a Word document",
    "reassignments:solve": "takes POST, redirects or answers in JSON",
    "reassignments:renew": "takes POST and redirects",
    "reassignments:choose": "takes POST and redirects",
    "reassignments:comment": "takes POST and redirects",
    "reassignments:annex_word": "a Word document",
    "reassignments:annex_excel": "a workbook",
    "reports:decision_annex": "a Word document",
    "reports:handover_minutes": "a Word document",
    "departures:minutes": "a Word document",
    "reorganisations:template": "a workbook",
    "reorganisations:refused": "a workbook",
    "reorganisations:choose": "takes POST and redirects",
    "reorganisations:apply": "takes POST and redirects",
    "reorganisations:undo": "takes POST and redirects",
    "reorganisations:drop": "takes POST and redirects",
    "evaluations:cycle_complete": "takes POST and redirects",
    "reviews:pack_begin": "takes POST and redirects",
    "reviews:pack_next": "takes POST, redirects or answers in JSON",
    "reviews:pack_zip": "a zip",
    "reviews:pack_file": "a file",
    "reports:areas_by_districts": "takes POST and redirects",
    "accounts:save_view": "takes POST and redirects",
    "accounts:forget_view": "takes POST and redirects",
    "accounts:logout": "takes POST and redirects",
    "accounts:session": "tells the page's script in JSON how long the session lasts",
    "accounts:end_session": "takes POST and redirects",
    "accounts:end_other_sessions": "takes POST and redirects",
    "assignments:import_apply": "takes POST and redirects",
    "assignments:import_choose": "takes POST and redirects",
    "assignments:import_refused": "a workbook",
    "assignments:decision_file": "a file",
    "assignments:import_template": "a workbook",
    "periodic:accept": "takes POST and redirects",
    "periodic:autosave": "takes POST and answers in JSON",
    "periodic:accept_many": "takes POST and redirects",
    "periodic:reminder_letter": "a Word document",
    "reports:summary_workbook": "a workbook",
    "reports:account_review": "a workbook",
    "reports:waivers_decide": "takes POST; its page is that of waiver_decide, for several",
    "notifications:open": "takes POST and redirects",
    "notifications:read_all": "takes POST and redirects",
    "evaluations:sheet": "a Word document",
    "petitions:answer_file": "a file",
    "visits:attachment": "a file",
}


def routes(patterns=None, prefix: str = "") -> Iterator[str]:
    """Give the names of our own routes (Django admin's are not ours)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern.url_patterns, inner)
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
