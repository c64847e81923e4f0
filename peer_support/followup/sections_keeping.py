"""What keeping volunteers shows on a volunteer's page: what they can and wish, courses, and when they were last seen."""

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from ..courses.models import Enrolment, EnrolmentState
from ..courses.models import Kind as CourseKind
from ..matching.sentences import day as in_words
from ..matching.sentences import inside, listed
from ..people.models import Volunteer
from ..people.presenting import register_section
from ..privacy.access_log import Action, log_access
from .keeping_rows import rows_of

ROUTE = "peer_support_keeping:section"
LEARNING = (CourseKind.TRAINING, CourseKind.WORKSHOP, CourseKind.COURSE)
SHOWN = 6


@register_section
def keeping_section(person, user):
    """Facts in lines, the signs above them, and one button."""
    if not isinstance(person, Volunteer) or not user.has_perm("peer_support.view_volunteerskill"):
        return None
    day = timezone.localdate()
    row = rows_of(day=day, volunteers=[person])[0]
    is_with_us = person.status == Volunteer.Status.APPROVED
    log_access(user=user, action=Action.READ, objects=list(person.skills.all()), route=ROUTE)
    may_change = user.has_perm("peer_support.change_volunteerskill")
    return "peer_support/followup/keeping_section.html", {
        "signs": [sign.sentence for sign in row.signs] if is_with_us else [],
        "lines": [*_skill_lines(row, day), *_course_lines(person), *_seen_lines(row)],
        "url": reverse("peer_support_keeping:skills", args=[person.pk]) if may_change else "",
    }


def _skill_lines(row, day):
    found = []
    good = [skill for skill in row.held if skill.until is None or skill.until >= day]
    if good:
        found.append(gettext("Can: %(skills)s") % {"skills": listed(inside(skill.name) for skill in good)})
    if row.wishes:
        names = [
            gettext("%(skill)s (a course is planned)") % {"skill": inside(wish.name)}
            if wish.offered
            else inside(wish.name)
            for wish in row.wishes
        ]
        found.append(gettext("Would like to learn: %(skills)s") % {"skills": listed(names)})
    return found


def _course_lines(person):
    rows = Enrolment.objects.filter(
        volunteer=person, state=EnrolmentState.COMPLETED, course__kind__in=LEARNING
    ).select_related("course")
    names = [
        f"{enrolment.course.title} ({in_words(enrolment.completed_on)})"
        for enrolment in rows.order_by("-completed_on", "-pk")[:SHOWN]
    ]
    return [gettext("Has completed: %(courses)s") % {"courses": listed(names)}] if names else []


def _seen_lines(row):
    return [
        capfirst(text % {"day": in_words(last) if last else gettext("not yet")})
        for text, last in (
            (gettext("last at supervision: %(day)s"), row.last_supervision),
            (gettext("last at a meeting or social event: %(day)s"), row.last_together),
        )
    ]
