"""Addresses of this room's own screens, below ``/admin/enquiries/``."""

from django.urls import path

from . import views, views_plan, views_startup

app_name = "peer_support_recruitment"

urlpatterns = [
    path("consent/<int:pk>/", views.consent, name="consent"),
    path("citizen/<int:pk>/yes/", views.said_yes, {"kind": "citizen"}, name="citizen_yes"),
    path("volunteer/<int:pk>/yes/", views.said_yes, {"kind": "volunteer"}, name="volunteer_yes"),
    path("talk/<int:pk>/<slug:step>/", views.talk_step, name="talk_step"),
    path("plan/", views_plan.PlanPage.as_view(), name="plan"),
    path("plan/new/", views_plan.NewRowPage.as_view(), name="plan_new"),
    path("plan/<int:pk>/", views_plan.RowPage.as_view(), name="plan_row"),
    path("plan/print/", views_plan.PlanSheet.as_view(), name="plan_print"),
    path("plan/print.pdf", views_plan.PlanPdf.as_view(), name="plan_pdf"),
    path("start-up/", views_startup.StartUpPage.as_view(), name="startup"),
    path("start-up/save/", views_startup.SaveStepView.as_view(), name="startup_save"),
]
