"""Recovery codes: ten for paper, each good for one login without the phone.

They are django-otp's static tokens. The library would store them as they are; what is stored is a
keyed digest cut to the column's 16 characters (80 bits), so that who reads the table can log in
with none. With another ``SECRET_KEY`` they are void, and a new set is made with the phone's code.
"""

from __future__ import annotations

import base64
import secrets

from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from accounts.models import User

COUNT = 10
GROUP, GROUPS = 4, 3  # characters: 60 bits
# Without those that are mistaken for others when read from paper.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
STORED = 16  # characters of the column


def make_code() -> str:
    """Give a new code: ``ABCD-EFGH-JKLM``."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def plain(typed: str) -> str:
    """Give a code as it is compared: its letters, whatever their case and what is between."""
    return "".join(letter for letter in typed.upper() if letter in LETTERS)


def digest(user: User, typed: str) -> str:
    """Give what is stored of a code of ``user``."""
    made = salted_hmac("accounts.recovery", f"{user.pk}:{plain(typed)}", algorithm="sha256")
    return base64.b32encode(made.digest()).decode()[:STORED]


def replace(user: User) -> list[str]:
    """Make a new set for ``user``, instead of what they had; give it, for the only time."""
    drop(user)
    codes = [make_code() for _ in range(COUNT)]
    device = StaticDevice.objects.create(user=user, name="Mã dự phòng")
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=digest(user, code)) for code in codes
    )
    return codes


def drop(user: User) -> None:
    """Take away what is left of the set."""
    StaticDevice.objects.filter(user=user).delete()


def left(user: User) -> int:
    """Count the codes not used yet."""
    return StaticToken.objects.filter(device__user=user).count()
