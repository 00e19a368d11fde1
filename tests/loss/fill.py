"""``python -m tests.loss.fill``: something in every table the demonstration leaves empty.

Run on a site of its own (``tests/loss/site.py``).
"""

from __future__ import annotations

import django

django.setup()

from axes.models import (  # noqa: E402
    AccessAttempt,
    AccessAttemptExpiration,
    AccessFailureLog,
    AccessLog,
)
from django.apps import apps  # noqa: E402
from django.contrib.admin.models import ADDITION, LogEntry  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.contrib.auth.models import Permission as AuthPermission  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.db import models  # noqa: E402
from django_otp.plugins.otp_static.models import StaticDevice  # noqa: E402
from django_otp.plugins.otp_totp.models import TOTPDevice  # noqa: E402

from accounts import clock  # noqa: E402
from accounts.models import AuditTrim, FormerPassword, Session, User  # noqa: E402
from assignments.models import VisitAttachment  # noqa: E402
from reports.models import DocumentTemplate, PackFile  # noqa: E402
from tests.test_admin import MAKERS  # noqa: E402


def make_session() -> None:
    now = clock.now()
    Session.objects.create(
        session_key="a" * 32,
        session_data="x",
        expire_date=now,
        user=User.objects.first(),
        began_at=now,
        seen_at=now,
    )


def make_group() -> None:
    ContentType.objects.get_or_create(app_label="auth", model="group")
    kind = ContentType.objects.first()
    right, _ = AuthPermission.objects.get_or_create(
        codename="any", defaults={"name": "any", "content_type": kind}
    )
    Group.objects.create(name="any").permissions.add(right)


def make_failures() -> None:
    said = {"username": "", "ip_address": "10.0.0.1", "user_agent": "", "path_info": "/"}
    attempt = AccessAttempt.objects.create(**said, failures_since_start=1)
    AccessAttemptExpiration.objects.create(access_attempt=attempt, expires_at=clock.now())
    AccessFailureLog.objects.create(**said)
    AccessLog.objects.create(**said)


def make_recovery_codes() -> None:
    StaticDevice.objects.create(user=User.objects.first()).token_set.create(token="abcdefgh")


OTHERS = {
    Session: make_session,
    FormerPassword: lambda: FormerPassword.objects.create(
        user=User.objects.first(), password="argon2$x"
    ),
    AuditTrim: lambda: AuditTrim.objects.create(
        before=clock.now(), last_sequence=1, last_seal="0" * 64, rows=1
    ),
    TOTPDevice: lambda: TOTPDevice.objects.create(user=User.objects.first()),
    StaticDevice: make_recovery_codes,
    Group: make_group,
    AccessAttempt: make_failures,
    LogEntry: lambda: LogEntry.objects.create(
        user=User.objects.first(), object_repr="x", action_flag=ADDITION
    ),
}


def give_files() -> None:
    """Put real bytes where the makers name files that are not there."""
    for model in (VisitAttachment, PackFile, DocumentTemplate):
        for row in model.objects.all():
            if not row.file.storage.exists(row.file.name):
                content = ContentFile(bytes(range(256)) * 40 + str(row.pk).encode())
                model.objects.filter(pk=row.pk).update(
                    file=row.file.storage.save(row.file.name, content)
                )


def empty_tables() -> list[type[models.Model]]:
    managed = apps.get_models(include_auto_created=True)
    return [model for model in managed if not model._base_manager.exists()]


for model in empty_tables():
    maker = OTHERS.get(model) or MAKERS.get(model)
    if maker and not model._base_manager.exists():
        maker()
give_files()
if still_empty := empty_tables():
    raise SystemExit(f"nothing in {[model._meta.label for model in still_empty]}")
