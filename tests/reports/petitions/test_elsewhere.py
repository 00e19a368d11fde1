"""Petitions on the pages of other things: a visit, a commune, an officer, the phone, the search."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.enums import Role
from assignments.enums import AssignmentRole, DutyKind, DutyUnit, PeriodKind
from reports.enums import (
    PetitionAct,
    PetitionSource,
    PetitionState,
    ReportKind,
    ReportMove,
    ReportState,
)
from reports.models import Petition, PetitionEvent
from tests.factories import (
    make_answer,
    make_assignment,
    make_attendance,
    make_body,
    make_commune,
    make_duty,
    make_field,
    make_leg,
    make_matter,
    make_officer,
    make_period,
    make_petition,
    make_regulation,
    make_report,
    make_report_event,
    make_visit,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2023, 5, 9)
LATER = DAY + dt.timedelta(days=40)


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Let today be forty days after the petitions were raised."""
    moment = dt.datetime.combine(LATER, dt.time(9), tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "today", lambda: LATER)


@pytest.fixture
def me(users):
    officer = make_officer("Lê Thị Ánh", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return officer


@pytest.fixture
def commune(me):
    return make_assignment(me, make_commune("Đại Hải")).commune


@pytest.fixture
def visit(me, commune):
    return make_attendance(me, make_visit(commune)).visit


@pytest.fixture
def petitions(me, commune, visit) -> list[Petition]:
    """Make one overdue, heard at the visit; one to be told; one that was told; one private."""
    raised = {"source": PetitionSource.VISIT, "visit": visit}
    state = PetitionState.ROUTED
    lights = make_petition(commune, me, number=1, content="Đề nghị lắp đèn đường ấp 3", **raised)
    Petition.objects.filter(pk=lights.pk).update(state=state)
    PetitionEvent.objects.filter(petition=lights).update(state=state)
    make_leg(lights, body=make_body("Sở Công Thương"))
    canal = make_petition(
        commune, me, number=2, content="Nạo vét kênh", state=PetitionState.RESOLVED
    )
    answer = make_answer(content="Đã nạo vét xong", number="12/SNN", body=make_body("Sở Nông"))
    events = PetitionEvent.objects.filter(petition=canal)
    events.update(act=PetitionAct.ANSWER, answer=answer)
    told = {"state": PetitionState.ANSWERED, "told_on": DAY}
    bridge = make_petition(commune, me, number=3, content="Cầu ấp 4", **told)
    private = make_petition(
        commune, me, number=4, content="Nhà bà Sơn Thị A", has_personal_data=True
    )
    return [lights, canal, bridge, private]


@pytest.fixture
def stranger(users, me) -> Petition:
    """Make a petition of another officer's commune."""
    other = make_assignment(make_officer("Lý Đa"), make_commune("Ba Trinh"))
    return make_petition(other.commune, other.officer, number=9, content="Đèn đường chợ bí mật")


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).split())


# --- the page of a visit -------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.OFFICE])
def test_a_visit_shows_what_was_raised_there_and_asks_for_more(
    client_as, petitions, visit, commune, role
):
    page = text(client_as(role).get(f"/di-co-so/{visit.pk}/"))
    assert "Kiến nghị từ chuyến đi này" in page
    assert "Số 01/2023" in page
    assert "Sở Công Thương, quá hạn 10 ngày" in page
    assert "Số 02/2023" not in page
    add = f"{reverse('petitions:add')}?dang_bo={commune.pk}&chuyen={visit.pk}"
    assert f'href="{add}"' in page
    assert client_as(role).get(add).status_code == 200


def test_who_reads_only_is_not_asked_for_more(client_as, petitions, visit):
    page = text(client_as(Role.LEADER).get(f"/di-co-so/{visit.pk}/"))
    assert "Số 01/2023" in page
    assert "Ghi kiến nghị từ chuyến đi này" not in page


def test_whose_commune_it_was_not_that_day_is_not_asked_for_more(client_as, users, visit, commune):
    successor = make_officer("Lý Đa")
    users[Role.ASSISTANT].assisted_officers.clear()
    successor.assistants.add(users[Role.ASSISTANT])
    make_assignment(successor, commune, started_on=LATER, role=AssignmentRole.SUPPORT)
    page = text(client_as(Role.ASSISTANT).get(f"/di-co-so/{visit.pk}/"))
    assert "Ghi kiến nghị từ chuyến đi này" not in page


# --- an officer's phone --------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_the_card_says_what_to_tell_the_commune(client_as, petitions, stranger, commune, role):
    page = client_as(role).get("/")
    [card] = [one for one in page.context["cards"] if one.commune == commune]
    assert [one.pk for one in card.petitions.to_tell] == [petitions[1].pk]
    assert card.petitions.open == 2
    address = f"{reverse('petitions:list')}?tinh_trang=can_tra_loi&dang_bo={commune.pk}"
    assert f'href="{address}">Cần trả lời xã</a>' in text(page)
    assert "Nạo vét kênh" in text(page)
    listed = client_as(role).get(address).context["rows"]
    assert [row.record.pk for row in listed] == [petitions[1].pk]


def test_a_card_tells_in_few_words_and_of_persons_only_the_field(client_as, commune, me):
    settled = {"state": PetitionState.RESOLVED, "field": make_field("Chính sách")}
    make_petition(commune, me, content="Đề nghị rải đá đường ấp 4, đoạn từ cầu", **settled)
    make_petition(commune, me, content="Nhà bà A", has_personal_data=True, **settled)
    page = text(client_as(Role.OFFICER).get("/"))
    assert "rải đá đường ấp 4…, Chính sách" in page
    assert "Nhà bà A" not in page


def test_a_card_of_a_day_knows_nothing_later(client_as, petitions):
    day = DAY - dt.timedelta(days=1)
    page = client_as(Role.OFFICER).get(f"/?ngay={day}")
    [card] = page.context["cards"]
    assert (card.petitions.to_tell, card.petitions.open) == ([], 0)


@pytest.fixture
def quarter(me, commune):
    make_duty(make_regulation(), kind=DutyKind.REPORT, unit=DutyUnit.PER_OFFICER)
    return make_period(due_on=dt.date(2023, 6, 20))


def test_a_report_to_write_leads_to_writing_it(client_as, me, quarter):
    page = client_as(Role.OFFICER).get("/")
    [card] = [one for one in page.context["cards"] if one.commune is None]
    [task] = card.tasks
    assert (task.label, task.remark) == ("Báo cáo quý", "hạn 20/06")
    address = f"/bao-cao/soan/?ky={quarter.pk}&can_bo={me.pk}"
    assert f'href="{address}">Báo cáo quý</a>' in text(page)
    assert client_as(Role.OFFICER).get(address).status_code == 200


def test_a_report_handed_in_is_done(client_as, me, quarter):
    handed_in = {"state": ReportState.SUBMITTED, "first_submitted_on": LATER}
    make_report_event(make_report(me, period=quarter, **handed_in), happened_on=LATER)
    page = client_as(Role.OFFICER).get("/")
    [card] = [one for one in page.context["cards"] if one.commune is None]
    assert not card.tasks[0].is_to_write
    assert "Báo cáo quý</a>" not in text(page)


def test_a_report_due_after_its_period_is_still_to_write(client_as, me, commune, monkeypatch):
    duty = {"kind": DutyKind.REPORT, "unit": DutyUnit.PER_OFFICER, "period_kind": PeriodKind.MONTH}
    make_duty(make_regulation(), **duty)
    make_period(
        dt.date(2023, 5, 1), dt.date(2023, 6, 1), kind=PeriodKind.MONTH, number=5, due_on=LATER
    )
    make_period()
    page = client_as(Role.OFFICER).get("/")
    [card] = [one for one in page.context["cards"] if one.commune is None]
    assert [task.remark for task in card.tasks] == [f"hạn {LATER:%d/%m}"]


def test_the_bar_at_the_foot(client_as, me, commune):
    for address, current in (
        ("/", "Địa bàn"),
        ("/di-co-so/", "Chuyến đi"),
        ("/bao-cao/", "Báo cáo"),
        ("/kien-nghi/", "Kiến nghị"),
    ):
        page = client_as(Role.OFFICER).get(address)
        tabs = page.context["thumb_tabs"]
        assert [tab.label for tab in tabs] == ["Địa bàn", "Chuyến đi", "Báo cáo", "Kiến nghị"]
        assert [tab.label for tab in tabs if tab.is_current] == [current]
    assert client_as(Role.OFFICE).get("/di-co-so/").context["thumb_tabs"] == []


# --- dossiers ------------------------------------------------------------------------------------


def dossier(commune) -> str:
    return f"/dang-bo/{commune.pk}/?muc=kien-nghi"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER])
def test_a_communes_dossier_has_its_petitions(client_as, petitions, stranger, commune, role):
    page = client_as(role).get(dossier(commune))
    shown = page.context["petitions"]
    assert shown.counts == {"all": 4, "open": 2, "overdue": 1, "untold": 1, "closed": 1}
    assert [one.petition.number for one in shown.open] == [1, 4]
    assert [one.petition.number for one in shown.settled] == [2, 3]
    assert "Sơn Thị A" not in text(page)  # lists are printed
    assert "bí mật" not in text(page)


def test_numbers_of_a_dossier_are_those_of_the_lists(client_as, petitions, commune):
    client = client_as(Role.OFFICER)
    counts = client.get(dossier(commune)).context["petitions"].counts
    for key, standing in (
        ("open", "dang_giai_quyet"),
        ("overdue", "qua_han"),
        ("untold", "can_tra_loi"),
        ("closed", "ket_thuc"),
    ):
        rows = client.get(f"/kien-nghi/?dang_bo={commune.pk}&tinh_trang={standing}")
        assert len(rows.context["rows"]) == counts[key], key


def test_an_officers_page_has_what_they_raised(client_as, petitions, stranger, me):
    page = client_as(Role.LEADER).get(f"/can-bo/{me.pk}/?muc=kien-nghi")
    assert page.context["petitions"].counts["all"] == 4
    assert "xã Đại Hải" in text(page)


def test_a_colleague_is_told_nothing_of_petitions_that_are_not_theirs(
    client_as, petitions, me, commune, users
):
    colleague = make_officer("Lý Đa")
    users[Role.ASSISTANT].assisted_officers.clear()
    colleague.assistants.add(users[Role.ASSISTANT])
    make_assignment(colleague, make_commune("Ba Trinh"))
    client = client_as(Role.ASSISTANT)
    assert client.get(dossier(commune)).status_code == 404
    page = client.get(f"/can-bo/{me.pk}/?muc=kien-nghi")
    assert page.status_code == 404 or page.context["petitions"].counts["all"] == 0
    assert "Không tìm thấy kiến nghị nào" in text(client.get("/tim/?tim=01/2023"))


def test_an_officers_page_has_how_the_reports_stand(client_as, me, quarter):
    handed_in = {"state": ReportState.SUBMITTED, "due_on": dt.date(2023, 5, 1)}
    report = make_report(me, period=quarter, **handed_in)
    make_report_event(report)
    subject = {"kind": ReportKind.URGENT, "subject": "Sạt lở", "state": ReportState.SUBMITTED}
    urgent = make_report(me, period=None, **subject)
    make_report_event(urgent)
    page = text(client_as(Role.LEADER).get(f"/can-bo/{me.pk}/?muc=bao-cao"))
    assert f'href="/bao-cao/{report.pk}/">Quý II/2023</a>' in page
    assert "nộp muộn 8 ngày" in page
    assert f'href="/bao-cao/{urgent.pk}/">Sạt lở</a>' in page


def test_a_draft_is_not_shown_to_leaders(client_as, me, quarter):
    make_report_event(
        make_report(me, period=quarter), move=ReportMove.BEGIN, state=ReportState.DRAFT
    )
    page = client_as(Role.LEADER).get(f"/can-bo/{me.pk}/?muc=bao-cao")
    [row] = page.context["reports"]
    assert row.report is None


@pytest.mark.parametrize("asked", ["khong-co", "", "<script>"])
def test_an_unknown_part_is_the_first(client_as, commune, asked):
    page = client_as(Role.LEADER).get(f"/dang-bo/{commune.pk}/", {"muc": asked})
    assert page.context["part"].key == ""
    current = [tab.label for tab in page.context["part_tabs"] if tab.is_current]
    assert current == ["Tổng quan"]


def test_the_tabs_keep_the_day_and_the_quarter(client_as, commune, quarter):
    page = client_as(Role.LEADER).get(f"/dang-bo/{commune.pk}/?ngay={DAY}&ky=2023-q2")
    address = f"/dang-bo/{commune.pk}/?muc=kien-nghi&ky=2023-q2&ngay={DAY}"
    assert f'href="{address}">Kiến nghị</a>' in text(page)


# --- the brief, the search -----------------------------------------------------------------------


def test_the_brief_says_what_to_tell_and_what_is_open(client_as, petitions, commune):
    page = client_as(Role.OFFICER).get(f"/dang-bo/{commune.pk}/chuan-bi/")
    shown = text(page)
    assert "Sở Nông: Đã nạo vét xong (văn bản số 12/SNN, 09/05/2023)" in shown
    assert [one.petition.number for one in page.context["petitions"]] == [1, 4]
    assert "Sơn Thị A" not in shown
    assert "Cầu ấp 4" not in shown


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [("01/2023", [1]), ("2/2023", [2]), ("den duong", [1]), ("kenh nao", [2]), ("99/2023", [])],
)
def test_search_by_number_and_by_words(client_as, petitions, stranger, asked, numbers):
    page = client_as(Role.OFFICER).get("/tim/", {"tim": asked})
    assert [one.petition.number for one in page.context["petitions"]] == numbers
    assert "bí mật" not in text(page)


def test_search_looks_at_fields_and_matters_of_ones_own(client_as, petitions, stranger):
    mine, theirs = petitions[0], Petition.objects.get(number=9)
    mine.matter = theirs.matter = make_matter("Hạ thế liên ấp", field=mine.field)
    mine.save()
    theirs.save()
    for asked in ("ha the lien ap", mine.field.name):
        page = client_as(Role.OFFICER).get("/tim/", {"tim": asked})
        numbers = [one.petition.number for one in page.context["petitions"]]
        assert mine.number in numbers, asked
        assert 9 not in numbers


def test_who_sees_all_finds_all(client_as, petitions, stranger):
    page = client_as(Role.LEADER).get("/tim/", {"tim": "den duong"})
    assert {one.petition.number for one in page.context["petitions"]} == {1, 9}


# --- what it costs -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/dang-bo/{commune}/?muc=kien-nghi",
        "/can-bo/{officer}/?muc=kien-nghi",
        "/can-bo/{officer}/?muc=bao-cao",
        "/tim/?tim=de",
        "/di-co-so/{visit}/",
        "/",
    ],
)
def test_queries_do_not_grow(client_as, petitions, me, commune, visit, quarter, address):
    client = client_as(Role.OFFICER)
    address = address.format(commune=commune.pk, officer=me.pk, visit=visit.pk)
    make_report_event(make_report(me, period=quarter, state=ReportState.SUBMITTED))
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        assert client.get(address).status_code == 200
    raised = {"source": PetitionSource.VISIT, "visit": visit}
    for number in range(20, 26):
        make_leg(make_petition(commune, me, number=number, content="Đề nghị", **raised))
        make_petition(commune, me, state=PetitionState.ANSWERED, content="Đề nghị")
    with CaptureQueriesContext(connection) as after:
        assert client.get(address).status_code == 200
    assert len(after) == len(before) <= 15, [one["sql"][:80] for one in after]
