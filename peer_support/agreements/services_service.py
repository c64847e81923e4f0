"""Every write on certificates, thanks, and what an initiative asks for."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from ..people.models import Volunteer
from ..people.services_papers import note_certificate
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import strip_cpr
from .asked import asked_of
from .kinds import CLEARING, CertificateKind
from .models import Certificate, PaperPolicy, Thanks


@transaction.atomic
def note_seen(*, volunteer, kind, seen_on=None, valid_to=None, about="", user=None, route=""):
    """Write down that a certificate was seen: its kind, when, by ``user``, until when. Never what it says."""
    fresh = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    seen_on = seen_on or timezone.localdate()
    if seen_on > timezone.localdate():
        raise NotAllowed(Decision.no("future", _("That day has not come yet.")))
    if valid_to and valid_to < seen_on:
        raise NotAllowed(Decision.no("days", _("It ends before it was seen. Look at the two dates.")))
    named = kind in (CertificateKind.COURSE, CertificateKind.OTHER)
    certificate = Certificate.objects.create(
        initiative_id=fresh.initiative_id,
        volunteer=fresh,
        kind=kind,
        about=strip_cpr(about)[0][:80] if named else "",
        seen_on=seen_on,
        seen_by=user if getattr(user, "pk", None) else None,
        valid_to=valid_to,
    )
    log_access(user=user, action=Action.CREATE, objects=[certificate], route=route)
    keep_in_step(fresh, user=user, route=route)
    return certificate


@transaction.atomic
def take_out(*, certificate, user=None, route=""):
    """Take a certificate out of the list: it was written down by mistake, or does not hold any more."""
    volunteer = Volunteer.objects.select_for_update().get(pk=certificate.volunteer_id)
    fresh = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if fresh.taken_out_at is None:
        fresh.taken_out_at = timezone.now()
        fresh.save(update_fields=["taken_out_at"])
        log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
        keep_in_step(volunteer, user=user, route=route, had=fresh.kind)
    return fresh


def keep_in_step(volunteer, *, user=None, route="", had=None):
    """Write on the volunteer what matching reads: seen, and until when, of all the certificates that are asked for.

    Where an initiative asks for several, the date that matters is the one of the last seen, and the end that of the
    first to end; with one missing there is none. Where it asks for none, criminal record and children's certificates
    count. Dates that were typed on the volunteer stand as long as none of these has ever been in the list.
    """
    asked = asked_of(volunteer.initiative_id).certificates
    kinds = set(asked) & {kind.value for kind in CertificateKind} or {kind.value for kind in CLEARING}
    rows = Certificate.objects.filter(volunteer=volunteer, kind__in=kinds, taken_out_at=None)
    best = {}
    for row in rows.order_by("seen_on", "pk"):
        best[row.kind] = row if row.kind not in best else _longer(best[row.kind], row)
    if not best and had not in kinds:
        return
    if not best or (asked and set(best) != kinds):
        note_certificate(volunteer=volunteer, seen_on=None, user=user, route=route)
        return
    ends = [row.valid_to for row in best.values() if row.valid_to]
    note_certificate(
        volunteer=volunteer,
        seen_on=max(row.seen_on for row in best.values()),
        until=min(ends) if ends else None,
        user=user,
        route=route,
    )


def _longer(one, other):
    """Return the certificate of a kind that holds longest; of two that end on one day, the one seen last."""
    if one.valid_to is None or (other.valid_to is not None and other.valid_to < one.valid_to):
        return one
    return other


@transaction.atomic
def thank(*, volunteer, words, on=None, user=None, route=""):
    """Keep a thank-you to ``volunteer``; ``words`` stand on the card."""
    words = strip_cpr(words.strip())[0]
    if not words:
        raise NotAllowed(Decision.no("empty", _("Write a few words on the card.")))
    thanks = Thanks.objects.create(
        initiative_id=volunteer.initiative_id,
        volunteer=volunteer,
        on=on or timezone.localdate(),
        by=user if getattr(user, "pk", None) else None,
        words=words,
    )
    log_access(user=user, action=Action.CREATE, objects=[thanks], route=route)
    return thanks


@transaction.atomic
def save_policy(*, initiative, values, user=None, route=""):
    """Save what ``initiative`` asks of its volunteers; brings what matching reads in step for those with certificates."""
    policy, __ = PaperPolicy.objects.get_or_create(initiative=initiative)
    before = set(policy.certificates)
    for name, value in values.items():
        setattr(policy, name, value)
    policy.full_clean(validate_unique=False, validate_constraints=False)
    policy.save()
    log_access(user=user, action=Action.CHANGE, objects=[policy], route=route)
    if set(policy.certificates) != before:
        held = Certificate.objects.filter(initiative=initiative, taken_out_at=None)
        people = Volunteer.objects.filter(initiative=initiative, pk__in=held.values("volunteer"))
        for volunteer in people.select_for_update():
            keep_in_step(volunteer, user=user, route=route)
    return policy
