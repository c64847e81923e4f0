"""Addresses of the import, below ``/admin/courses/import/``."""

from django.urls import path

from . import views

app_name = "peer_support_course_import"

urlpatterns = [
    path("", views.start, name="start"),
    path("example/<slug:kind>.<slug:form>", views.example_file, name="example"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/done/", views.done, name="done"),
    path("<int:pk>/give-up/", views.give_up, name="give_up"),
]
