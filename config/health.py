"""Whether the server can serve: ``/suc-khoe/``, for a proxy and for who watches over it.

A proxy is told ``ok`` or which parts fail. Who asks from the machine itself, or with the key, also
learns what does not stop the service yet: disk, backup, nightly run, chain of the audit log.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.chain import START, head
from accounts.models import AuditEvent
from reports.models import NotificationRun

PATH = "/suc-khoe/"
DETAIL = "chi-tiet"
KEY_HEADER = "X-Health-Key"


@dataclass(frozen=True)
class Part:
    """One thing looked at: whether it is well, and a sentence about it."""

    is_well: bool
    sentence: str


def database() -> Part:
    """See whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Part(True, "Cơ sở dữ liệu trả lời.")


def migrations() -> Part:
    """See whether the database is as new as the code."""
    missing = on_disk() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        return Part(False, f"Còn {len(missing)} bước cập nhật cơ sở dữ liệu chưa chạy (migrate).")
    return Part(True, "Cơ sở dữ liệu đúng phiên bản.")


@cache
def on_disk() -> frozenset[tuple[str, str]]:
    """Give the migrations of the code, read once in a process."""
    return frozenset(MigrationLoader(None).disk_migrations)


def media() -> Part:
    """See whether attachments can be written."""
    try:
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT):
            return Part(True, "Ghi được tệp đính kèm.")
    except OSError:
        return Part(False, "Không ghi được vào thư mục tệp đính kèm.")


def disk() -> Part:
    """See whether there is room left where attachments are."""
    try:
        free = shutil.disk_usage(settings.MEDIA_ROOT).free // 2**20
    except OSError:
        return Part(False, "Không đọc được dung lượng đĩa.")
    return Part(free >= settings.HEALTH_FREE_MEGABYTES, f"Đĩa còn trống {free} MB.")


def backup() -> Part:
    """See whether the last backup is young enough (``last.json`` beside the backups)."""
    try:
        told = json.loads((settings.BACKUP_DIR / "last.json").read_text(encoding="utf-8"))
        made_at = dt.datetime.fromisoformat(told["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return Part(False, "Chưa có bản sao lưu nào.")
    return young(made_at, settings.HEALTH_BACKUP_HOURS, "Sao lưu lần cuối")


def nightly() -> Part:
    """See whether the nightly command has run to its end."""
    last = NotificationRun.objects.exclude(ended_at=None).order_by("-ended_at").first()
    if last is None:
        return Part(False, "Lệnh chạy hằng đêm chưa chạy lần nào.")
    return young(last.ended_at, settings.HEALTH_NIGHTLY_HOURS, "Lệnh hằng đêm xong lần cuối")


def chain() -> Part:
    """See whether the audit log is sealed as it is written.

    Rows that merely wait for the next write or ``check_audit_log`` (after an upgrade, after a
    crash between commit and sealing) are no fault; rows that later writes have not sealed are.
    """
    waiting = AuditEvent.objects.filter(sequence=None).aggregate(first=Min("at"), last=Max("at"))
    if waiting["first"] is None or head() == START:
        return Part(True, "Nhật ký không có dòng nào bị bỏ sót khi niêm.")
    minutes = int((waiting["last"] - waiting["first"]).total_seconds() // 60)
    is_well = minutes <= settings.HEALTH_UNSEALED_MINUTES
    return Part(is_well, f"Nhật ký vẫn ghi mà không niêm được trong {minutes} phút.")


def young(moment: dt.datetime, hours: int, what: str) -> Part:
    """Judge something that must have happened within ``hours``."""
    minutes = minutes_since(moment)
    return Part(minutes <= hours * 60, f"{what} cách đây {minutes // 60} giờ {minutes % 60} phút.")


def minutes_since(moment: dt.datetime) -> int:
    """Give whole minutes from ``moment`` to now; of a day without a zone, ours."""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=clock.now().tzinfo)
    return max(int((clock.now() - moment).total_seconds() // 60), 0)


# By the word a proxy is told. Without these nobody is served …
VITAL: dict[str, Callable[[], Part]] = {
    "csdl": database,
    "cap-nhat": migrations,
    "tep": media,
}
# … and these are for who watches.
WATCHED: dict[str, Callable[[], Part]] = {
    "dia": disk,
    "sao-luu": backup,
    "hang-dem": nightly,
    "nhat-ky": chain,
}
ASK_DATABASE = {"cap-nhat", "hang-dem", "nhat-ky"}


def look(parts: dict[str, Callable[[], Part]]) -> dict[str, Part]:
    """Look at parts; once the database does not answer it is not asked again."""
    seen: dict[str, Part] = {}
    for word, part in parts.items():
        is_down = "csdl" in seen and not seen["csdl"].is_well
        try:
            if not (is_down and word in ASK_DATABASE):
                seen[word] = part()
        except (DatabaseError, InterfaceError):
            seen[word] = Part(False, "Cơ sở dữ liệu không trả lời.")
    return seen


def is_probe(request: HttpRequest) -> bool:
    """Say whether a request asks how we are."""
    return request.path_info == PATH


def may_see_detail(request: HttpRequest) -> bool:
    """Say whether who asks sits at this machine, or knows the key."""
    key = settings.HEALTH_KEY
    if key and constant_time_compare(request.headers.get(KEY_HEADER, ""), key):
        return True
    if "X-Forwarded-For" in request.headers:  # through a proxy, which is at this machine itself
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer ``ok``, or 503 and the words of what fails; with ``?chi-tiet`` all of it."""
    is_detailed = DETAIL in request.GET and may_see_detail(request)
    seen = look(VITAL | WATCHED if is_detailed else VITAL)
    failing = [word for word, part in seen.items() if not part.is_well]
    status = HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK
    if is_detailed:
        told = {word: {"ok": part.is_well, "cau": part.sentence} for word, part in seen.items()}
        answer = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    else:
        words = "\n".join(failing) or "ok"
        answer = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


class HealthMiddleware:
    """Answers the health page before hosts, TLS, sessions and users are looked at.

    So a proxy may ask by address, over plain HTTP, while the database is down.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_probe(request) and request.method in ("GET", "HEAD"):
            return health(request)
        return self.get_response(request)
