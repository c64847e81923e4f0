"""Figures about group courses."""

from django.utils.translation import gettext_lazy as _

from ...courses.models import ForWhom
from ...courses.models_course import State
from . import sources_courses as courses
from .behind import define, on_the, picking
from .counting import Counting, different, on_some_day, share
from .registry import PEOPLE, PERCENT, TIMES

_NOBODY = {"about_people": False}
_begun = on_the(_("Began on %(day)s."))
define(
    "courses_begun",
    "courses",
    _("Courses that began"),
    _("Group courses and open groups for citizens that began in the period."),
    TIMES,
    Counting(courses.course_starts),
    _begun,
    **_NOBODY,
)
define(
    "courses_any",
    "courses",
    _("Courses in the period"),
    _("Courses for citizens that ran for one day of the period or more. Each counts once."),
    TIMES,
    Counting(courses.courses, on_some_day),
    _begun,
    additive=False,
    **_NOBODY,
)
_ends = Counting(courses.course_ends)
define(
    "courses_completed",
    "courses",
    _("Courses that were completed"),
    _("Courses for citizens that were held to the end, and ended in the period."),
    TIMES,
    picking(_ends, lambda item: item.fact == State.COMPLETED),
    on_the(_("Completed on %(day)s.")),
    **_NOBODY,
)
define(
    "courses_cancelled",
    "courses",
    _("Courses that were called off"),
    _("Courses for citizens that were called off in the period, before or after they began."),
    TIMES,
    picking(_ends, lambda item: item.fact == State.CANCELLED),
    on_the(_("Called off on %(day)s.")),
    **_NOBODY,
)
_sessions = Counting(courses.sessions)
_held = on_the(_("Session on %(day)s."))
define(
    "sessions",
    "courses",
    _("Sessions held"),
    _("Sessions of courses for citizens that were held, and written down as held."),
    TIMES,
    picking(_sessions, lambda item: item.fact == ForWhom.CITIZENS),
    _held,
    **_NOBODY,
)
define(
    "workshops",
    "courses",
    _("Intro workshops held"),
    _("Intro workshops that were held, and written down as held."),
    TIMES,
    Counting(courses.workshops),
    on_the(_("Held on %(day)s.")),
    **_NOBODY,
)
define(
    "places",
    "courses",
    _("Places taken"),
    _("Times a citizen got a place in a course. Who left and got a place again counts both times."),
    TIMES,
    Counting(courses.places),
    on_the(_("Got the place on %(day)s.")),
)
define(
    "participants",
    "courses",
    _("People who came"),
    _("Citizens who came to one session of a course or more in the period. Each counts once."),
    PEOPLE,
    Counting(courses.came, put_together=different),
    on_the(_("Came for the first time in the period on %(day)s.")),
    additive=False,
)
define(
    "attendance",
    "courses",
    _("How many come"),
    _(
        "Of all the marks that were made at sessions in the period, in per cent: came, or came late. Where nobody has "
        "made a mark, nothing is counted."
    ),
    PERCENT,
    Counting(courses.attendance, put_together=share),
    lambda item, amount: (_CAME if amount else _AWAY)(item, amount),
    additive=False,
)
_CAME, _AWAY = on_the(_("Came on %(day)s.")), on_the(_("Did not come on %(day)s."))
define(
    "completed",
    "courses",
    _("Completed a course"),
    _("Times a citizen completed a course."),
    TIMES,
    Counting(courses.completions),
    on_the(_("Completed on %(day)s.")),
)
define(
    "dropped_out",
    "courses",
    _("Dropped out"),
    _(
        "Times a citizen with a place left before the course was over. Who moved to another course, or whose course was "
        "called off, has not dropped out."
    ),
    TIMES,
    Counting(courses.drop_outs),
    on_the(_("Left on %(day)s.")),
)
define(
    "drop_out",
    "courses",
    _("Drop-out"),
    _(
        "Of those who completed a course or dropped out of one in the period: so many in a hundred dropped out."
    ),
    PERCENT,
    Counting(courses.departures, put_together=share, pick=lambda item: item.fact != "moved"),
    lambda item, amount: (_LEFT if amount else _DONE)(item, amount),
    additive=False,
)
_LEFT, _DONE = on_the(_("Left on %(day)s.")), on_the(_("Completed on %(day)s."))
