"""Addresses of courses that open with a link, or are for everybody. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .views_session_link import session_page

urlpatterns = [
    path("moede/<token>/", session_page, name="session_link"),
]
