"""A plan for all who wait: both aims side by side, weights that can be tried, and nothing saved until one says so."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ....access.decisions import NotAllowed
from ... import services
from ...adapter import BEST_FIT_LEAST
from ...models import MatchRun
from ...models_policy import Aim
from ...presenting import PlanRow, PlanView, differences, plans_for
from ...seeking import seeking_address
from ..bars import Segment, segments_of
from ..base import BoardView
from ..trying import tried_weights
from .weights import explain

RUNS_SHOWN = 10
AIM_NAMES = {
    Aim.MOST_PEOPLE: gettext_lazy("Most people get a match"),
    Aim.BEST_FIT: gettext_lazy("The best possible matches"),
}


@dataclass(frozen=True)
class AimCard:
    """One of the two aims with what it comes to. ``chosen``: its rows are shown below."""

    aim: str
    name: str
    plan: PlanView
    chosen: bool
    hint: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the plan with its bar. ``key`` names the pair in the form."""

    row: PlanRow
    segments: list[Segment]

    @property
    def key(self):
        return f"{self.row.citizen.pk}-{self.row.volunteer.pk}"


class PlanPage(BoardView):
    """The page, or, when the script asks, only its results."""

    tab = "peer_support_matching:plan"
    header_icon = "tasks"
    template_name = "peer_support/matching/plan.html"
    results_template = "peer_support/matching/_plan_results.html"

    def get_page_title(self):
        return _("Plan for all")

    def get_template_names(self):
        return [self.results_template if self.only_results else self.template_name]

    @property
    def only_results(self):
        return self.request.headers.get("X-Board-Results") == "1"

    def get(self, request):
        tried = tried_weights(self.initiative, request.GET)
        plans = plans_for(self.initiative, tried.policy)
        plan = plans[tried.aim]
        others = {aim: other for aim, other in plans.items() if aim != tried.aim}
        self.log([row.citizen for row in [*plan.rows, *plan.unmatched]])
        self.log(_volunteers_named(plans.values()))
        context = {} if self.only_results else self._furniture(tried)
        return self.render_to_response(
            {
                **self.get_context_data(),
                **context,
                "tried": tried,
                "cards": _cards(plans, tried.aim),
                "plan": plan,
                "lines": [Line(row, segments_of(row.candidate.parts)) for row in plan.rows],
                "waiting": len(plan.rows) + len(plan.unmatched),
                "seek_url": seeking_address(request.user) if plan.crowded else "",
                "differences": [row for other in others.values() for row in differences(plan, other)],
            }
        )

    def _furniture(self, tried):
        """Return what stands around the results and does not change with the weights."""
        runs = MatchRun.objects.filter(initiative=self.initiative).select_related("made_by", "policy")
        return {"form": explain(tried.form), "runs": runs[:RUNS_SHOWN]}


def _volunteers_named(plans):
    """Return everybody whose name can be read in the rows and in what differs between the aims, each once."""
    rows = [row for plan in plans for row in plan.rows]
    found = {volunteer.pk: volunteer for row in rows for volunteer in (row.volunteer, row.first) if volunteer}
    return list(found.values())


def _cards(plans, chosen):
    hints = {
        Aim.MOST_PEOPLE: _("Weaker matches are taken too."),
        Aim.BEST_FIT: _("Only pairs that fit at least %(least)s %%.") % {"least": BEST_FIT_LEAST},
    }
    return [
        AimCard(aim, AIM_NAMES[aim], plans[aim], aim == chosen, hints[aim])
        for aim in AIM_NAMES
        if aim in plans
    ]


class SavePlanView(BoardView):
    """Save the plan that is shown; on request, propose the pairs that are ticked as well."""

    http_method_names = ["post"]

    def post(self, request):
        tried = tried_weights(self.initiative, request.POST)
        if tried.form.is_bound and not tried.form.is_valid():
            messages.warning(request, _("Something is not right in the weights. Nothing was saved."))
            return HttpResponseRedirect(reverse("peer_support_matching:plan"))
        plan = plans_for(self.initiative, tried.policy)[tried.aim]
        try:
            run = services.save_run(
                initiative=self.initiative, policy=tried.policy, plan=plan.plan, user=request.user
            )
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return HttpResponseRedirect(f"{reverse('peer_support_matching:plan')}?{tried.query}")
        messages.success(request, _("The plan is saved."))
        if request.POST.get("then") == "confirm":
            self._confirm_ticked(run, plan)
        return HttpResponseRedirect(reverse("peer_support_matching:run", args=[run.pk]))

    def _confirm_ticked(self, run, plan):
        """Propose those ticked pairs that are in the plan as it is now; say which are not any more."""
        ticked = set(self.request.POST.getlist("pair"))
        still = {Line(row, []).key: row.citizen.pk for row in plan.rows}
        if gone := len(ticked - set(still)):
            messages.warning(
                self.request,
                ngettext(
                    "%(count)s pair you ticked is not in the plan any more, because something has changed since you "
                    "opened it. It was not proposed.",
                    "%(count)s pairs you ticked are not in the plan any more, because something has changed since you "
                    "opened it. They were not proposed.",
                    gone,
                )
                % {"count": gone},
            )
        tell(
            self.request,
            services.confirm_run(
                run=run, citizen_ids=[still[key] for key in ticked & set(still)], user=self.request.user
            ),
        )


def tell(request, confirmation):
    """Say what came of confirming: how many are proposed, and each refusal with its reason."""
    made = len(confirmation.made)
    if made:
        messages.success(
            request,
            ngettext(
                "%(count)s pair is proposed. Call both, and write their answers.",
                "%(count)s pairs are proposed. Call them, and write their answers.",
                made,
            )
            % {"count": made},
        )
    for refusal in confirmation.refused:
        messages.warning(
            request,
            _("%(citizen)s and %(volunteer)s were not proposed. %(reason)s")
            % {"citizen": refusal.citizen, "volunteer": refusal.volunteer, "reason": refusal.sentence},
        )
    if not made and not confirmation.refused:
        messages.info(request, _("No pair was chosen, so nothing was proposed."))
