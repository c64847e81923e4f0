"""The life of a match, by the addresses a browser would send to: every step, every refusal, nothing typed is lost."""

import datetime

import pytest
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override

from peer_support.access.scopes import scope_of
from peer_support.matching import sentences
from peer_support.matching.board.views.match import MAY_BE_PASSED_ON
from peer_support.matching.models import Match
from peer_support.matching.models_match import EndingReason
from peer_support.testing.factories import CoordinatorFactory, MatchFactory

from .conftest import at, text_of, told

TODAY = timezone.localdate


@pytest.fixture
def proposal(send, town):
    """A proposal of Asta and Vilma, made on the board."""
    send("propose", town.asta.pk, volunteer=town.vilma.pk)
    with scope_of(town.initiative.pk):
        return Match.objects.get()


@pytest.fixture
def now(town):
    """Return a function that reads a match anew."""

    def read(match):
        with scope_of(town.initiative.pk):
            return Match.objects.select_related("citizen", "volunteer").get(pk=match.pk)

    return read


@pytest.fixture
def step(send, now):
    """Return a function that takes a step as the page's own form would."""

    def take(match, action, **data):
        return send("match_action", match.pk, action, version=now(match).version, **data)

    return take


def both(step, match, action, answer="yes"):
    for side in ("citizen", "volunteer"):
        step(match, action, side_given=side, answer=answer)


def started(step, match):
    both(step, match, "answer")
    step(match, "first_meeting", on=TODAY() - datetime.timedelta(days=1), place="Biblioteket")
    both(step, match, "day_after")
    step(
        match,
        "start",
        active_from=TODAY(),
        planned_end=TODAY() + datetime.timedelta(days=100),
        hours_a_week="1,5",
        place="Biblioteket",
        goals="Ud hver uge",
    )


def test_from_the_proposal_to_the_ending(step, proposal, now, page, town):
    started(step, proposal)
    match = now(proposal)
    assert match.state == "active" and float(match.hours_a_week) == 1.5 and match.goals == "Ud hver uge"
    step(match, "pause", paused_from=TODAY(), paused_until="", reason="Ferie")
    assert now(match).state == "paused" and "Ferie" in page("match", match.pk)
    step(match, "resume")
    assert now(match).state == "active"
    step(
        match,
        "agreement",
        planned_end=TODAY() + datetime.timedelta(days=120),
        hours_a_week="2",
        place="Caféen",
    )
    assert now(match).place == "Caféen"
    text = step(
        match, "end", on=TODAY(), by="both", reasons=["goal", "time"], citizen_then="waiting", note="Gik godt"
    )
    match = now(match)
    assert match.state == "ended" and match.ending_reasons == ["goal", "time"] and "Gik godt" in text
    assert match.citizen.status == "waiting"
    # The pair is not proposed again.
    assert f'id="volunteer-{town.vilma.pk}"' not in page("ranking", town.asta.pk)


def test_the_way_so_far_tells_every_step_with_who_and_when(step, proposal, page):
    started(step, proposal)
    timeline = page("match", proposal.pk).split('class="match-way"', 1)[1].split("</ol>")[0]
    assert timeline.count("Mette") == 7
    assert timeline.count("board-timeline__ahead") == 2


def test_the_next_step_stands_on_top_with_one_primary_button_and_the_number_to_call(page, proposal, town):
    text = page("match", proposal.pk)
    first = text[text.index("match-next") : text.index("match-columns")]
    assert f'href="tel:{town.asta.phone}"' in first
    assert text.count('<button class="button" type="submit">') == 1


def test_one_no_declines_costs_no_place_and_the_pair_is_not_proposed_again(step, proposal, now, page, town):
    step(proposal, "answer", side_given="volunteer", answer="no")
    assert now(proposal).state == "declined"
    assert "Asta" in page("waiting")
    assert f'id="volunteer-{town.vilma.pk}"' not in page("ranking", town.asta.pk)


def test_a_no_the_day_after_is_as_free(step, proposal, now, page):
    both(step, proposal, "answer")
    step(proposal, "first_meeting", on=TODAY(), place="")
    step(proposal, "day_after", side_given="citizen", answer="no")
    assert now(proposal).state == "declined" and "Asta" in page("waiting")


@pytest.mark.parametrize("action", ["answer"])
def test_let_us_talk_changes_nothing(step, proposal, now, action):
    text = step(proposal, action, side_given="citizen", answer="thinking")
    assert told(text, "info")
    assert now(proposal).version == proposal.version


def test_an_answer_can_be_taken_back(step, proposal, now):
    text = step(proposal, "answer", side_given="citizen", answer="yes")
    assert "take_back_answer" in text
    step(proposal, "take_back_answer", side_given="citizen")
    assert now(proposal).citizen_answer == ""


def test_an_answer_from_the_day_after_can_be_taken_back(step, proposal, now):
    both(step, proposal, "answer")
    step(proposal, "first_meeting", on=TODAY(), place="")
    assert "take_back_after" in step(proposal, "day_after", side_given="citizen", answer="yes")
    step(proposal, "take_back_after", side_given="citizen")
    assert now(proposal).citizen_after == ""


def test_a_slip_of_the_finger_is_taken_back(step, proposal, now):
    step(proposal, "answer", side_given="citizen", answer="no")
    step(proposal, "reopen")
    assert now(proposal).state == "proposed"


def test_a_proposal_is_withdrawn_and_the_pair_can_be_proposed_again(step, proposal, now, page, town):
    step(proposal, "withdraw")
    assert now(proposal).state == "withdrawn"
    assert f'id="volunteer-{town.vilma.pk}"' in page("ranking", town.asta.pk)


def test_a_meeting_to_come_is_booked_and_shown_ahead(step, proposal, now, page):
    both(step, proposal, "answer")
    step(proposal, "first_meeting", on=TODAY() + datetime.timedelta(days=3), place="Biblioteket")
    assert now(proposal).state == "accepted"
    assert "board-timeline__ahead" in page("match", proposal.pk)


def test_a_date_is_understood_as_people_write_it(step, proposal, now):
    both(step, proposal, "answer")
    step(proposal, "first_meeting", on=TODAY().strftime("%d.%m.%Y"), place="")
    assert now(proposal).first_meeting_on == TODAY()


def test_a_fault_keeps_what_was_typed_and_says_what_to_do(step, proposal, now):
    both(step, proposal, "answer")
    version = now(proposal).version
    text = step(proposal, "first_meeting", on="i morgen", place="Ved havnen")
    assert now(proposal).version == version
    assert "24.12.2026" in text and 'value="i morgen"' in text and 'value="Ved havnen"' in text
    assert "aria-invalid" in text and "error-message" in text


@pytest.mark.parametrize("number", ["010190-1234", "01-01-1990-1234", "610190 1234"])
def test_a_cpr_number_is_refused_and_the_rest_is_kept(step, proposal, now, number):
    both(step, proposal, "answer")
    version = now(proposal).version
    text = step(proposal, "first_meeting", on=TODAY().isoformat(), place=f"Hos {number}")
    assert now(proposal).version == version and "CPR" in text and "error-message" in text
    assert f'value="{TODAY().isoformat()}"' in text


def test_a_refused_step_keeps_what_was_typed(step, proposal, now):
    both(step, proposal, "answer")
    step(proposal, "first_meeting", on=TODAY(), place="")
    both(step, proposal, "day_after")
    text = step(
        proposal,
        "start",
        active_from=TODAY(),
        planned_end=TODAY() + datetime.timedelta(days=900),
        goals="Noget langt og velovervejet",
    )
    assert now(proposal).state == "met"
    assert "Noget langt og velovervejet" in text and told(text, "warning")


def test_an_ending_needs_a_reason_and_keeps_the_note(step, proposal, now):
    started(step, proposal)
    text = step(proposal, "end", on=TODAY(), by="both", citizen_then="ended", note="Husk blomster")
    assert now(proposal).state == "active" and "Husk blomster" in text and "error-message" in text


def test_who_comes_second_is_told_kindly_what_the_other_did(
    step, proposal, now, client_for, town, coordinator_client
):
    other = client_for(CoordinatorFactory(initiative=town.initiative, first_name="Sanne"))
    url = at("match_action", proposal.pk, "answer")
    seen = now(proposal).version
    other.post(url, {"side_given": "citizen", "answer": "yes", "version": seen})
    response = coordinator_client.post(url, {"side_given": "volunteer", "answer": "yes", "version": seen})
    text = text_of(response)
    assert response.status_code == 200 and "Sanne" in text and told(text, "warning")
    assert now(proposal).volunteer_answer == ""
    # The choice stands ticked, and sending the form as it now is goes through.
    assert "checked" in text and f'name="version" value="{now(proposal).version}"' in text
    step(proposal, "answer", side_given="volunteer", answer="yes")
    assert now(proposal).state == "accepted"


def test_what_was_typed_for_a_step_that_is_gone_is_shown(
    step, proposal, now, client_for, town, coordinator_client
):
    both(step, proposal, "answer")
    seen = now(proposal).version
    other = client_for(CoordinatorFactory(initiative=town.initiative, first_name="Sanne"))
    other.post(at("match_action", proposal.pk, "withdraw"), {"version": seen})
    text = text_of(
        coordinator_client.post(
            at("match_action", proposal.pk, "first_meeting"),
            {"on": TODAY().isoformat(), "place": "Kaféen på hjørnet", "version": seen},
        )
    )
    assert "Sanne" in text and "Kaféen på hjørnet" in text
    lost = lost_in(text)
    with override("da"):
        assert sentences.day(TODAY()) in lost and TODAY().isoformat() not in lost


def lost_in(text):
    """What the page gives back of what was typed in vain."""
    return text.split('role="note"', 1)[1].split("</dl>", 1)[0]


def test_an_ending_written_in_vain_gives_back_every_tick_and_choice_as_it_was_read(
    step, proposal, now, client_for, town, coordinator_client
):
    started(step, proposal)
    seen = now(proposal).version
    other = client_for(CoordinatorFactory(initiative=town.initiative, first_name="Sanne"))
    ending = {"on": TODAY().isoformat(), "by": "both", "citizen_then": "waiting"}
    other.post(at("match_action", proposal.pk, "end"), {**ending, "reasons": ["time"], "version": seen})
    lost = lost_in(
        text_of(
            coordinator_client.post(
                at("match_action", proposal.pk, "end"),
                {**ending, "reasons": ["goal", "moved"], "note": "Husk blomster", "version": seen},
            )
        )
    )
    with override("da"):
        reasons = [str(escape(str(dict(EndingReason.choices)[code]))) for code in ("goal", "moved")]
    assert all(reason in lost for reason in reasons) and "Husk blomster" in lost
    assert not any(f"<dd>{raw}</dd>" in lost for raw in ("goal", "both", "waiting", TODAY().isoformat()))


def test_a_double_click_is_written_once_and_nobody_is_scolded(proposal, now, coordinator_client):
    url, data = at("match_action", proposal.pk, "withdraw"), {"version": now(proposal).version}
    coordinator_client.post(url, data)
    text = text_of(coordinator_client.post(url, data, follow=True))
    assert not told(text, "warning") and told(text, "info")
    with scope_of(proposal.initiative_id):
        assert now(proposal).events.filter(action="withdraw").count() == 1


def test_a_step_that_is_not_next_is_refused_with_a_sentence(step, proposal, now):
    text = step(proposal, "end", on=TODAY(), by="both", reasons=["goal"], citizen_then="ended")
    assert now(proposal).state == "proposed" and told(text, "warning")


def test_an_unknown_step_or_side_is_no_step(coordinator_client, proposal, now):
    assert coordinator_client.post(at("match_action", proposal.pk, "promote")).status_code == 404
    response = coordinator_client.post(
        at("match_action", proposal.pk, "answer"), {"side_given": "neighbour", "answer": "yes"}
    )
    assert response.status_code == 200 and now(proposal).version == proposal.version


def test_looking_at_a_steps_address_changes_nothing_and_leads_to_the_match(coordinator_client, proposal, now):
    response = coordinator_client.get(at("match_action", proposal.pk, "withdraw"))
    assert response.status_code == 302 and response.url == at("match", proposal.pk)
    assert now(proposal).state == "proposed"


def test_contact_is_shown_while_the_match_is_open_and_not_after(step, proposal, page, town):
    assert f"tel:{town.vilma.phone}" in page("match", proposal.pk)
    step(proposal, "withdraw")
    assert town.vilma.phone not in page("match", proposal.pk)


@pytest.mark.parametrize("state", ["proposed", "accepted", "met", "active", "paused"])
def test_the_page_says_what_the_two_may_know_at_each_step(page, initiative, state):
    match = MatchFactory(initiative=initiative, state=state)
    with override("da"):
        assert str(escape(str(MAY_BE_PASSED_ON[state]))) in page("match", match.pk)


def test_what_may_be_passed_on_grows_in_three_steps():
    nothing, name, contact = (MAY_BE_PASSED_ON[state] for state in ("proposed", "accepted", "active"))
    assert len({str(nothing), str(name), str(contact)}) == 3
    assert MAY_BE_PASSED_ON["met"] == name and MAY_BE_PASSED_ON["paused"] == contact


def test_the_reasons_for_the_match_are_kept_as_they_were(page, proposal):
    assert page("match", proposal.pk).count("board-parts__points") == 5


def test_an_active_match_says_that_nothing_presses_and_an_ended_one_does_not_push_to_undo(
    step, proposal, page
):
    started(step, proposal)
    text = page("match", proposal.pk)
    assert "match-next--calm" in text and '<button class="button" type="submit">' not in text
    step(proposal, "end", on=TODAY(), by="both", reasons=["goal"], citizen_then="waiting")
    text = page("match", proposal.pk)
    assert "match-next--calm" in text and '<button class="button" type="submit">' not in text
    assert at("ranking", proposal.citizen_id) in text
