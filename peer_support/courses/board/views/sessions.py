"""The sessions of one course: when they fall, who came, and moving or calling off a single one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ....access.decisions import NotAllowed
from ... import rules, services, words
from ...models import Session
from ..base import CourseScreen, url
from ..forms_sessions import (
    AddSessionForm,
    CancelSessionForm,
    ChangeSessionForm,
    MoveSessionForm,
    RestoreSessionForm,
)
from ..session_rows import people_away, rows_of
from .making import take_faults

# What the address says -> (form, service, rule's action, heading)
SESSION_STEPS = {
    "move": (MoveSessionForm, services.move_session, rules.Action.MOVE_SESSION, gettext_lazy("Move")),
    "cancel": (
        CancelSessionForm,
        services.cancel_session,
        rules.Action.CANCEL_SESSION,
        gettext_lazy("Call off"),
    ),
    "restore": (
        RestoreSessionForm,
        services.restore_session,
        rules.Action.RESTORE_SESSION,
        gettext_lazy("Take back that it was called off"),
    ),
    "change": (
        ChangeSessionForm,
        services.change_session,
        rules.Action.CHANGE_SESSION,
        gettext_lazy("Change"),
    ),
}


class SessionsPage(CourseScreen):
    part = "sessions"
    template_name = "peer_support/courses/sessions.html"

    def get(self, request, pk):
        return self.page()

    def page(self, form=None):
        rows = rows_of(self.course)
        self.log([row.session for row in rows])
        self.log(people_away(away for row in rows for away in row.away))
        return self.render_to_response(
            {
                **self.get_context_data(),
                "rows": rows,
                "form": form or AddSessionForm(course=self.course),
                "may_add": rules.may(self.course, rules.Action.ADD_SESSION),
                "today": timezone.localdate(),
                "add_url": url("session_add", self.course.pk),
            }
        )


def told(changed):
    """Return the sentences of a :class:`~peer_support.courses.results.Changed`: what else moved, and what to check."""
    sentences = []
    others = len(changed.moved) - 1
    if others > 0:
        text = ngettext(
            "%(count)s later session moved along.", "%(count)s later sessions moved along.", others
        )
        sentences.append(text % {"count": others})
    sentences += [words.skipped(skip) for skip in changed.skipped]
    if changed.added is not None:
        facts = {"day": words.day_in_sentence(changed.added.date), "week": words.week(changed.added.date)}
        sentences.append(_("The last session is now %(day)s (%(week)s).") % facts)
    return sentences


class AddSessionView(SessionsPage):
    def get(self, request, pk):
        return self.back()

    def post(self, request, pk):
        form = AddSessionForm(request.POST, course=self.course)
        if not form.is_valid():
            return self.page(form)
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            changed = services.add_session(course=self.course, user=request.user, **values)
        except ValidationError as error:
            take_faults(form, error)
            return self.page(form)
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.page(form)
        for sentence in changed.to_check:
            messages.warning(request, sentence)
        return self.back(_("The session is added."))


class SessionStepPage(CourseScreen):
    """Move, call off, take back or change one session. A move is shown before it is made."""

    part = "sessions"
    template_name = "peer_support/courses/session_step.html"

    @cached_property
    def session(self):
        rows = Session.objects.filter(course=self.course)
        session = get_object_or_404(rows, pk=self.kwargs["session"])
        session.course = self.course
        return session

    @property
    def step(self):
        if self.kwargs["action"] not in SESSION_STEPS:
            raise Http404
        return SESSION_STEPS[self.kwargs["action"]]

    def get_page_title(self):
        return str(self.step[3])

    def crumbs(self):
        return [
            (url("course", self.course.pk), self.course.title),
            (url("sessions", self.course.pk), _("Sessions")),
            ("", f"{self.step[3]}: {str(self.session).lower()}"),
        ]

    def get(self, request, pk, session, action):
        form_class, __, rule, __ = self.step
        decision = rules.may_change_session(self.session, rule)
        if not decision:
            return self.back(decision.reason, messages.WARNING)
        return self.page(form_class(session=self.session))

    def post(self, request, pk, session, action):
        form_class, service, __, __ = self.step
        form = form_class(request.POST, session=self.session)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(form)
        if action == "move" and request.POST.get("action") == "look":
            return self.page(form, look=True)
        data = dict(form.cleaned_data)
        kwargs = {"expected_version": data.pop("version", None)}
        kwargs.update({"values": form.values()} if action == "change" else data)
        try:
            changed = service(session=self.session, user=request.user, **kwargs)
        except ValidationError as error:
            take_faults(form, error)
            return self.page(form)
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.page(form)
        for sentence in changed.to_check:
            messages.warning(request, sentence)
        done = {
            "move": _("The session is moved."),
            "cancel": _("The session is called off."),
            "restore": _("The session is held after all."),
            "change": _("The session is changed."),
        }[action]
        return self.back(" ".join([done, *told(changed), _("Remember to tell people.")]))

    def page(self, form, look=False):
        days, skipped = [], []
        if look:
            data = form.cleaned_data
            pairs, skips = services.preview_move(self.session, data["to_date"], data["tail"])
            days = [(row, words.day(row.date), words.day(day), words.week(day)) for row, day in pairs]
            skipped = [words.skipped(skip) for skip in skips]
        return self.render_to_response(
            {
                **self.get_context_data(),
                "session": self.session,
                "action": self.kwargs["action"],
                "heading": self.step[3],
                "day": words.day(self.session.date),
                "week": words.week(self.session.date),
                "form": form,
                "days": days,
                "skipped": skipped,
                "looked": look,
                "back_url": self.here(),
            }
        )
