"""Addresses of this room's own screens, below ``/admin/enquiries/``."""

from django.urls import path

from . import views

app_name = "peer_support_recruitment"

urlpatterns = [
    path("consent/<int:pk>/", views.consent, name="consent"),
    path("citizen/<int:pk>/yes/", views.said_yes, {"kind": "citizen"}, name="citizen_yes"),
    path("volunteer/<int:pk>/yes/", views.said_yes, {"kind": "volunteer"}, name="volunteer_yes"),
    path("talk/<int:pk>/<slug:step>/", views.talk_step, name="talk_step"),
]
