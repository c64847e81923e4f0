"""A plan for all: trying costs nothing, saving keeps the weights, confirming judges each pair anew."""

import re

import pytest
from django.utils.translation import override

from peer_support.access.scopes import scope_of
from peer_support.matching import services
from peer_support.matching.board.views.run import changes_between
from peer_support.matching.models import Match, MatchingPolicy, MatchRun
from peer_support.testing.factories import CitizenFactory, MatchFactory

from .conftest import at, text_of, told

AIM = "most_people"


@pytest.fixture
def runs(town):
    """Return a function that lists the saved plans, oldest first."""

    def read():
        with scope_of(town.initiative.pk):
            return list(MatchRun.objects.select_related("policy").order_by("pk"))

    return read


def pairs_in(text):
    return set(re.findall(r'name="pair" value="(\d+-\d+)"', text))


def test_all_who_can_get_a_match_and_both_aims_stand_side_by_side(page, town):
    text = page("plan")
    assert len(pairs_in(text)) == 3
    assert text.count('class="plan-aim') >= 2 and 'id="aim-best_fit"' in text


def test_looking_and_trying_saves_nothing(page, town, runs):
    page("plan")
    page("plan", weight_interests=0, weight_time=900, aim="best_fit")
    assert runs() == []
    with scope_of(town.initiative.pk):
        assert not MatchingPolicy.objects.exists() and not Match.objects.exists()


def test_other_weights_give_other_points(page, town):
    first = re.findall(r"<strong>(\d+)\s%</strong>", page("plan"))
    second = re.findall(r"<strong>(\d+)\s%</strong>", page("plan", weight_interests=0, weight_distance=1000))
    assert first != second


def test_the_script_is_given_the_results_alone(coordinator_client, town):
    response = coordinator_client.get(at("plan"), headers={"X-Board-Results": "1"})
    text = text_of(response)
    assert "<html" not in text and "plan-aims" in text and len(pairs_in(text)) == 3
    assert "no-store" in response["Cache-Control"]


def test_a_weight_that_is_no_number_is_told_and_the_weights_in_force_count(page, town):
    text = page("plan", weight_interests="mange")
    assert "error-message" in text and 'value="mange"' in text and len(pairs_in(text)) == 3


def test_all_weights_zero_is_refused_with_a_sentence(page, town):
    zero = {f"weight_{n}": 0 for n in ("interests", "distance", "time", "hours", "preferences")}
    assert "error-message" in page("plan", **zero)


def test_saving_keeps_the_plan_and_proposes_nobody(send, town, runs):
    text = send("plan_save", then="save", aim=AIM)
    (run,) = runs()
    assert run.count == 3 and run.aim == AIM and run.made_by.username == "mette"
    assert "run-certificate" in text and told(text, "success")
    with scope_of(town.initiative.pk):
        assert not Match.objects.exists()


def test_weights_that_were_tried_are_saved_with_the_plan_as_a_new_version(send, town, runs):
    send("plan_save", then="save", aim=AIM, weight_interests=10)
    (run,) = runs()
    assert run.policy.weight_interests == 10 and run.policy.version == 1


def test_another_aim_is_not_another_version_of_the_weights(send, town, runs):
    send("plan_save", then="save", aim=AIM)
    send("plan_save", then="save", aim="best_fit")
    first, second = runs()
    assert first.policy == second.policy and second.aim == "best_fit"


def test_weights_that_are_not_right_are_not_saved(send, town, runs):
    assert told(send("plan_save", then="save", weight_interests="mange"), "warning")
    assert runs() == []


def test_ticked_pairs_are_proposed_with_the_plan_they_come_from(send, page, town, runs):
    one, *__ = sorted(pairs_in(page("plan")))
    send("plan_save", then="confirm", pair=[one], aim=AIM)
    with scope_of(town.initiative.pk):
        match = Match.objects.get()
    assert f"{match.citizen_id}-{match.volunteer_id}" == one and match.run == runs()[0]


def test_a_ticked_pair_that_is_not_in_the_plan_any_more_is_told_and_not_proposed(send, town):
    text = send("plan_save", then="confirm", pair=[f"{town.carla.pk}-{town.ymer.pk}", "x"], aim=AIM)
    assert told(text, "warning")
    with scope_of(town.initiative.pk):
        assert not Match.objects.exists()


def test_one_of_a_saved_plan_is_proposed_and_then_all(send, town, runs):
    send("plan_save", then="save", aim=AIM)
    (run,) = runs()
    text = send("run_confirm", run.pk, one=town.asta.pk, citizen=[town.bror.pk])
    with scope_of(town.initiative.pk):
        assert [match.citizen for match in Match.objects.all()] == [town.asta]
    assert "plan-row--settled" in text
    send("run_confirm", run.pk, citizen=[town.asta.pk, town.bror.pk, town.carla.pk])
    with scope_of(town.initiative.pk):
        assert Match.objects.filter(run=run).count() == 3


def test_confirming_twice_makes_nothing_twice(send, town, runs):
    send("plan_save", then="save", aim=AIM)
    everybody = {"citizen": [c.pk for c in town.citizens]}
    send("run_confirm", runs()[0].pk, **everybody)
    send("run_confirm", runs()[0].pk, **everybody)
    with scope_of(town.initiative.pk):
        assert Match.objects.count() == 3


def test_confirming_with_nothing_ticked_says_so(send, town, runs):
    send("plan_save", then="save", aim=AIM)
    assert told(send("run_confirm", runs()[0].pk), "info")
    assert told(send("run_confirm", runs()[0].pk, citizen=["x", "9" * 30]), "info")


def test_what_has_changed_since_is_told_on_the_row_and_when_confirming(send, page, town, runs, coordinator):
    send("plan_save", then="save", aim=AIM)
    (run,) = runs()
    with scope_of(town.initiative.pk):
        services.propose(citizen=town.asta, volunteer=town.walther, user=coordinator)
    assert "plan-row__conflict" in page("run", run.pk)
    text = send("run_confirm", run.pk, citizen=[town.asta.pk])
    assert told(text, "warning") and not told(text, "success")


def test_an_older_and_a_newer_plan_are_compared_in_the_same_words(send, town, runs):
    send("plan_save", then="save", aim=AIM)
    MatchFactory(initiative=town.initiative, citizen=town.asta, volunteer=town.vilma)
    send("plan_save", then="save", aim=AIM)
    older, newer = runs()
    with scope_of(town.initiative.pk), override("en"):
        forth, back = changes_between(newer, older), changes_between(older, newer)
        assert f"{town.asta} has no place here. The other plan says {town.vilma}." in forth
        assert f"{town.asta} has a place here: {town.vilma}. The other plan has none." in back


def test_a_row_names_the_first_choice_it_speaks_of(page, town):
    with scope_of(town.initiative.pk):
        town.vilma.capacity = 1
        town.vilma.save()
    with override("da"):
        assert f"Vilma ({town.vilma})" in page("plan")


def test_two_saved_plans_are_compared_in_sentences(send, page, town, runs):
    send("plan_save", then="save", aim=AIM)
    MatchFactory(initiative=town.initiative, citizen=town.asta, volunteer=town.vilma)
    send("plan_save", then="save", aim=AIM)
    first, second = runs()
    text = page("run", second.pk, **{"with": first.pk})
    assert str(town.asta) in text.split("run-compare", 1)[1]
    assert "board-reasons" not in page("run", second.pk).split("run-compare", 1)[1]


def test_a_swap_shows_the_price_of_every_other_volunteer(page, town):
    text = page("swap", town.asta.pk)
    assert text.count("swap__price") >= 1
    assert at("propose", town.asta.pk) in text


def test_who_has_no_place_cannot_be_swapped(coordinator_client, town):
    citizen = CitizenFactory(initiative=town.initiative, gender_wish=3, channels=8)
    with scope_of(town.initiative.pk):
        for volunteer in town.volunteers:
            volunteer.channels = 1
            volunteer.save()
    response = coordinator_client.get(at("swap", citizen.pk), follow=True)
    assert response.redirect_chain and told(text_of(response), "info")


def test_who_has_no_place_is_named_with_the_reason(page, town):
    for __ in range(4):
        CitizenFactory(initiative=town.initiative, channels=1)
    text = page("plan")
    assert 'id="unmatched"' in text and "board-reasons" in text


def test_with_nobody_waiting_there_is_a_word_about_what_a_plan_is(page, initiative):
    assert "board-empty" in page("plan")


def test_the_number_of_queries_does_not_grow_with_the_people(
    coordinator_client, town, django_assert_max_num_queries, send, runs
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(url):
        coordinator_client.get(url)
        with CaptureQueriesContext(connection) as queries:
            coordinator_client.get(url)
        return len(queries)

    send("plan_save", then="save", aim=AIM)
    few = [count(at("plan")), count(at("run", runs()[0].pk))]
    from peer_support.testing.factories import VolunteerFactory

    for __ in range(8):
        CitizenFactory(initiative=town.initiative)
        VolunteerFactory(initiative=town.initiative)
    send("plan_save", then="save", aim=AIM)
    # Reasons for who has no place may look up the map once.
    assert count(at("plan")) <= few[0] + 1
    assert count(at("run", runs()[-1].pk)) <= few[1]
