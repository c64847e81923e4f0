"""What no column can store is refused with a sentence, not with an error page."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError

from peer_support.access.scopes import scope_of
from peer_support.access.unstorable import is_cut_off, is_too_large, refusal_of
from peer_support.courses.models import CourseTemplate
from peer_support.matching.models import Match
from peer_support.people.models import Citizen
from peer_support.privacy.fields import PLACEHOLDER, UnstorableWords
from peer_support.testing.factories import CitizenFactory, EditorFactory, MatchFactory

pytestmark = pytest.mark.django_db
HUGE = "9" * 40


def test_a_choice_that_is_no_key_is_refused_and_nothing_is_saved(coordinator_client, initiative):
    citizen = CitizenFactory(initiative=initiative, wish="Kaffe")
    coordinator_client.raise_request_exception = False
    answer = coordinator_client.post(
        f"/admin/people/citizen/{citizen.pk}/conversation/autosave/",
        {
            "wish": "Te",
            "meeting_places": [HUGE],
            "languages": [HUGE],
            "interests": [HUGE],
            "version": citizen.updated_at.isoformat(),
        },
        headers={"accept-language": "da"},
    )
    assert answer.status_code < 500
    if connection.vendor == "sqlite":
        assert answer.status_code == 400 and "Et af tallene er for stort" in answer.content.decode()
    with scope_of(initiative.pk):
        assert Citizen.objects.get(pk=citizen.pk).wish == "Kaffe"


def test_a_filter_of_the_public_list_and_of_the_admins_is_refused_or_finds_nothing(coordinator_client):
    coordinator_client.raise_request_exception = False
    for address in (f"/admin/people/citizen/?languages={HUGE}", f"/admin/people/citizen/edit/{HUGE}/"):
        assert coordinator_client.get(address).status_code in (200, 302, 400, 404), address


def test_other_overflows_are_errors_as_before():
    assert not is_too_large(OverflowError("cannot convert float infinity to integer"))
    assert not is_too_large(ValueError("too large to convert to SQLite INTEGER"))


def test_the_words_for_a_lost_text_in_another_form_are_refused_with_a_sentence(
    coordinator_client, initiative
):
    """The agreement is a form of its own, so no field of the row refuses them there."""
    match = MatchFactory(initiative=initiative, state="active")
    coordinator_client.raise_request_exception = False
    address = reverse("peer_support_matching:match_action", args=[match.pk, "agreement"])
    sent = {"planned_end": "2027-05-03", "hours_a_week": "2", "agreed_every": "week", "goals": "Gåture"}
    with translation.override("da"):
        words = translation.gettext(PLACEHOLDER)
    answer = coordinator_client.post(address, {**sent, "place": words}, headers={"accept-language": "da"})
    assert answer.status_code == 400 and "Intet er gemt" in answer.content.decode()
    with scope_of(initiative.pk):
        assert Match.objects.get(pk=match.pk).planned_end == match.planned_end
    assert coordinator_client.post(address, {**sent, "place": "Biblioteket"}).status_code == 302


def test_other_faults_are_errors_as_before():
    assert refusal_of(ValueError("The words for an unreadable value cannot be stored")) is None


def test_a_form_that_was_cut_off_on_the_way_is_refused_with_a_sentence(client_for):
    """It says that three rows were there and brings none, as a post does that broke off."""
    client = client_for(EditorFactory())
    client.raise_request_exception = False
    before = CourseTemplate.objects.count()
    address = reverse("wagtailsnippets_peer_support_coursetemplate:add")
    sent = {"title": "Kursus", "plans-TOTAL_FORMS": "3", "plans-INITIAL_FORMS": "3"}
    with translation.override("da"):
        answer = client.post(address, sent, headers={"accept-language": "da"})
    assert answer.status_code == 400 and "En del af skemaet kom ikke med" in answer.content.decode()
    assert CourseTemplate.objects.count() == before


def test_other_missing_names_are_errors_as_before():
    assert is_cut_off(MultiValueDictKeyError("plans-0-id")) and not is_cut_off(KeyError("plans-0-id"))
    for key in ("name", "plans-id", "plans-0-", "", "a b-0-id"):
        assert not is_cut_off(MultiValueDictKeyError(key)), key


@pytest.mark.parametrize("key", ["ord", "1.5", "\x00", "[]", "9" * 30])
@pytest.mark.parametrize("name", ["localcoordinator", "interest"])
def test_words_where_a_chosen_snippet_should_be_are_said_in_the_form(name, key, client_for):
    """Wagtail looks the words up as a key to draw what was chosen; our chooser draws it as nothing chosen."""
    client = client_for(EditorFactory())
    client.raise_request_exception = False
    address = reverse(f"wagtailsnippets_peer_support_{name}:add")
    sent = {"initiative": key, "group": key, "title": "Æblerov", "name": "Æblerov"}
    answer = client.post(address, sent, headers={"accept-language": "da"})
    page = answer.content.decode()
    if answer.status_code == 400:
        # A number that no column holds is refused before, on SQLite.
        assert key == "9" * 30 and "Et af tallene er for stort" in page
        return
    assert answer.status_code == 200 and "Æblerov" in page, "what was written stands there still"
    said = "Null-tegn er ikke tilladte" if key == "\x00" else "Marker en gyldig valgmulighed"
    assert said in page, "and the field says what is wrong"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OverflowError("Python int too large to convert to SQLite INTEGER"), "Et af tallene er for stort."),
        (MultiValueDictKeyError("plans-0-id"), "En del af skemaet kom ikke med."),
        (UnstorableWords("<b>zq</b>"), "“<b>zq</b>” står i stedet for"),
    ],
)
def test_a_refusal_is_read_as_words_and_never_as_a_page(error, sentence):
    with translation.override("da"):
        answer = refusal_of(error)
    assert answer.status_code == 400 and answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().startswith(sentence) and "Intet er gemt" in answer.content.decode()
    assert refusal_of(MultiValueDictKeyError()) is None
