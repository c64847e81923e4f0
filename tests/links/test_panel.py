"""The panel "Links": make, copy, send by mail, see when it was opened, take back."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from peer_support.access.models_link import AccessLink
from peer_support.mailing.models import MailJob
from peer_support.mailing.words import telling_words
from peer_support.matching.models import MatchCall
from peer_support.testing import factories_followup as make_followup
from peer_support.testing.factories import CoordinatorFactory

from .conftest import address_of, pair, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(db):
    return pair()


@pytest.fixture
def board(match, client_for):
    return client_for(CoordinatorFactory(initiative=match.initiative))


def match_page(board, match):
    return board.get(reverse("peer_support_matching:match", args=[match.pk])).content.decode()


def press(board, match, do, purpose="proposal_citizen", **more):
    data = {"purpose": purpose, "do": do, **more}
    return board.post(reverse("peer_support_matching:match_link", args=[match.pk]), data, follow=True)


def address_on(page):
    found = re.search(r'value="http://testserver(/peer/[^"]+)"', page)
    return found[1] if found else None


def test_make_copy_open_and_take_back(board, match):
    assert address_on(match_page(board, match)) is None
    page = press(board, match, "make").content.decode()
    address = address_on(page)
    assert "ikke åbnet endnu" in page and Client().get(address).status_code == 200
    page = match_page(board, match)
    assert "sidst åbnet" in page and address_on(page) == address, "the same link is shown again"
    press(board, match, "take_back")
    assert Client().get(address).status_code == 410
    new = address_on(press(board, match, "make").content.decode())
    assert new and new != address
    newer = address_on(press(board, match, "fresh").content.decode())
    assert Client().get(new).status_code == 410 and Client().get(newer).status_code == 200


def test_sent_by_mail_once_with_nothing_in_it_that_tells(board, match, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        press(board, match, "send")
        press(board, match, "send")
    (letter,) = mail.outbox
    assert letter.to == ["zqborger@example.com"]
    address = re.search(r"/peer/svar/b/[-\w]+/", letter.body)[0]
    assert Client().get(address).status_code == 200
    for secret in ("Zqborger", "Zqfrivillig", "Gå-sammen"):
        assert secret not in letter.body + letter.subject
    assert not telling_words(letter.subject, letter.body.replace(address, "").replace("/peer/", ""))
    assert "Mail" in match_page(board, match)


def test_a_link_that_is_taken_back_before_the_mail_leaves_is_not_sent(
    board, match, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        press(board, match, "send")
    press(board, match, "take_back")
    for call in callbacks:
        call()
    assert not mail.outbox and MailJob._base_manager.get().state == "dropped"


def test_only_links_that_make_sense_now_are_offered(board, match, client_for):
    page = match_page(board, match)
    assert "proposal_volunteer" in page and "day_after_citizen" not in page and "meetings_citizen" not in page
    assert "giver ikke mening" in press(board, match, "make", purpose="day_after_citizen").content.decode()
    assert press(board, match, "make", purpose="own_data_citizen").status_code == 404
    assert press(board, match, "print").status_code == 404
    other = running()
    page = match_page(client_for(CoordinatorFactory(initiative=other.initiative)), other)
    assert "meetings_volunteer" in page and "proposal_volunteer" not in page


def test_somebody_else_makes_no_links(match, client_for, other_initiative):
    stranger = client_for(CoordinatorFactory(initiative=other_initiative))
    for name, pk in (("matching:match", match.pk), ("people:citizen", match.citizen_id)):
        answer = stranger.post(
            reverse(f"peer_support_{name}_link", args=[pk]), {"do": "make", "purpose": "proposal_citizen"}
        )
        assert answer.status_code == 404
    assert not AccessLink._base_manager.exists()


def test_own_data_is_made_fresh_and_only_when_the_notes_have_been_read(board, match):
    address = reverse("peer_support_people:citizen_link", args=[match.citizen_id])
    data = {"do": "make", "purpose": "own_data_citizen"}
    assert "Læs noterne først" in board.post(address, data, follow=True).content.decode()
    assert not AccessLink._base_manager.exists()
    page = board.post(address, {**data, "confirm": "yes"}, follow=True).content.decode()
    assert Client().get(address_on(page)).status_code == 200
    first = AccessLink._base_manager.get()
    board.post(address, {**data, "do": "fresh", "confirm": "yes"})
    first.refresh_from_db()
    assert first.revoked_at is not None and AccessLink._base_manager.count() == 2


def test_a_call_that_was_asked_for_is_on_the_page_until_it_is_made(board, match):
    Client().post(address_of("proposal", "volunteer", match), {"answer": "talk"})
    page = match_page(board, match)
    assert "vil gerne ringes op" in page and "61828384" in page.replace(" ", "")
    call = MatchCall._base_manager.get()
    address = reverse("peer_support_matching:match_link", args=[match.pk])
    assert board.post(address, {"rung": call.pk}).status_code == 302
    call.refresh_from_db()
    assert call.done_at and call.done_by.username
    foreign = make_followup.MatchCallFactory()
    assert board.post(address, {"rung": foreign.pk}).status_code == 404
