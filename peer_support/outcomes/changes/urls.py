"""Addresses of this room's own screens, below ``/admin/changes/``."""

from django.urls import path

from . import views_admin as views

app_name = "peer_support_changes"

urlpatterns = [
    path("", views.group_page, name="group"),
    path("<slug:kind>/<int:pk>/", views.person_page, name="person"),
    path("<slug:kind>/<int:pk>/print/", views.print_page, name="print"),
    path("<slug:kind>/<int:pk>/print.pdf", views.pdf_page, name="pdf"),
]
