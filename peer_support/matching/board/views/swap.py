"""Another volunteer for one row of a plan, with what it costs the plan as a whole."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....people.models import Citizen, Volunteer
from ....privacy.access_log import Action
from ...presenting import plans_for, ranking_for
from ...presenting_parts import people_by_id
from ...sentences import named
from ..trying import tried_weights
from .ranking import FIRST_SHOWN, CandidateCard, CitizenView, cards_of


@dataclass(frozen=True)
class Swap:
    """A volunteer who could be chosen instead. ``price`` says what it costs; ``moves`` who else gets another answer."""

    card: CandidateCard
    price: str
    moves: list[str]


def price_of(cost):
    """Say what forcing a pair costs, from the engine's :class:`ForcedCost`."""
    if cost.people > 0:
        return ngettext(
            "%(count)s person fewer gets a match.", "%(count)s people fewer get a match.", cost.people
        ) % {"count": cost.people}
    if cost.people < 0:
        # Only where the aim is the best fit: more people, at the price of points.
        return ngettext(
            "%(count)s person more gets a match, but the plan as a whole fits less well.",
            "%(count)s people more get a match, but the plan as a whole fits less well.",
            -cost.people,
        ) % {"count": -cost.people}
    if cost.total > 0:
        return ngettext("Costs %(count)s point in all.", "Costs %(count)s points in all.", cost.total) % {
            "count": cost.total
        }
    return _("Costs nothing: the plan is just as good.")


class SwapView(CitizenView):
    """The choices for one citizen, cheapest first, under the weights that are being tried."""

    tab = "peer_support_matching:plan"
    header_icon = "tasks"
    template_name = "peer_support/matching/swap.html"

    def get_page_title(self):
        return _("Swap")

    def get_page_subtitle(self):
        return str(self.citizen)

    def crumbs(self):
        return [(self._back(), _("Plan for all")), ("", _("Swap: %(citizen)s") % {"citizen": self.citizen})]

    def _back(self):
        return f"{reverse('peer_support_matching:plan')}?{self._tried.query}"

    @property
    def _tried(self):
        return tried_weights(self.initiative, self.request.GET)

    def get(self, request, pk):
        tried = self._tried
        plan = plans_for(self.initiative, tried.policy)[tried.aim]
        row = next((row for row in plan.rows if row.citizen.pk == self.citizen.pk), None)
        if row is None:
            messages.info(request, _("%(citizen)s has no place in this plan.") % {"citizen": self.citizen})
            return HttpResponseRedirect(self._back())
        others = [
            candidate
            for candidate in ranking_for(self.citizen, tried.policy).candidates
            if candidate.volunteer.pk != row.volunteer.pk and candidate.points >= plan.plan.settings.threshold
        ]
        shown = len(others) if "all" in request.GET else FIRST_SHOWN
        swaps = self._swaps(plan.plan, cards_of(others[:shown], request.user))
        self.log([self.citizen], Action.READ)
        self.log([row.volunteer, *(swap.card.volunteer for swap in swaps)])
        return self.render_to_response(
            {
                **self.get_context_data(),
                "citizen": self.citizen,
                "row": row,
                "swaps": swaps,
                "rest": max(len(others) - shown, 0),
                "back": self._back(),
                "query": tried.query,
            }
        )

    def _swaps(self, plan, cards):
        costs = [(plan.forced_cost(self.citizen.pk, card.volunteer.pk), card) for card in cards]
        costs.sort(key=lambda pair: (pair[0].people, pair[0].total, pair[1].place))
        names = _Names(cost for cost, __ in costs)
        self.log(names.people)
        return [Swap(card, price_of(cost), names.moves_of(cost, self.citizen.pk)) for cost, card in costs]


class _Names:
    """The names of all who would get another answer, in two queries."""

    def __init__(self, costs):
        moves = [move for cost in costs for move in cost.moves]
        self.citizens = people_by_id(Citizen, [move[0] for move in moves])
        self.volunteers = people_by_id(Volunteer, [pk for move in moves for pk in move[1:] if pk is not None])

    @property
    def people(self):
        return [*self.citizens.values(), *self.volunteers.values()]

    def moves_of(self, cost, citizen_pk):
        return [self._sentence(*move) for move in cost.moves if move[0] != citizen_pk]

    def _sentence(self, citizen, before, after):
        names = {
            "citizen": named(self.citizens[citizen]),
            "before": named(self.volunteers[before]) if before is not None else "",
            "after": named(self.volunteers[after]) if after is not None else "",
        }
        if after is None:
            return _("%(citizen)s loses %(before)s and has no place.") % names
        if before is None:
            return _("%(citizen)s gets a place: %(after)s.") % names
        return _("%(citizen)s has %(after)s instead of %(before)s.") % names
