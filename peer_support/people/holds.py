"""Legal holds on people: who is held, why nothing of theirs is taken out, and the three steps of a hold.

A hold is for a case that is going on: a complaint, a claim, a police matter. It is not a way to keep people: it needs a
reason, ends by itself after a year at most, and everybody who may see it sees who set it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..privacy import holds
from ..privacy.access_log import Action, log_access
from ..privacy.registry import table_of
from .models import Citizen, LegalHold, Volunteer
from .rules import require
from .staleness import months_before

MONTHS_MAX = 12
Act = LegalHold.Act


def today():
    """Return the day it is."""
    return timezone.localdate()


def hold_of(person, day=None):
    """Return the :class:`LegalHold` that stands on ``person``, or ``None``."""
    return LegalHold.objects.of(person).current(day).first()


def last_day(start):
    """Return the last day a hold that is set or renewed on ``start`` can last to."""
    return months_before(start, -MONTHS_MAX)


def why_held(person):
    """Return the sentence that stands where something of ``person`` would be taken out, or an empty text."""
    found = hold_of(person) if isinstance(person, Citizen | Volunteer) else None
    if found is None:
        return ""
    return _(
        "%(person)s is under a legal hold until %(day)s, so nothing is erased. The hold says why; lift it first."
    ) % {"person": person, "day": date_format(found.until, "SHORT_DATE_FORMAT")}


def held_among(rows):
    """Return the keys of those of ``rows`` that are about somebody under a hold."""
    held = {}
    for name, model in (("citizen", Citizen), ("volunteer", Volunteer)):
        found = LegalHold.objects.current().filter(**{f"{name}__isnull": False})
        held[model._meta.label_lower] = set(found.values_list(name, flat=True))
    keys = set()
    for label, people in held.items():
        for path in _paths(rows.model, label) if people else ():
            keys |= set(rows.filter(**{f"{path}__in": people}).order_by().values_list("pk", flat=True))
    return keys


def _paths(model, label):
    """Return the look-ups from a row of ``model`` to its person: as the registry says it, and by the usual names."""
    if model._meta.label_lower == label:
        return ["pk"]
    kind = label.rpartition(".")[2]
    names = {found.name for found in model._meta.concrete_fields}
    paths = [kind] if kind in names else []
    paths += [f"match__{kind}"] if "match" in names else []
    try:
        known = table_of(model).paths.get(label)
    except KeyError:
        known = None
    return [*dict.fromkeys([*paths, *([known] if known and known != "self" else [])])]


holds.register_holder(among=held_among, why=why_held)


# Rules


def may_be_erased(person):
    """Whether nothing holds ``person`` back from being erased."""
    reason = why_held(person)
    return Decision.no("held", reason) if reason else Decision.yes()


def may_hold(person):
    """Whether a hold can be set or renewed: always, with a reason and a day."""
    if hold_of(person) is not None:
        return Decision.yes(_("The new day counts from today, a year at most. Write the reason anew."))
    return Decision.yes(
        _(
            "While it lasts, nothing of the person is erased, by hand or by the purge. It is for a case that is going on: "
            "a complaint, a claim, a police matter."
        )
    )


def may_hold_until(day, today=None):
    """Whether a hold can last to ``day``."""
    today = today or timezone.localdate()
    if day < today:
        return Decision.no("past", _("This day has passed. Choose a day from today on."))
    if day > last_day(today):
        return Decision.no("too_long", _("A hold lasts a year at most. You can renew it when it runs out."))
    return Decision.yes()


def may_lift(person):
    """Whether there is a hold to lift."""
    if hold_of(person) is None:
        return Decision.no("no_hold", _("There is no hold to lift."))
    return Decision.yes(_("From now on the usual periods count again."))


# Steps


@transaction.atomic
def hold(*, person, reason, until, user, route=""):
    """Set a hold on ``person`` to the end of the day ``until``, or renew the one that stands. Returns the new row."""
    fresh = type(person).objects.select_for_update().get(pk=person.pk)
    reason = reason.strip()
    if not reason:
        require(Decision.no("no_reason", _("Write why. Whoever reads it later needs to know.")))
    require(may_hold_until(until))
    standing = hold_of(fresh)
    return _write(fresh, Act.RENEWED if standing else Act.SET, reason, until, user, route, standing)


@transaction.atomic
def lift(*, person, reason="", user, route=""):
    """Lift the hold; the history stays. Raises ``NotAllowed`` where there is none."""
    fresh = type(person).objects.select_for_update().get(pk=person.pk)
    require(may_lift(fresh))
    today = timezone.localdate()
    return _write(fresh, Act.LIFTED, reason.strip(), today, user, route, None)


def _write(person, act, reason, until, user, route, standing):
    row = LegalHold.objects.create(
        initiative_id=person.initiative_id,
        act=act,
        reason=reason,
        starts_on=standing.starts_on if standing else timezone.localdate(),
        until=until,
        user=user if getattr(user, "pk", None) else None,
        **{person._meta.model_name: person},
    )
    log_access(user=user, action=Action.CREATE, objects=[row], route=route)
    return row
