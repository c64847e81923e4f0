"""Domain events of courses that a host, or another room, may listen to.

Each is sent once, after the change is committed. ``user`` is ``None`` for a job, a link and the website. A receiver
that fails is logged and does not undo the change.
"""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

# Every step of an enrolment: ``enrolment``, ``action`` (see rules_enrolment.Action), ``from_state``, ``to_state``,
# ``user``. The four below are sent as well, after it.
enrolment_changed = Signal()
# A place is offered and waits for an answer (``enrolment.answer_by``): ``enrolment``, ``user``.
place_offered = Signal()
# Somebody has a place: ``enrolment``, ``user``.
place_taken = Signal()
# An offer ran out without an answer; the person waits on: ``enrolment``, ``user``.
offer_expired = Signal()
# A place came free (left, said no, ran out, moved): ``enrolment``, ``user``.
place_came_free = Signal()


def send_after_commit(signal, instance, **facts):
    """Send ``signal`` when the running transaction is committed, and not at all if it is rolled back."""
    transaction.on_commit(partial(signal.send, sender=type(instance), **facts), robust=True)
