"""What a person gets to know of who can see them and who has looked: when and in which role, and never who."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from peer_support.access.scopes import scope_of
from peer_support.people import own_data, seen
from peer_support.people.models import Citizen
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make
from peer_support.testing.factories_oversight import seen as looked

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(initiative):
    return make.CitizenFactory(initiative=initiative)


def days(citizen):
    with scope_of(citizen.initiative_id):
        return seen.days_in_words(seen.looks_at(citizen)[0])


def who(person):
    with scope_of(person.initiative_id):
        return dict(seen.who_can_see(person))


def test_one_line_a_day_in_plain_words(citizen, coordinator, initiative, noon):
    deputy = make.DeputyFactory(initiative=initiative)
    looked(citizen, user=coordinator, at=noon(2))
    looked(citizen, user=coordinator, at=noon(2, 13))
    looked(make.ConversationFactory(citizen=citizen), user=coordinator, action="change", at=noon(2))
    looked(citizen, user=deputy, at=noon(1))
    first, second = days(citizen)
    day = timezone.localdate() - timedelta(days=2)
    assert first[1] == "En stedfortræder åbnede dine oplysninger."
    assert second == (
        date_format(day, "j. F Y"),
        "En koordinator åbnede dine oplysninger, og en koordinator rettede noget om dig.",
    )


def test_every_look_is_told_and_no_name(citizen, coordinator, other_initiative, client_for, noon):
    gone = make.CoordinatorFactory(
        initiative=citizen.initiative, first_name="Zqvfornavn", last_name="Zqvefternavn"
    )
    for action in ("read", "search", "export", "create", "change", "erase"):
        looked(citizen, user=gone, action=action, at=noon())
    gone.peer_assignments.all().delete()
    stranger = make.CoordinatorFactory(initiative=other_initiative)
    client_for(stranger).get(f"/admin/people/citizen/inspect/{citizen.pk}/")
    looked(citizen, route="peer_support:own_pause_citizen_link", action="change", at=noon(3))
    looked(citizen, route="purge", action="change", at=noon(4))
    text = " ".join(sentence for __, sentence in days(citizen))
    for words in (
        "åbnede",
        "fandt dig",
        "som en fil",
        "skrev noget nyt",
        "rettede",
        "slettede",
        "ikke må",
        "du ændrede",
    ):
        assert words.lower() in text.lower(), words
    assert "zqv" not in text.lower()
    assert len(days(citizen)) == 3, "a job at night looks at nobody"


def test_lists_are_counted_by_the_month(citizen, coordinator):
    at = timezone.now() - timedelta(days=40)
    looked(citizen, citizen, user=coordinator, action="list", at=at)
    looked(citizen, user=coordinator, action="list", at=at - timedelta(hours=1))
    with scope_of(citizen.initiative_id):
        looks, lists = seen.looks_at(citizen)
    assert looks == [] and len(lists) == 1 and lists[0][1] in (1, 2)
    assert "liste" in seen.lists_in_words(lists)[0][1]


def test_who_can_see_counts_by_role(citizen, initiative, other_initiative, coordinator):
    make.DeputyFactory.create_batch(2, initiative=initiative)
    make.LeaderFactory(initiative=initiative)
    assert not any("databeskyttelse" in name.lower() for name in who(citizen))
    make.OfficerFactory(initiative=initiative)
    make.CoordinatorFactory(initiative=other_initiative)
    make.CoordinatorFactory(initiative=initiative, is_active=False)
    over = make.CoordinatorFactory(initiative=initiative)
    over.peer_assignments.update(valid_until=timezone.localdate() - timedelta(days=1))
    found = who(citizen)
    assert "1 koordinator" in found and "2 stedfortrædere" in found
    assert any("databeskyttelse" in name.lower() for name in found)


def test_the_other_one_sees_a_little_at_a_time(citizen, initiative, coordinator):
    volunteer = make.VolunteerFactory(initiative=initiative)
    assert any("Ingen endnu" in text for text in who(citizen).values())
    match = make.MatchFactory(initiative=initiative, citizen=citizen, volunteer=volunteer, state="proposed")
    for person in (citizen, volunteer):
        said = " ".join(who(person).values())
        assert "Ikke dit navn" in said and "Dit fornavn" not in said
    with scope_of(initiative.pk):
        type(match).objects.all().delete()
    make.MatchFactory(initiative=initiative, citizen=citizen, volunteer=volunteer, state="active")
    for person in (citizen, volunteer):
        assert who(person)["Din makker"].startswith("Dit fornavn")


def test_a_match_that_is_over_shows_nobody_anything(citizen, initiative, coordinator):
    make.MatchFactory(initiative=initiative, citizen=citizen, state="ended")
    assert "Din makker" not in who(citizen) and any("Ingen endnu" in text for text in who(citizen).values())


def test_it_stands_with_a_persons_own_data(citizen, coordinator, noon):
    looked(citizen, user=coordinator, at=noon())
    with scope_of(citizen.initiative_id):
        parts = {part.title: part for part in own_data.own_data_of(Citizen.objects.get(pk=citizen.pk))}
    assert parts["Hvem kan se dig"].rows and parts["Hvem har kigget"].rows
    assert "Mette" not in str(parts)


def test_the_file_has_it_too_without_names_and_numbers_of_accounts(
    citizen, coordinator, coordinator_client, noon
):
    looked(citizen, user=coordinator, at=noon())
    file = json.loads(
        coordinator_client.get(reverse("peer_support_people:citizen_own_export", args=[citizen.pk])).content
    )
    read = next(row for row in file["access_log"] if row["what"]["code"] == "read")
    assert (
        read["role"] == "coordinator"
        and read["day"] == (timezone.localdate() - timedelta(days=1)).isoformat()
    )
    assert set(read) == {"day", "what", "role", "times"}
    assert file["who_can_see"] and "Mette" not in json.dumps(file, ensure_ascii=False)


def test_the_coordinator_prints_it_and_that_is_written_down(citizen, coordinator, coordinator_client, noon):
    looked(citizen, user=coordinator, at=noon())
    page = coordinator_client.get(reverse("peer_support_people:citizen_seen", args=[citizen.pk]))
    text = page.content.decode()
    assert "åbnede dine oplysninger" in text and str(citizen) in text
    assert citizen.first_name not in text and "Mette" not in text
    assert AccessLogEntry.objects.filter(route="people_citizen:seen").count() == 1
