"""What a consent that was taken back stops. The people room asks these rules before it moves anybody on."""

from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..people.models import Citizen
from ..people.rules import register_standing_rule
from .models_consent import Consent


def own_consents(person):
    """Return the consents that the person gave, newest first; those of somebody who wrote for them are none."""
    return Consent.objects.of(person).filter(by_writer=False)


def has_taken_back(person):
    """Whether the person once said yes and no yes stands any more."""
    consents = own_consents(person)
    return consents.exists() and not consents.standing().exists()


@register_standing_rule
def stands_by_consent(person):
    """Nobody is moved on, approved or taken off a pause after they took their yes back."""
    if not person.pk or not has_taken_back(person):
        return None
    return Decision.no(
        "taken_back",
        _("The person has taken their yes back. Write down a new one first, or close the record."),
    )


def may_note_yes(person):
    """Whether a coordinator can write down the person's own yes."""
    if person.status == "ended":
        return Decision.no("ended", _("This record is closed. Welcome the person back first."))
    if own_consents(person).standing().exists() and (
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
            "From now on nothing is proposed, and you write to the person no more. Talk about what is to be erased."
        )
    )
