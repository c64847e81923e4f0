"""One citizen's page: the volunteers who fit, best first, with the reasons."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ....access.decisions import NotAllowed
from ....people.models import Citizen, Volunteer
from ....people.rules import missing_for_a_match
from ....people.standing import may_be_used
from ....privacy.access_log import Action
from ... import services
from ...models import Exclusion, Match
from ...models_match import OPEN_STATES
from ...people_queries import with_open_matches
from ...presenting import Candidate, ranking_for
from ...seeking import seeking_address
from ..bars import Segment, segments_of
from ..base import BoardView, key_of
from ..forms import RuleOutForm
from ..words import fill_in_url, hours_of, interests_of, record_url, towns_of

FIRST_SHOWN = 10


@dataclass(frozen=True)
class CandidateCard:
    """A candidate as the screen shows them. ``place`` is the place in the ranking, from 1."""

    place: int
    candidate: Candidate
    segments: list[Segment]
    town: str
    hours: str
    free_places: int
    missing: list[str]
    fill_in_url: str

    @property
    def volunteer(self):
        return self.candidate.volunteer

    @property
    def maximum(self):
        """The points of a perfect pair."""
        return sum(part.maximum for part in self.candidate.parts)


def cards_of(candidates, user):
    """Return a :class:`CandidateCard` per candidate, with a fixed number of queries."""
    volunteers = [candidate.volunteer for candidate in candidates]
    towns = towns_of(volunteers)
    places = dict(
        with_open_matches(Volunteer.objects.filter(pk__in=[v.pk for v in volunteers]))
        .order_by()
        .values_list("pk", "free_places")
    )
    return [
        CandidateCard(
            place=place,
            candidate=candidate,
            segments=segments_of(candidate.parts),
            town=towns.get(candidate.volunteer.pk, ""),
            hours=hours_of(candidate.volunteer),
            free_places=places.get(candidate.volunteer.pk, 0),
            missing=missing_for_a_match(candidate.volunteer),
            fill_in_url=fill_in_url(candidate.volunteer, user),
        )
        for place, candidate in enumerate(candidates, 1)
    ]


class CitizenView(BoardView):
    """A screen about one citizen."""

    tab = "peer_support_matching:waiting"

    @cached_property
    def citizen(self):
        return get_object_or_404(Citizen.objects.select_related("initiative"), pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.citizen.initiative

    def ranking_url(self, anchor=""):
        url = reverse("peer_support_matching:ranking", args=[self.citizen.pk])
        return f"{url}#{anchor}" if anchor else url

    def ruled_out_by_hand(self):
        """Return the pairs that a coordinator has ruled out; an answer or an ending is not theirs to undo here."""
        by_hand = [Exclusion.Kind.RELATIVE, Exclusion.Kind.OTHER]
        return Exclusion.objects.filter(citizen=self.citizen, kind__in=by_hand)

    def volunteer_asked_for(self):
        """Return the volunteer that the form names; one of another initiative is not found."""
        given = key_of(self.request.POST.get("volunteer"))
        return get_object_or_404(Volunteer, pk=given, initiative_id=self.citizen.initiative_id)


class RankingPage(CitizenView):
    """The ranking itself."""

    template_name = "peer_support/matching/ranking.html"

    def get_page_title(self):
        # A browser keeps titles in its history: the case number, never the name.
        return str(self.citizen)

    def get(self, request, pk):
        if not (usable := may_be_used(self.citizen)):
            messages.warning(request, usable.reason)
            return HttpResponseRedirect(reverse("peer_support_matching:waiting"))
        ranking = ranking_for(self.citizen, limit=None if "all" in request.GET else FIRST_SHOWN)
        cards = cards_of(ranking.candidates, request.user)
        ruled_out = list(self.ruled_out_by_hand().select_related("volunteer"))
        self.log([self.citizen], Action.READ)
        self.log([card.volunteer for card in cards])
        others = [v for group in ranking.impossible for v in group.volunteers]
        others += [pair.volunteer for pair in ruled_out]
        self.log({volunteer.pk: volunteer for volunteer in others}.values())
        return self.render_to_response(
            {
                **self.get_context_data(),
                "citizen": self.citizen,
                "about": self._about(),
                "seek_url": "" if cards else seeking_address(request.user),
                "wish": _("Looks for a volunteer: %(what)s") % {"what": " · ".join(self._about())},
                "fill_in_url": fill_in_url(self.citizen, request.user),
                "record_url": record_url(self.citizen, request.user),
                "ranking": ranking,
                "cards": cards,
                "rest": ranking.possible_count - len(cards),
                "open_match": Match.objects.filter(citizen=self.citizen, state__in=OPEN_STATES).first(),
                "ruled_out": ruled_out,
                "rule_out_form": RuleOutForm(),
            }
        )

    def _about(self):
        words = (
            towns_of([self.citizen]).get(self.citizen.pk, ""),
            hours_of(self.citizen),
            interests_of(self.citizen),
        )
        return [word for word in words if word]


class ProposeView(CitizenView):
    """Propose one volunteer. Nobody is told: the coordinator calls both."""

    http_method_names = ["post"]

    def post(self, request, pk):
        volunteer = self.volunteer_asked_for()
        try:
            match = services.propose(citizen=self.citizen, volunteer=volunteer, user=request.user)
        except NotAllowed as refusal:
            already = self._same_pair(volunteer)
            if already:
                messages.info(request, _("The proposal was made already. Here it is."))
                return HttpResponseRedirect(reverse("peer_support_matching:match", args=[already.pk]))
            messages.warning(request, refusal.decision.reason)
            return HttpResponseRedirect(self.ranking_url())
        messages.success(request, _("The proposal is made. Call both of them, and write here what they say."))
        return HttpResponseRedirect(reverse("peer_support_matching:match", args=[match.pk]))

    def _same_pair(self, volunteer):
        """Return the open proposal of this very pair: a second click asks for what is there already."""
        return Match.objects.filter(citizen=self.citizen, volunteer=volunteer, state="proposed").first()


class RuleOutView(CitizenView):
    """Say that a pair shall not be proposed: they are related, or the coordinator has a reason."""

    http_method_names = ["post"]

    def post(self, request, pk):
        volunteer = self.volunteer_asked_for()
        form = RuleOutForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Choose why the two should not be proposed to each other."))
            return HttpResponseRedirect(self.ranking_url(f"volunteer-{volunteer.pk}"))
        try:
            services.exclude_pair(
                citizen=self.citizen, volunteer=volunteer, kind=form.cleaned_data["kind"], user=request.user
            )
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return HttpResponseRedirect(self.ranking_url(f"volunteer-{volunteer.pk}"))
        messages.success(
            request,
            # What is said on the next page waits in a cookie: case numbers, and no name.
            _("%(volunteer)s is not proposed to %(citizen)s. You can undo it further down on this page.")
            % {"volunteer": volunteer, "citizen": self.citizen},
        )
        return HttpResponseRedirect(self.ranking_url("ruled-out"))


class RuleInView(CitizenView):
    """Undo a ruling out that was made by hand."""

    http_method_names = ["post"]

    def post(self, request, pk):
        volunteer = self.volunteer_asked_for()
        if self.ruled_out_by_hand().filter(volunteer=volunteer).exists():
            services.lift_exclusion(citizen=self.citizen, volunteer=volunteer, user=request.user)
        messages.success(
            request,
            _("%(volunteer)s can be proposed to %(citizen)s again.")
            % {"volunteer": volunteer, "citizen": self.citizen},
        )
        return HttpResponseRedirect(self.ranking_url())
