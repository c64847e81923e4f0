"""Two volunteers side by side for one citizen."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....privacy.access_log import Action
from ...presenting import PartLine, ranking_for
from ..base import key_of
from .ranking import CandidateCard, CitizenView, cards_of


@dataclass(frozen=True)
class ComparedPart:
    """One criterion for both. ``verdict`` says who is ahead, in words."""

    label: str
    first: PartLine
    second: PartLine
    verdict: str


def compared(first, second):
    """Return the :class:`ComparedPart` of two cards, criterion by criterion."""
    by_name = {part.criterion: part for part in second.candidate.parts}
    return [
        ComparedPart(
            part.label, part, by_name[part.criterion], _verdict(part, by_name[part.criterion], first, second)
        )
        for part in first.candidate.parts
        if part.maximum and part.criterion in by_name
    ]


def _verdict(one, other, first, second):
    if one.unknown or other.unknown:
        return _("Not told by all, so it cannot be compared.")
    gap = one.points - other.points
    if not gap:
        return _("The same.")
    ahead: CandidateCard = first if gap > 0 else second
    return ngettext(
        "%(name)s is ahead by %(count)s point.", "%(name)s is ahead by %(count)s points.", abs(gap)
    ) % {"name": ahead.volunteer.first_name, "count": abs(gap)}


def in_one_line(first, second):
    """Say the difference as a whole."""
    gap = first.candidate.points - second.candidate.points
    if not gap:
        return _("The two fit equally well. Choose by what you know of them.")
    ahead, behind = (first, second) if gap > 0 else (second, first)
    return ngettext(
        "%(ahead)s fits better than %(behind)s, by %(count)s point.",
        "%(ahead)s fits better than %(behind)s, by %(count)s points.",
        abs(gap),
    ) % {"ahead": ahead.volunteer.first_name, "behind": behind.volunteer.first_name, "count": abs(gap)}


class CompareView(CitizenView):
    """The comparison; asks for exactly two who are possible for the citizen."""

    template_name = "peer_support/matching/compare.html"

    def get_page_title(self):
        return _("Compare")

    def get_page_subtitle(self):
        return str(self.citizen)

    def crumbs(self):
        return [(self.ranking_url(), str(self.citizen)), ("", self.get_page_title())]

    def get(self, request, pk):
        chosen = self._chosen()
        fitting = ranking_for(self.citizen).candidates if len(chosen) == 2 else []
        cards = cards_of([one for one in fitting if one.volunteer.pk in chosen], request.user)
        if len(cards) != 2:
            messages.info(request, _("Tick two volunteers, and you see them side by side."))
            return HttpResponseRedirect(self.ranking_url())
        self.log([self.citizen], Action.READ)
        self.log([card.volunteer for card in cards])
        return self.render_to_response(
            {
                **self.get_context_data(),
                "citizen": self.citizen,
                "cards": cards,
                "rows": compared(*cards),
                "difference": in_one_line(*cards),
                "back": reverse("peer_support_matching:ranking", args=[self.citizen.pk]),
            }
        )

    def _chosen(self):
        given = [*self.request.GET.getlist("v"), self.request.GET.get("a", ""), self.request.GET.get("b", "")]
        return {key_of(value) for value in given} - {0}
