"""People in a study: whom one can ask, where each stands, and one button. The draw's outcome in words for the talk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...access.decisions import NotAllowed
from ...access.links import links_of
from ...courses.models import Enrolment, EnrolmentState
from ...people.models import Citizen
from ...people.screens import key_of
from ...people.standing import COURSE, MATCH, usable
from ...people.views.common import person_url
from ...privacy.access_log import Action
from . import links, services_allocation, services_participants
from .baseline import answered_at_start, baseline_is_in, measures_at_start
from .board import StudyScreen, url
from .forms import FORMS
from .models import (
    Left,
    ParticipantState,
    Population,
    StudyAsk,
    StudyConsent,
    StudyParticipant,
    StudySite,
)
from .presenting import steps_of, talk_of, where_it_stands

P = ParticipantState
OPEN_WAY_IN = (
    EnrolmentState.INTERESTED,
    EnrolmentState.INVITED,
    EnrolmentState.ATTENDED,
    EnrolmentState.WAITING,
)
# The order of the list: who needs the coordinator comes first.
GROUPS = (
    ("ready", lambda one: one["can_draw"]),
    ("tell", lambda one: one["to_tell"]),
    ("waiting", lambda one: one["row"].state in (P.ASKED, P.CONSENTED) and not one["row"].left),
    ("drawn", lambda one: one["row"].state == P.ALLOCATED and one["row"].left != Left.EVERYTHING),
    ("out", lambda one: True),
)
SHOWN = 200


class PeopleScreen(StudyScreen):
    """A screen with people: for those in whose scope a town of the study is."""

    permission = "peer_support.view_studyparticipant"
    part = "people"

    @cached_property
    def sites(self):
        """The towns whose people the user sees."""
        return list(StudySite.objects.filter(study=self.study))

    def dispatch(self, request, *args, **kwargs):
        if self.initiatives and not self.with_people:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PeoplePage(PeopleScreen):
    """Everybody in the study whom the user may see; a post asks somebody."""

    template_name = "peer_support/outcomes/study/people.html"

    def get(self, request, pk):
        rows = StudyParticipant.objects.filter(study=self.study).select_related(
            "citizen", "site", "study", "allocation"
        )
        rows = list(rows)
        ready = answered_at_start([row for row in rows if row.state == P.CONSENTED])
        shown = [self._line(row, row.pk in ready) for row in rows]
        self.log([line["row"] for line in shown])
        groups = {code: [] for code, __ in GROUPS}
        for line in shown:
            groups[next(code for code, belongs in GROUPS if belongs(line))].append(line)
        titles = {
            "ready": _("Ready for the draw"),
            "tell": _("Tell them of the draw"),
            "waiting": _("On the way"),
            "drawn": _("Drawn and told"),
            "out": _("Do not take part"),
        }
        candidates = self._candidates()
        self.log([one["citizen"] for one in candidates])
        context = {
            "groups": [(titles[code], lines) for code, lines in groups.items() if lines],
            "candidates": candidates,
            "sites": self.sites,
            "may_ask": request.user.has_perm("peer_support.add_studyparticipant")
            and self.study.is_recruiting,
            "people_url": url("people", self.study.pk),
        }
        return self.render_to_response({**self.get_context_data(), **context})

    def _line(self, row, has_baseline):
        return {
            "row": row,
            "name": row.citizen.display_name if row.citizen_id else _("Nobody: the thread is cut"),
            "number": str(row.citizen) if row.citizen_id else "",
            "words": where_it_stands(row, has_baseline),
            "can_draw": has_baseline and not row.left and self.study.is_recruiting,
            "to_tell": row.state == P.ALLOCATED and not row.told_on and row.left != Left.EVERYTHING,
            "url": url("participant", self.study.pk, row.pk),
        }

    def _candidates(self):
        """Return those who can be asked: signed up for such a course, or waiting, and not asked before."""
        if not self.study.is_recruiting or not self.sites:
            return []
        initiatives = [site.initiative_id for site in self.sites]
        asked = StudyParticipant.objects.filter(study=self.study, citizen__isnull=False).values("citizen")
        rows = Enrolment.objects.filter(
            course__template=self.study.template_id, initiative__in=initiatives, state__in=OPEN_WAY_IN
        )
        rows = rows.filter(usable(COURSE, "citizen__"), citizen__isnull=False)
        rows = rows.exclude(citizen__in=asked).exclude(citizen__status="ended")
        found = {}
        for row in rows.select_related("citizen", "course").order_by("asked_at", "pk")[:SHOWN]:
            found.setdefault(
                row.citizen_id,
                {
                    "citizen": row.citizen,
                    "enrolment": row,
                    "words": row.course.title,
                    "sites": self._towns(row),
                },
            )
        if self.study.population == Population.OR_WAITING:
            waiting = Citizen.objects.filter(
                usable(MATCH), usable(COURSE), initiative__in=initiatives, status=Citizen.Status.WAITING
            )
            for citizen in waiting.exclude(pk__in=asked).order_by("waiting_since", "pk")[:SHOWN]:
                line = {"citizen": citizen, "enrolment": None, "words": _("waits for a volunteer")}
                found.setdefault(citizen.pk, {**line, "sites": self._towns(citizen)})
        return list(found.values())

    def _towns(self, row):
        """Return the towns to choose from, the course's own town first where it has one."""
        own = [site for site in self.sites if site.initiative_id == row.initiative_id]
        town = getattr(getattr(row, "course", None), "town", None)
        return sorted(own, key=lambda site: (town is None or site.town != town.name, site.pk))

    def post(self, request, pk):
        if not request.user.has_perm("peer_support.add_studyparticipant"):
            raise PermissionDenied
        citizen = get_object_or_404(Citizen, pk=key_of(request.POST.get("citizen")))
        site = get_object_or_404(StudySite, pk=key_of(request.POST.get("site")), study=self.study)
        enrolment = (
            Enrolment.objects.filter(
                citizen=citizen, course__template=self.study.template_id, state__in=OPEN_WAY_IN
            )
            .select_related("course")
            .order_by("asked_at", "pk")
            .first()
        )
        try:
            participant = services_participants.ask(
                study=self.study,
                site=site,
                citizen=citizen,
                enrolment=enrolment,
                user=request.user,
                route=request.resolver_match.view_name,
            )
        except NotAllowed as no:
            return self.back(no.decision.reason, messages.WARNING, "people")
        text = _("It is written down. Give the person the text, and time to think.")
        return self.back(text, to="participant", args=[self.study.pk, participant.pk])


class ParticipantScreen(PeopleScreen):
    """A screen of one person in the study."""

    @cached_property
    def participant(self):
        rows = StudyParticipant.objects.select_related("citizen", "site", "study", "allocation", "enrolment")
        return get_object_or_404(rows, pk=self.kwargs["participant"], study=self.study)

    def get_page_title(self):
        one = self.participant
        return str(one.citizen or one)

    def crumbs(self):
        people = url("people", self.study.pk)
        return [
            (url("study", self.study.pk), self.study.title),
            (people, _("People")),
            ("", self.get_page_title()),
        ]

    def here(self, text="", level=messages.SUCCESS):
        return self.back(text, level, "participant", [self.study.pk, self.participant.pk])


class ParticipantPage(ParticipantScreen):
    """Where somebody stands, what comes next, and after the draw what to say."""

    template_name = "peer_support/outcomes/study/participant.html"

    def get(self, request, pk, participant):
        one = self.participant
        self.log([one, *([one.citizen] if one.citizen_id else [])], Action.READ)
        has_baseline = baseline_is_in(one)
        may = request.user.has_perm("peer_support.change_studyparticipant")
        steps = steps_of(one) if may else []
        if not request.user.has_perm("peer_support.add_allocation"):
            steps = [step for step in steps if step[0] != "allocate"]
        link = links_of(one, links.PURPOSE).first()
        context = {
            "one": one,
            "name": one.citizen.display_name if one.citizen_id else "",
            "person_url": person_url(one.citizen) if one.citizen_id else "",
            "words": where_it_stands(one, has_baseline),
            "steps": [
                {"code": code, "label": label, "decision": decision,
                 "url": url("participant_step", self.study.pk, one.pk, code)}
                for code, label, decision in steps
            ],
            "talk": talk_of(one),
            "consents": StudyConsent.objects.filter(participant=one).select_related("text"),
            "asks": StudyAsk.objects.filter(participant=one).select_related("measure", "questionnaire"),
            "has_instrument": bool(measures_at_start(self.study)),
            "has_baseline": has_baseline,
            "may_link": may and one.citizen_id and one.left != Left.EVERYTHING,
            "link": link,
            "link_address": links.address_of(link, request) if link else "",
            "link_url": url("participant_step", self.study.pk, one.pk, "link"),
        }  # fmt: skip
        return self.render_to_response({**self.get_context_data(), **context})


class ParticipantStep(ParticipantScreen):
    """One step with somebody: a question where it needs one, and the draw with one button."""

    permission = "peer_support.change_studyparticipant"
    template_name = "peer_support/outcomes/study/step.html"

    @property
    def code(self):
        return self.kwargs["code"]

    def dispatch(self, request, *args, **kwargs):
        if kwargs["code"] not in (*FORMS, "link"):
            raise Http404
        if kwargs["code"] == "allocate" and not request.user.has_perm("peer_support.add_allocation"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk, participant, code):
        step = self._step()
        if step is None:
            return self.here()
        if not step[2]:
            return self.here(step[2].reason, messages.WARNING)
        return self._page(FORMS[code](), step)

    def _step(self):
        return next((step for step in steps_of(self.participant) if step[0] == self.code), None)

    def _page(self, form, step):
        self.log([self.participant], Action.READ)
        context = {
            "form": form,
            "step": step,
            "one": self.participant,
            "label": step[1],
            "hint": step[2].reason,
        }
        context["back_url"] = url("participant", self.study.pk, self.participant.pk)
        return self.render_to_response({**self.get_context_data(), **context})

    def post(self, request, pk, participant, code):
        if code == "link":
            return self._link()
        form = FORMS[code](request.POST)
        if not form.is_valid():
            step = self._step()
            return self._page(form, step) if step and step[2] else self.here()
        route = request.resolver_match.view_name
        try:
            done = self._do(form.values(), route)
        except NotAllowed as no:
            return self.here(no.decision.reason, messages.WARNING)
        return self.here(done)

    def _do(self, values, route):
        given = {"participant": self.participant, "user": self.request.user, "route": route}
        if self.code == "allocate":
            services_allocation.allocate(**given)
            return _("The draw is made. Below you see what to say.")
        service, done = {
            "consent": (services_participants.consent, _("The yes is written down.")),
            "exclude": (services_participants.exclude, _("It is written down. They keep all other help.")),
            "baseline": (services_participants.tick_baseline, _("It is written down.")),
            "told": (
                services_participants.note_told,
                _("It is written down. Their own page says it now, too."),
            ),
            "withdraw": (services_participants.withdraw, _("It is done, and it holds from now on.")),
        }[self.code]
        service(**given, **values)
        return done

    def _link(self):
        one = self.participant
        if one.citizen_id is None or one.left == Left.EVERYTHING:
            return self.here(_("There is nobody to make a link for."), messages.WARNING)
        links.study_link(one, user=self.request.user, fresh=self.request.POST.get("do") == "new")
        self.log([one], Action.CHANGE)
        return HttpResponseRedirect(f"{url('participant', self.study.pk, one.pk)}#link")
