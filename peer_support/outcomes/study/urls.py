"""Addresses of the screens of studies, below ``/admin/studies/``."""

from django.urls import path

from . import views, views_numbers, views_people, views_writing

app_name = "peer_support_study"

urlpatterns = [
    path("", views.StudiesPage.as_view(), name="studies"),
    path("new/", views_writing.NewStudyPage.as_view(), name="new"),
    path("<int:pk>/", views.StudyPage.as_view(), name="study"),
    path("<int:pk>/about/", views_writing.ChangePage.as_view(), name="change"),
    path("<int:pk>/towns/", views_writing.TownsPage.as_view(), name="towns"),
    path("<int:pk>/measurements/", views_writing.MeasuresPage.as_view(), name="measures"),
    path("<int:pk>/text/", views_writing.TextPage.as_view(), name="text"),
    path("<int:pk>/step/", views.StepView.as_view(), name="step"),
    path("<int:pk>/seal/", views.SealPaper.as_view(), name="paper"),
    path("<int:pk>/people/", views_people.PeoplePage.as_view(), name="people"),
    path("<int:pk>/people/<int:participant>/", views_people.ParticipantPage.as_view(), name="participant"),
    path(
        "<int:pk>/people/<int:participant>/<slug:code>/",
        views_people.ParticipantStep.as_view(),
        name="participant_step",
    ),
    path("<int:pk>/flow/", views_numbers.FlowPage.as_view(), name="flow"),
    path("<int:pk>/export/", views_numbers.ExportView.as_view(), name="export"),
    path("<int:pk>/check/", views_numbers.CheckPage.as_view(), name="check"),
]
