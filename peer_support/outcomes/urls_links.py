"""Addresses of the star that open with a link. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .views_link import SCREENS

_TAILS = {"page": "", "answer": "svar/", "print": "print/", "pdf": "print.pdf"}
_SIDES = {"citizen": "b", "volunteer": "f"}

urlpatterns = [
    path(f"stjerne/{letter}/<token>/{_TAILS[name]}", view, name=f"star_{side}_{name}")
    for side, letter in _SIDES.items()
    for name, view in SCREENS[side].items()
]
