"""A public page asks the database the same few questions, however much is in it."""

import json
import re
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from peer_support.outcomes.report.public import _kept
from peer_support.testing import factories as make

from . import building as build
from .growing import grow
from .states import load_all
from .states_stories import every_block

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOST = 15
STATES = load_all()
# The same page in another mood costs the same, and what opens with a link stands in no list: walked by their own rooms.
LEFT_OUT = r"directory: (filtered|page 2)|poster|flyer|link|offer|participant|evening|.*(with errors|thank you|too often)"
NAMES = [name for name in STATES if not re.match(LEFT_OUT, name)]


def link(page):
    return f'<p><a linktype="page" id="{page.pk}">Læs mere</a></p>'


def crowd(front, blocks=1):
    """Return values for a page with everything on it: each kind of block ``blocks`` times, and links in its texts."""
    build.courses()
    body = []
    for __ in range(blocks):
        target, told = build.recruitment(front), build.full_story(front)
        file = f'<p><a linktype="document" id="{build.document().pk}">Hent</a></p>'
        more = (
            ("text", link(target) + link(told) + link(build.professional(front)) + file),
            ("action", {**build.ACTION, "page": target.pk, "url": ""}),
            ("stories", {"title": "Udvalgte", "stories": [told.pk, build.story(front).pk], "count": 2}),
            ("workshop", {"title": "Kom og hør", "initiative": make.InitiativeFactory().pk}),
        )
        body += json.loads(every_block(front)) + json.loads(build.stream(*more))
    return {"body": json.dumps(body), "action": build.stream(("action", {**more[1][1]}))}


def crowded_front(front, blocks=1):
    front.body = crowd(front, blocks)["body"]
    front.ways = build.stream(
        *(
            ("way", {"who": "support", "title": "", "text": "Kom.", "page": build.recruitment(front).pk})
            for __ in range(blocks)
        )
    )
    front.picture = build.stream(("picture", build.picture()))
    front.save()
    return front.get_url()


def crowded_recruitment(front, blocks=1):
    faces = build.faces(*(build.full_story(front) for __ in range(blocks)))
    return build.recruitment(front, faces=faces, **crowd(front, blocks)).get_url()


def crowded_professional(front, blocks=1):
    downloads = build.stream(("file", {"document": build.document("ark.pdf").pk, "text": ""}))
    return build.professional(front, downloads=downloads, **crowd(front, blocks)).get_url()


def crowded_stories(front, blocks=1):
    index = build.index_below(front)
    index.body = crowd(front, blocks)["body"]
    index.save()
    return index.get_url()


CROWDED = {
    "front page, crowded": crowded_front,
    "recruitment, crowded": crowded_recruitment,
    "professionals, crowded": crowded_professional,
    "stories, crowded": crowded_stories,
}


def asked(client, address):
    """Return the questions that one visit asks; the second visit counts, for the first one warms what is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        response = client.get(address)
    assert response.status_code < 500, address
    return [query["sql"] for query in caught.captured_queries]


def walk(front, client, blocks):
    pages = {name: STATES[name] for name in NAMES}
    pages |= {name: partial(page, blocks=blocks) for name, page in CROWDED.items()}
    counts = {}
    for name, page in pages.items():
        # What was kept of the page before belongs to rows that were never written.
        cache.clear()
        with transaction.atomic():
            address = page(front)
            _kept()  # the night's numbers are in each web process's cache, and asked for once in ten minutes
            counts[name] = asked(client, address)
            transaction.set_rollback(True)
        front.refresh_from_db()
    return counts


def test_no_page_asks_more_than_fifteen_times_or_more_where_there_is_more(front, client):
    grow(front, initiatives=40, stories=10, rest=4)
    some = walk(front, client, blocks=1)
    grow(front)
    many = walk(front, client, blocks=3)
    too_many = {name: questions for name, questions in many.items() if len(questions) > MOST}
    assert not too_many, "\n".join(
        f"{name} ({len(q)}): {sql[:200]}" for name, q in too_many.items() for sql in q
    )
    growing = {
        name: (len(some[name]), len(many[name])) for name in some if len(some[name]) != len(many[name])
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
