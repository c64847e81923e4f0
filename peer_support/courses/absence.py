"""Who has not come two times in a row, so that somebody rings them. A list for the coordinator, never a penalty."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from ..access.decisions import Decision, NotAllowed
from ..privacy.access_log import Action, log_access
from . import words
from .models import Attendance, CaringCall, CourseState, Enrolment, EnrolmentState, SessionState

# Two times in a row is when a group begins to lose somebody; one time is nobody's business.
IN_A_ROW = 2
# A group that has met for years is looked at for the last half of one.
LOOK_BACK = timedelta(days=183)
ROUTE = "courses.caring_call"


@dataclass(frozen=True)
class Due:
    """Somebody to ring: the sessions that were missed, oldest first, and when somebody tried in vain."""

    enrolment: Enrolment
    sessions: list
    tried_on: date | None = None

    @property
    def person(self):
        return self.enrolment.person

    @property
    def sentence(self):
        """Why to ring, as a sentence without a name."""
        count = len(self.sessions)
        facts = {
            "count": count,
            "person": self.person,
            "weeks": words.weeks(session.date for session in self.sessions),
        }
        text = ngettext(
            "%(person)s has not come once (%(weeks)s)",
            "%(person)s has not come %(count)d times in a row (%(weeks)s)",
            count,
        )
        return text % facts

    @property
    def hint(self):
        """What to think of, or when somebody tried."""
        if self.tried_on:
            return gettext("You rang on %(date)s and did not reach them. Try again?") % {
                "date": date_format(self.tried_on)
            }
        return gettext("Ask how it goes. They need give no reason, and they lose nothing.")


def trailing_absences(marks):
    """Return how many of ``marks``, in the order of the sessions, are absences at the end.

    Whoever came, came late or sent word breaks the row. ``None``, nobody has said, neither counts nor breaks it.
    """
    count = 0
    for found in reversed(list(marks)):
        if found is None:
            continue
        if found != Attendance.Mark.ABSENT:
            break
        count += 1
    return count


def caring_calls(initiative=None, day=None):
    """Return a :class:`Due` for everybody who has not come :data:`IN_A_ROW` times in a row, the longest row first.

    Only in courses that run; sessions that were called off do not count; a call that was made starts the count again.
    Without an initiative: all in the open scope. A constant number of queries. Who shows it, logs it.
    """
    day = day or timezone.localdate()
    people = Enrolment.objects.filter(
        state=EnrolmentState.ENROLLED, course__state=CourseState.RUNNING
    ).select_related("course", "citizen", "volunteer")
    if initiative is not None:
        people = people.filter(initiative=initiative)
    people = {enrolment.pk: enrolment for enrolment in people}
    marks, calls = _marks(people, day), _calls(people)
    found = [_due(people[key], rows, calls.get(key, ())) for key, rows in marks.items()]
    return sorted(filter(None, found), key=lambda due: (-len(due.sessions), due.enrolment.pk))


def _marks(people, day):
    """Return ``{enrolment id: [attendance, …]}`` in the order of the sessions."""
    rows = (
        Attendance.objects.filter(enrolment__in=people, session__date__range=(day - LOOK_BACK, day))
        .exclude(session__state=SessionState.CANCELLED)
        .select_related("session")
        .order_by("session__date", "session__start_time", "session_id")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.enrolment_id].append(row)
    return found


def _calls(people):
    found = defaultdict(list)
    for call in CaringCall.objects.filter(enrolment__in=people).select_related("up_to"):
        found[call.enrolment_id].append(call)
    return found


def _due(enrolment, rows, calls):
    answered = [call for call in calls if call.outcome != CaringCall.Outcome.NOT_REACHED]
    rung_up_to = max((_when(call.up_to) for call in answered), default=None)
    rows = [row for row in rows if rung_up_to is None or _when(row.session) > rung_up_to]
    count = trailing_absences(row.mark for row in rows)
    if count < IN_A_ROW:
        return None
    missed = [row.session for row in rows[-count:]]
    tries = [call.done_at for call in calls if call.up_to_id in {session.pk for session in missed}]
    return Due(enrolment, missed, timezone.localdate(max(tries)) if tries else None)


def _when(session):
    return (session.date, session.start_time)


@transaction.atomic
def note_call(*, enrolment, outcome, user, route=""):
    """Write that somebody rang, and how it went (:class:`CaringCall.Outcome`). Raises ``NotAllowed`` where it is done.

    Somebody who was not reached stays on the list.
    """
    outcome = CaringCall.Outcome(outcome)
    Enrolment.objects.select_for_update(no_key=True, of=("self",)).get(pk=enrolment.pk)
    due = next((due for due in caring_calls(enrolment.initiative) if due.enrolment.pk == enrolment.pk), None)
    if due is None:
        raise NotAllowed(
            Decision.no("no_call", gettext("There is nobody to ring: somebody has rung, or they have come."))
        )
    call = CaringCall(
        initiative_id=enrolment.initiative_id,
        enrolment=enrolment,
        up_to=due.sessions[-1],
        sessions=[session.pk for session in due.sessions],
        outcome=outcome,
        done_by=user if getattr(user, "pk", None) else None,
    )
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError:
        raise NotAllowed(Decision.no("no_call", gettext("Somebody has rung already."))) from None
    log_access(user=user, action=Action.CREATE, objects=[call], route=route or ROUTE)
    return call
