"""Meeting notices: who is invited, who answers what until when, calling a meeting off."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import AssignmentRole, NoticeReply, VisitKind
from assignments.models import MeetingNotice, NoticeAnswer
from assignments.notices import (
    CALLED_OFF,
    LOCKED,
    NOT_THEIRS,
    Answer,
    Meeting,
    announce,
    answer_notice,
    withdraw_notice,
)
from assignments.plans import notices_to_answer
from tests.factories import (
    DAY,
    STARTED_ON,
    make_assignment,
    make_cell,
    make_commune,
    make_district,
    make_notice,
    make_officer,
    make_user,
)
from tests.workbooks import opened, table

pytestmark = pytest.mark.django_db

ONE = dt.timedelta(days=1)
ADD, LIST = "/di-co-so/giay-moi/them/", "/di-co-so/giay-moi/"


def moment(day: dt.date = DAY) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


@pytest.fixture
def mine(users):
    """Give the assignment of the officer who is a user, and whom the assistant assists."""
    officer = make_officer("Thạch Tôi", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return make_assignment(officer, make_commune("Của Tôi"))


@pytest.fixture
def today(monkeypatch):
    """Let today be :data:`DAY`."""
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.setattr(clock, "now", lambda: moment())
    return DAY


def coming_notice(commune=None, days: int = 2, **fields) -> MeetingNotice:
    """Make a notice entered on :data:`DAY`, of a meeting some days later."""
    return make_notice(commune, held_on=DAY + days * ONE, **{"entered_at": moment()} | fields)


def give(notice, officer, by, reply=NoticeReply.ATTENDS, on: dt.date = DAY, **texts):
    return answer_notice(
        notice=notice, officer=officer, answer=Answer(reply, **texts), by=by, now=moment(on)
    )


def text(response) -> str:
    return response.content.decode()


def rows(response) -> list:
    return [row.record for row in response.context["rows"]]


def as_of(address: str, day: dt.date = DAY) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}ngay={day.isoformat()}"


def page_of(notice: MeetingNotice) -> str:
    return reverse("visits:notice_detail", args=[notice.pk])


# --- writing one down ----------------------------------------------------------------------------

SOUND = {
    "kind": "committee_meeting",
    "held_on": "11/05/2023",
    "held_at": "08:30",
    "place": "Hội trường Đảng ủy",
    "content": "Sơ kết quý II",
}


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER, Role.ASSISTANT])
def test_who_writes_a_notice_down(client_as, users, mine, today, role):
    response = client_as(role).post(f"{ADD}?dang_bo={mine.commune_id}", SOUND)
    made = MeetingNotice.objects.get()
    assert response.url == page_of(made)
    assert (made.commune, made.entered_by) == (mine.commune, users[role])
    assert (made.held_on, made.held_at) == (DAY + 2 * ONE, dt.time(8, 30))
    assert AuditEvent.objects.get(verb=Verb.CREATE).after["địa điểm"] == "Hội trường Đảng ủy"


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_readers_do_not_write(client_as, mine, role):
    response = client_as(role).post(f"{ADD}?dang_bo={mine.commune_id}", SOUND)
    assert response.status_code == 403
    assert not MeetingNotice.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_nobody_writes_of_anothers_commune(client_as, mine, today, role):
    other = make_assignment().commune
    assert client_as(role).post(f"{ADD}?dang_bo={other.pk}", SOUND).status_code == 404
    assert not MeetingNotice.objects.exists()


@pytest.mark.parametrize(
    ("written", "meant"),
    [("8:30", (8, 30)), ("08.30", (8, 30)), ("14h15", (14, 15)), ("7h", (7, 0)), ("8g05", (8, 5))],
)
def test_the_hour_as_people_write_it(client_as, mine, today, written, meant):
    client_as(Role.OFFICER).post(f"{ADD}?dang_bo={mine.commune_id}", SOUND | {"held_at": written})
    assert MeetingNotice.objects.get().held_at == dt.time(*meant)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("kind", "", "Cần chọn một mục."),
        ("held_on", "08/05/2023", "Ngày 08/05/2023 đã qua."),
        ("held_on", "31/02/2023", "Ngày không hợp lệ"),
        ("held_at", "25:00", "Giờ không hợp lệ"),
        ("held_at", "", "Cần ghi giờ họp."),
        ("place", "", "Cần ghi địa điểm."),
        ("place", "\u200b", "Cần ghi địa điểm."),
        ("content", " \u200b ", "Cần ghi nội dung."),
        ("cell", "9" * 30, "không nằm trong các lựa chọn"),
    ],
)
def test_bad_fields_get_a_sentence(client_as, mine, today, field, value, sentence):
    make_cell(mine.commune)
    data = SOUND | {field: value}
    page = client_as(Role.OFFICER).post(f"{ADD}?dang_bo={mine.commune_id}", data)
    assert sentence in text(page)
    assert not MeetingNotice.objects.exists()


def test_the_commune_must_be_theirs_on_the_day_of_the_meeting(users, mine):
    mine.ended_on, mine.end_reason = DAY + 5 * ONE, "transferred"
    mine.save()
    meeting = {"kind": VisitKind.COMMITTEE_MEETING, "place": "Xã", "content": "Họp"}
    facts = meeting | {"commune": mine.commune, "held_at": dt.time(8)}
    by = users[Role.OFFICER]
    announce(meeting=Meeting(held_on=DAY + 4 * ONE, **facts), by=by, now=moment())
    with pytest.raises(ValidationError, match="không thuộc địa bàn của đồng chí ngày 14/05/2023"):
        announce(meeting=Meeting(held_on=DAY + 5 * ONE, **facts), by=by, now=moment())
    wrong = Meeting(held_on=DAY, cell=make_cell(), **facts)
    with pytest.raises(ValidationError) as caught:
        announce(meeting=wrong, by=by, now=moment())
    assert set(caught.value.message_dict) == {"cell"}
    assert MeetingNotice.objects.count() == 1


def test_the_same_meeting_is_written_down_once(client_as, mine, today):
    client, url = client_as(Role.OFFICER), f"{ADD}?dang_bo={mine.commune_id}"
    client.post(url, SOUND)
    page = client.post(url, SOUND | {"place": "Chỗ khác"})
    assert "Giấy mời họp này đã có" in text(page)
    assert "08 giờ 30, ngày 11/05/2023" in text(page)
    assert MeetingNotice.objects.count() == 1
    cell = make_cell(mine.commune)
    for other in ({"held_at": "14:00"}, {"kind": "cell_meeting"}, {"cell": cell.pk}):
        assert client.post(url, SOUND | other).status_code == 302


def test_what_was_called_off_may_be_announced_again(users, mine):
    by = users[Role.OFFICE]
    meeting = Meeting(mine.commune, VisitKind.CELL_MEETING, DAY, dt.time(8), "Xã", "Họp")
    first = announce(meeting=meeting, by=by, now=moment())
    with pytest.raises(ValidationError, match="đã có"):
        announce(meeting=meeting, by=by, now=moment())
    withdraw_notice(notice=first, reason="Dời họp", by=by, now=moment())
    announce(meeting=meeting, by=by, now=moment())
    assert MeetingNotice.objects.standing().count() == 1


def test_the_office_searches_the_commune(client_as, today):
    make_commune("An Ninh"), make_commune("An Hiệp")
    client = client_as(Role.OFFICE)
    assert client.get(ADD).context["communes"] == []
    assert [one.name for one in client.get(f"{ADD}?tim=an").context["communes"]] == [
        "An Hiệp",
        "An Ninh",
    ]
    assert "?dang_bo=" in client.get(f"{ADD}?tim=ninh an").url
    assert "khớp" in text(client.get(f"{ADD}?tim=khong co"))


def test_an_officer_is_offered_their_own(client_as, mine, today):
    make_commune("Nơi Khác")
    client = client_as(Role.OFFICER)
    assert client.get(ADD).url == f"{ADD}?dang_bo={mine.commune_id}"
    make_assignment(mine.officer, make_commune("Thứ Hai"))
    make_assignment(mine.officer, make_commune("Đã Thôi"), ended_on=DAY)
    assert {one.name for one in client.get(ADD).context["communes"]} == {"Của Tôi", "Thứ Hai"}


# --- who is invited ------------------------------------------------------------------------------


def people(response) -> dict[str, str | None]:
    """Give the states of the answers by officer."""
    return {
        line.invited.officer.full_name: line.state and line.state.word
        for line in response.context["lines"]
    }


def test_invited_is_who_has_the_commune_that_day_in_any_role(client_as, mine, today):
    notice = coming_notice(mine.commune)
    make_assignment(
        make_officer("Lê Cùng"), mine.commune, role=AssignmentRole.SUPPORT, ended_on=DAY + 3 * ONE
    )
    make_assignment(
        make_officer("Lê Trước"), mine.commune, role=AssignmentRole.SUPPORT, ended_on=DAY + 2 * ONE
    )
    make_assignment(
        make_officer("Lê Sau"), mine.commune, role=AssignmentRole.COVER, started_on=DAY + 3 * ONE
    )
    page = client_as(Role.OFFICE).get(page_of(notice))
    assert people(page) == {"Thạch Tôi": "Chưa phản hồi", "Lê Cùng": "Chưa phản hồi"}


def test_an_officer_sees_who_else_is_invited_and_not_their_answers(client_as, users, mine, today):
    notice = coming_notice(mine.commune)
    beside = make_assignment(make_officer("Lê Cùng"), mine.commune, role=AssignmentRole.SUPPORT)
    give(notice, beside.officer, users[Role.OFFICE], NoticeReply.CANNOT, reason="Đi học xa")
    page = client_as(Role.OFFICER).get(page_of(notice))
    assert people(page) == {"Thạch Tôi": "Chưa phản hồi", "Lê Cùng": None}
    assert "Đi học xa" not in text(page)
    assert "Đi học xa" in text(client_as(Role.LEADER).get(page_of(notice)))


def test_the_answer_is_due_after_so_many_days(client_as, mine, today, settings):
    settings.NOTICE_ANSWER_DAYS = 3
    tones = {}
    for waited in (2, 3):
        notice = coming_notice(mine.commune, entered_at=moment(DAY - waited * ONE))
        page = client_as(Role.OFFICER).get(page_of(notice))
        (line,) = page.context["lines"]
        tones[waited] = (line.state.sign, line.state.word, line.state.tone)
    assert tones == {2: ("○", "Chưa phản hồi", "none"), 3: ("!", "Chưa phản hồi", "due")}


# --- answering -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "texts", "stored"),
    [
        ("attends", {"reason": "thừa", "delegate": "thừa"}, ("", "")),
        ("cannot", {"reason": "Họp Tỉnh ủy", "delegate": "thừa"}, ("Họp Tỉnh ủy", "")),
        ("delegates", {"reason": "thừa", "delegate": "Đ/c Lê Văn B"}, ("", "Đ/c Lê Văn B")),
    ],
)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.OFFICE])
def test_an_answer(client_as, users, mine, today, role, reply, texts, stored):
    notice = coming_notice(mine.commune)
    data = {"can_bo": mine.officer_id, "reply": reply, **texts}
    assert client_as(role).post(page_of(notice), data).url == page_of(notice)
    answer = NoticeAnswer.objects.get()
    assert (answer.officer, answer.entered_by) == (mine.officer, users[role])
    assert (answer.reply, answer.reason, answer.delegate) == (reply, *stored)
    assert AuditEvent.objects.get().verb == Verb.CREATE


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Cần chọn một mục."),
        ({"reply": "maybe"}, "không nằm trong các lựa chọn"),
        ({"reply": "cannot", "reason": " \u200b"}, "Không dự được thì ghi lý do."),
        ({"reply": "delegates"}, "Ghi họ tên, chức vụ người dự thay."),
    ],
)
def test_an_answer_that_lacks_something_is_refused(client_as, mine, today, data, sentence):
    notice = coming_notice(mine.commune)
    data = {"can_bo": mine.officer_id, "delegate": "", **data}
    page = client_as(Role.OFFICER).post(page_of(notice), data)
    assert sentence in text(page)
    assert not NoticeAnswer.objects.exists()


def test_an_answer_may_change_until_the_day_of_the_meeting_and_is_logged(client_as, users, mine):
    notice, by = coming_notice(mine.commune), users[Role.OFFICER]
    give(notice, mine.officer, users[Role.ASSISTANT])
    give(notice, mine.officer, by, NoticeReply.CANNOT, notice.held_on, reason="Ốm")
    answer = NoticeAnswer.objects.get()
    assert (answer.reply, answer.entered_by) == (NoticeReply.CANNOT, by)
    change = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert (change.before["trả lời"], change.after["trả lời"]) == ("Sẽ dự", "Không dự được")
    give(notice, mine.officer, users[Role.ASSISTANT], NoticeReply.CANNOT, reason="Ốm")
    assert AuditEvent.objects.count() == 2  # the same again is no change
    with pytest.raises(ValidationError, match=LOCKED):
        give(notice, mine.officer, by, on=notice.held_on + ONE)
    assert NoticeAnswer.objects.get().reply == NoticeReply.CANNOT


def test_after_the_meeting_the_page_has_no_form(client_as, mine, today):
    notice = make_notice(mine.commune, held_on=DAY - ONE)
    page = client_as(Role.OFFICER).get(page_of(notice))
    assert [line.form for line in page.context["lines"]] == [None]
    assert "trả lời đã khóa" in text(page)
    data = {"can_bo": mine.officer_id, "reply": "attends"}
    assert LOCKED in text(client_as(Role.OFFICER).post(page_of(notice), data))
    assert not NoticeAnswer.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.OFFICE])
def test_who_is_not_invited_cannot_answer(client_as, mine, today, role):
    notice = coming_notice(mine.commune)
    stranger = make_assignment().officer
    gone = make_assignment(commune=mine.commune, role=AssignmentRole.SUPPORT, ended_on=DAY + ONE)
    for key in (stranger.pk, gone.officer_id, "", "abc", "9" * 30):
        data = {"can_bo": key, "reply": "attends"}
        assert client_as(role).post(page_of(notice), data).status_code == 404
    assert not NoticeAnswer.objects.exists()


def test_nobody_answers_for_a_colleague(client_as, mine, today):
    notice = coming_notice(mine.commune)
    beside = make_assignment(commune=mine.commune, role=AssignmentRole.SUPPORT)
    data = {"can_bo": beside.officer_id, "reply": "attends"}
    assert client_as(Role.OFFICER).post(page_of(notice), data).status_code == 404
    assert client_as(Role.ASSISTANT).post(page_of(notice), data).status_code == 404
    for role in (Role.LEADER, Role.ADMIN):
        assert client_as(role).post(page_of(notice), data).status_code == 403
    assert not NoticeAnswer.objects.exists()


def test_a_notice_elsewhere_is_not_found(client_as, mine, today):
    notice = coming_notice()
    data = {"can_bo": mine.officer_id, "reply": "attends"}
    assert client_as(Role.OFFICER).get(page_of(notice)).status_code == 404
    assert client_as(Role.OFFICER).post(page_of(notice), data).status_code == 404


def test_the_service_refuses_who_is_not_invited(users, mine):
    with pytest.raises(ValidationError, match="không được mời dự"):
        give(coming_notice(mine.commune), make_officer(), users[Role.OFFICE])


def test_a_colleagues_form_is_not_offered(client_as, users, mine, today):
    notice = coming_notice(mine.commune)
    make_assignment(make_officer("Lê Cùng"), mine.commune, role=AssignmentRole.SUPPORT)
    for role, forms in ((Role.OFFICER, 1), (Role.OFFICE, 2), (Role.LEADER, 0)):
        lines = client_as(role).get(page_of(notice)).context["lines"]
        assert sum(line.form is not None for line in lines) == forms


# --- what still awaits an answer -----------------------------------------------------------------


def test_notices_to_answer(users, mine):
    later, sooner = coming_notice(mine.commune, 5), coming_notice(mine.commune, 1)
    answered = coming_notice(mine.commune)
    give(answered, mine.officer, users[Role.OFFICER])
    coming_notice(mine.commune, withdrawn_at=moment(), withdrawal_reason="Hoãn")
    make_notice(mine.commune, held_on=DAY - ONE)
    coming_notice()
    for role in (Role.OFFICER, Role.ASSISTANT):
        assert notices_to_answer(users[role], DAY) == [sooner, later]
    assert notices_to_answer(users[Role.OFFICE], DAY) == []


# --- the list ------------------------------------------------------------------------------------


def test_those_to_come_are_first_soonest_first_then_the_latest(client_as, mine):
    shown = [
        make_notice(mine.commune, held_on=DAY + days * ONE, held_at=dt.time(hour))
        for days, hour in ((0, 7), (0, 14), (3, 8), (-1, 8), (-9, 8))
    ]
    page = client_as(Role.OFFICER).get(as_of(LIST))
    assert rows(page) == shown
    assert rows(client_as(Role.OFFICER).get(as_of(f"{LIST}?tu=10/05/2023"))) == shown[2:3]
    assert rows(client_as(Role.OFFICER).get(as_of(f"{LIST}?den=08/05/2023"))) == shown[3:]


@pytest.fixture
def answered(users, mine):
    """Give notices by how the officer who is a user answered; a colleague is invited to one."""
    by = users[Role.OFFICER]
    notices = {
        key: coming_notice(mine.commune, days)
        for days, key in enumerate(("chua", "se_du", "khong_du", "cu_nguoi", "da_huy"))
    }
    give(notices["se_du"], mine.officer, by)
    give(notices["khong_du"], mine.officer, by, NoticeReply.CANNOT, reason="Họp Tỉnh ủy")
    give(notices["cu_nguoi"], mine.officer, by, NoticeReply.DELEGATES, delegate="Đ/c B")
    off = notices["da_huy"]
    withdraw_notice(notice=off, reason="Hoãn", by=users[Role.OFFICE], now=moment())
    return notices


WORDS = {
    "chua": "Chưa phản hồi",
    "se_du": "Sẽ dự",
    "khong_du": "Không dự được",
    "cu_nguoi": "Cử người khác dự",
    "da_huy": "Đã hủy",
}


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
@pytest.mark.parametrize("key", WORDS)
def test_a_reply_filters_what_it_shows(client_as, answered, role, key):
    page = client_as(role).get(as_of(f"{LIST}?tra_loi={key}"))
    assert rows(page) == [answered[key]]
    (row,) = page.context["rows"]
    assert str(row.cells[-1].value) == WORDS[key]


def test_the_office_sees_how_many_have_not_answered(client_as, users, mine, answered):
    beside = make_assignment(
        make_officer("Lê Cùng"), mine.commune, role=AssignmentRole.SUPPORT, ended_on=DAY + 2 * ONE
    )
    page = client_as(Role.OFFICE).get(as_of(f"{LIST}?tra_loi=chua"))
    shown = {
        row.record: (row.cells[-1].value.word, row.cells[-1].detail) for row in page.context["rows"]
    }
    assert shown == {
        answered["chua"]: (
            "Chưa phản hồi 2/2",
            "Thạch Tôi: chưa phản hồi; Lê Cùng: chưa phản hồi",
        ),
        answered["se_du"]: ("Chưa phản hồi 1/2", "Thạch Tôi: sẽ dự; Lê Cùng: chưa phản hồi"),
    }
    give(answered["se_du"], beside.officer, users[Role.OFFICE], NoticeReply.CANNOT, reason="Ốm")
    page = client_as(Role.OFFICE).get(as_of(f"{LIST}?tra_loi=khong_du"))
    assert set(rows(page)) == {answered["se_du"], answered["khong_du"]}
    own = client_as(Role.OFFICER).get(as_of(f"{LIST}?tra_loi=khong_du"))
    assert rows(own) == [answered["khong_du"]]
    assert "Lê Cùng" not in text(own)


def test_an_answer_of_who_is_invited_no_more_does_not_count(client_as, mine, answered):
    mine.ended_on, mine.end_reason = DAY + ONE, "transferred"
    mine.save()
    page = client_as(Role.OFFICE).get(as_of(f"{LIST}?tra_loi=se_du"))
    assert rows(page) == []


def test_where_and_by_words(client_as):
    here = make_notice(make_commune("An Đây", district=make_district("Kế Sách")))
    make_notice()
    client = client_as(Role.LEADER)
    for query in (
        f"huyen={here.commune.district_id}",
        f"dang_bo={here.commune_id}",
        "tim=day an",
        "tim=ke sach",
    ):
        assert rows(client.get(as_of(f"{LIST}?{query}"))) == [here], query


def test_the_file_is_the_page(client_as, answered):
    response = client_as(Role.OFFICE).get(as_of(f"{LIST}?tra_loi=khong_du&xuat=xlsx"))
    (row,) = table(opened(b"".join(response.streaming_content)).worksheets[0])
    assert row["Ngày họp"].date() == DAY + 2 * ONE
    assert row["Giờ họp"] == "08 giờ 00"
    assert row["Trả lời của từng đồng chí"] == "Thạch Tôi: Họp Tỉnh ủy"


def test_who_sees_which_notices(client_as, users, mine):
    own, elsewhere = make_notice(mine.commune), make_notice()
    past = make_assignment(mine.officer, ended_on=DAY)
    before = make_notice(past.commune, held_on=DAY - ONE)
    make_notice(past.commune, held_on=DAY)
    for role in (Role.OFFICER, Role.ASSISTANT):
        assert set(rows(client_as(role).get(as_of(LIST)))) == {own, before}
    for role in (Role.LEADER, Role.OFFICE, Role.ADMIN):
        assert elsewhere in rows(client_as(role).get(as_of(LIST)))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
@pytest.mark.parametrize("page", ["list", "detail"])
def test_a_page_has_a_fixed_number_of_queries(
    users, client_as, mine, today, role, page,
    django_assert_max_num_queries, django_assert_num_queries,
):  # fmt: skip
    notice = coming_notice(mine.commune, cell=make_cell(mine.commune))
    give(notice, mine.officer, users[Role.OFFICE])
    client, url = client_as(role), LIST if page == "list" else page_of(notice)
    client.get(url)
    with django_assert_max_num_queries(12) as before:
        client.get(url)
    for number in range(6):
        beside = make_assignment(commune=mine.commune, role=AssignmentRole.SUPPORT)
        give(notice, beside.officer, make_user())
        more = make_assignment(mine.officer, started_on=STARTED_ON)
        coming_notice(more.commune, number, cell=make_cell(more.commune), entered_by=make_user())
    with django_assert_num_queries(len(before)):
        client.get(url)


# --- calling off ---------------------------------------------------------------------------------


def off(notice: MeetingNotice) -> str:
    return reverse("visits:notice_withdraw", args=[notice.pk])


@pytest.mark.parametrize(
    ("role", "entered_by", "expected"),
    [
        (Role.OFFICE, Role.OFFICER, 302),
        (Role.OFFICER, Role.OFFICER, 302),
        (Role.ASSISTANT, Role.ASSISTANT, 302),
        (Role.OFFICER, Role.ASSISTANT, 403),
        (Role.ASSISTANT, Role.OFFICE, 403),
        (Role.LEADER, Role.OFFICE, 403),
        (Role.ADMIN, Role.ADMIN, 403),
    ],
)
def test_who_entered_it_and_the_office_call_off(
    client_as, users, mine, today, role, entered_by, expected
):
    notice = coming_notice(mine.commune, entered_by=users[entered_by])
    shown = off(notice) in text(client_as(role).get(page_of(notice)))
    assert shown == (expected == 302)
    assert client_as(role).get(off(notice)).status_code == (200 if shown else 403)
    response = client_as(role).post(off(notice), {"reason": "Hoãn họp"})
    assert response.status_code == expected
    notice.refresh_from_db()
    assert notice.is_withdrawn == (expected == 302)
    assert AuditEvent.objects.filter(verb=Verb.WITHDRAW).count() == (expected == 302)


def test_the_service_refuses_who_did_not_enter_it(users, mine):
    notice = coming_notice(mine.commune, entered_by=users[Role.ASSISTANT])
    for role in (Role.OFFICER, Role.LEADER):
        with pytest.raises(ValidationError, match=NOT_THEIRS):
            withdraw_notice(notice=notice, reason="Hoãn", by=users[role], now=moment())
    assert MeetingNotice.objects.standing().count() == 1


def test_the_question_comes_first_for_who_is_invited(client_as, users, mine, today):
    notice = coming_notice(mine.commune)
    asked = {
        Role.OFFICER: "Đồng chí có dự không?",
        Role.ASSISTANT: "Đồng chí Thạch Tôi có dự không?",
    }
    for role, question in asked.items():
        content = text(client_as(role).get(page_of(notice)))
        assert content.index(question) < content.index("Địa điểm")
        assert content.count("Gửi trả lời") == 1
    assert "Đề nghị người khác dự thay" in content
    assert "có dự không?" not in text(client_as(Role.OFFICE).get(page_of(notice)))
    give(notice, mine.officer, users[Role.OFFICER])
    content = text(client_as(Role.OFFICER).get(page_of(notice)))
    assert "có dự không?" not in content
    assert "Đổi trả lời" in content


def test_who_had_left_by_the_day_of_the_meeting_does_not_call_it_off(client_as, mine):
    notice = coming_notice(mine.commune)
    elsewhere = coming_notice()
    mine.ended_on, mine.end_reason = notice.held_on, "transferred"
    mine.save()
    for row in (notice, elsewhere):  # the commune's notices of after that are not theirs to see
        assert client_as(Role.OFFICER).post(off(row), {"reason": "x"}).status_code == 404
    later = make_assignment(mine.officer, mine.commune, started_on=notice.held_on + ONE)
    assert client_as(Role.OFFICER).post(off(notice), {"reason": "x"}).status_code == 403
    assert later.commune == notice.commune
    assert not MeetingNotice.objects.exclude(withdrawn_at=None).exists()


def test_a_meeting_called_off_takes_no_answers(client_as, users, mine, today):
    notice = coming_notice(mine.commune, entered_by=users[Role.OFFICER])
    client = client_as(Role.OFFICER)
    assert client.post(off(notice), {"reason": ""}).status_code == 200
    assert client.post(off(notice), {"reason": "Hoãn họp"}).url == page_of(notice)
    page = client.get(page_of(notice))
    assert "Hoãn họp" in text(page)
    assert [line.form for line in page.context["lines"]] == [None]
    with pytest.raises(ValidationError, match=CALLED_OFF):
        give(notice, mine.officer, users[Role.OFFICER])
    assert client.post(off(notice), {"reason": "Lần nữa"}).status_code == 404


# --- what a notice leads to ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "may_log", "may_plan"), [(-1, True, False), (0, True, True), (1, False, True)]
)
def test_a_notice_leads_to_a_plan_then_to_the_visit(
    client_as, mine, today, days, may_log, may_plan
):
    notice = make_notice(mine.commune, held_on=DAY + days * ONE)
    content = text(client_as(Role.OFFICER).get(page_of(notice)))
    assert (f"/di-co-so/ghi/?giay_moi={notice.pk}" in content) == may_log
    assert (f"/di-co-so/ke-hoach/them/?giay_moi={notice.pk}" in content) == may_plan
    leader = text(client_as(Role.LEADER).get(page_of(notice)))
    assert "giay_moi=" not in leader
