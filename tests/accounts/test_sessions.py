"""Sessions: whose they are, when they end, that their owner sees and ends them, and nobody else."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import sessions
from accounts.browsers import in_words
from accounts.enums import Role, Suspension, Verb
from accounts.models import AuditEvent, Session, User
from accounts.services import set_password, switch
from tests.factories import PASSWORD, make_session, make_user

pytestmark = pytest.mark.usefixtures("real_sessions")

ACCOUNT = "/tai-khoan/"
LEFT = "/tai-khoan/phien/"
OTHERS = "/tai-khoan/phien/ket-thuc-phien-khac/"
LOGIN = "/tai-khoan/dang-nhap/"
NOON = dt.datetime(2026, 11, 20, 5, 0, tzinfo=dt.UTC)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0 Safari/537.36"
)


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user(at_noon, db) -> User:
    return make_user(username="le.an")


def log_in(client, **extra):
    return client.post(LOGIN, {"username": "le.an", "password": PASSWORD}, **extra)


def is_in(client) -> bool:
    return client.get("/").status_code == 200


def writes(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [query["sql"] for query in captured if query["sql"].startswith(("UPDATE", "INSERT"))]


# --- what a row says ---------------------------------------------------------------------------


def test_a_row_says_whose_since_when_and_from_where(client, user):
    log_in(client, headers={"user-agent": CHROME}, REMOTE_ADDR="10.0.0.7")
    row = Session.objects.get()
    assert (row.user, row.began_at, row.seen_at) == (user, NOON, NOON)
    assert (row.address, row.browser) == ("10.0.0.7", "Chrome trên Windows")
    user.refresh_from_db()
    assert user.seen_at == NOON


@pytest.mark.parametrize("agent", ["x" * 5000, "a\0b\x1b[31m", "<script>alert(1)</script>", ""])
def test_any_name_of_a_browser_is_kept_harmless(client, user, agent):
    log_in(client, HTTP_USER_AGENT=agent)
    assert len(Session.objects.get().agent) <= 200
    page = client.get(ACCOUNT, HTTP_USER_AGENT=agent)
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome trên Windows"),
        (CHROME + " Edg/126.0", "Edge trên Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0", "Firefox trên Linux"),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile Safari",
            "Chrome trên điện thoại Android",
        ),
        ("curl/8", "Trình duyệt khác"),
    ],
)
def test_a_browser_is_told_in_words(agent, words):
    assert in_words(agent) == words


def test_use_is_written_once_a_minute_by_one_statement(client, user, at_noon):
    log_in(client)
    assert writes(client, LEFT) == []
    at_noon.shift(59)
    assert writes(client, LEFT) == []
    at_noon.shift(1)
    assert len(writes(client, LEFT)) == 1
    assert writes(client, LEFT) == []
    at_noon.shift(600)
    assert [len(writes(client, LEFT)) for _ in range(3)] == [1, 1, 0]
    user.refresh_from_db()
    assert user.seen_at == Session.objects.get().seen_at == NOON + dt.timedelta(seconds=660)


# --- the end -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "minutes", "lasts"),
    [
        (Role.OFFICE, 14, True),
        (Role.OFFICE, 15, False),
        (Role.ADMIN, 4, True),
        (Role.ADMIN, 5, False),
    ],
)
def test_an_unused_session_ends(client_as, at_noon, db, role, minutes, lasts):
    client = client_as(make_user(role))
    at_noon.shift(minutes * 60)
    assert is_in(client) is lasts
    assert Session.objects.exists() is lasts


def test_use_prolongs_but_not_for_ever(client_as, user, at_noon):
    client = client_as(user)
    for _ in range(71):
        at_noon.shift(600)
        assert is_in(client)
    at_noon.shift(600)
    assert not is_in(client)


def test_what_a_page_asks_by_itself_is_no_use(client_as, user, at_noon):
    client = client_as(user)
    at_noon.shift(14 * 60)
    assert client.get(LEFT, headers={"x-by-itself": "1"}).json() == {"seconds": 60}
    at_noon.shift(60)
    assert client.get(LEFT, headers={"x-by-itself": "1"}).json() == {"seconds": 0}
    assert not is_in(client)


def test_going_on_is(client_as, user, at_noon):
    client = client_as(user)
    at_noon.shift(14 * 60)
    assert client.get(LEFT).json() == {"seconds": 15 * 60}
    at_noon.shift(14 * 60)
    assert is_in(client)


def test_who_is_not_logged_in_has_no_time_left(client, db):
    assert client.get(LEFT).json() == {"seconds": 0}


def test_the_login_page_says_that_it_ended_and_leads_back(client_as, user, at_noon):
    client = client_as(user)
    at_noon.shift(3600)
    address = client.get("/can-bo/?tim=an").url
    assert address == f"{LOGIN}?het=1&next=/can-bo/%3Ftim%3Dan"
    page = client.get(address).text
    assert "Phiên làm việc trước đã kết thúc" in page
    assert '<input type="hidden" name="next" value="/can-bo/?tim=an">' in page


def test_who_was_never_in_is_not_told_of_an_end(client, db):
    assert "het" not in client.get("/can-bo/").url


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/kien-nghi/them/?tim=a", "/kien-nghi/them/%3Ftim%3Da"),
        ("https://gia-mao.example/", "/kien-nghi/"),
        ("", "/kien-nghi/"),
        ("//gia-mao.example/x", "/kien-nghi/"),
        ("http://testserver//gia-mao.example/", "//gia-mao.example/"),
    ],
)
def test_a_form_that_was_lost_is_asked_for_again(client_as, user, at_noon, referer, back):
    client = client_as(user)
    at_noon.shift(3600)
    address = client.post("/kien-nghi/", {"a": "b"}, headers={"referer": referer}).url
    assert address == f"{LOGIN}?het=1&next={back}"
    page = client.get(address).text
    assert 'value="//gia-mao' not in page


@pytest.mark.parametrize("change", ["password", "role", "off"])
def test_another_password_or_role_or_none_ends_all(client_as, user, change):
    clients = [client_as(user), client_as(user)]
    if change == "password":
        set_password(user=user, password="Khac-han-9-lan", by=make_user(Role.ADMIN))
    if change == "role":
        User.objects.filter(pk=user.pk).update(role=Role.LEADER)
    if change == "off":
        switch(user, on=False, why=Suspension.BY_ADMIN)
        assert not Session.objects.filter(user=user).exists()
    assert not any(is_in(client) for client in clients)


def test_ended_rows_are_cleared(user, at_noon):
    live, idle, old = (make_session(user) for _ in range(3))
    Session.objects.filter(pk=idle.pk).update(seen_at=NOON - dt.timedelta(minutes=15))
    Session.objects.filter(pk=old.pk).update(expire_date=NOON)
    assert sessions.clear_ended() == 2
    assert list(Session.objects.all()) == [live]


# --- one's own ---------------------------------------------------------------------------------


def test_ones_own_are_listed_without_their_keys(client_as, user):
    client = client_as(user)
    other, foreign = (
        make_session(user, address="10.9.9.9"),
        make_session(make_user(), address="10.8.8.8"),
    )
    page = client.get(ACCOUNT).text
    assert "(phiên này)" in page
    assert "10.9.9.9" in page
    assert "10.8.8.8" not in page
    for key in (other.session_key, foreign.session_key, client.session.session_key):
        assert key not in page


def end_address(row: Session) -> str:
    return f"/tai-khoan/phien/{sessions.public_id(row.session_key)}/ket-thuc/"


def test_one_is_ended_and_told(client_as, user):
    theirs, client = client_as(user), client_as(user)
    row = Session.objects.get(pk=theirs.session.session_key)
    assert client.post(end_address(row)).url == ACCOUNT
    assert not is_in(theirs)
    assert is_in(client)
    event = AuditEvent.objects.get(verb=Verb.END_SESSION)
    assert row.session_key not in f"{event.before}{event.after}{event.target}{event.target_key}"


def test_the_others_are_ended(client_as, user):
    others, client = [client_as(user), client_as(user)], client_as(user)
    foreign = client_as(make_user())
    client.post(OTHERS)
    assert not any(map(is_in, others))
    assert is_in(client)
    assert is_in(foreign)
    assert AuditEvent.objects.get(verb=Verb.END_SESSION).before == {"Số phiên": 2}


def test_somebody_elses_is_not_there(client_as, user):
    client, foreign = client_as(user), make_session(make_user())
    assert client.post(end_address(foreign)).status_code == 404
    assert client.post(f"/tai-khoan/phien/{foreign.session_key}/ket-thuc/").status_code == 404
    assert Session.objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("name", ["x", "0" * 32, "%00", "ế" * 20, "' OR 1=1"])
def test_a_name_that_is_none_is_not_there(client_as, user, name):
    assert client_as(user).post(f"/tai-khoan/phien/{name}/ket-thuc/").status_code == 404


def test_the_page_costs_the_same_with_many(client_as, user):
    client = client_as(user)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ACCOUNT).status_code == 200
        return len(captured)

    few = count()
    for _ in range(60):
        make_session(user)
    assert count() == few <= 12
    assert "không liệt kê" in client.get(ACCOUNT).text


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_who_they_are(client_as, db, role):
    page = client_as(make_user(role)).get(ACCOUNT).text
    assert role.label in page
    assert "Kết thúc mọi phiên khác" not in page
