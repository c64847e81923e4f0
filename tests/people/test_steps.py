"""Taking in, and the steps after the conversation: waiting list, approval, pause, closing, welcome back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.people import rules, services
from peer_support.people.models import Citizen, Volunteer
from peer_support.people.queries import OPEN_MATCH_STATES
from peer_support.privacy.access_log import entries_for
from peer_support.testing.factories import (
    AssignmentFactory,
    CitizenFactory,
    InitiativeFactory,
    MatchFactory,
    VolunteerFactory,
)

pytestmark = pytest.mark.django_db
NEW = "/admin/people/citizen/new/"


def fresh(person):
    with scope_of(person.initiative_id):
        return type(person).objects.get(pk=person.pk)


def everybody(model, initiative):
    with scope_of(initiative.pk):
        return list(model.objects.order_by("pk"))


class TestEnquiry:
    def test_a_name_and_a_number_are_enough_and_the_conversation_comes_next(
        self, coordinator_client, initiative
    ):
        response = coordinator_client.post(
            NEW, {"initiative": initiative.pk, "first_name": "Sol", "phone": "12 34 56 78"}
        )
        (citizen,) = everybody(Citizen, initiative)
        assert response["Location"] == f"/admin/people/citizen/{citizen.pk}/conversation/"
        assert (citizen.first_name, citizen.number, citizen.status) == ("Sol", 1, "enquiry")
        assert [e.action for e in entries_for(citizen)] == ["create"]

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ({"first_name": "Sol"}, "Sol"),
            ({"phone": "12345678"}, "12345678"),
            ({"first_name": "Sol", "email": "sol(at)example"}, "sol(at)example"),
            ({"first_name": "Sol 010190-1234", "phone": "12345678"}, "12345678"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_typed_is_lost(
        self, coordinator_client, initiative, typed, kept
    ):
        response = coordinator_client.post(NEW, {"initiative": initiative.pk, **typed})
        html = response.content.decode()
        assert response.status_code == 200 and "error-message" in html and kept in html
        assert everybody(Citizen, initiative) == []

    def test_the_initiative_is_hidden_when_there_is_one(self, coordinator_client, initiative):
        html = coordinator_client.get(NEW).content.decode()
        assert f'<input type="hidden" name="initiative" value="{initiative.pk}"' in html

    def test_the_initiative_is_chosen_when_there_are_two(
        self, coordinator_client, coordinator, other_initiative
    ):
        AssignmentFactory(user=coordinator, initiative=other_initiative)
        html = coordinator_client.get(NEW).content.decode()
        assert '<select name="initiative"' in html

    def test_nobody_is_taken_in_for_somebody_else_s_initiative(self, coordinator_client, other_initiative):
        data = {"initiative": other_initiative.pk, "first_name": "Sol", "phone": "12345678"}
        assert coordinator_client.post(NEW, data).status_code == 200
        assert everybody(Citizen, other_initiative) == []

    def test_an_initiative_that_is_not_run_here_takes_nobody_in(
        self, coordinator_client, coordinator, initiative
    ):
        listed = InitiativeFactory(runs_here=False)
        AssignmentFactory(user=coordinator, initiative=listed)
        data = {"initiative": listed.pk, "first_name": "Sol", "phone": "12345678"}
        assert coordinator_client.post(NEW, data).status_code == 200
        with scope_of(listed.pk), pytest.raises(NotAllowed):
            services.create_person(model=Citizen, initiative=listed, values={}, user=coordinator)

    @pytest.mark.parametrize("typed", [{"phone": "+45 2020 3040"}, {"email": " SOL@example.com"}])
    def test_somebody_with_the_same_number_or_address_is_shown_first(
        self, coordinator_client, initiative, typed
    ):
        known = CitizenFactory(initiative=initiative, phone="20203040", email="sol@Example.com")
        data = {"initiative": initiative.pk, "first_name": "Sol", **typed}
        html = coordinator_client.post(NEW, data).content.decode()
        assert str(known) in html and f"/admin/people/citizen/inspect/{known.pk}/" in html
        assert len(everybody(Citizen, initiative)) == 1
        coordinator_client.post(NEW, {**data, "somebody_else": "on"})
        assert len(everybody(Citizen, initiative)) == 2

    def test_the_same_number_in_another_initiative_is_nobody_s_business(
        self, coordinator_client, initiative, other_initiative
    ):
        stranger = CitizenFactory(initiative=other_initiative, phone="20203040")
        data = {"initiative": initiative.pk, "first_name": "Sol", "phone": "20203040"}
        response = coordinator_client.post(NEW, data)
        assert response.status_code == 302
        assert entries_for(stranger).count() == 0

    def test_numbers_count_up_per_initiative_and_kind(self, in_scope, coordinator):
        for model in (Citizen, Volunteer):
            numbers = [
                services.create_person(
                    model=model,
                    initiative=in_scope,
                    values={"first_name": "Sol", "phone": f"1234567{n}"},
                    user=coordinator,
                ).person.number
                for n in range(3)
            ]
            assert numbers == [1, 2, 3]

    def test_the_adding_button_of_the_list_leads_here(self, coordinator_client, initiative):
        assert coordinator_client.get("/admin/people/citizen/create/").status_code == 200
        data = {"initiative": initiative.pk, "first_name": "Sol", "phone": "12345678"}
        assert coordinator_client.post("/admin/people/volunteer/create/", data).status_code == 302


class TestWaitingList:
    def test_the_wait_begins_today(self, coordinator_client, initiative):
        citizen = CitizenFactory(initiative=initiative, status="conversation", waiting_since=None)
        coordinator_client.post(f"/admin/people/citizen/{citizen.pk}/finish/")
        assert fresh(citizen).waiting_since == timezone.localdate()

    def test_an_earlier_wait_stands(self, in_scope, coordinator):
        since = datetime.date(2026, 3, 1)
        citizen = CitizenFactory(initiative=in_scope, status="conversation", waiting_since=since)
        assert services.put_on_waiting_list(citizen=citizen, user=coordinator).waiting_since == since

    @pytest.mark.parametrize("came_by", ["professional", "relative"])
    def test_somebody_else_s_contact_needs_the_citizen_s_own_yes(self, in_scope, coordinator, came_by):
        citizen = CitizenFactory(initiative=in_scope, status="conversation", came_by=came_by)
        decision = rules.may_put_on_waiting_list(citizen)
        assert (decision.allowed, decision.code) == (False, "consent")
        with pytest.raises(NotAllowed):
            services.put_on_waiting_list(citizen=citizen, user=coordinator)
        citizen.consent_on = timezone.localdate()
        assert rules.may_put_on_waiting_list(citizen)

    def test_twice_is_refused_with_a_sentence(self, coordinator_client, initiative):
        citizen = CitizenFactory(initiative=initiative)
        response = coordinator_client.post(f"/admin/people/citizen/{citizen.pk}/finish/", follow=True)
        assert [m.level_tag for m in response.context["messages"]] == ["warning"]


class TestPause:
    def test_a_pause_keeps_the_place_in_the_queue(self, coordinator_client, initiative):
        citizen = CitizenFactory(initiative=initiative)
        url = f"/admin/people/citizen/{citizen.pk}/pause/"
        coordinator_client.post(url, {"starts": "2026-01-02", "until": "", "reason": ""})
        paused = fresh(citizen)
        assert paused.is_paused() and paused.waiting_since == citizen.waiting_since
        coordinator_client.post(f"/admin/people/citizen/{citizen.pk}/resume/")
        back = fresh(citizen)
        assert not back.is_paused() and back.waiting_since == citizen.waiting_since
        assert back.status == "waiting" and back.pause_reason == ""

    @pytest.mark.parametrize(
        "typed",
        [
            {"starts": "2026-05-02", "until": "2026-05-01"},
            {"starts": "", "until": ""},
            {"starts": "2026-05-02", "reason": "010190-1234"},
        ],
    )
    def test_a_pause_that_cannot_be_is_refused_on_its_field(self, coordinator_client, initiative, typed):
        citizen = CitizenFactory(initiative=initiative)
        response = coordinator_client.post(f"/admin/people/citizen/{citizen.pk}/pause/", typed)
        assert response.status_code == 200 and "error-message" in response.content.decode()
        assert fresh(citizen).paused_from is None

    def test_there_is_nothing_to_end_without_a_pause(self, in_scope, coordinator):
        with pytest.raises(NotAllowed) as refusal:
            services.resume_person(person=VolunteerFactory(initiative=in_scope), user=coordinator)
        assert refusal.value.decision.code == "no_pause"


class TestClosing:
    @pytest.mark.parametrize("state", OPEN_MATCH_STATES)
    def test_a_person_with_an_open_match_is_not_closed(self, coordinator_client, initiative, state):
        match = MatchFactory(initiative=initiative, state=state)
        for person in (match.citizen, match.volunteer):
            url = f"/admin/people/{person._meta.model_name}/{person.pk}/end/"
            response = coordinator_client.post(url, follow=True)
            assert [m.level_tag for m in response.context["messages"]] == ["warning"]
            assert fresh(person).status != "ended"

    def test_a_match_that_is_over_stands_in_nobody_s_way(self, coordinator_client, initiative):
        match = MatchFactory(initiative=initiative, state="ended")
        coordinator_client.post(f"/admin/people/citizen/{match.citizen.pk}/end/")
        ended = fresh(match.citizen)
        assert (ended.status, ended.ended_on) == ("ended", timezone.localdate())

    def test_the_open_states_are_those_of_matches(self):
        from peer_support.matching.models_match import OPEN_STATES

        assert set(OPEN_MATCH_STATES) == {str(state.value) for state in OPEN_STATES}

    def test_who_comes_back_begins_with_a_conversation_and_keeps_the_first_day_of_the_wait(
        self, coordinator_client, initiative
    ):
        citizen = CitizenFactory(initiative=initiative)
        coordinator_client.post(f"/admin/people/citizen/{citizen.pk}/end/")
        coordinator_client.post(f"/admin/people/citizen/{citizen.pk}/back/")
        back = fresh(citizen)
        kept = ("conversation", None, citizen.waiting_since)
        assert (back.status, back.ended_on, back.waiting_since) == kept

    def test_another_room_can_forbid_it(self, in_scope, coordinator, monkeypatch):
        from peer_support.access.decisions import Decision

        monkeypatch.setattr(rules, "_ending_rules", [])
        rules.register_ending_rule(lambda person: Decision.no("because", "Ikke endnu."))
        with pytest.raises(NotAllowed, match="Ikke endnu"):
            services.end_person(person=CitizenFactory(initiative=in_scope), user=coordinator)

    def test_asking_first_is_a_page_and_steps_are_posts(self, coordinator_client, initiative):
        citizen = CitizenFactory(initiative=initiative)
        assert coordinator_client.get(f"/admin/people/citizen/{citizen.pk}/end/").status_code == 200
        for step in ("finish", "resume", "back"):
            assert coordinator_client.get(f"/admin/people/citizen/{citizen.pk}/{step}/").status_code == 405


class TestServices:
    def test_an_update_is_all_or_nothing(self, in_scope, coordinator):
        citizen = CitizenFactory(initiative=in_scope, postcode="3000")
        with pytest.raises(ValidationError) as error:
            services.update_person(
                person=citizen, values={"postcode": "6000", "email": "nej"}, user=coordinator
            )
        assert set(error.value.message_dict) == {"email"} and fresh(citizen).postcode == "3000"
        assert services.update_person(person=citizen, values={"postcode": "6000"}, user=coordinator) == [
            "postcode"
        ]

    def test_valid_parts_are_saved_and_faults_named(self, in_scope, coordinator):
        citizen = CitizenFactory(initiative=in_scope, hours_min=1, hours_max=2)
        merge = services.save_valid_parts(
            person=citizen, values={"hours_min": 5, "wish": "Ro", "phone": "12"}, user=coordinator
        )
        assert merge.saved == ["wish"] and set(merge.errors) == {"hours_min", "phone"}

    def test_an_old_fault_does_not_keep_new_answers_out(self, in_scope, coordinator):
        citizen = CitizenFactory(initiative=in_scope, phone="", email="")
        merge = services.save_valid_parts(person=citizen, values={"wish": "Ro"}, user=coordinator)
        assert merge.saved == ["wish"] and fresh(citizen).wish == "Ro"

    def test_nothing_is_logged_when_nothing_changed(self, in_scope, coordinator):
        citizen = CitizenFactory(initiative=in_scope, postcode="3000")
        services.save_valid_parts(person=citizen, values={"postcode": "3000"}, user=coordinator)
        assert entries_for(citizen).count() == 0

    def test_the_scope_is_needed_to_take_somebody_in(self, in_scope, other_initiative, coordinator):
        with pytest.raises(PermissionError):
            services.create_person(
                model=Citizen,
                initiative=other_initiative,
                values={"first_name": "Sol", "phone": "12345678"},
                user=coordinator,
            )

    def test_a_missing_answer_is_unknown_and_asked_for(self, in_scope):
        citizen = CitizenFactory(initiative=in_scope, postcode="")
        assert len(rules.missing_for_a_match(citizen)) == 6
        citizen.postcode, citizen.times = "3000", "ti 17.00-20.00"
        assert len(rules.missing_for_a_match(citizen)) == 4
