"""The way in from the server's console when no administrator can log in (DOMAIN §5.3)."""

from __future__ import annotations

import django_otp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, services, suspension, throttle
from accounts.enums import Role, Verb
from accounts.models import User
from accounts.second_factor import services as second_factor

WHY = "KHẨN CẤP: mở lại quyền quản trị bằng lệnh break_glass trên máy chủ"


@transaction.atomic
def restore_administrator(
    *, username: str, password: str, full_name: str = "", drop_second_factor: bool = False
) -> list[str]:
    """Make ``username`` an administrator who can log in and must choose a password then.

    Gives a sentence for each thing done. Raises ValidationError, and does nothing, when the
    password is refused, or an account is to be made without the person's name.
    """
    user = User.objects.named(username)
    done = []
    if user is None:
        user = new_administrator(username, full_name)
        done.append(f"Đã tạo tài khoản quản trị {user}.")
    if drop_second_factor:
        done += drop(user)
    validate_password(password, user)
    if user.role != Role.ADMIN:
        done.append(f"Đã đổi vai trò từ “{user.get_role_display()}” thành “{Role.ADMIN.label}”.")
        user.role = Role.ADMIN
        user.save(update_fields=["role"])
    if suspension.reactivate(user=user, by=None, reason=WHY):
        done.append("Đã cho dùng lại tài khoản đang ngừng.")
    user.refresh_from_db()
    services.set_password(user=user, password=password, by=None)
    done.append("Đã đặt mật khẩu mới; phải đổi khi đăng nhập lần đầu.")
    failures = throttle.unlock(user=user, by=None, reason=WHY)
    done.append(f"Đã mở khóa đăng nhập, xóa {failures} lần sai.")
    audit.record(Verb.CHANGE, user, by=None, after={"Việc đã làm": " ".join(done)}, reason=WHY)
    return done


def new_administrator(username: str, full_name: str) -> User:
    """Make and check the account, its password still to come."""
    if not full_name.strip():
        raise ValidationError(
            f"Chưa có tài khoản {username}. Ghi thêm --full-name “Họ và tên” để tạo mới."
        )
    user = User(username=username.strip().lower(), full_name=full_name, role=Role.ADMIN)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    return user


def drop(user: User) -> list[str]:
    """Take away the second factor; give the sentence when there was one."""
    if not any(django_otp.devices_for_user(user, confirmed=None)):
        return []
    second_factor.take_away(user=user, by=None, reason=WHY)
    return ["Đã gỡ xác thực hai bước."]
