"""Addresses of a pair's follow-up that open with a link. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .links import view_of
from .views_meeting_link import meetings_page

urlpatterns = [
    path("jeres-gang/b/<token>/", meetings_page("citizen"), name=view_of("citizen")),
    path("jeres-gang/f/<token>/", meetings_page("volunteer"), name=view_of("volunteer")),
]
