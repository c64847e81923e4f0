"""Writing down what came of a call, and agreeing on one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ...access.decisions import Decision
from ...matching.board.words import fill_in_url
from ...matching.models import Match
from ...matching.models_match import OPEN_STATES, State
from ...matching.sentences import day as in_words
from .. import services_follow_up as services
from ..due import why
from ..models import FollowUp
from ..models_follow_up import Kind
from ..rhythm import active_matches, silence_of, time_together
from .base import QuestionView, match_url
from .forms import AnswerForm, CallForm

Outcome = FollowUp.Outcome


def rhythm_facts(match):
    """Return how the pair keeps its own agreement, one sentence each; nothing for a match that is not active."""
    if match.state != State.ACTIVE:
        return []
    facts = [time_together([match])[match.pk].sentence]
    silence = silence_of(active_matches().get(pk=match.pk))
    return [*facts, silence.sentence] if silence.is_long else facts


class AnswerView(QuestionView):
    """What came of a call: one page, with the number to ring, what is agreed, and what was said the last time."""

    template_name = "peer_support/followup/pairs/answer.html"

    def rows(self):
        return FollowUp.objects.select_related("match__citizen", "match__volunteer", "initiative", "done_by")

    def get_page_title(self):
        return _("Call to %(person)s") % {"person": self.object.person}

    def seen(self):
        return [self.object, self.object.person]

    def refusal(self):
        if self.object.state == FollowUp.State.OPEN:
            return None
        if self.object.state == FollowUp.State.CANCELLED:
            return Decision.no("cancelled", _("This call is not needed any more."))
        return Decision.no("answered", _("This call is answered already."))

    def form(self, data=None):
        return AnswerForm(data, kind=self.object.kind)

    def facts(self):
        return [
            _("Why you ring: %(why)s.") % {"why": why(self.object)},
            *rhythm_facts(self.object.match),
        ]

    def more(self):
        earlier = FollowUp.objects.filter(
            match=self.object.match_id, side=self.object.side, state=FollowUp.State.DONE
        )
        return {
            "call": self.object,
            "person": self.object.person,
            "earlier": list(earlier.order_by("-done_on", "-pk")[:3]),
            "talk_url": fill_in_url(self.object.person, self.request.user),
        }

    def take(self, form):
        data = form.cleaned_data
        row, again = services.answer_follow_up(
            follow_up=self.object,
            outcome=data["outcome"],
            note=data["note"],
            again_on=data["again_on"],
            user=self.request.user,
        )
        if again is not None:
            done = _("Written down. You are asked again on %(date)s.") % {"date": in_words(again.due_on)}
        else:
            done = _done(row)
        return done, self._where(row)

    def _where(self, row):
        """Lead on to what the answer calls for."""
        page = match_url(row.match)
        talk = fill_in_url(row.person, self.request.user)
        if row.outcome == Outcome.TALK and talk:
            return talk
        if row.kind != Kind.DAY_AFTER and row.match.state in (State.ACTIVE, State.PAUSED):
            return page + {Outcome.CHANGE: "#form-agreement", Outcome.STOP: "#form-end"}.get(row.outcome, "")
        return page


def _done(row):
    return {
        Outcome.GOING_WELL: _("Good. It is written down."),
        Outcome.TALK: _("Written down. Here are the questions for the talk."),
        Outcome.CHANGE: _("Written down. Change the agreement here, with both."),
        Outcome.STOP: _("Written down. Talk with the other one too before you end it."),
    }.get(row.outcome, _("Written down."))


class AddCallView(QuestionView):
    """Agree on a call that no plan has."""

    button = ""

    def rows(self):
        return Match.objects.select_related("citizen", "volunteer", "initiative")

    def match(self):
        return self.object

    def get_page_title(self):
        return _("Agree on a call")

    def seen(self):
        return [self.object]

    def refusal(self):
        if self.object.state in OPEN_STATES:
            return None
        return Decision.no("closed", _("The match is over; nobody is rung about it any more."))

    def form(self, data=None):
        return CallForm(data)

    def facts(self):
        return [_("It comes on the day's list when it is due. Nobody is written to.")]

    def take(self, form):
        services.add_follow_up(match=self.object, user=self.request.user, **form.cleaned_data)
        return _("The call is in the plan."), reverse("peer_support_matching:match", args=[self.object.pk])
