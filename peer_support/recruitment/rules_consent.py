"""What a consent that was taken back stops. The people room asks these rules before it moves anybody on."""

from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..people.models import Citizen, Volunteer
from ..people.rules import register_standing_rule
from ..people.standing import COURSE, MATCH
from .models_consent import Consent, Purpose

OWN_PURPOSE = {Citizen: Purpose.SUPPORT, Volunteer: Purpose.VOLUNTEER}


def own_consents(person):
    """Return the consents that the person gave, newest first; those of somebody who wrote for them are none."""
    return Consent.objects.of(person).filter(by_writer=False)


def has_taken_back(person):
    """Whether the person once said yes and no yes stands any more."""
    consents = own_consents(person)
    return consents.exists() and not consents.standing().exists()


def stopped_purposes(person):
    """Return which of "match" and "course" the person has taken the yes back for; no yes on record stops nothing.

    A match hangs on the yes to support or to volunteer; where neither was ever given, on whatever was. A course hangs on the
    yes to courses; where that was never given, on the same as a match.
    """
    given, standing = set(), set()
    for purpose, withdrawn in own_consents(person).values_list("purpose", "withdrawn_at"):
        given.add(purpose)
        if withdrawn is None:
            standing.add(purpose)
    main = {OWN_PURPOSE[type(person)]} & given or given
    course = {Purpose.COURSE} & given or main
    stopped = set()
    if main and not main & standing:
        stopped.add(MATCH)
    if course and not course & standing:
        stopped.add(COURSE)
    return stopped


@register_standing_rule
def stands_by_consent(person):
    """Nobody is moved on, approved or taken off a pause after they took their yes back."""
    if not person.pk or not (has_taken_back(person) or person.match_stopped_on):
        return None
    return Decision.no(
        "taken_back",
        _("The person has taken their yes back. Write down a new one first, or close the record."),
    )


def may_note_yes(person):
    """Whether a coordinator can write down the person's own yes."""
    if person.status == "ended":
        return Decision.no("ended", _("This record is closed. Welcome the person back first."))
    main = own_consents(person).filter(purpose=OWN_PURPOSE[type(person)])
    if (main if main.exists() else own_consents(person)).standing().exists() and (
        not isinstance(person, Citizen) or not lacks_yes(person)
    ):
        return Decision.no("already", _("The person's yes is written down already."))
    return Decision.yes(_("Read the text to the person. You only write the yes down if it is said."))


def lacks_yes(person):
    """Whether somebody else brought the person, who has not said yes yet."""
    return isinstance(person, Citizen) and person.came_by != Citizen.CameBy.SELF and not person.consent_on


def may_withdraw(consent):
    """Whether this yes can be taken back."""
    if consent.withdrawn_at:
        return Decision.no("already", _("It has been taken back already."))
    return Decision.yes(
        _(
            "From now on nothing is proposed, and you write to the person no more. When no yes is left, the record is "
            "erased a month later. Does the person want it at once? Then erase it now."
        )
    )
