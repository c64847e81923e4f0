"""The list of courses, a course's page, its sign-up, and the pages behind links, in every state."""

import datetime

from django.utils import timezone

from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.courses.links import offer_link, participant_link, session_link
from peer_support.courses.models import Attendance, Enrolment, GroupCourse
from peer_support.pages.models import CourseIndexPage
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses

from .states import state

NAMES = ("Amina", "Bo", "Amina", "Dorte")


def index(front, **values):
    """Make the list under the front page."""
    page = CourseIndexPage(title="Grupper og workshopper", slug="forloeb", **values)
    return front.add_child(instance=page)


def course(weeks=2, sessions=10, **values):
    """Make a published course that begins in ``weeks``."""
    initiative = values.pop("initiative", None) or make.InitiativeFactory(runs_here=True)
    values = {
        "state": "open",
        "title": "Ti uger sammen",
        "about": "En lille gruppe, der mødes hver uge.",
        "what_happens": "Vi sidder i en rundkreds. Alle får ordet.",
        "place_text": "Biblioteket, lokalet ved køkkenet",
    } | values
    return make_courses.GroupCourseFactory(
        initiative=initiative,
        starts_on=timezone.localdate() + datetime.timedelta(weeks=weeks),
        sessions=sessions,
        **values,
    )


def address(front, made):
    return f"{index(front).get_url()}{made.pk}-ti-uger-sammen/"


@state("courses: none planned")
def _none(front):
    return index(front, intro="Her mødes vi om det, der er svært, og det, der er godt.").get_url()


@state("courses: some")
def _some(front):
    made = course()
    make_courses.IntroWorkshopFactory(initiative=made.initiative, courses=[made], place_text="Biblioteket")
    course(weeks=-8, title="Den gamle gruppe", state="running", initiative=made.initiative)
    return index(front).get_url()


@state("course: open, with an intro workshop")
def _open(front):
    made = course()
    make_courses.IntroWorkshopFactory(initiative=made.initiative, courses=[made], place_text="Biblioteket")
    return address(front, made)


@state("course: full, with a waiting list")
def _full(front):
    made = course(capacity=2)
    for __ in range(2):
        make_courses.EnrolmentFactory(course=made, state="enrolled")
    return address(front, made)


@state("course: no longer takes new people in")
def _closed(front):
    return address(front, course(weeks=-8, state="running"))


@state("course: called off")
def _called_off(front):
    return address(front, course(state="cancelled"))


@state("course: over")
def _over(front):
    return address(front, course(weeks=-20, state="completed"))


@state("course sign-up: the form")
def _sign_up(front):
    return f"{_open(front)}tilmeld/"


@state("course sign-up: too late")
def _sign_up_late(front):
    return f"{_closed(front)}tilmeld/"


@state("course sign-up: thank you")
def _thanks(front):
    return f"{_full(front)}tak/?tal=1"


# Behind links


def group(before=2, after=3, kind="course", **values):
    """Make a running course that meets today, with four people in it; returns it with today's session."""
    made = course(
        -before, before + 1 + after, state="running", kind=kind, start_time=datetime.time(0, 5), **values
    )
    GroupCourse._base_manager.filter(pk=made.pk).update(minutes=1430)
    with scope_of(made.initiative_id):
        made.sessions.update(minutes=1430, aim="At lære hinanden at kende.")
        first = made.sessions.order_by("date").first()
        today = made.sessions.get(date=timezone.localdate())
        for name in NAMES:
            citizen = make.CitizenFactory(initiative=made.initiative, first_name=name)
            make_courses.EnrolmentFactory(
                course=made,
                citizen=citizen,
                state="enrolled",
                joined_from_session=first,
                enrolled_on=first.date,
            )
    return made, today


def session_address(session):
    with scope_of(session.initiative_id):
        return f"/peer/moede/{session_link(session).token}/"


@state("evening: attendance to write")
def _evening(front):
    made, today = group(kind="open")
    with scope_of(made.initiative_id):
        Attendance.objects.create(
            initiative=made.initiative,
            session=today,
            enrolment=made.enrolments.first(),
            mark="apologies",
            by="participant",
        )
    return session_address(today)


@state("evening: saved")
def _evening_saved(front):
    __, today = group()
    return f"{session_address(today)}?saved=1-notes-cpr"


@state("evening: before the day")
def _evening_before(front):
    made, __ = group()
    with scope_of(made.initiative_id):
        return session_address(made.sessions.order_by("date").last())


@state("evening: called off")
def _evening_called_off(front):
    made, today = group()
    with scope_of(made.initiative_id):
        made.sessions.filter(pk=today.pk).update(state="cancelled", number=None, cancel_reason="place")
    return session_address(today)


def participant(**values):
    made, __ = group()
    with scope_of(made.initiative_id):
        enrolment = made.enrolments.first()
        Enrolment.objects.filter(pk=enrolment.pk).update(**values)
        enrolment.refresh_from_db()
        return f"/peer/min-side/{participant_link(enrolment).token}/", enrolment


@state("participant: in the group")
def _participant(front):
    return participant()[0]


@state("participant: the course is over")
def _participant_over(front):
    found, enrolment = participant(state="completed", completed_on=timezone.localdate())
    with scope_of(enrolment.initiative_id):
        made = make_courses.AttendanceFactory
        made(session=enrolment.course.sessions.first(), enrolment=enrolment)
    return found


@state("participant: the certificate")
def _certificate(front):
    return f"{_participant_over(front)}bevis/"


def offer(**values):
    made = course()
    enrolment = make_courses.EnrolmentFactory(course=made, state="offered")
    with scope_of(made.initiative_id):
        link = offer_link(enrolment)
        Enrolment.objects.filter(pk=enrolment.pk).update(**values)
    return f"/peer/plads/{link.token}/", link


@state("offer: to answer")
def _offer(front):
    return offer()[0]


@state("offer: no longer open")
def _offer_gone(front):
    return offer(state="declined", declined_on=timezone.localdate())[0]


@state("link: used")
def _link_used(front):
    found, link = offer()
    AccessLink._base_manager.filter(pk=link.pk).update(used_at=timezone.now())
    return found


@state("link: too old")
def _link_old(front):
    found, link = offer()
    AccessLink._base_manager.filter(pk=link.pk).update(expires_at=timezone.now())
    return found


@state("link: taken back")
def _link_revoked(front):
    found, link = offer()
    AccessLink._base_manager.filter(pk=link.pk).update(revoked_at=timezone.now())
    return found


@state("link: unknown")
def _link_unknown(front):
    return f"/peer/moede/{'x' * 32}/"
