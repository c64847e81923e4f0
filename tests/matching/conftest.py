"""A pair, a coordinator and the doors of the services, for every test of the matching room."""

import datetime

import pytest
from django.utils import timezone, translation

from peer_support.matching import services
from peer_support.testing.factories import CitizenFactory, MatchFactory, VolunteerFactory


def days(number):
    """The date ``number`` days from today."""
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared in the language they are written in; the catalogue has tests of its own."""
    with translation.override("en"):
        yield


@pytest.fixture
def citizen(in_scope):
    return CitizenFactory(initiative=in_scope)


@pytest.fixture
def volunteer(in_scope):
    return VolunteerFactory(initiative=in_scope)


@pytest.fixture
def match_in(in_scope, coordinator, citizen, volunteer):
    """Return a function that brings a new match into a state by the services, as a coordinator would."""

    def bring(state):
        if state == "ended":
            match = bring("active")
            return services.end_match(
                match=match, on=days(0), by="both", reasons=["goal"], user=coordinator, citizen_then="waiting"
            )
        match = services.propose(citizen=citizen, volunteer=volunteer, user=coordinator)
        if state == "proposed":
            return match
        if state == "declined":
            return services.record_answer(match=match, side="citizen", answer="no", user=coordinator)
        if state == "withdrawn":
            return services.withdraw(match=match, user=coordinator)
        for side in ("citizen", "volunteer"):
            match = services.record_answer(match=match, side=side, answer="yes", user=coordinator)
        if state == "accepted":
            return match
        match = services.record_first_meeting(match=match, on=days(0), place="Caféen", user=coordinator)
        if state == "met":
            return match
        for side in ("citizen", "volunteer"):
            match = services.record_day_after(match=match, side=side, answer="yes", user=coordinator)
        match = services.start_match(match=match, active_from=days(0), user=coordinator)
        if state == "paused":
            return services.pause_match(match=match, paused_from=days(0), user=coordinator)
        return match

    return bring


@pytest.fixture
def open_match(in_scope):
    """Return a function that makes an open match of anybody with ``volunteer``, to fill a place."""

    def make(volunteer, **values):
        return MatchFactory(initiative=in_scope, volunteer=volunteer, **values)

    return make
