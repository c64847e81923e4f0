"""A saved plan: what it said, what has become of each row, and how it differs from another one."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ....people.models import Citizen, Volunteer
from ... import adapter, rules, services
from ...models import Match, MatchRun
from ..base import BoardView, key_of
from .plan import AIM_NAMES, tell
from .weights import weights_shown

OTHERS_SHOWN = 20


@dataclass(frozen=True)
class RunLine:
    """A row of a saved plan today. ``match``: what it led to. ``conflict``: why it cannot be proposed any more."""

    citizen: Citizen
    volunteer: Volunteer
    percent: int | None
    match: Match | None
    conflict: str

    @property
    def is_free(self):
        return not self.match and not self.conflict


def lines_of(run):
    """Return the :class:`RunLine` list of ``run`` with a fixed number of queries; people who are gone are left out."""
    pairs = adapter.run_pairs(run)
    citizens = Citizen.objects.in_bulk([citizen for citizen, __ in pairs])
    volunteers = Volunteer.objects.in_bulk([volunteer for __, volunteer in pairs])
    made = {(match.citizen_id, match.volunteer_id): match for match in Match.objects.filter(run=run)}
    percents = _percents(run)
    judge = rules.Judge(run.initiative_id, list(citizens), list(volunteers))
    lines = []
    for key in pairs:
        citizen, volunteer = citizens.get(key[0]), volunteers.get(key[1])
        if citizen is None or volunteer is None:
            continue
        decision = None if key in made else judge.decision(citizen, volunteer)
        conflict = "" if decision is None or decision else decision.reason
        lines.append(RunLine(citizen, volunteer, percents.get(key), made.get(key), conflict))
    return lines


def _percents(run):
    """Return how well each pair fitted when the plan was made, in whole per cent of the points there were."""
    total = sum(run.result.get("settings", {}).get("weights", {}).values())
    return {
        (pair["request_id"], pair["offer_id"]): round(100 * pair["points"] / total)
        for pair in run.result.get("pairs", ())
        if total
    }


class RunPage(BoardView):
    """What the screens about one saved plan share."""

    tab = "peer_support_matching:plan"
    header_icon = "tasks"

    @cached_property
    def run(self):
        runs = MatchRun.objects.select_related("policy", "made_by", "initiative")
        return get_object_or_404(runs, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.run.initiative

    def get_page_title(self):
        return str(self.run)

    def crumbs(self):
        return [(reverse("peer_support_matching:plan"), _("Plan for all")), ("", str(self.run))]


class RunView(RunPage):
    """The page of a saved plan."""

    template_name = "peer_support/matching/run.html"

    def get(self, request, pk):
        lines = lines_of(self.run)
        self.log([person for line in lines for person in (line.citizen, line.volunteer)])
        others = MatchRun.objects.filter(initiative=self.initiative).exclude(pk=self.run.pk)[:OTHERS_SHOWN]
        return self.render_to_response(
            {
                **self.get_context_data(),
                "run": self.run,
                "aim": AIM_NAMES[self.run.aim],
                "lines": lines,
                "free": sum(line.is_free for line in lines),
                "weights": weights_shown(self.run.policy),
                "certificate": bool(self.run.result.get("verified")),
                "others": others,
                **self._compared(),
            }
        )

    def _compared(self):
        asked = self.request.GET.get("with", "")
        if not asked:
            return {}
        other = get_object_or_404(MatchRun, pk=key_of(asked), initiative=self.initiative)
        return {"other": other, "changes": changes_between(self.run, other)}


def changes_between(this, other):
    """Return a sentence per citizen for whom two saved plans differ; ``other`` may be older or newer than ``this``."""
    here, there = dict(adapter.run_pairs(this)), dict(adapter.run_pairs(other))
    citizens = Citizen.objects.in_bulk(set(here) | set(there))
    volunteers = Volunteer.objects.in_bulk({*here.values(), *there.values()})
    return [
        _change(citizen, volunteers.get(here.get(pk)), volunteers.get(there.get(pk)))
        for pk, citizen in sorted(citizens.items())
        if volunteers.get(here.get(pk)) != volunteers.get(there.get(pk))
    ]


def _change(citizen, here, there):
    names = {"citizen": citizen, "here": here, "there": there}
    if there is None:
        return _("%(citizen)s has a place here: %(here)s. The other plan has none.") % names
    if here is None:
        return _("%(citizen)s has no place here. The other plan says %(there)s.") % names
    return _("%(citizen)s has %(here)s here, and %(there)s in the other plan.") % names


class ConfirmView(RunPage):
    """Propose one, some or all of a saved plan's pairs; each is judged anew."""

    http_method_names = ["post"]

    def post(self, request, pk):
        one = request.POST.get("one", "")
        chosen = [one] if one else request.POST.getlist("citizen")
        ids = [key_of(value) for value in chosen]
        tell(request, services.confirm_run(run=self.run, citizen_ids=ids, user=request.user))
        return HttpResponseRedirect(reverse("peer_support_matching:run", args=[self.run.pk]))
