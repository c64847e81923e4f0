"""Who came, in the demo: most did, some were late or sent word, one has not come two times in a row.

The last evening of the running course is left open, so that a visitor can write it on a telephone.
"""

from datetime import date, timedelta

from django.utils import timezone

from ..access.scopes import all_initiatives
from ..courses.attendance_sheet import expected
from ..courses.links import address_of, offer_link, participant_link, session_link
from ..courses.models import By, Enrolment, EnrolmentState, GroupCourse, Kind, Session
from ..courses.rules_attendance import counts_guests
from ..courses.services_attendance import save_session

NOTES = (
    "God stemning. Runden tog lang tid, så vi nåede ikke den sidste øvelse.",
    "Stille aften. Vi gik en tur i pausen.",
    "",
    "Mange grin i dag. Husk flere kopper næste gang.",
)
# Marks by turns; 7 and 10 have nothing in common, so that nobody gets the same row as somebody else.
TURNS = ("present", "present", "late", "present", "apologies", "present", "present")
# Who stays away in a running course, by the order in which they got their places.
STAYS_AWAY = 1


def hold(session, user):
    """Write down one session that was held; for ``when_held`` of :func:`.courses.make_courses`."""
    if is_for_the_visitor(session):
        return
    people = expected(session)
    marks = {person.pk: _mark(session, index, len(people)) for index, person in enumerate(people)}
    save_session(
        session=session,
        marks=marks,
        note=NOTES[(session.number or 0) % len(NOTES)],
        checklist=list(range(max(len(session.checklist) - (session.number or 0) % 2, 0))),
        guests=5 + (session.number or 0) % 4 if counts_guests(session) else None,
        way=By.FACILITATOR,
        user=None,
        route="demo",
    )


def _mark(session, index, count):
    running = session.course.kind == Kind.COURSE and session.course.state == "running"
    if running and count > 2 and index == STAYS_AWAY:
        return "absent"
    return TURNS[(index + 3 * (session.number or 0)) % len(TURNS)]


def is_for_the_visitor(session):
    """Whether this is the latest evening of a running ten-week course: nobody has written it down yet."""
    today = timezone.localdate()
    return (
        session.course.kind == Kind.COURSE
        and session.course.state == "running"
        and session.date >= _real_today() - timedelta(days=6)
        and session.date <= today
    )


def _real_today():
    """Today, also while the demo's clock is set back."""
    return date.today()


def demo_links():
    """Return ``[(what it is, path)]`` of links a visitor of the demo can open on a telephone."""
    with all_initiatives("the demo's own links, for whoever runs the demo"):
        course = (
            GroupCourse.objects.filter(kind=Kind.COURSE, state="running").order_by("initiative", "pk").first()
        )
        if course is None:
            return []
        found = []
        session = course.sessions.filter(date__lte=timezone.localdate()).exclude(state="cancelled").last()
        if session:
            session = Session.objects.select_related("course").get(pk=session.pk)
            found.append(("frivillig: hvem kom i dag?", address_of(session_link(session))))
        enrolled = Enrolment.objects.filter(course=course, state=EnrolmentState.ENROLLED).first()
        if enrolled:
            found.append(("deltager: min side", address_of(participant_link(enrolled))))
        offered = Enrolment.objects.filter(state=EnrolmentState.OFFERED).first()
        if offered:
            found.append(("tilbud om en plads", address_of(offer_link(offered))))
        return found
