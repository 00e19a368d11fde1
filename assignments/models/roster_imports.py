"""Uploaded assignment lists."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts import clock
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed


class RosterImportQuerySet(models.QuerySet):
    """Uploaded assignment lists."""

    def visible_to(self, user: User):
        """Keep all for who may import, none for anybody else."""
        return self if allowed(user, Permission.IMPORT_ROSTER) else self.none()


class RosterImport(models.Model):
    """One uploaded assignment list: what was read, what was previewed, and whether applied.

    Only the rows read are kept, not the file.
    """

    file_name = models.CharField("tên tệp", max_length=200)
    checksum = models.CharField("mã kiểm tra tệp (SHA-256)", max_length=64)
    default_date = models.DateField("ngày bắt đầu khi tệp không ghi")
    sheet = models.JSONField("nội dung đã đọc", default=dict)
    choices = models.JSONField("lựa chọn cho dòng chưa rõ", default=dict, blank=True)
    plan_digest = models.CharField("mã kiểm tra phương án", max_length=64)
    new = models.PositiveIntegerField("thêm mới", default=0)
    changed = models.PositiveIntegerField("thay đổi", default=0)
    unchanged = models.PositiveIntegerField("giữ nguyên", default=0)
    refused = models.PositiveIntegerField("từ chối", default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người nạp",
        on_delete=models.PROTECT,
        related_name="roster_imports",
    )
    created_at = models.DateTimeField("nạp lúc", default=clock.now, editable=False)
    applied_at = models.DateTimeField("áp dụng lúc", null=True, blank=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nạp danh sách"
        verbose_name_plural = "các lần nạp danh sách"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.created_at:%d/%m/%Y})"
