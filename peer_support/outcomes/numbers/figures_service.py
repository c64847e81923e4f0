"""Figures about volunteers, hours, accompaniment and meetings."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ...courses.models import ForWhom
from ...followup.models_accompaniment import TripState
from . import sources_along as along
from . import sources_courses as courses
from . import sources_matching as matches
from . import sources_people as people
from .behind import define, define_parts, on_the, picking, with_hours
from .counting import Counting, different, for_its_days, on_last_day, on_some_day, source
from .registry import HOURS, PEOPLE, TIMES, YEARS

DAYS_OF_A_YEAR, DAYS_OF_A_WEEK = Decimal("365.25"), Decimal(7)

_since = on_the(_("Approved on %(day)s."))
_approvals = Counting(people.approvals)
_whole = define(
    "approvals",
    "volunteers",
    _("Approvals"),
    _("Times a volunteer was approved, for the first time or after a time away."),
    TIMES,
    _approvals,
    _since,
)
define_parts(
    _whole,
    {
        "volunteers_new": (
            _("New volunteers"),
            _("Volunteers who were approved for the first time."),
            picking(_approvals, lambda item: item.fact == people.FIRST),
            _since,
        ),
        "volunteers_again": (
            _("Volunteers who came again"),
            _("Volunteers who had stopped, and were approved again."),
            picking(_approvals, lambda item: item.fact == people.AGAIN),
            _since,
        ),
    },
)
define(
    "volunteers",
    "volunteers",
    _("Volunteers on the last day"),
    _(
        "Approved volunteers on the last day of the period, or today if the period is not over. One with a break counts "
        "too. One who stops that day does not."
    ),
    PEOPLE,
    Counting(people.service, on_last_day),
    _since,
    additive=False,
)
define(
    "volunteers_any",
    "volunteers",
    _("Volunteers in the period"),
    _("Volunteers who were approved on one day of the period or more. Each counts once."),
    PEOPLE,
    Counting(people.service, on_some_day, different),
    _since,
    additive=False,
)


@source
def in_action(question):
    """Volunteers with a match, in front of a course, or along on a trip."""
    items = [*matches.serving_in_matches(question), *courses.leading(question), *along.going_along(question)]
    return [item._replace(amount=1) for item in items]


define(
    "volunteers_active",
    "volunteers",
    _("Active volunteers"),
    _(
        "Volunteers who in the period had a match that went on, led a session of a course, or went along on a trip. Each "
        "counts once."
    ),
    PEOPLE,
    Counting(in_action, on_some_day, different),
    on_the(_("Active since %(day)s, or on that day.")),
    additive=False,
)
define(
    "volunteers_stopped",
    "volunteers",
    _("Volunteers who stopped"),
    _("Times an approved volunteer stopped in the period."),
    TIMES,
    Counting(people.stops),
    on_the(_("Stopped on %(day)s.")),
)
define(
    "volunteer_years",
    "volunteers",
    _("Volunteers' years"),
    _(
        "The days on which volunteers were approved, added up for all of them and turned into years. Two who were "
        "volunteers for half a year each make one year."
    ),
    YEARS,
    Counting(people.service, for_its_days, per=DAYS_OF_A_YEAR),
    on_the(_("Approved on %(day)s.")),
)
define(
    "volunteer_sessions",
    "volunteers",
    _("Meetings and courses for volunteers"),
    _("Sessions of training, supervision and meetings for volunteers that were held."),
    TIMES,
    Counting(courses.sessions, pick=lambda item: item.fact == ForWhom.VOLUNTEERS),
    on_the(_("Session on %(day)s.")),
    about_people=False,
)

# Hours


@source
def all_hours(question):
    """What is known of hours: agreed ones as hours a day, the others as they were."""
    agreed = matches.agreed_hours(question)
    a_day = [item._replace(amount=item.amount / DAYS_OF_A_WEEK) for item in agreed]
    return [*a_day, *courses.leading(question), *along.going_along(question)]


_hours = define(
    "hours",
    "hours",
    _("Volunteers' hours, about"),
    _("An estimate: the agreed hours of matches, and the hours of courses and accompaniment, together."),
    HOURS,
    Counting(all_hours, for_its_days),
    with_hours(_("%(hours)s hours, from %(day)s.")),
)
define_parts(
    _hours,
    {
        "hours_matches": (
            _("In matches, about"),
            _(
                "An estimate: the hours a week that each pair agreed on, times the weeks in which the match went on and "
                "nobody of the pair was on pause. Nobody has counted the hours. A match without agreed hours counts "
                "nothing."
            ),
            Counting(matches.agreed_hours, for_its_days, per=DAYS_OF_A_WEEK),
            with_hours(_("About %(hours)s hours, from %(day)s.")),
        ),
        "hours_courses": (
            _("In front of courses"),
            _(
                "The length of each session that was held, once for each volunteer who led it or stood in. Time to "
                "prepare is not counted."
            ),
            Counting(courses.leading),
            with_hours(_("%(hours)s hours on %(day)s.")),
        ),
        "hours_along": (
            _("On accompaniment"),
            _("The time that was set aside for each trip on which a volunteer went along."),
            Counting(along.going_along),
            with_hours(_("%(hours)s hours on %(day)s.")),
        ),
    },
)

# Along

define(
    "trips_asked",
    "along",
    _("Wishes for accompaniment"),
    _("Requests for somebody to go along that were written down in the period."),
    TIMES,
    Counting(along.requests),
    on_the(_("Asked on %(day)s.")),
)
_trips = Counting(along.trips)
define(
    "trips",
    "along",
    _("Accompaniments"),
    _("Times a volunteer went along, and it is written down that they went."),
    TIMES,
    picking(_trips, lambda item: item.fact == TripState.DONE),
    on_the(_("They went on %(day)s.")),
)
define(
    "trips_not",
    "along",
    _("Accompaniments that did not happen"),
    _("Accompaniments for a day in the period that were called off, or did not happen."),
    TIMES,
    picking(_trips, lambda item: item.fact in (TripState.NOT_DONE, TripState.CANCELLED)),
    on_the(_("It was for %(day)s.")),
)
define(
    "meetings",
    "along",
    _("Meetings that are written down"),
    _(
        "Days on which a pair met, and one of them or the coordinator wrote it down. Pairs meet more often than they "
        "write."
    ),
    TIMES,
    Counting(matches.meetings),
    on_the(_("Met on %(day)s.")),
)
