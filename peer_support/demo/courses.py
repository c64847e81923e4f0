"""Templates, school holidays, and courses in every state, made step by step with the package's own services.

Those who take part are put in by others, at the right moment: ``when_open`` are called on the day a course opens,
``when_held`` on the day of each session that has been held.
"""

import json
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from importlib.resources import files

from django.utils import timezone

from ..courses import schedule, services
from ..courses.models import CourseTemplate, Facilitator, GroupCourse, SchoolHoliday, SessionPlan
from ..courses.rules_leading import has_contract
from ..directory.models import LocalCoordinator, Municipality
from ..people.models import MeetingPlace, Volunteer
from .clock import days_ago

TOWNS = {"nord": "Helsingør", "trekant": "Fredericia"}


@dataclass(frozen=True)
class Story:
    """One course: its template, how many weeks ago it began (or begins, where negative), and how far it has come."""

    template: str
    weeks_ago: int
    weekday: int
    at: time
    reaches: str
    values: dict = field(default_factory=dict)
    leaders: int = 2


MON, TUE, WED, THU, FRI = range(5)
# How far a course comes: planned, open, running, completed, cancelled.
STORIES = {
    "nord": (
        Story("training", 30, WED, time(17), "completed", leaders=0),
        Story("course", 24, TUE, time(19), "completed"),
        Story("course", 3, TUE, time(19), "running"),
        Story("open", 9, THU, time(16, 30), "running"),
        Story("cafe", 6, FRI, time(13), "running", leaders=1),
        Story("meeting", 9, MON, time(17), "running", leaders=0),
        Story("supervision", 18, MON, time(16), "running", leaders=0),
        Story("social", 11, FRI, time(17), "completed", leaders=1),
        Story("course", -4, TUE, time(19), "open", {"title": "Ti uger sammen om aftenen"}),
        Story("workshop", -6, WED, time(19), "open"),
        Story("course", -10, THU, time(10), "planned", {"title": "Ti uger sammen om formiddagen"}, leaders=1),
        Story("course", -1, WED, time(10), "cancelled", {"title": "Ti uger sammen for unge"}),
    ),
    "trekant": (
        Story("training", 20, TUE, time(17), "completed", leaders=0),
        Story("course", 3, WED, time(16), "running", {"capacity": 6}),
        Story("course", -5, WED, time(16), "open"),
    ),
}


def make_templates():
    """Make the centre's templates with their session plans, and return them by code."""
    made = {}
    text = files("peer_support.demo").joinpath("courses.json").read_text(encoding="utf-8")
    for row in json.loads(text)["templates"]:
        code, plans = row.pop("code"), row.pop("plans", [])
        made[code] = CourseTemplate.objects.create(**row)
        for order, plan in enumerate(plans):
            SessionPlan.objects.create(template=made[code], sort_order=order, **plan)
    return made


def make_holidays():
    """Make the school holidays of last year, this and the next two: week 7, week 42 and Christmas. Returns how many."""
    rows = []
    for year in range(timezone.localdate().year - 1, timezone.localdate().year + 3):
        rows += [
            SchoolHoliday(name="Vinterferie", **_week(year, 7)),
            SchoolHoliday(name="Efterårsferie", **_week(year, 42)),
            SchoolHoliday(name="Juleferie", first_day=date(year, 12, 21), last_day=date(year + 1, 1, 3)),
        ]
    return len(SchoolHoliday.objects.bulk_create(rows))


def _week(year, number):
    return {
        "first_day": schedule.day_in_week(year, number, 0),
        "last_day": schedule.day_in_week(year, number, 6),
    }


def make_courses(where, initiative, user, templates, when_open=(), when_held=()):
    """Make the courses of one centre inside its scope; return how many."""
    maker = _Maker(where, initiative, user, templates, when_open, when_held)
    for story in STORIES[where]:
        maker.tell(story)
    maker.make_workshops()
    return GroupCourse.objects.filter(initiative=initiative).count()


class _Maker:
    """Tells the stories of one centre, in the order in which they began."""

    def __init__(self, where, initiative, user, templates, when_open, when_held):
        self.initiative, self.user, self.templates = initiative, user, templates
        self.when_open, self.when_held = when_open, when_held
        self.town = Municipality.objects.get(name=TOWNS[where])
        self.place = MeetingPlace.objects.filter(initiative=initiative).order_by("pk").first()
        self.coordinator = LocalCoordinator.objects.filter(initiative=initiative).first()
        self.today = timezone.localdate()
        self.leads_already = set()

    def _place(self):
        return {
            "place": self.place,
            "place_text": f"{self.place.name}, lokalet ved siden af køkkenet",
            "town": self.town,
            "coordinator": self.coordinator,
        }

    def tell(self, story):
        first = self.today - timedelta(weeks=story.weeks_ago, days=self.today.weekday() - story.weekday)
        made = max((self.today - first).days + 35, 3)
        with days_ago(made):
            wanted = services.Wanted(
                self.templates[story.template], first, story.at, {**self._place(), **story.values}
            )
            course = services.create_course(initiative=self.initiative, wanted=wanted, user=self.user)
            self._give_leaders(course, story.leaders)
        if story.reaches != "planned":
            self._open(course, story, max(made - 3, 1))

    def _give_leaders(self, course, count):
        """Put the first volunteers on ``course`` who are approved, have a contract all the way, and lead no other."""
        roles = iter((Facilitator.Role.LEAD, *[Facilitator.Role.CO] * count))
        for volunteer in Volunteer.objects.filter(initiative=self.initiative, status="approved").order_by(
            "-number"
        ):
            if len(course.facilitators.all()) >= count:
                return
            holds = all(has_contract(volunteer, day) for day in (course.starts_on, course.ends_on))
            if holds and volunteer.pk not in self.leads_already:
                self.leads_already.add(volunteer.pk)
                services.add_facilitator(
                    course=course,
                    volunteer=volunteer,
                    user=self.user,
                    role=next(roles),
                    trained_on=timezone.localdate() - timedelta(days=60),
                )

    def _open(self, course, story, ago):
        with days_ago(ago):
            course = services.open_course(course=course, user=self.user, public=not course.is_for_volunteers)
            for fill in self.when_open:
                fill(course, self.user)
        if story.reaches == "cancelled":
            services.cancel_course(course=course, user=self.user, reason="too_few")
        elif story.reaches in ("running", "completed"):
            self._run(course, story)

    def _run(self, course, story):
        course.refresh_from_db()
        with days_ago((self.today - course.starts_on).days):
            course = services.start_course(course=course, user=self.user, although_few=True)
        for session in course.sessions.filter(date__lt=self.today).order_by("date"):
            with days_ago((self.today - session.date).days):
                for hold in self.when_held:
                    hold(session, self.user)
        if course.wants_intro and course.ends_on > self.today:
            self._guidance(course)
        if story.reaches == "completed":
            with days_ago(max((self.today - course.ends_on).days - 1, 0)):
                services.complete_course(course=course, user=self.user)

    def _guidance(self, course):
        for weeks, kind in ((1, "guidance"), (5, "supervision")):
            values = {
                "kind": kind,
                "date": self.today + timedelta(weeks=weeks, days=MON - self.today.weekday()),
                "start_time": time(16),
                "given_by": "Centrets psykolog",
            }
            services.save_guidance(course=course, values=values, user=self.user)

    def make_workshops(self):
        """Two workshops to come for the courses that people can sign up for."""
        courses = list(
            GroupCourse.objects.filter(
                initiative=self.initiative, wants_intro=True, state__in=["open", "planned"]
            )
        )
        for weeks, at in ((1, time(16)), (3, time(19))):
            day = self.today + timedelta(weeks=weeks, days=WED - self.today.weekday())
            values = {"title": "Hør om gruppen", "date": day, "start_time": at, "minutes": 90, "capacity": 15}
            services.create_workshop(
                initiative=self.initiative,
                values={**values, **self._place()},
                user=self.user,
                courses=courses,
            )
