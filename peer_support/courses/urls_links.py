"""Addresses of courses that open with a link, or are for everybody. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .views_calendar import course_file, leader_file, participant_file
from .views_certificate import own_certificate, own_certificate_pdf
from .views_offer_link import offer_page
from .views_participant_link import participant_page
from .views_session_link import session_page

urlpatterns = [
    path("forloeb/<int:pk>.ics", course_file, name="course_calendar"),
    path("kalender/d/<token>.ics", participant_file, name="calendar_link"),
    path("kalender/f/<token>.ics", leader_file, name="calendar_leader_link"),
    path("moede/<token>/", session_page, name="session_link"),
    path("min-side/<token>/", participant_page, name="participant_link"),
    path("min-side/<token>/bevis/", own_certificate, name="own_certificate"),
    path("min-side/<token>/bevis.pdf", own_certificate_pdf, name="own_certificate_pdf"),
    path("plads/<token>/", offer_page, name="offer_link"),
]
