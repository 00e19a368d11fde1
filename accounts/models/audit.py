"""The record of who did what: rows that are only ever added."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from accounts import clock
from accounts.enums import Verb
from accounts.only_added import OnlyAdded

ONLY_ADDED = "Dữ liệu này chỉ được ghi thêm, không được sửa hay xóa."


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are added and read, nothing else."""

    def update(self, **values):
        raise ValidationError(ONLY_ADDED)

    def bulk_update(self, *args, **kwargs):
        raise ValidationError(ONLY_ADDED)

    def delete(self):
        raise ValidationError(ONLY_ADDED)


class AppendOnly(models.Model):
    """A row that is written once and then only read."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise ValidationError(ONLY_ADDED)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(ONLY_ADDED)


class AuditEvent(AppendOnly):
    """One act of one person. Rows are only ever added; they hold text, not foreign keys,

    so that they stay readable whatever happens to the records they speak of.
    """

    at = models.DateTimeField("lúc", default=clock.now, db_index=True)
    actor = models.CharField("người thực hiện", max_length=200)
    address = models.CharField("từ địa chỉ", max_length=45, blank=True)
    verb = models.CharField("việc", max_length=20, choices=Verb)
    target_key = models.CharField("mã đối tượng", max_length=80, blank=True, db_index=True)
    target = models.CharField("đối tượng", max_length=300)
    before = models.JSONField("trước", default=dict, blank=True)
    after = models.JSONField("sau", default=dict, blank=True)
    reason = models.TextField("lý do", blank=True)
    # By which a line of the server's own log is found again.
    request_id = models.CharField("mã yêu cầu", max_length=36, blank=True)
    # Place in the chain and the seal over this row and the one before; set once, after the commit.
    sequence = models.BigIntegerField("số thứ tự", null=True, editable=False)
    seal = models.CharField("dấu niêm", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký hệ thống"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(
                name="accounts_audit_unsealed", fields=["id"], condition=models.Q(sequence=None)
            ),
            models.Index(name="accounts_audit_actor_at", fields=["actor", "at"]),
            models.Index(name="accounts_audit_verb_at", fields=["verb", "at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="accounts_auditevent_one_sequence",
                fields=["sequence"],
                violation_error_message="Số thứ tự của nhật ký đã có dòng khác.",
            ),
            models.CheckConstraint(
                name="accounts_auditevent_sequence_and_seal",
                condition=models.Q(sequence=None, seal="")
                | (models.Q(sequence__isnull=False) & ~models.Q(seal="")),
                violation_error_message="Dòng nhật ký có số thứ tự thì phải có dấu niêm.",
            ),
            # What a trim has noted may go; the seal is set once, after the row is committed.
            OnlyAdded(
                name="accounts_auditevent_only_added",
                once=("sequence", "seal"),
                released_by="accounts_audittrim",
                released_before={"at": "before"},
                released_through={"sequence": "last_sequence"},
                violation_error_message=ONLY_ADDED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.target}"


class AuditTrim(AppendOnly):
    """Old rows of the log taken away under the retention rule: up to where, and the chain's end."""

    at = models.DateTimeField("cắt lúc", default=clock.now)
    before = models.DateTimeField("cắt các dòng trước", db_index=True)
    last_sequence = models.BigIntegerField("số thứ tự cuối đã cắt")
    last_seal = models.CharField("dấu niêm cuối đã cắt", max_length=64)
    rows = models.PositiveIntegerField("số dòng")

    class Meta:
        verbose_name = "lần cắt nhật ký"
        verbose_name_plural = "các lần cắt nhật ký"
        ordering = ["-before", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="accounts_audittrim_before_made",
                condition=models.Q(before__lte=models.F("at")),
                violation_error_message="Không thể cắt nhật ký của thời gian chưa đến.",
            ),
            OnlyAdded(name="accounts_audittrim_only_added", violation_error_message=ONLY_ADDED),
        ]

    def __str__(self) -> str:
        return f"{self.rows} dòng trước {self.before:%d/%m/%Y}"
