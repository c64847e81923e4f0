"""A plan of dates for a course. Tried by doing it and taking it back, so that a dry run knows every rule of a session.

A session on the day of a row is filled in with what the row says; a day without one gets a new session. Nothing is
taken away, so that a plan read in twice changes nothing.
"""

from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...access.decisions import NotAllowed
from ...directory.importing.notices import Notice, Refused
from ..models import SessionState
from ..services_seats import lock_course
from ..services_sessions import add_session, change_session
from ..words import day_in_sentence
from .columns import SESSION, Cells, used_twice

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass
class Plan:
    actions: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    found = ()

    @property
    def possible(self):
        return all(notice.level != "error" for notice in self.notices)

    def count(self, action):
        return self.actions.count(action)

    def lines(self):
        """Return what would happen, in sentences."""
        counts = (
            (NEW, ngettext("%(count)d session is added.", "%(count)d sessions are added.", self.count(NEW))),
            (
                CHANGED,
                ngettext(
                    "%(count)d session is filled in.",
                    "%(count)d sessions are filled in.",
                    self.count(CHANGED),
                ),
            ),
            (
                SAME,
                ngettext(
                    "%(count)d session stays as it is.",
                    "%(count)d sessions stay as they are.",
                    self.count(SAME),
                ),
            ),
            (
                WRONG,
                ngettext(
                    "%(count)d row is not right yet.", "%(count)d rows are not right yet.", self.count(WRONG)
                ),
            ),
        )
        return [line % {"count": self.count(action)} for action, line in counts if self.count(action)]


@dataclass(frozen=True)
class Imported:
    new: int
    changed: int
    same: int

    def as_dict(self):
        return asdict(self)


class _TakenBack(Exception):
    """Ends a dry run."""


def plan_sessions(*, table, mapping, course):
    """Return the :class:`Plan` for ``table``; nothing is left of the attempt."""
    try:
        with transaction.atomic():
            plan = _carried_out(table, mapping, lock_course(course.pk), None)
            raise _TakenBack
    except _TakenBack:
        return plan


@transaction.atomic
def apply_sessions(*, table, mapping, course, user, route=""):
    """Write the plan: all rows or none. Raises ``Refused`` with every notice."""
    plan = _carried_out(table, mapping, lock_course(course.pk), user)
    if not plan.possible:
        raise Refused(plan.notices)
    return Imported(plan.count(NEW), plan.count(CHANGED), plan.count(SAME))


def _carried_out(table, mapping, course, user):
    plan = Plan(notices=list(table.notices))
    plan.notices += [Notice.error(text) for text in used_twice(SESSION, mapping)]
    if "date" not in mapping:
        plan.notices.append(Notice.error(_("Choose the column with the date.")))
    if not plan.possible:
        return plan
    reader, days = Cells(SESSION, mapping, plan.notices), {}
    for row in table.rows:
        values, right = reader.read(row)
        plan.actions.append(_row(row.number, values, days, course, user, plan) if right else WRONG)
    plan.notices.sort(key=lambda notice: notice.line)
    return plan


def _row(number, values, days, course, user, plan):
    day = values.pop("date", None)
    if day is None:
        plan.notices.append(Notice.error(_("The date is missing."), number))
        return WRONG
    if earlier := days.get(day):
        text = _("The same date stands in row %(row)d. Keep one of the two rows.") % {"row": earlier}
        plan.notices.append(Notice.error(text, number))
        return WRONG
    days[day] = number
    try:
        with transaction.atomic():
            return _session(day, number, values, course, user, plan)
    except NotAllowed as refusal:
        faults = [refusal.decision.reason]
    except ValidationError as error:
        faults = error.messages
    plan.notices += [Notice.error(text, number) for text in faults]
    return WRONG


def _session(day, number, values, course, user, plan):
    there = list(course.sessions.filter(date=day).order_by("start_time"))
    live = [session for session in there if session.state != SessionState.CANCELLED]
    if not there:
        changed = add_session(course=course, date=day, user=user, **values)
        plan.notices += [Notice.warning(text, number) for text in changed.to_check]
        return NEW
    if len(live) != 1:
        text = _("The session on %(day)s was called off. Take that back first, or leave the row out.")
        if live:
            text = _("There are several sessions on %(day)s. Change them on the course's page.")
        raise ValidationError(text % {"day": day_in_sentence(day)})
    new = {name: value for name, value in values.items() if getattr(live[0], name) != value}
    if not new:
        return SAME
    change_session(session=live[0], values=new, user=user)
    return CHANGED
