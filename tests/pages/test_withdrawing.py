"""Withdrawing a consent: gone from every page at once, and from drafts and earlier versions too."""

import json

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry, Revision

from peer_support.access.decisions import NotAllowed
from peer_support.pages.withdrawing import story_withdrawn, withdraw_story
from peer_support.recruitment.models_story_consent import StoryConsent

from . import building as build
from .test_story_consent import consent_address, editing, editor, editor_client  # noqa: F401

pytestmark = pytest.mark.django_db
MARK = "zqvmarkoerq"
TITLE, QUOTE = f"{MARK} åbnede døren", f"Pludselig var {MARK} ikke alene med det mere."


@pytest.fixture
def told(front):
    """A story whose every text holds a mark, with drafts and a published revision."""
    words = f"<p>Den første aften sad {MARK} længst fra døren og sagde ikke et ord.</p>"
    page = build.full_story(
        front,
        title=TITLE,
        slug=MARK,
        who=f"{MARK}-navn",
        quote=QUOTE,
        words=f"{MARK}-ord",
        body=build.stream(("text", words), ("picture", build.picture())),
        portrait=build.stream(("picture", build.picture(alt=f"{MARK} smiler"))),
        search_description=f"{MARK} i søgningen",
    )
    page.save_revision().publish()
    page.title = f"{TITLE} igen"
    page.save_revision(log_action=True)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def pages(front, told):
    """Pages of every kind that show the story, and one that only repeats its words by hand (the control)."""
    showing = build.stream(
        ("stories", {"title": "Mød", "stories": [told.pk], "count": 3}),
        ("quote", {"words": QUOTE, "who": MARK, "story": told.pk}),
    )
    recruiting = build.recruitment(front, faces=build.faces(told), picture="[]")
    professional = build.professional(front, body=showing)
    front.body = showing
    front.save()
    copied = build.professional(
        front, body=build.stream(("quote", {"words": QUOTE, "who": "", "story": None}))
    )
    addresses = ["/", "/fortaellinger/", told.get_url(), professional.get_url(), recruiting.get_url()]
    addresses += [f"{recruiting.get_url()}?print=a4", f"{recruiting.get_url()}?print=a5"]
    addresses += [f"{told.get_url()}?print=a4", f"{told.get_url()}?print=a5"]
    return {"shown": addresses, "copied": copied}


def texts(client, addresses):
    return {address: client.get(address).content.decode() for address in addresses}


def test_it_leaves_every_page_at_once(client, told, pages):
    before = texts(client, pages["shown"])
    assert all(MARK in text for text in before.values()), [a for a, t in before.items() if MARK not in t]
    withdraw_story(story=told, user=None)
    after = texts(client, pages["shown"])
    assert not [address for address, text in after.items() if MARK in text]
    assert client.get(pages["shown"][2]).status_code == 404


def test_control_words_copied_by_hand_are_seen_and_named(client, told, pages):
    copied = pages["copied"]
    withdraw_story(story=told, user=None)
    assert MARK in client.get(copied.get_url()).content.decode(), "the control page has the words by hand"
    shown_on = StoryConsent.objects.get(page_id=told.pk).shown_on
    assert [place["id"] for place in shown_on if place["copied"]] == [copied.pk]
    assert {place["id"] for place in shown_on} >= {copied.pk, told.get_parent().pk}


def test_it_holds_with_a_cache_for_the_whole_site(client, told, pages):
    middleware = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *settings.MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    cache.clear()
    with override_settings(MIDDLEWARE=middleware):
        client.handler.load_middleware()
        for __ in range(2):
            assert all(MARK in text for text in texts(client, pages["shown"]).values())
        withdraw_story(story=told, user=None)
        assert not [address for address, text in texts(client, pages["shown"]).items() if MARK in text]
    cache.clear()


def test_nothing_of_it_is_left_in_the_database(told, pages, django_capture_on_commit_callbacks):
    pages["copied"].delete()
    told.create_alias(update_slug="spejl")
    told.save_revision().publish()
    # Quotes on other pages hide themselves and are the editor's to take out: here they are taken out.
    assert rows_with_mark() >= {"wagtailcore_revision", "wagtailcore_page", "wagtailcore_pagelogentry"}
    for page in Page.objects.exclude(pk=told.pk).specific():
        if hasattr(page, "body"):
            page.body = [(b.block_type, b.value) for b in page.body if b.block_type != "quote"]
            page.save()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(story=told, user=None)
    assert rows_with_mark() == set()


def rows_with_mark():
    """Return the tables that hold the mark anywhere."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if MARK in str(cursor.fetchall()):
                found.add(table)
    return found


def test_files_go_with_it_unless_something_else_uses_them(front, told, django_capture_on_commit_callbacks):
    shared = build.image("Delt")
    told.body = build.stream(("picture", build.picture(of=shared)))
    told.body = told._meta.get_field("body").to_python(told.body)
    told.save()
    build.recruitment(front, picture=build.stream(("picture", build.picture(of=shared))))
    portrait, sound = told.portrait[0].value["image"], told.media[1].value["file"]
    with django_capture_on_commit_callbacks(execute=True):
        done = withdraw_story(story=told, user=None)
    left = set(get_image_model().objects.values_list("pk", flat=True))
    assert shared.pk in left and portrait.pk not in left
    assert not get_document_model().objects.filter(pk=sound.pk).exists()
    assert done.kept == [shared] and not portrait.file.storage.exists(portrait.file.name)


def test_files_are_kept_where_one_says_so(told):
    images = get_image_model().objects.count()
    withdraw_story(story=told, user=None, delete_files=False)
    assert get_image_model().objects.count() == images


def test_an_open_window_cannot_bring_it_back(told, editor_client):  # noqa: F811
    form = editing(told)
    withdraw_story(story=told, user=None)
    address = reverse("wagtailadmin_pages:edit", args=[told.pk])
    for more in ({}, {"action-publish": "1"}):
        assert editor_client.post(address, {**form, **more}).headers["Location"] == consent_address(told)
    told.refresh_from_db()
    assert not told.live and told.quote == "" and not Revision.objects.for_instance(told).exists()


def test_an_editor_withdraws_with_two_clicks_and_is_told_where_it_was(told, pages, editor, editor_client):  # noqa: F811
    address = reverse("peer_support_stories:withdraw", args=[told.pk])
    asked = editor_client.get(address).content.decode()
    assert pages["copied"].title in asked and told.get_parent().title in asked
    assert StoryConsent.objects.get(page_id=told.pk).ended_at is None
    answer = editor_client.post(address, {"reason": "Nyt arbejde", "delete_files": "on"}, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200 and pages["copied"].title in text and "Nyt arbejde" in text
    consent = StoryConsent.objects.get(page_id=told.pk)
    assert (consent.ending, consent.ended_by, consent.contact) == ("withdrawn", editor, "")
    assert editor_client.post(address, {}).status_code == 302, "a second click does nothing and says so"
    history = editor_client.get(reverse("wagtailadmin_pages:history", args=[told.pk]))
    assert history.status_code == 200 and MARK not in history.content.decode()
    assert PageLogEntry.objects.filter(page=told.pk, action="peer_support.consent_withdrawn").exists()


def test_without_a_consent_there_is_nothing_to_withdraw(front):
    page = build.story(front, consent=False)
    with pytest.raises(NotAllowed):
        withdraw_story(story=page, user=None)


def test_a_quote_does_not_come_back_when_the_empty_page_is_deleted(client, told, pages, front):
    withdraw_story(story=told, user=None)
    type(told).objects.get(pk=told.pk).delete()
    assert not [address for address, text in texts(client, pages["shown"]).items() if MARK in text]


def test_a_host_hears_of_it_after_the_commit(told, pages, django_capture_on_commit_callbacks):
    heard, url = [], told.full_url

    def listen(sender, **kwargs):
        heard.append(kwargs)

    story_withdrawn.connect(listen)
    try:
        with django_capture_on_commit_callbacks() as callbacks:
            withdraw_story(story=told, user=None)
        assert heard == [], "not before the commit"
        for callback in callbacks:
            callback()
    finally:
        story_withdrawn.disconnect(listen)
    assert heard[0]["url"] == url and heard[0]["page_id"] == told.pk
    assert pages["copied"].full_url in heard[0]["urls"]


def test_the_search_finds_it_no_more(client, told):
    from wagtail.search.backends import get_search_backend

    def found():
        return [page.pk for page in get_search_backend().search(MARK, Page.objects.live())]

    assert told.pk in found()
    withdraw_story(story=told, user=None)
    assert found() == []
    assert json.dumps([page.title for page in Page.objects.search("tilbagetrukket")])
