"""The pipeline of one course: who is where on the way in, with the one thing to do for each.

A card shows the least possible: the name, how long, and what is next. A fixed number of queries.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import rules_enrolment as rules
from ..models import Enrolment, EnrolmentState
from ..rules_enrolment import Action
from .base import url

S = EnrolmentState
# Columns: code, heading, states, and the step that dropping a card here asks for.
COLUMNS = (
    ("interested", gettext_lazy("Interested"), (S.INTERESTED,), ""),
    ("intro", gettext_lazy("Intro workshop"), (S.INVITED, S.ATTENDED), Action.INVITE),
    ("offered", gettext_lazy("Offered a place"), (S.OFFERED,), Action.OFFER),
    ("enrolled", gettext_lazy("Has a place"), (S.ENROLLED,), Action.ENROL),
    ("waiting", gettext_lazy("Waiting list"), (S.WAITING,), Action.WAIT),
)
PAST = (S.COMPLETED, S.LEFT, S.DECLINED)
# What the button of a step says.
BUTTONS = {
    Action.REGISTER: gettext_lazy("Sign up again"),
    Action.INVITE: gettext_lazy("Invite to an intro workshop"),
    Action.WORKSHOP: gettext_lazy("Write whether they came"),
    Action.EXCUSE: gettext_lazy("Go on without the workshop"),
    Action.OFFER: gettext_lazy("Offer a place"),
    Action.ANSWER: gettext_lazy("Write the answer"),
    Action.ENROL: gettext_lazy("Give the place now"),
    Action.WAIT: gettext_lazy("Put on the waiting list"),
    Action.QUEUE: gettext_lazy("Change the order"),
    Action.DECLINE: gettext_lazy("Write a no"),
    Action.LEAVE: gettext_lazy("Write that they left"),
    Action.COMPLETE: gettext_lazy("Write that they completed"),
    Action.REOPEN: gettext_lazy("Take back “completed”"),
    Action.MOVE: gettext_lazy("Move to another course"),
    Action.WANTS_NEXT: gettext_lazy("Write what they want next"),
}


@dataclass
class Card:
    """One person's card. ``steps`` is ``[(code, label, Decision)]``, the usual one first."""

    enrolment: Enrolment
    person: object
    line: str
    steps: list
    place: int | None = None
    overdue: bool = False
    url: str = ""

    @property
    def main(self):
        """The step that is for now, or ``None``.

        With a place, invited for a day to come, or in a line that does not move, there is nothing to press.
        """
        state, workshop = self.enrolment.state, self.enrolment.workshop
        if state == S.ENROLLED or (state == S.INVITED and workshop is not None and not self.overdue):
            return None
        first = next((step for step in self.steps if step[2]), None)
        return None if first is None or first[0] == Action.QUEUE else first

    @property
    def allowed(self):
        """The codes of the steps that are possible, for the script that lets a card be dragged."""
        return " ".join(code for code, __, decision in self.steps if decision)


@dataclass
class Column:
    code: str
    heading: str
    action: str
    cards: list = field(default_factory=list)


def enrolments_of(course):
    """Return the enrolments of ``course`` with what a card needs."""
    rows = Enrolment.objects.filter(course=course).select_related("citizen", "volunteer", "workshop")
    return list(rows.order_by("waiting_order", "asked_at", "pk"))


def board_of(course, enrolments, today=None):
    """Return ``(columns, past)``: a :class:`Column` each, and the cards of those who are out again."""
    today = today or timezone.localdate()
    by_state = defaultdict(list)
    for enrolment in enrolments:
        enrolment.course = course
        by_state[enrolment.state].append(enrolment)
    columns = []
    for code, heading, states, action in COLUMNS:
        rows = [row for state in states for row in by_state[state]]
        if code == "intro" and not course.wants_intro and not rows:
            continue
        cards = [
            card_of(row, today, place if code == "waiting" else None) for place, row in enumerate(rows, 1)
        ]
        columns.append(Column(code, str(heading), str(action), cards))
    return columns, [card_of(row, today) for state in PAST for row in by_state[state]]


def card_of(enrolment, today=None, place=None):
    """Return the :class:`Card` of an enrolment whose course is set."""
    today = today or timezone.localdate()
    line, overdue = _line(enrolment, today)
    return Card(
        enrolment=enrolment,
        person=enrolment.person,
        line=line,
        steps=steps_of(enrolment),
        place=place,
        overdue=overdue,
        url=url("enrolment", enrolment.pk),
    )


def steps_of(enrolment):
    """Return ``[(code, label, Decision)]`` of what can be done, and what cannot with its reason."""
    return [(code, str(BUTTONS[Action(code)]), decision) for code, decision in rules.next_actions(enrolment)]


def _days(then, today):
    days = (today - timezone.localdate(then)).days
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days} if days else _("today")


def _day(value):
    return date_format(value, "j. F")


def _line(enrolment, today):
    """Return the one line under the name, and whether something is overdue."""
    state = enrolment.state
    if state == S.INTERESTED:
        return _("signed up %(ago)s ago") % {"ago": _days(enrolment.asked_at, today)} if (
            timezone.localdate(enrolment.asked_at) < today
        ) else _("signed up today"), False
    if state == S.INVITED and enrolment.workshop:
        day = enrolment.workshop.date
        if day <= today:
            return _("the workshop was %(day)s: did they come?") % {"day": _day(day)}, True
        return _("invited for %(day)s") % {"day": _day(day)}, False
    if state == S.ATTENDED:
        return (
            _("came %(day)s") % {"day": _day(enrolment.attended_on)} if enrolment.attended_on else ""
        ), False
    if state == S.OFFERED:
        late = enrolment.answer_by < today
        text = _("was to answer by %(day)s") if late else _("answers by %(day)s")
        return text % {"day": _day(enrolment.answer_by)}, late
    if state == S.WAITING:
        facts = {"why": enrolment.get_waiting_why_display(), "ago": _days(enrolment.waiting_since, today)}
        return (_("%(ago)s · %(why)s") % facts).strip(" ·"), enrolment.waiting_why == "no_answer"
    if state == S.ENROLLED:
        return "", False
    return str(enrolment.get_state_display()), False
