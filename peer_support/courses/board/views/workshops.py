"""Intro workshops: when they are, who is invited, and who came."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ....access.decisions import NotAllowed
from ....privacy.access_log import Action as LogAction
from ... import services, services_enrolment, words
from ...models import Enrolment, EnrolmentState, IntroWorkshop, SessionState
from ...services_workshops import may_change_workshop
from ..base import CoursesScreen, url
from ..cards import card_of
from ..course_steps import CancelForm
from ..forms_workshop import WorkshopForm
from .making import take_faults


def _row(workshop, today):
    return {
        "workshop": workshop,
        "day": words.day(workshop.date),
        "week": words.week(workshop.date, today),
        "hours": words.hours(workshop.date, workshop.start_time, workshop.minutes),
        "unwritten": workshop.state == SessionState.PLANNED and workshop.date < today,
    }


class WorkshopsPage(CoursesScreen):
    tab = "peer_support_courses:workshops"
    template_name = "peer_support/courses/workshops.html"

    def get_page_title(self):
        return _("Intro workshops")

    def get(self, request):
        today = timezone.localdate()
        invited = Q(enrolments__state=EnrolmentState.INVITED)
        came = Q(enrolments__attended_on__isnull=False)
        rows = (
            IntroWorkshop.objects.filter(initiative=self.initiative)
            .select_related("place")
            .annotate(
                n_invited=Count("enrolments", filter=invited, distinct=True),
                n_came=Count("enrolments", filter=came, distinct=True),
            )
        )
        open_ones = [
            _row(row, today) for row in rows.filter(state=SessionState.PLANNED).order_by("date", "start_time")
        ]
        past = [_row(row, today) for row in rows.exclude(state=SessionState.PLANNED).order_by("-date")[:20]]
        return self.render_to_response(
            {**self.get_context_data(), "ahead": open_ones, "past": past, "new_url": url("workshop_new")}
        )


class NewWorkshopPage(CoursesScreen):
    tab = "peer_support_courses:workshops"
    template_name = "peer_support/courses/workshop_form.html"

    def get_page_title(self):
        return _("New intro workshop")

    def crumbs(self):
        return [(url("workshops"), _("Intro workshops")), ("", self.get_page_title())]

    def get(self, request):
        return self.page(WorkshopForm(initiative=self.initiative))

    def post(self, request):
        form = WorkshopForm(request.POST, initiative=self.initiative)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(form)
        try:
            workshop = services.create_workshop(
                initiative=self.initiative,
                values=form.values(),
                courses=form.cleaned_data["courses"],
                user=request.user,
            )
        except ValidationError as error:
            take_faults(form, error)
            return self.page(form)
        messages.success(request, _("The workshop is made."))
        return HttpResponseRedirect(url("workshop", workshop.pk))

    def page(self, form):
        return self.render_to_response(
            {**self.get_context_data(), "form": form, "back_url": url("workshops")}
        )


class WorkshopScreen(CoursesScreen):
    """A screen of one workshop."""

    tab = "peer_support_courses:workshops"

    @cached_property
    def workshop(self):
        rows = IntroWorkshop.objects.select_related("initiative", "place")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.workshop.initiative

    def get_page_title(self):
        return self.workshop.title or str(self.workshop)

    def crumbs(self):
        return [(url("workshops"), _("Intro workshops")), ("", self.get_page_title())]

    def here(self):
        return url("workshop", self.workshop.pk)


class WorkshopPage(WorkshopScreen):
    """Who is invited, and one tap for who came."""

    template_name = "peer_support/courses/workshop.html"

    def get(self, request, pk):
        today = timezone.localdate()
        workshop = self.workshop
        rows = (
            Enrolment.objects.filter(workshop=workshop)
            .exclude(state=EnrolmentState.DECLINED)
            .select_related("citizen", "volunteer", "course")
            .order_by("asked_at", "pk")
        )
        enrolments = list(rows)
        self.log([workshop, *enrolments], LogAction.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "workshop": workshop,
                "row": _row(workshop, today),
                "cards": [card_of(row, today) for row in enrolments],
                "to_write": [row for row in enrolments if row.state == EnrolmentState.INVITED],
                "has_been": workshop.date <= today and workshop.state != SessionState.CANCELLED,
                "courses": workshop.courses.order_by("starts_on"),
                "may_change": may_change_workshop(workshop),
                "cancel_form": CancelForm(),
            }
        )


class CameView(WorkshopScreen):
    """Write who came to the workshop, all at once. Whoever nothing is said of stays invited."""

    template_name = "peer_support/courses/workshop.html"

    def get(self, request, pk):
        return HttpResponseRedirect(self.here())

    def post(self, request, pk):
        rows = Enrolment.objects.filter(workshop=self.workshop, state=EnrolmentState.INVITED)
        written = 0
        for enrolment in rows.select_related("course", "citizen", "volunteer", "workshop"):
            answer = request.POST.get(f"came-{enrolment.pk}")
            if answer not in ("yes", "no"):
                continue
            try:
                services_enrolment.record_workshop(
                    enrolment=enrolment, attended=answer == "yes", on=self.workshop.date, user=request.user
                )
                written += 1
            except NotAllowed as refusal:
                messages.warning(request, f"{enrolment.person}: {refusal.decision.reason}")
        if self.workshop.state == SessionState.PLANNED and written:
            services.hold_workshop(workshop=self.workshop, user=request.user)
        if written:
            messages.success(request, _("It is written down. Now you can offer places to those who came."))
        return HttpResponseRedirect(self.here())


class ChangeWorkshopPage(WorkshopScreen):
    template_name = "peer_support/courses/workshop_form.html"

    def get(self, request, pk):
        return self.page(WorkshopForm(initiative=self.initiative, workshop=self.workshop))

    def post(self, request, pk):
        form = WorkshopForm(request.POST, initiative=self.initiative, workshop=self.workshop)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(form)
        try:
            services.change_workshop(
                workshop=self.workshop,
                values=form.values(),
                courses=form.cleaned_data["courses"],
                user=request.user,
                expected_version=form.cleaned_data["version"],
            )
        except ValidationError as error:
            take_faults(form, error)
            return self.page(form)
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.page(form)
        messages.success(request, _("The workshop is changed. Tell those who are invited."))
        return HttpResponseRedirect(self.here())

    def page(self, form):
        self.log([self.workshop], LogAction.READ)
        return self.render_to_response({**self.get_context_data(), "form": form, "back_url": self.here()})


class CancelWorkshopPage(WorkshopScreen):
    template_name = "peer_support/courses/workshop.html"

    def get(self, request, pk):
        return HttpResponseRedirect(self.here())

    def post(self, request, pk):
        form = CancelForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Choose why. Nothing is changed yet."))
            return HttpResponseRedirect(self.here())
        try:
            services.cancel_workshop(workshop=self.workshop, user=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
        else:
            messages.success(request, _("The workshop is called off. Ring those who are invited."))
        return HttpResponseRedirect(self.here())
