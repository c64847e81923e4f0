"""The addresses of calls, pauses and endings. All of them stand under the Wagtail admin's own prefix."""

from django.urls import path

from . import views, views_ending, views_meetings, views_pause, views_plan

app_name = "peer_support_pairs"

urlpatterns = [
    path("call/<int:pk>/", views.AnswerView.as_view(), name="answer"),
    path("match/<int:pk>/call/", views.AddCallView.as_view(), name="add_call"),
    path("match/<int:pk>/ending/", views_ending.EndingView.as_view(), name="ending"),
    path("ending/<int:pk>/", views_ending.EndingStepView.as_view(), name="ending_step"),
    path("ending/<int:pk>/skip/", views_ending.SkipView.as_view(), name="ending_skip"),
    path("ending/<int:pk>/again/", views_ending.AfterAllView.as_view(), name="ending_again"),
    path("pause/<int:pk>/", views_pause.PauseView.as_view(), name="pause"),
    path("pause/<int:pk>/cover/", views_pause.CoverView.as_view(), name="pause_cover"),
    path("match/<int:pk>/meeting/", views_meetings.LogMeetingView.as_view(), name="meeting"),
    path("meeting/<int:pk>/rung/", views_meetings.RungView.as_view(), name="meeting_rung"),
    path("plan/", views_plan.PlanView.as_view(), name="plan"),
]
