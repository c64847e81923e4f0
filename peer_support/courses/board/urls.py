"""Addresses of the screens of courses, under the admin's prefix."""

from django.urls import path

from .base import NAMESPACE
from .views import course, enrolment, making, overview, sessions, team, week, workshops

app_name = NAMESPACE

urlpatterns = [
    path("", overview.OverviewPage.as_view(), name="overview"),
    path("new/", making.NewCoursePage.as_view(), name="new"),
    path("week/", week.WeekPage.as_view(), name="week"),
    path("week/<int:year>/<int:number>/", week.WeekPage.as_view(), name="week_of"),
    path("workshops/", workshops.WorkshopsPage.as_view(), name="workshops"),
    path("workshops/new/", workshops.NewWorkshopPage.as_view(), name="workshop_new"),
    path("workshops/<int:pk>/", workshops.WorkshopPage.as_view(), name="workshop"),
    path("workshops/<int:pk>/change/", workshops.ChangeWorkshopPage.as_view(), name="workshop_change"),
    path("workshops/<int:pk>/came/", workshops.CameView.as_view(), name="workshop_came"),
    path("workshops/<int:pk>/cancel/", workshops.CancelWorkshopPage.as_view(), name="workshop_cancel"),
    path("<int:pk>/", course.CoursePage.as_view(), name="course"),
    path("<int:pk>/change/", making.ChangeCoursePage.as_view(), name="change"),
    path("<int:pk>/step/<slug:action>/", course.CourseStepView.as_view(), name="step"),
    path("<int:pk>/add/", course.AddPersonPage.as_view(), name="add"),
    path("<int:pk>/sessions/", sessions.SessionsPage.as_view(), name="sessions"),
    path("<int:pk>/sessions/add/", sessions.AddSessionView.as_view(), name="session_add"),
    path("<int:pk>/sessions/<int:session>/<slug:action>/", sessions.SessionStepPage.as_view(), name="session_step"),
    path("<int:pk>/team/", team.TeamPage.as_view(), name="team"),
    path("<int:pk>/team/<slug:action>/", team.TeamStepView.as_view(), name="team_step"),
    path("enrolment/<int:pk>/", enrolment.EnrolmentPage.as_view(), name="enrolment"),
    path("enrolment/<int:pk>/<slug:action>/", enrolment.EnrolmentPage.as_view(), name="enrolment_step"),
]
