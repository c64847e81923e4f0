"""The flow for everybody with a task in the study, the export for its analysts, and the check of the draw at the end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ...privacy.access_log import Action
from . import seals, sight
from .board import StudyScreen, url
from .export import Table, allocation_rows, csv_of, export_zip
from .flow import count_flow, hide_small
from .flow_drawing import draw
from .models import StudyState
from .verify_allocation import faults


def flow_of(study):
    """Return the flow of ``study`` as the open scope may see it: small numbers hidden from whoever does not know the people."""
    flow = count_flow(study)
    return flow if sight.knows_everybody(study) else hide_small(flow)


class FlowPage(StudyScreen):
    """The way from enquiry to analysis: a picture, a sentence, a table."""

    part = "flow"
    template_name = "peer_support/outcomes/study/flow.html"

    def get(self, request, pk):
        self.log([self.study], Action.READ)
        context = {"picture": draw(flow_of(self.study))}
        if sight.counts_for(request.user, self.study):
            context["export_url"] = url("export", self.study.pk)
        return self.render_to_response({**self.get_context_data(), **context})


class ExportView(StudyScreen):
    """The zip of an analyst."""

    permission = "peer_support.export_study"
    http_method_names = ["get", "head"]

    def get(self, request, pk):
        if not sight.counts_for(request.user, self.study):
            text = _(
                "The export is for the analysts of the study. Whoever knows the people cannot be one of them: codes and "
                "names could be put together."
            )
            return self.back(text, messages.WARNING, "flow")
        if self.study.state == StudyState.DRAFT:
            return self.back(_("There is nothing to take out yet."), messages.WARNING, "study")
        content = export_zip(study=self.study, user=request.user, route=request.resolver_match.view_name)
        response = HttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="study-{self.study.pk}.zip"'
        return response


class CheckPage(StudyScreen):
    """After the end: the number that was sealed, and whether every draw follows from it."""

    part = "check"
    template_name = "peer_support/outcomes/study/check.html"

    def get(self, request, pk):
        if self.study.state != StudyState.UNSEALED:
            return self.back(_("The draw can be checked when the study is opened up."), messages.WARNING)
        rows, seed = allocation_rows(self.study), seals.revealed_seed(self.study)
        if request.GET.get("list") == "csv":
            return self._list(rows)
        commitment = seals.commitment_of(self.study)[0]
        self.log([self.study], Action.READ)
        context = {
            "seed": seed,
            "commitment": commitment,
            "faults": faults(commitment, seed, rows),
            "count": len(rows),
            "list_url": "?list=csv",
        }
        return self.render_to_response({**self.get_context_data(), **context})

    def _list(self, rows):
        if not sight.knows_everybody(self.study) and not sight.counts_for(self.request.user, self.study):
            raise Http404
        self.log([self.study], Action.EXPORT)
        content = csv_of(Table("allocations", ("stratum", "slot", "arm"), rows))
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="allocations.csv"'
        return response
