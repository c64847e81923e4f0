"""A good ending, one question at a time."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...access.decisions import NotAllowed
from ...matching.models import Match
from ...matching.sentences import day as in_words
from .. import services_ending as services
from ..models import EndingStep
from .base import QuestionView, match_url
from .forms import NextForm, TalkForm, ThanksForm

State, Kind, Choice = EndingStep.State, EndingStep.Kind, EndingStep.Choice


def ending_url(match):
    """The page that leads through the ending of ``match``."""
    return reverse("peer_support_pairs:ending", args=[match.pk])


def steps_of(match):
    """Return the steps of the ending that stands, in the order to take them."""
    rows = EndingStep.objects.filter(match=match).exclude(state=State.TAKEN_BACK)
    rows = list(rows.select_related("event", "done_by").order_by("-event", "pk"))
    newest = rows[0].event_id if rows else None
    for row in rows:
        row.match = match
    return [row for row in rows if row.event_id == newest]


class EndingView(QuestionView):
    """The way through an ending: the first step that is open, or the one that was asked for, and how far it has come."""

    template_name = "peer_support/followup/pairs/ending.html"

    def rows(self):
        return Match.objects.select_related("citizen", "volunteer", "initiative")

    def match(self):
        return self.object

    def get_page_title(self):
        return _("A good ending")

    @cached_property
    def steps(self):
        return steps_of(self.object)

    @cached_property
    def step(self):
        """The step that is asked about now."""
        asked = self.request.GET.get("step", "")
        open_ones = [step for step in self.steps if step.state == State.OPEN]
        return next((one for one in open_ones if str(one.pk) == asked), open_ones[0] if open_ones else None)

    def seen(self):
        return [self.object, self.object.citizen, self.object.volunteer]

    def form(self, data=None):
        return form_for(self.step, data) if self.step is not None else None

    def facts(self):
        return [hint_of(self.step)] if self.step is not None else []

    def more(self):
        step = self.step
        return {
            "match": self.object,
            "step": step,
            "question": question_of(step) if step is not None else "",
            "person": step.person if step is not None else None,
            "steps": [{"row": one, "words": in_short(one)} for one in self.steps],
            "left": sum(one.state == State.OPEN for one in self.steps),
        }

    def post(self, request, *args, **kwargs):
        return HttpResponseRedirect(ending_url(self.object))


def form_for(step, data=None):
    """Return the form of a step."""
    if step.kind == Kind.TALK:
        return TalkForm(data)
    return (ThanksForm if step.kind == Kind.THANKS else NextForm)(data, side=step.side)


def question_of(step):
    """Return what the step asks about its person."""
    name = {"name": step.person.first_name}
    return {
        Kind.TALK: _("Closing talk with %(name)s"),
        Kind.THANKS: _("Thank you to %(name)s"),
        Kind.NEXT: _("What comes next for %(name)s?"),
    }[Kind(step.kind)] % name


def hint_of(step):
    """Return the one sentence that helps."""
    if step.kind == Kind.TALK:
        return _("Each talks with you alone. What was good, what was hard, and what do they take with them?")
    if step.kind == Kind.THANKS:
        return _("A few words are enough. Say what you have seen them do.")
    if step.side == "citizen":
        return _("The citizen keeps the date on which the wait first began, also after a break.")
    return _("Nothing is decided for them. A pause needs no reason.")


def in_short(step):
    """Return a step in the list, as far as it has come."""
    values = {"what": step.get_kind_display(), "who": step.person}
    if step.state == State.OPEN:
        return _("%(what)s, %(who)s: by %(date)s") % {**values, "date": in_words(step.due_on)}
    if step.state == State.SKIPPED:
        return _("%(what)s, %(who)s: not wished") % values
    values |= {"date": in_words(step.done_on), "how": step.get_choice_display()}
    if step.choice:
        return _("%(what)s, %(who)s: %(how)s, %(date)s") % values
    return _("%(what)s, %(who)s: held on %(date)s") % values


class EndingStepView(EndingView):
    """One step with its form; what is sent is done, and the next step comes."""

    @cached_property
    def step(self):
        rows = EndingStep.objects.select_related(
            "match__citizen", "match__volunteer", "match__initiative", "event"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def object(self):
        return self.step.match

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(f"{ending_url(self.object)}?step={self.step.pk}")

    def post(self, request, *args, **kwargs):
        return super(EndingView, self).post(request, *args, **kwargs)

    def take(self, form):
        data, step, user = form.cleaned_data, self.step, self.request.user
        if step.kind == Kind.TALK and data["held"] == "booked":
            services.book_talk(step=step, on=data["on"], user=user)
            return _("The talk is booked; it comes on the day's list."), match_url(self.object)
        if step.kind == Kind.TALK:
            services.hold_talk(step=step, on=data["on"], note=data["note"], user=user)
            return _("The talk is written down."), ending_url(self.object)
        if step.kind == Kind.THANKS:
            services.thank(step=step, how=data["how"], words=data.get("words", ""), user=user)
            return _("The thank-you is written down."), ending_url(self.object)
        services.choose_next(step=step, choice=data["choice"], pause_until=data.get("pause_until"), user=user)
        return _("What comes next is written down."), self._after(data["choice"])

    def _after(self, choice):
        person = self.step.person
        if choice == Choice.VOLUNTEER:
            return reverse("peer_support_people:volunteer_new")
        if choice == Choice.COURSE:
            return reverse(f"people_{person._meta.model_name}_modeladmin_inspect", args=[person.pk])
        return ending_url(self.object)


class _Press(EndingStepView):
    """A button of a step: no form, back to the way through the ending."""

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(ending_url(self.object))

    def post(self, request, *args, **kwargs):
        try:
            self.press()
        except NotAllowed as refusal:
            messages.info(request, refusal.decision.reason)
        return HttpResponseRedirect(ending_url(self.object))


class SkipView(_Press):
    """Not wished."""

    def press(self):
        services.skip(step=self.step, user=self.request.user)


class AfterAllView(_Press):
    """Wished after all."""

    def press(self):
        services.wish_after_all(step=self.step, user=self.request.user)
