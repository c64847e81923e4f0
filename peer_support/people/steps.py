"""The history of a person's way: every service that moves somebody calls :func:`note_step`, and the rows tell the rest."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from .models import PersonStep, Step, Volunteer
from .pipeline import READY, current_step

CLOCK, BEFORE = "clock", "before"


def _link(person):
    return {person._meta.model_name: person}


def _of(person):
    return PersonStep.objects.filter(**_link(person))


def last_step(person):
    """Return the newest :class:`PersonStep` of ``person``, or ``None`` where nothing has been noted yet."""
    return _of(person).order_by("-at", "-pk").first()


def _at(day, hour=12):
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _moment(on, last):
    now = timezone.now()
    moment = now if on is None or on >= timezone.localdate(now) else _at(on)
    return max(moment, last.at) if last else moment


def _write(person, last, step, at, user=None, way="", code="ok"):
    return PersonStep.objects.create(
        initiative_id=person.initiative_id,
        **_link(person),
        from_step=last.step if last else "",
        step=step,
        at=at,
        user=user if getattr(user, "pk", None) else None,
        way=way[:60],
        code=code[:40],
    )


def _begin(person, now):
    """Write what the person's own dates say about the time before the first row; returns the last of them.

    People from before the history was kept, and those who come in from a spreadsheet, begin with it.
    """
    talk = person.conversations.order_by("held_on").values_list("held_on", flat=True).first()
    ready = person.approved_on if isinstance(person, Volunteer) else person.waiting_since
    known = [(Step.ENQUIRY, person.enquired_on), (Step.HELD, talk), (READY[type(person)], ready)]
    order = list(Step)
    last = None
    for step, day in known:
        if day is None or step == now or order.index(step) > order.index(now):
            continue
        last = _write(person, last, step, _moment(day, last), way=BEFORE)
    return last


def settle(person):
    """Note what the clock has done since the last row: a pause that has begun or run out by its dates.

    Called before a change, with the person as it is stored. Returns the last row.
    """
    last = last_step(person)
    if last is None or not person.paused_from:
        return last
    today = timezone.localdate()
    begins = _at(person.paused_from, 0)
    if last.step not in (Step.PAUSED, Step.ENDED) and person.paused_from <= today and begins > last.at:
        last = _write(person, last, Step.PAUSED, begins, way=CLOCK)
    if last.step == Step.PAUSED and person.paused_until and person.paused_until < today:
        over = _at(person.paused_until + timedelta(days=1), 0)
        step = current_step(person)
        if step != Step.PAUSED:
            last = _write(person, last, step, max(over, last.at), way=CLOCK)
    return last


def note_step(person, user, way, *, on=None, code="ok", settled=False):
    """Write a row where ``person`` stands on another step than the last row says; returns it, or ``None``.

    Call it after the change, in the same transaction, with the person's row locked and read anew. ``way`` names the
    service, ``on`` (a day) is when it happened where that was earlier than now, ``code`` is the code of the decision.
    A caller that changes a pause calls :func:`settle` before the change and passes ``settled``.
    """
    last = last_step(person) if settled else settle(person)
    now = current_step(person)
    if last is None:
        last = _begin(person, now)
        if last is None and on is None and now == Step.ENQUIRY:
            on = person.enquired_on
    if last is not None and last.step == now:
        return None
    return _write(person, last, now, _moment(on, last), user, way, code)


def replay(rows):
    """Return the step that a person's rows, in order, lead to; raises ``ValueError`` where one does not follow the other."""
    step, at = "", None
    for row in rows:
        if row.from_step != step or (at is not None and row.at < at):
            raise ValueError(f"row {row.pk} does not follow")
        step, at = row.step, row.at
    return step
