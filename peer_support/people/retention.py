"""How long this room keeps people, and what was said with them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..access.decisions import NotAllowed
from ..privacy.forgetting import ROUTE, register_words_rule
from ..privacy.retention import not_needed, register_rule
from .erasing import erase_person
from .models import Citizen, Conversation, ConversationBooking, Correction, StillHereQuestion, Volunteer
from .standing import stopped


def _quiet(model, before):
    """Return those who asked and with whom nothing has happened since ``before``.

    Whoever took the yes to a match back by then, and still has one to courses, is among them from wherever they were: only
    courses are left, and with none of those it came to nothing.
    """
    asked = Q(status__in=("enquiry", "conversation"))
    only_courses = Q(match_stopped_on__lt=before.date()) & ~Q(status="ended")
    people = model.objects.filter(asked | only_courses, updated_at__lt=before)
    talked = Conversation.objects.filter(updated_at__gte=before)
    link = model._meta.model_name
    people = people.exclude(pk__in=talked.filter(**{f"{link}__isnull": False}).values(link))
    return not_needed(people, before)


def _ended(model, before):
    people = model.objects.filter(status="ended").filter(
        Q(ended_on__lt=before.date()) | Q(ended_on=None, updated_at__lt=before)
    )
    return not_needed(people, before)


def _erase(person):
    """Erase as the button does, with the last step of the way; somebody whom a rule holds on to stays."""
    try:
        erase_person(person=person, user=None, route=ROUTE, why="purge")
    except NotAllowed:
        return False
    return True


# Words go before people do: what is counted beforehand is then what is done.
register_words_rule(
    "conversation_words",
    label=_("What was said in conversations"),
    months=12,
    why=_("After a year it is no longer true. That there was a conversation, and when, stays."),
    find=lambda before: Conversation.objects.filter(held_on__lt=before.date()),
)
register_words_rule(
    "booking_words",
    label=_("Where an agreed conversation was to be held"),
    months=6,
    why=_("The day is long past. That you had agreed on it, and what came of it, stays."),
    find=lambda before: ConversationBooking.objects.filter(booked_for__lt=before),
)
register_words_rule(
    "correction_words",
    label=_("What a person wrote was wrong, and you have looked at"),
    months=3,
    why=_("It is put right, or was right. That they wrote, and when, stays."),
    find=lambda before: Correction.objects.filter(settled_at__lt=before),
)
_NOTHING_CAME = _("It came to nothing. Three months are enough to ring again.")
register_rule(
    "citizen_enquiry",
    label=_("Citizens whose enquiry came to nothing"),
    months=3,
    why=_NOTHING_CAME,
    find=lambda before: _quiet(Citizen, before),
    act=_erase,
)
register_rule(
    "citizen_ended",
    label=_("Citizens who have ended"),
    months=6,
    why=_("Somebody who comes back within half a year need not tell it all again."),
    find=lambda before: _ended(Citizen, before),
    act=_erase,
)
register_rule(
    "volunteer_enquiry",
    label=_("Volunteers whose enquiry came to nothing"),
    months=3,
    why=_NOTHING_CAME,
    find=lambda before: _quiet(Volunteer, before),
    act=_erase,
)
register_rule(
    "volunteer_ended",
    label=_("Volunteers who have stopped"),
    months=12,
    why=_("They may ask for a reference, and often come back within a year."),
    find=lambda before: _ended(Volunteer, before),
    act=_erase,
)


def _silent(model, before):
    """Those who were asked by mail before that moment whether to go on, and have not answered; not those who are needed.

    Nor those who are left alone: their link rests, so that they cannot answer (:mod:`.stop_clock` minds them).
    """
    name = model._meta.model_name
    asked = StillHereQuestion.objects.filter(
        answer="", asked_on__lt=before.date(), **{f"{name}__isnull": False}
    )
    people = model.objects.filter(pk__in=asked.values(name)).exclude(status="ended").exclude(stopped())
    return not_needed(people, before)


def _said_no(model, before):
    name = model._meta.model_name
    said = StillHereQuestion.objects.filter(
        answer="no", answered_on__lt=before.date(), **{f"{name}__isnull": False}
    )
    return model.objects.filter(pk__in=said.values(name), status="ended")


register_rule(
    "citizen_no_answer",
    label=_("Citizens who do not answer whether to go on"),
    months=1,
    why=_(
        "They were asked by mail after five months, and once more. After six we cannot say why we keep it."
    ),
    find=lambda before: _silent(Citizen, before),
    act=_erase,
)
register_rule(
    "volunteer_no_answer",
    label=_("Volunteers who do not answer whether to go on"),
    months=3,
    why=_("They were asked by mail after a year, and once more, and have had time to ring."),
    find=lambda before: _silent(Volunteer, before),
    act=_erase,
)
register_rule(
    "citizen_said_no",
    label=_("Citizens who have asked to be erased"),
    months=1,
    why=_("They said no to going on. A month leaves time to regret it."),
    find=lambda before: _said_no(Citizen, before),
    act=_erase,
)
register_rule(
    "volunteer_said_no",
    label=_("Volunteers who have asked to be erased"),
    months=1,
    why=_("They said no to going on. A month leaves time to regret it."),
    find=lambda before: _said_no(Volunteer, before),
    act=_erase,
)


def taken_back(model, before):
    """Return those of ``model`` who took back the last yes that stood before that moment.

    A yes to a match or to courses that still stands is a reason to keep the record; with neither there is none.
    """
    return model.objects.filter(match_stopped_on__lt=before.date(), course_stopped_on__lt=before.date())


_TAKEN_BACK = _(
    "They took their yes back, and were told that it is deleted. A month leaves time to regret it."
)
register_rule(
    "citizen_taken_back",
    label=_("Citizens who have taken their yes back"),
    months=1,
    why=_TAKEN_BACK,
    find=lambda before: not_needed(taken_back(Citizen, before), before),
    act=_erase,
)
register_rule(
    "volunteer_taken_back",
    label=_("Volunteers who have taken their yes back"),
    months=1,
    why=_TAKEN_BACK,
    find=lambda before: not_needed(taken_back(Volunteer, before), before),
    act=_erase,
)
