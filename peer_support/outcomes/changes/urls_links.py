"""Addresses of one's own change that open with the link to one's questionnaires. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .views_link import SCREENS

_TAILS = {"page": "", "print": "print/", "pdf": "print.pdf"}
_SIDES = {"citizen": "b", "volunteer": "f"}

urlpatterns = [
    path(f"dengang-og-nu/{letter}/<token>/{_TAILS[name]}", view, name=f"change_{side}_{name}")
    for side, letter in _SIDES.items()
    for name, view in SCREENS[side].items()
]
