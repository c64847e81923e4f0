"""Every kind of link there is × every way it can fail: a clear page, the right status, nothing told and nothing done.

A new purpose is met here by itself: it needs a page made with ``link_view`` and a record in the matrix's world.
"""

import datetime

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from peer_support.access.links import make_link, purposes, use_up
from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.testing.factories import CitizenFactory
from tests.security.matrix import PARAMETER, found_in, routes, text_of
from tests.security.world import KEY_A, KEY_B, build_world, canaries

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NO_ACCOUNT = "peer_support:"


def pages():
    """Return ``{purpose: [address with {token}, …]}`` of every page that opens with a link."""
    from django.urls import get_resolver, resolve

    found = {}
    for route in routes(get_resolver()):
        if not route.name.startswith(NO_ACCOUNT) or "<token>" not in route.pattern:
            continue
        sample = "/" + PARAMETER.sub("x", route.pattern)
        purpose = getattr(resolve(sample).func, "link_purpose", None)
        if purpose:
            found.setdefault(purpose, []).append("/" + PARAMETER.sub("{token}", route.pattern))
    return found


@pytest.fixture
def links(db):
    """One link of each purpose to the record of A, and one to that of B, as ``{purpose: (link, link)}``."""
    assert purposes().keys() == pages().keys(), "every purpose has a page, made with link_view"
    build_world()
    made = {}
    for code, kind in purposes().items():
        model = apps.get_model(kind.model)
        pair = []
        for key in (KEY_A, KEY_B):
            with scope_of(key):
                target = model.objects.filter(pk=key).first()
                assert target is not None, f"{kind.model} has no record in tests/security/world.py"
                pair.append(make_link(purpose=code, target=target, expires_at=tomorrow()))
        made[code] = tuple(pair)
    return made


# What presses any of the buttons.
PRESSED = {"answer": "yes", "do": "resume", "outcome": "met", "day": "today"}


def tomorrow():
    return timezone.now() + datetime.timedelta(days=1)


def change(link, **values):
    with scope_of(link.initiative_id):
        AccessLink.objects.filter(pk=link.pk).update(**values)


def problems(link, stranger):
    """Yield ``(name, token, what to write on the link, status)`` of each way to fail."""
    swapped = "b" if link.token[-1] != "b" else "c"
    before = {"expires_at": tomorrow(), "revoked_at": None, "used_at": None}
    yield "forged", link.token[:-1] + swapped, before, 404
    yield "wrong purpose", stranger.token, before, 404
    yield "revoked", link.token, {**before, "revoked_at": timezone.now()}, 410
    yield "expired", link.token, {**before, "expires_at": timezone.now()}, 410
    if purposes()[link.purpose].once:
        yield "used", link.token, {**before, "used_at": timezone.now()}, 410


def test_each_way_a_link_fails_is_a_clear_page_that_tells_nothing(links):
    client, faults = Client(), []
    secrets = {f"{name} {key}": word for key in (KEY_A, KEY_B) for name, word in canaries(key).items()}
    for purpose, addresses in pages().items():
        link = links[purpose][0]
        stranger = next(pair[0] for code, pair in links.items() if code != purpose)
        for address in addresses:
            for name, token, values, status in problems(link, stranger):
                change(link, **values)
                answer = client.get(address.format(token=token))
                text = text_of(answer)
                where = (purpose, address, name)
                if name == "revoked":
                    sent = client.post(address.format(token=token), PRESSED).status_code
                    faults += [(*where, "post", sent)] if sent not in (405, 410) else []
                if answer.status_code != status or "koordinator" not in text and "adresse" not in text:
                    faults.append((*where, answer.status_code))
                if told := found_in(text, secrets):
                    faults.append((*where, told))
                if "no-store" not in answer.headers["Cache-Control"] or token in text:
                    faults.append((*where, "kept, or the token is on the page"))
    assert not faults, faults


def test_somebody_elses_link_opens_their_record_and_nothing_of_anybody_elses(links):
    client, faults = Client(), []
    for purpose, addresses in pages().items():
        for key, link in zip((KEY_A, KEY_B), links[purpose], strict=True):
            secrets = canaries(KEY_B if key == KEY_A else KEY_A)
            for address in addresses:
                answer = client.get(address.format(token=link.token))
                if answer.status_code >= 500 or (told := found_in(text_of(answer), secrets)):
                    faults.append((purpose, address, answer.status_code, told))
            if not purposes()[purpose].once:
                with scope_of(key):
                    use_up(link)
                again = client.get(addresses[0].format(token=link.token)).status_code
                faults += [(purpose, "after its use", again)] if again not in (200, 404) else []
    assert not faults


def test_too_many_presses_are_asked_to_wait(settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "PUBLIC_LIMITS": {"link": [(2, 600)]}}
    citizen = CitizenFactory()
    with scope_of(citizen.initiative_id):
        link = make_link(purpose="own_pause_citizen", target=citizen)
    address = pages()["own_pause_citizen"][0].format(token=link.token)
    statuses = [Client().post(address, {"do": "14"}).status_code for __ in range(4)]
    assert statuses == [302, 302, 429, 429]
    answer = Client().post(address, {"do": "14"})
    assert "Vent lidt" in answer.content.decode() and Client().get(address).status_code == 200
