"""A person's own pages: what fits, a pause, and everything that is kept."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peer_support.access.models_link import AccessLink
from peer_support.people import own_data, services
from peer_support.people.models import Citizen, OwnChange, Volunteer
from peer_support.privacy.registry import table_of
from peer_support.testing import factories as make
from peer_support.testing import factories_followup as make_followup
from tests.security.world import KEY_A, KEY_B, build_world, canaries, word

from .conftest import address_of, pair

pytestmark = pytest.mark.django_db


def anew(person):
    return type(person)._base_manager.get(pk=person.pk)


def sent_from(address, **changes):
    """Return what the page's own form would send, with ``changes``."""
    form = Client().get(address).context["form"]
    data = dict(form.base_now())
    for name in ("hours_min", "hours_max", "travel_km"):
        data[name] = "" if form.initial[name] is None else str(form.initial[name]).replace(".", ",")
    data["interests"] = [row.pk for row in form.initial["interests"]]
    data["languages"] = [row.pk for row in form.initial["languages"]]
    data["channels"] = [flag for flag in (1, 2, 4, 8) if form.initial["channels"] & flag]
    data |= {"times-1-evening": "1", "times-3-afternoon": "1"}
    return {**data, **changes}


def test_a_person_changes_what_fits_and_the_coordinator_sees_who_did_it(scope, client_for):
    citizen = pair().citizen
    address = address_of("own_profile", "citizen", citizen)
    answer = Client().post(address, sent_from(address, **{"times-1-evening": "", "channels": [2]}))
    assert answer.status_code == 302 and answer["Location"].endswith("?saved=1#told")
    found = anew(citizen)
    assert (found.times, found.channels, found.hours_max) == ("to 12.00-17.00", 2, 2)
    with scope(citizen):
        change = OwnChange.objects.get(citizen=citizen)
    assert (change.what, change.fields) == ("profile", ["channels", "times"])
    user = make.CoordinatorFactory(initiative=citizen.initiative)
    page = client_for(user).get(reverse("people_citizen_modeladmin_inspect", args=[citizen.pk]))
    assert "Ændret af personen" in page.content.decode()


def test_pressing_save_without_a_change_notes_nothing(scope):
    citizen = pair().citizen
    address = address_of("own_profile", "citizen", citizen)
    assert Client().post(address, sent_from(address))["Location"].endswith("?saved=0#told")
    with scope(citizen):
        assert not OwnChange.objects.exists()


def test_what_the_coordinator_changed_meanwhile_is_not_written_over(scope):
    citizen = pair().citizen
    address = address_of("own_profile", "citizen", citizen)
    data = sent_from(address, hours_max="3")
    with scope(citizen):
        services.update_person(person=citizen, values={"travel_km": 7}, user=None)
    assert Client().post(address, data).status_code == 302, "another field was changed: both stand"
    assert (anew(citizen).travel_km, anew(citizen).hours_max) == (7, 3)
    data = sent_from(address, hours_max="4")
    with scope(citizen):
        services.update_person(person=citizen, values={"hours_max": 5}, user=None)
    answer = Client().post(address, data)
    assert answer.status_code == 409 and "Koordinatoren har ændret" in answer.content.decode()
    assert anew(citizen).hours_max == 5


def test_a_fault_keeps_what_was_chosen_and_nothing_else_can_be_written():
    citizen = pair().citizen
    address = address_of("own_profile", "citizen", citizen)
    answer = Client().post(address, sent_from(address, hours_min="5", hours_max="2"))
    assert answer.status_code == 200 and "står her endnu" in answer.content.decode()
    Client().post(address, sent_from(address, status="ended", notes="zq", gender="2", capacity="9"))
    assert (anew(citizen).status, anew(citizen).notes, anew(citizen).gender) == ("waiting", citizen.notes, 0)


@pytest.mark.parametrize(("length", "days"), [("14", 14), ("open", None)])
def test_a_pause_by_link_needs_no_reason_and_keeps_the_place(length, days):
    citizen = pair().citizen
    address = address_of("own_pause", "citizen", citizen)
    assert Client().post(address, {"do": length}).status_code == 302
    found, today = anew(citizen), timezone.localdate()
    assert found.paused_from == today and found.pause_reason == ""
    assert found.paused_until == (today + datetime.timedelta(days=days) if days else None)
    assert found.waiting_since == citizen.waiting_since
    for __ in range(2):
        assert Client().post(address, {"do": "resume"}).status_code == 302
    assert anew(citizen).paused_from is None and anew(citizen).waiting_since == citizen.waiting_since
    assert [one.what for one in OwnChange._base_manager.order_by("pk")] == ["pause", "resume"]
    assert Client().post(address, {"do": "for ever"}).status_code == 404


def test_own_data_is_shown_when_a_button_is_pressed_and_for_an_hour(scope):
    citizen = pair().citizen
    address = address_of("own_data", "citizen", citizen)
    assert "51828384" not in Client().get(address).content.decode(), "a look alone shows nothing"
    assert Client().post(address).status_code == 302
    page = Client().get(address).content.decode()
    for secret in ("Zqborger", "51828384", "note-om-Zqborger", "En at gå tur med"):
        assert secret in page, secret
    for secret in ("Zqfrivillig", "61828384", "note-om-Zqfrivillig"):
        assert secret not in page, secret
    with scope(citizen):
        link = AccessLink.objects.get()
    assert link.expires_at - timezone.now() < datetime.timedelta(hours=1, minutes=1)
    with scope(citizen):
        AccessLink.objects.update(expires_at=timezone.now())
    assert Client().get(address).status_code == 410


def test_own_data_of_a_full_record_says_all_of_oneself_and_nothing_of_others(scope):
    build_world()
    left_out = {
        # The other side's or about two people: see the reasons in own_data.
        "ending_note", "meeting_note", "place_name",
        # Not about this person, or of the other kind of people.
        "ambassador", "motivation", "resources", "upload", "choices", "contact", "suggestion", "suggested",
        "suggested_by", "course_notes", "session_note", "workshop_notes", "given_by", "guidance_note", "organisation",
        "contact_name", "about", "date_wish", "talk_notes", "token",
    }  # fmt: skip
    citizen = Citizen._base_manager.get(pk=KEY_A)
    other = make.VolunteerFactory(
        initiative=citizen.initiative, first_name="Zqandenfrivillig", phone="71829304", notes="zqandennote"
    )
    citizen.referred_by = "Zqsocialraadgiver 99887766"
    citizen.save()
    with scope(citizen):
        match = make.MatchFactory(
            initiative=citizen.initiative, citizen=citizen, volunteer=other, state="ended", number=99
        )
        make_followup.MeetingFactory(match=match, side="citizen", note="zqegetmoede")
        make_followup.MeetingFactory(match=match, side="volunteer", note="zqandetmoede")
        parts = own_data.own_data_of(citizen)
    said = str(parts).lower()
    for name, secret in canaries(KEY_A).items():
        if name in ("first_name", "last_name", "phone", "notes", "wish", "expectations", "said", "next_step", "goals",
                    "place", "first_meeting_place", "enrolment_note", "waiting_note", "left_note", "pause_reason"):  # fmt: skip
            assert secret in said, name
    assert "zqegetmoede" in said
    for secret in (
        "zqandetmoede",
        "zqandenfrivillig",
        "71829304",
        "zqandennote",
        "zqsocialraadgiver",
        "99887766",
    ):
        assert secret not in said, secret
    assert word("ending_note", KEY_A) not in said
    assert not any(secret in said for secret in canaries(KEY_B).values())
    assert left_out


@pytest.mark.parametrize("model", [Citizen, Volunteer])
def test_every_field_of_a_person_that_the_registry_shows_is_shown(model):
    listed = {name for __, names in own_data.GROUPS for name in names}
    table = table_of(model)
    technical = {"created_at", "external_source"}
    assert set(table.named(shown=True)) - listed == set(), "a new field belongs in a group of own_data.GROUPS"
    own = {column.name for column in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    assert not (listed & own) - set(table.named(shown=True)) - technical
