"""Accounts: one person, one role; rights follow from the role alone."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command

from accounts.enums import Permission, Role
from accounts.models import User
from accounts.permissions import ROLE_PERMISSIONS, allowed
from tests.factories import PASSWORD, make_user


def test_every_role_has_its_permissions():
    assert set(ROLE_PERMISSIONS) == set(Role)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_somebodys(permission):
    assert any(permission in granted for granted in ROLE_PERMISSIONS.values())


@pytest.mark.parametrize("permission", Permission)
def test_nobody_and_the_locked_may_do_nothing(permission):
    assert not allowed(AnonymousUser(), permission)
    for role in Role:
        assert not allowed(User(role=role, is_active=False), permission)


def test_a_role_unknown_to_the_code_may_do_nothing():
    assert not any(allowed(User(role="vua"), permission) for permission in Permission)


@pytest.mark.parametrize("role", Role)
def test_only_the_administrator_is_let_into_the_admin(role):
    user = User(role=role)
    is_admin = role == Role.ADMIN
    assert user.is_staff is is_admin
    assert user.has_perm("accounts.change_user") is is_admin
    assert user.has_module_perms("accounts") is is_admin


@pytest.mark.parametrize("username", ["le.an", "a", "van-thu_2", "9"])
def test_good_user_names(username):
    User(username=username, full_name="Lê An", role=Role.OFFICE, password="x").full_clean(
        validate_unique=False, validate_constraints=False
    )


@pytest.mark.parametrize("username", ["Lê An", "An", ".an", "le an", "an\n", "đ", "", "a" * 61])
def test_bad_user_names(username):
    user = User(username=username, full_name="Lê An", role=Role.OFFICE, password="x")
    with pytest.raises(ValidationError) as refused:
        user.full_clean(validate_unique=False, validate_constraints=False)
    assert set(refused.value.message_dict) == {"username"}


@pytest.mark.parametrize(
    ("full_name", "initials", "short"),
    [
        ("Trần Thị Thu Hà", "TH", "Hà"),
        ("Ánh", "ÁN", "Ánh"),
        ("đỗ ánh", "ĐÁ", "ánh"),
        ("", "VT", "vt"),
    ],
)
def test_initials_and_short_name(full_name, initials, short):
    user = User(username="vt", full_name=full_name)
    assert (user.initials, user.get_short_name()) == (initials, short)


def test_a_superuser_made_on_the_server_administers(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", "--noinput", username="quantri", full_name="Lê Quản", verbosity=0
    )
    user = User.objects.get()
    assert user.role == Role.ADMIN
    assert user.must_change_password
    assert user.check_password(PASSWORD)


def test_the_name_somebody_types_finds_the_user(db):
    user = make_user(username="le.an")
    assert User.objects.named(" LE.An ") == user
    assert User.objects.named("le") is None
