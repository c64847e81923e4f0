"""The sign-up pages, with real requests: what comes of a post, what is never said, and what is never lost."""

import pytest
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.directory.models import Initiative
from peer_support.people.models import Citizen, Volunteer
from peer_support.privacy.models import AccessLogEntry
from peer_support.recruitment.models_consent import Consent, ConsentText
from peer_support.recruitment.models_enquiry import EnquirySource, TalkRequest
from peer_support.testing import factories as make
from tests.security.matrix import found_in, text_of
from tests.security.world import KEY_A, KEY_B, PHONES, build_world, canaries, word

from .signing_up import ANSWERS, hidden_of, page_of, send

pytestmark = pytest.mark.django_db
KINDS = {
    "support": Citizen,
    "volunteer": Volunteer,
    "course": Citizen,
    "referral": Citizen,
    "talk": TalkRequest,
}


@pytest.fixture
def page(front, initiative):
    return page_of(front, "support")


def rows(model, initiative):
    with scope_of(initiative.pk):
        return list(model.objects.filter(initiative=initiative))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_taken_in_with_its_consent_and_without_a_user(front, initiative, kind):
    page = page_of(front, kind)
    answer = send(page)
    assert answer.status_code == 302 and answer["Location"].endswith(f"/skriv-{kind}/tak/")
    (taken,) = rows(KINDS[kind], initiative)
    (consent,) = rows(Consent, initiative)
    assert consent.about == taken and consent.purpose == kind
    assert consent.text_hash == ConsentText.objects.current(kind).text_hash and consent.how == "form"
    entries = AccessLogEntry.objects.filter(action="create")
    assert {entry.user for entry in entries} == {None} and entries.count() == 2
    if kind != "talk":
        assert taken.status == "enquiry"
    assert ConsentText.objects.current(kind).is_used


def test_pages_with_forms_are_kept_by_nobody_and_tell_nobody_where_one_was(page, client):
    for answer in (
        client.get(page.get_url()),
        client.get(page.get_url() + "tak/"),
        send(page, {"first_name": ""}),
    ):
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        # With "no-referrer" on a page with a form, browsers post "Origin: null", and the CSRF check refuses it.
        assert answer["Referrer-Policy"] == (
            "same-origin" if "<form" in answer.content.decode() else "no-referrer"
        )
        assert "unsafe" not in answer["Content-Security-Policy"] and "70 201 201" in answer.content.decode()


def test_a_name_and_one_way_to_reach_somebody_is_enough(page, initiative):
    assert send(page, {"message": None}).status_code == 302
    (citizen,) = rows(Citizen, initiative)
    assert citizen.first_name == "Solveig" and not citizen.last_name


def test_errors_keep_every_word_and_stand_at_the_field(page, initiative):
    answer = send(page, {"phone": None, "consent": None, "message": "Jeg er lidt i tvivl"})
    html = answer.content.decode()
    assert answer.status_code == 200 and not rows(Citizen, initiative)
    assert "Jeg er lidt i tvivl" in html and "Solveig" in html
    assert 'href="#id_phone"' in html and 'href="#id_consent"' in html


def test_who_is_known_already_is_not_told_and_the_coordinator_is(page, initiative, coordinator_client):
    make.CitizenFactory(initiative=initiative, phone="+45 20304050")
    first = send(page)
    assert first.status_code == 302 and first["Location"].endswith("/tak/")
    known, new = sorted(rows(Citizen, initiative), key=lambda citizen: citizen.number)
    html = coordinator_client.get(f"/admin/people/citizen/inspect/{new.pk}/").content.decode()
    assert f"/admin/people/citizen/inspect/{known.pk}/" in html and "Måske den samme" in html


def test_pressing_twice_makes_one_enquiry(page, initiative, client):
    data = {**ANSWERS["support"], "consent": "on", **hidden_of(client.get(page.get_url()).content.decode())}
    data["form_seen"] = "fast"
    for __ in range(3):
        assert client.post(page.get_url(), data).status_code == 302
    assert len(rows(Citizen, initiative)) == 1 and len(rows(Consent, initiative)) == 1


def test_a_cpr_number_is_never_stored_and_the_thank_you_page_says_so(page, initiative, client):
    answer = send(page, {"message": "Mit nummer er 010190-1234"})
    assert answer["Location"].endswith("/tak/?tal=1")
    (citizen,) = rows(Citizen, initiative)
    assert "1234" not in citizen.wish and "CPR" in client.get(answer["Location"]).content.decode()


def test_a_word_of_illness_is_asked_about_once_and_stands_if_one_presses_again(page, initiative):
    answer = send(page, {"message": "Jeg har angst"})
    assert answer.status_code == 200 and not rows(Citizen, initiative)
    html = answer.content.decode()
    assert "Jeg har angst" in html and "Du bestemmer selv" in html
    again = hidden_of(html)
    assert send(page, {"message": "Jeg har angst", **again}).status_code == 302
    assert rows(Citizen, initiative)[0].wish == "Jeg har angst"


def test_the_yes_is_to_the_words_that_were_shown(page, initiative):
    old = ConsentText.objects.current("support")
    new = ConsentText.objects.create(purpose="support", text="Nye ord.")
    answer = send(page, {"consent_text": old.pk})
    assert answer.status_code == 200 and not rows(Consent, initiative)
    assert "Nye ord." in answer.content.decode()
    assert send(page, {"consent_text": new.pk}).status_code == 302
    assert rows(Consent, initiative)[0].text == new


def test_the_visitor_chooses_a_place_where_there_are_several(front, initiative, other_initiative, client):
    page = page_of(front, "support")
    hidden_one = make.InitiativeFactory(title="Ikke her", runs_here=False)
    html = client.get(page.get_url()).content.decode()
    assert initiative.title in html and other_initiative.title in html and "Ikke her" not in html
    assert send(page).status_code == 200
    assert send(page, {"initiative": hidden_one.pk}).status_code == 200
    assert send(page, {"initiative": "9" * 30}).status_code == 200
    assert send(page, {"initiative": other_initiative.pk}).status_code == 302
    assert rows(Citizen, other_initiative) and not rows(Citizen, initiative)


def test_a_page_for_one_initiative_takes_no_other(front, initiative, other_initiative):
    page = page_of(front, "support", initiative=initiative)
    assert send(page, {"initiative": other_initiative.pk}).status_code == 302
    assert rows(Citizen, initiative) and not rows(Citizen, other_initiative)


def test_where_nobody_takes_people_in_one_is_asked_to_ring(front, client, initiative):
    page = page_of(front, "support", initiative=initiative)
    Initiative.objects.update(runs_here=False)
    for answer in (client.get(page.get_url()), send(page)):
        assert answer.status_code == 200 and "Ring til os i stedet" in answer.content.decode()
    empty = page_of(front, "volunteer")
    ConsentText.objects.filter(purpose="volunteer").delete()
    assert "<form" not in client.get(empty.get_url()).content.decode().split("<main")[1]


def test_who_is_written_about_has_not_said_yes_yet(front, initiative, coordinator_client):
    page = page_of(front, "referral")
    send(page)
    (citizen,) = rows(Citizen, initiative)
    assert citizen.came_by == "professional" and citizen.consent_on is None
    assert citizen.referred_by == "Dagny · Biblioteket · dagny@example.com"
    address = f"/admin/people/citizen/inspect/{citizen.pk}/"
    html = coordinator_client.get(address).content.decode()
    assert "har ikke sagt ja til os endnu" in html and "Personen har sagt ja" in html
    yes = f"/admin/enquiries/citizen/{citizen.pk}/yes/"
    assert "Fortryder du?" in coordinator_client.get(yes).content.decode()
    assert coordinator_client.post(yes, {"on": "2999-01-01", "how": "phone"}).status_code == 200
    assert coordinator_client.post(yes, {"on": timezone.localdate(), "how": "phone"}).status_code == 302
    (citizen,) = rows(Citizen, initiative)
    assert citizen.consent_on == timezone.localdate()
    assert "har ikke sagt ja til os endnu" not in coordinator_client.get(address).content.decode()


def test_one_can_be_reached_through_the_one_who_writes(front, initiative):
    page = page_of(front, "referral")
    assert send(page, {"phone": None, "through_me": "on", "writer_contact": "nonsense"}).status_code == 200
    assert send(page, {"phone": None, "through_me": "on"}).status_code == 302
    assert rows(Citizen, initiative)[0].email == "dagny@example.com"


def test_nobody_writes_for_somebody_who_has_not_been_asked(front, initiative):
    answer = send(page_of(front, "referral"), {"agreed_to": None})
    assert answer.status_code == 200 and not rows(Citizen, initiative)


def test_where_one_heard_of_us_is_kept_as_words(page, initiative):
    source = EnquirySource.objects.first()
    send(page, {"heard_of_us": source.pk})
    send(page, {"heard_of_us": source.pk, "heard_elsewhere": "Min nabo", "first_name": "Idun"})
    assert [citizen.heard_of_us for citizen in rows(Citizen, initiative)] == [source.name, "Min nabo"]


def test_a_talk_remembers_the_story_it_came_from(front, initiative):
    page = page_of(front, "talk")
    for hostile in ("x", "-1", "9" * 40, "1;drop"):
        assert send_to(page, f"?story={hostile}").status_code == 302
    send_to(page, "?story=7")
    assert [talk.story_id for talk in rows(TalkRequest, initiative)] == [7, None, None, None, None]


def send_to(page, query):
    from django.test import Client

    from .signing_up import opened

    client = Client()
    return client.post(
        page.get_url() + query, {**ANSWERS["talk"], **opened("talk")}, REMOTE_ADDR="203.0.113.77"
    )


def test_too_many_from_one_place_lose_nothing(page, initiative, settings):
    settings.PEER_SUPPORT = {
        **settings.PEER_SUPPORT,
        "PUBLIC_LIMITS": {"post": [(9, 600)], "signup": [(2, 3600)]},
    }
    for number in range(2):
        assert send(page, {"first_name": f"Nummer {number}"}).status_code == 302
    answer = send(page, {"first_name": "Den tredje"})
    assert answer.status_code == 429 and "Den tredje" in answer.content.decode()
    assert send(page, {"first_name": "En anden"}, address="198.51.100.3").status_code == 302


def test_a_draft_takes_nothing(page, client):
    page.unpublish()
    assert client.get(page.get_url()).status_code == 404
    assert client.get(page.get_url() + "tak/").status_code == 404


def test_public_pages_say_nothing_of_anybody(front, client):
    build_world()
    secrets = {f"{name} {key}": secret for key in (KEY_A, KEY_B) for name, secret in canaries(key).items()}
    for kind in KINDS:
        page = page_of(front, kind)
        known = {"initiative": KEY_A, "phone": PHONES[KEY_A], "email": f"{word('email', KEY_A)}@example.com"}
        for answer in (
            client.get(page.get_url()),
            client.get(f"{page.get_url()}?initiative={KEY_A}&citizen={KEY_A}&story={KEY_A}"),
            send(page, {"initiative": KEY_A}),
            client.get(page.get_url() + "tak/"),
        ):
            assert not found_in(text_of(answer), secrets)
        answer = send(page, known)
        assert answer.status_code == 302 and not found_in(text_of(answer), secrets)


def test_hostile_addresses_are_answered(page, client):
    for query in ("?story=%00", "?tal=<script>", "?x=%ff%fe", "?" + "a=1&" * 200):
        assert client.get(page.get_url() + query).status_code == 200
    assert client.get(page.get_url() + "tak/mere/").status_code == 404
