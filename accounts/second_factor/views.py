"""The second page of the login, and setting up or taking away one's own second factor."""

from __future__ import annotations

from base64 import b32encode
from textwrap import wrap

import django_otp
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import clock, logging_in, throttle
from accounts.second_factor import pending, recovery, services
from accounts.second_factor.forms import CodeForm, CurrentPasswordForm, LoginCodeForm
from accounts.second_factor.qr import picture

WRONG = "Mã chưa đúng, đã dùng rồi hoặc đã hết hạn. Chờ mã mới hiện ra rồi ghi lại."
WAIT = "Vừa nhập sai. Chờ {seconds} giây rồi ghi mã đang hiện."
KEEP_IT = (
    "Vai trò của đồng chí bắt buộc có xác thực hai bước nên không tắt được; đổi điện thoại thì "
    "dùng “Đổi điện thoại”."
)
ACCOUNT = reverse_lazy("accounts:account")


def complain(form: CodeForm, tried: services.Tried) -> None:
    """Say at the field why a code was not taken."""
    form.add_error("code", WAIT.format(seconds=tried.wait) if tried.wait else WRONG)


@method_decorator(
    [login_not_required, never_cache, sensitive_post_parameters("code")], name="dispatch"
)
class Verify(FormView):
    """The code, after the password was right: only then is anybody logged in."""

    form_class = LoginCodeForm
    template_name = "accounts/verify.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("home")
        self.held = pending.held(request, clock.now())
        if self.held is None:
            return redirect("accounts:login")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: LoginCodeForm) -> HttpResponse:
        if throttle.is_locked(self.request, self.held.username):
            return self.refuse()
        tried = services.try_code(user=self.held, typed=form.cleaned_data["code"])
        if tried.device is None:
            return self.not_taken(form, tried)
        target = pending.target(self.request) or resolve_url("home")
        pending.drop(self.request)
        logging_in.complete(self.request, self.held, device=tried.device)
        self.say_codes_left(tried)
        return redirect(target)

    def not_taken(self, form: LoginCodeForm, tried: services.Tried) -> HttpResponse:
        """Show the form again; what was checked and wrong counts towards the lock."""
        if not tried.wait:
            services.note_wrong_code(self.held)
            throttle.note_failure(self.request, self.held)
            if throttle.is_locked(self.request, self.held.username):
                return self.refuse()
        complain(form, tried)
        return self.form_invalid(form)

    def refuse(self) -> HttpResponse:
        """Go back to the first step, where nothing is said but the one sentence."""
        pending.drop(self.request)
        messages.error(self.request, "Nhập sai quá nhiều lần nên chưa đăng nhập được.")
        return redirect("accounts:login")

    def say_codes_left(self, tried: services.Tried) -> None:
        if not isinstance(tried.device, services.StaticDevice):
            return
        messages.warning(
            self.request,
            f"Vừa dùng một mã dự phòng, còn {recovery.left(self.held)} mã. Mất điện thoại thì "
            "đặt lại xác thực hai bước ở “Tài khoản của tôi”.",
        )


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class AsksPassword(FormView):
    """A page about one's own second factor that first asks the password again."""

    form_class = CurrentPasswordForm
    template_name = "accounts/second_factor_ask.html"
    success_url = ACCOUNT
    title = label = explanation = ""

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs) -> dict:
        words = {"title": self.title, "label": self.label, "explanation": self.explanation}
        return super().get_context_data(**words, **kwargs)


class SetUp(AsksPassword):
    """Begin to set up a phone, also another one instead of the present."""

    title = "Bật xác thực hai bước"
    label = "Tiếp tục"
    success_url = reverse_lazy("accounts:second_factor_code")

    def get_context_data(self, **kwargs) -> dict:
        is_asked = services.is_asked_of(self.request.user)
        return super().get_context_data(is_setting_up=True, is_asked=is_asked, **kwargs)

    def form_valid(self, form: CurrentPasswordForm) -> HttpResponse:
        services.begin(user=self.request.user)
        return super().form_valid(form)


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class FirstCode(FormView):
    """The secret as a picture and to type, and the first code that proves the phone has it."""

    form_class = CodeForm
    template_name = "accounts/second_factor_code.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.device = services.new_phone(request.user)
        if self.device is None:
            return redirect("accounts:second_factor")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        secret = b32encode(self.device.bin_key).decode()
        return super().get_context_data(
            title="Nối điện thoại",
            qr=picture(self.device.config_url),
            secret=wrap(secret, 4),
            **kwargs,
        )

    def form_valid(self, form: CodeForm) -> HttpResponse:
        tried = services.confirm(user=self.request.user, typed=form.cleaned_data["code"])
        if tried.device is None:
            complain(form, tried)
            return self.form_invalid(form)
        django_otp.login(self.request, tried.device)
        messages.success(self.request, "Đã bật xác thực hai bước cho tài khoản của đồng chí.")
        return show_codes(self.request, tried.codes)


class NewCodes(AsksPassword):
    """A new set of recovery codes."""

    title = "Lập mã dự phòng mới"
    label = "Lập mã mới"
    explanation = "Các mã dự phòng cũ không dùng được nữa. Mã mới chỉ hiện một lần."

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if services.phone(request.user) is None:
            return redirect(ACCOUNT)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CurrentPasswordForm) -> HttpResponse:
        codes = services.new_codes(user=self.request.user)
        messages.success(self.request, "Đã lập mã dự phòng mới; các mã cũ không dùng được nữa.")
        return show_codes(self.request, codes)


class TurnOff(AsksPassword):
    """Go back to the password alone, unless the role must have more."""

    title = label = "Tắt xác thực hai bước"
    explanation = (
        "Sau khi tắt, đăng nhập chỉ cần mật khẩu. Mật khẩu chưa đủ mạnh để dùng một mình thì phải "
        "đổi ngay."
    )

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if services.phone(request.user) is None:
            return redirect(ACCOUNT)
        if services.is_asked_of(request.user):
            messages.error(request, KEEP_IT)
            return redirect(ACCOUNT)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CurrentPasswordForm) -> HttpResponse:
        services.take_away(user=self.request.user, by=self.request.user)
        self.request.session.pop(django_otp.DEVICE_ID_SESSION_KEY, None)
        messages.success(self.request, "Đã tắt xác thực hai bước.")
        return super().form_valid(form)


def show_codes(request: HttpRequest, codes) -> HttpResponse:
    """Show recovery codes, for the only time: they are kept nowhere as they are."""
    title = "Mã dự phòng"
    return render(request, "accounts/recovery_codes.html", {"title": title, "codes": codes})
