"""Addresses of accompaniment that open with a link. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .views_accompaniment_link import going_page, offer_page

urlpatterns = [
    path("foelgeskab/<token>/", offer_page, name="accompaniment_offer_link"),
    path("foelgeskab/aftalt/<token>/", going_page, name="accompaniment_link"),
]
