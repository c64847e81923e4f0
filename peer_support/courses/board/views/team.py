"""Those who lead a course: contract and training, stand-ins, guidance."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....access.decisions import NotAllowed
from ... import queries, rules, services, words
from ...models import GuidanceDate, SessionStandIn
from ...rules_leading import clashes, leaders_missing, leaders_of
from ..base import CourseScreen, key_of
from ..forms_sessions import EndLeaderForm, GuidanceForm, LeaderForm, StandInForm, TrainingForm
from ..session_rows import people_away
from .making import take_faults


def _guidance(*, course, user, **values):
    return services.save_guidance(course=course, values=values, user=user)


# What the address says -> (form, service, whether the service wants the course, what to say)
TEAM_STEPS = {
    "add": (LeaderForm, services.add_facilitator, True, gettext_lazy("They lead the course now.")),
    "end": (EndLeaderForm, services.end_facilitator, False, gettext_lazy("It is written down.")),
    "training": (TrainingForm, services.note_training, False, gettext_lazy("The training is written down.")),
    "stand_in": (StandInForm, services.set_stand_in, False, gettext_lazy("It is written down.")),
    "guidance": (GuidanceForm, _guidance, True, gettext_lazy("The date is written down.")),
}


class TeamPage(CourseScreen):
    part = "team"
    template_name = "peer_support/courses/team.html"

    def get(self, request, pk):
        return self.page()

    def page(self, opened="", bound=None):
        course = self.course
        leaders = leaders_of(course)
        meeting = list(queries.meeting(course))
        away = SessionStandIn.objects.filter(session__course=course).select_related(
            "session", "facilitator__volunteer", "volunteer"
        )
        away = list(away.order_by("session__date"))
        guidance = list(course.guidance_dates.all())
        forms = {
            code: bound if code == opened else form(course=course) for code, (form, *__) in TEAM_STEPS.items()
        }
        may_change = rules.may(course, rules.Action.ADD_FACILITATOR)
        self._log_shown(leaders, away, guidance, forms if may_change else {})
        return self.render_to_response(
            {
                **self.get_context_data(),
                "missing": leaders_missing(course),
                "leaders": [
                    {"leader": leader, "clashes": clashes(leader.facilitator.volunteer, meeting)}
                    for leader in leaders
                ],
                "away": [{"row": row, "day": words.day(row.session.date)} for row in away],
                "guidance": [
                    {"row": row, "day": words.day(row.date), "week": words.week(row.date)} for row in guidance
                ],
                "forms": forms,
                "opened": opened,
                "may_change": may_change,
            }
        )

    def _log_shown(self, leaders, away, guidance, forms):
        """Write down everybody whom the page names: those who lead, are away or stand in, guide, or can be chosen."""
        lead = [leader.facilitator.volunteer for leader in leaders]
        named = {volunteer.pk: volunteer for volunteer in [*lead, *people_away(away)]}
        self.log([*named.values(), *(row for row in guidance if row.given_by)])
        self.log_offered(*forms.values())


class TeamStepView(TeamPage):
    def get(self, request, pk, action):
        return self.back()

    def post(self, request, pk, action):
        if action in ("remove_stand_in", "remove_guidance"):
            return self._remove(action)
        if action not in TEAM_STEPS:
            raise Http404
        form_class, service, wants_course, done = TEAM_STEPS[action]
        form = form_class(request.POST, course=self.course)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(action, form)
        kwargs = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if wants_course:
            kwargs["course"] = self.course
        try:
            result = service(user=request.user, **kwargs)
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.page(action, form)
        except ValidationError as error:
            take_faults(form, error)
            return self.page(action, form)
        for sentence in getattr(result, "clashes", []):
            messages.warning(request, sentence)
        return self.back(done)

    def _remove(self, action):
        pk = key_of(self.request.POST.get("row"))
        if action == "remove_stand_in":
            row = get_object_or_404(SessionStandIn.objects.filter(session__course=self.course), pk=pk)
            return self.attempt(services.remove_stand_in, _("They come after all."), stand_in=row)
        row = get_object_or_404(GuidanceDate.objects.filter(course=self.course), pk=pk)
        return self.attempt(services.remove_guidance, _("The date is taken out."), guidance=row)
