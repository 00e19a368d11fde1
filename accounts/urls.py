"""Addresses of logging in and out, of one's own account, its password and second factor."""

from django.urls import path

from accounts import saved_views, views
from accounts.account import views as account
from accounts.second_factor import views as second_factor

app_name = "accounts"

urlpatterns = [
    path("", account.account, name="account"),
    path("phien/", account.session_left, name="session"),
    path("phien/ket-thuc-phien-khac/", account.end_other_sessions, name="end_other_sessions"),
    path("phien/<str:name>/ket-thuc/", account.end_session, name="end_session"),
    path("xac-minh/", second_factor.Verify.as_view(), name="verify"),
    path("xac-thuc-hai-buoc/", second_factor.SetUp.as_view(), name="second_factor"),
    path(
        "xac-thuc-hai-buoc/dien-thoai/",
        second_factor.FirstCode.as_view(),
        name="second_factor_code",
    ),
    path("xac-thuc-hai-buoc/ma-du-phong/", second_factor.NewCodes.as_view(), name="recovery_codes"),
    path("xac-thuc-hai-buoc/tat/", second_factor.TurnOff.as_view(), name="second_factor_off"),
    path("dang-nhap/", views.Login.as_view(), name="login"),
    path("dang-xuat/", views.Logout.as_view(), name="logout"),
    path("doi-mat-khau/", views.PasswordChange.as_view(), name="password_change"),
    path("bo-loc/luu/", saved_views.save_view, name="save_view"),
    path("bo-loc/<int:pk>/bo/", saved_views.forget_view, name="forget_view"),
]
