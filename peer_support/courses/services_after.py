"""After the course: what the person would like, and the way on to it. Nothing goes on without their yes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..people import services as people
from ..people.models import Citizen, Volunteer
from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from . import rules_after as rules
from .models import By, EnrolmentEvent, WantsNext
from .rules_enrolment import Action, may_say_what_next
from .services_seats import opened, refuse_unless, wrote
from .services_steps import lock_initiative

ROUTE = "courses.after"
# When to ask how it goes on, where nobody has said another day.
FOLLOW_UP_AFTER = timedelta(weeks=4)
# What goes along to the volunteer's record: who they are and how to reach them. No word of why they came.
_GOES_ALONG = ("first_name", "last_name", "phone", "email", "postcode")
_listeners = []


def register_wish_listener(listener):
    """Let another room take a wish up: ``listener(enrolment=…, wish=…, user=…)``, in the transaction. Once per function."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def _wish(enrolment, wish, user, by, **facts):
    enrolment.wants_next = WantsNext(wish).value
    wrote(
        enrolment, Action.WANTS_NEXT, enrolment.state, user, by=by, wants_next=enrolment.wants_next, **facts
    )
    for listener in _listeners:
        listener(enrolment=enrolment, wish=enrolment.wants_next, user=user)
    return enrolment


@transaction.atomic
def say_what_next(*, enrolment, wish, route=""):
    """Write what the participant would like now, from their own link. A wish; nothing is set going by it."""
    enrolment = opened(enrolment)
    refuse_unless(may_say_what_next(enrolment))
    return _wish(enrolment, wish, None, By.PARTICIPANT)


@transaction.atomic
def wish_accompaniment(*, enrolment, said_yes, user):
    """Note that the participant would like accompaniment, with their yes."""
    enrolment = opened(enrolment)
    refuse_unless(rules.has_said_yes(said_yes))
    refuse_unless(rules.may_wish_accompaniment(enrolment))
    return _wish(enrolment, WantsNext.ACCOMPANIMENT, user, By.COORDINATOR, said_yes=True)


@transaction.atomic
def go_to_one_to_one(*, enrolment, said_yes, user):
    """Bring the participant one step on to one-to-one support: a talk, or from the talk to the waiting list.

    Goes through the services of people and their rules. Returns the citizen as they stand.
    """
    enrolment = opened(enrolment)
    refuse_unless(rules.has_said_yes(said_yes))
    refuse_unless(rules.may_go_to_one_to_one(enrolment))
    citizen = enrolment.citizen
    if citizen.status == Citizen.Status.ENQUIRY:
        people.hold_conversation(person=citizen, values={}, user=user, always=True, route=ROUTE)
    else:
        people.put_on_waiting_list(citizen=citizen, user=user, route=ROUTE)
    _wish(enrolment, WantsNext.ONE_TO_ONE, user, By.COORDINATOR, said_yes=True)
    return Citizen.objects.get(pk=citizen.pk)


@transaction.atomic
def become_volunteer(*, enrolment, said_yes, user):
    """Make an enquiry from a volunteer out of the participant, with name and contact. Returns the volunteer.

    The two records know nothing of each other, but for the day of the yes that stands in the volunteer's notes.
    """
    # People are numbered behind the initiative's lock, which everybody takes before a course's.
    lock_initiative(enrolment.initiative_id)
    enrolment = opened(enrolment)
    refuse_unless(rules.has_said_yes(said_yes))
    refuse_unless(rules.may_become_volunteer(enrolment))
    citizen = enrolment.citizen
    values = {name: getattr(citizen, name) for name in _GOES_ALONG}
    values["notes"] = gettext("Has been in a group here, and said yes on %(date)s to be a volunteer.") % {
        "date": date_format(timezone.localdate())
    }
    taken = people.create_person(
        model=Volunteer, initiative=enrolment.initiative, values=values, user=user, route=ROUTE
    )
    _wish(enrolment, WantsNext.VOLUNTEER, user, By.COORDINATOR, said_yes=True)
    return taken.person


@transaction.atomic
def set_follow_up(*, enrolment, on, user):
    """Write on which day to ask how it goes on; ``None`` takes it away. A day that has passed is refused."""
    enrolment = opened(enrolment)
    if on is not None and on < timezone.localdate():
        raise NotAllowed(Decision.no("past", gettext("That day has passed. Choose one that is to come.")))
    enrolment.follow_up_on = on
    enrolment.version += 1
    enrolment.save(update_fields=["follow_up_on", "version", "updated_at"])
    EnrolmentEvent.objects.create(
        initiative_id=enrolment.initiative_id,
        enrolment=enrolment,
        user=user if getattr(user, "pk", None) else None,
        by=By.COORDINATOR,
        action="follow_up",
        from_state=enrolment.state,
        to_state=enrolment.state,
        facts={"on": on.isoformat() if on else None},
    )
    log_access(user=user, action=LogAction.CHANGE, objects=[enrolment], route=f"{ROUTE}.follow_up")
    return enrolment


def suggested_follow_up(enrolment):
    """Return the day to propose for asking how it goes on: four weeks after the course, and not a day that has passed."""
    last = enrolment.completed_on or enrolment.left_on or enrolment.course.ends_on or timezone.localdate()
    return max(last + FOLLOW_UP_AFTER, timezone.localdate())
