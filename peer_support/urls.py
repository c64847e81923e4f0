"""Addresses of the package that are no pages and no admin: what opens with a link. A host includes them once,
before Wagtail's own: ``path("peer/", include("peer_support.urls"))``."""

from django.urls import path

from .agreements import urls_links as agreements
from .courses import urls_links as courses
from .followup import urls_accompaniment as accompaniment
from .followup import urls_links as followup
from .matching import urls_links as matching
from .outcomes import urls_links as outcomes
from .outcomes.changes import urls_links as changes
from .outcomes.questionnaires import urls_links as questionnaires
from .people import urls_links as people
from .public.leave import calendar_page

app_name = "peer_support"

urlpatterns = [
    path("kalender/", calendar_page, name="calendar"),
    *agreements.urlpatterns,
    *courses.urlpatterns,
    *matching.urlpatterns,
    *people.urlpatterns,
    *followup.urlpatterns,
    *accompaniment.urlpatterns,
    *outcomes.urlpatterns,
    *changes.urlpatterns,
    *questionnaires.urlpatterns,
]
