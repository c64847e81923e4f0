"""The steps of a course itself: which can be taken now, and which service takes them."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...access.reach import covers
from ...privacy.cpr import CarefulForm
from .. import rules, services, services_enrolment, words
from ..models import CalledOff, CourseState
from ..rules_enrolment import free_places, intake_is_open
from .forms import CHOOSE


class CancelForm(CarefulForm):
    """Why something is called off."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"), widget=forms.RadioSelect, choices=CalledOff.choices, error_messages=CHOOSE
    )


@dataclass(frozen=True)
class CourseStep:
    """A step with a course: ``label`` on its button, ``hint`` on the button's line, ``done`` said afterwards."""

    service: object
    label: str
    hint: str
    done: object
    form: type | None = None


def _offered(enrolment):
    if enrolment is None:
        return _("Nobody who is ready waits, or no place is free.")
    return _("%(person)s has been offered the place. Tell them.") % {"person": enrolment.person}


def _start_anyway(*, course, user):
    return services.start_course(course=course, user=user, although_few=True)


COURSE_STEPS = {
    "open": CourseStep(
        services.open_course,
        gettext_lazy("Open to new people"),
        gettext_lazy("It is shown on the website, and people can sign up. Nobody is written to."),
        gettext_lazy("The course is open, and shown on the website."),
    ),
    "close": CourseStep(
        services.close_course,
        gettext_lazy("Take back the opening"),
        gettext_lazy("It goes off the website. Nobody loses a place."),
        gettext_lazy("The course is a plan again."),
    ),
    "start": CourseStep(
        services.start_course,
        gettext_lazy("Yes, it starts"),
        gettext_lazy("Ring those who have a place, and say that it begins."),
        gettext_lazy("The course has begun. Have a good time."),
    ),
    "start_anyway": CourseStep(
        _start_anyway,
        gettext_lazy("Start all the same"),
        gettext_lazy("You have seen that you are fewer than planned."),
        gettext_lazy("The course has begun. Have a good time."),
    ),
    "offer_next": CourseStep(
        services_enrolment.offer_next,
        gettext_lazy("Offer the next one the free place"),
        gettext_lazy("The first on the waiting list who is ready. The place is kept until they answer."),
        _offered,
    ),
    "complete": CourseStep(
        services.complete_course,
        gettext_lazy("Complete the course"),
        gettext_lazy("Those who have a place have completed it. You can ask each what they want next."),
        gettext_lazy("The course is completed. Thank those who led it."),
    ),
    "cancel": CourseStep(
        services.cancel_course,
        gettext_lazy("Call the course off"),
        gettext_lazy(
            "The sessions to come are called off. Nobody is lost: everybody waits for another course."
        ),
        gettext_lazy("The course is called off. Ring those who had a place."),
        CancelForm,
    ),
    "delete": CourseStep(
        services.delete_course,
        gettext_lazy("Delete the plan"),
        gettext_lazy("Only a plan that nobody has signed up for."),
        gettext_lazy("The plan is deleted."),
    ),
}


def may_try(user, code, course):
    """Whether the step ``code`` is the user's to take at all: erasing a course is not everyday work (``access/roles.py``)."""
    return code != "delete" or covers(user, "peer_support.delete_groupcourse", course)


def _decisions(course):
    """Yield ``(code, Decision)`` of the steps that have a meaning where the course stands, the next one first."""
    if course.state == CourseState.PLANNED:
        yield "open", rules.may_open(course)
        yield "cancel", rules.may(course, rules.Action.CANCEL)
        yield "delete", rules.may_delete(course)
    elif course.state == CourseState.OPEN:
        start = rules.may_start(course)
        yield "start", start
        if start.code == "too_few":
            yield "start_anyway", rules.may_start(course, although_few=True)
        yield "close", rules.may(course, rules.Action.CLOSE)
        yield "cancel", rules.may(course, rules.Action.CANCEL)
    elif course.state == CourseState.RUNNING:
        yield "complete", rules.may_complete(course)
        yield "cancel", rules.may(course, rules.Action.CANCEL)


def steps_of(course, user):
    """Return ``[{"code", "step", "decision", "wants"}]``: the buttons that ``user`` has for it, each with its sentence."""
    steps = [
        {"code": code, "step": COURSE_STEPS[code], "decision": decision, "wants": COURSE_STEPS[code].form}
        for code, decision in _decisions(course)
        if may_try(user, code, course)
    ]
    waiting = course.enrolments.filter(state="waiting").exists()
    if waiting and free_places(course) != 0 and intake_is_open(course):
        offer = {"code": "offer_next", "step": COURSE_STEPS["offer_next"], "wants": None}
        steps.insert(0, {**offer, "decision": intake_is_open(course)})
    return steps


def facts_of(course, line):
    """Return ``[(label, value)]``: what one says on the telephone about the course."""
    today = timezone.localdate()

    def day(value):
        return date_format(value, "j. F Y") if value else ""

    intake = intake_is_open(course)
    if course.state in (CourseState.COMPLETED, CourseState.CANCELLED):
        joined = ""
    elif course.intake_until is None:
        joined = _("all the way")
    else:
        joined = _("until %(day)s") % {"day": day(course.intake_until)}
        joined = (
            joined
            if intake or course.state == CourseState.PLANNED
            else _("no longer (%(until)s)") % {"until": joined}
        )
    rows = [
        (_("When"), line.rhythm),
        (
            _("First session"),
            f"{day(course.starts_on)} ({words.week(course.starts_on, today)})" if course.starts_on else "",
        ),
        (
            _("Last session"),
            f"{day(course.ends_on)} ({words.week(course.ends_on, today)})" if course.ends_on else "",
        ),
        (_("Where"), course.place_words),
        (_("New people can join"), joined),
        (_("Decide whether it starts"), day(course.go_no_go_on) if course.state == CourseState.OPEN else ""),
        (_("On the website"), _("yes") if course.is_public else _("no")),
    ]
    return [(label, value) for label, value in rows if value]
