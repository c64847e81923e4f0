"""A small initiative: four volunteers, three citizens who wait, one of them for long."""

import datetime
from functools import partial
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.testing.factories import (
    CitizenFactory,
    InterestFactory,
    LanguageFactory,
    VolunteerFactory,
)


def at(name, *args):
    """The address of one of the board's screens."""
    return reverse(f"peer_support_matching:{name}", args=args)


def told(text, level):
    """Whether the page carries a message of this level. (Wagtail's template for its script is no message.)"""
    shown = text.split('data-w-messages-target="container"', 1)[1].split("</ul>", 1)[0]
    return f'<li class="{level}">' in shown


def text_of(response):
    """What the page says, as one string."""
    return response.content.decode()


@pytest.fixture
def town(initiative):
    """Three who wait (200, 60 and 5 days) and four volunteers, of whom one has two places and one is on a pause."""
    today = timezone.localdate()
    music, danish = InterestFactory(name="Musik for to"), LanguageFactory(name="Tegnsprog")
    with scope_of(initiative.pk):
        citizens = [
            CitizenFactory(
                initiative=initiative,
                first_name=name,
                last_name="Prøve",
                waiting_since=today - datetime.timedelta(days=days),
                channels=1,
                travel_km=30,
                times="ti 17-20",
                hours_min=1,
                hours_max=2,
            )
            for name, days in (("Asta", 200), ("Bror", 60), ("Carla", 5))
        ]
        volunteers = [
            VolunteerFactory(
                initiative=initiative,
                first_name=name,
                last_name="Frivillig",
                channels=1,
                travel_km=30,
                times=times,
                capacity=capacity,
                paused_from=paused,
                hours_min=1,
                hours_max=1,
            )
            for name, times, capacity, paused in (
                ("Vilma", "ti 17-20", 2, None),
                ("Walther", "on 9-12", 1, None),
                ("Xenia", "", 1, None),
                ("Ymer", "ti 17-20", 1, today),
            )
        ]
        for person in (*citizens[:2], *volunteers[:2]):
            person.interests.set([music])
            person.languages.set([danish])
        for person in (*citizens, *volunteers):
            person.refresh_from_db()
    return SimpleNamespace(
        initiative=initiative,
        citizens=citizens,
        volunteers=volunteers,
        asta=citizens[0],
        bror=citizens[1],
        carla=citizens[2],
        vilma=volunteers[0],
        walther=volunteers[1],
        xenia=volunteers[2],
        ymer=volunteers[3],
    )


@pytest.fixture
def page(coordinator_client):
    """Return a function that opens a screen of the board and expects it to be there."""

    return partial(opened, coordinator_client, "da")


@pytest.fixture
def page_in_english(coordinator_client):
    """The same as ``page``, for somebody who reads the language the sentences are written in."""
    return partial(opened, coordinator_client, "en")


def opened(client, language, name, *args, **query):
    response = client.get(at(name, *args), query, headers={"Accept-Language": language})
    assert response.status_code == 200, response.status_code
    return text_of(response)


@pytest.fixture
def send(coordinator_client):
    """Return a function that sends a form and returns the page it leads to, as ``(text, response)``."""

    def post(name, *args, **data):
        response = coordinator_client.post(at(name, *args), data, follow=True)
        assert response.status_code == 200, response.status_code
        return text_of(response)

    return post
