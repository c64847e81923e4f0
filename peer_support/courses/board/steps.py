"""Which form belongs to which step of an enrolment, which service takes it, and what is said when it is done."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import services_enrolment as services
from ..models import WayIn
from ..rules_enrolment import Action
from . import forms

# The wishes a volunteer's or citizen's record says yes to in words.
DONE = {
    Action.REGISTER: gettext_lazy("They are on the way in again."),
    Action.INVITE: gettext_lazy("The invitation is written down. Tell them the day and place."),
    Action.WORKSHOP: gettext_lazy("It is written down."),
    Action.EXCUSE: gettext_lazy("They can go on without the workshop."),
    Action.OFFER: gettext_lazy("The place is kept until they answer. Tell them."),
    Action.WAIT: gettext_lazy("They are on the waiting list."),
    Action.QUEUE: gettext_lazy("The order is changed."),
    Action.DECLINE: gettext_lazy("The no is written down. They can come again at any time."),
    Action.LEAVE: gettext_lazy("It is written down. The place is free."),
    Action.COMPLETE: gettext_lazy("They have completed the course."),
    Action.REOPEN: gettext_lazy("They are in the course again."),
    Action.WANTS_NEXT: gettext_lazy("It is written down."),
}


def _register(*, enrolment, user):
    return services.register_interest(
        course=enrolment.course, person=enrolment.person, way=WayIn.COORDINATOR, user=user
    )


def _answer(*, enrolment, user, answer):
    return services.answer_offer(enrolment=enrolment, answer=answer, way=WayIn.COORDINATOR, user=user)


def _enrol(*, enrolment, user, **reasons):
    return services.enrol(
        course=enrolment.course, person=enrolment.person, way=WayIn.COORDINATOR, user=user, **reasons
    )


# Step -> (form, service)
STEPS = {
    Action.REGISTER: (forms.RegisterForm, _register),
    Action.INVITE: (forms.InviteForm, services.invite),
    Action.WORKSHOP: (forms.WorkshopForm, services.record_workshop),
    Action.EXCUSE: (forms.ExcuseForm, services.excuse_workshop),
    Action.OFFER: (forms.OfferForm, services.offer_place),
    Action.ANSWER: (forms.AnswerForm, _answer),
    Action.ENROL: (forms.EnrolForm, _enrol),
    Action.WAIT: (forms.WaitForm, services.put_on_waiting_list),
    Action.QUEUE: (forms.QueueForm, services.move_in_waiting_list),
    Action.DECLINE: (forms.PlainForm, services.decline),
    Action.LEAVE: (forms.LeaveForm, services.leave),
    Action.COMPLETE: (forms.CompleteForm, services.complete),
    Action.REOPEN: (forms.PlainForm, services.reopen),
    Action.MOVE: (forms.MoveForm, services.move_to),
    Action.WANTS_NEXT: (forms.CompleteForm, services.record_wants_next),
}
# Steps that need nothing typed: a button on the card takes them at once, and so does dropping the card.
AT_ONCE = {Action.OFFER, Action.ENROL, Action.REGISTER, Action.REOPEN}


def form_for(enrolment, action, data=None):
    """Return the form of ``action``, empty or with ``data``."""
    return STEPS[Action(action)][0](data, enrolment=enrolment, auto_id=f"id_{action}_%s")


def take(enrolment, action, form, user):
    """Hand what was sent to its service; returns ``(enrolment, what to say)``."""
    result = STEPS[Action(action)][1](enrolment=enrolment, user=user, **form.values())
    return result, said(result, action)


def said(enrolment, action):
    """Return what to say about where the enrolment stands now."""
    if action in (Action.ENROL, Action.ANSWER, Action.MOVE):
        facts = {"person": enrolment.person, "course": enrolment.course.title}
        return {
            "enrolled": _("%(person)s has a place in %(course)s."),
            "waiting": _("There is no free place. %(person)s is on the waiting list of %(course)s."),
            "declined": _("The no is written down. They can come again at any time."),
        }.get(enrolment.state, _("%(person)s is on the way into %(course)s.")) % facts
    return str(DONE[Action(action)])
