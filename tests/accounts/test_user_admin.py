"""The administrator's pages of accounts: one person, one account; states, unlocking, reviving."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock, services
from accounts.audit import target_key
from accounts.enums import Role, Suspension, Verb
from accounts.models import AuditEvent, User
from accounts.user_forms import UserForm
from tests.accounts.test_throttle import fail, gets_in
from tests.factories import make_user

LIST = "/quan-tri/accounts/user/"
NEW = "Cầu-Kè-xanh-mát-7"


@pytest.fixture
def administrator(client_as, users):
    return client_as(Role.ADMIN)


@pytest.fixture
def resting(db) -> User:
    return make_user(
        username="nghi.lau",
        is_active=False,
        suspension=Suspension.IDLE,
        reactivation_asked_at=clock.now(),
    )


def act(user: User, name: str) -> str:
    return reverse(f"admin:accounts_user_{name}", args=[user.pk])


def add(client, **changes):
    data = {
        "username": "le.moi",
        "full_name": "Lê Thị Mới",
        "role": "office",
        "password1": NEW,
        "password2": NEW,
    }
    return client.post(f"{LIST}add/", data | changes)


def errors(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


# --- one person, one account ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "username", ["vanphong", "van-phong", "van.phong_2", "admin", "banthuongvu", "test1", "guest"]
)
def test_a_name_of_nobody_is_refused_with_the_reason(administrator, username):
    assert "là tên chung" in errors(add(administrator, username=username))["username"][0]


@pytest.mark.parametrize("username", ["le.moi", "thu", "van-phong.le", "tam2"])
def test_a_persons_name_is_taken(administrator, username):
    assert add(administrator, username=username).status_code == 302
    assert User.objects.filter(username=username).exists()


def test_a_name_given_before_the_rule_stays(administrator):
    user = make_user(username="vanphong", full_name="Trần Thị Bích Duyên")
    data = {"username": "vanphong", "full_name": "Trần Bích Duyên", "role": "office"}
    response = administrator.post(f"{LIST}{user.pk}/change/", data | {"is_active": "on"})
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.full_name == "Trần Bích Duyên"


@pytest.mark.parametrize("full_name", ["Lý Kim Huê", " lý  kim HUÊ ", "Ly\u0301 Kim Hue\u0302"])
def test_a_namesake_is_asked_about_not_forbidden(administrator, full_name):
    make_user(username="hue.cu", full_name="Lý Kim Huê")
    refused = add(administrator, full_name=full_name)
    assert "đã có tài khoản đang dùng (hue.cu)" in errors(refused)["full_name"][0]
    assert add(administrator, full_name=full_name, is_somebody_else="on").status_code == 302


def test_a_namesake_who_has_left_is_not_asked_about(administrator):
    make_user(full_name="Lê Thị Mới", is_active=False)
    assert add(administrator).status_code == 302


def test_the_rules_of_passwords_hold_here_too(administrator):
    refused = add(administrator, password1="Le-Thi-Moi-2026-x", password2="Le-Thi-Moi-2026-x")
    assert "trong họ và tên" in errors(refused)["password1"][0]


# --- switching on, unlocking ---------------------------------------------------------------------


def test_who_asks_to_come_back_stands_first(administrator, resting):
    page = administrator.get(LIST)
    assert page.context["cl"].result_list[0] == resting
    assert "Lâu không dùng" in page.text
    for query, found in (("de_nghi=co", True), ("de_nghi=khong", False)):
        rows = administrator.get(f"{LIST}?{query}").context["cl"].queryset
        assert (resting in rows) is found


def test_one_button_brings_it_back(administrator, resting, users):
    assert act(resting, "reactivate") in administrator.get(f"{LIST}{resting.pk}/change/").text
    assert "Cho dùng lại tài khoản" in administrator.get(act(resting, "reactivate")).text
    response = administrator.post(act(resting, "reactivate"), {"reason": "Đã gọi điện"})
    assert response.url == f"{LIST}{resting.pk}/change/"
    resting.refresh_from_db()
    assert resting.is_active
    event = AuditEvent.objects.get(target_key=target_key(resting))
    assert (event.verb, event.actor) == (Verb.REACTIVATE, str(users[Role.ADMIN]))
    assert event.reason == "Đã gọi điện"


def test_a_locked_account_is_shown_found_and_unlocked(administrator, users):
    user = make_user(username="le.an")
    fail(5)
    assert "Đang bị khóa" in administrator.get(f"{LIST}{user.pk}/change/").text
    assert list(administrator.get(f"{LIST}?khoa=co").context["cl"].queryset) == [user]
    assert user not in administrator.get(f"{LIST}?khoa=khong").context["cl"].queryset
    administrator.post(act(user, "unlock"), {"reason": "Gõ nhầm"})
    event = AuditEvent.objects.get(verb=Verb.UNLOCK)
    assert (event.actor, event.reason) == (str(users[Role.ADMIN]), "Gõ nhầm")
    assert gets_in()


def test_a_lock_everywhere_is_shown_too(administrator, settings):
    settings.LOGIN_FAILURES_PER_ACCOUNT = 3
    user = make_user(username="le.an")
    for number in range(3):
        fail(1, address=f"10.3.3.{number}")
    assert list(administrator.get(f"{LIST}?khoa=co").context["cl"].queryset) == [user]


def test_a_password_set_meanwhile_stays(administrator, monkeypatch):
    user = make_user(username="le.an")
    clean = UserForm.clean

    def while_somebody_else_writes(form):
        stored = User.objects.get(pk=user.pk)
        services.set_password(user=stored, password=NEW, by=stored)
        return clean(form)

    monkeypatch.setattr(UserForm, "clean", while_somebody_else_writes)
    data = {"username": "le.an", "full_name": "Lê Tên Mới", "role": "office", "is_active": "on"}
    administrator.post(f"{LIST}{user.pk}/change/", data)
    user.refresh_from_db()
    assert user.full_name == "Lê Tên Mới"
    assert user.check_password(NEW)


@pytest.mark.parametrize("name", ["unlock", "reactivate"])
@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_without_a_reason_nothing_is_done(administrator, resting, name, reason):
    response = administrator.post(act(resting, name), {"reason": reason})
    assert response.status_code == 200
    assert response.context["form"].errors["reason"]
    resting.refresh_from_db()
    assert not resting.is_active
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("name", ["unlock", "reactivate"])
def test_the_buttons_are_the_administrators(client_as, users, resting, name):
    for role in set(Role) - {Role.ADMIN}:
        assert client_as(role).post(act(resting, name), {"reason": "Thử"}).status_code == 403
    resting.refresh_from_db()
    assert not resting.is_active


@pytest.mark.parametrize("is_active", [True, False])
def test_switching_in_the_form_has_its_own_word(administrator, is_active):
    user = make_user(username="le.an", is_active=not is_active)
    data = {"username": "le.an", "full_name": user.full_name, "role": "office"}
    if is_active:
        data["is_active"] = "on"
    administrator.post(f"{LIST}{user.pk}/change/", data | {"audit_reason": "Theo đề nghị"})
    event = AuditEvent.objects.get(target_key=target_key(user))
    assert event.verb == (Verb.REACTIVATE if is_active else Verb.SUSPEND)
    assert event.reason == "Theo đề nghị"


def test_the_list_asks_no_more_for_more_accounts(administrator):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            administrator.get(LIST)
        return len(captured)

    queries()
    few = queries()
    for _ in range(15):
        make_user()
    assert queries() == few <= 12
