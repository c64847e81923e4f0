"""After the course: what the person would like, with their yes, and when to ask again. And a call to who did not come."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....access.decisions import NotAllowed
from ....access.forms import DateInput
from ....access.links import links_of
from ....privacy.access_log import Action
from ... import services_after as services
from ...absence import note_call
from ...links import PARTICIPANT, address_of, participant_link
from ...models import CaringCall, Enrolment
from ...rules_after import after_actions
from ..base import CoursesScreen, url

# code: (heading, button, service)
STEPS = {
    "accompaniment": (
        gettext_lazy("Accompaniment"),
        gettext_lazy("Note the wish"),
        services.wish_accompaniment,
    ),
    "one_to_one": (
        gettext_lazy("One-to-one support"),
        gettext_lazy("Go on to it"),
        services.go_to_one_to_one,
    ),
    "volunteer": (gettext_lazy("Volunteer"), gettext_lazy("Make the enquiry"), services.become_volunteer),
}


class FollowUpForm(forms.Form):
    """The day to ask how it goes on."""

    on = forms.DateField(label=gettext_lazy("Ask how it goes on"), widget=DateInput, required=False)


class AfterPage(CoursesScreen):
    """What can follow for one participant. Each step needs their yes, and says what happens on the button's line."""

    permission = "peer_support.change_enrolment"
    tab = "peer_support_courses:overview"
    template_name = "peer_support/courses/after.html"

    @cached_property
    def enrolment(self):
        rows = Enrolment.objects.select_related("course", "citizen", "volunteer", "initiative")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.enrolment.initiative

    def get_page_title(self):
        return _("After the course")

    def get_page_subtitle(self):
        return str(self.enrolment.person)

    def crumbs(self):
        course = self.enrolment.course
        return [(url("course", course.pk), course.title), ("", str(self.enrolment.person))]

    def get(self, request, pk):
        return self._page()

    def post(self, request, pk):
        step = request.POST.get("do", "")
        if step == "link":
            participant_link(self.enrolment, user=request.user, fresh=request.POST.get("fresh") == "1")
            return self._back(_("The link is ready."))
        if step == "follow_up":
            return self._follow_up()
        if step not in STEPS:
            raise Http404
        return self._attempt(
            STEPS[step][2], _("It has been written down."), said_yes=request.POST.get("said_yes") == "on"
        )

    def _follow_up(self):
        form = FollowUpForm(self.request.POST)
        if not form.is_valid():
            return self._page(form)
        on = form.cleaned_data["on"]
        return self._attempt(services.set_follow_up, _("The day has been written down."), on=on)

    def _attempt(self, service, done, **values):
        try:
            service(enrolment=self.enrolment, user=self.request.user, **values)
        except NotAllowed as refusal:
            return self._back(refusal.decision.reason, messages.WARNING)
        return self._back(done)

    def _back(self, text, level=messages.SUCCESS):
        messages.add_message(self.request, level, text)
        return HttpResponseRedirect(self.request.path)

    def _page(self, form=None):
        decisions = dict(after_actions(self.enrolment))
        suggested = self.enrolment.follow_up_on or services.suggested_follow_up(self.enrolment)
        self.log([self.enrolment, self.enrolment.person], Action.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "enrolment": self.enrolment,
                "course": self.enrolment.course,
                "steps": [
                    (code, heading, button, decisions[code]) for code, (heading, button, __) in STEPS.items()
                ],
                "certificate": decisions["certificate"],
                "certificate_url": url("certificate", self.enrolment.pk),
                "form": form or FollowUpForm(initial={"on": suggested}),
                "link": self._link(),
            }
        )

    def _link(self):
        held = links_of(self.enrolment, PARTICIPANT).first()
        return address_of(held, self.request) if held else ""


class CaringCallView(CoursesScreen):
    """Write that somebody has rung a participant who did not come, and how it went."""

    permission = "peer_support.add_caringcall"
    http_method_names = ["post"]

    def post(self, request, pk):
        enrolment = get_object_or_404(Enrolment, pk=pk)
        outcome = request.POST.get("outcome", "")
        if outcome not in CaringCall.Outcome.values:
            raise Http404
        try:
            call = note_call(enrolment=enrolment, outcome=outcome, user=request.user)
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
        else:
            stays = call.outcome == CaringCall.Outcome.NOT_REACHED
            messages.success(
                request,
                _("Written down. It stays on your list.")
                if stays
                else _("Written down. Thank you for ringing."),
            )
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
