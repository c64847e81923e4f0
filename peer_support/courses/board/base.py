"""What every screen of courses shares."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ...access.decisions import NotAllowed
from ...people.screens import InitiativeScreen, key_of
from ..models import GroupCourse

__all__ = ["PERMISSION", "CourseScreen", "CoursesScreen", "key_of"]

PERMISSION = "peer_support.change_groupcourse"
NAMESPACE = "peer_support_courses"


def url(name, *args):
    """Return the address of a screen of courses."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


class CoursesScreen(InitiativeScreen):
    """A screen of the room."""

    permission = PERMISSION
    header_icon = "group"
    home = (f"{NAMESPACE}:overview", _("Group courses"))
    tabs = (
        (f"{NAMESPACE}:overview", _("Courses")),
        (f"{NAMESPACE}:week", _("The week")),
        (f"{NAMESPACE}:workshops", _("Intro workshops")),
    )
    not_assigned_template = "peer_support/courses/not_assigned.html"


class CourseScreen(CoursesScreen):
    """A screen of one course: its page has three tabs of its own."""

    tab = f"{NAMESPACE}:overview"
    part = ""
    parts = (("course", _("People")), ("sessions", _("Sessions")), ("team", _("Those who lead it")))

    @cached_property
    def course(self):
        courses = GroupCourse.objects.select_related("initiative", "place", "template", "town", "coordinator")
        return get_object_or_404(courses, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.course.initiative

    def get_page_title(self):
        return self.course.title

    def get_page_subtitle(self):
        return str(self.course)

    def crumbs(self):
        return [("", self.course.title)]

    def here(self):
        """Return the address that a step leads back to."""
        return url(self.part or "course", self.course.pk)

    def back(self, text="", level=messages.SUCCESS):
        """Return to the page with a sentence."""
        if text:
            messages.add_message(self.request, level, text)
        return HttpResponseRedirect(self.here())

    def attempt(self, service, done, **kwargs):
        """Call ``service`` and go back with ``done``, or with the sentence of its refusal.

        A ``done`` that is a function gets what the service returned.
        """
        try:
            result = service(user=self.request.user, **kwargs)
        except NotAllowed as refusal:
            return self.back(refusal.decision.reason, messages.WARNING)
        return self.back(done(result) if callable(done) else done)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.initiatives:
            context["course"] = self.course
            context["parts"] = [
                {"url": url(name, self.course.pk), "label": label, "current": name == self.part}
                for name, label in self.parts
            ]
        return context
