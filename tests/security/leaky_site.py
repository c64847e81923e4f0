"""The same site with the mistakes a hurried developer makes: the control on which the matrix must find leaks.

A plain ModelAdmin and a report left open (Wagtail's default), over people without their scope.
"""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import include, path
from django_scopes import scopes_disabled
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail_modeladmin.options import ModelAdmin

from example_site.urls import urlpatterns as whole_site
from peer_support.people.models import Citizen
from peer_support.public.pdf import pdf_response


def unscoped(view):
    """As if people had an ordinary manager; the page is drawn before the scope closes again."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        with scopes_disabled():
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            if response.streaming:
                response.streaming_content = list(response.streaming_content)
            return response

    return wrapped


class NaiveAdmin(ModelAdmin):
    model = Citizen
    base_url_path = "peer_support/naive"
    list_display = ("__str__", "display_name")
    list_export = ("first_name", "phone")
    inspect_view_enabled = True
    panels = [FieldPanel("first_name"), FieldPanel("phone"), FieldPanel("initiative")]


class OpenReport(ReportView):
    model = Citizen
    index_url_name = "open_report"
    index_results_url_name = "open_report"
    page_title = "Report"
    columns = [Column("display_name", label="Name")]
    is_searchable = False

    def get_queryset(self):
        return Citizen.objects.all()


def told(request):
    """Says on the next page what is nobody's business."""
    messages.info(request, ", ".join(person.phone for person in Citizen.objects.all()))
    return redirect("wagtailadmin_home")


def printed(request):
    """Prints what is nobody's business."""
    return pdf_response(
        request, ", ".join(person.phone for person in Citizen.objects.all()), filename="alle.pdf"
    )


naive = [
    *NaiveAdmin().get_admin_urls_for_registration(),
    path("open-report/", OpenReport.as_view(), name="open_report"),
    path("told/", told, name="told"),
    path("printed/", printed, name="printed"),
]
naive = decorate_urlpatterns(decorate_urlpatterns(naive, unscoped), require_admin_access)
urlpatterns = [path("admin/", include(naive)), *whole_site]
