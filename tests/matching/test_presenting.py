"""What the board shows: a citizen's ranking, the plans for all, and saved runs that are confirmed."""

import json

import pytest

from peer_support.matching import people_queries, services
from peer_support.matching.models import Match, MatchingPolicy, MatchRun
from peer_support.matching.presenting import differences, plans_for, ranking_for
from peer_support.matching.sentences import named
from peer_support.people.models import Citizen, Volunteer
from peer_support.testing.factories import (
    CitizenFactory,
    ExclusionFactory,
    InterestFactory,
    MeetingPlaceFactory,
    VolunteerFactory,
)

from . import people
from .conftest import days


def at(person, x):
    """Put a person on the map, ``x`` metres east of nought."""
    type(person).objects.filter(pk=person.pk).update(x=float(x), y=0.0)
    person.refresh_from_db()
    return person


def test_a_ranking_shows_the_best_first_with_a_sentence_per_criterion_and_what_is_unknown(in_scope):
    music, cycling = InterestFactory(name="Sange"), InterestFactory(name="Cykelture")
    known = {"times": "ti 17.00-20.00", "hours_min": 1, "hours_max": 2, "channels": 1}
    citizen = at(CitizenFactory(initiative=in_scope, **known), 0)
    good = at(VolunteerFactory(initiative=in_scope, **known), 3000)
    vague = at(VolunteerFactory(initiative=in_scope, channels=1), 6000)
    for person in (citizen, good):
        person.interests.add(music, cycling)
    view = ranking_for(citizen)
    assert [one.volunteer for one in view.candidates] == [good, vague]
    first, second = view.candidates
    assert first.summary == (
        "Shares sange and cykelture · 3 km apart · Both can on Tuesday evening · "
        "Hours a week: 1–2 wanted, 1–2 offered"
    )
    assert first.points > second.points and 0 < second.percent < first.percent <= 100
    assert {line.criterion for line in second.unknowns} == {"interests", "time", "hours", "preferences"}
    assert [line.criterion for line in first.unknowns] == ["preferences"]
    assert first.points == sum(line.points for line in first.parts)
    assert view.blocked == "" and view.possible_count == 2


def test_a_meeting_place_is_named_in_the_sentence(in_scope):
    library = at(MeetingPlaceFactory(initiative=in_scope, name="Helsingør Bibliotek"), 2000)
    citizen = at(CitizenFactory(initiative=in_scope, channels=1, travel_km=5), 0)
    volunteer = at(VolunteerFactory(initiative=in_scope, channels=1), 30_000)
    volunteer.meeting_places.add(library)
    line = next(p for p in ranking_for(citizen).candidates[0].parts if p.criterion == "distance")
    assert line.sentence == "Can meet at Helsingør Bibliotek, 2 km from the citizen"


def test_impossible_volunteers_are_counted_by_their_first_rule_and_a_small_change_is_named(
    in_scope, open_match
):
    citizen = at(CitizenFactory(initiative=in_scope, channels=1, travel_km=5), 0)
    near = at(VolunteerFactory(initiative=in_scope, channels=3), 4000)
    far = [at(VolunteerFactory(initiative=in_scope, channels=1), 7400 + n) for n in range(2)]
    for _ in range(3):
        open_match(at(VolunteerFactory(initiative=in_scope, channels=1), 1000))
    no = ExclusionFactory(
        initiative=in_scope,
        citizen=citizen,
        volunteer=VolunteerFactory(initiative=in_scope),
        kind="declined",
    ).volunteer
    at(VolunteerFactory(initiative=in_scope, paused_from=days(0)), 0)
    VolunteerFactory(initiative=in_scope, status="conversation")
    view = ranking_for(citizen)
    assert [one.volunteer for one in view.candidates] == [near]
    assert [(group.code, group.count) for group in view.impossible] == [
        ("capacity", 3),
        ("distance", 2),
        ("declined", 1),
        ("pause_volunteer", 1),
    ]
    assert view.impossible[0].sentence == "3 have no free place"
    assert set(view.impossible[1].volunteers) == set(far) and view.impossible[2].volunteers == [no]
    assert view.impossible_summary == "7 volunteers are not possible now"
    assert view.changes[0].sentence == "If the travel distance is 8 km instead of 5: 2 more volunteers"
    assert "If one who is full can take one more: 3 more volunteers to choose from" in [
        change.sentence for change in view.changes
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"paused_from": days(0)}, "is on pause"),
        ({"status": "conversation"}, "not on the waiting list"),
        ({"status": "ended"}, "has ended"),
    ],
)
def test_who_cannot_get_a_proposal_now_is_shown_who_would_fit_and_told_why(
    values, sentence, in_scope, volunteer
):
    view = ranking_for(CitizenFactory(initiative=in_scope, **values))
    assert sentence in view.blocked
    assert [one.volunteer for one in view.candidates] == [volunteer]


def test_a_citizen_in_a_match_is_told_so_by_number(match_in, citizen):
    match_in("active")
    assert "match 1" in ranking_for(citizen).blocked


def test_a_ranking_asks_the_database_the_same_number_of_questions_for_six_and_for_a_hundred(
    in_scope, django_assert_num_queries
):
    for size in (3, 100):
        people.make_more(in_scope, size)
        citizen = CitizenFactory(initiative=in_scope)
        VolunteerFactory(initiative=in_scope)
        policy = MatchingPolicy.current(in_scope)
        with django_assert_num_queries(11):
            ranking_for(citizen, policy=policy)


def test_the_ranking_finds_the_same_as_the_plan_when_one_citizen_waits(in_scope):
    citizens, __ = people.make(in_scope, 30, 60, seed=5)
    Citizen.objects.update(status="conversation", paused_from=None)
    for citizen in citizens[:15]:
        Citizen.objects.filter(pk=citizen.pk).update(status="waiting")
        citizen.refresh_from_db()
        best = ranking_for(citizen).candidates
        rows = plans_for(in_scope)["most_people"].rows
        assert [row.volunteer for row in rows] == [best[0].volunteer if best else None][: len(rows)]
        assert bool(rows) == bool(best)
        if rows:
            assert rows[0].candidate == best[0]
        Citizen.objects.filter(pk=citizen.pk).update(status="conversation")


def contested(initiative):
    """Two citizens and two volunteers: both prefer the near one, and only one of them can have the far one."""
    near = at(VolunteerFactory(initiative=initiative, channels=1, travel_km=50), 0)
    far = at(VolunteerFactory(initiative=initiative, channels=1, travel_km=50), 12_000)
    wide = at(CitizenFactory(initiative=initiative, channels=1, travel_km=20, waiting_since=days(-90)), 1000)
    narrow = at(CitizenFactory(initiative=initiative, channels=1, travel_km=5, waiting_since=days(-10)), 2000)
    return near, far, wide, narrow


def test_a_plan_says_who_has_the_first_choice_and_what_forcing_it_costs(in_scope):
    near, far, wide, narrow = contested(in_scope)
    plans = plans_for(in_scope)
    assert list(plans) == ["most_people", "best_fit"]
    most = plans["most_people"]
    assert [(row.citizen, row.volunteer) for row in most.rows] == [(wide, far), (narrow, near)]
    assert (most.count, most.unmatched, most.longest_wait_days_matched) == (2, [], 90)
    assert most.rows[0].sentence == (
        f"First choice was {named(near)}, who goes to {named(narrow)}; "
        "forcing it leaves 1 more citizen without a match."
    )
    assert most.rows[0].cost > 0 and not most.rows[0].first_choice
    assert most.rows[1].first_choice and most.rows[1].cost is None
    assert most.mean_percent == round(sum(row.candidate.percent for row in most.rows) / 2)


def test_too_many_around_one_place_are_named_with_place_and_time(in_scope):
    from peer_support.directory.models import Postcode

    Postcode.objects.all().delete()
    Postcode.objects.create(number="7000", place="Fredericia", x=0.0, y=0.0)
    at(VolunteerFactory(initiative=in_scope, channels=1, travel_km=50), 0)
    for n in range(3):
        at(CitizenFactory(initiative=in_scope, channels=1, times="ti 17.00-20.00"), 100 * n)
    plan = plans_for(in_scope)["most_people"]
    said = (
        "3 citizens share 1 place around Fredericia, most of them on Tuesday evening. "
        "One more volunteer there would help."
    )
    assert plan.crowded == [said]
    assert len(plan.unmatched) == 2
    assert all(row.reasons == [said] and row.volunteer is None for row in plan.unmatched)


def test_the_unmatched_are_told_which_rules_stopped_whom_and_what_would_help(in_scope):
    citizen = at(CitizenFactory(initiative=in_scope, channels=1, travel_km=5), 0)
    at(VolunteerFactory(initiative=in_scope, channels=1), 8000)
    (row,) = plans_for(in_scope)["most_people"].unmatched
    assert row.citizen == citizen
    assert row.reasons == [
        "1 lives too far away",
        "If the travel distance is 8 km instead of 5: 1 more volunteer",
    ]
    Volunteer.objects.all().delete()
    (row,) = plans_for(in_scope)["most_people"].unmatched
    assert row.reasons == ["No volunteer is approved yet."]


def test_a_paused_citizen_is_in_no_proposal_and_keeps_the_place(in_scope, volunteer):
    CitizenFactory(initiative=in_scope, paused_from=days(0), waiting_since=days(-300))
    for plan in plans_for(in_scope).values():
        assert plan.rows == []
        assert [row.sentence for row in plan.unmatched] == ["On pause; keeps the place in the queue."]
    assert people_queries.waiting().get().paused_today is True


def test_two_plans_are_compared_by_who_gains_and_who_loses(in_scope):
    near, far, wide, narrow = contested(in_scope)
    most = plans_for(in_scope)["most_people"]
    Volunteer.objects.filter(pk=far.pk).update(paused_from=days(0))
    fewer = plans_for(in_scope)["most_people"]
    rows = differences(most, fewer)
    assert {(row.kind, row.citizen) for row in rows} == {("gains", wide), ("loses", narrow)}
    assert [row.kind for row in rows] == ["gains", "loses"]
    assert rows[1].sentence.startswith(f"{named(narrow)} gets nobody instead of {named(near)}, who fits ")
    assert differences(most, most) == []
    back = differences(fewer, most)
    assert any(row.sentence.startswith(f"{named(narrow)} gets {named(near)}") for row in back)


def test_the_same_people_get_the_same_plan_whatever_the_order_of_their_keys(in_scope, monkeypatch):
    from peer_support.matching import adapter

    people.make(in_scope, 40, 40, seed=9)
    pairs = [[(r.citizen.pk, r.volunteer.pk) for r in p.rows] for p in plans_for(in_scope).values()]
    assert pairs[0]
    straight = adapter._people

    def shuffled(name):
        build = getattr(adapter, name)
        monkeypatch.setattr(adapter, name, lambda rows, *rest, **kw: build(rows[::-1], *rest, **kw))

    shuffled("requests_of")
    shuffled("offers_of")
    assert adapter._people is straight
    assert adapter.load(in_scope.pk).requests.ids.tolist() == sorted(
        adapter.load(in_scope.pk).requests.ids.tolist(), reverse=True
    )
    assert pairs == [[(r.citizen.pk, r.volunteer.pk) for r in p.rows] for p in plans_for(in_scope).values()]


def test_plans_ask_the_database_the_same_number_of_questions_for_few_and_for_many(
    in_scope, django_assert_max_num_queries
):
    for size in (5, 60):
        people.make_more(in_scope, size)
        with django_assert_max_num_queries(14):
            plans_for(in_scope)


# Saved runs


def save(initiative, user, aim="most_people", policy=None):
    policy = policy or MatchingPolicy.current(initiative)
    plan = plans_for(initiative, policy)[aim].plan
    return services.save_run(initiative=initiative, policy=policy, plan=plan, user=user)


def test_a_saved_run_holds_numbers_and_codes_and_no_name(in_scope, coordinator):
    people.make(in_scope, 20, 20)
    run = save(in_scope, coordinator)
    kept = json.dumps(MatchRun.objects.values("result").get(pk=run.pk), default=str)
    for person in (*Citizen.objects.all(), *Volunteer.objects.all()):
        assert person.first_name not in kept and person.phone not in kept
        assert str(person) not in kept
    assert run.count == len(run.result["pairs"]) > 0
    assert (run.policy.version, run.aim, len(run.input_digest)) == (1, "most_people", 64)


def test_weights_that_were_tried_become_a_version_when_the_run_is_saved(
    in_scope, coordinator, volunteer, citizen
):
    from peer_support.matching.models_policy import policy_with

    tried = policy_with(MatchingPolicy.current(in_scope), {"weight_distance": 900})
    run = save(in_scope, coordinator, policy=tried)
    assert (run.policy.version, run.policy.weight_distance) == (1, 900)
    assert run.result["settings"]["weights"]["distance"] == 900


def test_the_last_plans_pairs_are_kept_where_the_difference_is_small(in_scope, coordinator):
    near = at(VolunteerFactory(initiative=in_scope, channels=1, travel_km=50), 0)
    citizen = at(CitizenFactory(initiative=in_scope, channels=1, travel_km=50), 3000)
    save(in_scope, coordinator)
    nearer = at(VolunteerFactory(initiative=in_scope, channels=1, travel_km=50), 2000)
    (row,) = plans_for(in_scope)["most_people"].rows
    assert (row.citizen, row.volunteer, row.first_choice) == (citizen, near, False)
    assert row.sentence == f"First choice is {named(nearer)}; the plan keeps what was proposed last time."
    policy = services.save_policy(initiative=in_scope, values={"hysteresis": 0}, user=coordinator)
    (row,) = plans_for(in_scope, policy)["most_people"].rows
    assert row.volunteer == nearer


def test_confirming_a_run_twice_makes_nothing_twice(in_scope, coordinator):
    contested(in_scope)
    run = save(in_scope, coordinator)
    first = services.confirm_run(run=run, user=coordinator)
    again = services.confirm_run(run=run, user=coordinator)
    assert (len(first.made), first.refused, again.made) == (2, [], [])
    assert {refusal.code for refusal in again.refused} == {"citizen_taken"}
    assert Match.objects.count() == 2
    assert {match.run for match in first.made} == {run}


def test_one_pair_of_a_run_can_be_confirmed_alone(in_scope, coordinator):
    __, far, wide, __ = contested(in_scope)
    run = save(in_scope, coordinator)
    result = services.confirm_run(run=run, citizen_ids=[str(wide.pk)], user=coordinator)
    assert [(match.citizen, match.volunteer) for match in result.made] == [(wide, far)]
    assert services.confirm_run(run=run, citizen_ids=[], user=coordinator).made == []


CONFLICTS = {
    "citizen_taken": lambda c, v, user: services.propose(
        citizen=c, volunteer=VolunteerFactory(initiative=c.initiative, postcode=""), user=user
    ),
    "capacity": lambda c, v, user: services.propose(
        citizen=CitizenFactory(initiative=c.initiative, postcode=""), volunteer=v, user=user
    ),
    "pause_volunteer": lambda c, v, user: Volunteer.objects.filter(pk=v.pk).update(paused_from=days(0)),
    "pause_citizen": lambda c, v, user: Citizen.objects.filter(pk=c.pk).update(paused_from=days(0)),
    "volunteer_ended": lambda c, v, user: Volunteer.objects.filter(pk=v.pk).update(status="ended"),
    "citizen_ended": lambda c, v, user: Citizen.objects.filter(pk=c.pk).update(status="ended"),
    "not_waiting": lambda c, v, user: Citizen.objects.filter(pk=c.pk).update(status="conversation"),
    "relative": lambda c, v, user: services.exclude_pair(citizen=c, volunteer=v, kind="relative", user=user),
    "distance": lambda c, v, user: Citizen.objects.filter(pk=c.pk).update(x=90_000.0),
    "gender": lambda c, v, user: (
        Citizen.objects.filter(pk=c.pk).update(gender_wish=1),
        Volunteer.objects.filter(pk=v.pk).update(gender=2),
    ),
    "contract": lambda c, v, user: Volunteer.objects.filter(pk=v.pk).update(contract_until=days(-1)),
}


@pytest.mark.parametrize("code", CONFLICTS)
def test_what_changed_since_the_run_is_told_and_the_other_pairs_are_made(code, in_scope, coordinator):
    __, far, wide, narrow = contested(in_scope)
    run = save(in_scope, coordinator)
    CONFLICTS[code](wide, far, coordinator)
    before = Match.objects.count()
    result = services.confirm_run(run=run, user=coordinator)
    assert [match.citizen for match in result.made] == [narrow]
    (refusal,) = result.refused
    assert (refusal.citizen, refusal.volunteer, refusal.code) == (wide, far, code)
    assert refusal.sentence.endswith(".")
    assert Match.objects.count() == before + 1


def test_a_run_that_gives_a_volunteer_two_citizens_fills_both_places_and_no_third(in_scope, coordinator):
    volunteer = VolunteerFactory(initiative=in_scope, capacity=2)
    for _ in range(3):
        CitizenFactory(initiative=in_scope)
    run = save(in_scope, coordinator)
    assert len(services.confirm_run(run=run, user=coordinator).made) == 2
    assert not people_queries.free_volunteers().filter(pk=volunteer.pk).exists()


def test_the_best_fit_leaves_out_what_fits_too_little_and_says_so(in_scope):
    known = {"times": "ti 17.00-20.00", "channels": 1, "hours_min": 1, "hours_max": 1}
    citizen = at(CitizenFactory(initiative=in_scope, **known), 0)
    weak = at(VolunteerFactory(initiative=in_scope, **{**known, "times": "fr 8.00-9.00"}), 29_000)
    citizen.interests.add(InterestFactory(name="Sange"))
    weak.interests.add(InterestFactory(name="Cykelture"))
    plans = plans_for(in_scope)
    assert [row.volunteer for row in plans["most_people"].rows] == [weak]
    assert plans["most_people"].mean_percent < 50
    (left_out,) = plans["best_fit"].unmatched
    assert left_out.sentence == "No place in this plan."
    assert left_out.reasons == ["Nobody fits at least 50 %. The other aim takes weaker matches too."]


def test_control_what_fits_well_is_in_both_plans(in_scope):
    known = {"times": "ti 17.00-20.00", "channels": 1, "hours_min": 1, "hours_max": 1}
    citizen = at(CitizenFactory(initiative=in_scope, **known), 0)
    good = at(VolunteerFactory(initiative=in_scope, **known), 1000)
    music = InterestFactory(name="Sange")
    for person in (citizen, good):
        person.interests.add(music)
    assert [[row.volunteer for row in plan.rows] for plan in plans_for(in_scope).values()] == [[good], [good]]
