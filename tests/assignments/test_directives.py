"""Documents being followed: how far communes are, who may note it, what stays of it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.bulk import RowErrors
from assignments.directives import (
    NOTED_BEFORE,
    Noted,
    end_directive,
    note_follow_ups,
    states_of,
    with_tally,
    withdraw_follow_up,
)
from assignments.enums import FollowUpState
from assignments.models import Directive, FollowUp
from tests.factories import (
    DAY,
    STARTED_ON,
    make_assignment,
    make_commune,
    make_directive,
    make_district,
    make_follow_up,
    make_officer,
    make_user,
)
from tests.workbooks import opened, table, texts

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(9)))
ONE = dt.timedelta(days=1)
HANDED_OVER = dt.date(2023, 3, 1)


@pytest.fixture
def mine(users):
    """Give the assignment of the officer who is a user, and whom the assistant assists."""
    officer = make_officer("Thạch Tôi", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return make_assignment(officer, make_commune("Của Tôi"))


def noted(on: dt.date = DAY, state: FollowUpState = FollowUpState.REMINDED) -> Noted:
    return Noted(on, state, "Đã nhắc tại cuộc họp")


def note(directive, communes, by, **fields) -> list[FollowUp]:
    return note_follow_ups(
        directive=directive, communes=communes, noted=noted(**fields), by=by, now=NOW
    )


def text(response) -> str:
    return response.content.decode()


def as_of(address: str, day: dt.date = DAY) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}ngay={day.isoformat()}"


def page_of(directive: Directive, query: str = "") -> str:
    return as_of(reverse("directives:detail", args=[directive.pk]) + query)


def address(route: str, key: int, query: str = "") -> str:
    return reverse(f"directives:{route}", args=[key]) + query


# --- states --------------------------------------------------------------------------------------


@pytest.fixture
def five():
    """Give five communes, one in each state of a document; the state is each one's name."""
    directive = make_directive()
    communes = {state: make_commune(state) for state in ("untouched", *FollowUpState.values)}
    for state in FollowUpState.values:
        make_follow_up(directive, communes[state], noted_on=DAY - ONE, note="Lần trước")
        make_follow_up(directive, communes[state], state=state)
    return directive, communes


def tally(directive: Directive, user, day: dt.date = DAY) -> dict[str, int]:
    row = with_tally(Directive.objects.all(), user, day).get(pk=directive.pk)
    return {name: getattr(row, f"n_{name}") for name in ("untouched", *FollowUpState.values)}


def test_the_tally_starts_from_communes(users, five):
    directive, _ = five
    assert tally(directive, users[Role.LEADER]) == dict.fromkeys(
        ("untouched", *FollowUpState.values), 1
    )
    make_commune("Chưa Ai Nhắc")
    assert tally(directive, users[Role.LEADER])["untouched"] == 2


def test_the_tally_is_of_the_day(users, five):
    directive, communes = five
    before = tally(directive, users[Role.OFFICE], DAY - ONE)
    assert before == dict.fromkeys(FollowUpState.values, 0) | {"untouched": 1, "reminded": 4}
    assert tally(directive, users[Role.OFFICE], STARTED_ON)["untouched"] == 5
    done = communes[FollowUpState.DONE]
    done.dissolved_on = DAY
    done.save()
    assert tally(directive, users[Role.OFFICE]) | {"done": 0} == tally(directive, users["office"])
    assert sum(tally(directive, users[Role.OFFICE]).values()) == 4


def test_an_officer_counts_their_own_communes(users, mine, five):
    directive, communes = five
    assert tally(directive, users[Role.OFFICER]) == dict.fromkeys(FollowUpState.values, 0) | {
        "untouched": 1
    }
    make_assignment(mine.officer, communes[FollowUpState.DIFFICULT], started_on=DAY)
    assert tally(directive, users[Role.ASSISTANT])["difficult"] == 1


def test_of_two_on_one_day_the_later_entered_counts(users):
    directive, commune = make_directive(), make_commune()
    for state in (FollowUpState.DONE, FollowUpState.DIFFICULT):
        make_follow_up(directive, commune, state=state)
    assert tally(directive, users[Role.LEADER]) == dict.fromkeys(
        ("untouched", *FollowUpState.values), 0
    ) | {"difficult": 1}


def test_what_was_taken_back_does_not_count(users):
    row = make_follow_up(state=FollowUpState.DONE)
    make_follow_up(row.directive, row.commune, noted_on=DAY - ONE)
    withdraw_follow_up(follow_up=row, reason="Ghi nhầm xã", by=users[Role.OFFICE], now=NOW)
    assert tally(row.directive, users[Role.OFFICE])["reminded"] == 1
    assert tally(row.directive, users[Role.OFFICE])["done"] == 0


def test_states_of_a_commune_take_two_queries(users, django_assert_num_queries):
    commune = make_commune()
    untouched, ended = make_directive("1-NQ"), make_directive("2-NQ", ended_on=DAY)
    touched = make_follow_up(make_directive("3-NQ"), commune)
    make_follow_up(touched.directive)  # of another commune
    with django_assert_num_queries(2):
        states = dict(states_of(commune, users[Role.LEADER], DAY))
    assert states == {untouched: None, touched.directive: touched}
    assert ended not in states
    for _ in range(5):
        make_follow_up(commune=commune)
    with django_assert_num_queries(2):
        assert len(states_of(commune, users[Role.LEADER], DAY)) == 7


# --- the list ------------------------------------------------------------------------------------


def rows(response) -> list:
    return [row.record for row in response.context["rows"]]


def test_every_number_of_the_list_opens_as_many_communes(client_as, five):
    directive, _ = five
    make_follow_up(directive, state=FollowUpState.DONE)
    client = client_as(Role.LEADER)
    listed = client.get(as_of("/van-ban/"))
    (row,) = listed.context["rows"]
    numbers = [cell for cell in row.cells if cell.column.kind.value == "number"]
    assert [cell.value for cell in numbers] == [1, 1, 1, 1, 2]
    for cell in numbers:
        assert len(rows(client.get(as_of(cell.url)))) == cell.value


@pytest.mark.parametrize(
    ("state", "numbers"),
    [
        ("", {"đang", "hạn"}),
        ("dang_theo_doi", {"đang", "hạn"}),
        ("qua_han", {"hạn"}),
        ("da_thoi", {"thôi"}),
        ("tat_ca", {"đang", "hạn", "thôi", "mai"}),
    ],
)
def test_documents_by_state(client_as, state, numbers):
    make_directive("đang", due_on=DAY + ONE)
    make_directive("hạn", due_on=DAY)
    make_directive("thôi", ended_on=DAY)
    make_directive("mai", started_on=DAY + ONE)
    page = client_as(Role.LEADER).get(as_of(f"/van-ban/?tinh_trang={state}"))
    assert {row.number for row in rows(page)} == numbers


def test_documents_are_searched_without_accents(client_as):
    make_directive("12-NQ/TU", subject="Xây dựng nông thôn mới")
    make_directive("13-NQ/TU", subject="Chuyển đổi số")
    page = client_as(Role.LEADER).get(as_of("/van-ban/?tim=nong thon"))
    assert [row.number for row in rows(page)] == ["12-NQ/TU"]


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_the_list_has_a_fixed_number_of_queries(
    users, mine, client_as, role, django_assert_max_num_queries, django_assert_num_queries
):
    make_follow_up(commune=mine.commune)
    client = client_as(role)
    client.get(as_of("/van-ban/"))
    with django_assert_max_num_queries(12) as before:
        client.get(as_of("/van-ban/"))
    for _ in range(8):
        make_follow_up(commune=mine.commune, entered_by=make_user())
        make_follow_up()
    with django_assert_num_queries(len(before)):
        assert len(rows(client.get(as_of("/van-ban/")))) == 17


# --- one document --------------------------------------------------------------------------------


def test_the_page_shows_every_commune_the_untouched_too(client_as, five):
    directive, communes = five
    client = client_as(Role.LEADER)
    page = client.get(page_of(directive))
    assert {commune.name: commune.state for commune in rows(page)} == {
        name: None if name == "untouched" else name for name in communes
    }
    assert "Chưa đôn đốc" in text(page)
    assert "Ghi đôn đốc" not in text(page)
    assert "Thôi theo dõi" not in text(page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?tinh_hinh=chua", ["untouched"]),
        ("?tinh_hinh=co_ket_qua", ["done"]),
        ("?tinh_hinh=linh-tinh", []),
        ("?tim=difficult", ["difficult"]),
        ("?tinh_hinh=chua&tim=done", []),
    ],
)
def test_communes_by_state_and_words(client_as, five, query, names):
    page = client_as(Role.OFFICE).get(page_of(five[0], query))
    assert [commune.name for commune in rows(page)] == names


def test_who_needs_somebody_most_stands_first(client_as, five):
    page = client_as(Role.OFFICE).get(page_of(five[0]))
    order = ["difficult", "untouched", "reminded", "in_progress", "done"]
    assert [commune.name for commune in rows(page)] == order
    page = client_as(Role.OFFICE).get(page_of(five[0], "?sap=-tinh_hinh"))
    assert [commune.name for commune in rows(page)] == order[::-1]


def test_the_list_says_the_state_where_the_filter_has_not(client_as):
    make_directive(due_on=STARTED_ON)
    for query, is_shown in (("", False), ("?tinh_trang=tat_ca", True), ("?tinh_trang=x", True)):
        page = client_as(Role.OFFICE).get(as_of("/van-ban/" + query))
        labels = [column.label for column in page.context["columns"]]
        assert ("Tình trạng" in labels) == is_shown
        assert "Hoàn thành trước" in labels


def test_communes_of_a_district(client_as):
    directive, district = make_directive(), make_district()
    make_commune("Ở Đây", district=district)
    make_commune("Ở Kia")
    page = client_as(Role.OFFICE).get(page_of(directive, f"?huyen={district.pk}"))
    assert [commune.name for commune in rows(page)] == ["Ở Đây"]


def test_the_file_is_the_page(client_as, five):
    directive, _ = five
    client = client_as(Role.OFFICE)
    response = client.get(page_of(directive, "?tinh_hinh=co_ket_qua&xuat=xlsx"))
    (sheet,) = opened(b"".join(response.streaming_content)).worksheets
    heading = f"Tình hình thực hiện {directive}: {directive.subject}"
    assert heading.upper() in texts(sheet)
    (row,) = table(sheet)
    assert (row["Đảng bộ"], row["Tình hình"]) == ("Xã done", "Đã có kết quả")
    assert row["Ngày"].date() == DAY
    assert "Thao tác" not in row


def test_the_trail_goes_from_reminder_to_result(client_as, users, mine):
    directive = make_directive()
    by = users[Role.OFFICE]
    wrong = make_follow_up(directive, mine.commune, note="Nhầm xã", state=FollowUpState.DONE)
    withdraw_follow_up(follow_up=wrong, reason="Ghi nhầm xã", by=by, now=NOW)
    note(directive, [mine.commune], by)
    note(directive, [mine.commune], users[Role.OFFICER], state=FollowUpState.DONE)
    page = client_as(Role.OFFICER).get(page_of(directive, f"?dang_bo={mine.commune_id}"))
    states = [state.word for _, state in page.context["trail"]]
    assert states == ["Đã có kết quả", "Đã đôn đốc, nhắc nhở", "Đã có kết quả"]
    content = text(page)
    assert "Đồng chí Thạch Tôi" in content
    assert "Cơ quan theo dõi" in content
    assert "Ghi nhầm xã" in content


@pytest.mark.parametrize("asked", ["abc", "0", "9" * 30, "-1", ""])
def test_the_trail_of_no_commune_is_none(client_as, asked):
    page = client_as(Role.OFFICE).get(page_of(make_directive(), f"?dang_bo={asked}"))
    assert page.context["traced"] is None


def test_an_officer_sees_only_their_own_communes(client_as, mine):
    elsewhere = make_follow_up(note="Chuyện nơi khác")
    query = f"?dang_bo={elsewhere.commune_id}"
    page = client_as(Role.OFFICER).get(page_of(elsewhere.directive, query))
    assert rows(page) == [mine.commune]
    assert page.context["traced"] is None
    assert "Chuyện nơi khác" not in text(page)


def test_a_former_officer_sees_what_was_until_the_handing_over(client_as, users):
    officer = make_officer(user=users[Role.OFFICER])
    past = make_assignment(officer, ended_on=HANDED_OVER)
    directive = make_directive()
    make_follow_up(directive, past.commune, noted_on=HANDED_OVER - ONE, note="Trước đó")
    make_follow_up(directive, past.commune, noted_on=HANDED_OVER, note="Sau đó")
    client = client_as(Role.OFFICER)
    query = f"?dang_bo={past.commune_id}"
    url = reverse("directives:detail", args=[directive.pk]) + query
    assert "Trước đó" in text(client.get(as_of(url, HANDED_OVER - ONE)))
    assert rows(client.get(as_of(url, DAY))) == []
    assert not FollowUp.objects.visible_to(users[Role.OFFICER]).filter(note="Sau đó").exists()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_the_page_has_a_fixed_number_of_queries(
    users, mine, client_as, role, django_assert_max_num_queries, django_assert_num_queries
):
    directive = make_directive()
    make_follow_up(directive, mine.commune)
    client = client_as(role)
    url = page_of(directive, f"?dang_bo={mine.commune_id}")
    client.get(url)
    with django_assert_max_num_queries(12) as before:
        client.get(url)
    for _ in range(8):
        make_follow_up(directive, mine.commune, entered_by=make_user(), officer=mine.officer)
        more = make_assignment(officer=mine.officer)
        make_follow_up(directive, more.commune)
    with django_assert_num_queries(len(before)):
        assert len(rows(client.get(url))) == 9


# --- noting --------------------------------------------------------------------------------------


def test_the_office_notes_for_several_at_once(client_as, users):
    directive, communes = make_directive(), [make_commune(), make_commune()]
    query = "?" + "&".join(f"dang_bo={commune.pk}" for commune in communes)
    data = {"on": "09/05/2023", "state": "reminded", "note": "Công văn nhắc"}
    client = client_as(Role.OFFICE)
    assert client.get(address("follow_up", directive.pk, query)).status_code == 200
    response = client.post(address("follow_up", directive.pk, query), data)
    assert response.status_code == 302
    made = FollowUp.objects.order_by("pk")
    assert [row.commune for row in made] == communes
    assert {(row.officer, row.entered_by) for row in made} == {(None, users[Role.OFFICE])}
    assert AuditEvent.objects.filter(verb=Verb.CREATE).count() == 2


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_own_people_note_of_their_commune_in_the_officers_name(client_as, users, mine, role):
    directive = make_directive()
    data = {"on": "09/05/2023", "state": "in_progress", "note": "Đang làm"}
    query = f"?dang_bo={mine.commune_id}&tinh_hinh=chua"
    response = client_as(role).post(address("follow_up", directive.pk, query), data)
    assert response.url == address("detail", directive.pk, query)
    made = FollowUp.objects.get()
    assert (made.officer, made.entered_by) == (mine.officer, users[role])
    assert made.state == FollowUpState.IN_PROGRESS


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_nobody_notes_of_a_commune_that_never_was_theirs(client_as, mine, role):
    directive, other = make_directive(), make_commune()
    data = {"on": "09/05/2023", "state": "done", "note": "Xong"}
    query = f"?dang_bo={mine.commune_id}&dang_bo={other.pk}"
    assert client_as(role).post(address("follow_up", directive.pk, query), data).status_code == 404
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_readers_do_not_note(client_as, role):
    directive, commune = make_directive(), make_commune()
    data = {"on": "09/05/2023", "state": "done", "note": "Xong"}
    url = address("follow_up", directive.pk, f"?dang_bo={commune.pk}")
    assert client_as(role).post(url, data).status_code == 403
    assert not FollowUp.objects.exists()


def test_the_right_goes_by_the_day_noted(users):
    officer = make_officer(user=users[Role.OFFICER])
    past = make_assignment(officer, ended_on=HANDED_OVER)
    directive, by = make_directive(), users[Role.OFFICER]
    note(directive, [past.commune], by, on=HANDED_OVER - ONE)
    with pytest.raises(RowErrors) as caught:
        note(directive, [past.commune], by, on=HANDED_OVER)
    assert caught.value.errors == {
        0: [f"{past.commune.party_body} không thuộc địa bàn của đồng chí ngày 01/03/2023."]
    }


def test_all_or_none_with_the_reason_at_the_commune(client_as, users, mine):
    past = make_assignment(mine.officer, ended_on=HANDED_OVER)
    directive = make_directive()
    query = f"?dang_bo={mine.commune_id}&dang_bo={past.commune_id}"
    data = {"on": "09/05/2023", "state": "done", "note": "Giữ nguyên chữ này"}
    page = client_as(Role.OFFICER).post(address("follow_up", directive.pk, query), data)
    errors = {row["commune"]: len(row["errors"]) for row in page.context["form"].rows()}
    assert errors == {mine.commune: 0, past.commune: 1}
    assert "Giữ nguyên chữ này" in text(page)
    assert not FollowUp.objects.exists()
    assert not AuditEvent.objects.filter(verb=Verb.CREATE).exists()


@pytest.mark.parametrize(
    ("dates", "on", "sentence"),
    [
        ({}, DAY + ONE, "Ngày 10/05/2023 chưa tới."),
        ({"started_on": DAY}, DAY - ONE, "được theo dõi từ ngày 09/05/2023"),
        ({"ended_on": DAY}, DAY, "đã thôi theo dõi từ ngày 09/05/2023"),
    ],
)
def test_days_that_cannot_be_noted(users, dates, on, sentence):
    directive = make_directive(**dates)
    with pytest.raises(ValidationError) as caught:
        note(directive, [make_commune()], users[Role.OFFICE], on=on)
    assert sentence in caught.value.messages[0]
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("on", "", "Cần ghi ngày."),
        ("on", "31/02/2023", "Ngày không hợp lệ"),
        ("on", "09/05/2090", "chưa tới."),
        ("state", "", "Cần chọn một mục."),
        ("state", "xong", "không nằm trong các lựa chọn"),
        ("note", "\u200b\n ", "Cần ghi nội dung."),
    ],
)
def test_bad_fields_get_a_sentence(client_as, field, value, sentence):
    directive, commune = make_directive(), make_commune()
    data = {"on": "09/05/2023", "state": "done", "note": "Xong"} | {field: value}
    url = address("follow_up", directive.pk, f"?dang_bo={commune.pk}")
    page = client_as(Role.OFFICE).post(url, data)
    assert sentence in text(page)
    assert not FollowUp.objects.exists()


def test_without_a_commune_the_page_offers_them(client_as, mine):
    elsewhere, url = make_commune("Nơi Khác"), address("follow_up", make_directive().pk)
    make_assignment(mine.officer, make_commune("Đã Thôi"), ended_on=HANDED_OVER)
    page = client_as(Role.OFFICER).get(url)
    assert page.context["offered"] == [mine.commune]
    assert f'value="{mine.commune_id}" checked' in text(page)
    page = client_as(Role.OFFICE).get(url)
    assert {mine.commune, elsewhere} <= set(page.context["offered"])
    assert "checked" not in text(page)
    for _ in range(3):
        make_assignment(mine.officer)
    page = client_as(Role.OFFICER).get(url)
    assert len(page.context["offered"]) == 4
    assert "checked" not in text(page)


def test_an_officer_without_communes_has_none_to_note_of(client_as, users):
    make_officer(user=users[Role.OFFICER])
    page = client_as(Role.OFFICER).get(address("follow_up", make_directive().pk))
    assert "chưa có Đảng bộ nào được phân công" in text(page)


def test_the_same_is_noted_once_of_a_commune(client_as, users):
    directive, communes = make_directive(), [make_commune(), make_commune()]
    data = {"on": "09/05/2023", "state": "reminded", "note": "Công văn nhắc"}
    client = client_as(Role.OFFICE)
    one = address("follow_up", directive.pk, f"?dang_bo={communes[0].pk}")
    both = f"{one}&dang_bo={communes[1].pk}"
    client.post(one, data)
    assert NOTED_BEFORE in text(client.post(one, data))
    said = text(client.post(both, data, follow=True))
    assert "Đã ghi cho 1 Đảng bộ. 1 Đảng bộ đã có đúng nội dung này nên không ghi thêm." in said
    assert NOTED_BEFORE in text(client.post(both, data))
    assert [row.commune for row in FollowUp.objects.order_by("pk")] == communes
    assert AuditEvent.objects.filter(verb=Verb.CREATE).count() == 2
    withdraw_follow_up(
        follow_up=FollowUp.objects.earliest("pk"), reason="Nhầm", by=users[Role.OFFICE], now=NOW
    )
    assert client.post(one, data).status_code == 302


# --- taking back ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.OFFICE, 302),
        (Role.OFFICER, 302),
        (Role.ASSISTANT, 302),
        (Role.LEADER, 403),
        (Role.ADMIN, 403),
    ],
)
def test_who_may_take_back(client_as, users, mine, role, expected):
    (made,) = note(make_directive(), [mine.commune], users[Role.ASSISTANT])
    url = address("follow_up_withdraw", made.pk)
    assert client_as(role).post(url, {"reason": "Ghi nhầm"}).status_code == expected
    made.refresh_from_db()
    assert made.is_withdrawn == (expected == 302)
    assert AuditEvent.objects.filter(verb=Verb.WITHDRAW).count() == (expected == 302)


def test_what_the_office_noted_is_not_the_officers_to_take_back(client_as, users, mine):
    (made,) = note(make_directive(), [mine.commune], users[Role.OFFICE])
    url = address("follow_up_withdraw", made.pk)
    assert client_as(Role.OFFICER).get(url).status_code == 403
    assert client_as(Role.OFFICER).post(url, {"reason": "Không thích"}).status_code == 403
    elsewhere = make_follow_up()
    url = address("follow_up_withdraw", elsewhere.pk)
    assert client_as(Role.OFFICER).post(url, {"reason": "Không thích"}).status_code == 404
    assert not FollowUp.objects.exclude(withdrawn_at=None).exists()


def test_taking_back_needs_a_reason_and_happens_once(client_as):
    made = make_follow_up()
    client, url = client_as(Role.OFFICE), address("follow_up_withdraw", made.pk)
    for reason in ("", " ", "\u200b"):
        assert client.post(url, {"reason": reason}).status_code == 200
    assert client.post(url, {"reason": "Ghi nhầm"}).status_code == 302
    assert client.post(url, {"reason": "Lần nữa"}).status_code == 404


# --- beginning and ending ------------------------------------------------------------------------

SOUND = {
    "number": "12-NQ/TU",
    "issued_on": "01/02/2023",
    "issuer": "Ban Thường vụ",
    "subject": "Về nông thôn mới",
    "started_on": "01/03/2023",
    "due_on": "31/12/2023",
}


def test_the_office_begins_to_follow_a_document(client_as, users):
    response = client_as(Role.OFFICE).post(reverse("directives:add"), SOUND)
    made = Directive.objects.get()
    assert response.url == reverse("directives:detail", args=[made.pk])
    assert (made.number, made.entered_by) == ("12-NQ/TU", users[Role.OFFICE])
    assert made.due_on == dt.date(2023, 12, 31)
    assert AuditEvent.objects.get(verb=Verb.CREATE).after["trích yếu"] == "Về nông thôn mới"


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ASSISTANT, Role.ADMIN])
def test_nobody_else_begins_or_ends(client_as, users, role):
    directive, client = make_directive(), client_as(role)
    assert client.post(reverse("directives:add"), SOUND).status_code == 403
    ending = {"on": "09/05/2023", "reason": "Đã tổng kết"}
    assert client.post(address("end", directive.pk), ending).status_code == 403
    assert list(Directive.objects.values_list("ended_on", flat=True)) == [None]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("number", " ", "Cần ghi số, ký hiệu."),
        ("subject", "", "Cần ghi trích yếu."),
        ("issued_on", "hôm qua", "Ngày không hợp lệ"),
        ("started_on", "", "Cần ghi ngày."),
        ("due_on", "31/12/9999", "Ngày phải từ năm 1945 đến năm 2100."),
    ],
)
def test_a_document_with_bad_fields_is_refused(client_as, field, value, sentence):
    page = client_as(Role.OFFICE).post(reverse("directives:add"), SOUND | {field: value})
    assert sentence in text(page)
    assert not Directive.objects.exists()


def test_the_same_document_twice_gets_the_sentence(client_as):
    make_directive("12-NQ/TU", issued_on=dt.date(2023, 2, 1))
    page = client_as(Role.OFFICE).post(reverse("directives:add"), SOUND)
    assert "Đã có văn bản cùng số, cùng ngày ban hành." in text(page)


def test_ending_keeps_what_was_noted(client_as, five):
    directive, _ = five
    data = {"on": "10/05/2023", "reason": "Đã tổng kết"}
    client = client_as(Role.OFFICE)
    assert client.post(address("end", directive.pk), data).status_code == 302
    assert AuditEvent.objects.get(verb=Verb.CHANGE).reason == "Đã tổng kết"
    assert len(rows(client.get(page_of(directive)))) == 5
    assert rows(client.get(as_of("/van-ban/", DAY + ONE))) == []
    page = client.post(address("end", directive.pk), data)
    assert "Đã thôi theo dõi từ ngày 10/05/2023." in text(page)


def test_ending_before_the_beginning_is_refused(users):
    with pytest.raises(ValidationError) as caught:
        end_directive(
            directive=make_directive(), on=STARTED_ON, reason="Sớm", by=users[Role.OFFICE]
        )
    assert caught.value.messages == ["Ngày thôi theo dõi phải sau ngày bắt đầu."]
