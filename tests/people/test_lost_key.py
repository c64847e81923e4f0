"""A key that is lost takes nothing with it."""

import pytest
from cryptography.fernet import Fernet

from peer_support.people.models import Citizen
from peer_support.privacy.blind_index import search
from peer_support.privacy.fields import PLACEHOLDER
from peer_support.testing.factories import CitizenFactory

pytestmark = pytest.mark.django_db


def test_saving_without_the_key_keeps_the_name_findable(settings, initiative, in_scope):
    index_key = "an index key of its own, thirty-two letters"
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "INDEX_KEY": index_key}
    citizen = CitizenFactory(initiative=initiative, first_name="Marenmaj", phone="00001234")
    before = (citizen.name_index, citizen.contact_index)
    settings.PEER_SUPPORT = {"KEYS": [Fernet.generate_key().decode()], "INDEX_KEY": index_key}
    locked_up = Citizen.objects.get(pk=citizen.pk)
    locked_up.travel_km = 7
    locked_up.save()
    locked_up.refresh_from_db()
    assert (locked_up.name_index, locked_up.contact_index) == before
    assert search(Citizen.objects.all(), "Maren").get() == citizen


def autosave(client, citizen, **data):
    answer = client.post(f"/admin/people/citizen/{citizen.pk}/conversation/autosave/", data)
    assert answer.status_code == 200
    return answer.json()


def test_the_words_for_a_lost_text_cannot_be_typed_as_notes(coordinator_client, initiative):
    """Found by hostile posts: they are refused on their field, with a sentence."""
    citizen = CitizenFactory(initiative=initiative, status="enquiry")
    said = autosave(coordinator_client, citizen, talk_notes=PLACEHOLDER, talk_kind="initial")
    assert "talk_notes" in said["errors"] and "ikke kan læses" in said["errors"]["talk_notes"][0]
