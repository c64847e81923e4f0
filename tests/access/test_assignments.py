"""Who coordinates what: a leader decides for the initiatives they lead, a superuser for all."""

import pytest

from peer_support.access.models import Assignment
from peer_support.testing.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    EditorFactory,
    LeaderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
BASE = "/admin/peer_support/assignment/"


@pytest.fixture
def leader(initiative):
    return LeaderFactory(initiative=initiative, first_name="Idun", last_name="Granlund")


@pytest.fixture
def leader_client(client_for, leader):
    return client_for(leader)


@pytest.fixture
def foreign(other_initiative):
    user = CoordinatorFactory(first_name="Fremmed", last_name="Kollega")
    return AssignmentFactory(initiative=other_initiative, user=user)


def give(client, user, initiative, role="coordinator", **more):
    return client.post(f"{BASE}create/", {"user": user.pk, "initiative": initiative.pk, "role": role, **more})


def test_a_leader_gives_a_colleague_a_task(leader_client, initiative):
    colleague = CoordinatorFactory()
    assert give(leader_client, colleague, initiative, "deputy").status_code == 302
    assert Assignment.objects.get(user=colleague).role == "deputy"


@pytest.mark.parametrize("role", ["leader", "owner", ""])
def test_a_leader_makes_no_leaders(leader_client, initiative, role):
    colleague = CoordinatorFactory()
    assert give(leader_client, colleague, initiative, role).status_code == 200
    assert not Assignment.objects.filter(user=colleague).exists()


def test_a_leader_decides_for_their_own_initiative_only(leader_client, leader, other_initiative, foreign):
    assert give(leader_client, CoordinatorFactory(), other_initiative).status_code == 200
    assert Assignment.objects.count() == 2
    page = leader_client.get(BASE).content.decode()
    assert "Fremmed" not in page
    assert other_initiative.title not in leader_client.get(f"{BASE}create/").content.decode()
    for view in ("edit", "delete", "history"):
        assert leader_client.get(f"{BASE}{view}/{foreign.pk}/").status_code == 404
    assert leader_client.post(f"{BASE}delete/{foreign.pk}/").status_code == 404
    assert Assignment.objects.filter(pk=foreign.pk).exists()


def test_a_task_cannot_be_moved_to_another_initiative(leader_client, initiative, other_initiative):
    own = AssignmentFactory(initiative=initiative, user=CoordinatorFactory())
    data = {"user": own.user_id, "initiative": other_initiative.pk, "role": "coordinator"}
    assert leader_client.post(f"{BASE}edit/{own.pk}/", data).status_code == 200
    own.refresh_from_db()
    assert own.initiative == initiative


def test_being_a_coordinator_of_an_initiative_is_not_leading_it(client_for, initiative, other_initiative):
    user = LeaderFactory(initiative=initiative)
    AssignmentFactory(user=user, initiative=other_initiative, role="coordinator")
    assert give(client_for(user), CoordinatorFactory(), other_initiative).status_code == 200


def test_a_leader_whose_time_is_over_decides_nothing(leader, leader_client, initiative):
    leader.peer_assignments.update(valid_until="2020-01-01")
    assert give(leader_client, CoordinatorFactory(), initiative).status_code == 200


def test_only_people_who_may_enter_the_admin_are_offered(leader_client):
    CoordinatorFactory(first_name="Hjalte", last_name="Dybkær", username="hjalte")
    UserFactory(first_name="Uden", last_name="Adgang")
    CoordinatorFactory(first_name="Stoppet", is_active=False)
    page = leader_client.get(f"{BASE}create/").content.decode()
    assert "Uden Adgang" not in page
    assert "Stoppet" not in page
    assert page.count("Hjalte Dybkær") == 1


def test_somebody_without_admin_access_cannot_be_given_a_task(leader_client, initiative):
    outsider = UserFactory()
    assert give(leader_client, outsider, initiative).status_code == 200
    assert not outsider.peer_assignments.exists()


def test_nobody_gets_the_same_initiative_twice(leader_client, initiative):
    colleague = CoordinatorFactory(initiative=initiative)
    assert give(leader_client, colleague, initiative).status_code == 200
    assert colleague.peer_assignments.count() == 1


def test_a_period_that_ends_before_it_begins_is_not_understood(leader_client, initiative):
    response = give(
        leader_client, CoordinatorFactory(), initiative, valid_from="2026-08-03", valid_until="2026-08-01"
    )
    assert response.status_code == 200
    assert Assignment.objects.count() == 1


def test_a_superuser_decides_for_all_and_makes_leaders(client_for, initiative, foreign):
    client = client_for(UserFactory(is_superuser=True))
    assert give(client, LeaderFactory(), initiative, "leader").status_code == 302
    assert "Fremmed Kollega" in client.get(BASE).content.decode()


@pytest.mark.parametrize("factory", [CoordinatorFactory, EditorFactory])
def test_others_decide_nothing(client_for, factory, initiative):
    response = client_for(factory()).get(BASE)
    assert response["Location"] == "/admin/"


def test_a_task_that_is_taken_away_closes_the_door_at_once(leader_client, client_for, initiative):
    from peer_support.testing.factories import CitizenFactory

    CitizenFactory(initiative=initiative, first_name="Marehalm")
    colleague = CoordinatorFactory(initiative=initiative)
    client = client_for(colleague)
    assert "Marehalm" in client.get("/admin/people/citizen/").content.decode()
    leader_client.post(f"{BASE}delete/{colleague.peer_assignments.get().pk}/")
    assert "Marehalm" not in client.get("/admin/people/citizen/").content.decode()
