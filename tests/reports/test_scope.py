"""What lies outside somebody's scope changes nothing they can see, whatever they ask (DESIGN §1).

Every address is fetched, the world outside the scope is changed, and every address is fetched
again: pages and files must be the same to the letter.
"""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django import forms

from accounts import services as accounts
from accounts.enums import Role
from assignments.enums import AssignmentRole, EndReason, NoticeReply
from assignments.filters import AssignmentFilter
from assignments.models import NoticeAnswer
from assignments.plans.filters import NoticeFilter, PlanFilter
from assignments.visits.filters import AttendanceFilter
from reports.filters import CommuneFilter, OfficerFilter
from reports.waivers.filters import WaiverFilter
from tests.client import lasting
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_directive,
    make_district,
    make_follow_up,
    make_notice,
    make_officer,
    make_period,
    make_plan,
    make_visit,
    make_waiver,
)

START, HANDED_OVER, DAY = dt.date(2023, 1, 1), dt.date(2024, 3, 1), dt.date(2024, 6, 15)
ASKED_AT = dt.datetime(2024, 3, 1, 5, tzinfo=dt.UTC)
DAYS = (START, DAY, dt.date(2030, 1, 1))  # of the records' pages; lists are asked on DAY
LISTS = {
    "/dang-bo/": (CommuneFilter, ("ten", "huyen", "tinh_trang", "can_bo", "tu_ngay")),
    "/can-bo/": (OfficerFilter, ("ten", "so_dang_bo", "thoi_tu", "thu_tu")),
    "/phan-cong/": (AssignmentFilter, ("can_bo", "dang_bo", "tu_ngay", "den_het")),
    "/mien/": (WaiverFilter, ("can_bo", "dang_bo", "nhiem_vu", "de_nghi", "ngay_de_nghi")),
    "/di-co-so/": (AttendanceFilter, ("ngay", "can_bo", "dang_bo", "viec")),
    "/di-co-so/ke-hoach/": (PlanFilter, ("ngay", "can_bo", "dang_bo", "viec")),
    "/di-co-so/giay-moi/": (NoticeFilter, ("ngay", "dang_bo", "viec")),
}


class Province:
    """One officer with a commune now and one handed over, and people met there."""

    def __init__(self, users):
        self.district, self.other_district = make_district("Kế Sách"), make_district("Mỹ Tú")
        self.mine, self.former = (
            make_commune(name, district=self.district) for name in ("Của Tôi", "Đã Giao Lại")
        )
        self.me = make_officer("Thạch Tôi", user=users[Role.OFFICER])
        self.me.assistants.add(users[Role.ASSISTANT])
        self.beside, self.before, self.after = (
            make_officer(f"Lê Thị {name}") for name in ("Cùng", "Trước", "Sau")
        )
        make_assignment(self.me, self.mine, started_on=START)
        make_assignment(self.me, self.former, started_on=START, ended_on=HANDED_OVER)
        make_assignment(self.beside, self.mine, started_on=START, role=AssignmentRole.SUPPORT)
        make_assignment(
            self.before,
            self.mine,
            started_on=dt.date(2022, 1, 1),
            ended_on=START,
            end_reason=EndReason.REPLACED,
        )

        self.visits = [
            make_visit(self.mine, visited_on=HANDED_OVER),
            make_visit(self.former, visited_on=HANDED_OVER - dt.timedelta(days=1)),
        ]
        make_attendance(self.me, self.visits[0], confirmed_at=None)
        make_attendance(self.beside, self.visits[0])
        make_attendance(self.me, self.visits[1])
        self.plans = [
            make_plan(self.me, self.mine, planned_on=DAY),
            make_plan(self.beside, self.mine, planned_on=DAY),
            make_plan(self.me, self.former, planned_on=HANDED_OVER - dt.timedelta(days=1)),
        ]
        self.notices = [make_notice(self.mine, held_on=DAY), make_notice(self.mine, held_on=START)]
        self.directive = make_directive()
        for commune in (self.mine, self.former):
            make_follow_up(self.directive, commune, noted_on=START, officer=self.me)
        self.quarter = make_period()
        self.waiver = self.ask(self.me, self.mine, is_accepted=None, decided_on=None)

    def ask(self, officer, commune, **fields):
        """Ask for a waiver before the day."""
        return make_waiver(officer, commune, self.quarter, entered_at=ASKED_AT, **fields)

    def change_what_is_outside(self) -> None:
        """Give everybody else more to do, and the former commune a successor."""
        elsewhere = [make_commune(f"Nơi Khác {n}", district=self.district) for n in range(6)]
        for commune in elsewhere[:4]:
            make_assignment(self.beside, commune, started_on=START)
        make_assignment(self.before, elsewhere[4], started_on=START, ended_on=HANDED_OVER)
        make_assignment(self.before, elsewhere[5], started_on=HANDED_OVER, opening_decision=None)
        make_assignment(self.after, self.former, started_on=HANDED_OVER)
        make_attendance(self.after, make_visit(self.former, visited_on=HANDED_OVER))
        make_plan(self.after, self.former, planned_on=HANDED_OVER)
        make_notice(self.former, held_on=HANDED_OVER)
        make_follow_up(self.directive, self.former, noted_on=HANDED_OVER)
        NoticeAnswer.objects.create(
            notice=self.notices[0], officer=self.beside, reply=NoticeReply.ATTENDS
        )
        for commune in elsewhere:
            make_plan(self.beside, commune, planned_on=DAY)
            make_notice(commune, held_on=DAY)
            make_follow_up(self.directive, commune, noted_on=START)
            make_attendance(self.beside, make_visit(commune), confirmed_at=None)
            self.ask(self.beside, commune, is_accepted=None, decided_on=None)
        self.ask(self.beside, self.mine)
        self.ask(self.after, self.former)
        make_assignment(
            make_officer("Lê Thị Lạ"), make_commune("Tận Đâu", district=self.other_district)
        )


def queries(path: str, district: int) -> list[str]:
    """Give every choice of every filter, every sort, and some searches."""
    filterset, sorts = LISTS[path]
    choices = [
        f"{name}={value}"
        for name, field in filterset.base_filters.items()
        for value, _ in forms.ChoiceField(choices=field.extra.get("choices", ())).choices
    ]
    return [
        "",
        *choices,
        f"huyen={district}",
        *(f"sap=-{key}" for key in sorts),
        *(f"tim={words}" for words in ("le+thi", "noi+khac", "da+giao")),
    ]


def addresses(district: int) -> list[str]:
    asked = ["/?", *(f"/tim/?tim={words}" for words in ("le", "noi", "da", "sau", "ke sach"))]
    for path in LISTS:
        asked += [f"{path}?{query}" for query in queries(path, district)]
        asked.append(f"{path}?xuat=xlsx&tinh_trang=tat_ca")
    return asked


def seen(client, address: str) -> object:
    """Give the page without what differs at every request, or the cells of the file."""
    response = client.get(address)
    if response.streaming:
        book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
        return [[[cell.value for cell in row] for row in sheet] for sheet in book]
    return response.status_code, lasting(response.content.decode())


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_what_is_outside_ones_scope_changes_nothing_one_sees(users, client_as, role):
    province = Province(users)
    client = client_as(role)
    asked = [f"{address}&ngay={DAY}" for address in addresses(province.district.pk)]
    people = (province.me, province.beside, province.before, province.after)
    asked += [f"/can-bo/{officer.pk}/?ngay={day}" for officer in people for day in DAYS]
    communes = (province.mine, province.former)
    asked += [f"/dang-bo/{commune.pk}/?ngay={day}" for commune in communes for day in DAYS]
    asked += [f"/di-co-so/{visit.pk}/?ngay={DAY}" for visit in province.visits]
    asked += [f"/di-co-so/ke-hoach/{plan.pk}/bo/" for plan in province.plans]
    asked += [f"/di-co-so/giay-moi/{notice.pk}/?ngay={DAY}" for notice in province.notices]
    asked += [f"/van-ban/?ngay={DAY}{query}" for query in ("", "&xuat=xlsx")]
    document = f"/van-ban/{province.directive.pk}/?ngay={DAY}"
    asked += [f"{document}{query}" for query in ("", "&xuat=xlsx", "&tinh_hinh=chua")]
    asked += [f"{document}&dang_bo={commune.pk}" for commune in communes]
    asked += ["/di-co-so/ke-hoach/them/", "/di-co-so/giay-moi/them/"]
    asked += ["/di-co-so/cho-xac-nhan/", f"/mien/{province.waiver.pk}/rut/", "/mien/them/"]
    before = {address: seen(client, address) for address in asked}
    province.change_what_is_outside()
    assert [address for address in asked if seen(client, address) != before[address]] == []


def test_a_link_that_is_taken_away_takes_all_with_it(users, client_as):
    province = Province(users)
    client = client_as(Role.ASSISTANT)
    assert client.get(f"/dang-bo/{province.mine.pk}/").status_code == 200
    province.me.assistants.clear()
    assert client.get(f"/dang-bo/{province.mine.pk}/").status_code == 404
    assert client.get(f"/can-bo/{province.me.pk}/").status_code == 404
    for path in LISTS:
        assert client.get(f"{path}?tinh_trang=tat_ca").context["rows"] == []


def test_a_role_taken_away_counts_at_once(users, client_as):
    province = Province(users)
    office = client_as(Role.OFFICE)
    assert office.get(f"/dang-bo/{province.mine.pk}/").status_code == 200
    users[Role.OFFICE].role = Role.OFFICER
    users[Role.OFFICE].save()
    assert office.get(f"/dang-bo/{province.mine.pk}/").status_code == 302  # to log in anew
    office = client_as(users[Role.OFFICE])
    assert office.get(f"/dang-bo/{province.mine.pk}/").status_code == 404
    assert office.get("/phan-cong/giao/").status_code == 403
    assert office.get("/tong-hop.xlsx").status_code == 403


def test_a_locked_account_is_logged_out_at_once(users, client_as):
    leader = client_as(Role.LEADER)
    accounts.switch(users[Role.LEADER], on=False)
    users[Role.LEADER].save()
    assert leader.get("/dang-bo/").status_code == 302
