"""Make a course from a template, with a look at what comes of it first; and change one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from ....access.decisions import NotAllowed
from ....privacy.access_log import Action as LogAction
from ... import services, words
from ...models import CourseTemplate
from ...planning import preview_course
from ..base import CourseScreen, CoursesScreen, url
from ..forms_course import ChangeCourseForm, NewCourseForm


def take_faults(form, error):
    """Put the sentences of a service's ``ValidationError`` on ``form``, at the field they are about if it has one."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, faults in error.error_dict.items():
        form.add_error(name if name in form.fields else None, faults)


class NewCoursePage(CoursesScreen):
    """One page: what you ask for above, what comes of it below. Nothing is saved before you say so."""

    tab = "peer_support_courses:overview"
    template_name = "peer_support/courses/new.html"

    def get_page_title(self):
        return _("New course")

    def get(self, request):
        initial = {"template": request.GET.get("template"), "week": request.GET.get("week")}
        return self.page(
            NewCourseForm(initiative=self.initiative, initial={k: v for k, v in initial.items() if v})
        )

    def post(self, request):
        form = NewCourseForm(request.POST, initiative=self.initiative)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(form)
        wanted = form.wanted()
        try:
            preview = preview_course(wanted)
            if request.POST.get("action") != "make":
                return self.page(form, preview)
            course = services.create_course(initiative=self.initiative, wanted=wanted, user=request.user)
        except ValidationError as error:
            take_faults(form, error)
            return self.page(form)
        text = _("%(title)s is made, with %(count)s sessions. Now find those who lead it.")
        messages.success(request, text % {"title": course.title, "count": len(preview.sessions)})
        return HttpResponseRedirect(url("team", course.pk))

    def page(self, form, preview=None):
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "preview": preview,
                "planned": [_row(planned) for planned in preview.sessions] if preview else [],
                "skipped": [(words.skipped(skip), skip) for skip in preview.skipped] if preview else [],
                "kept": sorted(form.kept_days()) if form.is_bound else [],
                "any_template": CourseTemplate.objects.filter(in_use=True).exists(),
            }
        )


def _row(planned):
    return {
        "number": planned.number,
        "day": words.day(planned.date),
        "week": words.week(planned.date),
        "title": planned.title,
    }


class ChangeCoursePage(CourseScreen):
    """Change what a course is and how large."""

    part = "course"
    template_name = "peer_support/courses/change.html"

    def crumbs(self):
        return [(url("course", self.course.pk), self.course.title), ("", _("Change"))]

    def get(self, request, pk):
        self.log([self.course], LogAction.READ)
        return self.page(ChangeCourseForm(course=self.course))

    def post(self, request, pk):
        form = ChangeCourseForm(request.POST, course=self.course)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(form)
        try:
            changed = services.change_course(
                course=self.course,
                values=form.values(),
                user=request.user,
                expected_version=form.cleaned_data["version"],
            )
        except ValidationError as error:
            take_faults(form, error)
            return self.page(form)
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.page(form)
        for sentence in changed.to_check:
            messages.warning(request, sentence)
        return self.back(_("The course is changed."))

    def page(self, form):
        return self.render_to_response({**self.get_context_data(), "form": form, "back_url": self.here()})
