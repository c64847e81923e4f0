"""Addresses of the coordinator's screens, below ``/admin/questionnaires/``."""

from django.urls import path

from . import views_one, views_overview, views_person
from .presenting import NAMESPACE
from .views_person import require_person_right

app_name = NAMESPACE

urlpatterns = [
    path("", views_overview.OverviewView.as_view(), name="overview"),
    path("plan/", views_overview.PlanView.as_view(), name="plan"),
    path("<int:pk>/", views_one.OneView.as_view(), name="one"),
    path("<int:pk>/print/", views_one.PrintView.as_view(), name="print"),
    path("<int:pk>/print.pdf", views_one.PdfView.as_view(), name="pdf"),
    path("<int:pk>/care/", views_one.CareView.as_view(), name="care"),
    path("<slug:kind>/<int:pk>/", require_person_right(views_person.PersonView.as_view()), name="person"),
    path("<slug:kind>/<int:pk>/send/", require_person_right(views_person.SendView.as_view()), name="send"),
    path(
        "<slug:kind>/<int:pk>/remind/", require_person_right(views_person.RemindView.as_view()), name="remind"
    ),
]
