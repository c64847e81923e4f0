"""The address of one's own page of a study. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .links import VIEW
from .views_link import page

urlpatterns = [path("undersoegelse/<token>/", page, name=VIEW)]
