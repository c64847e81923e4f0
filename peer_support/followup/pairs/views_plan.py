"""The follow-up plan of an initiative."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ...matching.board.base import BoardView
from .. import services_follow_up as services
from ..models import FollowUpPlan
from ..planning import lines_of
from .forms import PlanForm


class PlanView(BoardView):
    """When each side is rung, for every match of the initiative."""

    permission = "peer_support.change_followupplan"
    template_name = "peer_support/followup/pairs/plan.html"

    def get_page_title(self):
        return _("Follow-up plan")

    def _form(self, data=None):
        return PlanForm(data, lines=lines_of(FollowUpPlan.objects.filter(initiative=self.initiative)))

    def get(self, request):
        return self._page(self._form())

    def post(self, request):
        form = self._form(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self._page(form)
        services.save_plan(initiative=self.initiative, lines=form.lines(), user=request.user)
        messages.success(request, _("The plan is saved, and the calls to come are moved with it."))
        return HttpResponseRedirect(reverse("peer_support_pairs:plan"))

    def _page(self, form):
        return self.render_to_response({**self.get_context_data(), "form": form})
