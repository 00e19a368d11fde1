"""The pages of visits: what they list, tell and count, and what their buttons write."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import MassOrganisation, VisitKind, VisitOutcome
from assignments.models import Attendance, MassOrganisationNote, Officer, Visit
from assignments.views.waiting import Week, monday_of
from assignments.views.withdrawing import withdraw_attendance
from assignments.visits import version
from assignments.visits.rights import waiting_for
from tests.factories import (
    DAY,
    make_assignment,
    make_attachment,
    make_attendance,
    make_commune,
    make_district,
    make_officer,
    make_visit,
)
from tests.workbooks import opened, table

LIST = "/di-co-so/"
WAITING = "/di-co-so/cho-xac-nhan/"
EARLIER, LATER = DAY - dt.timedelta(days=20), DAY + dt.timedelta(days=20)


def as_of(address: str, day: dt.date = LATER) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}ngay={day.isoformat()}"


def text(response) -> str:
    return response.content.decode()


def moment(day: dt.date, hour: int = 16) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def listed(client, query: str = "") -> list[Attendance]:
    response = client.get(as_of(f"{LIST}?{query}"))
    assert response.status_code == 200
    return [row.record for row in response.context["rows"]]


def withdraw(attendance: Attendance, by, reason: str = "Ghi nhầm ngày") -> None:
    withdraw_attendance(attendance=attendance, reason=reason, by=by, now=moment(LATER))
    attendance.refresh_from_db()


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


@pytest.fixture
def binh(users) -> Officer:
    """Give the officer of the officer's account, whom the assistant assists."""
    officer = make_officer("Thạch Văn Bình", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return officer


@pytest.fixture
def commune(binh):
    """Give a commune of Bình's."""
    commune = make_commune("Thạnh Quới", district=make_district("Mỹ Xuyên"))
    make_assignment(binh, commune)
    return commune


def attend(officer: Officer, commune, day: dt.date = DAY, **fields) -> Attendance:
    """Make a visit with one officer; ``kind``, ``outcome`` and the cell are the visit's."""
    names = ("kind", "outcome", "cell_name")
    facts = {name: fields.pop(name) for name in names if name in fields}
    return make_attendance(officer, make_visit(commune, visited_on=day, **facts), **fields)


# --- the list --------------------------------------------------------------------------------


def test_the_list_tells_what_happened(office, binh, commune):
    row = attend(
        binh,
        commune,
        kind=VisitKind.CELL_MEETING,
        cell_name="Chi bộ ấp 3",
        findings="Đường vào ấp 3 xuống cấp",
        entered_at=moment(DAY + dt.timedelta(days=5)),
    )
    make_attendance(make_officer("Lê Thị Ánh"), row.visit)
    page = text(office.get(as_of(LIST)))
    for words in (
        "09/05/2023",
        "nhập sau 5 ngày",
        "Xã Thạnh Quới",
        "Huyện Mỹ Xuyên",
        "Thạch Văn Bình",
        "cùng Lê Thị Ánh",
        "Dự sinh hoạt chi bộ",
        "Chi bộ ấp 3",
        "Đã dự",
        "Đường vào ấp 3 xuống cấp",
        "Đã xác nhận",
    ):
        assert words in page
    assert f'href="/di-co-so/{row.visit_id}/?ngay={LATER}"' in page


def test_what_was_found_is_shortened_on_the_page_and_whole_in_the_file(office, binh, commune):
    findings = " ".join(f"việc thứ {number};" for number in range(1, 60))
    attend(binh, commune, findings=findings)
    page = text(office.get(as_of(LIST)))
    assert "việc thứ 5;" in page
    assert "việc thứ 40;" not in page
    assert downloaded(office)[0]["Nội dung chính"] == findings


def downloaded(client, query: str = "") -> list[dict[str, object]]:
    response = client.get(as_of(f"{LIST}?xuat=xlsx&{query}"))
    return table(opened(response.getvalue()).worksheets[0])


def test_the_file_has_every_opinion_in_a_column_of_its_own(office, binh, commune):
    row = attend(
        binh,
        commune,
        met="Bí thư Đảng ủy",
        economy="Vốn đầu tư công",
        defence="An ninh tốt",
        politics="Kết nạp đảng viên",
        promised="Trả lời về đèn đường",
        area_change="Lộ đã thông xe",
        entered_at=moment(DAY + dt.timedelta(days=2)),
    )
    MassOrganisationNote.objects.create(
        attendance=row, organisation=MassOrganisation.FARMERS, note="120 hội viên"
    )
    found = downloaded(office)[0]
    assert (
        found
        | {
            "Ngày": dt.datetime.combine(DAY, dt.time()),
            "Nhập sau (số ngày)": 2,
            "Đảng bộ": "Xã Thạnh Quới",
            "Huyện, thị xã, thành phố": "Huyện Mỹ Xuyên",
            "Cán bộ": "Thạch Văn Bình",
            "Đã gặp, làm việc với": "Bí thư Đảng ủy",
            "Ý kiến về kinh tế - xã hội": "Vốn đầu tư công",
            "Ý kiến về quốc phòng - an ninh": "An ninh tốt",
            "Ý kiến về xây dựng hệ thống chính trị": "Kết nạp đảng viên",
            "Tình hình đoàn thể": "Hội Nông dân: 120 hội viên",
            "Đã hứa, hẹn với địa phương": "Trả lời về đèn đường",
            "Chuyển biến của địa bàn": "Lộ đã thông xe",
            "Tình trạng": "Đã xác nhận",
        }
        == found
    )


@pytest.mark.parametrize(
    "query",
    ["", "viec=cell_meeting", "tim=thanh+qui", "tinh_trang=cho", "sap=can_bo", "doan_the=women"],
)
def test_the_file_has_the_rows_of_the_page_in_their_order(office, binh, commune, query):
    other = make_officer("Lê Thị Ánh")
    for number in range(6):
        kind = VisitKind.CELL_MEETING if number % 2 else VisitKind.FIELD_VISIT
        day = DAY - dt.timedelta(days=number)
        confirmed = {"confirmed_at": None} if number == 3 else {}
        row = attend((binh, other)[number % 2], commune, day, kind=kind, **confirmed)
        MassOrganisationNote.objects.create(
            attendance=row, organisation=MassOrganisation.values[number % 5], note="Tốt"
        )
    shown = [
        (row.visit.visited_on, row.officer.full_name, row.visit.get_kind_display())
        for row in listed(office, query)
    ]
    assert shown
    assert shown == [
        (row["Ngày"].date(), row["Cán bộ"], row["Việc"]) for row in downloaded(office, query)
    ]


def test_the_file_says_what_narrowed_it(office, binh, commune):
    attend(binh, commune)
    query = f"can_bo={binh.pk}&tu=01/05/2023"
    response = office.get(as_of(f"{LIST}?xuat=xlsx&{query}"))
    sheet = opened(response.getvalue()).worksheets[0]
    head = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row)
    assert "Thạch Văn Bình (1970)" in head
    assert "01/05/2023" in head


def test_only_what_had_happened_by_the_day_is_listed(office, binh, commune):
    before, after = attend(binh, commune, EARLIER), attend(binh, commune, LATER)
    assert listed(office) == [after, before]
    page = office.get(as_of(LIST, DAY))
    assert [row.record for row in page.context["rows"]] == [before]


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("tu=09/05/2023", {DAY, LATER}),
        ("den=09/05/2023", {EARLIER, DAY}),
        ("tu=2023-05-09&den=2023-05-09", {DAY}),
        ("tu=linh-tinh", set()),
    ],
)
def test_filter_by_days(office, binh, commune, query, days):
    for day in (EARLIER, DAY, LATER):
        attend(binh, commune, day)
    assert {row.visit.visited_on for row in listed(office, query)} == days


def test_filters_keep_what_they_say(office, binh, commune):
    plain = attend(binh, commune)
    postponed = attend(binh, commune, outcome=VisitOutcome.POSTPONED)
    cell = attend(binh, commune, kind=VisitKind.CELL_MEETING)
    waiting = attend(binh, commune, confirmed_at=None)
    late = attend(binh, commune, entered_at=moment(DAY + dt.timedelta(days=1), hour=0))
    opinion = attend(binh, commune, defence="An ninh tốt")
    noted = attend(binh, commune)
    MassOrganisationNote.objects.create(
        attendance=noted, organisation=MassOrganisation.YOUTH, note="Sinh hoạt đều"
    )
    elsewhere = attend(make_officer("Lê Thị Ánh"), make_commune("Đại Hải"))
    everything = {plain, postponed, cell, waiting, late, opinion, noted, elsewhere}
    expected = {
        "": everything,
        "ket_qua=postponed": {postponed},
        "viec=cell_meeting": {cell},
        "tinh_trang=cho": {waiting},
        "tinh_trang=da": everything - {waiting},
        "nhap_sau=co": {late},
        "y_kien=quoc_phong": {opinion},
        "y_kien=kinh_te": set(),
        "doan_the=youth": {noted},
        "doan_the=women": set(),
        f"can_bo={binh.pk}": everything - {elsewhere},
        f"dang_bo={elsewhere.visit.commune_id}": {elsewhere},
        f"huyen={commune.district_id}": everything - {elsewhere},
        "tim=binh+thanh+quoi": everything - {elsewhere},
        "tim=my+xuyen": everything - {elsewhere},
        "tim=hai+dai": {elsewhere},
        "viec=linh-tinh": set(),
        "can_bo=999999": set(),
    }
    assert {query: set(listed(office, query)) for query in expected} == expected


@pytest.mark.parametrize(
    "sort", ["ngay", "-ngay", "dang_bo", "can_bo", "-can_bo", "viec", "ket_qua"]
)
def test_any_sort_shows_every_row(office, binh, commune, sort):
    rows = {attend(binh, commune, day) for day in (EARLIER, DAY, LATER)}
    assert set(listed(office, f"sap={sort}")) == rows


def test_newest_visits_come_first(office, binh, commune):
    days = [EARLIER, LATER, DAY]
    for day in days:
        attend(binh, commune, day)
    assert [row.visit.visited_on for row in listed(office)] == [LATER, DAY, EARLIER]


def test_what_was_taken_back_is_listed_only_when_who_sees_all_asks(
    office, users, client_as, binh, commune
):
    row = attend(binh, commune)
    withdraw(row, users[Role.OFFICE])
    assert listed(office) == []
    assert listed(office, "tinh_trang=rut") == [row]
    assert downloaded(office, "tinh_trang=rut")[0]["Lý do rút lại"] == "Ghi nhầm ngày"
    officer = client_as(Role.OFFICER)
    assert listed(officer, "tinh_trang=rut") == []
    assert "Đã rút lại" not in text(officer.get(as_of(LIST)))


def test_a_saved_view_of_the_list(office, binh, commune):
    attend(binh, commune)
    office.post(
        "/tai-khoan/bo-loc/luu/", {"path": LIST, "query": "viec=cell_meeting", "name": "Chi bộ"}
    )
    assert f'href="{LIST}?viec=cell_meeting"' in text(office.get(LIST))


# --- one visit -------------------------------------------------------------------------------


def detail(visit: Visit) -> str:
    return reverse("visits:detail", args=[visit.pk])


def test_the_page_of_a_visit_tells_everything(office, users, binh, commune):
    row = attend(
        binh,
        commune,
        kind=VisitKind.CELL_MEETING,
        cell_name="Chi bộ ấp 3",
        met="Bí thư Chi bộ",
        findings="Dòng một\nDòng hai",
        economy="Vốn đầu tư công",
        defence="An ninh tốt",
        politics="Kết nạp đảng viên",
        promised="Trả lời về đèn đường",
        area_change="Lộ đã thông xe",
        entered_by=users[Role.ASSISTANT],
        entered_at=moment(DAY + dt.timedelta(days=5)),
        confirmed_by=users[Role.OFFICER],
    )
    MassOrganisationNote.objects.create(
        attendance=row, organisation=MassOrganisation.FARMERS, note="120 hội viên"
    )
    file = make_attachment(row, name="Biên bản.pdf", size=2048)
    page = text(office.get(detail(row.visit)))
    for words in (
        "Dự sinh hoạt chi bộ · Chi bộ ấp 3",
        "09/05/2023",
        "Đảng bộ xã Thạnh Quới",
        "Bí thư Chi bộ",
        "Dòng một<br>Dòng hai",
        "Vốn đầu tư công",
        "An ninh tốt",
        "Kết nạp đảng viên",
        "Hội Nông dân",
        "120 hội viên",
        "Trả lời về đèn đường",
        "Lộ đã thông xe",
        "nhập sau 5 ngày",
        users[Role.ASSISTANT].full_name,
        f"{users[Role.OFFICER].full_name} xác nhận lúc 16:00 ngày 09/05/2023",
        f'href="/di-co-so/tep/{file.pk}/"',
        "Biên bản.pdf",
        "PDF, 2,0\xa0KB",
    ):
        assert words in page


def test_a_joint_visit_has_a_card_for_each_officer(office, binh, commune):
    row = attend(binh, commune, findings="Điều Bình thấy")
    make_attendance(make_officer("Lê Thị Ánh"), row.visit, findings="Điều Ánh thấy")
    page = text(office.get(detail(row.visit)))
    assert "Điều Bình thấy" in page
    assert "Điều Ánh thấy" in page


def test_an_entry_that_waits_says_for_whom(office, users, binh, commune):
    row = attend(binh, commune, confirmed_at=None, entered_by=users[Role.ASSISTANT])
    assert "Chờ đồng chí Thạch Văn Bình xác nhận" in text(office.get(detail(row.visit)))


def test_somebody_who_followed_the_commune_that_day_is_offered_to_join(client_as, binh, commune):
    other = make_officer("Lê Thị Ánh")
    visit = make_attendance(other, make_visit(commune)).visit
    page = text(client_as(Role.OFFICER).get(detail(visit)))
    assert "Tôi cùng dự chuyến này" in page
    assert f"chuyen={visit.pk}" in page
    assert "Đồng chí Thạch Văn Bình cùng dự" in text(client_as(Role.ASSISTANT).get(detail(visit)))
    assert "cùng dự" not in text(client_as(Role.OFFICE).get(detail(visit)))
    make_attendance(binh, visit)
    assert "cùng dự chuyến này" not in text(client_as(Role.OFFICER).get(detail(visit)))


def test_who_did_not_follow_the_commune_that_day_is_not_offered_to_join(client_as, binh, commune):
    before = binh.assignments.get().started_on - dt.timedelta(days=1)
    visit = make_attendance(make_officer(), make_visit(commune, visited_on=before)).visit
    assert "cùng dự chuyến này" not in text(client_as(Role.OFFICER).get(detail(visit)))


# --- what waits ------------------------------------------------------------------------------


def as_read(row: Attendance) -> str:
    """Give what the page sends to confirm an entry as it is now."""
    return f"{row.pk}:{version(Attendance.objects.get(pk=row.pk))}"


@pytest.fixture
def entered(users, binh, commune) -> list[Attendance]:
    """Give three entries of the assistant's: two of one week, one of the week before."""
    days = (dt.date(2023, 5, 14), dt.date(2023, 5, 8), dt.date(2023, 5, 7))
    return [
        attend(
            binh,
            commune,
            day,
            confirmed_at=None,
            entered_by=users[Role.ASSISTANT],
            findings=f"Nội dung ngày {day.day}",
        )
        for day in days
    ]


def test_what_waits_is_grouped_by_week_with_its_content(client_as, entered):
    page = client_as(Role.OFFICER).get(as_of(WAITING))
    weeks = [
        (week.label, [entry.record for entry in week.entries]) for week in page.context["weeks"]
    ]
    assert weeks == [
        ("Tuần 08/5 – 14/5/2023", entered[:2]),
        ("Tuần 01/5 – 07/5/2023", entered[2:]),
    ]
    for day in (14, 8, 7):
        assert f"Nội dung ngày {day}" in text(page)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (dt.date(2023, 5, 9), "Tuần 08/5 – 14/5/2023"),
        (dt.date(2023, 2, 1), "Tuần 30/01 – 05/02/2023"),
        (dt.date(2024, 12, 31), "Tuần 30/12/2024 – 05/01/2025"),
    ],
)
def test_a_week_goes_from_monday_to_sunday(day, label):
    assert Week(monday_of(day), []).label == label


def test_the_number_that_waits_stands_on_the_tab(client_as, users, entered):
    assert waiting_for(users[Role.OFFICER]).count() == 3
    for role, count in ((Role.OFFICER, 3), (Role.OFFICE, 3), (Role.ASSISTANT, 3)):
        tabs = client_as(role).get(LIST).context["visit_tabs"]()
        assert [(tab.label, tab.count) for tab in tabs if tab.count] == [("Chờ xác nhận", count)]


def test_an_officer_confirms_one(client_as, users, entered):
    response = client_as(Role.OFFICER).post(WAITING, {"luot": as_read(entered[0])})
    assert response["Location"] == WAITING
    assert list(waiting_for(users[Role.OFFICER])) == entered[1:]
    entered[0].refresh_from_db()
    assert entered[0].confirmed_by == users[Role.OFFICER]
    assert AuditEvent.objects.get(verb=Verb.CONFIRM).actor == str(users[Role.OFFICER])


def test_a_whole_week_is_confirmed_at_once(client_as, users, entered):
    client = client_as(Role.OFFICER)
    page = client.get(as_of(WAITING))
    shown = [as_read(entry.record) for entry in page.context["weeks"][0].entries]
    assert "Xác nhận cả tuần (2 lượt)" in text(page)
    response = client.post(WAITING, {"luot": shown}, follow=True)
    assert "Đã xác nhận 2 lượt dự." in text(response)
    assert list(waiting_for(users[Role.OFFICER])) == entered[2:]


def test_the_office_confirms_one_by_one_in_the_officers_stead(client_as, entered):
    page = text(client_as(Role.OFFICE).get(as_of(WAITING)))
    assert "Các lượt đang chờ cán bộ xác nhận" in page
    assert f"Xác nhận thay đồng chí {entered[0].officer.full_name}" in page
    assert "cả tuần" not in page


def test_confirming_on_the_visits_page_leads_back_there(client_as, entered):
    client = client_as(Role.OFFICER)
    page = text(client.get(detail(entered[0].visit)))
    assert 'name="ve" value="chuyen"' in page
    response = client.post(WAITING, {"luot": as_read(entered[0]), "ve": "chuyen"})
    assert response["Location"] == detail(entered[0].visit)


def test_what_somebody_else_confirmed_meanwhile_is_said(client_as, entered):
    keys = [as_read(row) for row in entered]
    client_as(Role.OFFICE).post(WAITING, {"luot": keys[:1]})
    page = text(client_as(Role.OFFICER).post(WAITING, {"luot": keys}, follow=True))
    assert "Đã xác nhận 2 lượt dự; 1 lượt đã được xác nhận hoặc rút lại từ trước." in page
    assert AuditEvent.objects.filter(verb=Verb.CONFIRM).count() == 3


def test_what_was_changed_after_it_was_read_goes_on_waiting(client_as, users, entered):
    keys = [as_read(row) for row in entered]
    entered[0].findings = "Viết lại"
    entered[0].save()
    page = text(client_as(Role.OFFICER).post(WAITING, {"luot": keys}, follow=True))
    assert "Đã xác nhận 2 lượt dự; 1 lượt vừa được sửa nên còn chờ" in page
    assert list(waiting_for(users[Role.OFFICER])) == entered[:1]
    assert f'value="{as_read(entered[0])}"' in page


def test_an_assistant_sees_what_waits_and_has_no_button_to_confirm(client_as, entered):
    page = text(client_as(Role.ASSISTANT).get(as_of(WAITING)))
    assert "Nội dung ngày 14" in page
    assert "cả tuần" not in page
    assert f"/di-co-so/luot/{entered[0].pk}/rut/" in page


def test_a_leader_reads_what_waits_and_has_no_buttons(client_as, entered):
    page = text(client_as(Role.LEADER).get(as_of(WAITING)))
    assert "Nội dung ngày 14" in page
    assert "cả tuần" not in page
    assert "/rut/" not in page


def test_nothing_waits(office):
    assert "Không có lượt dự nào chờ xác nhận." in text(office.get(WAITING))


# --- taking back -----------------------------------------------------------------------------


def withdraw_address(row: Attendance) -> str:
    return reverse("visits:withdraw", args=[row.pk])


def test_taking_back_needs_a_reason(client_as, binh, commune):
    row = attend(binh, commune)
    client = client_as(Role.OFFICER)
    for reason in ("", "   ", "\u200b"):
        page = client.post(withdraw_address(row), {"reason": reason})
        assert page.status_code == 200
        assert "lý do" in text(page)
    page = client.post(withdraw_address(row), {"reason": "x" * 301})
    assert page.status_code == 200
    row.refresh_from_db()
    assert not row.is_withdrawn


def test_the_last_attendance_taken_back_takes_the_visit_from_the_lists(
    client_as, users, office, binh, commune
):
    row = attend(binh, commune)
    officer = client_as(Role.OFFICER)
    response = officer.post(withdraw_address(row), {"reason": "Ghi nhầm ngày"}, follow=True)
    assert response.redirect_chain[0][0] == LIST
    assert "Đã rút lại lượt dự của đồng chí Thạch Văn Bình." in text(response)
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawal_reason) == (users[Role.OFFICER], "Ghi nhầm ngày")
    assert AuditEvent.objects.get(verb=Verb.WITHDRAW).reason == "Ghi nhầm ngày"
    assert listed(officer) == listed(office) == []
    assert officer.get(detail(row.visit)).status_code == 404
    assert "Chuyến đi này đã rút lại" in text(office.get(detail(row.visit)))


def test_a_joint_visit_stays_when_one_is_taken_back(client_as, office, binh, commune):
    row = attend(binh, commune, findings="Điều Bình thấy")
    colleague = make_officer("Lê Thị Ánh", user=None)
    make_attendance(colleague, row.visit)
    officer = client_as(Role.OFFICER)
    response = officer.post(withdraw_address(row), {"reason": "Ghi nhầm ngày"})
    assert response["Location"] == detail(row.visit)
    for client in (officer, office):
        page = text(client.get(detail(row.visit)))
        assert "is-withdrawn" in page
        assert "Lý do: Ghi nhầm ngày" in page
    assert "Tôi cùng dự chuyến này" in text(officer.get(detail(row.visit)))


def test_what_is_taken_back_is_not_there_to_take_back_again(client_as, users, binh, commune):
    row = attend(binh, commune)
    withdraw(row, users[Role.OFFICE])
    assert client_as(Role.OFFICER).get(withdraw_address(row)).status_code == 404
    assert client_as(Role.OFFICE).post(withdraw_address(row), {"reason": "x"}).status_code == 404
    with pytest.raises(ValidationError, match="đã được rút lại trước đó"):
        withdraw(row, users[Role.OFFICE])


# --- files -----------------------------------------------------------------------------------


def attachment_address(file, action: str = "attachment") -> str:
    return reverse(f"visits:{action}", args=[file.pk])


def test_a_file_comes_as_a_download_under_its_name(client_as, binh, commune):
    file = make_attachment(attend(binh, commune), name="Biên bản.pdf", content=b"%PDF-1.7 abc")
    response = client_as(Role.OFFICER).get(attachment_address(file))
    assert response.getvalue() == b"%PDF-1.7 abc"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/pdf"


def test_a_file_is_taken_back_with_a_reason(client_as, users, office, binh, commune):
    file = make_attachment(attend(binh, commune), name="Biên bản.pdf")
    officer = client_as(Role.OFFICER)
    refused = officer.post(attachment_address(file, "attachment_withdraw"), {"reason": ""})
    assert refused.status_code == 200
    address = attachment_address(file, "attachment_withdraw")
    response = officer.post(address, {"reason": "Gửi nhầm tệp"}, follow=True)
    assert "Đã gỡ tệp “Biên bản.pdf”." in text(response)
    visit = file.attendance.visit
    assert "tep/" not in text(officer.get(detail(visit)))
    assert officer.get(attachment_address(file)).status_code == 404
    assert "đã gỡ: Gửi nhầm tệp" in text(office.get(detail(visit)))
    assert office.get(attachment_address(file)).getvalue() == b"%PDF-1.7"


def test_a_file_goes_with_its_attendance(client_as, users, office, binh, commune):
    row = attend(binh, commune)
    make_attendance(make_officer(), row.visit)
    file = make_attachment(row)
    withdraw(row, users[Role.OFFICE])
    assert client_as(Role.OFFICER).get(attachment_address(file)).status_code == 404
    assert office.get(attachment_address(file)).getvalue() == b"%PDF-1.7"


def test_a_file_lost_from_disk_is_not_found(office, binh, commune):
    file = make_attachment(attend(binh, commune))
    file.file.storage.delete(file.file.name)
    assert office.get(attachment_address(file)).status_code == 404
