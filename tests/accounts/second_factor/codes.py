"""What a phone would show."""

from __future__ import annotations

import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from accounts.second_factor import recovery

LOGIN = "/tai-khoan/dang-nhap/"
VERIFY = "/tai-khoan/xac-minh/"


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    """Give the code of ``device``, so many steps of 30 seconds from now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def give_phone(user: User) -> TOTPDevice:
    """Let ``user`` have a second factor already."""
    return TOTPDevice.objects.create(user=user, name="Điện thoại")


def give_codes(user: User) -> list[str]:
    """Let ``user`` have recovery codes."""
    return recovery.replace(user)
