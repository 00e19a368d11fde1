"""Conclusions and their tasks: who gives them, what becomes of them, who sees them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.bulk import RowErrors
from reports.conclusions import (
    TaskFacts,
    add_conclusion,
    add_tasks,
    extend_task,
    finish_task,
    withdraw_task,
)
from reports.models import Conclusion, ConclusionTask, Notification
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_conclusion,
    make_officer,
    make_task,
    make_user,
)
from tests.workbooks import opened, table

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(9)))
ONE = dt.timedelta(days=1)
LATER = DAY + dt.timedelta(days=40)


@pytest.fixture
def office(users):
    return users[Role.OFFICE]


@pytest.fixture
def officer(users):
    """Give the officer who is a user, with a commune; the assistant assists them."""
    own = make_officer("Thạch Tôi", user=users[Role.OFFICER])
    own.assistants.add(users[Role.ASSISTANT])
    make_assignment(own)
    return own


def facts(**fields) -> TaskFacts:
    defaults = {"content": "Rà soát đèn đường", "due_on": LATER}
    if "officer" not in fields and "body" not in fields:
        fields["body"] = make_body()
    return TaskFacts(**defaults | fields)


def notice(**fields) -> Conclusion:
    return Conclusion(**{"number": "35-TB/TU", "issued_on": DAY, "subject": "Sơ kết"} | fields)


def refused(error) -> list[str]:
    return error.value.messages


def text(response) -> str:
    return response.content.decode()


def shown(response) -> set[ConclusionTask]:
    return {row.record for row in response.context["rows"]}


# --- adding --------------------------------------------------------------------------------------


def test_a_notice_comes_with_its_tasks(office, officer):
    tasks = [facts(), facts(officer=officer, content="Khảo sát kênh")]
    made = add_conclusion(conclusion=notice(), tasks=tasks, by=office, now=NOW)
    given = list(made.tasks.order_by("pk"))
    assert [task.content for task in given] == ["Rà soát đèn đường", "Khảo sát kênh"]
    assert {task.entered_by for task in given} == {office}
    created = AuditEvent.objects.filter(verb=Verb.CREATE, actor=str(office))
    assert created.count() == 3


def test_the_officer_given_a_task_and_who_assists_are_told(users, office, officer):
    add_conclusion(conclusion=notice(), tasks=[facts(officer=officer)], by=office, now=NOW)
    told = Notification.objects.all()
    assert {row.user for row in told} == {users[Role.OFFICER], users[Role.ASSISTANT]}
    assert {row.address for row in told} == {f"/ket-luan/{Conclusion.objects.get().pk}/"}


def test_a_task_nobody_can_have_leaves_nothing(office, officer):
    tasks = [facts(), TaskFacts("Của ai?", LATER), facts(due_on=DAY - ONE)]
    with pytest.raises(RowErrors) as caught:
        add_conclusion(conclusion=notice(), tasks=tasks, by=office, now=NOW)
    assert set(caught.value.errors) == {1, 2}
    assert "Chọn một cơ quan hoặc một cán bộ thực hiện." in caught.value.errors[1]
    assert "Hạn hoàn thành phải từ ngày ban hành kết luận trở đi." in caught.value.errors[2]
    assert not Conclusion.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_notice_of_tomorrow_or_twice_is_refused(office):
    with pytest.raises(ValidationError) as caught:
        add_conclusion(conclusion=notice(issued_on=DAY + ONE), tasks=[], by=office, now=NOW)
    assert refused(caught) == ["Ngày 10/05/2023 chưa tới."]
    make_conclusion("35-TB/TU")
    with pytest.raises(ValidationError) as caught:
        add_conclusion(conclusion=notice(), tasks=[], by=office, now=NOW)
    assert refused(caught) == ["Đã có thông báo kết luận cùng số, cùng ngày."]


def test_tasks_are_added_to_a_notice_that_is_there(office):
    made = add_tasks(conclusion=make_conclusion(), tasks=[facts(), facts()], by=office, now=NOW)
    assert len(made) == ConclusionTask.objects.count() == 2


# --- what becomes of a task ----------------------------------------------------------------------


def test_a_task_is_done_with_its_result(office):
    task = finish_task(task=make_task(), done_on=DAY, result="Đã xong", by=office, now=NOW)
    assert (task.done_on, task.result) == (DAY, "Đã xong")
    event = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert event.after == {"hoàn thành ngày": "09/05/2023", "kết quả": "Đã xong"}


@pytest.mark.parametrize(
    ("done_on", "result", "sentence"),
    [
        (DAY + ONE, "Xong", "Ngày 10/05/2023 chưa tới."),
        (DAY - ONE, "Xong", "Ngày hoàn thành phải từ ngày ban hành kết luận."),
        (DAY, "", "Hoàn thành thì phải ghi cả ngày và kết quả."),
    ],
)
def test_a_result_that_cannot_be(office, done_on, result, sentence):
    task = make_task()
    with pytest.raises(ValidationError) as caught:
        finish_task(task=task, done_on=done_on, result=result, by=office, now=NOW)
    assert sentence in refused(caught)
    task.refresh_from_db()
    assert task.done_on is None


def test_more_time_needs_a_later_day_and_keeps_the_former(users, office, officer):
    task = make_task(officer=officer)
    due = f"{task.due_on:%d/%m/%Y}"
    with pytest.raises(ValidationError) as caught:
        extend_task(task=task, due_on=task.due_on, reason="Mưa", by=office, now=NOW)
    assert refused(caught) == [f"Hạn mới phải sau hạn hiện nay ({due})."]
    extend_task(task=task, due_on=LATER, reason="Mưa nhiều", by=office, now=NOW)
    event = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert (event.before, event.reason) == ({"hạn hoàn thành": due}, "Mưa nhiều")
    assert Notification.objects.filter(user=users[Role.OFFICER]).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"done_on": DAY, "result": "Xong"}, "Nhiệm vụ này đã ghi hoàn thành ngày 09/05/2023."),
        ({"withdrawn_at": NOW, "withdrawal_reason": "Nhầm"}, "Nhiệm vụ này đã được rút lại."),
    ],
)
def test_what_is_settled_stays(office, fields, sentence):
    task = make_task(**fields)
    for act, asked in (
        (finish_task, {"done_on": DAY, "result": "Lần nữa"}),
        (extend_task, {"due_on": LATER, "reason": "Mưa"}),
        (withdraw_task, {"reason": "Nhầm"}),
    ):
        with pytest.raises(ValidationError) as caught:
            act(task=task, by=office, now=NOW, **asked)
        assert refused(caught) == [sentence]
    assert not AuditEvent.objects.exists()


def test_taking_back_keeps_the_reason(office):
    task = withdraw_task(task=make_task(), reason="Ghi nhầm", by=office, now=NOW)
    assert (task.withdrawn_by, task.withdrawal_reason) == (office, "Ghi nhầm")
    assert not ConclusionTask.objects.open_on(DAY).exists()


# --- the list ------------------------------------------------------------------------------------


@pytest.fixture
def tasks():
    """Give one task in each state on :data:`DAY`."""
    before = make_conclusion("1-TB/TU", issued_on=DAY - 30 * ONE)
    return {
        "open": make_task(before, due_on=DAY, content="Khảo sát kênh"),
        "overdue": make_task(before, due_on=DAY - ONE),
        "done": make_task(before, done_on=DAY, result="Xong"),
        "withdrawn": make_task(before, withdrawn_at=NOW, withdrawal_reason="Nhầm"),
        "not yet": make_task(make_conclusion("2-TB/TU", issued_on=DAY + ONE)),
    }


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", {"open", "overdue"}),
        ("tinh_trang=qua_han", {"overdue"}),
        ("tinh_trang=xong", {"done"}),
        ("tinh_trang=tat_ca", {"open", "overdue", "done"}),
        ("tinh_trang=da_rut", {"withdrawn"}),
        ("tim=khao+sat", {"open"}),
        ("tim=1-tb", {"open", "overdue"}),
    ],
)
def test_the_list_is_of_the_day(client_as, tasks, query, keys):
    page = client_as(Role.LEADER).get(f"/ket-luan/?ngay={DAY}&{query}")
    assert shown(page) == {tasks[key] for key in keys}


def test_the_day_before_nothing_was_done_or_overdue(client_as, tasks):
    page = client_as(Role.LEADER).get(f"/ket-luan/?ngay={DAY - ONE}")
    assert shown(page) == {tasks["open"], tasks["overdue"], tasks["done"]}
    assert "Quá hạn</span>" not in text(page)
    assert f"{DAY:%d/%m/%Y}" not in [
        cell.value for row in page.context["rows"] for cell in row.cells
    ]


def test_the_file_is_the_list(client_as, tasks):
    response = client_as(Role.LEADER).get(f"/ket-luan/?ngay={DAY}&tinh_trang=tat_ca&xuat=xlsx")
    found = table(opened(b"".join(response.streaming_content)).active)
    assert len(found) == 3
    assert "Xong" in {row["Kết quả"] for row in found}


def test_of_one_body_officer_and_notice(client_as, tasks, officer):
    own = make_task(officer=officer)
    client = client_as(Role.OFFICE)

    def keys(query):
        return shown(client.get(f"/ket-luan/?ngay={DAY}&{query}"))

    assert keys(f"can_bo={officer.pk}") == {own}
    assert keys(f"ket_luan={own.conclusion_id}") == {own}
    assert keys(f"co_quan={tasks['open'].body_id}") == {tasks["open"]}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_officers_see_only_what_was_given_to_them(client_as, users, tasks, officer, role):
    together = tasks["open"].conclusion
    own = make_task(together, officer=officer, content="Việc của tôi")
    other = make_task(together, officer=make_officer(user=make_user(Role.OFFICER)))
    client = client_as(role)
    assert shown(client.get(f"/ket-luan/?ngay={DAY}&tinh_trang=tat_ca")) == {own}
    page = client.get(f"/ket-luan/{together.pk}/?ngay={DAY}")
    assert "Việc của tôi" in text(page)
    assert tasks["open"].content not in text(page)
    assert other.officer.full_name not in text(page)
    assert "1 nhiệm vụ" in text(page)
    assert client.get(f"/ket-luan/{tasks['not yet'].conclusion_id}/").status_code == 404
    assert client.get(f"/ket-luan/nhiem-vu/{own.pk}/xong/").status_code == 403
    assert client.get(f"/ket-luan/nhiem-vu/{other.pk}/xong/").status_code == 404


def test_the_queries_do_not_grow(client_as, tasks, officer, django_assert_max_num_queries):
    client = client_as(Role.OFFICE)
    notice = tasks["open"].conclusion
    addresses = ("/ket-luan/?tinh_trang=tat_ca", f"/ket-luan/{notice.pk}/", "/ket-luan/them/")

    def counts():
        for address in addresses:
            with django_assert_max_num_queries(12) as asked:
                assert client.get(address).status_code == 200
            yield len(asked)

    before = list(counts())
    for _ in range(5):
        make_task(notice, officer=make_officer())
        make_task(notice)
        withdraw_task(task=make_task(notice), reason="Nhầm", by=make_user(), now=NOW)
    assert list(counts()) == before


# --- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: DAY)


def rows(*typed: dict[str, object], total: int | None = None) -> dict[str, object]:
    data = {"form-TOTAL_FORMS": total or len(typed), "form-INITIAL_FORMS": 0}
    for place, row in enumerate(typed):
        data |= {f"form-{place}-{name}": value for name, value in row.items()}
    return data


NOTICE = {"number": "35-TB/TU", "issued_on": "09/05/2023", "subject": "Sơ kết quý"}


def test_the_office_adds_a_notice_with_tasks(client_as, today, officer):
    body = make_body("Sở Công Thương")
    typed = rows(
        {"content": "Lắp đèn", "body": body.pk, "due_on": "30/06/2023"},
        {"content": "Khảo sát", "officer": "thach toi", "due_on": "15/06/2023"},
        {},
    )
    response = client_as(Role.OFFICE).post("/ket-luan/them/", NOTICE | typed)
    made = Conclusion.objects.get()
    assert response.url == f"/ket-luan/{made.pk}/"
    assert {task.doer for task in made.tasks.all()} == {"Sở Công Thương", "Đồng chí Thạch Tôi"}


def test_what_was_typed_stays_when_refused_or_more_rows_are_asked(client_as, today):
    client, body = client_as(Role.OFFICE), make_body()
    both = rows({"content": "Lắp đèn", "body": body.pk, "officer": "", "due_on": "01/01/2020"})
    page = client.post("/ket-luan/them/", NOTICE | both)
    assert "Hạn hoàn thành phải từ ngày ban hành kết luận trở đi." in text(page)
    assert "Lắp đèn" in text(page)
    assert not Conclusion.objects.exists()
    page = client.post("/ket-luan/them/", NOTICE | both | {"them_dong": "1"})
    assert len(page.context["rows"].forms) > 1
    assert "Lắp đèn" in text(page)
    assert "Sơ kết quý" in text(page)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"content": "Lắp đèn", "due_on": "30/06/2023"}, "Chọn một cơ quan hoặc một cán bộ"),
        ({"content": "", "due_on": "30/06/2023"}, "Cần ghi nhiệm vụ."),
        ({"content": "Lắp đèn", "due_on": ""}, "Cần ghi ngày."),
        ({}, "Ghi ít nhất một nhiệm vụ."),
        ({"content": "a", "officer": "không có", "due_on": "30/06/2023"}, "Không có cán bộ"),
    ],
)
def test_a_row_that_cannot_be(client_as, today, row, sentence):
    page = client_as(Role.OFFICE).post("/ket-luan/them/", NOTICE | rows(row))
    assert sentence in text(page)
    assert not Conclusion.objects.exists()


def test_a_task_has_one_doer_by_the_form_too(client_as, today, officer):
    row = {"content": "a", "officer": "thach toi", "body": make_body().pk, "due_on": "30/06/2023"}
    page = client_as(Role.OFFICE).post("/ket-luan/them/", NOTICE | rows(row))
    assert "không chọn cả hai" in text(page)


def test_acts_of_the_office_by_its_pages(client_as, today):
    client, task = client_as(Role.OFFICE), make_task()

    def post(act, **data):
        return client.post(reverse(f"conclusions:task_{act}", args=[task.pk]), data)

    page = post("extend", due_on="01/06/2023", reason="Mưa")
    assert "Hạn mới phải sau hạn hiện nay" in text(page)
    assert post("extend", due_on="30/06/2023", reason="Mưa").status_code == 302
    assert post("done", done_on="09/05/2023", result="Đã xong").status_code == 302
    task.refresh_from_db()
    assert (task.due_on, task.done_on, task.result) == (dt.date(2023, 6, 30), DAY, "Đã xong")
    assert "đã ghi hoàn thành" in text(post("withdraw", reason="Nhầm"))
    page = text(client.get(f"/ket-luan/{task.conclusion_id}/"))
    assert "Đã xong" in page
    assert "Mưa" in page  # the reason, in the history of changes


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ASSISTANT, Role.ADMIN])
def test_nobody_else_writes_even_by_a_forged_post(client_as, today, officer, role):
    task, client = make_task(officer=officer), client_as(role)
    typed = {"done_on": "09/05/2023", "result": "x", "due_on": "30/12/2023", "reason": "x"}
    for act in ("done", "extend", "withdraw"):
        address = reverse(f"conclusions:task_{act}", args=[task.pk])
        assert client.post(address, typed).status_code == 403
    body = make_body()
    more = rows({"content": "Thêm", "body": body.pk, "due_on": "30/06/2023"})
    assert client.post("/ket-luan/them/", NOTICE | more).status_code == 403
    assert client.post(f"/ket-luan/{task.conclusion_id}/nhiem-vu/", more).status_code == 403
    assert list(ConclusionTask.objects.values_list("done_on", "withdrawn_at")) == [(None, None)]
    assert not AuditEvent.objects.filter(target_key__startswith="reports.conclusion").exists()


def test_tasks_are_added_by_the_page(client_as, today):
    made, body = make_conclusion(), make_body()
    more = rows({"content": "Thêm việc", "body": body.pk, "due_on": "30/06/2023"})
    client = client_as(Role.OFFICE)
    assert client.post(f"/ket-luan/{made.pk}/nhiem-vu/", more).status_code == 302
    assert made.tasks.get().content == "Thêm việc"
    assert "Ghi ít nhất một nhiệm vụ." in text(
        client.post(f"/ket-luan/{made.pk}/nhiem-vu/", rows({}))
    )


def test_another_day_offers_no_acts(client_as, today):
    task, client = make_task(), client_as(Role.OFFICE)
    assert "Ghi kết quả" in text(client.get("/ket-luan/"))
    assert "Ghi kết quả" in text(client.get(f"/ket-luan/{task.conclusion_id}/"))
    later = f"?ngay={DAY + ONE}"
    assert "Ghi kết quả" not in text(client.get(f"/ket-luan/{later}"))
    assert "Ghi kết quả" not in text(client.get(f"/ket-luan/{task.conclusion_id}/{later}"))
