"""Whatever is typed into an address or a form, the answer is a page, never an error of ours.

Every query parameter of every page and every field of every form gets every value below.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Role
from assignments.filters import AssignmentFilter
from assignments.models import Assignment, Decision, RosterImport
from assignments.roster.services import preview_import
from assignments.tables import EXPORT, PAGE, SEARCH, SORT
from assignments.visit_filters import AttendanceFilter
from communes.as_of import PARAMETER as DAY
from reports.filters import CommuneFilter, OfficerFilter
from reports.waiver_filters import WaiverFilter
from tests.assignments.roster.workbooks import make_workbook
from tests.browser.pages import routes
from tests.factories import (
    make_assignment,
    make_attachment,
    make_attendance,
    make_commune,
    make_officer,
    make_visit,
    make_waiver,
)

SURROGATE = "\ud800"
TEXTS = (
    "\x00",
    "a\x00b",
    SURROGATE,
    "\ufffe",
    "\u202egnp.exe",
    "\u200f1",
    "A\u0306\u0301 n\u0323",
    "x" * 10_000,
    "a b " * 2_500,
    "9" * 5_000,
    "-1",
    "0",
    "1.5",
    "1e9",
    "9223372036854775808",
    "٣",
    "²",
    "NaN",
    "None",
    "[]",
    "%",
    "%00%ff",
    "_%\\",
    "' OR 1=1; --",
    "<script>alert(1)</script>",
    "{{ request.user }}{% csrf_token %}",
    "=cmd|'/c calc'!A1",
    "../../etc/passwd",
    "http://xau.example/",
    "0001-01-01",
    "1945-01-01",
    "2100-12-31",
    "9999-12-31",
    "29/02/2023",
    "29/02/2024",
    " \t\r\n",
)
# As a browser would send them, the lone surrogate included.
VALUES = tuple(text.encode("utf-8", "surrogatepass") for text in TEXTS)

LISTS = {
    "reports:commune_list": CommuneFilter,
    "reports:officer_list": OfficerFilter,
    "assignments:list": AssignmentFilter,
    "reports:waivers": WaiverFilter,
    "visits:list": AttendanceFilter,
}
# What a page reads from its address apart from filters, which all get one value together.
LISTED = (SEARCH, SORT, PAGE, EXPORT, DAY)
BULK = ("pc", "dang_bo", "can_bo", "ngay_bat_dau", DAY)
PARAMETERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(LISTS, LISTED),
    "accounts:login": ("next",),
    "reports:search": (SEARCH, DAY),
    "assignments:bulk_assign": BULK,
    "assignments:bulk_end": BULK,
    "assignments:bulk_hand_over": BULK,
    "assignments:import_preview": ("loai", PAGE, DAY),
    "reports:waiver_add": ("can_bo", "dang_bo", "ky", "nhiem_vu", "ten", DAY),
    "visits:waiting": (PAGE, DAY),
}
SOUND = {"on": "20/11/2026", "decision_number": "7-QĐ/TU", "decision_date": "05/11/2026"}
FORMS: dict[str, dict[str, str]] = {
    "assignments:bulk_assign": {**SOUND, "role": "main", "until": "", "signer": "", "reason": ""},
    "assignments:bulk_end": {**SOUND, "end_reason": "retired", "signer": "", "reason": ""},
    "assignments:bulk_hand_over": {**SOUND, "end_reason": "replaced", "signer": "", "reason": ""},
    "accounts:password_change": {"old_password": "", "new_password1": "", "new_password2": ""},
    "assignments:import_list": {"default_date": "01/01/2026"},
    "assignments:import_choose": {},
    "visits:waiting": {"luot": "", "ve": ""},
    "visits:withdraw": {"reason": "Ghi nhầm"},
    "visits:attachment_withdraw": {"reason": "Ghi nhầm"},
}

# What a form takes as text: the service and the database see these values too.
TEXT_FIELDS = {"decision_number", "signer", "reason"}


@pytest.fixture
def assignment(users) -> Assignment:
    """Make one assignment, of the officer who is a user."""
    return make_assignment(officer=make_officer(user=users[Role.OFFICER]))


@pytest.fixture
def address(users, assignment):
    """Give ``address(route)``, of a record that is there where the route names one."""
    rows = [["Lý Thị Em", assignment.commune.full_name]]
    content = make_workbook(rows, header=["Họ và tên", "Đảng bộ"])
    roster = preview_import(
        file_name="ds.xlsx", content=content, default_date=None, by=users[Role.OFFICE]
    )
    visit = make_visit(assignment.commune)
    attendance = make_attendance(assignment.officer, visit, confirmed_at=None)
    attachment = make_attachment(attendance)
    waiver = make_waiver(
        assignment.officer, assignment.commune, is_accepted=None, decided_on=None
    )
    keys = {
        "reports:commune_detail": assignment.commune_id,
        "reports:officer_detail": assignment.officer_id,
        "reports:waiver_decide": waiver.pk,
        "reports:waiver_withdraw": waiver.pk,
        "visits:detail": visit.pk,
        "visits:withdraw": attendance.pk,
        "visits:attachment": attachment.pk,
        "visits:attachment_withdraw": attachment.pk,
    }

    def reversed_route(route: str) -> str:
        page = route.rpartition(":")[2]
        if route in keys:
            return reverse(route, args=[keys[route]])
        is_of_import = page in ("import_preview", "import_choose", "import_apply", "import_refused")
        return reverse(route, args=[roster.pk] if is_of_import else [])

    return reversed_route


def sent(client, url: str, data: dict):
    """Post a form whose values are bytes as they are."""
    form = "application/x-www-form-urlencoded"
    return client.post(url, urlencode(data), content_type=form)


def turns(names: Sequence[str]) -> Iterator[dict[str, bytes]]:
    """Give each name every value once, the names different values at a time."""
    for turn in range(len(VALUES)):
        yield {name: VALUES[(turn + 7 * place) % len(VALUES)] for place, name in enumerate(names)}


def never_an_error(response) -> None:
    assert response.status_code < 500
    if response.streaming:
        assert b"".join(response.streaming_content)


# Routes that only take a POST, or hand out a file by its key and read nothing else.
OTHERS = {
    "accounts:logout",
    "accounts:save_view",
    "accounts:forget_view",
    "assignments:import_apply",
    "assignments:import_choose",
    "assignments:decision_file",
}
GET_ROUTES = sorted(set(routes()) - OTHERS)


@pytest.mark.parametrize("route", GET_ROUTES)
@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_query_parameters(client_as, address, role, route):
    client, url = client_as(role), address(route)
    response = client.get(url)
    never_an_error(response)
    if response.status_code in (403, 405):
        return  # the guard comes before any parameter is read
    if route == "accounts:login":
        client.logout()
    for data in turns(PARAMETERS.get(route, (DAY,))):
        never_an_error(client.get(url, data))
    for value in VALUES if route in LISTS else ():
        never_an_error(client.get(url, dict.fromkeys(LISTS[route].base_filters, value)))


@pytest.mark.parametrize("route", FORMS)
def test_form_fields(client_as, address, assignment, route):
    client, url = client_as(Role.OFFICE), address(route)
    free = make_commune()
    officer = make_officer("Lý Đa").full_name
    rows = {
        "pc": assignment.pk,
        "dang_bo": free.pk,
        f"officer_{assignment.pk}": officer,
        f"officer_{free.pk}": officer,
    }
    for wrong in turns((*FORMS[route], *rows)):
        never_an_error(sent(client, url, wrong))
        never_an_error(sent(client, url, rows | wrong))
    for name in FORMS[route].keys() & TEXT_FIELDS:
        for value in VALUES:
            never_an_error(sent(client, url, rows | FORMS[route] | {name: value}))
    written = [*Assignment.objects.values_list("started_on", "ended_on")]
    days = [day for row in written for day in row if day]
    days += Decision.objects.exclude(signed_on=None).values_list("signed_on", flat=True)
    assert all(dt.date(1945, 1, 1) <= day <= dt.date(2100, 12, 31) for day in days)


def test_login(client, users):
    for value in VALUES:
        for name, other in (("username", "password"), ("password", "username")):
            data = {name: value, other: "office"}
            never_an_error(sent(client, "/tai-khoan/dang-nhap/", data))
    assert "_auth_user_id" not in client.session


def test_names_of_uploaded_files(client_as, assignment):
    client = client_as(Role.OFFICE)
    content = make_workbook([["Lý Thị Em", "Xã Không Có"]], header=["Họ và tên", "Đảng bộ"])
    for text in TEXTS:
        file = SimpleUploadedFile("x.xlsx", content)
        file._name = f"{text.replace(SURROGATE, '')}.xlsx"  # the setter would tidy it
        never_an_error(client.post("/phan-cong/nap-danh-sach/", {"file": file}))
    assert RosterImport.objects.exists()
    assert all(
        len(name) <= 200 and "/" not in name and name.isprintable()
        for name in RosterImport.objects.values_list("file_name", flat=True)
    )


def test_session_cookies_that_are_none(client, db):
    for value in ('"\\000abcdefgh"', "x" * 5_000, "' OR 1=1 --", '"\\303\\251abcdefgh"'):
        assert client.get("/", headers={"cookie": f"sessionid={value}"}).status_code == 302
