"""Accounts and the audit log in the admin site."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth import password_validation
from django.utils.html import format_html_join

from accounts import services
from accounts.audited_admin import AuditedAdmin, AuditedForm, ReadOnlyAdmin
from accounts.forms import MISMATCH
from accounts.models import AuditEvent, SavedView, User
from accounts.passwords import rules_html

# Rights follow from the role (accounts.permissions); Django's groups would only mislead.
admin.site.unregister(auth_admin.Group)


def password_field(label: str, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=help_text,
    )


class UserForm(AuditedForm):
    """A user and, when filled in, a new password that they must change at the next login."""

    password1 = password_field("Mật khẩu mới")
    password2 = password_field(
        "Nhập lại mật khẩu mới", "Người dùng phải đổi mật khẩu này khi đăng nhập lần đầu."
    )

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "role", "is_active", "must_change_password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password1" not in self.fields:
            return
        self.fields["password1"].help_text = rules_html(self.instance)
        if self.instance._state.adding:
            self.fields["password1"].required = self.fields["password2"].required = True

    def clean_password2(self) -> str:
        password = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1", password) != password:
            raise forms.ValidationError(MISMATCH)
        return password

    def _post_clean(self) -> None:
        """Judge the password once the user's other columns are known."""
        super()._post_clean()
        password = self.cleaned_data.get("password1")
        if password:
            try:
                password_validation.validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("password1", error)


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """Accounts. Nobody changes their own role or locks themselves out."""

    form = UserForm
    list_display = (
        "username",
        "full_name",
        "role",
        "is_active",
        "must_change_password",
        "last_login",
    )
    list_filter = ("role", "is_active", "must_change_password")
    search_fields = ("username", "full_name")
    ordering = ("username",)
    readonly_fields = ("last_login", "created_at")
    date_hierarchy = "created_at"

    def get_fieldsets(self, request, obj=None):
        person = ["username", "full_name", "email", "role"]
        password = ("Mật khẩu", {"fields": ["password1", "password2"]})
        reason = (None, {"fields": ["audit_reason"]})
        if obj is None:
            return [(None, {"fields": person}), password, reason]
        state = ["is_active", "must_change_password", "last_login", "created_at"]
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
        if "is_active" in form.changed_data:
            services.switch(obj, on=obj.is_active)
        super().save_model(request, obj, form, change)
        password = form.cleaned_data.get("password1")
        if password:
            services.set_password(user=obj, password=password, by=request.user)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """The audit log: who did what, when, from where, and what it was before and after."""

    list_display = ("at", "actor", "verb", "target", "changes", "reason", "address")
    list_filter = ("verb",)
    search_fields = ("actor", "target", "target_key", "address")
    search_help_text = "Người thực hiện, đối tượng, địa chỉ máy."
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    fields = ("at", "actor", "address", "verb", "target", "target_key", "changes", "reason")

    @admin.display(description="thay đổi")
    def changes(self, event: AuditEvent) -> str:
        """Give one line for each value: what it was, what it became."""
        keys = [*event.before, *(key for key in event.after if key not in event.before)]
        lines = ((key, event.before.get(key, "–"), event.after.get(key, "–")) for key in keys)
        return format_html_join("\n", "<div>{}: {} → {}</div>", lines)


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    """What users keep for themselves; only they change it."""

    list_display = ("name", "user", "path", "query")
    list_select_related = ("user",)
    list_filter = ("path",)
    search_fields = ("name", "user__username", "user__full_name")
