"""No public page says anything about anybody's person: whoever looks, in whatever state."""

import pytest
from django.db import transaction
from django.test import Client

from peer_support.pages import models as kinds
from peer_support.pages.base import PeerPageMixin
from tests.pages.conftest import front  # noqa: F401
from tests.pages.states import load_all

from .matrix import found_in, text_of
from .world import KEY_A, KEY_B, build_role, build_world, canaries

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LOOKERS = ("anonymous", "peer editor", "coordinator of B")


@pytest.fixture
def walked(front):  # noqa: F811
    """Return what every state says to everybody who looks, ``[(state, who, text)]``, and the page types met on the way."""
    sides = build_world()
    clients = {name: build_role(name, sides).client() for name in LOOKERS}
    said, met = [], set()
    for name, build in load_all().items():
        with transaction.atomic():
            address = build(front)
            for who, client in clients.items():
                response = client.get(address)
                assert response.status_code < 500, (name, who)
                said.append((name, who, text_of(response)))
            page = (response.context or {}).get("page")
            met.add(getattr(page, "specific_class", None))
            transaction.set_rollback(True)
        front.refresh_from_db()
    return said, met


def test_no_public_page_says_anything_about_a_person_and_every_page_type_is_met(walked):
    said, met = walked
    secrets = {f"{part} {key}": word for key in (KEY_A, KEY_B) for part, word in canaries(key).items()}
    leaks = {(name, who): found_in(text, secrets) for name, who, text in said}
    assert {place: found for place, found in leaks.items() if found} == {}
    types = {
        kind for kind in vars(kinds).values() if isinstance(kind, type) and issubclass(kind, PeerPageMixin)
    }
    concrete = {kind for kind in types if hasattr(kind, "_meta") and not kind._meta.abstract}
    assert concrete - met == set(), "a page type without a state: add one to tests/pages/states_….py"


def test_control_a_page_that_says_a_name_is_told(front):  # noqa: F811
    build_world()
    front.intro = canaries(KEY_B)["first_name"]
    front.save_revision().publish()
    text = text_of(Client().get("/"))
    assert found_in(text, canaries(KEY_B)) == {"first_name"}
