"""A list of participants: who would get a place, who would wait, and doing exactly that.

Whoever is in the initiative already is found as in a list of people (by number in another system, or by name and
contact), so that a list read in twice changes nothing. Places are given in the order of the rows.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...access.decisions import NotAllowed
from ...directory.importing.notices import Notice, Refused
from ...directory.models import Initiative
from ...people import services as people_services
from ...people.importing.planning import CREATE, FILL, MODELS, WRONG, plan_import
from ...privacy.cpr import refuse_cpr
from .. import rules_enrolment as rules
from ..models import Enrolment, EnrolmentState, WaitingWhy, WayIn
from ..services_enrolment import enrol
from ..services_seats import lock_course
from ..services_waiting import ready_in_line
from .columns import PARTICIPANT, Cells, used_twice

PLACE, WAIT, SAME = "place", "wait", "same"
_OWN = {column.code for column in PARTICIPANT}
_THERE = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)


@dataclass
class Participant:
    """One row: what happens to it, the person's own plan, and what it says about the enrolment."""

    number: int
    action: str = PLACE
    person_row: object = None
    values: dict = field(default_factory=dict)


@dataclass
class Plan:
    rows: list = field(default_factory=list)
    notices: list = field(default_factory=list)

    @property
    def possible(self):
        """Whether it can be carried out: nothing is wrong."""
        return all(notice.level != "error" for notice in self.notices)

    def count(self, action):
        return sum(row.action == action for row in self.rows)

    @property
    def new_people(self):
        return sum(row.action != WRONG and row.person_row.action == CREATE for row in self.rows)

    @property
    def found(self):
        """The people who are here already."""
        return [row.person_row.person for row in self.rows if row.person_row.person]

    def lines(self):
        """Return what would happen, in sentences."""
        counts = (
            (
                PLACE,
                ngettext(
                    "%(count)d person gets a place.", "%(count)d people get a place.", self.count(PLACE)
                ),
            ),
            (
                WAIT,
                ngettext(
                    "%(count)d person goes on the waiting list.",
                    "%(count)d people go on the waiting list.",
                    self.count(WAIT),
                ),
            ),
            (
                SAME,
                ngettext(
                    "%(count)d person has a place already and stays as they are.",
                    "%(count)d people have a place already and stay as they are.",
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
        lines = [line % {"count": self.count(action)} for action, line in counts if self.count(action)]
        if new := self.new_people:
            line = ngettext("%(count)d person is taken in.", "%(count)d people are taken in.", new)
            lines.append(line % {"count": new})
        return lines


@dataclass(frozen=True)
class Imported:
    """How many got a place, how many wait, how many were there already, and how many of them were taken in."""

    place: int
    wait: int
    same: int
    new_people: int

    def as_dict(self):
        return asdict(self)


def _why_waiting(course):
    return {
        WaitingWhy.NOT_OPEN: _("The course is not open yet. The person goes on the waiting list."),
        WaitingWhy.INTAKE_CLOSED: _(
            "The course no longer takes new people in. The person goes on the waiting list."
        ),
    }.get(rules.why_waiting(course), _("The course is full. The person goes on the waiting list."))


def plan_participants(*, table, mapping, course, exception_reason=""):
    """Return the :class:`Plan` for ``table``: reads only.

    ``mapping`` has a column's code (or an empty text) per heading; ``exception_reason`` is why those without a day can
    do without an intro workshop.
    """
    people = plan_import(
        table=table,
        mapping=["" if code in _OWN else code for code in mapping],
        kind="volunteer" if course.is_for_volunteers else "citizen",
        initiative=course.initiative,
    )
    plan = Plan(notices=people.notices)
    plan.notices += [Notice.error(text) for text in used_twice(PARTICIPANT, mapping)]
    over = rules.course_is_not_over(course)
    if not over:
        plan.notices.append(Notice.error(over.reason))
    reader = Cells(PARTICIPANT, ["" if code not in _OWN else code for code in mapping], plan.notices)
    judge = _Judge(course, exception_reason, plan)
    for row, person_row in zip(table.rows, people.rows, strict=False):
        values, right = reader.read(row)
        planned = Participant(row.number, WRONG, person_row, values)
        plan.rows.append(planned)
        if right and person_row.action != WRONG:
            judge.decide(planned)
    plan.notices.sort(key=lambda notice: notice.line)
    return plan


class _Judge:
    """Gives the places that are free, row by row, as :func:`~..services_enrolment.enrol` would."""

    def __init__(self, course, exception_reason, plan):
        self.course, self.exception_reason, self.plan = course, exception_reason, plan
        rows = Enrolment.objects.filter(course=course)
        self.here = {row.volunteer_id or row.citizen_id: row for row in rows}
        self.takes_people = bool(rules.intake_is_open(course)) and not ready_in_line(course)
        self.free = rules.free_places(course)

    def wrong(self, planned, text):
        self.plan.notices.append(Notice.error(text, planned.number))

    def decide(self, planned):
        person = planned.person_row.person
        enrolment = self.here.get(person.pk) if person else None
        if enrolment and enrolment.state in _THERE:
            planned.action = SAME
            return
        if person and not (decision := rules.may_register(self.course, person)):
            return self.wrong(planned, decision.reason)
        for text in self.faults(planned.values, enrolment):
            return self.wrong(planned, text)
        if enrolment and enrolment.state == EnrolmentState.OFFERED and rules.intake_is_open(self.course):
            planned.action = PLACE
        elif self.takes_people and self.free != 0:
            planned.action = PLACE
            self.free = None if self.free is None else self.free - 1
        else:
            planned.action = WAIT
            self.plan.notices.append(Notice.info(_why_waiting(self.course), planned.number))

    def faults(self, values, enrolment):
        today = timezone.localdate()
        if any(values[name] > today for name in ("asked_on", "attended_on") if name in values):
            yield _("A date in this row has not come yet.")
        for name in ("exception_reason", "enrolment_note"):
            try:
                refuse_cpr(values.get(name, ""))
            except ValidationError as error:
                yield " ".join(error.messages)
        shown = enrolment or Enrolment(course=self.course)
        shown.course = self.course
        done = values.get("attended_on") or values.get("exception_reason") or self.exception_reason
        if not done and not (decision := rules.intro_is_done(shown)):
            yield decision.reason


@transaction.atomic
def apply_participants(*, table, mapping, course, user, exception_reason="", route=""):
    """Write what :func:`plan_participants` plans now: all rows or none. Raises ``Refused`` with every notice."""
    # Two lists, sent at once, stand in line here; the second finds the first one's people. Before the course, as
    # whoever takes a person in and signs them up does: people are numbered behind this lock.
    Initiative.objects.select_for_update(no_key=True).get(pk=course.initiative_id)
    course = lock_course(course.pk)
    plan = plan_participants(table=table, mapping=mapping, course=course, exception_reason=exception_reason)
    if not plan.possible:
        raise Refused(plan.notices)
    states = [_write(row, course, user, exception_reason, route) for row in plan.rows]
    return Imported(
        sum(state == EnrolmentState.ENROLLED for state in states),
        sum(state in (EnrolmentState.WAITING, EnrolmentState.OFFERED) for state in states),
        states.count(SAME),
        plan.new_people,
    )


def _write(row, course, user, exception_reason, route):
    person = _person(row.person_row, course, user, route)
    if row.action == SAME:
        return SAME
    values, asked_at = row.values, None
    if "asked_on" in values:
        asked_at = timezone.make_aware(datetime.combine(values["asked_on"], time.min))
    attended_on = values.get("attended_on")
    reason = values.get("exception_reason") or ("" if attended_on else exception_reason)
    try:
        return enrol(
            course=course,
            person=person,
            way=WayIn.IMPORT,
            user=user,
            attended_on=attended_on,
            exception_reason=reason if course.wants_intro else "",
            asked_at=asked_at,
            note=values.get("enrolment_note", ""),
            route=route,
        ).state
    except NotAllowed as refusal:
        raise Refused([Notice.error(refusal.decision.reason, row.number)]) from None


def _person(planned, course, user, route):
    if planned.action == CREATE:
        taken = people_services.create_person(
            model=MODELS["volunteer" if course.is_for_volunteers else "citizen"],
            initiative=course.initiative,
            values=planned.values,
            user=user,
            route=route,
        )
        return taken.person
    if planned.action == FILL:
        people_services.update_person(person=planned.person, values=planned.values, user=user, route=route)
    return planned.person
