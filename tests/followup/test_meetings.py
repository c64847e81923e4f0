"""A meeting logged in twenty seconds: by link, corrected the same day, with a call where one is wished."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.followup.models import Meeting
from peer_support.followup.services_meeting import close_call, correct_meeting, log_meeting
from peer_support.testing import factories_followup as make
from peer_support.testing.factories import CoordinatorFactory
from tests.pages.states_links import address_of, pair, running

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def meetings():
    return list(Meeting._base_manager.order_by("pk"))


def log(match, **values):
    values = {"on": timezone.localdate(), "outcome": "met", "side": "volunteer", "way": "link", **values}
    with scope_of(match.initiative_id):
        return log_meeting(match=match, **values)


def test_three_presses_log_a_meeting():
    match = running()
    address = address_of("meetings", "volunteer", match)
    answer = Client().post(address, {"outcome": "met", "day": "yesterday", "minutes": "90", "feeling": "3"})
    assert answer.status_code == 302
    (meeting,) = meetings()
    assert (meeting.on, meeting.minutes, meeting.feeling) == (days_ago(1), 90, 3)
    assert (meeting.side, meeting.way, meeting.user) == ("volunteer", "link", None)
    page = Client().get(answer["Location"]).content.decode()
    assert "Gemt. Tak." in page and "1½ time" in page


def test_pressed_twice_it_is_one_meeting_and_the_call_is_not_lost():
    match = running()
    address = address_of("meetings", "citizen", match)
    Client().post(address, {"outcome": "met", "day": "today", "call_me": "on"})
    Client().post(address, {"outcome": "met", "day": "today"})
    (meeting,) = meetings()
    assert meeting.wants_call


@pytest.mark.parametrize("outcome", ["moved", "not_met"])
def test_a_meeting_that_was_not_held_has_no_length_and_no_feeling(outcome):
    match = running()
    data = {"outcome": outcome, "day": "today", "minutes": "other", "minutes_other": "", "feeling": "1"}
    assert Client().post(address_of("meetings", "volunteer", match), data).status_code == 302
    (meeting,) = meetings()
    assert (meeting.minutes, meeting.feeling) == (None, None)


def test_other_lengths_and_days_and_what_is_wrong_is_said():
    match = running()
    address = address_of("meetings", "volunteer", match)
    day = days_ago(6)
    data = {
        "outcome": "met",
        "day": "other",
        "on": day.strftime("%d.%m.%Y"),
        "minutes": "other",
        "minutes_other": "45",
    }
    assert Client().post(address, data).status_code == 302
    assert (meetings()[0].on, meetings()[0].minutes) == (day, 45)
    for wrong in (
        {"outcome": ""},
        {"minutes_other": "mange"},
        {"minutes_other": ""},
        {"on": "i mandags"},
        {"on": ""},
    ):
        answer = Client().post(address, {**data, **wrong})
        assert answer.status_code == 200 and "peer-error" in answer.content.decode(), wrong
    tomorrow = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    answer = Client().post(address, {**data, "on": tomorrow})
    assert answer.status_code == 409 and "ikke kommet endnu" in answer.content.decode()
    assert len(meetings()) == 1


def test_a_cpr_number_is_taken_out_and_told():
    match = running()
    data = {"outcome": "met", "day": "today", "note": "Hun hedder 010190-1234"}
    answer = Client().post(address_of("meetings", "volunteer", match), data)
    assert "cpr" in answer["Location"] and "0101" not in meetings()[0].note
    assert "CPR-nummer" in Client().get(answer["Location"]).content.decode()


def test_todays_meeting_can_be_corrected_by_link_and_an_older_one_not():
    match = running()
    address = address_of("meetings", "volunteer", match)
    new = make.MeetingFactory(match=match, minutes=30)
    old = make.MeetingFactory(
        match=match, on=days_ago(5), created_at=timezone.now() - datetime.timedelta(days=5)
    )
    data = {"meeting": new.pk, "outcome": "met", "day": "yesterday", "minutes": "60"}
    assert Client().post(address, data).status_code == 302
    new = Meeting._base_manager.get(pk=new.pk)
    assert (new.on, new.minutes) == (days_ago(1), 60)
    assert Client().post(address, {**data, "meeting": old.pk}).status_code == 409
    assert Client().post(address, {**data, "day": "other", "on": days_ago(5).isoformat()}).status_code == 409
    with scope_of(match.initiative_id):
        correct_meeting(meeting=old, on=old.on, outcome="moved", way="admin")
    assert Meeting._base_manager.get(pk=old.pk).outcome == "moved", "the coordinator can"


def test_nobody_corrects_the_other_sides_meeting_or_another_pairs():
    match, other = running(), running()
    mine = make.MeetingFactory(match=match, side="citizen")
    theirs = make.MeetingFactory(match=other)
    address = address_of("meetings", "volunteer", match)
    for key in (mine.pk, theirs.pk, "9" * 30, "x"):
        assert Client().get(f"{address}?meeting={key}").status_code == 404
        assert Client().post(address, {"meeting": key, "outcome": "moved", "day": "today"}).status_code == 404
    page = Client().get(address).content.decode()
    assert "Det sidste, du skrev" not in page, "one side does not read what the other has written"


def test_a_match_that_has_not_begun_or_is_over_takes_no_meetings():
    for match in (pair(), pair("ended")):
        answer = Client().post(address_of("meetings", "volunteer", match), {"outcome": "met", "day": "today"})
        assert answer.status_code == 409
    with pytest.raises(NotAllowed):
        log(running(), on=days_ago(31))
    with pytest.raises(NotAllowed):
        log(running(), minutes=1000)
    assert not meetings()


def test_a_call_is_made_once_and_can_be_asked_for_again(client_for):
    match = running()
    meeting = log(match, call_me=True)
    user = CoordinatorFactory(initiative=match.initiative)
    board = client_for(user)
    page = board.get(reverse("peer_support_matching:match", args=[match.pk])).content.decode()
    assert "vil gerne ringes op" in page
    for __ in range(2):
        assert board.post(reverse("peer_support_pairs:meeting_rung", args=[meeting.pk])).status_code == 302
    meeting = Meeting._base_manager.get(pk=meeting.pk)
    assert not meeting.wants_call and meeting.call_done_by == user
    assert log(match, call_me=True).wants_call
    with scope_of(match.initiative_id):
        close_call(meeting=meeting, user=user)


def test_the_coordinator_writes_a_meeting_down_on_the_telephone(client_for):
    match = running()
    board = client_for(CoordinatorFactory(initiative=match.initiative))
    address = reverse("peer_support_pairs:meeting", args=[match.pk])
    assert "Hvilken dag" in board.get(address).content.decode()
    data = {"on": days_ago(2).isoformat(), "outcome": "met", "minutes": "60", "note": "Det gik godt."}
    assert board.post(address, data).status_code == 302
    (meeting,) = meetings()
    assert (meeting.side, meeting.way, meeting.minutes) == ("coordinator", "admin", 60)
