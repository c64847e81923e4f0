"""Addresses of the screens about mails, under the Wagtail admin's own prefix."""

from django.urls import path

from . import views

app_name = "peer_support_mailing"

urlpatterns = [
    path("", views.kinds, name="kinds"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/settle/", views.settle, name="settle"),
]
