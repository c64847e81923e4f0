"""Who waits, who is free: the two questions every screen of the matching room begins with."""

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from ..people.models import Citizen, Volunteer
from ..people.standing import MATCH, usable
from .models import Match
from .models_match import OPEN_STATES, State


def on_pause(day=None):
    """A condition that holds for people whose pause covers ``day`` (default: today)."""
    day = day or timezone.localdate()
    return Q(paused_from__isnull=False, paused_from__lte=day) & (
        Q(paused_until__isnull=True) | Q(paused_until__gte=day)
    )


def with_pause(people, day=None):
    """Annotate ``paused_today`` (bool)."""
    flag = Case(When(on_pause(day), then=Value(True)), default=Value(False), output_field=BooleanField())
    return people.annotate(paused_today=flag)


def takes_a_place(day=None):
    """A condition that holds for matches that take one of the volunteer's places on ``day`` (default: today).

    Every open match does, but one on a long pause, whose place is free until it is taken up again.
    """
    day = day or timezone.localdate()
    return Q(state__in=[state for state in OPEN_STATES if state != State.PAUSED]) | (
        Q(state=State.PAUSED) & (Q(place_free_from__isnull=True) | Q(place_free_from__gt=day))
    )


def with_open_matches(volunteers):
    """Annotate ``open_matches`` and ``free_places``: the capacity minus the open matches, never below 0.

    A proposal that waits for answers holds a place, so that nobody is promised to two people. A match on a long pause
    (:func:`takes_a_place`) counts in neither.
    """
    mine = Match.objects.filter(takes_a_place(), volunteer=OuterRef("pk"))
    number = mine.order_by().values("volunteer").annotate(n=Count("pk")).values("n")
    return volunteers.annotate(
        open_matches=Coalesce(Subquery(number, output_field=IntegerField()), 0),
    ).annotate(
        free_places=Greatest(F("capacity") - F("open_matches"), Value(0), output_field=IntegerField()),
    )


def waiting(day=None):
    """Citizens who wait for a match, are in none and are not left alone, the longest wait first; annotated with ``paused_today``."""
    taken = Match.objects.filter(citizen=OuterRef("pk"), state__in=OPEN_STATES)
    citizens = Citizen.objects.filter(~Exists(taken), usable(MATCH), status=Citizen.Status.WAITING)
    return with_pause(citizens, day).order_by(F("waiting_since").asc(nulls_last=True), "number", "pk")


def free_volunteers(day=None):
    """Approved volunteers with a free place and no pause today, with ``open_matches`` and ``free_places``."""
    volunteers = with_open_matches(Volunteer.objects.filter(usable(MATCH), status=Volunteer.Status.APPROVED))
    return with_pause(volunteers, day).filter(~on_pause(day), free_places__gt=0)
