"""Addresses of numbers, below ``/admin/numbers/``."""

from django.urls import path

from . import views, views_ahead

app_name = "peer_support_numbers"

urlpatterns = [
    path("", views.NumbersPage.as_view(), name="numbers"),
    path("rows/", views.RowsPage.as_view(), name="rows"),
    path("waiting/", views_ahead.WaitingPage.as_view(), name="waiting"),
    path("recruitment/", views_ahead.RecruitmentPage.as_view(), name="recruitment"),
]
