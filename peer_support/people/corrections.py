"""A person says what is wrong in their record (GDPR art. 16), and a coordinator takes it over with one press, or lets it be.

What fits (times, interests) a person changes by link at once. A name, a telephone number or an address for mails is not: a
link that came into other hands could lead mails and calls elsewhere. So it waits for somebody who knows the person.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import strip_cpr
from . import rules, services
from .audit import audited
from .models import Correction, Volunteer
from .models_correction import CORRECTED, MOST_SIGNS

State = Correction.State
# So many wait at once; a link in other hands does not fill a list.
MOST_OPEN = 5
ROUTE = "people.corrections"


def open_corrections(person):
    """Return what ``person`` has written and nobody has looked at yet, oldest first."""
    return list(person.corrections.filter(state=State.OPEN))


def may_send(person):
    """Whether the person can write one more: also somebody who has ended, or whose record is left alone."""
    if person.corrections.filter(state=State.OPEN).count() < MOST_OPEN:
        return Decision.yes()
    return Decision.no(
        "enough", _("We have what you wrote before. We look at it first. You can also ring us.")
    )


@transaction.atomic
def send(*, person, values=None, words=""):
    """Keep what the person says is wrong: ``values`` of :data:`CORRECTED`, and ``words``, without CPR numbers.

    What is empty or stands in the record already is left out. Returns the :class:`Correction`, or ``None`` where nothing is
    left. Sent twice it is kept once. Raises :class:`~peer_support.access.decisions.NotAllowed` where enough wait already.
    """
    fresh = type(person).objects.select_for_update().get(pk=person.pk)
    wishes = {name: strip_cpr((values or {}).get(name, ""))[0].strip() for name in CORRECTED}
    wishes = {name: wish for name, wish in wishes.items() if wish and wish != getattr(fresh, name)}
    words = strip_cpr(words)[0].strip()[:MOST_SIGNS]
    if not (wishes or words):
        return None
    waiting = open_corrections(fresh)
    if same := next((row for row in waiting if (row.wishes, row.words) == (wishes, words)), None):
        return same
    rules.require(may_send(fresh))
    side = {"volunteer" if isinstance(fresh, Volunteer) else "citizen": fresh}
    row = Correction(initiative_id=fresh.initiative_id, words=words, **side)
    row.wishes = wishes
    row.save()
    log_access(user=None, action=Action.CREATE, objects=[row], route=f"{ROUTE}.send")
    return row


@audited
@transaction.atomic
def take_over(*, correction, user, route=""):
    """Write what it ought to be into the record, and close the message. Pressed twice it is done once.

    Words beside it cannot be written in by a press: they stay open as a message of their own, until somebody has seen to them.
    Raises ``ValidationError`` where the record would be wrong, and ``NotAllowed`` where it is left alone.
    """
    row = _locked(correction)
    if row.state != State.OPEN:
        return row
    if row.wishes:
        services.update_person(person=row.person, values=row.wishes, user=user, route=route)
        _keep_words(row, user, route)
    return _settle(row, State.TAKEN, user, route)


@audited
@transaction.atomic
def let_be(*, correction, user, route=""):
    """Close the message, and leave the record as it is. Pressed twice it is done once."""
    row = _locked(correction)
    return row if row.state != State.OPEN else _settle(row, State.LEFT, user, route)


def _keep_words(row, user, route):
    """Move the words of ``row`` to an open message as old as it is, so that a second press on the first does nothing to them."""
    if not row.words:
        return
    side = {row.person._meta.model_name: row.person}
    rest = Correction(initiative_id=row.initiative_id, words=row.words, sent_at=row.sent_at, **side)
    rest.save()
    log_access(user=user, action=Action.CREATE, objects=[rest], route=route)
    row.words = ""
    row.save(update_fields=["words"])


def _locked(correction):
    return Correction.objects.select_for_update().get(pk=correction.pk)


def _settle(row, state, user, route):
    row.state, row.settled_at = state, timezone.now()
    row.settled_by = user if getattr(user, "pk", None) else None
    row.save(update_fields=["state", "settled_at", "settled_by"])
    log_access(user=user, action=Action.CHANGE, objects=[row], route=route)
    return row
