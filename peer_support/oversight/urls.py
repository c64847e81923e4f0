"""Addresses of the data officer's desk, under the Wagtail admin's own prefix."""

from django.urls import path

from . import desk, views_breach, views_log, views_review

app_name = "peer_support_oversight"

urlpatterns = [
    path("", desk.DeskPage.as_view(), name="desk"),
    path("seals/", desk.SealsPage.as_view(), name="seals"),
    path("review/", views_review.ReviewPage.as_view(), name="review"),
    path("log/", views_log.LogPage.as_view(), name="log"),
    path("breach/", views_breach.BreachPage.as_view(), name="breach"),
]
