"""The guided conversation, on its real addresses."""

import json

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.people.forms_conversation import GROUPS
from peer_support.people.models import Conversation
from peer_support.privacy.access_log import entries_for
from peer_support.testing.factories import (
    CitizenFactory,
    InterestFactory,
    LanguageFactory,
    MeetingPlaceFactory,
    VolunteerFactory,
)

from .pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(initiative):
    return CitizenFactory(initiative=initiative, status="enquiry", waiting_since=None, postcode="")


@pytest.fixture
def volunteer(initiative):
    return VolunteerFactory(initiative=initiative, status="enquiry", approved_on=None)


def fresh(person):
    with scope_of(person.initiative_id):
        return type(person).objects.get(pk=person.pk)


def talks(person):
    with scope_of(person.initiative_id):
        return list(person.conversations.all())


def test_what_is_typed_is_saved_on_its_way(coordinator_client, coordinator, citizen):
    page = Page(coordinator_client, citizen)
    answer = page.type(wish="En at gå tur med", postcode="3000", hours_min="1", hours_max="2.5").autosave()
    assert answer["complete"] and answer["errors"] == {}
    stored = fresh(citizen)
    assert (stored.wish, stored.postcode) == ("En at gå tur med", "3000")
    assert (float(stored.hours_min), float(stored.hours_max)) == (1, 2.5)
    assert [e.action for e in entries_for(citizen)][:2] == ["change", "read"]


def test_boxes_languages_interests_channels_and_places_are_saved(coordinator_client, citizen, initiative):
    interest, language = InterestFactory(), LanguageFactory()
    place = MeetingPlaceFactory(initiative=initiative)
    page = Page(coordinator_client, citizen)
    page.type(
        interests=[str(interest.pk)],
        languages=[str(language.pk)],
        channels=["1", "4"],
        meeting_places=[str(place.pk)],
        gender="1",
    )
    assert page.autosave()["complete"]
    stored = fresh(citizen)
    with scope_of(citizen.initiative_id):
        assert list(stored.interests.all()) == [interest]
        assert list(stored.meeting_places.all()) == [place]
    assert (stored.channels, stored.gender) == (5, 1)
    assert int(stored.interest_bits, 16) == 1 << interest.bit
    assert stored.language_bits == 1 << language.bit
    assert Page(coordinator_client, citizen).fields["channels"] == ["1", "4"]


def test_the_grid_of_the_week_takes_parts_of_days_and_exact_times(coordinator_client, citizen):
    page = Page(coordinator_client, citizen)
    page.type(**{"times-1-evening": "1", "times-3-exact": "9.30-11, 14-16"})
    assert page.autosave()["complete"]
    assert fresh(citizen).times == "ti 17.00-21.00; to 09.30-11.00; to 14.00-16.00"
    again = Page(coordinator_client, citizen)
    assert again.fields["times-1-evening"] == ["1"]
    assert again.fields["times-3-exact"] == "09.30-11, 14-16"
    assert again.autosave()["saved"] == []


def test_an_exact_time_that_is_not_understood_is_named_with_its_day_and_kept(coordinator_client, citizen):
    page = Page(coordinator_client, citizen).type(**{"times-0-exact": "efter frokost", "wish": "Ro"})
    answer = page.autosave()
    assert "efter frokost" in answer["errors"]["times"][0]
    assert fresh(citizen).times == "" and fresh(citizen).wish == "Ro"
    assert 'value="efter frokost"' in page.submit().content.decode()


def test_valid_parts_are_saved_when_others_are_not_and_nothing_typed_is_lost(coordinator_client, citizen):
    page = Page(coordinator_client, citizen)
    page.type(postcode="30", email="ikke en adresse", wish="Nogen at tale med")
    answer = page.autosave()
    assert set(answer["errors"]) == {"postcode", "email"} and not answer["complete"]
    assert answer["saved"] == ["wish"]
    stored = fresh(citizen)
    assert (stored.wish, stored.postcode, stored.email) == ("Nogen at tale med", "", "")
    html = page.submit().content.decode()
    assert 'value="30"' in html and 'value="ikke en adresse"' in html and "data-peer-unsaved" in html


def test_answers_that_need_another_look_are_named_in_quotation_marks_and_the_sentence_ends(
    coordinator_client, citizen
):
    page = Page(coordinator_client, citizen)
    message = page.type(postcode="30", hours_min="mange").autosave()["message"]
    assert message.endswith(f"“{page.label('postcode')}”, “{page.label('hours_min')}”.")
    assert message.startswith("Saved")


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        ("hours_min", "hours_max", ("3", "2")),
        ("age_wish_min", "age_wish_max", ("60", "40")),
    ],
)
def test_a_range_that_is_the_wrong_way_round_is_told_in_its_own_words(
    coordinator_client, citizen, low, high, values
):
    answer = Page(coordinator_client, citizen).type(**dict(zip((low, high), values, strict=True))).autosave()
    (sentence,) = answer["errors"][high]
    assert "change places" in sentence and ("hours" in sentence) is (high == "hours_max")


def test_dates_that_are_the_wrong_way_round_are_told_in_their_own_words(coordinator_client, volunteer):
    page = Page(coordinator_client, volunteer).type(contract_on="2026-08-03", contract_until="2026-08-01")
    (sentence,) = page.autosave()["errors"]["contract_until"]
    assert "The end comes before the beginning" in sentence


def test_the_headings_are_written_to_the_coordinator(citizen, volunteer):
    for person in (citizen, volunteer):
        titles = [str(group.title) for group in GROUPS[person._meta.model_name]]
        assert "What the person wants" in titles
        assert not [title for title in titles if "you" in title.split()]


def test_a_range_that_would_turn_around_is_not_half_saved(coordinator_client, citizen):
    page = Page(coordinator_client, citizen)
    page.type(hours_min="1", hours_max="2").autosave()
    answer = page.type(hours_min="5", hours_max="x").autosave()
    assert set(answer["errors"]) == {"hours_min", "hours_max"}
    assert (float(fresh(citizen).hours_min), float(fresh(citizen).hours_max)) == (1, 2)


def test_the_last_way_to_reach_a_person_cannot_be_wiped_out(coordinator_client, citizen):
    answer = Page(coordinator_client, citizen).type(phone="", email="").autosave()
    assert "phone" in answer["errors"]
    assert fresh(citizen).phone == citizen.phone


@pytest.mark.parametrize(
    "text",
    ["Født 010190-1234", "cpr 0101901234.", "010190 - 1234", "01.01.90-1234", "010190–1234"],
)
@pytest.mark.parametrize("name", ["notes", "wish", "talk_notes", "talk_next_step", "last_name"])
def test_a_cpr_number_is_refused_with_a_sentence_and_stays_in_the_form(
    coordinator_client, citizen, name, text
):
    page = Page(coordinator_client, citizen).type(**{name: text, "postcode": "3000"})
    answer = page.autosave()
    assert "CPR" in answer["errors"][name][0]
    assert fresh(citizen).postcode == "3000"
    assert getattr(fresh(citizen), name, "") != text and talks(citizen) == []
    assert text in page.submit().content.decode()


@pytest.mark.parametrize("text", ["Ring 12 34 56 78", "Mødes 12.10.2026 kl. 14.30", "+46 701234567"])
def test_numbers_that_are_no_cpr_number_are_let_through(coordinator_client, citizen, text):
    assert Page(coordinator_client, citizen).type(notes=text).autosave()["complete"]


def test_the_first_words_begin_the_conversation_and_later_ones_go_on_with_it(
    coordinator_client, coordinator, citizen
):
    page = Page(coordinator_client, citizen)
    assert page.type(postcode="3000").autosave()["talk"] == "" and fresh(citizen).status == "enquiry"
    first = page.type(talk_notes="Glad for musik").autosave()
    assert first["talk"] and fresh(citizen).status == "conversation"
    page.type(talk_notes="Glad for musik og haver", talk_next_step="Ringe på tirsdag").autosave()
    (talk,) = talks(citizen)
    assert (talk.kind, talk.held_by, talk.held_on) == ("initial", coordinator, timezone.localdate())
    assert (talk.notes, talk.next_step) == ("Glad for musik og haver", "Ringe på tirsdag")


def test_words_sent_twice_from_a_page_that_never_heard_back_make_one_conversation(
    coordinator_client, citizen
):
    page = Page(coordinator_client, citizen).type(talk_notes="Hej")
    for __ in range(2):
        coordinator_client.post(page.url + "autosave/", page.fields)
    assert len(talks(citizen)) == 1


def test_a_talk_with_somebody_on_the_list_is_a_follow_up_of_its_own(coordinator_client, initiative):
    citizen = CitizenFactory(initiative=initiative)
    Page(coordinator_client, citizen).type(talk_notes="Venter stadig").autosave()
    assert [talk.kind for talk in talks(citizen)] == ["follow_up"]
    assert fresh(citizen).status == "waiting"


def test_a_conversation_is_encrypted_where_it_lies(coordinator_client, citizen):
    from django.db import connection

    Page(coordinator_client, citizen).type(talk_notes="Kanariefugl").autosave()
    with connection.cursor() as cursor:
        cursor.execute("SELECT notes FROM peer_support_conversation")
        assert "Kanariefugl" not in str(cursor.fetchall())


class TestTwoCoordinators:
    def test_different_answers_are_both_kept(self, coordinator_client, colleague_client, citizen):
        mine, theirs = Page(coordinator_client, citizen), Page(colleague_client, citizen)
        theirs.type(postcode="3000").autosave()
        answer = mine.type(wish="Gåture").autosave()
        label = mine.label("postcode")
        assert answer["complete"] and f"“{label}”" in answer["elsewhere"]
        assert (fresh(citizen).postcode, fresh(citizen).wish) == ("3000", "Gåture")
        # The page still shows its old answer; going on does not write it over the new one.
        mine.type(wish="Lange gåture").autosave()
        assert fresh(citizen).postcode == "3000"

    def test_the_later_one_sees_what_differs_and_overwrites_nothing(
        self, coordinator_client, colleague_client, citizen
    ):
        mine, theirs = Page(coordinator_client, citizen), Page(colleague_client, citizen)
        theirs.type(wish="Musik").autosave()
        for __ in range(2):
            answer = mine.type(wish="Gåture").autosave()
            assert [c["name"] for c in answer["conflicts"]] == ["wish"] and not answer["complete"]
            assert answer["conflicts"][0]["theirs"] == "Musik"
            assert fresh(citizen).wish == "Musik"
        html = mine.submit().content.decode()
        assert "Gåture" in html and "Musik" in html and 'name="choice-wish"' in html

    def test_the_later_one_can_choose_which_stands(self, coordinator_client, colleague_client, citizen):
        mine, theirs = Page(coordinator_client, citizen), Page(colleague_client, citizen)
        theirs.type(wish="Musik", postcode="3000").autosave()
        mine.type(wish="Gåture", postcode="6000").autosave()
        answer = mine.type(**{"choice-wish": "mine", "choice-postcode": "theirs"}).autosave()
        assert answer["complete"]
        assert (fresh(citizen).wish, fresh(citizen).postcode) == ("Gåture", "3000")

    def test_words_of_the_same_conversation_clash_too(self, coordinator_client, colleague_client, citizen):
        mine, theirs = Page(coordinator_client, citizen), Page(colleague_client, citizen)
        theirs.type(talk_notes="Hun var glad").autosave()
        answer = mine.type(talk_notes="Vi talte længe").autosave()
        assert [c["name"] for c in answer["conflicts"]] == ["talk_notes"]
        assert [talk.notes for talk in talks(citizen)] == ["Hun var glad"]

    def test_a_page_without_its_fingerprints_overwrites_nothing(self, coordinator_client, citizen):
        page = Page(coordinator_client, citizen)
        page.type(wish="Musik").autosave()
        answer = page.type(wish="Gåture", base="{broken").autosave()
        assert [c["name"] for c in answer["conflicts"]] == ["wish"]
        assert fresh(citizen).wish == "Musik"


class TestFinishing:
    def test_a_citizen_goes_on_the_waiting_list_from_the_page(self, coordinator_client, citizen):
        page = Page(coordinator_client, citizen).type(wish="Gåture")
        response = page.submit(finish="1")
        assert response.status_code == 302 and "inspect" in response["Location"]
        stored = fresh(citizen)
        assert (stored.status, stored.waiting_since) == ("waiting", timezone.localdate())
        assert stored.wish == "Gåture" and len(talks(citizen)) == 1

    def test_a_volunteer_is_approved_from_the_page(self, coordinator_client, volunteer):
        Page(coordinator_client, volunteer).type(talk_notes="Rolig og varm").submit(finish="1")
        stored = fresh(volunteer)
        assert (stored.status, stored.approved_on) == ("approved", timezone.localdate())

    def test_through_a_professional_the_date_of_the_yes_is_needed(self, coordinator_client, citizen):
        page = Page(coordinator_client, citizen)
        answer = page.type(came_by="professional").autosave()
        assert answer["finish"]["allowed"] is False and answer["finish"]["reason"]
        assert 'aria-disabled="true"' in Page(coordinator_client, citizen).html
        page.submit(finish="1")
        assert fresh(citizen).status != "waiting"
        answer = page.type(consent_on="2026-08-03").autosave()
        assert answer["finish"]["allowed"] is True
        page.submit(finish="1")
        assert fresh(citizen).status == "waiting"

    def test_with_an_answer_that_is_not_right_the_step_waits(self, coordinator_client, citizen):
        response = Page(coordinator_client, citizen).type(postcode="9").submit(finish="1")
        assert response.status_code == 200 and fresh(citizen).status == "enquiry"


class TestWhoMay:
    def test_somebody_else_s_citizen_is_not_found(self, coordinator_client, other_initiative):
        stranger = CitizenFactory(initiative=other_initiative, status="enquiry")
        for tail in (
            "conversation/",
            "conversation/autosave/",
            "finish/",
            "pause/",
            "resume/",
            "end/",
            "back/",
        ):
            url = f"/admin/people/citizen/{stranger.pk}/{tail}"
            assert (
                coordinator_client.post(url, {"first_name": "X", "starts": "2026-08-03"}).status_code == 404
            ), tail
        assert coordinator_client.get(f"/admin/people/citizen/{stranger.pk}/conversation/").status_code == 404
        assert coordinator_client.get(f"/admin/people/citizen/edit/{stranger.pk}/").status_code == 404
        assert fresh(stranger).status == "enquiry"

    def test_a_conversation_of_somebody_else_is_not_written_on(self, coordinator_client, initiative, citizen):
        other = CitizenFactory(initiative=initiative, status="conversation")
        with scope_of(initiative.pk):
            theirs = Conversation.objects.create(initiative=initiative, citizen=other, notes="Privat")
        page = Page(coordinator_client, citizen).type(talk_notes="Noget andet", talk=str(theirs.pk))
        page.autosave()
        assert [t.notes for t in talks(other)] == ["Privat"]
        assert [t.notes for t in talks(citizen)] == ["Noget andet"]

    def test_autosave_is_no_get(self, coordinator_client, citizen):
        assert (
            coordinator_client.get(f"/admin/people/citizen/{citizen.pk}/conversation/autosave/").status_code
            == 405
        )

    def test_a_visitor_is_sent_to_the_login_page(self, client, citizen):
        response = client.post(f"/admin/people/citizen/{citizen.pk}/conversation/autosave/", {})
        assert response.status_code == 302 and "login" in response["Location"]


def test_a_value_whose_key_is_lost_is_never_written_over(coordinator_client, citizen, settings):
    with scope_of(citizen.initiative_id):
        citizen.wish = "Skjult"
        citizen.save()
    old = settings.PEER_SUPPORT
    settings.PEER_SUPPORT = {**old, "KEYS": [Fernet.generate_key().decode()]}
    answer = Page(coordinator_client, citizen).type(wish="Noget andet", postcode="3000").autosave()
    assert answer["saved"] == ["postcode"]
    settings.PEER_SUPPORT = old
    assert fresh(citizen).wish == "Skjult"


def test_the_base_is_no_plain_text(coordinator_client, citizen):
    base = json.loads(Page(coordinator_client, citizen).fields["base"])
    assert citizen.first_name not in json.dumps(base) and all(len(v) == 16 for v in base.values())


def test_both_kinds_have_every_question_under_one_heading(coordinator_client, citizen, volunteer):
    for person in (citizen, volunteer):
        html = Page(coordinator_client, person).html
        for group in ("who", "guide", "when", "limits", "said", "next"):
            assert f'id="{group}"' in html
    assert 'id="papers"' in html
