"""Papers: frozen words, one in force at a time, and what a signature writes on the volunteer."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.agreements import queries, services, text_format
from peer_support.agreements.models import Paper, PaperText
from peer_support.agreements.services_text import save_text
from peer_support.courses.rules_leading import has_contract
from peer_support.matching import services as matching
from peer_support.people.models import Volunteer
from peer_support.privacy.erasure import erase
from peer_support.privacy.models import AccessLogEntry, AppendOnlyError
from peer_support.privacy.retention import purge
from peer_support.testing import factories as make
from peer_support.testing import factories_papers as make_papers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope")]
TODAY = timezone.localdate


def plain(paper):
    return text_format.to_plain(paper.blocks)


def test_a_contract_says_who_what_where_when_duties_and_what_one_gets(contract):
    said = plain(contract)
    for words in ("Alma Ravnsø", "Fjordens peers", "20304050", "Du går ture", "Biblioteket", "4 timer"):
        assert words in said
    for words in ("supervision", "forsikret", "udtalelse", "bus og tog", "fortæller ikke andre"):
        assert words in said
    assert "{" not in said and "vil vi gerne se" not in said, "no certificate is asked for here"


def test_the_words_are_encrypted_and_stay_when_the_text_and_the_person_change(
    contract, volunteer, coordinator
):
    before, kept = plain(contract), contract.text_hash
    stored = Paper.objects.filter(pk=contract.pk).extra(select={"raw": "body"}).values_list("raw", flat=True)
    assert "Alma" not in str(stored[0])
    save_text(
        kind="contract",
        initiative=volunteer.initiative,
        body="<p>Helt nye ord til {navn}.</p>",
        user=coordinator,
    )
    Volunteer.objects.filter(pk=volunteer.pk).update(first_name="Ny")
    again = Paper.objects.get(pk=contract.pk)
    assert plain(again) == before and again.text_hash == kept == text_format.hash_of(again.blocks)


def test_matching_and_courses_see_a_signed_contract_and_not_one_that_is_ready(
    contract, volunteer, coordinator
):
    assert not has_contract(volunteer, TODAY())
    services.sign_on_paper(paper=contract, on=TODAY(), user=coordinator)
    volunteer.refresh_from_db()
    assert (volunteer.contract_on, volunteer.contract_until) == (contract.starts_on, contract.until_on)
    assert has_contract(volunteer, TODAY())
    assert not has_contract(volunteer, contract.until_on + datetime.timedelta(days=1))


def test_a_proposal_is_refused_until_the_contract_is_signed(contract, volunteer, coordinator, initiative):
    citizen = make.CitizenFactory(initiative=initiative)
    with pytest.raises(NotAllowed):
        matching.propose(citizen=citizen, volunteer=volunteer, user=coordinator)
    services.sign_on_paper(paper=contract, user=coordinator)
    volunteer.refresh_from_db()
    assert matching.propose(citizen=citizen, volunteer=volunteer, user=coordinator)


def test_a_renewal_leaves_no_day_without_a_contract(contract, volunteer, coordinator):
    services.sign_on_paper(paper=contract, user=coordinator)
    ends = contract.until_on
    newer = services.make_ready(
        volunteer=volunteer,
        kind="contract",
        typed={"starts": ends + datetime.timedelta(days=1), "until": ends + datetime.timedelta(days=365)},
        user=coordinator,
    )
    services.sign_on_paper(paper=newer, user=coordinator)
    volunteer.refresh_from_db()
    for day in (TODAY(), ends, ends + datetime.timedelta(days=1), newer.until_on):
        assert volunteer.has_contract(day), day
    states = dict(Paper.objects.values_list("pk", "state"))
    assert states == {contract.pk: "replaced", newer.pk: "signed"}


def test_a_contract_taken_back_does_not_hold(contract, volunteer, coordinator):
    services.sign_on_paper(paper=contract, user=coordinator)
    services.withdraw_paper(paper=contract, user=coordinator)
    volunteer.refresh_from_db()
    assert volunteer.contract_on is None
    with pytest.raises(NotAllowed):
        services.withdraw_paper(paper=contract, user=coordinator)


def test_nothing_is_signed_twice_or_tomorrow(contract, coordinator):
    with pytest.raises(NotAllowed):
        services.sign_on_paper(paper=contract, on=TODAY() + datetime.timedelta(days=1), user=coordinator)
    services.sign_on_paper(paper=contract, user=coordinator)
    with pytest.raises(NotAllowed) as refusal:
        services.sign_on_paper(paper=contract, user=coordinator)
    assert refusal.value.decision.code == "signed"


def test_the_database_keeps_one_in_force_and_the_words_that_were_signed(contract, volunteer):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_papers.PaperFactory(volunteer=volunteer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=contract.pk).update(
            state="signed", signed_on=TODAY(), signed_how="link", signed_hash="other"
        )


def test_a_text_is_checked_when_it_is_saved(coordinator, initiative):
    for body, says in (
        ("<p>Kære {personnummer}</p>", "{personnummer}"),
        ("<p>Kære {navn.__class__}</p>", "{navn.__class__}"),
        ("<p>Kære {navn</p>", "{navn}"),
        ("<p> </p>", ""),
    ):
        with pytest.raises(ValidationError) as fault:
            save_text(kind="contract", initiative=initiative, body=body, user=coordinator)
        assert says in str(fault.value)


def test_a_save_is_a_new_version_and_a_version_is_never_changed(coordinator, initiative, contract):
    one = save_text(kind="contract", initiative=initiative, body="<p>Et {navn}</p>", user=coordinator)
    same = save_text(kind="contract", initiative=initiative, body="<p>Et {navn}</p>", user=coordinator)
    two = save_text(kind="contract", initiative=initiative, body="<p>To {navn}</p>", user=coordinator)
    assert (one.pk, one.version, two.version) == (same.pk, 1, 2)
    with pytest.raises(AppendOnlyError):
        one.save()
    assert PaperText.objects.current("contract", initiative.pk) == two
    assert PaperText.objects.current("contract", initiative.pk + 1000).initiative_id is None


def test_a_text_of_next_month_does_not_hold_yet(coordinator, initiative):
    later = TODAY() + datetime.timedelta(days=30)
    text = save_text(
        kind="contract", initiative=initiative, body="<p>{navn}</p>", user=coordinator, valid_from=later
    )
    assert PaperText.objects.current("contract", initiative.pk) != text
    assert PaperText.objects.current("contract", initiative.pk, later) == text


def test_a_coordinator_writes_own_texts_and_an_editor_the_standard(coordinator, initiative, other_initiative):
    for owner in (None, other_initiative):
        with pytest.raises(NotAllowed):
            save_text(kind="contract", initiative=owner, body="<p>x</p>", user=coordinator)
    assert (
        save_text(kind="contract", initiative=None, body="<p>x</p>", user=make.EditorFactory()).version == 2
    )


def test_when_the_text_changes_it_shows_who_signed_the_old_one_and_all_can_be_asked_again(
    initiative, coordinator
):
    people = [make.VolunteerFactory(initiative=initiative) for __ in range(3)]
    for person in people:
        paper = services.make_ready(volunteer=person, kind="contract", typed={"hours": "5"}, user=coordinator)
        if person is not people[2]:
            services.sign_on_paper(paper=paper, user=coordinator)
    assert not queries.signed_earlier_text(initiative.pk, "contract").exists()
    save_text(kind="contract", initiative=initiative, body="<p>Ny {navn}: {timer}</p>", user=coordinator)
    assert {p.volunteer for p in queries.signed_earlier_text(initiative.pk, "contract")} == set(people[:2])
    made = services.make_ready_for_all(kind="contract", initiative=initiative, user=coordinator)
    assert len(made) == 2 and all("Ny" in plain(paper) and "5" in plain(paper) for paper in made)
    assert services.make_ready_for_all(kind="contract", initiative=initiative, user=coordinator) == []
    signed = Paper.objects.filter(volunteer=people[0], state="signed")
    assert signed.count() == 1, "what was signed holds until it is signed again"


# Match agreements


def test_each_side_gets_a_paper_with_no_more_of_the_other_than_the_step_allows(match, coordinator):
    for state, share, knows in (
        ("accepted", True, "first name"),
        ("met", True, "first name"),
        ("active", False, "first name"),
        ("active", True, "contact"),
    ):
        type(match).objects.filter(pk=match.pk).update(state=state)
        citizens, volunteers = services.make_match_papers(match=match, share_contact=share, user=coordinator)
        for paper, name, number in ((citizens, "Birk", "51525354"), (volunteers, "Cilje", "61626364")):
            said = plain(paper)
            assert name in said and "Hemmelig" not in said and "Lukket" not in said
            assert (number in said) == (knows == "contact"), (state, share)


def test_no_agreement_is_made_before_both_have_said_yes_or_after_the_end(match, coordinator):
    for state, ended in (("proposed", None), ("ended", TODAY()), ("withdrawn", None)):
        type(match).objects.filter(pk=match.pk).update(state=state, ended_on=ended)
        with pytest.raises(NotAllowed):
            services.make_match_papers(match=match, user=coordinator)


def test_a_match_agreement_is_filled_from_the_match_and_follows_no_change(match, coordinator):
    paper, __ = services.make_match_papers(
        match=match,
        typed={"contact": "En besked dagen før", "boundaries": "Ingen beskeder om natten"},
        user=coordinator,
    )
    said = plain(paper)
    for words in ("2 timer om ugen", "Biblioteket ved åen", "Komme ud", "dagen før", "om natten"):
        assert words in said
    match.refresh_from_db()
    matching.change_agreement(
        match=match,
        hours_a_week=3,
        place=match.place,
        goals=match.goals,
        planned_end=match.planned_end or TODAY() + datetime.timedelta(days=30),
        user=coordinator,
    )
    with pytest.raises(NotAllowed) as refusal:
        services.sign_on_paper(paper=Paper.objects.get(pk=paper.pk), user=coordinator)
    assert refusal.value.decision.code == "match_changed"


def test_everything_is_in_the_access_log(contract, coordinator):
    services.sign_on_paper(paper=contract, user=coordinator)
    seen = AccessLogEntry.objects.filter(model="peer_support.paper", object_id=contract.pk)
    assert set(seen.values_list("action", flat=True)) == {"create", "change"}


def test_papers_of_another_initiative_are_not_there(contract, other_initiative):
    with scope_of(other_initiative.pk):
        assert not Paper.objects.exists() and not queries.papers_waiting().exists()


def test_when_one_of_the_two_is_erased_the_words_that_name_them_go(match, coordinator):
    services.make_match_papers(match=match, share_contact=True, user=coordinator)
    erase(subject=match.citizen, user=coordinator)
    assert not Paper.objects.exists()


def test_a_paper_that_is_not_in_force_is_purged_after_a_year_and_others_stay(
    contract, volunteer, coordinator
):
    newer = services.make_ready(volunteer=volunteer, kind="contract", user=coordinator)
    later = timezone.now() + datetime.timedelta(days=360)
    assert purge(now=later)["paper"] == []
    assert purge(now=later + datetime.timedelta(days=10), apply=True)["paper"] == [contract.pk]
    assert list(Paper.objects.all()) == [newer]
