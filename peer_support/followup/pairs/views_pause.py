"""A pause that ends: ready again? And who keeps contact until then."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.decisions import Decision
from ...matching import rules_pause as place_rules
from ...matching import services as matching
from ...people import services as people
from .. import rules_pause as rules
from .. import services_pause as services
from ..due import pause_sentence, people_of
from ..models import Pause
from .base import QuestionView, match_url
from .forms import CoverForm, PauseAnswerForm

ROUTE = "peer_support_pairs:pause"


class _OfPause(QuestionView):
    def rows(self):
        return Pause.objects.select_related(
            "citizen",
            "volunteer",
            "match__citizen",
            "match__volunteer",
            "initiative",
            "covered_by_user",
            "covered_by_volunteer",
        )

    def back_url(self):
        return page_of(self.object)

    def crumbs(self):
        if self.object.match is not None:
            return super().crumbs()
        return [(self.back_url(), str(self.object.target)), ("", self.get_page_title())]

    def seen(self):
        return [self.object, *people_of(self.object)]

    def refusal(self):
        if self.object.is_over:
            return Decision.no("over", _("This pause is over already."))
        return None


def page_of(pause):
    """Return the page of the match or the person who pauses."""
    if pause.match is not None:
        return match_url(pause.match)
    kind = pause.target._meta.model_name
    return reverse(f"people_{kind}_modeladmin_inspect", args=[pause.target.pk])


class PauseView(_OfPause):
    """Ready again? One question, three answers; each person of the pause has the number to ring beside it."""

    template_name = "peer_support/followup/pairs/pause.html"

    def get_page_title(self):
        return _("Ready again?")

    def form(self, data=None):
        match = self.object.match
        return PauseAnswerForm(
            data, place_taken=match is not None and not place_rules.may_take_up_again(match)
        )

    def facts(self):
        facts = [pause_sentence(self.object, timezone.localdate())]
        match = self.object.match
        if match is not None:
            decision = place_rules.may_take_up_again(match)
            facts.append(decision.reason if not decision else _("The volunteer's place is free for them."))
        elif self.object.citizen_id:
            facts.append(_("The place in the queue is kept, however long the pause is."))
        return facts

    def more(self):
        return {"pause": self.object, "people": people_of(self.object)}

    def take(self, form):
        data = form.cleaned_data
        done = {"ready": self._ready, "longer": self._longer, "later": self._later}[data["answer"]](data)
        return done, self.back_url()

    def _ready(self, data):
        target, user = self.object.target, self.request.user
        if self.object.match is not None:
            matching.resume_match(match=target, user=user, one_more=data.get("one_more") or "")
        else:
            people.resume_person(person=target, user=user, route=ROUTE)
        return _("The pause is over.")

    def _longer(self, data):
        target, user = self.object.target, self.request.user
        if self.object.match is not None:
            matching.pause_match(
                match=target,
                paused_from=self.object.starts,
                paused_until=data["day"],
                reason=target.pause_reason,
                frees_place=target.place_free_from == self.object.starts,
                user=user,
            )
        else:
            people.pause_person(
                person=target,
                starts=self.object.starts,
                until=data["day"],
                reason=target.pause_reason,
                user=user,
                route=ROUTE,
            )
        return _("The pause goes on.")

    def _later(self, data):
        services.ask_again_later(pause=self.object, on=data["day"], user=self.request.user)
        return _("You are asked again on that day.")


class CoverView(_OfPause):
    """Who keeps contact meanwhile."""

    def get_page_title(self):
        return _("Who keeps contact meanwhile?")

    def form(self, data=None):
        pause = self.object
        initial = ""
        if pause.covered_by_user_id:
            initial = f"u{pause.covered_by_user_id}"
        elif pause.covered_by_volunteer_id:
            initial = f"v{pause.covered_by_volunteer_id}"
        return CoverForm(
            data,
            initial={"who": initial},
            colleagues=list(rules.colleagues(pause)),
            volunteers=list(rules.other_volunteers(pause)),
        )

    def _page(self, form):
        self.log_offered(people=form.volunteers)
        return super()._page(form)

    def facts(self):
        return [
            _(
                "A colleague, or another volunteer who rings now and then. Ask that one first; nobody is written to."
            )
        ]

    def take(self, form):
        services.cover_pause(pause=self.object, user=self.request.user, **form.values())
        return _("It is written down who keeps contact."), self.back_url()
