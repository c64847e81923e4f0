"""Addresses of the screens about keeping volunteers, under the admin's prefix."""

from django.urls import path

from .views import NAMESPACE, EverybodyView, KeepingBoard, VolunteerSkillsPage

app_name = NAMESPACE

urlpatterns = [
    path("", KeepingBoard.as_view(), name="board"),
    path("course/<int:pk>/everybody/", EverybodyView.as_view(), name="everybody"),
    path("volunteer/<int:pk>/", VolunteerSkillsPage.as_view(), name="skills"),
]
