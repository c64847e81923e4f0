"""The sheet of one session: who belongs to it, what is written, and how a person is called where others may look on."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..privacy.fields import Unreadable
from .models import Attendance, By, Enrolment, Session
from .rules_attendance import is_expected, may_save

MARKS = Attendance.Mark


@dataclass(frozen=True)
class Row:
    """One person at one session. ``name`` is the first name, with the number where two share it."""

    enrolment: Enrolment
    name: str
    mark: str
    by: str

    @property
    def sent_word(self):
        """Whether the person themselves said that they cannot come."""
        return self.mark == MARKS.APOLOGIES and self.by == By.PARTICIPANT


@dataclass(frozen=True)
class Sheet:
    """A session with its rows, its checklist as ``[(position, words, done)]``, and whether it can be written now."""

    session: Session
    rows: list
    checklist: list
    decision: object

    @property
    def apologies(self):
        """The rows of those who have said that they cannot come."""
        return [row for row in self.rows if row.mark == MARKS.APOLOGIES]

    @property
    def unmarked(self):
        """How many nobody has said anything about yet."""
        return sum(not row.mark for row in self.rows)


def call_names(people):
    """Return what each of ``people`` is called on a screen that others may see, in their order.

    The first name, with the number where two share it, and the number alone where there is no name.
    """
    names = [
        "" if isinstance(person.first_name, Unreadable) else (person.first_name or "").split(" ")[0]
        for person in people
    ]
    seen = Counter(name.casefold() for name in names)
    return [
        _("%(name)s (no. %(number)s)") % {"name": name, "number": person.number}
        if name and seen[name.casefold()] > 1
        else name or _("No. %(number)s") % {"number": person.number}
        for name, person in zip(names, people, strict=True)
    ]


def expected(session):
    """Return the enrolments that belong to ``session``, and those that something is written about all the same."""
    marked = set(session.attendance.values_list("enrolment_id", flat=True))
    rows = (
        Enrolment.objects.filter(course_id=session.course_id)
        .select_related("citizen", "volunteer", "joined_from_session")
        .order_by("pk")
    )
    return [row for row in rows if row.pk in marked or is_expected(row, session)]


def sheet_of(session):
    """Return the :class:`Sheet` of ``session``. Whoever shows it writes in the access log that they did."""
    marks = {row.enrolment_id: row for row in session.attendance.all()}
    people = expected(session)
    names = call_names([enrolment.person for enrolment in people])
    rows = [
        Row(
            enrolment,
            name,
            marks[enrolment.pk].mark if enrolment.pk in marks else "",
            marks[enrolment.pk].by if enrolment.pk in marks else "",
        )
        for enrolment, name in zip(people, names, strict=True)
    ]
    rows.sort(key=lambda row: (row.name.casefold(), row.enrolment.pk))
    done = set(session.checklist_done)
    checklist = [(place, words, place in done) for place, words in enumerate(session.checklist)]
    return Sheet(session, rows, checklist, may_save(session))
