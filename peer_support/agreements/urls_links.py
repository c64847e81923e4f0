"""Addresses of papers that open with a link. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .views_link import paper_page

urlpatterns = [
    path("underskriv/<token>/", paper_page, name="paper_link"),
]
