"""The demo: filled once, with what it promises, and never where its passwords could do harm."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from example_site.settings import MIDDLEWARE
from peer_support.access.scopes import scope_of
from peer_support.courses import queries
from peer_support.courses.models import CourseState, GroupCourse
from peer_support.courses.public import upcoming_courses
from peer_support.courses.rules_leading import leaders_missing
from peer_support.demo.loader import LOGINS, PASSWORD
from peer_support.directory.models import Initiative, LocalCoordinator
from peer_support.followup.today.listing import todays_list
from peer_support.matching.models import Match, MatchEvent
from peer_support.matching.models_match import State
from peer_support.oversight.review import review_list
from peer_support.pages.models import AmbassadorStoryPage
from peer_support.people.models import Citizen, Correction, Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for the file inside a transaction that is rolled back."""
    with django_db_blocker.unblock(), override_settings(DEBUG=True), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db, settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = MIDDLEWARE


def test_the_demo_holds_what_it_promises_and_is_loaded_once(demo, capsys, client):
    assert Initiative.objects.filter(live=True).count() == 31
    assert Initiative.objects.filter(has_questionnaire=True).count() == 17
    with scope_of(*Initiative.objects.filter(runs_here=True).values_list("pk", flat=True)):
        assert (Volunteer.objects.count(), Citizen.objects.count(), Match.objects.count()) == (60, 45, 20)
        assert set(Match.objects.values_list("state", flat=True)) == set(State.values)
        assert {person.phone[:5] for person in [*Volunteer.objects.all(), *Citizen.objects.all()]} == {
            "0000 "
        }
        ended = Match.objects.filter(state="ended").first()
        moments = list(MatchEvent.objects.filter(match=ended).values_list("at", flat=True))
        assert set(GroupCourse.objects.values_list("state", flat=True)) == set(CourseState.values)
        # Each centre has one under way, in its fourth week or so: a holiday may have come between.
        running = GroupCourse.objects.filter(state="running", kind="course")
        assert [2 <= queries.next_session(course).number <= 5 for course in running] == [True, True]
        # Every course that was opened has all who lead it.
        for course in GroupCourse.objects.filter(state="open"):
            assert leaders_missing(course), course
        assert {row.citizen.phone[:5] for row in Correction.objects.filter(state="open")} == {"0000 "}
    assert {facts.title for facts in upcoming_courses()} >= {"Ti uger sammen om aftenen", "Fredagscafé"}
    assert moments == sorted(moments) and (moments[-1] - moments[0]).days > 100
    call_command("load_demo", once=True)
    assert Initiative.objects.count() == 31
    with pytest.raises(CommandError):
        call_command("load_demo")
    for login in LOGINS:
        form = {"username": login.username, "password": PASSWORD}
        assert client.post("/admin/login/", form).status_code == 302
        assert client.get("/admin/").status_code == 200


def test_the_site_is_a_centres_own_in_danish_with_stories_and_places_to_go(demo, client):
    front = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="da"' in front and "Forlad siden" in front and "Malthe, 34 år" in front
    pages = Page.objects.live().filter(depth__gt=1)
    assert pages.count() >= 20
    assert AmbassadorStoryPage.objects.live().count() == 4
    for page in pages:
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        numbers = set(re.findall(r"0000 \d{4}", answer.content.decode()))
        assert numbers <= {contact.phone for contact in LocalCoordinator.objects.all()}, page.url
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url)
        assert len(asked) <= 15, (page.url, len(asked))


def test_one_of_each_centre_has_been_left_alone_for_a_year(demo):
    for initiative in Initiative.objects.filter(runs_here=True):
        with scope_of(initiative.pk):
            (person,) = Volunteer.objects.filter(restricted_on__isnull=False)
            found = todays_list()
            assert [item.line.kind for item in found.items if person in item.line.people] == ["soon"]
            assert found.unread == []


def test_nobody_is_said_to_have_opened_everything_when_the_demo_was_filled(demo):
    """The data officer finds the lines that are told of as a story, about days that are over."""
    today = timezone.localdate()
    for initiative in Initiative.objects.filter(runs_here=True):
        with scope_of(initiative.pk):
            found = [line.finding for line in review_list([initiative.pk])]
        assert {one.count for one in found if one.rule == "many"} <= {54}
        assert all(one.count < 20 for one in found if one.day == today)


def test_the_directory_of_the_demo_finds_by_region(demo, client):
    page = client.get("/find/?region=1084").content.decode()
    assert "Peer-støtte Nordkysten" in page and "Sammen i Trekanten" not in page


def test_the_demo_is_refused_where_debug_is_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("load_demo")


def test_the_logins_are_printed(capsys):
    call_command("show_logins", port="8123")
    out = capsys.readouterr().out
    assert "http://localhost:8123/admin/" in out
    assert all(login.username in out for login in LOGINS) and PASSWORD in out
