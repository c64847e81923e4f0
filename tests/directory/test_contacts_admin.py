"""The restricted contact: shown to those who may, and every look is logged."""

import pytest

from peer_support.directory.models import InitiativeContact
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CoordinatorFactory, InitiativeContactFactory, InitiativeFactory

pytestmark = pytest.mark.django_db

BASE = "/admin/peer_support/initiativecontact/"
CANARY = "Kanariefugl Hemmeligsen 98 76 54 32"


@pytest.fixture
def contact(initiative):
    return InitiativeContactFactory(initiative=initiative, text=CANARY)


def test_the_list_says_which_initiatives_have_a_contact_and_not_what_it_says(editor_client, contact):
    page = editor_client.get(BASE).content.decode()
    assert "Fjordens peers" in page and "Kanariefugl" not in page


def test_reading_a_contact_is_logged(editor_client, editor, contact):
    page = editor_client.get(f"{BASE}inspect/{contact.pk}/").content.decode()
    assert "Kanariefugl" in page
    entry = AccessLogEntry.objects.get(action="read")
    assert (entry.user, entry.model, entry.object_id) == (
        editor,
        "peer_support.initiativecontact",
        contact.pk,
    )


def test_a_contact_can_be_emptied_but_not_deleted(editor_client, contact):
    assert editor_client.post(f"{BASE}delete/{contact.pk}/").status_code == 302
    response = editor_client.post(f"{BASE}edit/{contact.pk}/", {"text": "", "source": ""})
    assert response.status_code == 302
    assert InitiativeContact.objects.get().text == ""


def test_a_contact_stays_with_its_initiative(editor_client, contact):
    other = InitiativeFactory()
    data = {"initiative": other.pk, "text": "Ny tekst", "source": ""}
    assert editor_client.post(f"{BASE}edit/{contact.pk}/", data).status_code == 302
    stored = InitiativeContact.objects.get()
    assert (stored.initiative_id, stored.text) == (contact.initiative_id, "Ny tekst")


def test_an_editor_without_an_assignment_can_add_a_contact(editor_client, other_initiative):
    data = {"initiative": other_initiative.pk, "text": "Spørg i cafeen", "source": "telefon"}
    assert editor_client.post(f"{BASE}create/", data).status_code == 302
    assert InitiativeContact.objects.get().initiative == other_initiative


def test_a_coordinator_sees_no_contact(client_for, contact):
    client = client_for(CoordinatorFactory(initiative=contact.initiative))
    for address in (
        BASE,
        f"{BASE}inspect/{contact.pk}/",
        f"{BASE}edit/{contact.pk}/",
        f"{BASE}history/{contact.pk}/",
    ):
        response = client.get(address)
        assert response.status_code == 302, address
        assert "Kanariefugl" not in response.content.decode()
    assert "initiativecontact" not in client.get("/admin/").content.decode()


def test_the_database_holds_no_readable_contact(contact):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM peer_support_initiativecontact")
        assert "Kanariefugl" not in cursor.fetchone()[0]
