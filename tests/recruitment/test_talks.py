"""Requests for talks in the admin, and how they are answered."""

import datetime

import pytest

from peer_support.recruitment.models_enquiry import TalkRequest
from peer_support.testing import factories as make
from peer_support.testing.factories_recruitment import TalkRequestFactory

pytestmark = pytest.mark.django_db
BASE = "/admin/people/talks"


@pytest.fixture
def talk(initiative, in_scope):
    return TalkRequestFactory(initiative=initiative, about="<b>Håb</b>")


def step(client, talk, to, **values):
    return client.post(f"/admin/enquiries/talk/{talk.pk}/{to}/", {"notes": "", **values})


def test_a_request_goes_from_new_to_held(talk, coordinator_client):
    html = coordinator_client.get(f"{BASE}/inspect/{talk.pk}/").content.decode()
    assert "&lt;b&gt;Håb" in html and f"/admin/enquiries/talk/{talk.pk}/answered/" in html
    assert step(coordinator_client, talk, "answered", notes="Ringet op").status_code == 302
    assert step(coordinator_client, talk, "agreed").status_code == 200
    assert step(coordinator_client, talk, "agreed", agreed_for="2027-03-02").status_code == 302
    assert step(coordinator_client, talk, "held").status_code == 302
    talk.refresh_from_db()
    assert (talk.state, talk.agreed_for) == ("held", datetime.date(2027, 3, 2))


def test_a_step_that_does_not_fit_is_refused_with_a_sentence(talk, coordinator_client):
    assert step(coordinator_client, talk, "held").status_code == 302
    assert step(coordinator_client, talk, "nonsense").status_code == 404
    talk.refresh_from_db()
    assert talk.state == "new"


def test_a_cpr_number_in_the_notes_is_refused(talk, coordinator_client):
    answer = step(coordinator_client, talk, "answered", notes="010190-1234")
    assert answer.status_code == 200 and "CPR" in answer.content.decode()
    talk.refresh_from_db()
    assert talk.state == "new" and talk.notes == ""


def test_a_coordinator_writes_one_down_and_changes_it(initiative, in_scope, coordinator_client):
    values = {
        "initiative": initiative.pk,
        "organisation": "Jobhuset",
        "contact_name": "Gorm",
        "phone": "12345678",
    }
    assert coordinator_client.post(f"{BASE}/create/", {**values, "phone": ""}).status_code == 200
    assert coordinator_client.post(f"{BASE}/create/", values).status_code == 302
    talk = TalkRequest.objects.get()
    answer = coordinator_client.post(f"{BASE}/edit/{talk.pk}/", {**values, "town": "Vejle"})
    assert answer.status_code == 302
    talk.refresh_from_db()
    assert talk.town == "Vejle" and talk.number == 1


def test_others_do_not_find_it(talk, client_for, other_initiative):
    stranger = client_for(make.CoordinatorFactory(initiative=other_initiative))
    assert stranger.get(f"{BASE}/inspect/{talk.pk}/").status_code == 404
    assert step(stranger, talk, "answered").status_code == 404
    assert "Skovlunden" not in stranger.get(f"{BASE}/").content.decode()
