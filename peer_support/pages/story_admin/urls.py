"""Addresses of the consent screens, below the admin."""

from django.urls import path

from . import views

app_name = "peer_support_stories"

urlpatterns = [
    path("<int:story>/consent/", views.consent_view, name="consent"),
    path("<int:story>/withdraw/", views.withdraw_view, name="withdraw"),
]
