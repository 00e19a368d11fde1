"""Where somebody is logged in: one row for each browser, ended by its owner, by time or by us."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from accounts.browsers import in_words
from accounts.models.users import User
from accounts.session_store import SessionStore


class SessionQuerySet(models.QuerySet):
    """Sessions."""

    def visible_to(self, user: User):
        """Keep the user's own: where they are logged in themselves."""
        return self.filter(user=user)

    def live(self, now: dt.datetime, unused: dt.timedelta):
        """Keep those that are not over at ``now``, being over when not used for ``unused``."""
        return self.filter(expire_date__gt=now, seen_at__gt=now - unused)


class Session(AbstractBaseSession):
    """A browser's session, and whose it is once somebody has logged in with it."""

    user = models.ForeignKey(
        User,
        verbose_name="tài khoản",
        on_delete=models.CASCADE,
        related_name="sessions",
        null=True,
        blank=True,
    )
    began_at = models.DateTimeField("đăng nhập lúc", null=True, blank=True)
    # Written at most once a minute: when its user last asked for a page.
    seen_at = models.DateTimeField("dùng lần cuối", null=True, blank=True)
    address = models.CharField("từ địa chỉ", max_length=45, blank=True)
    agent = models.CharField("trình duyệt", max_length=200, blank=True)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "phiên làm việc"
        verbose_name_plural = "phiên làm việc"
        ordering = ["-seen_at", "session_key"]
        constraints = [
            models.CheckConstraint(
                name="accounts_session_user_and_times",
                condition=models.Q(user=None, began_at=None, seen_at=None)
                | models.Q(user__isnull=False, began_at__isnull=False, seen_at__isnull=False),
                violation_error_message="Phiên của một người phải có giờ đăng nhập và giờ dùng.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user or 'Chưa đăng nhập'}, {self.address or 'không rõ địa chỉ'}"

    @property
    def browser(self) -> str:
        return in_words(self.agent)

    @classmethod
    def get_session_store_class(cls):
        return SessionStore
