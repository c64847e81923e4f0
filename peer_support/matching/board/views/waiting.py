"""Who waits, longest first."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....people.models import Citizen
from ....people.rules import missing_for_a_match
from ....people.staleness import stale_among
from ....people.standing import MATCH, usable
from ... import people_queries
from ...models import Match
from ...models_match import OPEN_STATES, State
from ..base import BoardView
from ..filters import STEPS, WaitingFilterSet, chosen_in, step_of
from ..words import fill_in_url, hours_of, interests_of, towns_of


@dataclass(frozen=True)
class Waiter:
    """One citizen who waits, as the screen shows them."""

    citizen: Citizen
    days: int
    step: str
    words: list[str]
    missing: list[str]
    paused: bool
    proposal: Match | None
    fill_in_url: str
    stale: str = ""


def waiting_or_proposed():
    """Return the citizens who wait, those with a proposal that is not answered yet among them."""
    started = Match.objects.filter(
        citizen=OuterRef("pk"), state__in=[state for state in OPEN_STATES if state != State.PROPOSED]
    )
    return people_queries.with_pause(
        Citizen.objects.filter(~Exists(started), usable(MATCH), status=Citizen.Status.WAITING)
    ).order_by("waiting_since", "number", "pk")


def waiters_of(citizens, user):
    """Return a :class:`Waiter` per citizen, in the order given, with a fixed number of queries."""
    towns = towns_of(citizens)
    proposed = Match.objects.filter(state=State.PROPOSED, citizen__in=citizens).select_related("volunteer")
    proposals = {match.citizen_id: match for match in proposed}
    stale = stale_among(citizens)
    return [
        Waiter(
            citizen=citizen,
            days=citizen.days_waiting(),
            step=step_of(citizen.days_waiting()),
            words=[
                words for words in (towns.get(citizen.pk), interests_of(citizen), hours_of(citizen)) if words
            ],
            missing=missing_for_a_match(citizen),
            paused=citizen.paused_today,
            proposal=proposals.get(citizen.pk),
            fill_in_url=fill_in_url(citizen, user),
            stale=stale[citizen.pk].sentence if citizen.pk in stale else "",
        )
        for citizen in citizens
    ]


class WaitingView(BoardView):
    """The board's first screen: who needs a match most."""

    tab = "peer_support_matching:waiting"
    template_name = "peer_support/matching/waiting.html"

    def get_page_title(self):
        return _("Waiting")

    def get(self, request):
        waiting = waiting_or_proposed().filter(initiative=self.initiative)
        filterset = WaitingFilterSet(request.GET, queryset=waiting, request=request)
        citizens = list(filterset.qs.prefetch_related("interests"))
        waiters = waiters_of(citizens, request.user)
        self.log(citizens)
        without = people_queries.waiting().filter(initiative=self.initiative)
        total = without.count()
        places = self._free_places()
        return self.render_to_response(
            {
                **self.get_context_data(),
                "filterset": filterset,
                "chosen": chosen_in(filterset, request),
                "groups": _groups(waiters),
                "proposed": [waiter for waiter in waiters if waiter.proposal],
                "shown": len(waiters),
                "total": total,
                "longest": without.first().days_waiting() if total else 0,
                "shortage": _shortage(total, places),
                "plan_url": reverse("peer_support_matching:plan"),
            }
        )

    def _free_places(self):
        free = people_queries.free_volunteers().filter(initiative=self.initiative)
        return free.aggregate(n=Sum("free_places"))["n"] or 0


def _shortage(total, places):
    if total <= places:
        return ""
    if not places:
        return _("No volunteer has a free place just now. Every proposal needs one.")
    return ngettext(
        "There is only %(places)s free place among the volunteers: not everybody can have a match now.",
        "There are only %(places)s free places among the volunteers: not everybody can have a match now.",
        places,
    ) % {"places": places}


def _groups(waiters):
    """Return ``(code, label, waiters)`` per step of waiting that somebody is in, longest first."""
    free = [waiter for waiter in waiters if not waiter.proposal]
    groups = [(code, label, [w for w in free if w.step == code]) for code, __, __, label in STEPS]
    return [group for group in groups if group[2]]
