"""A story is shown only while its consent holds: to visitors, in lists, on posters, in the sitemap and in the search."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from peer_support.access.page_rights import give_page_rights
from peer_support.access.roles import EDITOR, group_for
from peer_support.recruitment.models_story_consent import StoryConsent
from peer_support.recruitment.rules_story_consent import may_be_shown
from peer_support.recruitment.services_story_consent import erase_old_consents
from peer_support.testing import factories as make
from peer_support.testing.factories_stories import StoryConsentFactory

from . import building as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    user = make.EditorFactory()
    give_page_rights(group_for(EDITOR))
    return user


@pytest.fixture
def editor_client(editor, client_for):
    return client_for(editor)


def consent_address(page):
    return reverse("peer_support_stories:consent", args=[page.pk])


def test_without_a_consent_nobody_sees_the_story(front, client):
    page = build.story(front, consent=False)
    assert client.get(page.get_url()).status_code == 404
    assert page.quote not in client.get("/fortaellinger/").content.decode()
    StoryConsentFactory(page_id=page.pk)
    assert client.get(page.get_url()).status_code == 200
    assert page.quote in client.get("/fortaellinger/").content.decode()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"until": build.yesterday()}, "run_out"),
        ({"given_on": build.yesterday() + datetime.timedelta(days=4)}, "not_yet"),
    ],
)
def test_a_consent_holds_only_between_its_days(front, client, values, code):
    page = build.story(front, consent=values)
    assert may_be_shown(page.pk).code == code
    assert client.get(page.get_url()).status_code == 404
    assert page.get_sitemap_urls() == []


def test_what_the_consent_does_not_cover_is_not_shown(front, client):
    page = build.full_story(front, consent={"covers_picture": False, "covers_film": False})
    shown = client.get(page.get_url())
    text = shown.content.decode()
    assert (
        build.SENTENCE in text
        and "<video" not in text
        and "data-peer-film" not in text
        and "<audio" not in text
    )
    assert "<img" not in text
    assert "frame-src" not in shown.headers["Content-Security-Policy"]


def test_a_consent_that_does_not_cover_other_pages_keeps_the_story_off_them(front, client):
    page = build.full_story(front, consent={"covers_elsewhere": False})
    other = build.recruitment(front, faces=build.faces(page))
    assert page.quote not in client.get(other.get_url()).content.decode()
    assert page.quote not in client.get("/").content.decode()
    assert client.get(page.get_url() + "?print=a4").status_code == 404
    assert page.quote in client.get("/fortaellinger/").content.decode()


def test_a_draft_has_a_preview_without_a_consent(front, editor_client):
    page = build.full_story(front, consent=False, live=False)
    page.save_revision()
    answer = editor_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 200 and build.SENTENCE in answer.content.decode()


def editing(page):
    """Return the form data with which the editor saves ``page`` as it is."""
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    empty = streamfield([])
    data = {"title": page.title, "slug": page.slug, "who": page.who, "quote": page.quote, "words": page.words}
    data |= dict.fromkeys(("portrait", "body", "media"), empty)
    data |= {"comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}}
    form = nested_form_data({key: value for key, value in data.items() if key != "comments"})
    for name, value in data["comments"].items():
        form[f"comments-{name}"] = value
    return form


def test_publishing_without_a_consent_saves_a_draft_and_leads_to_the_consent(front, editor_client):
    page = build.story(front, consent=False, live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = editor_client.post(address, {**editing(page), "action-publish": "1"})
    assert answer.headers["Location"] == consent_address(page)
    page.refresh_from_db()
    assert not page.live and page.latest_revision is not None
    editor_client.post(consent_address(page), consent_form())
    answer = editor_client.post(address, {**editing(page), "action-publish": "1"})
    page.refresh_from_db()
    assert page.live


def consent_form(**values):
    return {
        "name": "Jorun Hedelys",
        "contact": "12 34 56 78",
        "given_on": str(make.today()),
        "how": "signed",
        "text_version": "2026-11",
        "text": "Jeg siger ja.",
        "covers_picture": "on",
        **values,
    }


def test_publishing_past_the_editor_is_taken_back(front):
    page = build.story(front, consent=False, live=False)
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live


def test_a_consent_is_written_down_with_its_words_and_who_wrote_it(front, editor, editor_client):
    page = build.story(front, consent=False, live=False)
    editor_client.post(consent_address(page), consent_form())
    consent = StoryConsent.objects.get(page_id=page.pk)
    assert (consent.name, consent.recorded_by, consent.text) == ("Jorun Hedelys", editor, "Jeg siger ja.")
    assert consent.covers_picture and not consent.covers_film and not consent.covers_elsewhere
    editor_client.post(consent_address(page), consent_form(covers_film="on"))
    old, new = StoryConsent.objects.filter(page_id=page.pk).order_by("pk")
    assert old.ending == "replaced" and old.contact == "" and new.covers_film
    shown = editor_client.get(consent_address(page))
    assert "Jorun Hedelys" in shown.content.decode() and "no-store" in shown.headers["Cache-Control"]


@pytest.mark.parametrize(
    "values",
    [
        {"given_on": str(make.today() + datetime.timedelta(days=1))},
        {"until": "2020-01-01"},
        {"how": ""},
        {"name": ""},
        {"text": ""},
    ],
)
def test_a_consent_with_something_missing_is_asked_for_again(front, editor_client, values):
    page = build.story(front, consent=False, live=False)
    answer = editor_client.post(consent_address(page), consent_form(**values))
    assert answer.status_code == 200 and not StoryConsent.objects.exists()
    assert "12 34 56 78" in answer.content.decode(), "what was typed is kept"


def test_the_name_is_encrypted_and_shown_only_to_those_who_may(front, client_for):
    from django.db import connection

    page = build.story(front)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM peer_support_storyconsent")
        assert "Jorun" not in str(cursor.fetchone())
    plain = make.UserFactory()
    from django.contrib.auth.models import Group

    plain.groups.add(Group.objects.get(name="Editors"))
    for address in (consent_address(page), reverse("peer_support_stories:withdraw", args=[page.pk])):
        answer = client_for(plain).get(address)
        assert "Jorun" not in answer.content.decode() and answer.status_code in (302, 403, 404)


def test_a_story_is_not_copied(front, editor_client):
    page = build.full_story(front)
    answer = editor_client.get(reverse("wagtailadmin_pages:copy", args=[page.pk]))
    assert answer.status_code == 302
    copy = page.copy(update_attrs={"slug": "kopi", "title": "Kopi"}, keep_live=False)
    assert (copy.quote, copy.who, list(copy.body), list(copy.portrait)) == ("", "", [], [])


def test_deleting_a_story_ends_its_consent_and_old_records_go_after_two_years(front):
    page = build.story(front)
    pk = page.pk
    page.delete()
    consent = StoryConsent.objects.get(page_id=pk)
    assert consent.ending == "deleted" and consent.contact == ""
    assert erase_old_consents() == 0
    later = consent.ended_at + datetime.timedelta(days=731)
    assert erase_old_consents(now=later) == 1 and not StoryConsent.objects.exists()


def test_the_nightly_job_takes_down_what_has_run_out(front):
    over, holds = build.story(front, consent={"until": build.yesterday()}), build.story(front)
    call_command("purge_expired", verbosity=0)
    over.refresh_from_db()
    holds.refresh_from_db()
    assert (over.live, holds.live) == (False, True)
    assert over.quote, "nothing is deleted: the ambassador can be asked again"


def test_no_shared_cache_keeps_a_page_with_stories(front, client):
    page = build.story(front)
    other = build.recruitment(front, faces=build.faces(page))
    for address in ("/", "/fortaellinger/", page.get_url(), other.get_url(), other.get_url() + "?print=a4"):
        kept = client.get(address).headers["Cache-Control"]
        assert "private" in kept and "no-cache" in kept, address


def test_another_page_has_no_consent_screen(front, editor_client):
    assert editor_client.get(consent_address(front)).status_code == 404
    assert editor_client.get(consent_address(Page(pk=999999))).status_code == 404
    assert Client().get(consent_address(front)).status_code == 302
