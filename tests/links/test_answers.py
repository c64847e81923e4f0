"""A proposal, the first meeting and the day after, answered by link; and the coordinator who acts at the same time."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.matching import services
from peer_support.matching.models import MatchCall, MatchEvent
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CoordinatorFactory

from .conftest import address_of, booked, fresh, met, pair

pytestmark = pytest.mark.django_db
SIDES = ("citizen", "volunteer")


def press(address, answer, **more):
    return Client().post(address, {"answer": answer, **more})


def calls_of(match):
    with scope_of(match.initiative_id):
        return list(MatchCall.objects.filter(match=match).values_list("side", "about", "done_at"))


def test_both_say_yes_by_link_and_each_learns_the_others_first_name_then_and_not_before():
    match = pair()
    links = {side: address_of("proposal", side, match) for side in SIDES}
    assert "Zqfrivillig" not in Client().get(links["citizen"]).content.decode()
    assert press(links["citizen"], "yes").status_code == 302
    page = Client().get(links["citizen"]).content.decode()
    assert "Nu venter vi på den anden" in page and "Zqfrivillig" not in page
    press(links["volunteer"], "yes")
    assert fresh(match).state == "accepted"
    for side, other in zip(SIDES, ("Zqfrivillig", "Zqborger"), strict=True):
        page = Client().get(links[side]).content.decode()
        assert other in page and f"Efternavn{other}" not in page
    with scope_of(match.initiative_id):
        events = list(MatchEvent.objects.filter(match=match, action="answer").values_list("user", "facts"))
    assert events == [(None, {"side": side, "answer": "yes", "way": "link"}) for side in SIDES], (
        "the log says that it came by link, and names nobody"
    )
    assert AccessLogEntry.objects.filter(object_id=match.pk, user=None, action="change").count() == 2


def test_a_no_by_link_costs_nothing_and_is_told_kindly_to_the_other():
    match = pair(citizen_answer="yes")
    press(address_of("proposal", "volunteer", match), "no")
    found = fresh(match)
    assert (found.state, found.citizen.status) == ("declined", "waiting")
    page = Client().get(address_of("proposal", "citizen", match)).content.decode()
    assert "Du beholder din plads i køen" in page and "Zqfrivillig" not in page


@pytest.mark.parametrize(
    ("what", "make", "about"), [("proposal", pair, "proposal"), ("day_after", met, "day_after")]
)
def test_let_us_talk_makes_one_call_and_changes_nothing_about_the_match(what, make, about):
    match = make()
    address = address_of(what, "citizen", match)
    for __ in range(2):
        assert press(address, "talk").status_code == 302
    assert calls_of(match) == [("citizen", about, None)]
    assert fresh(match).state == match.state and not fresh(match).citizen_answer == "no"
    page = Client().get(address).content.decode()
    assert "Vi ringer til dig" in page and 'value="yes"' in page, "the question stays open"
    press(address, "yes")
    assert calls_of(match)[0][2] is not None, "who has answered no longer waits for a call"


def test_an_answer_by_link_counts_once_and_is_not_turned_round():
    match = pair()
    address = address_of("proposal", "citizen", match)
    press(address, "yes")
    answer = press(address, "no")
    assert answer.status_code == 409 and "Vi har allerede et svar" in answer.content.decode()
    assert fresh(match).citizen_answer == "yes"
    assert press(address, "yes").status_code == 302, "the same answer twice is no fault"


def test_a_link_answers_for_its_own_side_only():
    match = pair()
    press(address_of("proposal", "citizen", match), "yes", side="volunteer", side_given="volunteer")
    found = fresh(match)
    assert (found.citizen_answer, found.volunteer_answer) == ("yes", "")
    swapped = address_of("proposal", "citizen", match).replace("/b/", "/f/")
    assert press(swapped, "no").status_code == 404
    assert fresh(match).volunteer_answer == ""


def test_an_answer_that_is_not_on_the_page_is_not_found():
    match = pair()
    for answer in ("", "come", "maybe"):
        assert press(address_of("proposal", "citizen", match), answer).status_code == 404


def test_the_first_meeting_i_come_and_then_it_is_moved():
    match = booked()
    address = address_of("first_meeting", "volunteer", match)
    page = Client().get(address)
    assert "14.00" in page.content.decode() and "Biblioteket" in page.content.decode()
    mark = page.context["meeting_mark"]
    assert press(address, "come", meeting=mark).status_code == 302
    assert fresh(match).volunteer_coming == match.first_meeting_on
    assert "Du kommer. Tak" in Client().get(address).content.decode()
    with scope_of(match.initiative_id):
        services.record_first_meeting(
            match=match, on=match.first_meeting_on, at=datetime.time(16), place="Caféen", user=None
        )
    assert fresh(match).volunteer_coming is None, "nobody has said yes to the new time"
    answer = press(address, "come", meeting=mark)
    assert answer.status_code == 409 and "Mødet er flyttet" in answer.content.decode()
    assert press(address, "come", meeting=answer.context["meeting_mark"]).status_code == 302


def test_i_cannot_come_makes_a_call_and_can_be_taken_back():
    match = booked()
    address = address_of("first_meeting", "citizen", match)
    mark = Client().get(address).context["meeting_mark"]
    press(address, "come", meeting=mark)
    press(address, "cannot", meeting=mark)
    assert fresh(match).citizen_coming is None and len(calls_of(match)) == 1
    press(address, "come", meeting=mark)
    assert calls_of(match)[0][2] is not None


def test_the_day_after_two_times_yes_can_be_started_and_one_no_ends_it():
    match = met()
    for side in SIDES:
        press(address_of("day_after", side, match), "yes")
    found = fresh(match)
    assert (found.state, found.citizen_after, found.volunteer_after) == ("met", "yes", "yes")
    other = met()
    press(address_of("day_after", "volunteer", other), "no")
    assert fresh(other).state == "declined"


def test_the_coordinator_who_saw_an_older_match_is_told_what_came_by_link(client_for):
    match = pair()
    user = CoordinatorFactory(initiative=match.initiative)
    version = match.version
    press(address_of("proposal", "citizen", match), "no")
    board = client_for(user)
    data = {"side_given": "citizen", "answer": "yes", "version": version}
    page = board.post(reverse("peer_support_matching:match_action", args=[match.pk, "answer"]), data)
    assert (
        "Borgeren sagde nej." in page.content.decode() and "Svaret kom med et link." in page.content.decode()
    )
    assert fresh(match).state == "declined"


def test_what_is_told_of_the_other_is_rough():
    match = pair()
    page = Client().get(address_of("proposal", "citizen", match)).content.decode()
    year = str(timezone.localdate().year - 44)
    assert "40&#x27;erne" in page and year not in page and "44" not in page
    assert "musik i parken" in page and "tirsdag aften" in page


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_link_and_coordinator_at_once_one_wins_and_the_other_is_told():
    Locale.objects.get_or_create(language_code="da")  # the test before this one emptied every table
    for link_says, coordinator_says in (("yes", "no"), ("no", "yes")):
        match = pair()
        user = CoordinatorFactory(initiative=match.initiative)
        address, version, start = address_of("proposal", "citizen", match), match.version, Barrier(2)

        def by_link(address=address, says=link_says, start=start):
            try:
                start.wait(timeout=60)
                return press(address, says).status_code
            finally:
                connections.close_all()

        def by_coordinator(match=match, user=user, version=version, says=coordinator_says, start=start):
            try:
                with scope_of(match.initiative_id):
                    start.wait(timeout=60)
                    services.record_answer(
                        match=match, side="citizen", answer=says, user=user, expected_version=version
                    )
                return "won"
            except NotAllowed as refusal:
                return refusal.decision.code
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            link, coordinator = pool.submit(by_link), pool.submit(by_coordinator)
            outcome = (link.result(), coordinator.result())
        found = fresh(match)
        assert outcome in ((302, "stale"), (409, "won")), outcome
        assert found.citizen_answer == (link_says if outcome[0] == 302 else coordinator_says)
        with scope_of(match.initiative_id):
            assert MatchEvent.objects.filter(match=match, action="answer").count() == 1
