"""Links without an account: one purpose, one record, and nothing to learn from a wrong one."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from peer_support.access import links
from peer_support.access.links import LinkProblem, make_link, opened_link, revoke_links, use_up
from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import current_initiative_ids, scope_of
from peer_support.people.models import Citizen
from peer_support.testing.factories import CitizenFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def purposes(monkeypatch):
    monkeypatch.setattr(links, "_purposes", {})
    links.register_purpose("try", "peer_support.citizen", days=3)
    links.register_purpose("try-once", "peer_support.citizen", days=3, once=True)


@pytest.fixture
def citizen(initiative):
    return CitizenFactory(initiative=initiative)


def problem_of(purpose, token):
    with pytest.raises(LinkProblem) as caught, opened_link(purpose, token):
        raise AssertionError("it opened")
    return caught.value.kind


def test_a_link_opens_its_record_in_the_scope_of_its_initiative_and_no_other(citizen, other_initiative):
    stranger = CitizenFactory(initiative=other_initiative)
    with scope_of(citizen.initiative_id):
        token = make_link(purpose="try", target=citizen).token
    with opened_link("try", token) as opened:
        assert opened.target == citizen
        assert current_initiative_ids() == (citizen.initiative_id,)
        assert not Citizen.objects.filter(pk=stranger.pk).exists()


def test_the_database_holds_neither_the_token_nor_a_name(citizen):
    with scope_of(citizen.initiative_id):
        token = make_link(purpose="try", target=citizen).token
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM peer_support_accesslink")
        assert token not in str(cursor.fetchall())
    assert len(token) >= 32


def test_the_same_link_is_handed_out_again_until_a_fresh_one_is_asked_for(citizen):
    with scope_of(citizen.initiative_id):
        first = make_link(purpose="try", target=citizen)
        assert make_link(purpose="try", target=citizen).token == first.token
        second = make_link(purpose="try", target=citizen, fresh=True)
    assert second.token != first.token
    assert problem_of("try", first.token) == "revoked"


def test_each_way_a_link_fails_has_its_own_kind(citizen):
    with scope_of(citizen.initiative_id):
        link = make_link(purpose="try", target=citizen)
        once = make_link(purpose="try-once", target=citizen)
        use_up(once)
        with pytest.raises(LinkProblem):
            use_up(once)
    assert problem_of("try-once", once.token) == "used"
    assert problem_of("try-once", link.token) == "unknown", "a link of another purpose"
    assert problem_of("try", link.token[:-1]) == "unknown"
    assert problem_of("try", "x" * 5000) == "unknown"
    assert problem_of("nothing", link.token) == "unknown"
    with scope_of(citizen.initiative_id):
        AccessLink.objects.filter(pk=link.pk).update(
            expires_at=timezone.now() - datetime.timedelta(seconds=1)
        )
    assert problem_of("try", link.token) == "expired"


def test_links_are_taken_back_with_one_call(citizen):
    with scope_of(citizen.initiative_id):
        link = make_link(purpose="try", target=citizen)
        assert revoke_links(target=citizen) == 1
    assert problem_of("try", link.token) == "revoked"


def test_a_link_is_made_on_its_own_kind_of_record(citizen):
    with scope_of(citizen.initiative_id), pytest.raises(ValueError, match="made on"):
        make_link(purpose="try", target=make_link(purpose="try", target=citizen))
