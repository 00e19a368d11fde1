"""What is wrong with the settings, in sentences (ids ``theo_doi.E001`` …).

``manage.py`` runs these before nearly every command, ``config/wsgi.py`` before it serves.
``manage.py check --deploy`` tells besides what is weaker than it should be on a real server.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import DatabaseError

from accounts.enums import Role
from config.environment import env

TAG = "theo_doi"
BOOT_FAILED = 4  # by which gunicorn knows that starting again is of no use
SQLITE_ACCOUNTS = 50  # more people than this write at once too often for one file


@checks.register(TAG)
def readable_environment(app_configs, **kwargs) -> list[checks.Error]:
    """Tell every setting that could not be read, all at once."""
    return [
        checks.Error(str(problem), obj="Cài đặt", id=f"{TAG}.{problem.code}")
        for problem in env.problems
    ]


@dataclass(frozen=True)
class Advice:
    """What a real server should not do: its number, when it does, the sentence."""

    code: str
    applies: Callable[[], bool]
    sentence: str


def is_local_name(host: str) -> bool:
    """Say whether a name of the site is this machine's own."""
    return host in ("localhost", "127.0.0.1", "[::1]")


def has_many_on_sqlite() -> bool:
    """Say whether many accounts share one SQLite file; before migrations there are none."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return False
    try:
        return get_user_model().objects.filter(is_active=True).count() > SQLITE_ACCOUNTS
    except DatabaseError:
        return False


# The limits are those of DOMAIN §5.3.
ADVICE = (
    Advice("W101", lambda: settings.DEBUG, "DEBUG đang bật: trang lỗi sẽ lộ mã nguồn và cài đặt."),
    Advice(
        "W102", lambda: not settings.HTTPS, "HTTPS chưa bật: mật khẩu đi trên mạng không mã hóa."
    ),
    Advice(
        "W103",
        lambda: settings.HTTPS and not settings.BEHIND_PROXY,
        "HTTPS bật mà BEHIND_PROXY chưa bật: sau nginx, trang sẽ chuyển hướng mãi không dừng.",
    ),
    Advice(
        "W104",
        lambda: settings.HTTPS and not settings.SITE_ADDRESS.startswith("https://"),
        "SITE_ADDRESS chưa bắt đầu bằng https://: đường dẫn trong thư sẽ mở trang không mã hóa.",
    ),
    Advice(
        "W105",
        lambda: not env("SECRET_KEY"),
        "SECRET_KEY chưa đặt, đang dùng khóa tự tạo trong VAR_DIR: "
        "hai máy chủ sẽ khác khóa, sao lưu cũng không giữ khóa này.",
    ),
    Advice(
        "W106",
        lambda: all(map(is_local_name, settings.ALLOWED_HOSTS)),
        "ALLOWED_HOSTS chỉ có tên của chính máy này: người dùng mở từ máy khác sẽ bị từ chối.",
    ),
    Advice(
        "W107",
        has_many_on_sqlite,
        f"Hơn {SQLITE_ACCOUNTS} tài khoản dùng chung một tệp SQLite; nên chuyển sang PostgreSQL.",
    ),
    Advice(
        "W108",
        lambda: Role.ADMIN not in settings.SECOND_FACTOR_ROLES,
        "SECOND_FACTOR_ROLES chưa có admin: quản trị hệ thống phải xác thực hai bước.",
    ),
    Advice(
        "W109", lambda: not settings.BACKUP_KEY, "BACKUP_KEY chưa đặt: bản sao lưu không mã hóa."
    ),
    Advice("W110", lambda: settings.LOCK_HOURS < 12, "LOCK_HOURS ngắn hơn 12 giờ."),
    Advice("W111", lambda: settings.LOGIN_FAILURES > 5, "LOGIN_FAILURES cho sai quá 5 lần."),
    Advice(
        "W112",
        lambda: settings.PASSWORD_MIN_LENGTH < 14,
        "PASSWORD_MIN_LENGTH ngắn hơn 14 ký tự khi không có xác thực hai bước.",
    ),
    Advice(
        "W113",
        lambda: settings.PASSWORD_MAX_AGE_DAYS[Role.ADMIN] > 60,
        "PASSWORD_MAX_AGE_DAYS: quản trị hệ thống phải đổi mật khẩu ít nhất 60 ngày một lần.",
    ),
    Advice(
        "W114",
        lambda: (
            max(settings.SESSION_IDLE_MINUTES.values()) > 15
            or settings.SESSION_IDLE_MINUTES[Role.ADMIN] > 5
        ),
        "SESSION_IDLE_MINUTES dài hơn 15 phút (quản trị: 5 phút).",
    ),
    Advice("W115", lambda: settings.ACCOUNT_IDLE_DAYS > 45, "ACCOUNT_IDLE_DAYS dài hơn 45 ngày."),
)


@checks.register(TAG, deploy=True)
def fit_for_a_real_server(app_configs, **kwargs) -> list[checks.Warning]:
    """Tell what is weaker than it should be on a real server."""
    return [
        checks.Warning(advice.sentence, obj="Cài đặt", id=f"{TAG}.{advice.code}")
        for advice in ADVICE
        if advice.applies()
    ]


def refuse_bad_settings() -> None:
    """End the process with the sentences of every bad setting; return when there is none."""
    problems = [found for found in checks.run_checks(tags=[TAG]) if found.is_serious()]
    if problems:
        sys.stderr.write("Máy chủ không khởi động vì cài đặt sai:\n")
        sys.stderr.writelines(f"  {found.msg} ({found.id})\n" for found in problems)
        raise SystemExit(BOOT_FAILED)
