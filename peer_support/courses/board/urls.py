"""Addresses of the screens of courses, under the admin's prefix."""

from django.urls import path

from ..views_certificate import admin_certificate, admin_certificate_pdf
from .base import NAMESPACE
from .views import after, attendance, course, enrolment, making, overview, sessions, team, week, workshops

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
    path(
        "<int:pk>/sessions/<int:session>/<slug:action>/",
        sessions.SessionStepPage.as_view(),
        name="session_step",
    ),
    path("<int:pk>/team/", team.TeamPage.as_view(), name="team"),
    path("<int:pk>/team/<slug:action>/", team.TeamStepView.as_view(), name="team_step"),
    path("session/<int:pk>/attendance/", attendance.AttendancePage.as_view(), name="attendance"),
    path("enrolment/<int:pk>/care/", after.CaringCallView.as_view(), name="care"),
    path("enrolment/<int:pk>/after/", after.AfterPage.as_view(), name="after"),
    path("enrolment/<int:pk>/certificate/", admin_certificate, name="certificate"),
    path("enrolment/<int:pk>/certificate.pdf", admin_certificate_pdf, name="certificate_pdf"),
    path("enrolment/<int:pk>/", enrolment.EnrolmentPage.as_view(), name="enrolment"),
    path("enrolment/<int:pk>/<slug:action>/", enrolment.EnrolmentPage.as_view(), name="enrolment_step"),
]
