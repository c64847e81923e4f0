"""The waiting list: its order, the next offer, and offers that run out.

The order is by when people signed up, which a move between courses keeps. Those whom a coordinator has put first
stay first. Everything here works on a course that is locked.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from . import rules_enrolment as rules
from .models_enrolment import By, Enrolment, EnrolmentState, WaitingWhy
from .rules_enrolment import Action
from .services_seats import lock_course, opened, read, refuse, refuse_unless, words, wrote

GAP = 1024
# Those who wait for a place, and not for something else.
READY = (
    WaitingWhy.FULL,
    WaitingWhy.INTAKE_CLOSED,
    WaitingWhy.NOT_OPEN,
    WaitingWhy.CANCELLED,
    WaitingWhy.STUDY,
)


def waiting_list(course):
    """Return those who wait for a place in ``course``, first come first."""
    rows = Enrolment.objects.filter(course=course, state=EnrolmentState.WAITING)
    return rows.order_by("waiting_order")


def ready_ahead(enrolment):
    """Return how many who could begin at once stand before ``enrolment``, or on the list at all if it does not."""
    rows = _ready(enrolment.course).exclude(pk=enrolment.pk)
    if enrolment.state == EnrolmentState.WAITING:
        rows = rows.filter(waiting_order__lt=enrolment.waiting_order)
    return _count_ready(rows, enrolment.course)


def ready_in_line(course):
    """Return how many on the list could begin at once."""
    return _count_ready(_ready(course), course)


def _count_ready(rows, course):
    return sum(
        bool(rules.intro_is_done(_of(row, course)) and rules.may_have_place(_of(row, course))) for row in rows
    )


def _ready(course):
    return waiting_list(course).filter(waiting_why__in=READY)


def _of(row, course):
    row.course = course
    return row


# Order


def place_in_line(enrolment):
    """Return the place in the queue for somebody who comes to it: by when they signed up, behind those put first."""
    queue = waiting_list(enrolment.course).exclude(pk=enrolment.pk)
    last = queue.order_by("-waiting_order").values_list("waiting_order", "asked_at").first()
    if last is None:
        return GAP
    if last[1] <= enrolment.asked_at:
        return last[0] + GAP
    rows, put_first = list(queue), True
    for index, row in enumerate(rows):
        put_first = put_first and bool(row.priority_reason)
        if not put_first and row.asked_at > enrolment.asked_at:
            return _between(rows, index)
    return rows[-1].waiting_order + GAP


def _between(rows, index):
    """Return a free number before ``rows[index]``, after making room where there is none."""
    after = rows[index].waiting_order
    before = rows[index - 1].waiting_order if index else after - 2 * GAP
    if after - before < 2:
        # Upwards and past everybody, so that no two ever share a number on the way.
        top = rows[-1].waiting_order
        for step, row in enumerate(rows, start=1):
            row.waiting_order = top + step * GAP
            Enrolment.objects.filter(pk=row.pk).update(waiting_order=row.waiting_order)
        return _between(rows, index)
    return (before + after) // 2


def take_place_in_line(enrolment, why):
    """Make ``enrolment`` wait, unsaved: it keeps the place it had in the queue, where nobody else stands there now."""
    enrolment.state, enrolment.waiting_why = EnrolmentState.WAITING, why
    enrolment.waiting_since = enrolment.waiting_since or timezone.now()
    enrolment.offered_at = enrolment.answer_by = None
    kept = enrolment.waiting_order
    others = waiting_list(enrolment.course).exclude(pk=enrolment.pk)
    if kept is None:
        enrolment.waiting_order = place_in_line(enrolment)
    elif others.filter(waiting_order=kept).exists():
        rows = list(others)
        enrolment.waiting_order = _between(rows, [row.waiting_order for row in rows].index(kept))


@transaction.atomic
def put_on_waiting_list(*, enrolment, reason=WaitingWhy.FULL, note="", user, expected_version=None):
    """Let the person wait. ``reason`` is a :class:`WaitingWhy`; any other text is "something else" and kept as note.

    A person who waits already keeps their place and gets the new reason: "wishes to wait" takes them out of the
    automatic offers, "the course is full" puts them in again.
    """
    enrolment = opened(enrolment, expected_version)
    refuse_unless(rules.may_wait(enrolment))
    if reason not in WaitingWhy.values:
        reason, note = WaitingWhy.OTHER, note or str(reason)
    before = enrolment.state
    note = words(note)
    take_place_in_line(enrolment, WaitingWhy(reason))
    enrolment.waiting_note = note or enrolment.waiting_note
    wrote(enrolment, Action.WAIT, before, user, why=enrolment.waiting_why)
    freed = before in (EnrolmentState.OFFERED, EnrolmentState.WAITING)
    fill_free_places(enrolment.course, user, freed=freed)
    return _fresh(enrolment)


@transaction.atomic
def move_in_waiting_list(*, enrolment, before=None, reason, user, expected_version=None):
    """Put the person before another on the same list (``before=None``: last), with a reason."""
    enrolment = opened(enrolment, expected_version)
    refuse_unless(rules.may_be_moved_in_line(enrolment))
    reason = words(reason, "reason_missing")
    rows = list(waiting_list(enrolment.course).exclude(pk=enrolment.pk))
    if before is None:
        enrolment.waiting_order = rows[-1].waiting_order + GAP if rows else GAP
    else:
        index = next((i for i, row in enumerate(rows) if row.pk == before.pk), None)
        if index is None:
            refuse("not_in_line", gettext("The other person is not on the waiting list any more."))
        enrolment.waiting_order = _between(rows, index)
    enrolment.priority_reason = reason
    ahead_of = before.pk if before is not None else None
    return wrote(enrolment, Action.QUEUE, enrolment.state, user, ahead_of=ahead_of)


# Offers


@transaction.atomic
def offer_place(*, enrolment, user, answer_by=None, override_reason="", expected_version=None):
    """Offer a place; it is kept until ``answer_by`` (default: the course's days from today, within the intake).

    ``override_reason`` is written where the person has not been to an intro workshop, or stands behind others.
    Nothing overrides a full course or a closed intake. An offer that stands gets the new day.
    """
    enrolment = opened(enrolment, expected_version)
    reason = words(override_reason)
    _override_intro(enrolment, reason)
    refuse_unless(rules.may_be_offered(enrolment))
    if enrolment.state != EnrolmentState.OFFERED:
        override_line(enrolment, reason)
    return offered(enrolment, user, answer_by)


def _override_intro(enrolment, reason):
    if reason and not rules.intro_is_done(enrolment):
        enrolment.exception_reason = reason


def override_line(enrolment, reason):
    """Refuse where somebody who is ready stands before; with ``reason`` it is written instead."""
    decision = rules.is_next_in_line(ready_ahead(enrolment))
    if decision:
        return
    if not reason:
        refuse_unless(decision)
    enrolment.priority_reason = reason


def last_answer_day(course, day=None):
    """Return the day by which an offer made on ``day`` (default: today) is to be answered."""
    wanted = (day or timezone.localdate()) + timedelta(days=course.answer_days)
    until = course.intake_until
    return min(wanted, until) if until else wanted


def offered(enrolment, user, answer_by=None, by=None):
    """Write the offer; the rules have been asked."""
    course, before = enrolment.course, enrolment.state
    today = timezone.localdate()
    if answer_by and answer_by < today:
        refuse("answer_by_past", gettext("The day to answer by has passed. Choose a later day."))
    if answer_by and course.intake_until and answer_by > course.intake_until:
        refuse(
            "answer_by_late",
            gettext("New people can join until %(date)s. Let the answer come by then.")
            % {"date": date_format(course.intake_until)},
        )
    enrolment.state = EnrolmentState.OFFERED
    if before != EnrolmentState.OFFERED:
        enrolment.offered_at = timezone.now()
    enrolment.answer_by = answer_by or last_answer_day(course)
    return wrote(enrolment, Action.OFFER, before, user, by=by, answer_by=enrolment.answer_by.isoformat())


def _next_ready(course):
    rows = _ready(course).select_related("citizen", "volunteer", "workshop")
    return next((row for row in rows if rules.may_be_offered(_of(row, course))), None)


def _can_offer(course):
    return bool(rules.intake_is_open(course) and rules.has_free_place(course))


@transaction.atomic
def offer_next(*, course, user=None):
    """Offer a free place to the next on the list who is ready; returns the enrolment, or ``None`` where nobody is."""
    return _offer_next(lock_course(course.pk), user)


def _offer_next(course, user):
    if not _can_offer(course):
        return None
    enrolment = _next_ready(course)
    by = By.COORDINATOR if getattr(user, "pk", None) else By.SYSTEM
    return enrolment and offered(enrolment, user, by=by)


def fill_free_places(course, user=None, freed=True):
    """Offer every free place to those who wait, where the course does that by itself. Returns the enrolments.

    The course is locked. Everybody can come to a course without a number of places, so that nobody waits there.
    """
    made = []
    while freed and course.auto_offer and (enrolment := _offer_next(course, user)):
        made.append(enrolment)
    return made


@transaction.atomic
def fill(*, course, user=None):
    """Offer every free place of ``course`` to those who wait: called when it opens, or gets more places."""
    return fill_free_places(lock_course(course.pk), user)


def _fresh(enrolment):
    """Return ``enrolment`` as it stands after others have been offered what it left; its course is locked."""
    return read(enrolment.course, enrolment.pk)


def expire_offers(*, now=None):
    """Let offers run out whose day has passed; returns those enrolments. Safe to run twice.

    They wait on with the place in the queue they had, and are not offered again by themselves: the coordinator asks
    them first. Each course is a transaction of its own.
    """
    today = timezone.localdate(now)
    over = Enrolment.objects.filter(state=EnrolmentState.OFFERED, answer_by__lt=today)
    expired = []
    for course_id in over.order_by("course_id").values_list("course_id", flat=True).distinct():
        expired += _expire(course_id, today)
    return expired


@transaction.atomic
def _expire(course_id, today):
    course = lock_course(course_id)
    over = Enrolment.objects.filter(course=course, state=EnrolmentState.OFFERED, answer_by__lt=today)
    expired = []
    for pk in over.order_by("asked_at", "pk").values_list("pk", flat=True):
        enrolment = read(course, pk)
        answer_by = enrolment.answer_by
        take_place_in_line(enrolment, WaitingWhy.NO_ANSWER)
        wrote(
            enrolment,
            Action.EXPIRE,
            EnrolmentState.OFFERED,
            None,
            by=By.SYSTEM,
            answer_by=answer_by.isoformat(),
        )
        expired.append(enrolment)
    fill_free_places(course)
    return expired
