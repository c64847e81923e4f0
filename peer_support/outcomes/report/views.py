"""The report's screens: choose whom and which year it is about, write one's own words, and take it as a page or a file."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ...access.reach import reach_of
from ...directory.models import Initiative
from ...people.screens import InitiativeScreen, key_of
from ...public.pdf import pdf_available, pdf_response
from ...public.shell import public_response
from . import services
from .building import build
from .files import TEMPLATE, context_of, csv_of, html_of, xlsx_of
from .forms import ForewordForm
from .gathering import YEARS_SHOWN, house_ids
from .models import YearReport

NAMESPACE = "peer_support_report"
PERMISSION = "peer_support.export_yearreport"
EVERYBODY = "all"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def year_to_report(today):
    """Return the year one most likely wants: the last one until the summer, and then this one."""
    return today.year if today.month > 6 else today.year - 1


class ReportScreen(InitiativeScreen):
    """Coordinators, and leaders for the initiatives they lead; all together for those who have all of them."""

    permission = PERMISSION
    header_icon = "doc-full"
    home = (f"{NAMESPACE}:choose", gettext_lazy("Year's report"))

    @cached_property
    def initiatives(self):
        own = reach_of(self.request.user, PERMISSION)
        return list(Initiative.objects.filter(pk__in=own).order_by("title", "pk"))

    @cached_property
    def has_all(self):
        return set(house_ids()) <= {initiative.pk for initiative in self.initiatives}

    @property
    def asked(self):
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @cached_property
    def initiative(self):
        """The initiative that the report is about; None for all of them."""
        asked = self.asked.get("who", "")
        if asked == EVERYBODY or (not asked and self.has_all and len(self.initiatives) > 1):
            if not self.has_all:
                raise Http404
            return None
        if not asked:
            return self.initiatives[0]
        found = next((one for one in self.initiatives if one.pk == key_of(asked)), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def years(self):
        this = timezone.localdate().year
        return list(range(this, this - YEARS_SHOWN - 1, -1))

    @cached_property
    def year(self):
        asked = self.asked.get("year", "")
        if not asked:
            return year_to_report(timezone.localdate())
        if key_of(asked) not in self.years:
            raise Http404
        return key_of(asked)

    @property
    def query(self):
        who = self.initiative.pk if self.initiative else EVERYBODY
        return "?" + urlencode({"who": who, "year": self.year})

    def address(self, name):
        return reverse(f"{NAMESPACE}:{name}") + self.query

    def report(self):
        """Build the report, and write down that it was taken out."""
        report = build(year=self.year, initiative=self.initiative)
        route = self.request.resolver_match.view_name
        services.log_taken_out(report=report, user=self.request.user, route=route)
        return report

    def get_page_title(self):
        return _("Year's report")

    def crumbs(self):
        return []


class ChoosePage(ReportScreen):
    """Whom and which year, one's own words, and the ways to take it along."""

    template_name = "peer_support/outcomes/report/choose.html"

    def get(self, request):
        return self.page()

    def post(self, request):
        form = ForewordForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Something is not right yet. What you typed is still here."))
            return self.page(form)
        services.save_foreword(
            year=self.year,
            initiative=self.initiative,
            text=form.cleaned_data["foreword"],
            user=request.user,
            route=request.resolver_match.view_name,
        )
        messages.success(request, _("Your words are in the report."))
        return HttpResponseRedirect(self.address("choose"))

    def page(self, form=None):
        kept = YearReport.objects.filter(year=self.year, initiative=self.initiative).first()
        today = timezone.localdate()
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form or ForewordForm(initial={"foreword": kept.foreword if kept else ""}),
                "year": self.year,
                "years": self.years,
                "who": self.initiative.pk if self.initiative else EVERYBODY,
                "about": self.initiative.title if self.initiative else _("All initiatives"),
                "chosen": self.initiative,
                "has_all": self.has_all and len(self.initiatives) > 1,
                "running": self.year == today.year,
                "print_url": self.address("print"),
                "pdf_url": self.address("pdf") if pdf_available() else "",
                "xlsx_url": self.address("xlsx"),
                "csv_url": self.address("csv"),
            }
        )


class PrintPage(ReportScreen):
    """The report as a page to read and to print."""

    def get(self, request):
        context = context_of(
            self.report(),
            back=self.address("choose"),
            pdf_url=self.address("pdf") if pdf_available() else "",
        )
        return public_response(request, TEMPLATE, context, personal=True)


class PdfFile(ReportScreen):
    """The report as a tagged PDF."""

    def get(self, request):
        html, name = "", "report"
        if pdf_available():
            report = self.report()
            html, name = html_of(report), report.filename
        return pdf_response(
            request,
            html,
            filename=f"{name}.pdf",
            print_url=self.address("print"),
            personal=True,
            attachment=True,
        )


class TableFile(ReportScreen):
    """A file with numbers."""

    content_type, ending, make = "", "", None

    def get(self, request):
        report = self.report()
        response = HttpResponse(type(self).make(report), content_type=self.content_type)
        name = f"{report.filename}.{self.ending}"
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response


class XlsxFile(TableFile):
    content_type, ending, make = XLSX, "xlsx", staticmethod(xlsx_of)


class CsvFile(TableFile):
    content_type, ending, make = "text/csv; charset=utf-8", "csv", staticmethod(csv_of)
