"""Addresses of this room's own screens, below ``/admin/stars/``."""

from django.urls import path

from . import views_admin as views

app_name = "peer_support_outcomes"

urlpatterns = [
    path("<slug:kind>/<int:pk>/", views.star_page, name="star"),
    path("<slug:kind>/<int:pk>/areas/", views.areas_page, name="areas"),
    path("<slug:kind>/<int:pk>/answer/", views.answer_page, name="answer"),
    path("<slug:kind>/<int:pk>/print/", views.print_page, name="print"),
    path("<slug:kind>/<int:pk>/print.pdf", views.pdf_page, name="pdf"),
]
