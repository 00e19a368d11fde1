"""What the application told whom: kept, so that nothing is told twice and nothing is missed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from accounts.models import User
from assignments.models.entries import known
from communes.fields import LinesField, NameField
from reports.enums import NotificationKind


class NotificationQuerySet(models.QuerySet):
    """Notifications."""

    def visible_to(self, user: User):
        """Keep the user's own: what somebody is told is theirs alone."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self):
        """Keep what its reader has not opened."""
        return self.filter(read_at__isnull=True)

    def unsent(self):
        """Keep what no e-mail has carried yet."""
        return self.filter(emailed_at__isnull=True)


class Notification(models.Model):
    """One thing told to one user. ``key`` names the thing and its stage: told once, for ever."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người nhận",
        on_delete=models.PROTECT,
        related_name="notifications",
    )
    kind = models.CharField("loại", max_length=20, choices=NotificationKind)
    key = models.CharField("mã việc", max_length=150)
    title = NameField("nội dung", max_length=300)
    detail = LinesField("chi tiết", blank=True)
    address = models.CharField("trang mở ra", max_length=300)
    noticed_on = models.DateField("ngày")
    created_at = models.DateTimeField("lúc", default=clock.now)
    read_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    emailed_at = models.DateTimeField("đã gửi thư lúc", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-noticed_on", "-pk"]
        indexes = [
            models.Index(
                name="reports_notification_unread",
                fields=["user"],
                condition=Q(read_at__isnull=True),
            ),
        ]
        constraints = [
            known("reports_notification", "kind", NotificationKind, "Loại không hợp lệ."),
            models.UniqueConstraint(
                name="reports_notification_told_once",
                fields=("user", "key"),
                violation_error_message="Việc này đã thông báo cho người này.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NotificationRun(models.Model):
    """One run of the nightly command: for which day, what it wrote, what it sent."""

    day = models.DateField("ngày tính")
    started_at = models.DateTimeField("bắt đầu lúc", default=clock.now)
    ended_at = models.DateTimeField("xong lúc", null=True, blank=True)
    written = models.PositiveIntegerField("số thông báo", default=0)
    emailed = models.PositiveIntegerField("số thư gửi", default=0)
    failed = models.PositiveIntegerField("số thư chưa gửi được", default=0)

    class Meta:
        verbose_name = "lần chạy thông báo"
        verbose_name_plural = "các lần chạy thông báo"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"Thông báo ngày {self.day:%d/%m/%Y}"
