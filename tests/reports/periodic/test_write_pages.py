"""Pages of writing: begun, saved while typing, two who write at once, handed in, by every role."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts import clock
from accounts.enums import Role
from assignments.enums import AssignmentRole
from reports.enums import ReportKind, ReportMove, ReportState
from reports.models import PeriodicReport
from reports.periodic import return_report, submit_report
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_officer,
    make_petition,
    make_report,
    make_report_event,
    make_user,
    make_visit,
)
from tests.reports.periodic.world import IN_TIME, LATE, at

MOST = 12


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Let it be the day on which the reports of the quarter are written."""
    monkeypatch.setattr(clock, "now", lambda: at(IN_TIME))
    monkeypatch.setattr(clock, "today", lambda: IN_TIME)


def address(page: str, report: PeriodicReport) -> str:
    return reverse(f"periodic:{page}", args=[report.pk])


def shown(page) -> dict[str, str]:
    """Give what a browser would send back of the page of writing, unchanged."""
    sent = {}
    for part in page.context["parts"]:
        sent[part.section.name] = part.field.value() or ""
        sent[f"initial-{part.section.name}"] = part.base
    return sent


# --- beginning --------------------------------------------------------------------------------


def test_the_report_asked_for_is_one_click_away(client_as, writer):
    client = client_as(Role.OFFICER)
    url = f"{reverse('periodic:begin')}?ky={writer.period.pk}"
    assert "Bắt đầu soạn" in client.get(url).content.decode()
    assert not PeriodicReport.objects.exists()
    response = client.post(url, {"ky": writer.period.pk})
    report = PeriodicReport.objects.get()
    assert response["Location"] == address("edit", report)
    assert client.get(url)["Location"] == address("edit", report)


def test_a_refusal_is_shown_on_the_form(client_as, users, writer):
    idle = make_officer("Sơn Hiền")
    url = f"{reverse('periodic:begin')}?can_bo={idle.pk}"
    page = client_as(Role.OFFICE).post(url, {"ky": writer.period.pk})
    assert "không phụ trách Đảng bộ nào" in page.content.decode()


def test_nobody_begins_for_an_officer_they_do_not_act_for(client_as, writer):
    other = make_officer("Sơn Hiền")
    make_assignment(other, writer.commune, role=AssignmentRole.SUPPORT)
    for role in (Role.OFFICER, Role.ASSISTANT):
        client = client_as(role)
        for page in ("begin", "urgent"):
            url = f"{reverse(f'periodic:{page}')}?can_bo={other.pk}"
            assert client.post(url, {"ky": writer.period.pk}).status_code == 404


def test_something_urgent_is_written_at_once(client_as, writer):
    client = client_as(Role.OFFICER)
    said = {"subject": "Sạt lở", "commune": writer.commune.pk, "happened": "Lở 50 m bờ sông"}
    assert "Sạt lở" not in client.get(reverse("periodic:urgent")).context["form"].initial
    response = client.post(reverse("periodic:urgent"), said)
    report = PeriodicReport.objects.get(kind=ReportKind.URGENT)
    assert response["Location"] == address("edit", report)
    assert (report.commune, report.area_change) == (writer.commune, "Lở 50 m bờ sông")
    page = client.get(address("edit", report)).content.decode()
    assert "Nội dung, diễn biến" in page
    assert "Kinh tế - xã hội" not in page


def test_something_urgent_sent_twice_is_written_once(client_as, writer):
    client, urgent = client_as(Role.OFFICER), reverse("periodic:urgent")
    said = {"subject": "Sạt lở", "commune": writer.commune.pk, "happened": "Lở 50 m\r\nbờ sông"}
    first, again = (client.post(urgent, said)["Location"] for _ in range(2))
    assert first == again
    other = client.post(urgent, said | {"happened": "Lở thêm 20 m"})["Location"]
    assert other != first
    assert PeriodicReport.objects.filter(kind=ReportKind.URGENT).count() == 2


# --- writing ----------------------------------------------------------------------------------


def test_what_is_written_is_saved(client_as, draft):
    client = client_as(Role.ASSISTANT)
    page = client.get(address("edit", draft))
    assert "Lúa được mùa" in page.content.decode()
    response = client.post(address("edit", draft), shown(page) | {"defence": "Ổn định"})
    assert response["Location"] == address("edit", draft)
    draft.refresh_from_db()
    assert (draft.economy, draft.defence) == ("Lúa được mùa", "Ổn định")


def test_two_who_write_different_sections_do_not_disturb_each_other(client_as, draft):
    officer, assistant = client_as(Role.OFFICER), client_as(Role.ASSISTANT)
    url = address("edit", draft)
    first, second = shown(officer.get(url)), shown(assistant.get(url))
    assert assistant.post(url, second | {"politics": "Bản của thư ký"}).status_code == 302
    assert officer.post(url, first | {"defence": "Bản của cán bộ"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.politics, draft.defence) == ("Bản của thư ký", "Bản của cán bộ")


def test_of_a_section_both_have_changed_both_texts_are_shown_and_kept(client_as, draft):
    officer, assistant = client_as(Role.OFFICER), client_as(Role.ASSISTANT)
    url = address("edit", draft)
    mine, theirs = shown(officer.get(url)), shown(assistant.get(url))
    theirs |= {"economy": "Bản của thư ký", "politics": "Thư ký ghi thêm"}
    assistant.post(url, theirs)
    page = officer.post(url, mine | {"economy": "Bản của cán bộ", "defence": "Ổn định"})
    parts = {part.section.name: part for part in page.context["parts"]}
    assert parts["economy"].field.value() == "Bản của cán bộ"
    assert parts["economy"].theirs == "Bản của thư ký"
    assert parts["defence"].field.value() == "Ổn định"
    assert parts["politics"].field.value() == "Thư ký ghi thêm"
    assert [name for name, part in parts.items() if part.theirs is not None] == ["economy"]
    assert "người khác cập nhật" in page.content.decode()
    draft.refresh_from_db()
    assert (draft.economy, draft.defence) == ("Bản của thư ký", "")
    # Having read both, one's own is written knowingly, and nothing else is undone.
    assert officer.post(url, shown(page)).status_code == 302
    draft.refresh_from_db()
    assert (draft.economy, draft.defence) == ("Bản của cán bộ", "Ổn định")
    assert draft.politics == "Thư ký ghi thêm"


def test_a_text_too_long_is_not_lost(client_as, draft):
    page = client_as(Role.OFFICER).post(address("edit", draft), {"economy": "x" * 20_001})
    assert page.status_code == 200
    assert "x" * 20_001 in page.content.decode()


def test_saved_while_typing(client_as, draft):
    client = client_as(Role.OFFICER)
    sent = shown(client.get(address("edit", draft))) | {"defence": "Ổn định"}
    answer = client.post(address("autosave", draft), sent)
    assert answer.json() == {"edition": draft.edition + 1, "saved_at": "12:00"}
    draft.refresh_from_db()
    assert draft.defence == "Ổn định"


def test_what_is_not_saved_while_typing_is_said(client_as, draft):
    client = client_as(Role.OFFICER)
    stale = shown(client.get(address("edit", draft)))
    client_as(Role.ASSISTANT).post(
        address("autosave", draft), stale | {"economy": "Bản của thư ký"}
    )
    answer = client.post(address("autosave", draft), stale | {"economy": "Bản của cán bộ"})
    assert answer.status_code == 409
    assert "người khác cập nhật" in answer.json()["sentence"]
    assert answer.json()["has_two_texts"]
    draft.refresh_from_db()
    assert draft.economy == "Bản của thư ký"


def test_a_locked_period_says_whom_to_ask_and_keeps_what_was_typed(client_as, writer, draft):
    client = client_as(Role.OFFICER)
    sent = shown(client.get(address("edit", draft))) | {"economy": "Viết khi đã khóa"}
    writer.period.locked_on, writer.period.due_on = IN_TIME, dt.date(2023, 6, 1)
    writer.period.save()
    page = client.post(address("edit", draft), sent).content.decode()
    assert "đã khóa từ ngày 20/06/2023" in page
    assert "Viết khi đã khóa" in page
    answer = client.post(address("autosave", draft), sent)
    assert (answer.status_code, answer.json()["has_two_texts"]) == (409, False)
    assert client.get(address("edit", draft))["Location"] == address("detail", draft)
    assert client_as(Role.OFFICE).get(address("edit", draft)).status_code == 200


# --- handing in -------------------------------------------------------------------------------


def test_what_is_missing_is_listed_before_handing_in(client_as, draft):
    client = client_as(Role.OFFICER)
    page = client.get(address("submit", draft)).content.decode()
    assert f'href="{address("edit", draft)}#id_defence"' in page
    assert "#id_economy" not in page
    response = client.post(address("submit", draft), {"version": draft.edition})
    assert response["Location"] == address("detail", draft)
    draft.refresh_from_db()
    assert draft.state == ReportState.SUBMITTED


def test_what_changed_meanwhile_is_not_handed_in_unread(client_as, draft):
    client = client_as(Role.OFFICER)
    client_as(Role.ASSISTANT).post(address("autosave", draft), {"defence": "Thêm"})
    response = client.post(address("submit", draft), {"version": draft.edition}, follow=True)
    assert "người khác cập nhật" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == ReportState.DRAFT


def test_saving_goes_on_to_handing_in(client_as, draft):
    sent = {"defence": "Ổn định", "nop": "1"}
    for role, page in ((Role.OFFICER, "submit"), (Role.ASSISTANT, "edit")):
        response = client_as(role).post(address("edit", draft), sent)
        assert response["Location"] == address(page, draft)


# --- moves as forged posts --------------------------------------------------------------------

MOVERS = {
    "submit": (ReportMove.SUBMIT, {Role.OFFICER: 302, Role.OFFICE: 302}),
    "send_back": (ReportMove.RETURN, {Role.OFFICE: 302}),
    "accept": (ReportMove.ACCEPT, {Role.OFFICE: 302}),
    "reopen": (ReportMove.REOPEN, {Role.OFFICE: 302}),
}
STARTS = {
    "submit": ReportState.RETURNED,
    "send_back": ReportState.SUBMITTED,
    "accept": ReportState.SUBMITTED,
    "reopen": ReportState.ACCEPTED,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", MOVERS)
def test_a_forged_move_by_each_role(client_as, writer, page, role):
    report = make_report(writer.officer, state=STARTS[page], economy="Lúa")
    move, allowed = MOVERS[page]
    sent = {"reason": "Bổ sung", "version": report.edition}
    response = client_as(role).post(address(page, report), sent)
    assert response.status_code == allowed.get(role, 403)
    report.refresh_from_db()
    assert report.events.filter(move=move).exists() == (role in allowed)
    assert (report.state != STARTS[page]) == (role in allowed)


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("page", MOVERS)
def test_a_forged_move_from_each_state(client_as, writer, page, state):
    report = make_report(writer.officer, state=state, economy="Lúa")
    sent = {"reason": "Bổ sung", "version": report.edition}
    response = client_as(Role.OFFICE).post(address(page, report), sent)
    report.refresh_from_db()
    is_open = state in ({STARTS[page]} | ({ReportState.DRAFT} if page == "submit" else set()))
    assert (report.state != state) == is_open
    assert response.status_code in (200, 302)
    assert report.events.exists() == is_open


@pytest.mark.parametrize("page", ["edit", "autosave"])
def test_what_was_handed_in_is_not_written_by_a_forged_post(client_as, submitted, page):
    for role in (Role.OFFICER, Role.ASSISTANT, Role.OFFICE):
        client_as(role).post(address(page, submitted), {"economy": "Khác"})
    submitted.refresh_from_db()
    assert submitted.economy == "Lúa được mùa"


def test_letting_a_draft_go(client_as, draft):
    client = client_as(Role.OFFICER)
    assert "Ghi lý do" in client.post(address("withdraw", draft), {}).content.decode()
    response = client.post(address("withdraw", draft), {"reason": "Soạn nhầm"})
    assert response["Location"] == reverse("periodic:inbox")
    assert client.get(address("detail", draft)).status_code == 404


# --- who sees what ----------------------------------------------------------------------------

PAGES = ("detail", "edit", "submit", "withdraw")


def test_nobody_sees_a_colleagues_report_also_of_a_shared_commune(client_as, writer, submitted):
    colleague = make_officer("Sơn Hiền", user=make_user(Role.OFFICER))
    make_assignment(colleague, writer.commune, role=AssignmentRole.SUPPORT)
    client = client_as(colleague.user)
    for page in PAGES:
        assert client.get(address(page, submitted)).status_code == 404
    for page in ("edit", "autosave", "submit", "withdraw", "accept", "send_back", "reopen"):
        assert client.post(address(page, submitted), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_only_reads_sees_no_draft(client_as, draft, role):
    for page in PAGES:
        assert client_as(role).get(address(page, draft)).status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_while_it_is_completed_they_read_what_was_handed_in(client_as, users, submitted, role):
    office = users[Role.OFFICE]
    back = return_report(report=submitted, reason="Bổ sung", by=office, now=at(IN_TIME))
    back.economy = "Đang sửa dở"
    back.save()
    page = client_as(role).get(address("detail", back)).content.decode()
    assert "Lúa được mùa" in page
    assert "Đang sửa dở" not in page
    assert "Đang sửa dở" in client_as(Role.OFFICER).get(address("detail", back)).content.decode()


def test_buttons_are_those_one_may_press(client_as, draft):
    def acts(role: Role) -> set[str]:
        return client_as(role).get(address("detail", draft)).context["acts"]

    assert acts(Role.OFFICER) == acts(Role.OFFICE) == {"write", "submit", "drop", "raise"}
    assert acts(Role.ASSISTANT) == {"write", "drop", "raise"}
    make_report(draft.officer, kind=ReportKind.URGENT, subject="Sạt lở", period=None)
    submit_report(report=draft, edition=None, by=draft.entered_by, now=at(IN_TIME))
    assert acts(Role.OFFICE) == {"accept", "return", "raise"}
    assert acts(Role.OFFICER) == {"raise"}
    assert acts(Role.LEADER) == set()
    earlier = client_as(Role.OFFICE).get(address("detail", draft), {"ngay": "2023-06-01"})
    assert earlier.context["acts"] == set()


def test_late_is_marked_by_sign_and_word(client_as, users, draft):
    submit_report(report=draft, edition=None, by=users[Role.OFFICER], now=at(LATE))
    page = client_as(Role.LEADER).get(address("detail", draft)).content.decode()
    assert '<i aria-hidden="true">!</i>Nộp muộn 3 ngày' in page


def test_earlier_submissions_are_readable_and_what_changed_between(client_as, users, submitted):
    officer, office = users[Role.OFFICER], users[Role.OFFICE]
    back = return_report(report=submitted, reason="Nêu rõ giá lúa", by=office, now=at(IN_TIME))
    back.economy = "Giá lúa giảm"
    back.save()
    submit_report(report=back, edition=None, by=officer, now=at(LATE))
    page = client_as(Role.LEADER).get(address("detail", back))
    last, sent_back, first, _ = page.context["steps"]
    assert [(part.before, part.text) for part in last.changed] == [("Lúa được mùa", "Giá lúa giảm")]
    assert sent_back.event.reason == "Nêu rõ giá lúa"
    assert first.submitted[1].text == "Lúa được mùa"
    assert "<del>Lúa được mùa</del>" in page.content.decode()


# --- queries ----------------------------------------------------------------------------------


def more_records(writer) -> None:
    """Let more have happened in the period."""
    for day in range(1, 6):
        visit = make_visit(writer.commune, visited_on=dt.date(2023, 5, day))
        make_attendance(writer.officer, visit)
        make_petition(writer.commune, writer.officer)
    make_assignment(writer.officer, make_commune())


@pytest.mark.parametrize("page", ["detail", "edit", "submit"])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.OFFICE])
def test_a_page_takes_so_many_queries_whatever_happened(
    client_as, writer, draft, page, role, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(role)
    client.get(address(page, draft))
    with django_assert_max_num_queries(MOST) as before:
        client.get(address(page, draft))
    more_records(writer)
    for _ in range(3):
        make_report_event(draft)
    with django_assert_num_queries(len(before)):
        client.get(address(page, draft))
