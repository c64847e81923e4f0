"""The screen that looks ahead says to the day when somebody goes, and who is held back or held on to."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from peer_support.people import holds
from peer_support.people.purging import SHOWN, forecast, what_holds_on
from peer_support.privacy import retention
from peer_support.testing import factories as make
from peer_support.testing.factories_study import StudyFactory, StudyParticipantFactory, StudySiteFactory
from tests.privacy.clocked import stored

pytestmark = pytest.mark.django_db
CODE = "citizen_taken_back"


@pytest.fixture
def noon():
    return timezone.localtime().replace(hour=12)


def goes_in(initiative, noon, days):
    """Somebody who took their yes back so long ago that the purge takes them in so many days."""
    begun = noon.date() + timedelta(days=days) - (retention.rules()[CODE].day_for(noon.date()) - noon.date())
    citizen = make.CitizenFactory(initiative=initiative, status="waiting")
    return stored(citizen, match_stopped_on=begun, course_stopped_on=begun)


def line(initiative, noon):
    (found,) = (one for one in forecast(initiative, noon) if one.rule.code == CODE)
    return found


def test_each_is_named_once_and_when_they_go(initiative, in_scope, noon):
    people = {days: goes_in(initiative, noon, days) for days in (-3, 0, 1, 7, 8, 30, 31)}
    with translation.override("da"):
        found = line(initiative, noon)
    told = [(when.label, [person.pk for person in when.records], when.count) for when in found.lines]
    assert told == [
        ("i nat", [people[-3].pk, people[0].pk], 2),
        ("inden en uge", [people[1].pk, people[7].pk], 2),
        ("inden en måned", [people[8].pk, people[30].pk], 2),
    ]
    assert found.count == 2 and found.held == []
    assert retention.purge(now=noon)[CODE] == [people[-3].pk, people[0].pk]


def test_who_is_held_back_is_told_when_they_would_go(initiative, in_scope, coordinator, noon):
    now, soon = goes_in(initiative, noon, 0), goes_in(initiative, noon, 5)
    for person in (now, soon):
        holds.hold(person=person, reason="Sag", until=noon.date() + timedelta(days=90), user=coordinator)
    found = line(initiative, noon)
    assert [person.pk for person in found.held] == [now.pk]
    assert [when.count for when in found.lines] == [0, 0, 0]


def test_of_many_the_first_are_named_and_all_are_counted(initiative, in_scope, noon):
    people = [goes_in(initiative, noon, 0) for __ in range(SHOWN + 2)]
    tonight = line(initiative, noon).lines[0]
    assert [person.pk for person in tonight.records] == [person.pk for person in people[:SHOWN]]
    assert tonight.count == SHOWN + 2


def test_what_holds_on_to_somebody_is_told_from_the_day_on_which_they_took_it_back(
    initiative, in_scope, noon
):
    study = StudyFactory(initiative=initiative, state="recruiting")
    site = StudySiteFactory(initiative=initiative, study=study)
    person = stored(
        make.CitizenFactory(initiative=initiative, status="waiting"),
        match_stopped_on=noon.date(),
        course_stopped_on=noon.date(),
    )
    StudyParticipantFactory(initiative=initiative, site=site, citizen=person, state="consented")
    assert [who for who, why in what_holds_on(initiative, noon)] == [person]
    assert [who for who, why in what_holds_on(initiative)] == [person]
    assert what_holds_on(initiative, noon - timedelta(days=1)) == []
    with translation.override("da"):
        ((__, why),) = what_holds_on(initiative, noon)
    assert why
