"""Addresses of the report, below ``/admin/report/``."""

from django.urls import path

from . import views

app_name = "peer_support_report"

urlpatterns = [
    path("", views.ChoosePage.as_view(), name="choose"),
    path("print/", views.PrintPage.as_view(), name="print"),
    path("report.pdf", views.PdfFile.as_view(), name="pdf"),
    path("report.xlsx", views.XlsxFile.as_view(), name="xlsx"),
    path("report.csv", views.CsvFile.as_view(), name="csv"),
]
