"""The one lock of enrolments, and how every service takes a step and writes it down.

Whatever changes who has a place locks the course's row first (two courses in the order of their keys), reads the
enrolment anew, and counts the places. Whoever needs more than one lock takes the initiative's first (people are
numbered behind it), then courses, then a workshop. SQLite has no row locks: there the transaction itself is
exclusive from its first statement (``transaction_mode=IMMEDIATE``).
"""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..people.models import Volunteer
from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from ..privacy.cpr import refuse_cpr
from .intake import last_intake_day
from .models_course import GroupCourse
from .models_enrolment import SEAT_STATES, By, Enrolment, EnrolmentEvent, EnrolmentState, WayIn
from .rules_enrolment import Action
from .signals import (
    enrolment_changed,
    offer_expired,
    place_came_free,
    place_offered,
    place_taken,
    send_after_commit,
)

ROUTE = "courses.enrolment"
_BY_WAY = {
    WayIn.PUBLIC: By.PARTICIPANT,
    WayIn.FACILITATOR: By.FACILITATOR,
    WayIn.OFFER: By.PARTICIPANT,
}


def refuse(code, reason):
    """Raise :class:`NotAllowed` with this code and sentence."""
    raise NotAllowed(Decision.no(code, reason))


def refuse_unless(decision):
    """Raise :class:`NotAllowed` with ``decision`` where it says no."""
    if not decision:
        raise NotAllowed(decision)


def words(text, code=""):
    """Return ``text`` tidied; refuses a CPR number, and with ``code`` an empty text."""
    text = (text or "").strip()
    if code and not text:
        refuse(code, gettext("Write a reason."))
    try:
        refuse_cpr(text)
    except ValidationError as error:
        refuse("cpr", " ".join(error.messages))
    return text


def lock_courses(*course_ids):
    """Lock these courses until the transaction ends and return them by key, with the intake as it falls now."""
    rows = GroupCourse.objects.select_for_update(no_key=True).filter(pk__in=set(course_ids)).order_by("pk")
    courses = {course.pk: course for course in rows}
    for course in courses.values():
        course.intake_until = last_intake_day(course)
    return courses


def lock_course(course_id):
    """Lock one course; raises ``GroupCourse.DoesNotExist`` outside the scope."""
    try:
        return lock_courses(course_id)[course_id]
    except KeyError:
        raise GroupCourse.DoesNotExist from None


def read(course, pk):
    """Return an enrolment of a course that is locked, read anew."""
    rows = Enrolment.objects.select_related("citizen", "volunteer", "workshop")
    enrolment = rows.select_for_update(no_key=True, of=("self",)).get(pk=pk, course=course)
    enrolment.course = course
    return enrolment


def opened(enrolment, expected_version=None):
    """Return ``enrolment`` read anew with its course locked; refuses where the screen it was seen on is old."""
    found = read(lock_course(enrolment.course_id), enrolment.pk)
    refuse_stale(found, expected_version)
    return found


def refuse_stale(enrolment, expected_version):
    """Raise :class:`NotAllowed` where the enrolment has moved on since ``expected_version``."""
    if expected_version is None or str(expected_version) == str(enrolment.version):
        return
    refuse(
        "stale",
        gettext(
            "Somebody else has changed this since you opened the page. Nothing of yours is saved yet. "
            "Look at it, and try again if it is still right."
        ),
    )


def kind_of(person):
    """Return the field of an enrolment that ``person`` belongs in."""
    return "volunteer" if isinstance(person, Volunteer) else "citizen"


def find(course, person):
    """Return the person's enrolment in a course that is locked, or ``None``."""
    found = (
        Enrolment.objects.filter(course=course, **{kind_of(person): person.pk})
        .values_list("pk", flat=True)
        .first()
    )
    return read(course, found) if found else None


def by_of(way, user=None):
    """Return who takes a step: ``way`` is a :class:`WayIn`, or :class:`By` itself."""
    if way in By.values:
        return By(way)
    if way in WayIn.values:
        return _BY_WAY.get(WayIn(way), By.COORDINATOR)
    return By.COORDINATOR if getattr(user, "pk", None) else By.SYSTEM


def wrote(enrolment, action, before, user, *, by=None, created=False, route="", **facts):
    """Save an enrolment that has taken a step: its place is counted, the step is written and logged, and told of.

    ``facts`` are codes and dates. The course must be locked. Returns the enrolment.
    """
    course, after = enrolment.course, enrolment.state
    seats = (after in SEAT_STATES) - (before in SEAT_STATES)
    if after != EnrolmentState.WAITING:
        enrolment.waiting_why = ""
    enrolment.version += 1
    enrolment.save()
    if seats:
        # The constraint on the row is the last wall, for code that does not take the lock.
        GroupCourse.objects.filter(pk=course.pk).update(seats_taken=F("seats_taken") + seats)
        course.seats_taken += seats
    EnrolmentEvent.objects.create(
        initiative_id=enrolment.initiative_id,
        enrolment=enrolment,
        at=timezone.now(),
        user=user if getattr(user, "pk", None) else None,
        by=by or by_of(None, user),
        action=Action(action).value,
        from_state=before,
        to_state=after,
        facts=facts,
    )
    log_access(
        user=user,
        action=LogAction.CREATE if created else LogAction.CHANGE,
        objects=[enrolment],
        route=route or f"{ROUTE}.{Action(action).value}",
    )
    _tell(enrolment, action, before, user, seats)
    return enrolment


def _tell(enrolment, action, before, user, seats):
    after = enrolment.state
    facts = {"enrolment": enrolment, "user": user}
    send_after_commit(
        enrolment_changed, enrolment, action=Action(action).value, from_state=before, to_state=after, **facts
    )
    if after == EnrolmentState.OFFERED and before != after:
        send_after_commit(place_offered, enrolment, **facts)
    if after == EnrolmentState.ENROLLED and before != after:
        send_after_commit(place_taken, enrolment, **facts)
    if action == Action.EXPIRE:
        send_after_commit(offer_expired, enrolment, **facts)
    if seats < 0:
        send_after_commit(place_came_free, enrolment, **facts)
