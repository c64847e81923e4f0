"""Who is to be asked, who has been, who has answered and who has not; and the plan that says when."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import rules, services_planning
from .forms import PlanForm
from .models import WAITING_STATES, Questionnaire, QuestionnairePlan, State
from .presenting import NAMESPACE, person_page, row_of, url
from .views_base import WITH, AskScreen

# How many rows a list shows before it asks.
MOST_ROWS = 200


def _filters(day):
    return {
        "due": (gettext_lazy("to be asked now"), Q(state=State.PLANNED, due_on__lte=day)),
        "asked": (gettext_lazy("asked, not answered yet"), Q(state__in=WAITING_STATES)),
        "answered": (gettext_lazy("answered"), Q(state=State.ANSWERED)),
        "missing": (gettext_lazy("not answered"), Q(state__in=(State.EXPIRED, State.SKIPPED))),
        "coming": (gettext_lazy("later"), Q(state=State.PLANNED, due_on__gt=day)),
    }


class OverviewView(AskScreen):
    """Where the initiative's questionnaires stand. No answer and no score is on it."""

    template_name = "peer_support/outcomes/questionnaires/overview.html"
    tab = f"{NAMESPACE}:overview"

    def get_page_title(self):
        return _("Questionnaires")

    def get(self, request):
        day = timezone.localdate()
        filters = _filters(day)
        own = Questionnaire.objects.filter(initiative=self.initiative)
        counts = own.aggregate(**{code: Count("pk", filter=of) for code, (__, of) in filters.items()})
        chosen = request.GET.get("state") or next((code for code in filters if counts[code]), "due")
        if chosen not in filters:
            raise Http404
        rows = own.filter(filters[chosen][1]).select_related(*WITH).order_by("due_on", "pk")
        if chosen in ("answered", "missing"):
            rows = rows.order_by("-due_on", "-pk")
        rows = list(rows[:MOST_ROWS])
        self.log(list(dict.fromkeys(row.person for row in rows)))
        peace = rules.left_in_peace([row.person for row in rows])
        context = {
            "filters": [
                {
                    "label": label,
                    "count": counts[code],
                    "url": f"?state={code}",
                    "current": code == chosen,
                }
                for code, (label, __) in filters.items()
            ],
            "chosen": filters[chosen][0],
            "rows": [
                {
                    "person": row.person,
                    "person_url": person_page(row.person),
                    "row": row_of(row, day),
                    "peace": (row.person._meta.model_name, row.person.pk) in peace
                    or row.person.is_paused(day),
                }
                for row in rows
            ],
            "is_empty": not any(counts.values()),
            "has_plan": QuestionnairePlan.objects.filter(initiative=self.initiative).exists(),
            "plan_url": url("plan"),
        }
        return self.render_to_response({**self.get_context_data(), **context})


class PlanView(AskScreen):
    """Which questionnaires an initiative's matches and courses have, and when."""

    permission = "peer_support.change_questionnaireplan"
    template_name = "peer_support/outcomes/questionnaires/plan.html"
    tab = f"{NAMESPACE}:plan"

    def get_page_title(self):
        return _("Plan of questionnaires")

    def _form(self, data=None):
        return PlanForm(data, lines=QuestionnairePlan.objects.filter(initiative=self.initiative))

    def get(self, request):
        return self._page(self._form())

    def post(self, request):
        form = self._form(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self._page(form)
        services_planning.save_plan(initiative=self.initiative, lines=form.lines(), user=request.user)
        messages.success(request, _("The plan is saved. Nobody is written to; you are told on today's list."))
        return HttpResponseRedirect(url("plan"))

    def _page(self, form):
        return self.render_to_response({**self.get_context_data(), "form": form})
