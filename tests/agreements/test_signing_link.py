"""Signing with a link: the whole words, a name, once, and a kind page for every way it can fail."""

import re

import pytest
from django.test import Client
from django.utils import timezone, translation

from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.agreements import services
from peer_support.agreements.models import Paper
from peer_support.matching import services as matching
from peer_support.privacy.models import AccessLogEntry

from .conftest import address_of, press

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def test_a_look_signs_nothing_and_the_button_signs_with_name_time_and_fingerprint(
    contract, client, volunteer
):
    address = address_of(contract)
    page = client.get(address)
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    assert "Du går ture med en borger." in text_of(page) and "Alma" in text_of(page)
    assert "Alma" not in address and "<title>Alma" not in text_of(page)
    with scope_of(contract.initiative_id):
        assert Paper.objects.get(pk=contract.pk).state == "ready"
    done = press(client, address, name="  Alma   Ravnsø ")
    assert done.status_code == 200 and done.context["done"]
    with scope_of(contract.initiative_id):
        signed = Paper.objects.get(pk=contract.pk)
        volunteer.refresh_from_db()
    assert (signed.state, signed.signed_how, signed.signed_name) == ("signed", "link", "Alma Ravnsø")
    assert signed.signed_hash == signed.text_hash == contract.text_hash
    assert abs((timezone.now() - signed.signed_at).total_seconds()) < 60
    assert volunteer.has_contract()
    assert "Alma Ravnsø" in text_of(done) and "Du går ture" in text_of(done), "both are shown afterwards"


def test_a_second_use_is_refused_kindly_and_changes_nothing(contract, client):
    address = address_of(contract)
    press(client, address, name="Alma Ravnsø")
    for answer in (client.get(address), client.post(address, {"name": "En anden"})):
        assert answer.status_code == 410
        assert "Du går ture" not in text_of(answer)
    with scope_of(contract.initiative_id):
        assert Paper.objects.get(pk=contract.pk).signed_name == "Alma Ravnsø"


def test_without_a_name_nothing_is_signed_and_what_was_written_stays(contract, client):
    address = address_of(contract)
    for name in ("", "  ", "12345", "x" * 161):
        answer = press(client, address, name=name)
        assert answer.status_code == 200 and answer.context["form"].problems
    with scope_of(contract.initiative_id):
        assert Paper.objects.get(pk=contract.pk).state == "ready"


def test_other_words_than_those_shown_are_not_signed(contract, client):
    answer = press(client, address_of(contract), name="Alma Ravnsø", words="f" * 64)
    assert answer.context["form"].problems
    with scope_of(contract.initiative_id):
        assert Paper.objects.get(pk=contract.pk).state == "ready"
        assert AccessLink.objects.get(target_id=contract.pk).used_at is None


def test_when_the_words_were_made_anew_the_old_link_says_so(contract, client, volunteer, coordinator):
    address = address_of(contract)
    with scope_of(contract.initiative_id):
        services.make_ready(volunteer=volunteer, kind="contract", typed={"hours": "8"}, user=coordinator)
    with translation.override("da"):
        answer = client.get(address)
    assert answer.context["form"] is None and answer.context["problem"]
    assert "Du går ture" not in text_of(answer)
    client.post(address, {"name": "Alma Ravnsø", "words": contract.text_hash})
    with scope_of(contract.initiative_id):
        assert not Paper.objects.filter(state="signed").exists()


def test_expired_revoked_and_strange_links_each_have_a_clear_page(contract, client, coordinator):
    address = address_of(contract)
    with scope_of(contract.initiative_id):
        link = AccessLink.objects.get(target_id=contract.pk)
    links = AccessLink._base_manager.filter(pk=link.pk)
    links.update(expires_at=timezone.now())
    assert client.get(address).status_code == 410
    links.update(expires_at=None)
    with scope_of(contract.initiative_id):
        services.withdraw_paper(paper=contract, user=coordinator)
    assert client.get(address).status_code == 410
    assert client.get(re.sub("[^/]{32}", "y" * 32, address)).status_code == 404


def test_a_match_agreement_is_not_shown_when_the_match_is_over(match, client, coordinator):
    with scope_of(match.initiative_id):
        mine, __ = services.make_match_papers(match=match, share_contact=True, user=coordinator)
        address = address_of(mine)
    assert "51525354" in text_of(client.get(address))
    with scope_of(match.initiative_id):
        matching.end_match(
            match=match, on=timezone.localdate(), by="both", reasons=["time"], user=coordinator
        )
    answer = client.get(address)
    assert "51525354" not in text_of(answer) and "Birk" not in text_of(answer)
    assert answer.context["form"] is None


def test_a_link_opens_its_own_paper_in_its_own_scope_and_is_logged(contract, match, client, coordinator):
    with scope_of(match.initiative_id):
        mine, other = services.make_match_papers(match=match, user=coordinator)
    said = text_of(Client().get(address_of(mine)))
    assert "Lukket" not in said and "Hemmelig" not in said and "Alma" not in said
    assert AccessLogEntry.objects.filter(
        model="peer_support.paper", object_id=mine.pk, route="peer_support:paper_link", user=None
    ).exists()
    assert not AccessLogEntry.objects.filter(object_id=other.pk, route="peer_support:paper_link").exists()


def test_too_many_tries_from_one_place_are_told_to_wait(contract, client, settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "PUBLIC_LIMITS": {"post": [(2, 600)]}}
    address = address_of(contract)
    answers = [press(client, address, name="") for __ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


def test_the_link_is_sent_by_mail_once_and_only_when_the_button_is_pressed(
    contract, volunteer, coordinator_client, mailoutbox, django_capture_on_commit_callbacks
):
    page = f"/admin/papers/paper/{contract.pk}/mail/"
    with django_capture_on_commit_callbacks(execute=True):
        coordinator_client.post(page)
    assert not mailoutbox, "there is no address"
    with scope_of(volunteer.initiative_id):
        volunteer.email = "alma@example.org"
        volunteer.save()
    for __ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            coordinator_client.post(page)
    (letter,) = mailoutbox
    assert letter.to == ["alma@example.org"] and "/peer/underskriv/" in letter.body
    assert (
        "Alma" not in letter.subject + letter.body
        and "kontrakt" not in (letter.subject + letter.body).lower()
    )
