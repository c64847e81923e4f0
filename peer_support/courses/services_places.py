"""A person's row in a course, and a place there or else the waiting list: where every way in ends. The course is locked."""

from django.utils import timezone

from . import rules_enrolment as rules
from .models_course import SessionState
from .models_enrolment import Enrolment, EnrolmentState, WantsNext
from .rules_enrolment import Action
from .services_seats import find, kind_of, read, wrote
from .services_waiting import fill_free_places, override_line, ready_ahead, take_place_in_line

S = EnrolmentState


def row_for(course, person, way, note=""):
    """Return ``(enrolment, state before, whether it is new)``; a new one, and one who comes again, is interested."""
    found = find(course, person)
    if found is None:
        of = {"initiative_id": course.initiative_id, "course": course, kind_of(person): person}
        return Enrolment(**of, way_in=way, note=note), "", True
    before = found.state
    if before in rules.FROM_STATES[Action.REGISTER]:
        _begin_again(found, way)
    if note and note not in found.note:
        found.note = f"{found.note}\n{note}".strip()
        if before == found.state:
            found.save(update_fields=["note", "updated_at"])
    return found, before, False


def _begin_again(enrolment, way):
    """Forget the earlier round; that they have been to an intro workshop still holds."""
    enrolment.state, enrolment.way_in, enrolment.asked_at = S.INTERESTED, way, timezone.now()
    enrolment.left_on = enrolment.declined_on = enrolment.enrolled_on = enrolment.joined_from_session = None
    enrolment.left_reasons, enrolment.left_note = [], ""
    enrolment.wants_next = WantsNext.NOT_ASKED
    enrolment.offered_at = enrolment.answer_by = None
    enrolment.waiting_since = enrolment.waiting_order = None
    enrolment.waiting_note = enrolment.priority_reason = ""
    if not enrolment.attended_on:
        enrolment.workshop = None


def seat_or_queue(enrolment, before, user, *, override_reason="", action=Action.ENROL, **log):
    """Give a place where the rules allow one, else the waiting list. The course is locked."""
    decision = rules.may_be_enrolled(enrolment)
    if decision and override_reason:
        override_line(enrolment, override_reason)
    elif decision and enrolment.state != S.OFFERED:
        decision = rules.is_next_in_line(ready_ahead(enrolment))
    if decision:
        return _seated(enrolment, before, user, action, **log)
    why = rules.why_waits(enrolment)
    if before == S.WAITING and enrolment.waiting_why == why:
        enrolment.save()  # what was learnt about the intro workshop, and no step
        return enrolment
    take_place_in_line(enrolment, why)
    wrote(enrolment, Action.WAIT, before, user, why=why, **log)
    fill_free_places(enrolment.course, user)
    return read(enrolment.course, enrolment.pk)


def _seated(enrolment, before, user, action, **log):
    today = timezone.localdate()
    enrolment.state, enrolment.enrolled_on, enrolment.answer_by = S.ENROLLED, today, None
    sessions = enrolment.course.sessions.exclude(state=SessionState.CANCELLED)
    enrolment.joined_from_session = sessions.filter(date__gte=today).order_by("date", "start_time").first()
    return wrote(enrolment, action, before, user, **log)
