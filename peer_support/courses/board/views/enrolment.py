"""One person in one course: where they are, what can be done now, and how it came so far."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ....access.decisions import NotAllowed
from ....access.links import links_of
from ....matching.board.words import record_url
from ....privacy.access_log import Action as LogAction
from ... import rules_enrolment as rules
from ...absence import caring_calls
from ...links import OFFER, address_of, offer_link
from ...models import CaringCall, CourseState, Enrolment, EnrolmentState, GroupCourse
from ...sections import enrolment_sections
from ..base import CourseScreen, url
from ..cards import card_of, steps_of
from ..steps import AT_ONCE, STEPS, form_for, take
from ..way import attendance_of, way_of

HAVE_BEEN_IN = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.LEFT)


def offer_address(enrolment, request):
    """Return the whole address of the link that answers the offer, or nothing where none holds."""
    if enrolment.state != EnrolmentState.OFFERED:
        return ""
    made_since = links_of(enrolment, OFFER).filter(used_at=None, created_at__gte=enrolment.offered_at)
    held = made_since.exclude(expires_at__lte=timezone.now()).first()
    return address_of(held, request) if held else ""


class EnrolmentPage(CourseScreen):
    """The page of an enrolment. Each step is a form on it, sent to an address of its own."""

    part = "course"
    template_name = "peer_support/courses/enrolment.html"

    @cached_property
    def enrolment(self):
        rows = Enrolment.objects.select_related(
            "course", "citizen", "volunteer", "workshop", "moved_from__course"
        )
        enrolment = get_object_or_404(rows, pk=self.kwargs["pk"])
        enrolment.course = self.course_of(enrolment)
        return enrolment

    def course_of(self, enrolment):
        courses = GroupCourse.objects.select_related("initiative", "place", "template", "town", "coordinator")
        return courses.get(pk=enrolment.course_id)

    @cached_property
    def course(self):
        return self.enrolment.course

    def get_page_title(self):
        return str(self.enrolment.person)

    def get_page_subtitle(self):
        return self.course.title

    def crumbs(self):
        return [(url("course", self.course.pk), self.course.title), ("", str(self.enrolment.person))]

    def get(self, request, pk, action=None):
        if action is not None:
            self._known(action)
        return self.page(opened=action)

    def _known(self, action):
        if action not in set(STEPS):
            raise Http404

    def post(self, request, pk, action=None):
        if action is None:
            return self._offer_link()
        self._known(action)
        form = form_for(self.enrolment, action, request.POST)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(opened=action, bound=form)
        try:
            result, said = take(self.enrolment, action, form, request.user)
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return self._again(action, form)
        messages.success(request, said)
        if request.POST.get("back") == "board":
            return HttpResponseRedirect(url("course", self.course.pk))
        return HttpResponseRedirect(url("enrolment", result.pk))

    def _offer_link(self):
        """Make the link on which the offer is answered, where one is asked for."""
        if self.request.POST.get("do") == "link" and self.enrolment.state == EnrolmentState.OFFERED:
            offer_link(self.enrolment, user=self.request.user, fresh=self.request.POST.get("fresh") == "1")
            messages.success(self.request, _("The link is ready. Send it to the person."))
        return HttpResponseRedirect(url("enrolment", self.enrolment.pk))

    def _again(self, action, form):
        """Show the page as it is now, with what was typed; sending it once more is a choice made in full sight."""
        for kept in ("enrolment", "course", "initiative"):
            self.__dict__.pop(kept, None)
        data = self.request.POST.copy()
        data["version"] = self.enrolment.version
        again = form_for(self.enrolment, action, data)
        again.is_valid()
        return self.page(opened=action, bound=again)

    def _call_to_make(self):
        """Return why to ring this person (two absences in a row), or ``None``."""
        enrolment = self.enrolment
        running = enrolment.course.state == CourseState.RUNNING
        if enrolment.state != EnrolmentState.ENROLLED or not running:
            return None
        calls = caring_calls(enrolment.initiative)
        return next((due for due in calls if due.enrolment.pk == enrolment.pk), None)

    def page(self, opened=None, bound=None):
        enrolment = self.enrolment
        self.log([enrolment, enrolment.person], LogAction.READ)
        steps = [
            {
                "code": code,
                "label": label,
                "decision": decision,
                "form": bound if bound is not None and code == opened else form_for(enrolment, code),
                "opened": code == opened,
                "url": url("enrolment_step", enrolment.pk, code),
            }
            for code, label, decision in steps_of(enrolment)
        ]
        possible = [step for step in steps if step["decision"]]
        self.log_offered(*(step["form"] for step in possible if step["form"] is not None))
        card = card_of(enrolment)
        if opened is None and card.main is not None:
            possible[0]["opened"] = True
        return self.render_to_response(
            {
                **self.get_context_data(),
                "enrolment": enrolment,
                "person": enrolment.person,
                "person_url": record_url(enrolment.person, self.request.user),
                "card": card,
                "steps": possible,
                "not_now": [step for step in steps if not step["decision"]],
                "way": way_of(enrolment),
                "attendance": attendance_of(enrolment),
                "intro_done": rules.intro_is_done(enrolment),
                "at_once": AT_ONCE,
                "offered": enrolment.state == EnrolmentState.OFFERED,
                "offer_address": offer_address(enrolment, self.request),
                "care": self._call_to_make(),
                "outcomes": CaringCall.Outcome.choices,
                "sections": enrolment_sections(enrolment, self.request.user),
                "after_url": url("after", enrolment.pk) if enrolment.state in HAVE_BEEN_IN else "",
            }
        )
