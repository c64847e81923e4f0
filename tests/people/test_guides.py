"""The questions of a conversation: the standard, a centre's own, versions, and where the answers go."""

import re

import pytest
from django.db import connection
from django.test import Client

from peer_support.access.scopes import scope_of
from peer_support.people import guides, services_guide
from peer_support.people.builtin_guides import entries, load_guides
from peer_support.people.models import Conversation, ConversationGuide
from peer_support.testing.factories import CitizenFactory, EditorFactory

from .pages import Page

pytestmark = pytest.mark.django_db
ANSWER = "talk_answer_goddag"


@pytest.fixture
def citizen(initiative):
    return CitizenFactory(initiative=initiative, status="enquiry", waiting_since=None)


@pytest.fixture
def own(initiative, coordinator):
    with scope_of(initiative.pk):
        return services_guide.adapt(who="citizen", kind="initial", initiative=initiative, user=coordinator)


def talk_of(citizen):
    with scope_of(citizen.initiative_id):
        return Conversation.objects.select_related("guide_version").get(citizen=citizen)


def typed(guide, **changes):
    """Return what a browser would send from the form of ``guide``."""
    data = {}
    for number, question in enumerate(guide.newest().questions):
        for name in ("key", "text", "help", "type", "fact"):
            data[f"q{number}-{name}"] = question.get(name, "")
        data[f"q{number}-options"] = "\n".join(question.get("options", ()))
    return {**data, "count": str(len(guide.newest().questions)), **changes}


class TestStandard:
    def test_there_is_one_for_every_conversation_and_its_facts_are_fields(self):
        assert ConversationGuide.objects.filter(initiative=None).count() == 6
        for entry in entries():
            kept = services_guide.tidy_questions(entry["who"], entry["questions"])
            assert [question["key"] for question in kept] == [q["key"] for q in entry["questions"]]
            assert len({question["key"] for question in kept}) == len(kept)

    def test_what_an_editor_rewrote_stays(self):
        ConversationGuide.objects.filter(kind="closing").delete()
        load_guides()
        assert ConversationGuide.objects.count() == 4


class TestAnswers:
    def test_a_fact_goes_to_the_profile_and_words_to_the_conversation_encrypted(
        self, coordinator_client, citizen
    ):
        page = Page(coordinator_client, citizen)
        answer = page.type(
            wish="Ud at gå.", **{ANSWER: "Uden mange ord."}, talk_answer_pause="yes"
        ).autosave()
        assert answer["complete"] and {"wish", ANSWER, "talk_answer_pause"} <= set(answer["saved"])
        talk = talk_of(citizen)
        assert talk.answers == {"goddag": "Uden mange ord.", "pause": "yes"}
        with scope_of(citizen.initiative_id):
            assert type(citizen).objects.get(pk=citizen.pk).wish == "Ud at gå."
        with connection.cursor() as cursor:
            cursor.execute("SELECT answers_json FROM peer_support_conversation WHERE id = %s", [talk.pk])
            assert "Uden" not in cursor.fetchone()[0]
        html = coordinator_client.get(f"/admin/people/citizen/inspect/{citizen.pk}/").content.decode()
        assert "Uden mange ord." in html and "Hvordan ser en god time" in html

    def test_a_cpr_number_is_refused_and_the_rest_is_kept(self, coordinator_client, citizen):
        page = Page(coordinator_client, citizen)
        answer = page.type(**{ANSWER: "010190-1234"}, talk_answer_svaert="Busser.").autosave()
        assert list(answer["errors"]) == [ANSWER]
        assert talk_of(citizen).answers == {"svaert": "Busser."}

    def test_two_who_answer_the_same_are_asked_which_should_stand(
        self, coordinator_client, colleague_client, citizen
    ):
        first = Page(coordinator_client, citizen)
        first.type(**{ANSWER: "Kaffe."}).autosave()
        other = Page(colleague_client, citizen)
        first.type(**{ANSWER: "Te."}).autosave()
        answer = other.type(**{ANSWER: "Vand."}).autosave()
        assert [c["theirs"] for c in answer["conflicts"]] == ["Te."]
        assert talk_of(citizen).answers["goddag"] == "Te."


class TestVersions:
    def test_a_conversation_keeps_the_questions_it_was_asked_with(
        self, coordinator_client, coordinator, citizen, own, initiative
    ):
        Page(coordinator_client, citizen).type(**{ANSWER: "Kaffe."}).autosave()
        with scope_of(initiative.pk):
            new = services_guide.save_questions(
                guide=own, questions=[{"text": "Noget helt nyt?", "type": "text"}], user=coordinator
            )
        assert new.number == 2 and talk_of(citizen).guide_version.number == 1
        html = Page(coordinator_client, citizen).html
        assert "Hvordan ser en god time" in html and "Noget helt nyt?" not in html
        later = CitizenFactory(initiative=initiative, status="enquiry", waiting_since=None)
        assert "Noget helt nyt?" in Page(coordinator_client, later).html
        with scope_of(initiative.pk):
            talk = talk_of(citizen)
            assert guides.answered(talk) == [
                ("Hvordan ser en god time sammen med en frivillig ud?", "Kaffe.")
            ]

    def test_questions_that_nobody_was_asked_are_changed_in_place(self, coordinator_client, own):
        address = f"/admin/people/guides/{own.pk}/"
        coordinator_client.post(address, typed(own, **{"q0-text": "Hvorfor nu?"}))
        assert own.newest().number == 1 and own.newest().questions[0]["text"] == "Hvorfor nu?"

    def test_moving_taking_out_and_adding_need_no_script_and_lose_nothing(self, coordinator_client, own):
        address = f"/admin/people/guides/{own.pk}/"
        for action, texts in (("up-1", 0), ("out-0", 0), ("more", None)):
            response = coordinator_client.post(
                address, typed(own, **{"q1-text": "Skrevet lige nu", "do": action})
            )
            forms = response.context["sheet"].forms
            if texts is not None:
                assert forms[texts].initial["text"] == "Skrevet lige nu"
            assert "Skrevet lige nu" in response.content.decode()
        assert "Skrevet" not in str(own.newest().questions)

    @pytest.mark.parametrize(
        "change",
        [
            {"q0-type": "fact", "q0-fact": ""},
            {"q0-type": "choice", "q0-options": "Kun et"},
            {"q0-fact": "interests"},
        ],
    )
    def test_a_question_that_cannot_be_asked_is_told_and_kept_in_the_form(
        self, coordinator_client, own, change
    ):
        response = coordinator_client.post(
            f"/admin/people/guides/{own.pk}/", typed(own, **{"q1-text": "Skrevet lige nu", **change})
        )
        assert response.status_code == 200 and response.context["fault"]
        assert "Skrevet lige nu" in response.content.decode() and own.versions.count() == 1


class TestWhoMay:
    def test_a_coordinator_makes_one_of_their_own_and_can_go_back(self, coordinator_client, initiative):
        data = {"who": "volunteer", "kind": "closing", "initiative": initiative.pk}
        coordinator_client.post("/admin/people/guides/adapt/", data)
        guide = ConversationGuide.objects.get(initiative=initiative)
        assert guide.newest().questions == entries()[4]["questions"]
        coordinator_client.post(f"/admin/people/guides/{guide.pk}/standard/")
        guide.refresh_from_db()
        assert not guide.in_use

    def test_the_standard_is_read_by_coordinators_and_changed_by_editors(self, coordinator_client):
        standard = ConversationGuide.objects.filter(initiative=None).first()
        address = f"/admin/people/guides/{standard.pk}/"
        change = typed(standard, **{"q0-text": "Et bedre spørgsmål?"})
        assert "<textarea" not in coordinator_client.get(address).content.decode()
        coordinator_client.post(address, change)
        assert standard.newest().questions[0]["text"] != "Et bedre spørgsmål?"
        editor = Client()
        editor.force_login(EditorFactory())
        assert editor.get("/admin/people/guides/").status_code == 200
        editor.post(address, change)
        assert standard.newest().questions[0]["text"] == "Et bedre spørgsmål?"

    def test_another_initiative_s_questions_are_not_found(self, coordinator_client, other_initiative):
        guide = ConversationGuide.objects.create(who="citizen", kind="initial", initiative=other_initiative)
        for tail in ("", "standard/"):
            assert coordinator_client.post(f"/admin/people/guides/{guide.pk}/{tail}").status_code == 404

    def test_an_editor_finds_them_outside_a_menu_of_people(self, coordinator_client, client_for):
        def menu_of(client):
            page = client.get("/admin/people/guides/").content.decode()
            return re.search(r'<script id="wagtail-sidebar-props".*?</script>', page, re.S)[0]

        line, people = "peer-support-guides", "peer-support-people-guides"
        menu = menu_of(client_for(EditorFactory()))
        assert line in menu and people not in menu and '"Mennesker"' not in menu
        menu = menu_of(coordinator_client)
        assert people in menu and line not in menu and '"Mennesker"' in menu
