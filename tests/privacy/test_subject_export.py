"""What a person may take along: everything that is kept about them, and nothing about anybody else."""

import json

import pytest
from django.urls import reverse

from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen
from peer_support.privacy.models import AccessLogEntry
from peer_support.privacy.registry import tables
from peer_support.privacy.subject_export import export_of
from peer_support.testing.factories import (
    CitizenFactory,
    ConversationFactory,
    CoordinatorFactory,
    DeputyFactory,
    InterestFactory,
    MatchFactory,
    VolunteerFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(initiative):
    citizen = CitizenFactory(
        initiative=initiative,
        first_name="Marehalm",
        notes="en note",
        referred_by="Lægen Havtorn",
        status="waiting",
    )
    with scope_of(initiative.pk):
        citizen.interests.add(InterestFactory(name="Strikning"))
    ConversationFactory(citizen=citizen, notes="det blev sagt")
    other = VolunteerFactory(initiative=initiative, first_name="Revling", phone="20304050")
    MatchFactory(initiative=initiative, citizen=citizen, volunteer=other, state="proposed")
    return citizen


def exported(person):
    with scope_of(person.initiative_id):
        return export_of(Citizen.objects.get(pk=person.pk))


def test_everything_shown_in_the_registry_is_there(person):
    found = {table["model"]: table for table in exported(person)["tables"]}
    assert {"peer_support.citizen", "peer_support.conversation", "peer_support.match"} <= set(found)
    for table in tables():
        if table.model._meta.label_lower in found:
            rows = found[table.model._meta.label_lower]["rows"]
            assert all(set(row) == set(table.shown_to(person)) for row in rows)
    own = found["peer_support.citizen"]["rows"][0]
    assert (own["first_name"], own["notes"], own["interests"]) == ("Marehalm", "en note", ["Strikning"])
    assert own["status"]["code"] == "waiting"
    assert found["peer_support.conversation"]["rows"][0]["notes"] == "det blev sagt"


def test_nothing_about_anybody_else_is_there(person):
    text = json.dumps(exported(person), ensure_ascii=False)
    assert "Revling" not in text and "20304050" not in text and "Havtorn" not in text


def test_the_coordinator_fetches_the_file_and_it_is_logged(person, coordinator, client_for):
    answer = client_for(coordinator).get(reverse("peer_support_people:citizen_own_export", args=[person.pk]))
    assert answer.status_code == 200 and json.loads(answer.content)["schema"] == 1
    assert "no-store" in answer["Cache-Control"] and "Marehalm" not in answer["Content-Disposition"]
    assert AccessLogEntry.objects.filter(object_id=person.pk, action="export").count() == 1


def test_others_do_not(person, initiative, other_initiative, client_for):
    address = reverse("peer_support_people:citizen_own_export", args=[person.pk])
    assert client_for(CoordinatorFactory(initiative=other_initiative)).get(address).status_code == 404
    assert client_for(DeputyFactory(initiative=initiative)).get(address).status_code in (302, 403)


def test_what_the_other_of_a_pair_has_said_is_not_there(person):
    with scope_of(person.initiative_id):
        match = person.matches.get()
        type(match).objects.filter(pk=match.pk).update(
            volunteer_answer="no", citizen_answer="yes", ending_note="om Revlings travle uger"
        )
    found = {table["model"]: table["rows"] for table in exported(person)["tables"]}
    row = found["peer_support.match"][0]
    assert row["citizen_answer"]["code"] == "yes"
    assert not {"volunteer_answer", "volunteer_after", "volunteer_coming", "ending_note"} & set(row)
    assert all("facts" not in step for step in found.get("peer_support.matchevent", []))
