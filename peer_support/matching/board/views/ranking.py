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
from ....privacy.access_log import Action
from ... import services
from ...models import Exclusion, Match
from ...models_match import OPEN_STATES
from ...people_queries import with_open_matches
from ...presenting import Candidate, ranking_for
from ..bars import Segment, segments_of
from ..base import BoardView
from ..forms import RuleOutForm
from ..words import edit_url, hours_of, interests_of, missing_of, towns_of

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
    edit_url: str

    @property
    def volunteer(self):
        return self.candidate.volunteer


def cards_of(candidates):
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
            edit_url=edit_url(candidate.volunteer),
        )
        for place, candidate in enumerate(candidates, 1)
    ]


class CitizenView(BoardView):
    """A screen about one citizen."""

    tab = "waiting"

    @cached_property
    def citizen(self):
        return get_object_or_404(Citizen.objects.select_related("initiative"), pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.citizen.initiative

    def ranking_url(self, anchor=""):
        url = reverse("peer_support_matching:ranking", args=[self.citizen.pk])
        return f"{url}#{anchor}" if anchor else url

    def volunteer_asked_for(self):
        """Return the volunteer that the form names; one of another initiative is not found."""
        given = self.request.POST.get("volunteer", "")
        return get_object_or_404(
            Volunteer, pk=int(given) if given.isdecimal() else 0, initiative_id=self.citizen.initiative_id
        )


class RankingPage(CitizenView):
    """The ranking itself."""

    template_name = "peer_support/matching/ranking.html"

    def get_page_title(self):
        return self.citizen.display_name

    def get_page_subtitle(self):
        return str(self.citizen)

    def get(self, request, pk):
        ranking = ranking_for(self.citizen)
        cards = cards_of(ranking.candidates)
        shown = len(cards) if "all" in request.GET else FIRST_SHOWN
        by_hand = Exclusion.objects.filter(
            citizen=self.citizen, kind__in=[Exclusion.Kind.RELATIVE, Exclusion.Kind.OTHER]
        ).select_related("volunteer")
        self.log([self.citizen], Action.READ)
        self.log([card.volunteer for card in cards[:shown]])
        self.log([v for group in ranking.impossible for v in group.volunteers])
        return self.render_to_response(
            {
                **self.get_context_data(),
                "citizen": self.citizen,
                "about": self._about(),
                "missing": missing_of(self.citizen),
                "edit_url": edit_url(self.citizen),
                "ranking": ranking,
                "cards": cards[:shown],
                "rest": len(cards) - len(cards[:shown]),
                "impossible_count": sum(len(group.volunteers) for group in ranking.impossible),
                "open_match": Match.objects.filter(citizen=self.citizen, state__in=OPEN_STATES).first(),
                "ruled_out": by_hand,
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
            _("%(volunteer)s is not proposed to %(citizen)s. You can undo it further down on this page.")
            % {"volunteer": volunteer.display_name, "citizen": self.citizen.display_name},
        )
        return HttpResponseRedirect(self.ranking_url("ruled-out"))


class RuleInView(CitizenView):
    """Undo a ruling out that was made by hand."""

    http_method_names = ["post"]

    def post(self, request, pk):
        volunteer = self.volunteer_asked_for()
        try:
            services.lift_exclusion(citizen=self.citizen, volunteer=volunteer, user=request.user)
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
        else:
            messages.success(
                request,
                _("%(volunteer)s can be proposed to %(citizen)s again.")
                % {"volunteer": volunteer.display_name, "citizen": self.citizen.display_name},
            )
        return HttpResponseRedirect(self.ranking_url())
