"""Accounts in the admin site: their states, what they ask for, switching on and unlocking."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from accounts import clock, services, sessions, suspension, throttle
from accounts.audited_admin import AuditedAdmin
from accounts.enums import Verb
from accounts.models import User
from accounts.second_factor import services as second_factor
from accounts.user_forms import ReasonForm, UserForm

YES_NO = (("co", "Có"), ("khong", "Không"))


class YesNoFilter(admin.SimpleListFilter):
    """Keeps the accounts for which something of the list's own holds, or does not."""

    holds: dict[str, object]

    def lookups(self, request, model_admin):
        return YES_NO

    def queryset(self, request, queryset):
        keep = {"co": queryset.filter, "khong": queryset.exclude}.get(self.value())
        return keep(**self.holds) if keep else queryset


class AskedFilter(YesNoFilter):
    title = "đề nghị dùng lại"
    parameter_name = "de_nghi"
    holds = {"reactivation_asked_at__isnull": False}


class LockedFilter(YesNoFilter):
    title = "bị khóa đăng nhập"
    parameter_name = "khoa"
    holds = {"is_locked_out": True}


class UserAdmin(AuditedAdmin):
    """Accounts. Nobody changes their own role or locks themselves out."""

    form = UserForm
    change_form_template = "admin/accounts/user/change.html"
    change_list_template = "admin/accounts/user/list.html"
    list_display = (
        "username",
        "full_name",
        "role",
        "is_active",
        "state",
        "asked",
        "locked",
        "must_change_password",
        "last_used",
    )
    list_filter = (
        AskedFilter,
        LockedFilter,
        "suspension",
        "role",
        "is_active",
        "must_change_password",
    )
    search_fields = ("username", "full_name")
    ordering = (F("reactivation_asked_at").asc(nulls_last=True), "username")
    readonly_fields = ("state", "asked", "locked", "last_used", "last_login", "created_at")
    date_hierarchy = "created_at"

    @admin.display(description="lý do ngừng", ordering="suspension")
    def state(self, user: User) -> str:
        return user.get_suspension_display() or self.get_empty_value_display()

    @admin.display(description="đề nghị dùng lại", ordering="reactivation_asked_at")
    def asked(self, user: User) -> str:
        return moment(user.reactivation_asked_at) or self.get_empty_value_display()

    @admin.display(description="khóa đăng nhập", ordering="is_locked_out")
    def locked(self, user: User) -> str:
        return "Đang bị khóa" if user.is_locked_out else self.get_empty_value_display()

    @admin.display(description="dùng lần cuối", ordering="last_used")
    def last_used(self, user: User) -> str:
        used = [at for at in (user.seen_at, user.last_login) if at]
        return moment(max(used, default=None)) or "Chưa dùng"

    def get_queryset(self, request):
        users = suspension.with_last_use(super().get_queryset(request))
        return throttle.with_locks(users, clock.now())

    def get_fieldsets(self, request, obj=None):
        person = ["username", "full_name", "is_somebody_else", "email", "role"]
        password = ("Mật khẩu", {"fields": ["password1", "password2"]})
        reason = (None, {"fields": ["audit_reason"]})
        if obj is None:
            return [(None, {"fields": person}), password, reason]
        state = ["is_active", "must_change_password", *self.readonly_fields]
        shown = [(None, {"fields": person + state})]
        return [*shown, reason] if obj == request.user else [*shown, password, reason]

    def get_readonly_fields(self, request, obj=None):
        own = ("role", "is_active", "must_change_password") if obj == request.user else ()
        return (*self.readonly_fields, *own)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Leave the passwords out of one's own form: the old one must be asked for."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj == request.user:
            del form.base_fields["password1"], form.base_fields["password2"]
        return form

    def save_model(self, request, obj, form, change) -> None:
        if change:
            keep_the_rest(obj, form.changed_data)
        if "is_active" in form.changed_data:
            services.switch(obj, on=obj.is_active)
        if change and "role" in form.changed_data:
            sessions.end_all(obj)
        super().save_model(request, obj, form, change)
        password = form.cleaned_data.get("password1")
        if password:
            services.set_password(user=obj, password=password, by=request.user)

    def verb(self, form, change: bool) -> Verb:
        """Call switching on and off by their names."""
        if change and "is_active" in form.changed_data:
            return Verb.REACTIVATE if form.instance.is_active else Verb.SUSPEND
        return super().verb(form, change)

    # --- switching on and unlocking ----------------------------------------------------------

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/mo-khoa/", wrap(self.unlock), name="accounts_user_unlock"),
            path("<int:pk>/dung-lai/", wrap(self.reactivate), name="accounts_user_reactivate"),
            path(
                "<int:pk>/go-xac-thuc-hai-buoc/",
                wrap(self.take_second_factor_away),
                name="accounts_user_second_factor",
            ),
            path(
                "<int:pk>/ket-thuc-phien/",
                wrap(self.end_sessions),
                name="accounts_user_end_sessions",
            ),
            *super().get_urls(),
        ]

    def unlock(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let an account locked by failed logins log in again."""
        return self.act(
            request,
            pk,
            does=throttle.unlock,
            title="Mở khóa đăng nhập",
            done="Đã mở khóa đăng nhập.",
        )

    def reactivate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Switch a resting account on again."""
        return self.act(
            request,
            pk,
            does=suspension.reactivate,
            title="Cho dùng lại tài khoản",
            done="Tài khoản đã dùng lại được.",
        )

    def take_second_factor_away(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let who has lost the phone log in with the password alone; one's own goes elsewhere."""
        if pk == request.user.pk:
            raise PermissionDenied
        return self.act(
            request,
            pk,
            does=second_factor.take_away,
            title="Gỡ xác thực hai bước",
            done="Đã gỡ xác thực hai bước; các phiên của tài khoản đã kết thúc.",
        )

    def end_sessions(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Log an account out wherever it is logged in; of one's own this session stays."""
        kept = request.session.session_key if pk == request.user.pk else None
        return self.act(
            request,
            pk,
            does=partial(sessions.end_others, kept=kept),
            title="Kết thúc mọi phiên",
            done="Đã kết thúc các phiên đăng nhập của tài khoản.",
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Offer to take a second factor away where there is one, and it is not one's own."""
        user = self.get_object(request, object_id)
        has_factor = user is not None and user != request.user and bool(second_factor.phone(user))
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "has_factor": has_factor}
        )

    def act(
        self, request: HttpRequest, pk: int, *, does: Callable, title: str, done: str
    ) -> HttpResponse:
        """Ask for a reason; with one do it, and go back to the account."""
        user = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            does(user=user, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, done)
            return redirect(reverse("admin:accounts_user_change", args=[user.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": user,
            "form": form,
            "title": title,
        }
        return TemplateResponse(request, "admin/accounts/user/act.html", context)


def keep_the_rest(user: User, changed: list[str]) -> None:
    """Read again, and hold, what the form has not changed: a password set meanwhile stays."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    for field in User._meta.concrete_fields:
        if field.name not in changed:
            setattr(user, field.attname, getattr(stored, field.attname))


def moment(at) -> str:
    """Give a moment as it is written here; nothing for none."""
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else ""
