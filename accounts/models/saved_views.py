"""List pages as users like to look at them."""

from __future__ import annotations

from django.db import models

from accounts.models.users import User


class SavedViewQuerySet(models.QuerySet):
    """Saved views."""

    def visible_to(self, user: User):
        """Keep the user's own: nobody else's way of looking is anybody's business."""
        return self.filter(user=user)


class SavedView(models.Model):
    """A list page as one user likes to look at it: its filters, search and sort under a name."""

    user = models.ForeignKey(
        User, verbose_name="tài khoản", on_delete=models.CASCADE, related_name="saved_views"
    )
    path = models.CharField("trang", max_length=100)
    query = models.CharField("điều kiện", max_length=1000)
    name = models.CharField("tên bộ lọc", max_length=60)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="accounts_savedview_one_name_per_page",
                fields=("user", "path", "name"),
                violation_error_message="Trang này đã có bộ lọc tên đó.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}"
