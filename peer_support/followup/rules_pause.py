"""Who can keep contact while somebody pauses?"""

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..access.models import Assignment
from ..access.scopes import WORKS_WITH_PEOPLE
from ..people.models import Volunteer
from ..people.queries import paused_on
from ..people.standing import MATCH, usable


def colleagues(pause):
    """Return the users who work with the people of the pause's initiative today."""
    assigned = Assignment.objects.current().filter(initiative=pause.initiative_id, role__in=WORKS_WITH_PEOPLE)
    users = get_user_model().objects.filter(is_active=True, pk__in=assigned.values("user"))
    return users.order_by("first_name", "last_name", "pk")


def other_volunteers(pause):
    """Return the volunteers who can keep contact: approved, not on pause, and none of those the pause is about."""
    own = [pause.volunteer_id, pause.match.volunteer_id if pause.match else None]
    rows = Volunteer.objects.filter(
        usable(MATCH), initiative=pause.initiative_id, status=Volunteer.Status.APPROVED
    )
    return rows.exclude(paused_on(timezone.localdate())).exclude(pk__in=[pk for pk in own if pk])


def may_cover(pause, by_user=None, by_volunteer=None):
    """Whether this colleague or this volunteer can keep contact; neither takes back what was written."""
    if pause.is_over:
        return Decision.no("over", _("The pause is over; they have contact with each other again."))
    if by_user is not None and by_volunteer is not None:
        return Decision.no("both", _("Choose one: a colleague or a volunteer."))
    if by_user is not None and not colleagues(pause).filter(pk=by_user.pk).exists():
        return Decision.no("not_colleague", _("That colleague does not work with this initiative today."))
    if by_volunteer is not None and not other_volunteers(pause).filter(pk=by_volunteer.pk).exists():
        return Decision.no("not_free", _("That volunteer cannot keep contact now. Choose another one."))
    return Decision.yes()


def may_ask_later(pause, on):
    """Whether the question can wait until the day ``on``."""
    if pause.is_over:
        return Decision.no("over", _("The pause is over; they have contact with each other again."))
    if on <= timezone.localdate():
        return Decision.no("past", _("Choose a later day than today."))
    return Decision.yes()
