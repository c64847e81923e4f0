"""A pair that has come as far as a test needs, by the services."""

import datetime

import pytest
import time_machine
from django.utils import timezone, translation

from peer_support.matching import services
from peer_support.testing.factories import CitizenFactory, VolunteerFactory


def days(number=0):
    """The date ``number`` days from today."""
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture
def in_english():
    """Sentences are compared in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def bring(in_scope, coordinator):
    """Return a function that makes a pair and brings its match into a state: ``bring("active", since=-30)``."""

    def make(state="active", since=0, volunteer=None, **agreement):
        match = services.propose(
            citizen=CitizenFactory(initiative=in_scope),
            volunteer=volunteer or VolunteerFactory(initiative=in_scope),
            user=coordinator,
        )
        for side in ("citizen", "volunteer"):
            match = services.record_answer(match=match, side=side, answer="yes", user=coordinator)
        if state == "accepted":
            return match
        match = services.record_first_meeting(match=match, on=days(since), user=coordinator)
        if state == "met":
            return match
        for side in ("citizen", "volunteer"):
            match = services.record_day_after(match=match, side=side, answer="yes", user=coordinator)
        match = services.start_match(match=match, active_from=days(since), user=coordinator, **agreement)
        if state == "paused":
            match = services.pause_match(match=match, paused_from=days(), user=coordinator)
        if state == "ended":
            match = services.end_match(match=match, on=days(), by="both", reasons=["goal"], user=coordinator)
        return match

    return make


@pytest.fixture
def time_machine_at():
    """Return a function that lets a number of days go by."""
    clock = time_machine.travel(timezone.now(), tick=False)
    traveller = clock.start()
    yield lambda number: traveller.shift(datetime.timedelta(days=number))
    clock.stop()
