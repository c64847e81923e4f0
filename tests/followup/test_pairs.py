"""Calls, silence, pauses and endings of a pair: one test per rule, through the services and the screens."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.followup import (
    due,
    planning,
    rules_pause,
    services_ending,
    services_follow_up,
    services_pause,
)
from peer_support.followup.models import EndingStep, FollowUp, Pause
from peer_support.followup.rhythm import active_matches, silence_of, time_together
from peer_support.matching import people_queries, services
from peer_support.matching.models import Match
from peer_support.people import services as people
from peer_support.people.models import Citizen, Conversation, Volunteer
from peer_support.people.services_standing import lift_stop, stop_use
from peer_support.recruitment.rules_consent import OWN_PURPOSE
from peer_support.recruitment.services_consent import note_own_yes, record_consent, withdraw_consent
from peer_support.testing.factories import CitizenFactory, VolunteerFactory
from peer_support.testing.factories_followup import FollowUpFactory, MeetingFactory, PauseFactory

from .conftest import days

pytestmark = pytest.mark.django_db


def calls(match, state="open"):
    """``{kind: due day}`` of the citizen's calls."""
    rows = FollowUp.objects.filter(match=match, side="citizen", state=state)
    return {row.kind: row.due_on for row in rows}


def at(name, *args):
    return reverse(f"peer_support_pairs:{name}", args=args)


class TestPlan:
    def test_a_first_meeting_plans_the_day_after_and_the_start_plans_the_rest(self, bring):
        assert calls(bring("met")) == {"day_after": days(1)}
        match = bring("active")
        assert calls(match) == {
            "week": days(7),
            "trial": match.trial_until - datetime.timedelta(3),
            "quarter": days(91),
            "before_end": match.planned_end - datetime.timedelta(21),
        }
        assert calls(match, "done") == {"day_after": days(1)}

    def test_two_calls_close_to_each_other_become_one(self, in_scope):
        match = Match(state="active", active_from=days(), trial_until=days(30), planned_end=days(180))
        found = planning.wanted(match, planning.lines_of([]))
        assert ("citizen", "trial") in found and ("citizen", "month") not in found

    def test_it_moves_with_the_agreement_and_comes_anew_for_a_new_end(self, bring, coordinator):
        match = bring("active", planned_end=days(40))
        row = FollowUp.objects.get(match=match, side="citizen", kind="before_end")
        services.change_agreement(match=match, planned_end=days(80), user=coordinator)
        row.refresh_from_db()
        assert row.due_on == days(59)
        services_follow_up.answer_follow_up(follow_up=row, outcome="well", user=coordinator)
        services.change_agreement(match=match, planned_end=days(120), user=coordinator)
        rounds = FollowUp.objects.filter(match=match, side="citizen", kind="before_end")
        assert sorted(rounds.values_list("round", "state")) == [(1, "done"), (2, "open")]

    def test_a_pause_cancels_the_calls_and_its_days_do_not_count(self, bring, coordinator, time_machine_at):
        match = bring("active")
        services.pause_match(match=match, paused_from=days(), user=coordinator)
        assert calls(match) == {}
        time_machine_at(10)
        services.resume_match(match=match, user=coordinator)
        assert calls(match)["week"] == match.active_from + datetime.timedelta(17)
        services.end_match(match=match, on=days(), by="both", reasons=["goal"], user=coordinator)
        assert calls(match) == {}

    def test_keeping_in_step_twice_changes_nothing_and_makes_nothing_twice(self, bring):
        bring("active")
        bring("met")
        before = list(FollowUp.objects.order_by("pk").values())
        assert services_follow_up.plan_follow_ups() == 0
        assert list(FollowUp.objects.order_by("pk").values()) == before

    @pytest.mark.parametrize("side", ["citizen", "volunteer"])
    def test_a_pair_that_is_left_alone_is_planned_when_the_stop_is_lifted(self, bring, side):
        stopped, other = bring("active"), bring("active")
        FollowUp.objects.all().delete()
        person = getattr(stopped, side)
        stop_use(person=person, user=None)
        call_command("plan_follow_ups", verbosity=0)
        assert calls(stopped) == {} and calls(other), "the control: the others are planned"
        lift_stop(person=person, user=None)
        assert calls(stopped) == calls(other)
        before = list(FollowUp.objects.order_by("pk").values())
        call_command("plan_follow_ups", verbosity=0)
        assert list(FollowUp.objects.order_by("pk").values()) == before

    def test_a_stop_of_the_other_still_holds(self, bring):
        match = bring("active")
        FollowUp.objects.all().delete()
        for person in (match.citizen, match.volunteer):
            stop_use(person=person, user=None)
        lift_stop(person=match.citizen, user=None)
        assert calls(match) == {}
        lift_stop(person=match.volunteer, user=None)
        assert calls(match)

    @pytest.mark.parametrize("side", ["citizen", "volunteer"])
    def test_a_pair_whose_yes_was_taken_back_is_planned_when_a_new_one_is_written_down(self, bring, side):
        stopped, other = bring("active"), bring("active")
        person = getattr(stopped, side)
        given = record_consent(subject=person, purpose=OWN_PURPOSE[type(person)], how="form")
        withdraw_consent(consent=given, how="form", user=None)
        FollowUp.objects.all().delete()
        call_command("plan_follow_ups", verbosity=0)
        assert calls(stopped) == {} and calls(other), "the control: the others are planned"
        note_own_yes(person=person, how="meeting", user=None)
        assert calls(stopped) == calls(other)
        before = list(FollowUp.objects.order_by("pk").values())
        call_command("plan_follow_ups", verbosity=0)
        assert list(FollowUp.objects.order_by("pk").values()) == before

    def test_a_new_yes_during_a_stop_plans_nothing_before_it_is_lifted(self, bring):
        match = bring("active")
        given = record_consent(subject=match.citizen, purpose="support", how="form")
        withdraw_consent(consent=given, how="form", user=None)
        stop_use(person=match.citizen, user=None)
        FollowUp.objects.all().delete()
        record_consent(
            subject=type(match.citizen).objects.get(pk=match.citizen_id), purpose="support", how="form"
        )
        assert calls(match) == {}
        lift_stop(person=match.citizen, user=None)
        assert calls(match)

    def test_calls_that_are_planned_already_stand_still_while_it_is_left_alone(self, bring):
        match = bring("active")
        FollowUp.objects.filter(match=match).update(due_on=days(400))
        stop_use(person=match.citizen, user=None)
        call_command("plan_follow_ups", verbosity=0)
        assert set(calls(match).values()) == {days(400)}
        lift_stop(person=match.citizen, user=None)
        assert calls(match)["week"] == days(7)

    def test_a_match_that_began_long_ago_is_not_asked_about_its_first_week(self, bring):
        assert set(calls(bring("active", since=-60))) == {"quarter", "before_end"}

    def test_the_plan_of_an_initiative_moves_the_calls_of_its_matches(self, bring, coordinator_client):
        match = bring("active")
        page = coordinator_client.get(at("plan"))
        form = page.context["form"]
        data = {name: form[name].initial for name in form.fields if form[name].initial not in (False, None)}
        data |= {"days_week": "10", "initiative": match.initiative_id}
        del data["volunteer_week"]
        assert coordinator_client.post(at("plan"), data).status_code == 302
        with scope_of(match.initiative_id):
            assert calls(match)["week"] == days(10)
            volunteers = FollowUp.objects.filter(match=match, side="volunteer", kind="week")
            assert set(volunteers.values_list("state", flat=True)) == {"cancelled"}


class TestAnswer:
    def test_not_reached_asks_again_in_two_days_and_keeps_the_try(self, bring, coordinator):
        row = FollowUp.objects.get(match=bring("active"), side="citizen", kind="week")
        done, again = services_follow_up.answer_follow_up(
            follow_up=row, outcome="not_reached", user=coordinator
        )
        assert (done.state, again.kind, again.round, again.due_on) == ("done", "week", 2, days(2))
        services_follow_up.plan_follow_ups()
        again.refresh_from_db()
        assert again.due_on == days(2)

    @pytest.mark.parametrize(
        ("outcome", "answer", "state"), [("well", "yes", "met"), ("stop", "no", "declined")]
    )
    def test_the_day_after_the_answer_is_written_on_the_match_too(
        self, bring, coordinator, outcome, answer, state
    ):
        match = bring("met")
        row = FollowUp.objects.get(match=match, side="volunteer")
        services_follow_up.answer_follow_up(follow_up=row, outcome=outcome, user=coordinator)
        match.refresh_from_db()
        assert (match.volunteer_after, match.state) == (answer, state)

    def test_an_answer_taken_back_opens_the_call_again(self, bring, coordinator):
        match = bring("met")
        for answer in ("yes", ""):
            services.record_day_after(match=match, side="citizen", answer=answer, user=coordinator)
        assert calls(match) == {"day_after": days(1)}

    def test_two_answers_to_one_call_the_second_is_told(self, bring, coordinator):
        row = FollowUp.objects.get(match=bring("active"), side="citizen", kind="week")
        services_follow_up.answer_follow_up(follow_up=row, outcome="well", user=coordinator)
        with pytest.raises(NotAllowed) as refusal:
            services_follow_up.answer_follow_up(follow_up=row, outcome="talk", user=coordinator)
        assert coordinator.get_full_name() in refusal.value.decision.reason

    @pytest.mark.parametrize(
        ("outcome", "leads"),
        [("well", "/"), ("talk", "/conversation/"), ("change", "#form-agreement"), ("stop", "#form-end")],
    )
    def test_the_screen_leads_on_to_what_the_answer_calls_for(
        self, bring, coordinator_client, outcome, leads
    ):
        match = bring("active")
        row = FollowUp.objects.get(match=match, side="citizen", kind="week")
        page = coordinator_client.get(at("answer", row.pk)).content.decode()
        assert match.citizen.phone in page
        response = coordinator_client.post(at("answer", row.pk), {"outcome": outcome, "note": "Glad"})
        assert response["Location"].endswith(leads)
        row.refresh_from_db()
        assert row.note == "Glad"

    def test_a_cpr_number_is_not_kept_and_nothing_typed_is_lost(self, bring, coordinator_client):
        row = FollowUp.objects.get(match=bring("active"), side="citizen", kind="week")
        response = coordinator_client.post(
            at("answer", row.pk), {"outcome": "well", "note": "Født 010190-1234"}
        )
        assert "010190-1234" in response.content.decode() and "board-fault" in response.content.decode()
        row.refresh_from_db()
        assert (row.state, row.note) == ("open", "")

    def test_a_call_can_be_agreed_on_for_any_day(self, bring, coordinator_client):
        match = bring("active")
        data = {"side": "volunteer", "due_on": days(5).isoformat()}
        coordinator_client.post(at("add_call", match.pk), data)
        assert FollowUp.objects.get(kind="agreed").due_on == days(5)


class TestSilence:
    @pytest.mark.parametrize(
        ("every", "since", "long"),
        [("week", 21, False), ("week", 22, True), ("fortnight", 35, False), ("fortnight", 36, True),
         ("month", 69, False), ("month", 70, True)],
    )  # fmt: skip
    def test_silence_is_measured_against_the_pair_s_own_agreement(
        self, bring, in_english, every, since, long
    ):
        match = bring("active", since=-since, agreed_every=every)
        FollowUp.objects.update(done_on=days(-since))
        silence = silence_of(active_matches().get(pk=match.pk))
        assert (silence.days, silence.is_long) == (since, long)
        assert f"no meeting is written down for {since} days" in silence.sentence

    def test_a_meeting_a_pause_and_a_call_count(self, bring, coordinator):
        match = bring("active", since=-60)
        FollowUp.objects.update(done_on=days(-60))
        PauseFactory(match=match, starts=days(-30), over_on=days(-10))
        assert silence_of(active_matches().get()).days == 40
        MeetingFactory(match=match, on=days(-35))
        silence = silence_of(active_matches().get())
        assert (silence.days, silence.is_long) == (15, False)
        MeetingFactory(match=match, on=days(-20), outcome="not_met")
        assert silence_of(active_matches().get()).days == 15
        row = FollowUpFactory(match=match, kind="agreed")
        services_follow_up.answer_follow_up(follow_up=row, outcome="well", user=coordinator)
        assert silence_of(active_matches().get(), days(3)).asked

    def test_agreed_and_real_time_stand_beside_each_other(self, bring, in_english):
        match = bring("active", since=-60, hours_a_week=1)
        for ago, minutes in ((3, 60), (10, 40), (17, 50), (50, 500)):
            MeetingFactory(match=match, on=days(-ago), minutes=minutes)
        MeetingFactory(match=match, on=days(-3), minutes=30, side="citizen")
        sentence = time_together([match])[match.pk].sentence
        assert sentence == "Agreed: 1 hour a week. The last 6 weeks: 25 minutes a week on average."


class TestPauses:
    def test_each_pause_is_a_row_and_its_reason_is_forgotten(self, in_scope, coordinator, time_machine_at):
        citizen = CitizenFactory(initiative=in_scope)
        people.pause_person(person=citizen, until=days(10), reason="Sommer", user=coordinator)
        row = Pause.objects.get(citizen=citizen)
        assert (row.starts, row.until, row.ask_on) == (days(), days(10), days(7))
        people.pause_person(person=citizen, until=days(20), reason="Sommer", user=coordinator)
        assert Pause.objects.get(citizen=citizen).until == days(20)
        people.resume_person(person=citizen, user=coordinator)
        row.refresh_from_db()
        assert (row.over_on, Citizen.objects.get().pause_reason) == (days(), "")
        time_machine_at(5)
        people.pause_person(person=citizen, user=coordinator)
        assert Pause.objects.filter(citizen=citizen).count() == 2

    def test_a_pause_that_ran_out_unasked_is_not_written_over_by_the_next(
        self, in_scope, coordinator, time_machine_at
    ):
        citizen = CitizenFactory(initiative=in_scope)
        people.pause_person(person=citizen, until=days(10), user=coordinator)
        time_machine_at(40)
        people.pause_person(person=citizen, user=coordinator)
        rows = Pause.objects.filter(citizen=citizen).order_by("starts")
        assert [(row.starts, row.over_on) for row in rows] == [(days(-40), days(-30)), (days(), None)]

    @pytest.mark.parametrize(
        ("pause", "free_in"),
        [({"paused_until": 30}, 56), ({"paused_until": 57}, 0), ({}, 56), ({"frees_place": True}, 0)],
    )
    def test_a_long_pause_frees_the_volunteer_s_place(
        self, bring, coordinator, time_machine_at, pause, free_in
    ):
        match = bring("active")
        values = {**pause, "paused_until": days(pause["paused_until"]) if "paused_until" in pause else None}
        services.pause_match(match=match, paused_from=days(), user=coordinator, **values)
        rows = Volunteer.objects.filter(pk=match.volunteer_id)
        if free_in:
            time_machine_at(free_in - 1)
            assert people_queries.with_open_matches(rows).get().free_places == 0
            time_machine_at(1)
        assert people_queries.with_open_matches(rows).get().free_places == 1
        other = services.propose(
            citizen=CitizenFactory(initiative=match.initiative), volunteer=match.volunteer, user=coordinator
        )
        assert other.state == "proposed"

    def test_a_place_that_is_taken_is_said_kindly_and_they_wait_or_one_more_is_taken(
        self, bring, coordinator, coordinator_client
    ):
        match = bring("active")
        services.pause_match(match=match, paused_from=days(), frees_place=True, user=coordinator)
        other = CitizenFactory(initiative=match.initiative)
        services.propose(citizen=other, volunteer=match.volunteer, user=coordinator)
        with pytest.raises(NotAllowed) as refusal:
            services.resume_match(match=match, user=coordinator)
        assert refusal.value.decision.code == "place_taken"
        pause = Pause.objects.get(match=match)
        page = coordinator_client.post(at("pause", pause.pk), {"answer": "ready"})
        assert 'name="one_more"' in page.content.decode()
        coordinator_client.post(at("pause", pause.pk), {"answer": "ready", "one_more": "wish"})
        match.refresh_from_db()
        assert match.state == "active"
        assert match.events.order_by("-pk").first().facts == {"one_more": "wish"}

    def test_who_covers_is_a_colleague_or_another_free_volunteer_only(self, bring, coordinator):
        pause = Pause.objects.get(match=bring("paused"))
        other = VolunteerFactory(initiative=pause.initiative)
        away = VolunteerFactory(initiative=pause.initiative, paused_from=days(-1))
        services_pause.cover_pause(pause=pause, by_volunteer=other, user=coordinator)
        services_pause.cover_pause(pause=pause, by_user=coordinator, user=coordinator)
        pause.refresh_from_db()
        assert (pause.covered_by_user, pause.covered_by_volunteer) == (coordinator, None)
        for wrong in (pause.match.volunteer, away, VolunteerFactory()):
            assert not rules_pause.may_cover(pause, by_volunteer=wrong)

    def test_at_the_end_the_list_asks_and_the_answer_may_be_longer_or_later(
        self, bring, coordinator, coordinator_client, in_english
    ):
        match = bring("active")
        services.pause_match(
            match=match, paused_from=days(), paused_until=days(3), reason="Rejse", user=coordinator
        )
        (line,) = due.pauses_ending(days())
        assert "ready again?" in line.sentence and line.due == days(3)
        coordinator_client.post(line.url, {"answer": "longer", "day": days(30).isoformat()})
        match.refresh_from_db()
        assert (match.paused_until, match.pause_reason) == (days(30), "Rejse")
        assert due.pauses_ending(days()) == []
        coordinator_client.post(line.url, {"answer": "later", "day": days(9).isoformat()})
        assert Pause.objects.get().ask_on == days(9)
        coordinator_client.post(line.url, {"answer": "ready"})
        match.refresh_from_db()
        assert (match.state, match.pause_reason) == ("active", "")

    def test_a_pause_that_its_match_knows_nothing_of_goes_on_from_its_own_first_day(
        self, bring, coordinator_client
    ):
        match = bring("active")
        pause = PauseFactory(match=match, starts=days())
        answer = coordinator_client.post(
            at("pause", pause.pk), {"answer": "longer", "day": days(30).isoformat()}
        )
        match.refresh_from_db()
        assert answer.status_code == 302
        assert (match.state, match.paused_from, match.paused_until) == ("paused", days(), days(30))

    def test_an_open_pause_is_asked_about_after_eight_weeks(self, bring):
        bring("paused")
        assert not due.pauses_ending(days(55)) and due.pauses_ending(days(56))


class TestEnding:
    def test_it_leads_through_one_question_at_a_time_until_nothing_is_left(
        self, bring, coordinator_client, in_scope
    ):
        match = bring("ended")
        answers = {
            "talk": {"held": "held", "on": days().isoformat(), "note": "God tid"},
            "thanks": {"how": "written"},
            "next": {"choice": "another"},
        }
        for left in range(6, 0, -1):
            page = coordinator_client.get(at("ending", match.pk))
            assert page.context["left"] == left
            step = page.context["step"]
            response = coordinator_client.post(at("ending_step", step.pk), answers[step.kind])
            assert response["Location"] == at("ending", match.pk)
        assert coordinator_client.get(at("ending", match.pk)).context["left"] == 0
        talks = Conversation.objects.filter(kind="closing", held_on=days())
        assert [talk.notes for talk in talks] == ["God tid", "God tid"]
        assert match.volunteer.thanks.count() == 1
        citizen = Citizen.objects.get(pk=match.citizen_id)
        assert (citizen.status, citizen.waiting_since) == ("waiting", match.citizen.waiting_since)
        assert due.endings_to_close(days(60)) == []

    def test_what_is_left_stands_on_the_list_and_may_be_skipped_and_wished_after_all(
        self, bring, coordinator_client, in_english
    ):
        match = bring("ended")
        assert due.endings_to_close(days(6)) == []
        (line,) = due.endings_to_close(days(7))
        assert "6 things are left" in line.sentence
        step = EndingStep.objects.filter(match=match, kind="thanks").first()
        coordinator_client.post(at("ending_skip", step.pk))
        with translation.override("en"):  # the request has left its own language behind
            assert "5 things are left" in due.endings_to_close(days(7))[0].sentence
        coordinator_client.post(at("ending_again", step.pk))
        step.refresh_from_db()
        assert (step.state, step.done_on) == ("open", None)

    def test_a_booked_talk_is_asked_for_on_its_day(self, bring, coordinator_client):
        step = EndingStep.objects.filter(match=bring("ended"), kind="talk").first()
        data = {"held": "booked", "on": days(20).isoformat()}
        coordinator_client.post(at("ending_step", step.pk), data)
        step.refresh_from_db()
        assert (step.state, step.due_on) == ("open", days(20))

    def test_what_was_said_when_it_ended_is_not_asked_again(self, bring, coordinator):
        match = bring("active")
        services.end_match(
            match=match, on=days(), by="both", reasons=["goal"], citizen_then="waiting", user=coordinator
        )
        step = EndingStep.objects.get(match=match, side="citizen", kind="next")
        assert (step.state, step.choice) == ("done", "another")

    @pytest.mark.parametrize(
        ("side", "choice", "status"),
        [
            ("citizen", "stop", "ended"),
            ("citizen", "course", "conversation"),
            ("volunteer", "stop", "ended"),
            ("volunteer", "pause", "approved"),
        ],
    )
    def test_what_comes_next_is_done(self, bring, coordinator, side, choice, status):
        match = bring("ended")
        step = EndingStep.objects.get(match=match, side=side, kind="next")
        services_ending.choose_next(step=step, choice=choice, user=coordinator)
        person = getattr(Match.objects.get(pk=match.pk), side)
        assert (person.status, person.is_paused()) == (status, choice == "pause")

    def test_an_ending_that_is_taken_back_takes_its_steps_back_and_a_new_one_gets_new_ones(
        self, bring, coordinator
    ):
        match = bring("ended")
        services.reopen_match(match=match, user=coordinator)
        assert set(EndingStep.objects.values_list("state", flat=True)) == {"taken_back"}
        services.end_match(match=match, on=days(), by="both", reasons=["time"], user=coordinator)
        assert EndingStep.objects.filter(state="open").count() == 6

    def test_whoever_is_welcomed_back_keeps_the_first_date(self, in_scope, coordinator):
        citizen = CitizenFactory(initiative=in_scope, waiting_since=days(-400))
        people.end_person(person=citizen, user=coordinator)
        people.welcome_back(person=citizen, user=coordinator)
        back = people.put_on_waiting_list(citizen=citizen, user=coordinator)
        assert back.waiting_since == days(-400)


class TestDue:
    def test_whoever_pauses_is_left_in_peace(self, in_scope):
        row = FollowUpFactory(match__initiative=in_scope, match__state="active")
        assert len(due.due_follow_ups(days())) == 1
        Citizen.objects.filter(pk=row.match.citizen_id).update(paused_from=days())
        assert due.due_follow_ups(days()) == []

    @pytest.mark.parametrize(
        "question", [due.due_follow_ups, due.silent_matches, due.pauses_ending, due.endings_to_close]
    )
    def test_the_number_of_queries_is_the_same_for_one_and_for_many(
        self, in_scope, django_assert_max_num_queries, question
    ):
        from peer_support.testing.factories import MatchFactory
        from peer_support.testing.factories_followup import EndingStepFactory

        def one():
            match = MatchFactory(initiative=in_scope, state="active", active_from=days(-50))
            FollowUpFactory(match=match)
            PauseFactory(match=MatchFactory(initiative=in_scope, state="active"))
            EndingStepFactory(match__initiative=in_scope)

        one()
        with django_assert_max_num_queries(10) as few:
            assert len(question(days())) == 1
        for _ in range(4):
            one()
        with django_assert_max_num_queries(10) as many:
            assert len(question(days())) == 5
        assert len(many) == len(few)


def test_the_match_page_shows_calls_pauses_and_the_ending(bring, coordinator_client):
    for state in ("active", "paused", "ended"):
        match = bring(state)
        page = coordinator_client.get(reverse("peer_support_matching:match", args=[match.pk]))
        assert page.status_code == 200
        html = page.content.decode()
        assert ('id="pauses"' in html, 'id="ending-steps"' in html) == (state == "paused", state == "ended")
    person = reverse("people_citizen_modeladmin_inspect", args=[match.citizen_id])
    assert coordinator_client.get(person).status_code == 200
    assert timezone.localdate() == days()
