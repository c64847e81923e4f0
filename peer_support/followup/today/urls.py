"""Addresses of today's list, under the Wagtail admin's own prefix."""

from django.urls import path

from . import screens

app_name = "peer_support_today"

urlpatterns = [
    path("", screens.TodayPage.as_view(), name="today"),
    path("not-today/", screens.PutOffView.as_view(), name="put_off"),
    path("away/", screens.AwayPage.as_view(), name="away"),
]
