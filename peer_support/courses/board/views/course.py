"""One course: who is where on the way in, its next step, and adding somebody."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....access.decisions import NotAllowed
from ....privacy.access_log import Action as LogAction
from ... import services_enrolment
from ...models import CourseState, GroupCourse, WayIn
from ...rules_enrolment import free_places, intake_is_open
from ..adding import AddForm
from ..base import CourseScreen, url
from ..cards import board_of, enrolments_of
from ..course_steps import COURSE_STEPS, CancelForm, facts_of, may_try, steps_of
from ..overview import lines_of


class CoursePage(CourseScreen):
    """The board of one course."""

    part = "course"
    template_name = "peer_support/courses/course.html"

    def get(self, request, pk):
        return self.page()

    def page(self, cancel_form=None):
        course = self.course
        enrolments = enrolments_of(course)
        columns, past = board_of(course, enrolments)
        self.log([course, *enrolments], LogAction.READ)
        line = lines_of(GroupCourse.objects.filter(pk=course.pk))[0]
        return self.render_to_response(
            {
                **self.get_context_data(),
                "line": line,
                "columns": columns,
                "past": past,
                "free": free_places(course),
                "steps": steps_of(course, self.request.user),
                "facts": facts_of(course, line),
                "cancel_form": cancel_form or CancelForm(),
                "add_url": url("add", course.pk),
                "change_url": url("change", course.pk),
            }
        )


class CourseStepView(CourseScreen):
    """Take a step with the course: open, close, begin, complete, call off, delete, offer the next."""

    part = "course"

    def get(self, request, pk, action):
        return self.back()

    def post(self, request, pk, action):
        if action not in COURSE_STEPS:
            raise Http404
        if not may_try(request.user, action, self.course):
            raise PermissionDenied
        step = COURSE_STEPS[action]
        kwargs = {"course": self.course}
        if step.form is not None:
            form = step.form(request.POST)
            if not form.is_valid():
                return self.back(_("Choose why. Nothing is changed yet."), messages.WARNING)
            kwargs.update(form.cleaned_data)
        if action == "delete":
            return self._delete(step, kwargs)
        return self.attempt(step.service, step.done, **kwargs)

    def _delete(self, step, kwargs):
        try:
            step.service(user=self.request.user, **kwargs)
        except NotAllowed as refusal:
            return self.back(refusal.decision.reason, messages.WARNING)
        messages.success(self.request, step.done)
        return HttpResponseRedirect(url("overview"))


class AddPersonPage(CourseScreen):
    """Add somebody who is with us already: as interested, or straight in."""

    part = "course"
    template_name = "peer_support/courses/add.html"

    def get_page_title(self):
        return _("Add somebody")

    def crumbs(self):
        return [(url("course", self.course.pk), self.course.title), ("", _("Add somebody"))]

    def get(self, request, pk):
        return self.form_page(AddForm(course=self.course))

    def post(self, request, pk):
        form = AddForm(request.POST, course=self.course)
        if not form.is_valid():
            return self.form_page(form)
        service = services_enrolment.register_interest
        kwargs = {"note": form.cleaned_data["note"]}
        if form.cleaned_data["how"] == AddForm.PLACE:
            service = services_enrolment.enrol
            kwargs = {"exception_reason": form.cleaned_data["reason"]}
        try:
            enrolment = service(
                course=self.course,
                person=form.cleaned_data["person"],
                way=WayIn.COORDINATOR,
                user=request.user,
                **kwargs,
            )
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.form_page(form)
        texts = {
            "enrolled": gettext_lazy("%(person)s has a place."),
            "waiting": gettext_lazy("There is no free place just now. %(person)s is on the waiting list."),
        }
        text = texts.get(enrolment.state, gettext_lazy("%(person)s is on the way in."))
        return self.back(text % {"person": enrolment.person})

    def form_page(self, form):
        self.log_offered(form)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "intake": intake_is_open(self.course),
                "planned": self.course.state == CourseState.PLANNED,
                "back_url": self.here(),
            }
        )
