"""How data live on: somebody who is left alone, now and for a year, a hold, what the purge takes next, whom to ask whether
to go on, and what somebody says is wrong."""

from datetime import timedelta

from django.utils import timezone

from ..people import corrections, holds
from ..people.models import Citizen, StillHereQuestion, Volunteer
from ..people.queries import with_open_matches
from ..people.services_standing import stop_use
from ..people.staleness import months_before
from ..people.stop_clock import MONTHS
from ..privacy.retention import DAYS_A_MONTH

# How many months ago the records were closed that the purge takes next: tonight, and within a month.
CLOSED = {"citizen": (8, 6.8, 5.5, 5.2), "volunteer": (13, 11.5)}


def _close(model, months):
    """Let a record of somebody who came to nothing be closed so many months ago."""
    person = model.objects.filter(status="ended", enrolments=None, matches=None).order_by("number")
    person = person.exclude(ended_on__lt=timezone.localdate() - timedelta(days=150)).first()
    if person is None:
        return None
    then = timezone.localtime(timezone.now() - timedelta(days=months * DAYS_A_MONTH))
    model._base_manager.filter(pk=person.pk).update(ended_on=then.date(), updated_at=then)
    return person


# What a volunteer of the other stories has.
_BUSY = "matches enrolments facilitating accompaniment_offers papers thanks skills questionnaires".split()


def _leave_alone_for_long(user):
    """Let a volunteer with whom nothing else goes on have been left alone for a year and a few days."""
    since = months_before(timezone.localdate(), MONTHS) - timedelta(days=3)
    free = Volunteer.objects.filter(status="approved", **dict.fromkeys(_BUSY))
    person = free.filter(approved_on__lt=since - timedelta(days=30)).order_by("-number").first()
    if person is not None:
        stop_use(person=person, user=user, route="demo")
        Volunteer._base_manager.filter(pk=person.pk).update(restricted_on=since)


def make_life(user):
    """Make them in the open scope, as the coordinator ``user``; returns how many records it touched."""
    closed = [
        person
        for model in (Citizen, Volunteer)
        for months in CLOSED[model._meta.model_name]
        if (person := _close(model, months)) is not None
    ]
    if closed:
        until = timezone.localdate() + timedelta(days=120)
        reason = "Klage over en kørsel. Forsikringen har bedt os gemme det, til sagen er slut."
        holds.hold(person=closed[0], reason=reason, until=until, user=user, route="demo")
    waiting = with_open_matches(Citizen.objects.filter(status="waiting")).filter(
        open_matches=0, enrolments=None
    )
    alone = waiting.order_by("-number").first()
    if alone is not None:
        stop_use(person=alone, user=user, route="demo")
    _leave_alone_for_long(user)
    asked = waiting.exclude(restricted_on__isnull=False).order_by("-number").first()
    if asked is not None:
        StillHereQuestion.objects.create(initiative_id=asked.initiative_id, citizen=asked)
    moved = Citizen.objects.filter(status="waiting", restricted_on=None).order_by("number").first()
    if moved is not None:
        corrections.send(person=moved, values={"phone": "0000 3999"}, words="Jeg har fået nyt nummer.")
    return len(closed)
