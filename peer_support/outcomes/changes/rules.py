"""Who may be shown a person's change. It belongs to the person."""

from django.utils.translation import gettext as _

from ...access.decisions import Decision
from ...people.models import Citizen


def may_choose(person):
    """Whether what ``person`` decides about their change can still be written down."""
    if person.status == "ended":
        return Decision.no(
            "ended",
            _("We have said goodbye, so nothing new is kept. Ring us if you would like to come back."),
        )
    return Decision.yes()


def may_show(person):
    """Whether ``person`` may show their change to somebody who supports them."""
    if not isinstance(person, Citizen):
        return Decision.no("not_a_citizen", _("Only a citizen has a volunteer to show it to."))
    return may_choose(person)


def volunteer_sees(choice):
    """Whether the volunteer may look at it too: only when the citizen said so, and wants to see it themselves."""
    return choice is not None and choice.shown_to_volunteer and not choice.hidden
