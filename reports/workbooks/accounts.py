"""The workbook of the yearly review of accounts and rights (DOMAIN §5.3)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import FileResponse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import throttle
from accounts.enums import Permission, Role
from accounts.models import User
from accounts.password_age import days_used, longest_use
from accounts.permissions import ROLE_PERMISSIONS
from assignments.spreadsheets import Field, Kind, Sheet
from assignments.spreadsheets.response import workbook_response

HELD = "x"


def review_response(*, day: dt.date, user: User, now: dt.datetime) -> FileResponse:
    """Answer with the workbook, and record that ``user`` took it."""
    return workbook_response(
        [accounts_sheet(day, now), rights_sheet(day)],
        file_name=f"ra-soat-tai-khoan-{day:%Y-%m-%d}.xlsx",
        by=user,
        now=now,
    )


def accounts(now: dt.datetime) -> QuerySet[User]:
    """Give every account, with ``is_locked_out`` and ``has_factor``."""
    phones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    return throttle.with_locks(User.objects.annotate(has_factor=Exists(phones)), now)


def accounts_sheet(day: dt.date, now: dt.datetime) -> Sheet:
    """List every account with its state at ``now``, and room for what is decided of it."""
    return Sheet(
        name="Tài khoản",
        title="Rà soát tài khoản",
        day=day,
        columns=[
            Field("Tên đăng nhập", width=18),
            Field("Họ và tên", width=26),
            Field("Vai trò", width=22),
            Field("Tình trạng", Kind.STATE, 18),
            Field("Tạo ngày", Kind.DATE, 12),
            Field("Dùng lần cuối", Kind.DATE, 12),
            Field("Hai bước", Kind.STATE, 10),
            Field("Khóa đăng nhập", Kind.STATE, 14),
            Field("Tuổi mật khẩu (ngày)", Kind.NUMBER, 12),
            Field("Được dùng (ngày)", Kind.NUMBER, 12),
            Field("Ý kiến rà soát", width=24),
        ],
        rows=[account_row(user, now) for user in accounts(now)],
        notes=[
            f"Tài khoản không dùng {settings.ACCOUNT_IDLE_DAYS} ngày tự ngừng. Cột “Ý kiến rà "
            "soát” để ghi: giữ, đổi vai trò, ngừng."
        ],
    )


def account_row(user: User, now: dt.datetime) -> list[object]:
    return [
        user.username,
        user.full_name,
        user.get_role_display(),
        "Đang dùng" if user.is_active else f"Đã ngừng: {user.get_suspension_display()}",
        local_day(user.created_at),
        local_day(max((at for at in (user.seen_at, user.last_login) if at), default=None)),
        "Có" if user.has_factor else "Không",
        "Đang bị khóa" if user.is_locked_out else None,
        days_used(user, now),
        longest_use(user),
        None,
    ]


def local_day(at: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(at) if at else None


def rights_sheet(day: dt.date) -> Sheet:
    """Give the matrix of roles and permissions as the code has it."""
    return Sheet(
        name="Quyền theo vai trò",
        title="Quyền của từng vai trò",
        day=day,
        columns=[
            Field("Quyền", width=44),
            *(Field(role.label, Kind.STATE, 16) for role in Role),
        ],
        rows=[
            [
                permission.label,
                *(HELD if permission in ROLE_PERMISSIONS[role] else None for role in Role),
            ]
            for permission in Permission
        ],
        signed=False,
        notes=[
            "Quyền theo vai trò, không cấp riêng cho từng người. Phạm vi dữ liệu: cán bộ và thư ký "
            "chỉ thấy địa bàn của mình; các vai trò khác thấy toàn bộ."
        ],
    )
