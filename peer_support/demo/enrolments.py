"""Who takes part in the demo's courses: places, offers, a waiting list, and people on their way in and out."""

from datetime import timedelta

from django.utils import timezone

from ..courses import services_enrolment as services
from ..courses.models import Enrolment, EnrolmentState, GroupCourse, IntroWorkshop, LeftWhy, WantsNext, WayIn
from ..people.models import Citizen, Volunteer
from .clock import days_ago

# Kind of course -> how many get a place on the day it opens, where it is not a course of its own below.
PLACES = {"open": 6, "cafe": 0, "workshop": 5, "training": 8, "meeting": 20, "supervision": 18, "social": 14}
LEAVES_AFTER_DAYS = 8


def fill(course, user):
    """Sign people up for ``course`` on the day it opens; for ``when_open`` of :func:`.courses.make_courses`."""
    people = _people(course)
    if course.wants_intro:
        _course(course, user, people)
    else:
        for person in people[: PLACES.get(course.kind, 0)]:
            services.enrol(course=course, person=person, way=WayIn.COORDINATOR, user=user)


def _people(course):
    """Return everybody who could take part, beginning with others for each course."""
    if course.is_for_volunteers:
        rows = Volunteer.objects.filter(initiative_id=course.initiative_id, status="approved")
    else:
        rows = Citizen.objects.filter(initiative_id=course.initiative_id).exclude(status="ended")
    rows = list(rows.order_by("pk"))
    turn = course.number * 5 % max(len(rows), 1)
    return rows[turn:] + rows[:turn]


def _course(course, user, people):
    """A course that begins with an intro workshop: more want to join than there are places."""
    few = "unge" in course.title
    places = 3 if few else course.capacity
    waiting = 0 if few or "aften" not in course.title and course.capacity > 6 else 3
    for number, person in enumerate(people[: places + waiting]):
        row = services.register_interest(
            course=course,
            person=person,
            way=WayIn.PUBLIC if number % 2 else WayIn.COORDINATOR,
            user=None if number % 2 else user,
            note="Vil helst sidde tæt på døren." if number == 1 else "",
        )
        if number == 2:
            services.excuse_workshop(
                enrolment=row, reason="Har været med på et forløb før og kender rammerne.", user=user
            )
        else:
            services.record_workshop(enrolment=row, attended=True, user=user)
        services.enrol(course=course, person=person, way=WayIn.COORDINATOR, user=user)


def go_on(initiative, user):
    """What has happened since: somebody left, two are asked, some are interested, two are invited to a workshop."""
    today = timezone.localdate()
    courses = GroupCourse.objects.filter(initiative=initiative, wants_intro=True)
    for course in courses.filter(state="running"):
        if not _of(course, EnrolmentState.WAITING).exists():
            _somebody_leaves(course, user)
    for course in courses.filter(state="open", starts_on__gt=today):
        _two_are_offered(course, user)
        _some_are_on_their_way(course, user)
    done = Enrolment.objects.filter(
        initiative=initiative, state=EnrolmentState.COMPLETED, citizen__isnull=False
    )
    wishes = (WantsNext.ONE_TO_ONE, WantsNext.VOLUNTEER, WantsNext.ACCOMPANIMENT, WantsNext.NOTHING)
    for row, wish in zip(done.order_by("pk"), wishes, strict=False):
        services.record_wants_next(enrolment=row, wants_next=wish, user=user)


def _of(course, state):
    return Enrolment.objects.filter(course=course, state=state).order_by("pk")


def _somebody_leaves(course, user):
    row = _of(course, EnrolmentState.ENROLLED).last()
    if row is None or course.started_on > timezone.localdate() - timedelta(days=LEAVES_AFTER_DAYS):
        return
    with days_ago(LEAVES_AFTER_DAYS - 1):
        services.leave(
            enrolment=row,
            why=[LeftWhy.TIME, LeftWhy.HEALTH],
            wants_next=WantsNext.COURSE,
            note="Vil gerne prøve igen til foråret.",
            user=user,
        )


def _two_are_offered(course, user):
    """Two who had said yes say no after all, so that the next two on the list are asked by themselves."""
    if not _of(course, EnrolmentState.WAITING).exists():
        return
    for ago, row in zip((3, 1), list(_of(course, EnrolmentState.ENROLLED)[:2]), strict=False):
        with days_ago(ago):
            services.leave(enrolment=row, why=[LeftWhy.WISH], wants_next=WantsNext.NOTHING, user=user)
    free = [p for p in _people(course) if not p.enrolments.filter(course=course).exists()]
    for person in free[:2]:
        services.enrol(
            course=course,
            person=person,
            way=WayIn.COORDINATOR,
            user=user,
            exception_reason="Har talt længe med koordinatoren om gruppen.",
        )


def _some_are_on_their_way(course, user):
    free = [p for p in _people(course) if not p.enrolments.filter(course=course).exists()]
    workshop = IntroWorkshop.objects.filter(courses=course, state="planned").order_by("date").first()
    for number, person in enumerate(free[:4]):
        with days_ago(5 - number):
            row = services.register_interest(course=course, person=person, way=WayIn.PUBLIC)
        if number % 2 and workshop:
            services.invite(enrolment=row, workshop=workshop, user=user)
