"""One match: the next step on top, the way so far, and what the two have agreed."""

import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....access.decisions import NotAllowed
from ....people.models import Citizen, Conversation
from ....privacy.access_log import Action as LogAction
from ... import rules, sentences
from ...models import Match, MatchingPolicy
from ...models_match import EndingReason, State
from ...sections import match_sections
from ..bars import kept_parts, segments_of
from ..base import BoardView
from ..match_steps import (
    STEPS,
    TAKE_BACK_AFTER,
    TAKE_BACK_ANSWER,
    Sent,
    form_for,
    is_thinking,
    panels_of,
    take,
)
from ..timeline import standing_of, timeline_of
from ..words import record_url

# What the two may know of each other by now, for the coordinator who has both on the telephone.
_NOTHING_PERSONAL = gettext_lazy(
    "Tell each about the other without a name: interests, rough age, which part of town."
)
_FIRST_NAME = gettext_lazy("Both have said yes. Each may know the other's first name, nothing more yet.")
_CONTACT = gettext_lazy(
    "Each may have the other's first name, and the telephone number or e-mail the person has agreed to."
)
_NOTHING_MORE = gettext_lazy("Nothing is passed on between them any more.")
MAY_BE_PASSED_ON = {
    State.PROPOSED: _NOTHING_PERSONAL,
    State.ACCEPTED: _FIRST_NAME,
    State.MET: _FIRST_NAME,
    State.ACTIVE: _CONTACT,
    State.PAUSED: _CONTACT,
}


# The states in which one step is clearly the next; in the others nothing presses.
WANTS_A_STEP = (State.PROPOSED, State.ACCEPTED, State.MET, State.PAUSED)


class MatchPage(BoardView):
    """The page of a match. Each step is a form on it, sent to an address of its own."""

    tab = "peer_support_matching:matches"
    template_name = "peer_support/matching/match.html"

    @cached_property
    def match(self):
        people = Match.objects.select_related("citizen", "volunteer", "initiative", "proposed_by", "run")
        return get_object_or_404(people, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.match.initiative

    def get_page_title(self):
        return str(self.match)

    def crumbs(self):
        return [(reverse("peer_support_matching:matches"), _("Matches")), ("", str(self.match))]

    def url(self):
        return reverse("peer_support_matching:match", args=[self.match.pk])

    def get(self, request, pk, action=None):
        if action is not None:
            self._known(action)
            return HttpResponseRedirect(self.url())
        return self._page()

    def post(self, request, pk, action=None):
        if action is None:
            return HttpResponseRedirect(self.url())
        self._known(action)
        side = request.POST.get("side_given", "")
        sent = Sent(action, side, form_for(self.match, action, side, request.POST, self._months))
        if not sent.form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self._page(sent)
        if is_thinking(sent.form):
            messages.info(request, _("Nothing is changed. You talk again."))
            return HttpResponseRedirect(self.url())
        try:
            done = take(self.match, sent, request.user)
        except NotAllowed as refusal:
            return self._refused(sent, refusal.decision)
        messages.success(request, done)
        return HttpResponseRedirect(self.url())

    def _known(self, action):
        if action not in set(STEPS):
            raise Http404

    def _refused(self, sent, decision):
        """Show why, and what was typed. The second click of a double click has nothing to say."""
        match = get_object_or_404(
            Match.objects.select_related("citizen", "volunteer", "initiative"), pk=self.match.pk
        )
        if self._is_second_click(match, sent):
            messages.info(self.request, _("That is written down already."))
            return HttpResponseRedirect(self.url())
        messages.warning(self.request, decision.reason)
        self.match = match
        # The form is shown again with the match as it is now, so that sending it once more is a choice made in full sight.
        data = self.request.POST.copy()
        data["version"] = match.version
        again = form_for(match, sent.action, sent.side, data, self._months)
        again.is_valid()
        return self._page(Sent(sent.action, sent.side, again))

    def _is_second_click(self, match, sent):
        last = match.events.order_by("-at", "-pk").first()
        return bool(
            last
            and last.user_id == self.request.user.pk
            and last.action == sent.action
            and last.facts.get("side", "") == sent.side
            and sent.form.cleaned_data.get("version") == match.version - 1
        )

    @cached_property
    def _months(self):
        return MatchingPolicy.current(self.match.initiative).months

    def _page(self, sent=None):
        match = self.match
        panels = panels_of(match, rules.next_steps(match), self._months, sent, WANTS_A_STEP)
        conversations = Conversation.objects.filter(citizen=match.citizen).order_by("held_on", "pk")
        self.log([match, match.citizen, match.volunteer], LogAction.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "match": match,
                "next": panels[0] if panels and match.state in WANTS_A_STEP else None,
                "parts": kept_parts(match),
                "segments": segments_of(kept_parts(match)),
                "call": _to_call(match, panels),
                "others": panels[1:] if match.state in WANTS_A_STEP else panels,
                "standing": standing_of(match),
                "waits_again": match.citizen.status == Citizen.Status.WAITING and not match.is_open,
                "lost": _lost(sent, panels),
                "timeline": timeline_of(match, conversations),
                "pass_on": MAY_BE_PASSED_ON.get(match.state, _NOTHING_MORE),
                "people": _people(match, self.request.user),
                "agreed": any((match.active_from, match.hours_a_week, match.place, match.goals)),
                "ending_reasons": [
                    dict(EndingReason.choices).get(code, code) for code in match.ending_reasons
                ],
                "sections": match_sections(match, self.request.user),
                "answers": match.state in (State.PROPOSED, State.ACCEPTED, State.MET),
            }
        )


def _lost(sent, panels):
    """Return what was typed where the step it was for is not possible any more: it is shown, not thrown away."""
    if sent is None or any((p.step.action, p.step.side) == (sent.action, sent.side) for p in panels):
        return []
    return [(field.label, _as_read(field)) for field in sent.form.visible_fields() if field.value()]


def _as_read(bound):
    """Return what was typed or chosen in a field as people read it; what cannot be understood stays as it was typed."""
    given = bound.value()
    if isinstance(bound.field, forms.ChoiceField):
        labels = {str(value): label for value, label in bound.field.choices}
        return sentences.listed(
            labels.get(one, one) for one in ([given] if isinstance(given, str) else given)
        )
    understood = getattr(bound.form, "cleaned_data", {}).get(bound.name)
    return sentences.day(understood) if isinstance(understood, datetime.date) else given


def _to_call(match, panels):
    """Return the one whom the next step is about, so that the number stands where it is needed."""
    side = panels[0].step.side if panels and match.state in WANTS_A_STEP else ""
    return getattr(match, side) if side else None


def _people(match, user):
    """Return the two with what the coordinator needs to call them; nothing once the match is over."""
    sides = [("citizen", _("Citizen"), match.citizen), ("volunteer", _("Volunteer"), match.volunteer)]
    return [
        {
            "side": side,
            "label": label,
            "person": person,
            "contact": match.is_open,
            "answer": getattr(match, f"get_{side}_answer_display")(),
            "after": getattr(match, f"{side}_after") and getattr(match, f"get_{side}_after_display")(),
            "answered": bool(getattr(match, f"{side}_answer")),
            "take_back": _take_back(match, side),
            "record_url": record_url(person, user),
        }
        for side, label, person in sides
    ]


def _take_back(match, side):
    """Return the form that takes the side's last answer back, where that is possible."""
    if getattr(match, f"{side}_after"):
        action, step = TAKE_BACK_AFTER, rules.Action.DAY_AFTER
    elif getattr(match, f"{side}_answer") and not match.first_meeting_on:
        action, step = TAKE_BACK_ANSWER, rules.Action.ANSWER
    else:
        return None
    if not rules.may(match, step):
        return None
    return {
        "url": reverse("peer_support_matching:match_action", args=[match.pk, action]),
        "form": form_for(match, action, side),
    }
