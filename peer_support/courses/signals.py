"""Domain events of courses that a host may listen to, and one that the package's own rooms take part in.

Those of the first kind are sent once, after the change is committed. A receiver that fails is logged and does not
undo the change.
"""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

# A course takes a step, *inside* the transaction: ``course``, ``action`` (see rules.Action), ``user``. A receiver that
# raises undoes the step; links that lead to a course which is over are taken back this way.
course_steps = Signal()

# A course was opened to new people: ``course``, ``user``.
course_opened = Signal()
# A course has begun: ``course``, ``user``.
course_started = Signal()
# A course is over: ``course``, ``user``.
course_completed = Signal()
# A course was called off: ``course``, ``user``.
course_cancelled = Signal()
# Sessions fall on other days or at other times: ``course``, ``user``, and ``changes``, a list of
# :class:`peer_support.courses.results.Moved`.
session_moved = Signal()
# A session was called off: ``course``, ``user``, ``session`` and ``added`` (the session at the end, or ``None``).
session_cancelled = Signal()
# A workshop was moved or called off (see ``workshop.state``): ``workshop``, ``user``.
workshop_changed = Signal()
# Every step of an enrolment: ``enrolment``, ``action`` (see rules_enrolment.Action), ``from_state``, ``to_state``,
# ``user`` (``None`` for a job, a link and the website). The four below are sent as well, after it.
enrolment_changed = Signal()
# A place is offered and waits for an answer (``enrolment.answer_by``): ``enrolment``, ``user``.
place_offered = Signal()
# Somebody has a place: ``enrolment``, ``user``.
place_taken = Signal()
# An offer ran out without an answer; the person waits on: ``enrolment``, ``user``.
offer_expired = Signal()
# A place came free (left, said no, ran out, moved): ``enrolment``, ``user``.
place_came_free = Signal()


def send_after_commit(signal, sender, **facts):
    """Send ``signal`` when the running transaction is committed, and not at all if it is rolled back."""
    transaction.on_commit(partial(signal.send, sender=type(sender), **facts), robust=True)
