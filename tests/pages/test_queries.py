"""A public page asks the database the same few questions, however much is in it."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from .growing import grow
from .states import load_all

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOST = 15
# Pages with every kind of content on them at once: a film, a recording, files, pictures of their own. Each kind is one
# question, or two; what is counted here must not grow either.
RICH = {
    "front page: ways in, stories and courses": 23,
    "recruitment: faces and a workshop": 16,
    "story: portrait, film, sound, talks": 16,
    "course sign-up: the form": 16,
}
STATES = load_all()
# The same page in another mood costs the same, and what opens with a link stands in no list: walked by their own rooms.
LEFT_OUT = r"directory: (filtered|page 2)|poster|flyer|link|offer|participant|evening|.*(with errors|thank you|too often)"
NAMES = [name for name in STATES if not re.match(LEFT_OUT, name)]


def asked(client, address):
    """Return the questions that one visit asks; the second visit counts, for the first one warms what is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        response = client.get(address)
    assert response.status_code < 500, address
    return [query["sql"] for query in caught.captured_queries]


def walk(front, client):
    counts = {}
    for name in NAMES:
        with transaction.atomic():
            counts[name] = asked(client, STATES[name](front))
            transaction.set_rollback(True)
        front.refresh_from_db()
    return counts


def test_no_page_asks_more_than_fifteen_times_or_more_where_there_is_more(front, client):
    grow(front)
    once = walk(front, client)
    too_many = {name: questions for name, questions in once.items() if len(questions) > RICH.get(name, MOST)}
    assert not too_many, "\n".join(
        f"{name} ({len(q)}): {sql[:200]}" for name, q in too_many.items() for sql in q
    )
    grow(front)
    twice = walk(front, client)
    growing = {
        name: (len(once[name]), len(twice[name])) for name in NAMES if len(once[name]) != len(twice[name])
    }
    assert growing == {}


def test_control_a_question_per_row_is_told(front, client, monkeypatch):
    from peer_support.directory.models import LocalCoordinator
    from peer_support.pages import happening

    def careless():
        return [(row.municipalities.all()[0].name, [row]) for row in LocalCoordinator.objects.all()]

    monkeypatch.setattr(happening, "coordinators_by_town", careless)
    monkeypatch.setattr("peer_support.pages.mixins.professional.coordinators_by_town", careless)
    grow(front, initiatives=1, stories=1, rest=20)
    assert len(asked(client, STATES["professionals: no course"](front))) > MOST
