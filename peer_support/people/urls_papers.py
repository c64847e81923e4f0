"""Addresses of the papers of data protection, below ``/admin/data-protection/``: leaders read them, and see no people."""

from django.urls import path

from .views import papers

app_name = "peer_support_protection"

urlpatterns = [
    path("", papers.papers, name="papers"),
    path("<slug:code>/", papers.paper, name="paper"),
]
