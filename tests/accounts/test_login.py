"""Logging in and out: one door, one sentence for every refusal, each act in the log."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts import backends
from accounts.audit import NOBODY, target_key
from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from tests.factories import PASSWORD, make_user

LOGIN = "/tai-khoan/dang-nhap/"
LOGOUT = "/tai-khoan/dang-xuat/"
REFUSED = "Không đăng nhập được: tên đăng nhập hoặc mật khẩu chưa đúng, hoặc tài khoản đã bị khóa."


@pytest.fixture
def user(db) -> User:
    return make_user(username="le.an")


def log_in(client, username: str = "le.an", password: str = PASSWORD, **data):
    return client.post(LOGIN, {"username": username, "password": password} | data)


def is_logged_in(client) -> bool:
    return client.get("/").status_code == 200


def test_the_right_password_opens_the_first_page(client, user):
    response = log_in(client)
    assert response.url == reverse("home")
    assert is_logged_in(client)
    user.refresh_from_db()
    assert user.last_login is not None


@pytest.mark.parametrize("typed", ["LE.AN", "  le.an ", "Le.An"])
def test_case_and_blanks_of_a_user_name_do_not_matter(client, user, typed):
    log_in(client, typed)
    assert is_logged_in(client)


@pytest.mark.parametrize(
    ("username", "password"), [("le.an", "sai"), ("khong.co", PASSWORD), ("bi.khoa", PASSWORD)]
)
def test_every_refusal_reads_the_same(client, user, username, password):
    make_user(username="bi.khoa", is_active=False)
    response = log_in(client, username, password)
    assert response.status_code == 200
    assert REFUSED in response.text
    assert password not in response.text
    assert not is_logged_in(client)


def test_a_missing_account_costs_as_much_work_as_a_wrong_password(client, user, monkeypatch):
    hashed = []
    hasher = User.set_password
    monkeypatch.setattr(
        User, "set_password", lambda self, raw: hashed.append(raw) or hasher(self, raw)
    )
    assert backends.RoleBackend().authenticate(None, username="khong.co", password="doan") is None
    assert hashed == ["doan"]


def test_empty_fields_are_named(client, db):
    response = log_in(client, "", "")
    assert "Ghi tên đăng nhập." in response.text
    assert "Ghi mật khẩu." in response.text
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("typed", ["le\0.ann", "a" * 5000, "ﬀ", "' OR 1=1 --"])
def test_odd_user_names_are_only_refused(client, user, typed):
    assert log_in(client, typed).status_code == 200
    assert not is_logged_in(client)


def test_the_session_gets_a_new_key(client, user):
    client.get(LOGIN)
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    log_in(client)
    assert client.session.session_key != planted


# --- where one goes next -------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["/can-bo/?tim=an", "/dang-bo/7/"])
def test_one_goes_on_to_the_page_asked_for(client, user, target):
    assert log_in(client, next=target).url == target


@pytest.mark.parametrize(
    "target",
    [
        "https://gia-mao.example/",
        "//gia-mao.example/",
        "/\\gia-mao.example",
        "http:///gia-mao.example",
        "javascript:alert(1)",
        "http://testserver@gia-mao.example/",
        LOGIN,
        f"{LOGIN}?next={LOGIN}",
    ],
)
def test_one_never_goes_elsewhere_or_round_in_circles(client, user, target):
    assert 'name="next"' not in client.get(LOGIN, {"next": target}).text
    assert log_in(client, next=target).url == reverse("home")
    assert client.get(LOGIN, {"next": target}).url == reverse("home")


def test_the_page_asked_for_survives_a_wrong_password(client, user):
    response = log_in(client, password="sai", next="/can-bo/")
    assert '<input type="hidden" name="next" value="/can-bo/">' in response.text


# --- the log -------------------------------------------------------------------------------------


def test_a_login_is_told_with_who_and_from_where(client, user):
    log_in(client)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.address) == (Verb.LOGIN, str(user), "127.0.0.1")
    assert event.target_key == target_key(user)


def test_a_failed_login_is_told_by_nobody(client, user):
    log_in(client, password="sai")
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == (Verb.LOGIN_FAILED, NOBODY)
    assert event.target_key == target_key(user)


def test_what_was_typed_for_an_unknown_name_is_not_kept(client, user):
    log_in(client, "Mat-khau-go-nham-o", "x")
    event = AuditEvent.objects.get()
    assert event.verb == Verb.LOGIN_FAILED
    assert "nham" not in f"{event.target}{event.target_key}{event.after}{event.reason}".lower()


def test_a_logout_is_told_and_ends_the_session(client_as, user):
    client = client_as(user)
    response = client.post(LOGOUT)
    assert response.url == LOGIN
    assert not is_logged_in(client)
    assert [event.verb for event in AuditEvent.objects.all()] == [Verb.LOGOUT]


def test_logging_out_twice_is_no_error(client, db):
    assert client.post(LOGOUT).url == LOGIN
    assert not AuditEvent.objects.exists()


# --- the page ------------------------------------------------------------------------------------


def test_the_page_is_the_offices_own_and_fit_for_password_managers(client, db, settings):
    settings.COMMITTEE_NAME = "Tỉnh ủy Thử Nghiệm"
    page = client.get(LOGIN).text
    assert "Tỉnh ủy Thử Nghiệm" in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'for="id_username"' in page
    assert 'for="id_password"' in page


def test_an_error_is_tied_to_its_field(client, db):
    page = log_in(client, "", "x").text
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_username_error"' in page
    assert 'id="id_username_error"' in page


def test_the_login_page_is_not_kept_by_caches(client, db):
    assert "no-store" in client.get(LOGIN)["Cache-Control"]


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_in(client, users, role):
    log_in(client, role.value)
    assert is_logged_in(client)


def test_a_locked_account_is_out_at_once(client_as, user):
    client = client_as(user)
    assert is_logged_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False, suspension="by_admin")
    assert not is_logged_in(client)
