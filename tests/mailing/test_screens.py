"""Mails in the admin: every kind as it looks, own words, and what to do with one that did not arrive."""

import pytest
from django.core import mail
from django.urls import reverse

from peer_support.mailing.models import MailJob, MailText
from peer_support.mailing.registry import mail_kinds
from peer_support.testing import factories as make
from peer_support.testing.factories_mailing import MailJobFactory

pytestmark = pytest.mark.django_db
KINDS = reverse("peer_support_mailing:kinds")


@pytest.fixture
def editor_client(client_for):
    return client_for(make.EditorFactory())


def test_every_kind_of_mail_is_shown_with_an_example(editor_client):
    html = editor_client.get(KINDS).content.decode()
    for kind in mail_kinds().values():
        assert str(kind.label) in html
    assert "12 34 56 78" in html and "{" not in html.split("<main")[1].split("mail-letter")[1]


def test_own_words_begin_with_the_built_in_ones_and_are_used(editor_client):
    add = reverse("wagtailsnippets_peer_support_mailtext:add")
    html = editor_client.get(f"{add}?code=enquiry_thanks").content.decode()
    assert "Tak for din besked" in html and "{days} {phone}" in html and "LIX" in html
    values = {
        "code": "enquiry_thanks",
        "subject": "Vi har læst din besked",
        "body": "Hej. Vi ringer.",
        "by_itself": "on",
    }
    assert editor_client.post(add, values).status_code == 302
    assert MailText.objects.get().initiative is None
    assert "Vi har læst din besked" in editor_client.get(KINDS).content.decode()


def test_a_telling_subject_is_refused_with_what_was_typed(editor_client):
    add = reverse("wagtailsnippets_peer_support_mailtext:add")
    values = {"code": "enquiry_thanks", "subject": "Din peer-støtte", "body": "Hej. Vi ringer."}
    html = editor_client.post(add, values).content.decode()
    assert "Andre kan se mailen" in html and "Din peer-støtte" in html and not MailText.objects.exists()


def test_the_preview_shows_the_draft(editor_client):
    text = MailText.objects.create(code="enquiry_thanks", subject="Tak", body="Hej")
    address = reverse("wagtailsnippets_peer_support_mailtext:preview_on_edit", args=[text.pk])
    values = {"code": text.code, "subject": "Nyt emne", "body": "Vi ringer inden {days} dage."}
    assert editor_client.post(address, values).json()["is_valid"]
    html = editor_client.get(address).content.decode()
    assert "Nyt emne" in html and "Vi ringer inden 5 dage." in html


def test_a_coordinator_reads_the_mails_and_changes_none(coordinator_client):
    html = coordinator_client.get(KINDS).content.decode()
    assert "Tak for en henvendelse" in html and "Skriv jeres egen tekst" not in html


def test_a_mail_that_did_not_arrive_can_be_sent_again_or_taken_off_the_list(
    coordinator_client, initiative, django_capture_on_commit_callbacks
):
    citizen = make.CitizenFactory(initiative=initiative, email="ny@example.com")
    job = MailJobFactory(target=citizen)
    page = reverse("people_mails_modeladmin_inspect", args=[job.pk])
    html = coordinator_client.get(page).content.decode()
    assert "Denne mail kom ikke frem" in html and str(citizen) in html and "ny@example.com" not in html
    assert coordinator_client.get(reverse("people_mails_modeladmin_index")).status_code == 200
    coordinator_client.post(reverse("peer_support_mailing:settle", args=[job.pk]))
    assert "Jeg har ringet i stedet" not in coordinator_client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        coordinator_client.post(reverse("peer_support_mailing:again", args=[job.pk]))
    assert [letter.to for letter in mail.outbox] == [["ny@example.com"]]
    assert MailJob._base_manager.get().state == "sent"


def test_others_mails_are_not_found(client_for, other_initiative, initiative):
    job = MailJobFactory(target=make.CitizenFactory(initiative=initiative))
    stranger = client_for(make.CoordinatorFactory(initiative=other_initiative))
    for name in ("again", "settle"):
        assert stranger.post(reverse(f"peer_support_mailing:{name}", args=[job.pk])).status_code == 404
    assert stranger.get(reverse("people_mails_modeladmin_inspect", args=[job.pk])).status_code == 404
