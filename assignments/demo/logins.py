"""One account for each role of the demonstration, with passwords that follow from the seed."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import User

ALPHANUMERIC = string.ascii_letters + string.digits
WORDS = ["sen", "lua", "gao", "dua", "cam", "buoi", "xoai", "song", "kenh", "ghe", "muoi", "tom"]


@dataclass(frozen=True)
class Login:
    """An account: its name, role, and the invented person who holds it."""

    username: str
    role: Role
    full_name: str


# The officer's name is that of the officer they are.
LOGINS = (
    Login("lanhdao", Role.LEADER, "Huỳnh Thanh Triều"),
    Login("vanphong", Role.OFFICE, "Trần Thị Bích Duyên"),
    Login("canbo", Role.OFFICER, ""),
    Login("thuky", Role.ASSISTANT, "Lâm Thị Sa Rinh"),
    Login("quantri", Role.ADMIN, "Lý Đăng Khoa"),
)


def random_for(seed: int, purpose: str) -> Random:
    """Give the random numbers of one part of the world, whatever other parts have drawn."""
    return Random(f"{seed} {purpose}")  # noqa: S311 (nothing here is secret)


def password_for(seed: int, login: Login) -> str:
    """Give the login's password: letters of both cases, digits, signs, at least 14 of them."""
    rng = random_for(seed, f"password of {login.username}")
    first, second = rng.sample(WORDS, 2)
    return f"{first.title()}-{second}-{rng.randint(100_000, 999_999)}"


def invent_users(
    seed: int, officer_name: str, created_at: dt.datetime, now: dt.datetime
) -> list[User]:
    """Give an unsaved user for each login; the stored passwords' salt follows from the seed.

    Passwords are of ``now``, whatever day the world tells of: none is too old to log in with, no
    account unused for too long.
    """
    rng = random_for(seed, "salt")
    return [
        User(
            username=login.username,
            full_name=login.full_name or officer_name,
            role=login.role,
            password=make_password(
                password_for(seed, login), salt="".join(rng.choices(ALPHANUMERIC, k=22))
            ),
            must_change_password=False,
            created_at=created_at,
            password_changed_at=now,
            seen_at=now,
        )
        for login in LOGINS
    ]


def working_logins(seed: int) -> Iterator[tuple[Login, str]]:
    """Give each login with its password; "" when it was changed or the account is locked."""
    users = {user.username: user for user in User.objects.all()}
    for login in LOGINS:
        user, password = users.get(login.username), password_for(seed, login)
        works = user is not None and user.is_active and user.check_password(password)
        yield login, password if works else ""
