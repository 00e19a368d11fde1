"""Addresses of logging in and out and changing one's password."""

from django.urls import path

from accounts import saved_views, views

app_name = "accounts"

urlpatterns = [
    path("dang-nhap/", views.Login.as_view(), name="login"),
    path("dang-xuat/", views.Logout.as_view(), name="logout"),
    path("doi-mat-khau/", views.PasswordChange.as_view(), name="password_change"),
    path("bo-loc/luu/", saved_views.save_view, name="save_view"),
    path("bo-loc/<int:pk>/bo/", saved_views.forget_view, name="forget_view"),
]
