"""Hostile posts: never an error of ours, never a script on a page, never a CPR number in the database."""

import os

import pytest
from django.test import Client
from django.utils.translation import override

from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen, Volunteer
from peer_support.privacy.cpr import strip_cpr
from peer_support.recruitment.models_enquiry import TalkRequest

from .fuzzing import MARKUP, Fuzzer
from .signing_up import ANSWERS, page_of

pytestmark = pytest.mark.django_db
LISTS = {Citizen: "people/citizen", Volunteer: "people/volunteer", TalkRequest: "people/talks"}
TEXTS = (
    "first_name",
    "phone",
    "email",
    "wish",
    "motivation",
    "notes",
    "referred_by",
    "heard_of_us",
    "postcode",
)
TALK_TEXTS = (
    "organisation",
    "contact_name",
    "phone",
    "email",
    "about",
    "date_wish",
    "town",
    "heard_of_us",
    "notes",
)


def fuzz(front, initiative, coordinator_client, posts, looked_at):
    """Send ``posts`` posts, and look at ``looked_at`` records of each kind as a coordinator. Returns the figures."""
    fuzzer = Fuzzer([page_of(front, kind) for kind in ANSWERS])
    statuses, scripts = {}, []
    client = Client(raise_request_exception=False)
    for number in range(posts):
        answer = fuzzer.send(client, number)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, (number, answer.exc_info)
        if MARKUP in answer.content.decode(errors="replace").lower():
            scripts.append(number)
        if answer.status_code == 302 and number % 20 == 1:
            scripts += [number] if MARKUP in client.get(answer["Location"]).content.decode() else []
        if (number + 1) % 1000 == 0:
            print(number + 1, "posts", statuses, "scripts:", len(scripts), flush=True)
    assert not scripts
    kept = stored(initiative)
    for model, rows in kept.items():
        pages = [
            f"/admin/{LISTS[model]}/",
            *(f"/admin/{LISTS[model]}/inspect/{row.pk}/" for row in rows[:looked_at]),
        ]
        for page in pages:
            answer = coordinator_client.get(page)
            assert answer.status_code == 200 and MARKUP not in answer.content.decode(), page
    return statuses, {model.__name__: len(rows) for model, rows in kept.items()}


def stored(initiative):
    """Return every record, after looking for CPR numbers in all of their words."""
    kept = {}
    with scope_of(initiative.pk), override("da"):
        for model in LISTS:
            kept[model] = list(model.objects.order_by("-pk"))
            for row in kept[model]:
                for name in TALK_TEXTS if model is TalkRequest else TEXTS:
                    value = getattr(row, name, "")
                    assert not strip_cpr(value)[1], (row.pk, name)
    return kept


def test_three_hundred_hostile_posts(front, initiative, coordinator_client):
    statuses, kept = fuzz(front, initiative, coordinator_client, posts=300, looked_at=2)
    # Those that fit are taken in: a fuzz that everything bounced off would say nothing.
    assert statuses[302] > 100 and sum(kept.values()) > 100


@pytest.mark.soak
@pytest.mark.skipif(not os.environ.get("PEER_SOAK"), reason="a long run; set PEER_SOAK=1")
def test_ten_thousand_hostile_posts(front, initiative, coordinator_client):
    statuses, kept = fuzz(front, initiative, coordinator_client, posts=10_000, looked_at=100)
    print(statuses, kept)
    assert statuses[302] > 4000
