"""Erasing a person: not a word is left anywhere, and last year's numbers still add up."""

import datetime

import pytest
from django.db.models import Count
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.courses.models import Attendance, Enrolment
from peer_support.matching.models import Match
from peer_support.matching.models_match import MatchEvent
from peer_support.people.erasing import erase_person, may_erase
from peer_support.people.models import Citizen, Conversation, Volunteer
from peer_support.privacy import erasure
from peer_support.privacy.blind_index import search
from peer_support.privacy.models import AccessLogEntry, ErasureRecord
from peer_support.recruitment.models_consent import Consent
from peer_support.recruitment.models_enquiry import EnquirySource, TalkRequest
from peer_support.testing.factories import CitizenFactory, CoordinatorFactory, MatchFactory, VolunteerFactory
from tests.privacy.canaries import places_of
from tests.security.world import KEY_A, KEY_B, build_side, build_story, canaries

pytestmark = pytest.mark.django_db

# Not about a person whom the centre supports: places and plans, what is kept by other rules, and by permission.
OTHER_RULES = {
    "place_name",
    "course_notes",
    "workshop_notes",
    "session_note",
    "given_by",
    "guidance_note",
    "upload",
    "choices",
    "contact",
    "suggestion",
    "suggested",
    "suggested_by",
    "ambassador",
    # The centre's own plans and lists: who of the staff, which work, which skills there are.
    "plan_who",
    "plan_result",
    "step_responsible",
    "step_note",
    "step_next",
    "skill",
    "paper_work",
    # About a colleague; goes with the access log.
    "review_note",
    # The seed of a draw: a number made by chance.
    "study_seed",
}


@pytest.fixture
def sides(db):
    found = {key: build_side(key) for key in (KEY_A, KEY_B)}
    for key in found:
        build_story(key)
    with all_initiatives("a test"):
        Match.objects.update(state="ended", ended_on=timezone.localdate(), active_from=timezone.localdate())
        Enrolment.objects.update(state="completed", completed_on=timezone.localdate())
        for model in (Citizen, Volunteer):
            model.objects.update(status="ended", ended_on=timezone.localdate())
    return found


def words(key):
    return {name: word for name, word in canaries(key).items() if name not in OTHER_RULES}


def everybody(key):
    with scope_of(key):
        return [*Citizen.objects.all(), *Volunteer.objects.all(), *TalkRequest.objects.all()]


def erase_all(key):
    for person in everybody(key):
        with scope_of(key):
            erasure.erase(subject=person, route="a_test")


def test_the_scan_finds_what_is_there(sides):
    """The control: before the erasure, every secret word is found, the encrypted ones too."""
    found = places_of(words(KEY_A).values())
    assert set(found) == set(words(KEY_A).values())


def test_the_scan_reads_what_a_session_holds(client_for, coordinator):
    """The control: a session is encoded in its row, so that a look at the table alone is blind to it."""
    session = client_for(coordinator).session
    session["half a form"] = {"name": "Zqvsessionsord"}
    session.save()
    assert places_of(["Zqvsessionsord"]) == {"Zqvsessionsord": {"session"}}
    session.flush()
    assert places_of(["Zqvsessionsord"]) == {}


def test_not_a_word_is_left_anywhere(sides):
    erase_all(KEY_A)
    assert places_of(words(KEY_A).values()) == {}


def test_nobody_else_loses_a_word(sides):
    erase_all(KEY_A)
    assert set(places_of(words(KEY_B).values())) == set(words(KEY_B).values())


def numbers():
    with all_initiatives("a test"):
        return {
            "matches": list(Match.objects.values("initiative", "state", "ended_on").annotate(n=Count("pk"))),
            "steps": list(MatchEvent.objects.values("action", "to_state").annotate(n=Count("pk"))),
            "talks": list(Conversation.objects.values("kind", "held_on").annotate(n=Count("pk"))),
            "enrolments": list(Enrolment.objects.values("course", "state").annotate(n=Count("pk"))),
            "attendance": list(Attendance.objects.values("session", "mark").annotate(n=Count("pk"))),
            "consents": list(Consent.objects.values("purpose").annotate(n=Count("pk"))),
            "citizens": Citizen._base_manager.count(),
            "volunteers": Volunteer._base_manager.count(),
        }


def test_the_numbers_of_the_year_are_the_same(sides):
    before = numbers()
    erase_all(KEY_A)
    assert numbers() == before


def test_nobody_finds_them_any_more(sides):
    erase_all(KEY_A)
    with scope_of(KEY_A):
        assert not Citizen.objects.exists() and not Volunteer.objects.exists()
        assert not search(Citizen.objects.all(), canaries(KEY_A)["first_name"]).exists()
        assert Match.objects.get(pk=KEY_A).citizen.first_name == ""
    assert not Citizen._base_manager.filter(pk=KEY_A).exclude(name_index="").exists()


def test_erasing_needs_no_key(sides):
    with override_settings(
        PEER_SUPPORT={"KEYS": ["bG9zdGxvc3Rsb3N0bG9zdGxvc3Rsb3N0bG9zdGxvc3Q="], "INDEX_KEY": "x" * 40}
    ):
        erase_all(KEY_A)
    assert places_of(words(KEY_A).values()) == {}


def test_the_coordinator_erases_with_the_button_and_is_told_what_goes(client_for, initiative, coordinator):
    person = CitizenFactory(initiative=initiative, first_name="Marehalm", status="ended", phone="20304050")
    client = client_for(coordinator)
    address = reverse("people_citizen_modeladmin_delete", args=[person.pk])
    asked = client.get(address).content.decode()
    assert "Det kan ikke fortrydes" in asked or "Navn, kontakt" in asked
    assert client.post(address).status_code == 302
    assert places_of(["Marehalm", "20304050"]) == {}
    assert client.get(reverse("people_citizen_modeladmin_inspect", args=[person.pk])).status_code == 404
    assert "Marehalm" not in client.get(reverse("people_citizen_modeladmin_index")).content.decode()
    log = AccessLogEntry.objects.filter(object_id=person.pk, action="erase").get()
    assert log.user == coordinator


def test_a_match_holds_on(client_for, initiative, coordinator):
    citizen = CitizenFactory(initiative=initiative, status="waiting")
    MatchFactory(
        initiative=initiative,
        citizen=citizen,
        volunteer=VolunteerFactory(initiative=initiative),
        state="proposed",
    )
    with scope_of(initiative.pk):
        decision = may_erase(citizen)
    assert not decision and decision.code == "open_match"
    answer = client_for(coordinator).post(reverse("people_citizen_modeladmin_delete", args=[citizen.pk]))
    assert decision.reason in answer.content.decode()
    assert Citizen._base_manager.get(pk=citizen.pk).erased_on is None


def test_a_second_erasure_does_no_harm(initiative, in_scope):
    person = CitizenFactory(initiative=initiative, status="ended")
    for __ in range(2):
        erasure.erase(subject=Citizen._base_manager.get(pk=person.pk))
    assert ErasureRecord.objects.filter(object_id=person.pk).count() == 1


def test_what_the_list_knows_stays_and_what_it_does_not_know_goes(initiative, in_scope):
    EnquirySource.objects.get_or_create(name="Biblioteket")
    known = CitizenFactory(initiative=initiative, status="ended", heard_of_us="Biblioteket")
    own = CitizenFactory(initiative=initiative, status="ended", heard_of_us="min søster Karla")
    for person in (known, own):
        erase_person(person=person, user=None)
    rows = dict(Citizen._base_manager.filter(pk__in=[known.pk, own.pk]).values_list("pk", "heard_of_us"))
    assert rows == {known.pk: "Biblioteket", own.pk: ""}


def test_a_restored_backup_is_cleared_again(sides):
    """Backup, erase, restore, and the ledger erases again."""
    saved = {person.pk: person for person in everybody(KEY_A) if isinstance(person, Citizen)}
    with scope_of(KEY_A):
        for person in saved.values():
            erase_person(person=person, user=None)
        for person in saved.values():
            person.erased_on = None
            person.save()
    assert places_of([canaries(KEY_A)["first_name"]]) != {}
    assert erasure.reapply() == len(saved)
    assert erasure.reapply() == 0
    with all_initiatives("a test"):
        assert {p.first_name for p in Citizen._base_manager.filter(pk__in=saved)} == {""}


def test_a_new_person_is_given_a_number_of_their_own(initiative, in_scope):
    first = CitizenFactory(initiative=initiative, status="ended")
    erase_person(person=first, user=None)
    assert CitizenFactory(initiative=initiative).number == first.number + 1


def test_who_coordinates_elsewhere_cannot_erase(client_for, initiative, other_initiative):
    person = CitizenFactory(initiative=initiative, status="ended")
    stranger = CoordinatorFactory(initiative=other_initiative)
    address = reverse("people_citizen_modeladmin_delete", args=[person.pk])
    assert client_for(stranger).post(address).status_code == 404
    assert Citizen._base_manager.get(pk=person.pk).erased_on is None
    assert isinstance(person.enquired_on, datetime.date)
