"""The list of one day, asked as the screen asks it."""

import datetime

import pytest
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup.today.listing import todays_list


@pytest.fixture
def day():
    return timezone.localdate()


@pytest.fixture
def ago(day):
    return lambda days: day - datetime.timedelta(days=days)


@pytest.fixture
def the_list(initiative, day):
    """Return a function that gives the list of ``initiative``; nothing in it may be unread."""

    def ask(on=None, **more):
        with scope_of(initiative.pk):
            found = todays_list(on or day, **more)
        assert found.unread == []
        return found

    return ask


@pytest.fixture
def lines(the_list):
    """Return a function: ``lines("ring")`` are the sentences of a group, in order."""

    def ask(kind, on=None):
        return [item.line.sentence for item in the_list(on).items if item.line.kind == kind]

    return ask
