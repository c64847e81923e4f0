"""A match's life: which step is possible in which state, what each step writes, and what it leaves alone."""

import pytest
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.matching import people_queries, rules, sentences, services, signals
from peer_support.matching.models import Exclusion, Match, MatchEvent
from peer_support.matching.models_match import State
from peer_support.privacy.models import AccessLogEntry

from .conftest import days

# action -> (call on the services, states in which it is possible)
STEPS = {
    "answer": (
        lambda match, user: services.record_answer(match=match, side="citizen", answer="no", user=user),
        {"proposed", "accepted"},
    ),
    "first_meeting": (
        lambda match, user: services.record_first_meeting(match=match, on=days(0), user=user),
        {"accepted", "met"},
    ),
    "day_after": (
        lambda match, user: services.record_day_after(match=match, side="citizen", answer="no", user=user),
        {"met"},
    ),
    "start": (lambda match, user: services.start_match(match=match, active_from=days(0), user=user), set()),
    "agreement": (
        lambda match, user: services.change_agreement(match=match, planned_end=days(30), user=user),
        {"active", "paused"},
    ),
    "pause": (
        lambda match, user: services.pause_match(match=match, paused_from=days(0), user=user),
        {"active", "paused"},
    ),
    "resume": (lambda match, user: services.resume_match(match=match, user=user), {"paused"}),
    "end": (
        lambda match, user: services.end_match(
            match=match, on=days(0), by="citizen", reasons=["goal"], user=user
        ),
        {"active", "paused"},
    ),
    "withdraw": (
        lambda match, user: services.withdraw(match=match, user=user),
        {"proposed", "accepted", "met"},
    ),
    "reopen": (
        lambda match, user: services.reopen_match(match=match, user=user),
        {"declined", "ended", "withdrawn"},
    ),
}


def events(match):
    return list(match.events.order_by("pk").values_list("action", "from_state", "to_state"))


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("action", STEPS)
def test_each_step_is_possible_in_its_states_and_refused_with_a_sentence_in_all_others(
    action, state, match_in, coordinator
):
    call, allowed = STEPS[action]
    # The factory's second "no" would write the same answer again; a declined match is asked for the volunteer's.
    match = match_in(state)
    if action == "answer" and state == "declined":
        call = lambda match, user: services.record_answer(  # noqa: E731
            match=match, side="volunteer", answer="yes", user=user
        )
    before = events(match)
    if state in allowed:
        assert rules.may(match, action)
        after = call(match, coordinator)
        assert after.version == match.version + 1 or after.version == Match.objects.get(pk=match.pk).version
        assert events(match)[:-1] == before
        last = events(match)[-1]
        assert last == (action, state, Match.objects.get(pk=match.pk).state)
    else:
        with pytest.raises(NotAllowed) as refusal:
            call(match, coordinator)
        assert refusal.value.decision.reason.endswith((".", "?"))
        assert not rules.may(match, action)
        assert events(match) == before
        assert Match.objects.get(pk=match.pk).state == state


@pytest.mark.parametrize("state", State.values)
def test_the_next_steps_are_exactly_those_that_are_possible(state, match_in):
    match = match_in(state)
    steps = rules.next_steps(match)
    assert {step.action for step in steps} == {a for a in STEPS if rules.may(match, a)}
    assert all(step.label and step.decision for step in steps)


def test_the_whole_way_from_proposal_to_ending_writes_an_event_and_a_log_entry_for_every_step(
    match_in, coordinator
):
    match = match_in("ended")
    assert [action for action, *__ in events(match)] == [
        "propose",
        "answer",
        "answer",
        "first_meeting",
        "day_after",
        "day_after",
        "start",
        "end",
    ]
    assert set(match.events.values_list("user", flat=True)) == {coordinator.pk}
    logged = AccessLogEntry.objects.filter(model="peer_support.match", object_id=match.pk, user=coordinator)
    assert logged.filter(action="create").count() == 1
    assert logged.filter(action="change").count() == len(events(match)) - 1
    for step in match.events.all():
        assert sentences.event(step).endswith(".")


def test_events_hold_codes_and_dates_and_no_word_that_was_written_about_people(match_in, coordinator):
    match = match_in("met")
    for side in ("citizen", "volunteer"):
        services.record_day_after(match=match, side=side, answer="yes", user=coordinator)
    match = services.start_match(
        match=match, active_from=days(0), place="Havnen", goals="Komme ud", user=coordinator
    )
    services.pause_match(match=match, paused_from=days(0), reason="Indlagt", user=coordinator)
    services.end_match(
        match=match, on=days(0), by="both", reasons=["other"], note="Flyttet til Aarhus", user=coordinator
    )
    said = str(list(MatchEvent.objects.values_list("facts", flat=True)))
    for word in ("Havnen", "Komme ud", "Indlagt", "Aarhus", "Caféen", match.citizen.first_name):
        assert word not in said


def test_two_times_yes_accepts_and_one_yes_does_not(match_in, coordinator):
    match = match_in("proposed")
    match = services.record_answer(match=match, side="volunteer", answer="yes", user=coordinator)
    assert match.state == "proposed"
    match = services.record_answer(match=match, side="citizen", answer="yes", user=coordinator)
    assert match.state == "accepted"
    assert match.citizen_answered_on == match.volunteer_answered_on == timezone.localdate()


def test_writing_the_same_answer_twice_changes_nothing(match_in, coordinator):
    match = match_in("proposed")
    services.record_answer(match=match, side="citizen", answer="yes", user=coordinator, expected_version=1)
    services.record_answer(match=match, side="citizen", answer="yes", user=coordinator, expected_version=1)
    assert len(events(match)) == 2


def test_an_answer_can_be_taken_back_until_the_first_meeting_is_written_and_a_no_also_after(
    match_in, coordinator
):
    match = match_in("accepted")
    match = services.record_answer(match=match, side="citizen", answer="", user=coordinator)
    assert (match.state, match.citizen_answer, match.citizen_answered_on) == ("proposed", "", None)
    match = services.record_answer(match=match, side="citizen", answer="yes", user=coordinator)
    match = services.record_first_meeting(match=match, on=days(3), user=coordinator)
    assert match.state == "accepted"
    with pytest.raises(NotAllowed) as refusal:
        services.record_answer(match=match, side="citizen", answer="", user=coordinator)
    assert refusal.value.decision.code == "meeting_written"
    assert (
        services.record_answer(match=match, side="citizen", answer="no", user=coordinator).state == "declined"
    )


def test_a_meeting_to_come_is_booked_and_a_meeting_that_was_is_held(match_in, coordinator):
    match = match_in("accepted")
    match = services.record_first_meeting(match=match, on=days(2), place="Biblioteket", user=coordinator)
    assert (match.state, match.first_meeting_place) == ("accepted", "Biblioteket")
    assert rules.next_steps(match)[0].hint.startswith("It is booked") or rules.next_steps(match)[0].hint
    match = services.record_first_meeting(match=match, on=days(-1), place="Biblioteket", user=coordinator)
    assert match.state == "met"
    match = services.record_first_meeting(match=match, on=days(5), user=coordinator)
    assert match.state == "accepted"


def test_the_first_meeting_cannot_be_moved_once_somebody_has_answered_the_day_after(match_in, coordinator):
    match = match_in("met")
    services.record_day_after(match=match, side="citizen", answer="yes", user=coordinator)
    with pytest.raises(NotAllowed) as refusal:
        services.record_first_meeting(match=match, on=days(5), user=coordinator)
    assert refusal.value.decision.code == "after_answered"
    services.record_day_after(match=match, side="citizen", answer="", user=coordinator)
    assert services.record_first_meeting(match=match, on=days(5), user=coordinator).state == "accepted"


def test_a_match_starts_only_when_both_want_to_go_on_the_day_after(match_in, coordinator):
    match = match_in("met")
    services.record_day_after(match=match, side="citizen", answer="yes", user=coordinator)
    with pytest.raises(NotAllowed) as refusal:
        services.start_match(match=match, active_from=days(0), user=coordinator)
    assert refusal.value.decision.code == "day_after_missing"
    services.record_day_after(match=match, side="volunteer", answer="yes", user=coordinator)
    match = services.start_match(match=match, active_from=days(1), hours_a_week=2, user=coordinator)
    assert (match.state, match.active_from, match.trial_until) == ("active", days(1), days(29))


@pytest.mark.parametrize(
    "stage", ["citizen proposal", "volunteer proposal", "citizen after", "volunteer after"]
)
def test_a_no_costs_nobody_anything_and_the_pair_is_not_proposed_again(
    stage, match_in, citizen, volunteer, coordinator
):
    side, when = stage.split()
    since = citizen.waiting_since
    match = match_in("proposed" if when == "proposal" else "met")
    assert not people_queries.waiting().exists()
    assert not people_queries.free_volunteers().exists()
    call = services.record_answer if when == "proposal" else services.record_day_after
    match = call(match=match, side=side, answer="no", user=coordinator)
    assert match.state == "declined"
    assert [(one.pk, one.waiting_since) for one in people_queries.waiting()] == [(citizen.pk, since)]
    assert people_queries.free_volunteers().get().free_places == 1
    assert Exclusion.objects.get().kind == "declined"
    with pytest.raises(NotAllowed) as refusal:
        services.propose(citizen=citizen, volunteer=volunteer, user=coordinator)
    assert refusal.value.decision.code == "declined"


def test_a_withdrawn_proposal_can_be_made_again(match_in, citizen, volunteer, coordinator):
    match_in("withdrawn")
    assert not Exclusion.objects.exists()
    assert services.propose(citizen=citizen, volunteer=volunteer, user=coordinator).number == 2


@pytest.mark.parametrize(
    ("then", "status", "waits"),
    [("waiting", "waiting", True), ("conversation", "conversation", False), ("ended", "ended", False)],
)
def test_after_an_ending_the_citizen_goes_where_the_coordinator_says_with_the_original_date(
    then, status, waits, match_in, citizen, coordinator
):
    since = citizen.waiting_since
    match = match_in("active")
    services.end_match(
        match=match, on=days(0), by="citizen", reasons=["moved"], user=coordinator, citizen_then=then
    )
    citizen.refresh_from_db()
    assert (citizen.status, citizen.waiting_since) == (status, since)
    assert people_queries.waiting().exists() is waits
    assert Exclusion.objects.get().kind == "ended"
    assert people_queries.free_volunteers().get().free_places == 1


@pytest.mark.parametrize("closed", ["declined", "ended", "withdrawn"])
def test_a_slip_of_the_finger_is_taken_back_and_the_match_stands_where_it_stood(
    closed, match_in, citizen, coordinator
):
    match = services.reopen_match(match=match_in(closed), user=coordinator)
    assert match.state == {"declined": "proposed", "ended": "active", "withdrawn": "proposed"}[closed]
    assert match.citizen_answer == ("yes" if closed == "ended" else "")
    assert not Exclusion.objects.exists()
    citizen.refresh_from_db()
    assert citizen.status == "waiting"
    assert not people_queries.waiting().exists()


def test_a_no_from_the_day_after_is_taken_back_to_the_day_after(match_in, coordinator):
    match = match_in("met")
    services.record_day_after(match=match, side="volunteer", answer="no", user=coordinator)
    match = services.reopen_match(match=match, user=coordinator)
    assert (match.state, match.volunteer_after, match.volunteer_answer) == ("met", "", "yes")


def test_nothing_is_taken_back_once_the_place_or_the_citizen_is_taken(
    match_in, in_scope, citizen, volunteer, open_match, coordinator
):
    match = match_in("declined")
    taken = open_match(volunteer)
    with pytest.raises(NotAllowed) as refusal:
        services.reopen_match(match=match, user=coordinator)
    assert refusal.value.decision.code == "capacity"
    services.withdraw(match=taken, user=coordinator)
    from peer_support.testing.factories import VolunteerFactory

    services.propose(citizen=citizen, volunteer=VolunteerFactory(initiative=in_scope), user=coordinator)
    with pytest.raises(NotAllowed) as refusal:
        services.reopen_match(match=match, user=coordinator)
    assert refusal.value.decision.code == "citizen_taken"


def test_an_agreement_lasts_at_most_the_policys_months_and_can_be_renewed(match_in, coordinator):
    match = match_in("met")
    for side in ("citizen", "volunteer"):
        services.record_day_after(match=match, side=side, answer="yes", user=coordinator)
    services.save_policy(initiative=match.initiative, values={"months": 3}, user=coordinator)
    for end, code in ((days(120), "too_long"), (days(0), "end_before_start"), (days(-1), "end_before_start")):
        with pytest.raises(NotAllowed) as refusal:
            services.start_match(match=match, active_from=days(0), planned_end=end, user=coordinator)
        assert refusal.value.decision.code == code
    with pytest.raises(NotAllowed) as refusal:
        services.start_match(match=match, active_from=days(-1), user=coordinator)
    assert refusal.value.decision.code == "before_meeting"
    with pytest.raises(NotAllowed) as refusal:
        services.start_match(match=match, active_from=days(0), hours_a_week=0, user=coordinator)
    assert refusal.value.decision.code == "hours"
    match = services.start_match(match=match, active_from=days(0), user=coordinator)
    assert 89 <= (match.planned_end - match.active_from).days <= 92
    match = services.change_agreement(match=match, planned_end=days(60), goals="Mere", user=coordinator)
    assert (match.planned_end, match.goals) == (days(60), "Mere")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"reasons": []}, "reasons"),
        ({"on": days(1)}, "future"),
        ({"on": days(-1)}, "end_before_start"),
    ],
)
def test_an_ending_needs_a_reason_and_a_day_that_can_be_right(values, code, match_in, coordinator):
    match = match_in("active")
    with pytest.raises(NotAllowed) as refusal:
        services.end_match(
            **{
                "match": match,
                "on": days(0),
                "by": "both",
                "reasons": ["goal"],
                "user": coordinator,
                **values,
            }
        )
    assert refusal.value.decision.code == code


@pytest.mark.parametrize(("start", "end", "code"), [(0, -1, "pause_dates"), (-1, None, "pause_before_start")])
def test_a_pause_lies_within_the_match_and_ends_after_it_begins(start, end, code, match_in, coordinator):
    match = match_in("active")
    with pytest.raises(NotAllowed) as refusal:
        services.pause_match(
            match=match,
            paused_from=days(start),
            paused_until=None if end is None else days(end),
            user=coordinator,
        )
    assert refusal.value.decision.code == code


def test_a_paused_match_keeps_its_place_and_its_reason_is_forgotten_afterwards(match_in, coordinator):
    match = match_in("active")
    match = services.pause_match(
        match=match, paused_from=days(1), paused_until=days(8), reason="Ferie", user=coordinator
    )
    assert match.state == "paused"
    assert not people_queries.free_volunteers().exists()
    match = services.resume_match(match=match, user=coordinator)
    assert (match.state, match.paused_from, match.pause_reason) == ("active", None, "")


def test_a_screen_that_is_out_of_date_is_told_who_did_what_and_nothing_is_written(
    match_in, initiative, coordinator
):
    from peer_support.testing.factories import CoordinatorFactory

    match = match_in("proposed")
    seen = match.version
    other = CoordinatorFactory(initiative=initiative, first_name="Signe", last_name="Birkely")
    services.record_answer(match=match, side="volunteer", answer="yes", user=other, expected_version=seen)
    with pytest.raises(NotAllowed) as refusal:
        services.record_answer(
            match=match, side="citizen", answer="yes", user=coordinator, expected_version=seen
        )
    assert refusal.value.decision.code == "stale"
    assert "Signe Birkely" in refusal.value.decision.reason
    assert Match.objects.get(pk=match.pk).citizen_answer == ""


def test_domain_signals_are_sent_after_the_commit_and_only_then(
    match_in, coordinator, django_capture_on_commit_callbacks
):
    heard = []

    def listener(sender, match, user, **kwargs):
        heard.append((match.state, kwargs.get("side")))

    everything = (
        signals.proposal_made,
        signals.proposal_answered,
        signals.match_started,
        signals.match_ended,
    )
    for signal in everything:
        signal.connect(listener)
    try:
        with django_capture_on_commit_callbacks() as callbacks:
            match_in("ended")
            assert heard == []
        for callback in callbacks:
            callback()
    finally:
        for signal in everything:
            signal.disconnect(listener)
    assert len(heard) == 7
    assert {side for __, side in heard} == {None, "citizen", "volunteer"}


def test_a_person_with_an_open_match_is_not_ended_behind_its_back(match_in, citizen, volunteer, coordinator):
    from peer_support.people import services as people

    match_in("active")
    for person in (citizen, volunteer):
        with pytest.raises(NotAllowed) as refusal:
            people.end_person(person=person, user=coordinator)
        assert refusal.value.decision.code == "open_match"
