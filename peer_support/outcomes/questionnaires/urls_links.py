"""Addresses of questionnaires that open with a link. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .views_link import SCREENS

_TAILS = {"page": "", "answer": "<int:pk>/", "thanks": "<int:pk>/tak/"}
_SIDES = {"citizen": "b", "volunteer": "f"}

urlpatterns = [
    path(f"svar/{letter}/<token>/{_TAILS[name]}", view, name=f"questionnaire_{side}_{name}")
    for side, letter in _SIDES.items()
    for name, view in SCREENS[side].items()
]
