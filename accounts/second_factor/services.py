"""Setting up, using and taking away a second factor. Each write writes its audit row."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import audit, clock, sessions
from accounts.enums import Verb
from accounts.models import User
from accounts.second_factor import recovery

PHONE_CODE = re.compile(r"[0-9]{6}")
BLANKS = re.compile(r"[\s.-]+")
# Whoever begins to set up a phone shows it the secret at once, or begins again.
SETTING_UP = dt.timedelta(minutes=15)


def phone(user: User) -> TOTPDevice | None:
    """Give the phone whose codes ``user`` logs in with."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def new_phone(user: User) -> TOTPDevice | None:
    """Give the phone being set up, whose first code is still to come."""
    begun = TOTPDevice.objects.filter(user=user, confirmed=False)
    return begun.filter(created_at__gt=clock.now() - SETTING_UP).first()


def is_asked_of(user: User) -> bool:
    """Say whether everybody of the user's role must have a second factor."""
    return user.role in settings.SECOND_FACTOR_ROLES


@dataclass(frozen=True)
class Tried:
    """What became of a code: the device that took it; if none did, for how many seconds to wait

    because of the codes before; and what came out of it, to be shown once.
    """

    device: Device | None = None
    wait: int = 0
    codes: tuple[str, ...] = ()


# --- using it ---------------------------------------------------------------------------------


def device_for(user: User, typed: str) -> Device | None:
    """Give the device a code is of, by its form: six digits come from the phone."""
    if PHONE_CODE.fullmatch(BLANKS.sub("", typed)):
        return phone(user)
    return StaticDevice.objects.filter(user=user).first()


def check(device: Device | None, typed: str) -> Tried:
    """Let the library check a code in the caller's transaction, one at a time for each device."""
    if device is None:
        return Tried()
    device = type(device).objects.select_for_update().select_related("user").get(pk=device.pk)
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Tried(wait=math.ceil((why["locked_until"] - clock.now()).total_seconds()))
    is_phone = isinstance(device, TOTPDevice)
    token = BLANKS.sub("", typed) if is_phone else recovery.digest(device.user, typed)
    return Tried(device) if device.verify_token(token) else Tried()


@transaction.atomic
def try_code(*, user: User, typed: str) -> Tried:
    """Check a code for the login of ``user``; one that is right is used up."""
    tried = check(device_for(user, typed), typed)
    if isinstance(tried.device, StaticDevice):
        left = {"Mã dự phòng còn lại": recovery.left(user)}
        audit.record(Verb.SECOND_FACTOR, user, by=user, after=left, reason="Dùng mã dự phòng")
    return tried


def note_wrong_code(user: User) -> None:
    """Record that somebody who knew the password of ``user`` gave a wrong code."""
    audit.record(Verb.LOGIN_FAILED, user, by=audit.NOBODY, reason="Sai mã xác nhận")


# --- setting it up, taking it away ------------------------------------------------------------


@transaction.atomic
def begin(*, user: User) -> None:
    """Make the secret of a new phone; it counts once its first code has come."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    TOTPDevice.objects.create(user=user, name="Điện thoại", confirmed=False)
    audit.record(Verb.SECOND_FACTOR, user, by=user, reason="Bắt đầu thiết lập điện thoại")


@transaction.atomic
def confirm(*, user: User, typed: str) -> Tried:
    """Check the first code of the phone being set up; from then on it is the one that counts.

    Gives the new recovery codes with the device.
    """
    is_code = PHONE_CODE.fullmatch(BLANKS.sub("", typed))
    tried = check(new_phone(user) if is_code else None, typed)
    if tried.device is None:
        return tried
    before, _ = TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    TOTPDevice.objects.filter(pk=tried.device.pk).update(confirmed=True)
    audit.record(Verb.SECOND_FACTOR, user, by=user, reason="Đổi điện thoại" if before else "Bật")
    return Tried(tried.device, codes=tuple(recovery.replace(user)))


@transaction.atomic
def new_codes(*, user: User) -> list[str]:
    """Make a new set of recovery codes; the old ones are void."""
    codes = recovery.replace(user)
    audit.record(Verb.SECOND_FACTOR, user, by=user, reason="Lập mã dự phòng mới")
    return codes


@transaction.atomic
def take_away(*, user: User, by: User | None, reason: str = "") -> None:
    """Take the second factor away: its owner, or an administrator for who has lost the phone.

    Taken away by somebody else it ends all sessions of ``user``. A password that is too weak to be
    the only factor must then be changed first (accounts.password_age).
    """
    TOTPDevice.objects.filter(user=user).delete()
    recovery.drop(user)
    if by != user:
        sessions.end_all(user)
    audit.record(Verb.SECOND_FACTOR, user, by=by, after={"Xác thực hai bước": "Tắt"}, reason=reason)
