"""Addresses of the screens of accompaniment, under the admin's prefix."""

from django.urls import path

from .base import NAMESPACE
from .views import ChangeTripPage, NewTripPage, OverviewPage
from .views_trip import AskView, OfferView, TripPage

app_name = NAMESPACE

urlpatterns = [
    path("", OverviewPage.as_view(), name="overview"),
    path("new/", NewTripPage.as_view(), name="new"),
    path("<int:pk>/", TripPage.as_view(), name="trip"),
    path("<int:pk>/change/", ChangeTripPage.as_view(), name="change"),
    path("<int:pk>/ask/", AskView.as_view(), name="ask"),
    path("<int:pk>/offer/<int:offer>/", OfferView.as_view(), name="offer"),
    path("<int:pk>/<slug:action>/", TripPage.as_view(), name="step"),
]
