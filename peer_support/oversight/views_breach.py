"""After a breach: who may be affected, and the report to Datatilsynet as a sheet to print."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..people.models import Citizen, Volunteer
from ..public.shell import public_response
from .breach import deadline, extent_of, rows_in
from .drafting import initial_words, window_words
from .forms import BreachForm, ReportForm
from .log import colleagues_of, name_of
from .screens import ROUTE, OfficerScreen

PRINT = "peer_support/oversight/report_print.html"


class BreachPage(OfficerScreen):
    """Choose a time or an account; see how many people, which data, which cases; and draft the report."""

    tab = f"{ROUTE}:breach"
    template_name = "peer_support/oversight/breach.html"

    def get_page_title(self):
        return _("After a breach")

    @cached_property
    def form(self):
        return BreachForm(self.request.GET or None, colleagues=colleagues_of(self.initiative_ids))

    @cached_property
    def asked(self):
        """What was asked for; ``None`` where the form is empty or not understood."""
        return self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else None

    @cached_property
    def extent(self):
        return extent_of(self.initiative_ids, rows_in(self.initiative_ids, **self.asked))

    def get(self, request):
        self.log_look()
        report = None
        if self.asked:
            officer = name_of(request.user)
            contact = f"{officer}, {request.user.email}" if request.user.email else officer
            now = timezone.localtime().replace(second=0, microsecond=0)
            words = initial_words(self.extent, **self.asked, officer=contact)
            report = ReportForm(initial={"known_since": now, **words})
        return self.page(report)

    def post(self, request):
        """The report as a sheet. Nothing of it is kept here."""
        self.log_look()
        report = ReportForm(request.POST) if self.asked else None
        if report is None or not report.is_valid():
            return self.page(report)
        values = report.cleaned_data
        questions = [
            (report[name].label, values[name])
            for name in report.fields
            if name not in ("known_since", "with_cases") and values[name]
        ]
        context = {
            "title": _("Report of a breach of personal data"),
            "initiatives": self.initiatives,
            "questions": questions,
            "known_since": values["known_since"],
            "deadline": deadline(values["known_since"]),
            "extent": self.extent,
            "cases": values["with_cases"],
            "back": request.get_full_path(),
        }
        return public_response(request, PRINT, context, personal=True)

    def page(self, report):
        context = {**self.get_context_data(), "form": self.form, "report": report}
        if self.asked:
            extent = self.extent
            context |= {
                "extent": extent,
                "window": window_words(
                    self.asked["since"] or extent.first, self.asked["until"] or extent.last
                ),
                "citizens": extent.by_kind_of_person.get(Citizen, 0),
                "volunteers": extent.by_kind_of_person.get(Volunteer, 0),
                "only_listed": extent.at_most - extent.opened,
            }
        return self.render_to_response(context)
