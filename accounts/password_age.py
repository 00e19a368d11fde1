"""How long a password is used, and when it must be changed before anything else (DOMAIN §5.3)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from accounts.models import User
from accounts.passwords import has_second_factor

# So many days before a password's time is over its owner is told at each login.
WARNING_DAYS = 7

SET_BY_ANOTHER = (
    "Mật khẩu hiện tại do người quản trị đặt. Đồng chí chọn mật khẩu riêng rồi mới dùng tiếp được."
)


def days_used(user: User, now: dt.datetime) -> int:
    """Count the whole days since the password was set."""
    return (now - user.password_changed_at).days


def longest_use(user: User) -> int:
    """Give for how many days somebody of the user's role may use a password."""
    return settings.PASSWORD_MAX_AGE_DAYS[user.role]


def why_change(user: User, now: dt.datetime) -> str:
    """Give the sentence why ``user`` must change the password at once; empty when not."""
    if user.must_change_password:
        return SET_BY_ANOTHER
    if not user.password_stands_alone and not has_second_factor(user):
        return (
            "Tài khoản không còn xác thực hai bước, mật khẩu hiện tại chưa đủ mạnh để đăng nhập "
            f"một bước (ít nhất {settings.PASSWORD_MIN_LENGTH} ký tự). Đồng chí đổi mật khẩu rồi "
            "mới dùng tiếp được."
        )
    if (days := days_used(user, now)) >= longest_use(user):
        return (
            f"Mật khẩu đã dùng {days} ngày; quy định đổi sau mỗi {longest_use(user)} ngày. "
            "Đồng chí đổi mật khẩu rồi mới dùng tiếp được."
        )
    return ""


def warning(user: User, now: dt.datetime) -> str:
    """Give the sentence that the password's time ends soon; empty when it does not.

    Who must change it at once is told so by that page.
    """
    left = longest_use(user) - days_used(user, now)
    if left > WARNING_DAYS or why_change(user, now):
        return ""
    return f"Mật khẩu còn dùng được {left} ngày, đồng chí nên đổi sớm."
