"""Addresses of a match that open with a link. Taken into ``peer_support/urls.py``.

An address says which question it is and nothing else; "b" and "f" are the two sides.
"""

from django.urls import path

from .links import CITIZEN, DAY_AFTER, FIRST_MEETING, PROPOSAL, QUESTIONS, VOLUNTEER, view_of
from .views_links import question_page

_WORDS = {PROPOSAL: "svar", FIRST_MEETING: "foerste-gang", DAY_AFTER: "dagen-efter"}
_LETTERS = {CITIZEN: "b", VOLUNTEER: "f"}

urlpatterns = [
    path(
        f"{_WORDS[question]}/{letter}/<token>/",
        question_page(question, side),
        name=view_of(question, side),
    )
    for question in QUESTIONS
    for side, letter in _LETTERS.items()
]
