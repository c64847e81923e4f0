"""Every write on accompaniment: one transaction each, behind the lock on the trip, logged, with a typed result.

A refusal raises :class:`~peer_support.access.decisions.NotAllowed`; a fault in the values raises ``ValidationError``.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..access.links import links_of
from ..matching.models import MatchingPolicy
from ..matching.services_steps import lock_initiative, refuse_unless
from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from ..privacy.cpr import refuse_cpr
from . import rules_accompaniment as rules
from .models_accompaniment import (
    Accompaniment,
    AccompanimentEvent,
    AccompanimentOffer,
    LedTo,
    OfferState,
    TripEnding,
    TripState,
)
from .rules_accompaniment import Action
from .signals_accompaniment import accompaniment_answered, accompaniment_closed, send_after_commit

ROUTE = "followup.accompaniment"
EDITABLE = (
    "day", "start_time", "minutes", "from_place", "from_postcode", "to_place", "to_postcode", "there_and_back",
    "purpose", "what_is_asked", "how_to_meet", "gender_wish", "asked_by",
)  # fmt: skip
# A change of these is news to whoever has said yes.
_WHEN_AND_WHERE = ("day", "start_time", "minutes", "from_place", "to_place", "how_to_meet")
FREE_TEXTS = ("from_place", "to_place", "purpose", "what_is_asked", "how_to_meet", "led_to_note")


@dataclass(frozen=True)
class Changed:
    """A trip, and whether somebody who has said yes should be told of the change."""

    trip: Accompaniment
    tell: bool


@dataclass(frozen=True)
class Asked:
    """The offers that were made, and ``[(volunteer, Decision)]`` of those who could not be asked."""

    offers: list
    refused: list


@dataclass(frozen=True)
class Answered:
    """What came of an answer: ``offer.state`` is accepted, declined or late."""

    offer: AccompanimentOffer
    trip: Accompaniment


def _locked(pk):
    """Return the trip read anew with its row locked: state and offers change behind this lock only."""
    return Accompaniment.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def _opened(trip, action, expected_version=None):
    found = _locked(trip.pk)
    if expected_version is not None and str(expected_version) != str(found.version):
        reason = gettext(
            "Somebody has changed this in the meantime. Nothing of yours is saved yet. Look at it, and try again if "
            "it is still right."
        )
        raise NotAllowed(Decision.no("stale", reason))
    refuse_unless(rules.may(found, action))
    return found


def _wrote(trip, action, from_state, user, volunteer=None, **facts):
    trip.version += 1
    trip.save()
    AccompanimentEvent.objects.create(
        initiative_id=trip.initiative_id,
        accompaniment=trip,
        at=timezone.now(),
        user=user if getattr(user, "pk", None) else None,
        volunteer=volunteer,
        action=action.value,
        from_state=from_state,
        to_state=trip.state,
        facts=facts,
    )
    kind = LogAction.CREATE if action == Action.CREATE else LogAction.CHANGE
    log_access(user=user, action=kind, objects=[trip], route=f"{ROUTE}.{action.value}")
    return trip


def _refuse_cpr(name, text):
    try:
        refuse_cpr(text)
    except ValidationError as fault:
        raise ValidationError({name: fault}) from None


def _checked(trip):
    for name in FREE_TEXTS:
        _refuse_cpr(name, getattr(trip, name))
    trip.full_clean(
        exclude=["initiative", "number", "citizen", "enrolment", "created_by"],
        validate_unique=False,
        validate_constraints=False,
    )


@transaction.atomic
def create_accompaniment(*, citizen, values, user, enrolment=None):
    """Write down that ``citizen`` would like company once. Nobody is asked yet. Returns the :class:`Accompaniment`.

    ``values`` are names in :data:`EDITABLE`. ``enrolment``: the course that it is in connection with.
    """
    refuse_unless(rules.may_create(citizen))
    if enrolment is not None and enrolment.citizen_id != citizen.pk:
        raise PermissionError("The enrolment of another person.")
    trip = Accompaniment(
        initiative_id=citizen.initiative_id, citizen=citizen, enrolment=enrolment, created_by=user
    )
    _write_values(trip, values)
    _checked(trip)
    lock_initiative(citizen.initiative_id)
    rows = Accompaniment.objects.filter(initiative_id=citizen.initiative_id)
    trip.number = (rows.aggregate(top=models.Max("number"))["top"] or 0) + 1
    trip.save()
    return _wrote(trip, Action.CREATE, "", user)


def _write_values(trip, values):
    unknown = sorted(set(values) - set(EDITABLE))
    if unknown:
        raise ValueError(f"an accompaniment has no value called {unknown[0]!r}")
    changed = [name for name, value in values.items() if getattr(trip, name) != value]
    for name in changed:
        setattr(trip, name, values[name])
    return changed


@transaction.atomic
def change_accompaniment(*, trip, values, user, expected_version=None):
    """Write ``values``; returns a :class:`Changed` that says whether the one who goes along should be rung."""
    trip = _opened(trip, Action.CHANGE, expected_version)
    changed = _write_values(trip, values)
    if not changed:
        return Changed(trip, False)
    _checked(trip)
    _wrote(trip, Action.CHANGE, trip.state, user, fields=sorted(changed))
    return Changed(trip, trip.state == TripState.ACCEPTED and bool(set(changed) & set(_WHEN_AND_WHERE)))


@transaction.atomic
def ask_volunteers(*, trip, volunteers, user, expected_version=None):
    """Ask ``volunteers`` whether one of them goes along; returns an :class:`Asked`. Nobody is written to by this.

    Whoever cannot be asked is left out with the reason; the others are asked all the same.
    """
    trip = _opened(trip, Action.ASK, expected_version)
    policy = MatchingPolicy.current(trip.initiative_id)
    held = {offer.volunteer_id: offer for offer in trip.offers.all()}
    offers, refused = [], []
    for volunteer in volunteers:
        offer = held.get(volunteer.pk)
        decision = rules.may_be_asked(
            trip,
            volunteer,
            offer,
            needs_contract=policy.contract_required,
            needs_certificate=policy.certificate_required,
        )
        if not decision:
            refused.append((volunteer, decision))
            continue
        offer = offer or AccompanimentOffer(
            initiative_id=trip.initiative_id, accompaniment=trip, volunteer=volunteer
        )
        offer.state, offer.asked_at, offer.answered_at = OfferState.ASKED, timezone.now(), None
        offer.save()
        # Whoever is asked anew gets a new link: the old one has been used.
        links_of(offer).filter(used_at=None).update(revoked_at=timezone.now())
        offers.append(offer)
    if offers:
        _wrote(trip, Action.ASK, trip.state, user, asked=len(offers))
        log_access(user=user, action=LogAction.CREATE, objects=offers, route=f"{ROUTE}.ask")
    return Asked(offers, refused)


@transaction.atomic
def take_back_offer(*, offer, user):
    """Ask the volunteer no longer. Their link says that there is no need any more."""
    trip = _opened(offer.accompaniment, Action.TAKE_BACK)
    offer = trip.offers.select_related("volunteer").get(pk=offer.pk)
    if offer.state != OfferState.ASKED:
        refuse_unless(Decision.no("not_asked", gettext("The volunteer has answered already.")))
    _set(offer, OfferState.TAKEN_BACK)
    _wrote(trip, Action.TAKE_BACK, trip.state, user, volunteer=offer.volunteer)
    return offer


def _set(offer, state, answered=False):
    offer.state = state
    if answered:
        offer.answered_at = timezone.now()
    offer.save(update_fields=["state", "answered_at"])


@transaction.atomic
def answer_offer(*, offer, answer, user=None, now=None):
    """Write down "yes" or "no" of the volunteer who was asked; returns an :class:`Answered`. The first yes wins.

    A yes that comes too late is no fault: the offer is then "late". Raises :class:`NotAllowed` where there is
    nothing to answer any more.
    """
    trip = _locked(offer.accompaniment_id)
    offer = AccompanimentOffer.objects.select_related("volunteer").get(pk=offer.pk)
    if answer == "no":
        return _declined(trip, offer, user)
    if trip.state == TripState.ACCEPTED and offer.state == OfferState.ACCEPTED:
        return Answered(offer, trip)
    decision = rules.may_accept(trip, offer, now)
    if decision:
        try:
            # The constraint is the last wall: with it, two cannot go along whatever became of the lock.
            with transaction.atomic():
                _set(offer, OfferState.ACCEPTED, answered=True)
            return _accepted(trip, offer, user)
        except IntegrityError:
            trip.refresh_from_db()
            return _late(trip, offer, user)
    if decision.code == "late" and offer.state != OfferState.ACCEPTED:
        return _late(trip, offer, user)
    raise NotAllowed(decision)


def _accepted(trip, offer, user):
    trip.state = TripState.ACCEPTED
    trip.offers.filter(state=OfferState.ASKED).update(state=OfferState.LATE)
    _wrote(trip, Action.ACCEPT, TripState.OPEN, user, volunteer=offer.volunteer)
    send_after_commit(accompaniment_answered, trip, trip=trip, offer=offer, user=user)
    return Answered(offer, trip)


def _late(trip, offer, user):
    """They wanted to: kept, so that they can be rung first where the other one cannot after all."""
    _set(offer, OfferState.LATE, answered=True)
    log_access(user=user, action=LogAction.CHANGE, objects=[offer], route=f"{ROUTE}.late")
    return Answered(offer, trip)


def _declined(trip, offer, user):
    if offer.state not in (OfferState.ASKED, OfferState.LATE):
        refuse_unless(Decision.no("answered", gettext("This is answered already.")))
    _set(offer, OfferState.DECLINED, answered=True)
    _wrote(trip, Action.DECLINE, trip.state, user, volunteer=offer.volunteer)
    send_after_commit(accompaniment_answered, trip, trip=trip, offer=offer, user=user)
    return Answered(offer, trip)


@transaction.atomic
def release(*, trip, user=None, offer=None):
    """The volunteer cannot after all: the request is open again. ``offer``: the one that the volunteer's link is for.

    Returns the trip. Those who said yes too late are still known, and can be asked first.
    """
    trip = _opened(trip, Action.RELEASE)
    goes = trip.offers.select_related("volunteer").get(state=OfferState.ACCEPTED)
    if offer is not None and offer.pk != goes.pk:
        refuse_unless(Decision.no("not_yours", gettext("Somebody else goes along now.")))
    _set(goes, OfferState.RELEASED, answered=True)
    trip.state = TripState.OPEN
    _wrote(trip, Action.RELEASE, TripState.ACCEPTED, user, volunteer=goes.volunteer)
    send_after_commit(accompaniment_answered, trip, trip=trip, offer=goes, user=user)
    return trip


def _closed(trip, action, state, user, ending="", led_to=(), note="", volunteer=None, on=None):
    _refuse_cpr("note", note)
    before, trip.state = trip.state, state
    trip.closed_on = on or timezone.localdate()
    trip.ending = TripEnding(ending).value if ending else ""
    trip.led_to = sorted({LedTo(code).value for code in led_to})
    trip.led_to_note = note or trip.led_to_note
    _wrote(
        trip,
        action,
        before,
        user,
        volunteer=volunteer,
        led_to=trip.led_to,
        **{"ending": ending} if ending else {},
    )
    send_after_commit(accompaniment_closed, trip, trip=trip, user=user)
    return trip


@transaction.atomic
def record_done(*, trip, user=None, led_to=(), note="", volunteer=None, expected_version=None):
    """They went. ``led_to`` are values of :class:`LedTo`, ``note`` a few words. Returns the trip."""
    trip = _opened(trip, Action.DONE, expected_version)
    return _closed(trip, Action.DONE, TripState.DONE, user, led_to=led_to, note=note, volunteer=volunteer)


@transaction.atomic
def record_not_done(*, trip, ending, user=None, note="", volunteer=None, expected_version=None):
    """It did not happen, for a reason (:class:`TripEnding`) that blames nobody. Returns the trip."""
    trip = _opened(trip, Action.NOT_DONE, expected_version)
    return _closed(
        trip, Action.NOT_DONE, TripState.NOT_DONE, user, ending=ending, note=note, volunteer=volunteer
    )


@transaction.atomic
def cancel_accompaniment(*, trip, ending, user, note="", expected_version=None):
    """Call the trip off. Whoever was asked is asked no longer; whoever goes along must be told. Returns the trip."""
    trip = _opened(trip, Action.CANCEL, expected_version)
    trip.offers.filter(state=OfferState.ASKED).update(state=OfferState.TAKEN_BACK)
    return _closed(trip, Action.CANCEL, TripState.CANCELLED, user, ending=ending, note=note)


@transaction.atomic
def say_what_it_led_to(*, trip, led_to, user, note="", expected_version=None):
    """Write, or write anew, what a trip led to. Returns the trip."""
    trip = _opened(trip, Action.LED_TO, expected_version)
    _refuse_cpr("note", note)
    trip.led_to, trip.led_to_note = sorted({LedTo(code).value for code in led_to}), note
    return _wrote(trip, Action.LED_TO, trip.state, user, led_to=trip.led_to)


@transaction.atomic
def reopen_accompaniment(*, trip, user, expected_version=None):
    """Take the last step back: to somebody who goes along, where there is one, otherwise to looking for somebody."""
    trip = _opened(trip, Action.REOPEN, expected_version)
    goes = trip.offers.filter(state=OfferState.ACCEPTED).exists()
    before, trip.state = trip.state, TripState.ACCEPTED if goes else TripState.OPEN
    trip.closed_on, trip.ending, trip.led_to = None, "", []
    return _wrote(trip, Action.REOPEN, before, user)
