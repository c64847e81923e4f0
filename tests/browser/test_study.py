"""A study in a real browser: sealed, drawn with one button, and told kindly; no broken rule, nothing sideways."""

import re

import pytest
from django.urls import reverse

from peer_support.access.scopes import scope_of
from peer_support.outcomes.study import links, services_participants
from peer_support.outcomes.study.models import Allocation
from peer_support.testing.factories import (
    CitizenFactory,
    CoordinatorFactory,
    InitiativeFactory,
    LeaderFactory,
)
from peer_support.testing.factories_study import StudyFactory, recruiting_study

from .conftest import SIZES
from .looking import faults_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.one_database,
]


def at(name, *args):
    return reverse(f"peer_support_study:{name}", args=args)


def test_a_study_is_looked_at_and_drawn_in(sign_in):
    initiative = InitiativeFactory(title="Fjordens peers")
    user = CoordinatorFactory(initiative=initiative)
    study = recruiting_study(
        initiative=initiative, user=user, towns=("Helsingør", "Hillerød"), population="or_waiting"
    )
    with scope_of(initiative.pk):
        people = [CitizenFactory(initiative=initiative, status="waiting") for __ in range(3)]
        site = study.sites.first()
        one = services_participants.ask(study=study, site=site, citizen=people[0], user=user)
        one = services_participants.consent(participant=one, how="paper", user=user)
        one = services_participants.tick_baseline(participant=one, user=user)
        other = services_participants.ask(study=study, site=site, citizen=people[1], user=user)
        own = links.address_of(links.study_link(other))
    draft = StudyFactory(initiative=initiative, title="Et til")
    page = sign_in(user)
    found = []
    for name, address in (
        ("studies", at("studies")),
        ("new", at("new")),
        ("draft", at("study", draft.pk)),
        ("towns", at("towns", draft.pk)),
        ("measures", at("measures", draft.pk)),
        ("study", at("study", study.pk)),
        ("text", at("text", study.pk)),
        ("people", at("people", study.pk)),
        ("flow", at("flow", study.pk)),
        ("seal", at("paper", study.pk)),
        ("yes", at("participant_step", study.pk, other.pk, "consent")),
        ("own page", own),
        ("ready", at("participant", study.pk, one.pk)),
    ):
        page.set_viewport_size(SIZES["desktop"])
        page.goto(address)
        found += faults_at(page, SIZES, name)
    page.goto(at("participant", study.pk, one.pk))
    page.get_by_role("button", name="Træk lod").click()
    page.get_by_role("heading", name=re.compile("De trak")).wait_for()
    found += faults_at(page, SIZES, "drawn")
    assert Allocation._base_manager.count() == 1
    page.get_by_role("button", name="De har hørt det").click()
    page.get_by_text("Det er skrevet ned").first.wait_for()
    leader = sign_in(LeaderFactory(initiative=initiative))
    leader.goto(at("flow", study.pk))
    found += faults_at(leader, SIZES, "flow of a leader")
    assert found == []
