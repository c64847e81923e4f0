"""Consent: versions that stay, rows that are added and taken back, and what stops when they are."""

import pytest
from django.db import transaction
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.people import services as people
from peer_support.people.models import Citizen
from peer_support.privacy.models import AccessLogEntry, AppendOnlyError
from peer_support.recruitment import services_consent as services
from peer_support.recruitment.builtin_consent import TEXTS, load_consent_texts
from peer_support.recruitment.models_consent import Consent, ConsentText, Purpose, hash_of
from peer_support.testing import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(initiative, in_scope):
    return make.CitizenFactory(initiative=initiative, phone="20304050", status="waiting")


@pytest.fixture
def consent(citizen):
    return services.record_consent(subject=citizen, purpose="support", how="form")


def test_there_is_a_text_for_every_purpose_and_loading_again_changes_nothing():
    assert set(TEXTS) == set(Purpose.values)
    for purpose in Purpose.values:
        assert ConsentText.objects.current(purpose).version == 1
    ConsentText.objects.filter(purpose="talk").delete()
    load_consent_texts()
    assert ConsentText.objects.current("talk") is None


def test_a_text_that_was_used_stays_and_a_new_version_is_made(consent):
    text = consent.text
    text.refresh_from_db()
    text.text = "Andre ord."
    with pytest.raises(AppendOnlyError), transaction.atomic():
        text.save()
    new = ConsentText.objects.create(purpose="support", text="Andre ord.")
    assert (new.version, ConsentText.objects.current("support")) == (2, new)
    consent.refresh_from_db()
    assert consent.text_hash == hash_of(TEXTS["support"]) == consent.text.text_hash


def test_an_unused_text_can_be_changed_and_its_hash_follows():
    text = ConsentText.objects.current("support")
    text.text = "Andre ord."
    text.save()
    assert text.text_hash == hash_of("Andre ord.") and text.version == 1


def test_a_later_text_holds_from_its_day():
    later = ConsentText.objects.create(
        purpose="support", text="Senere.", valid_from=timezone.localdate() + timezone.timedelta(days=3)
    )
    assert ConsentText.objects.current("support").version == 1
    assert ConsentText.objects.current("support", later.valid_from) == later


def test_consents_are_added_and_taken_back_and_nothing_else(consent):
    for change in (
        lambda: consent.save(),
        lambda: consent.delete(),
        lambda: Consent.objects.update(how="phone"),
        lambda: Consent.objects.all().delete(),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_taking_it_back_stops_everything_and_twice_is_once(citizen, consent, coordinator):
    for __ in range(2):
        services.withdraw_consent(consent=consent, how="phone", user=coordinator)
    consent.refresh_from_db()
    citizen.refresh_from_db()
    assert consent.withdrawn_by == coordinator and citizen.is_paused()
    with pytest.raises(NotAllowed) as refused:
        people.resume_person(person=citizen, user=coordinator)
    assert refused.value.decision.code == "taken_back"
    # A new yes opens the way again.
    services.note_own_yes(person=citizen, how="meeting", user=coordinator)
    assert not people.resume_person(person=citizen, user=coordinator).is_paused()


def test_who_has_taken_it_back_is_not_put_on_the_list(initiative, in_scope, coordinator):
    citizen = make.CitizenFactory(initiative=initiative, phone="20304050", status="conversation")
    consent = services.record_consent(subject=citizen, purpose="support", how="form")
    services.withdraw_consent(consent=consent, how="phone", user=coordinator)
    with pytest.raises(NotAllowed):
        people.put_on_waiting_list(citizen=citizen, user=coordinator)


def test_people_without_any_record_of_consent_go_on_as_before(initiative, in_scope, coordinator):
    citizen = make.CitizenFactory(initiative=initiative, phone="20304050", status="conversation")
    assert people.put_on_waiting_list(citizen=citizen, user=coordinator).status == "waiting"


def test_the_proof_outlives_the_person_without_a_name(citizen, consent):
    citizen.delete()
    consent.refresh_from_db()
    assert consent.about is None and consent.subject.startswith(("Citizen", "Borger"))


def test_a_coordinator_reads_the_words_and_takes_the_yes_back(citizen, consent, coordinator_client):
    address = f"/admin/enquiries/consent/{consent.pk}/"
    assert address in coordinator_client.get(f"/admin/people/citizen/inspect/{citizen.pk}/").content.decode()
    answer = coordinator_client.get(address)
    assert "Fortryder du?" in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert coordinator_client.post(address, {"how": "form"}).status_code == 200
    assert coordinator_client.post(address, {"how": "phone"}).status_code == 302
    page = coordinator_client.get(f"/admin/people/citizen/inspect/{citizen.pk}/").content.decode()
    assert "har taget sit ja tilbage" in page
    assert AccessLogEntry.objects.filter(model="peer_support.consent", action="read").count() >= 3


def test_others_do_not_find_it(consent, client_for, other_initiative):
    stranger = client_for(make.CoordinatorFactory(initiative=other_initiative))
    assert stranger.get(f"/admin/enquiries/consent/{consent.pk}/").status_code == 404
    assert stranger.post(f"/admin/enquiries/consent/{consent.pk}/", {"how": "phone"}).status_code == 404
    consent.refresh_from_db()
    assert consent.withdrawn_at is None


def test_an_editor_cannot_change_or_delete_words_that_were_used_and_can_copy_them(consent, client_for):
    editor = client_for(make.EditorFactory())
    used, base = consent.text, "/admin/snippets/peer_support/consenttext"
    values = {"purpose": "support", "valid_from": used.valid_from, "text": "Andre ord."}
    answer = editor.post(f"{base}/edit/{used.pk}/", values)
    assert answer.status_code == 200 and "sagt ja til de ord" in answer.content.decode()
    assert editor.post(f"{base}/delete/{used.pk}/").status_code == 302
    used.refresh_from_db()
    assert used.text == TEXTS["support"]
    assert "Fortryder du?" in editor.get(f"{base}/copy/{used.pk}/").content.decode()
    assert editor.post(f"{base}/add/", values).status_code == 302
    assert ConsentText.objects.filter(purpose="support", version=2, text="Andre ord.").exists()


def test_a_citizen_is_in_scope_only():
    from django_scopes.exceptions import ScopeError

    with pytest.raises(ScopeError):
        Consent.objects.count()
    with scope_of():
        assert not Consent.objects.exists() and not Citizen.objects.exists()
