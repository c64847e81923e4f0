"""What the blocks of a page point at is read together, and shows what Wagtail's own blocks would show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.rich_text import features

from peer_support.directory.models import LocalCoordinator
from peer_support.pages import text_links
from peer_support.pages.ahead import being_drawn
from peer_support.pages.models import PeerFrontPage, RecruitmentPage
from peer_support.public.models import CrisisHelp

from . import building as build

pytestmark = pytest.mark.django_db


def text(*links):
    return "".join(f'<p><a linktype="{kind}" id="{key}">her</a></p>' for kind, key in links)


def body(front, *links):
    front.body = build.stream(*(("text", text(link)) for link in links))
    front.save()


def hrefs(client, address="/"):
    """Return the opening tags of the links called "her"."""
    html = client.get(address).content.decode()
    return [part.rsplit("<a", 1)[1] for part in html.split(">her</a>")[:-1]]


def test_links_of_all_texts_are_read_in_one_question_for_each_kind(front, client):
    pages, files = [build.professional(front) for __ in range(3)], [build.document() for __ in range(3)]
    body(front, *(("page", page.pk) for page in pages), *(("document", file.pk) for file in files))
    client.get("/")
    with CaptureQueriesContext(connection) as caught:
        found = hrefs(client)
    assert found == [f' href="{page.url}"' for page in pages] + [f' href="{file.url}"' for file in files]
    asked = [query["sql"] for query in caught.captured_queries]
    assert sum('FROM "wagtaildocs_document"' in sql for sql in asked) == 1
    assert sum('"wagtailcore_page"."id" IN' in sql for sql in asked) == 1
    assert not any("professionalpage" in sql for sql in asked)


def test_a_page_that_is_not_published_or_gone_is_no_link(front, client):
    draft, gone = build.professional(front, live=False), build.professional(front)
    key = gone.pk
    gone.delete()
    body(front, ("page", draft.pk), ("page", key), ("page", "x"), ("document", 999), ("mystery", 1))
    assert hrefs(client) == [""] * 5
    draft.save_revision().publish()
    assert hrefs(client)[0] == f' href="{draft.url}"'
    Page.objects.get(pk=draft.pk).unpublish()
    assert hrefs(client)[0] == ""


def test_a_link_leads_to_a_locked_page_but_shows_nothing_of_it(front, client):
    closed = build.professional(front, title="Kun for de indviede")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    body(front, ("page", closed.pk))
    assert hrefs(client) == [f' href="{closed.url}"']
    assert "indviede" not in client.get("/").content.decode()


def test_a_page_of_another_site_is_linked_with_its_host(front, client):
    elsewhere = Page.get_first_root_node().add_child(instance=PeerFrontPage(title="Nord", slug="nord"))
    Site.objects.create(hostname="nord.example", root_page=elsewhere)
    inside = elsewhere.add_child(instance=RecruitmentPage(title="Kom", slug="kom"))
    body(front, ("page", inside.pk), ("page", front.pk))
    assert hrefs(client) == [' href="http://nord.example/kom/"', ' href="/"']
    # The other way round: nothing is remembered from one site to the next.
    elsewhere.body = front.body
    elsewhere.save()
    answer = client.get("/", headers={"host": "nord.example"}).content.decode()
    assert '<a href="/kom/">her</a>' in answer and 'href="http://localhost/">her</a>' in answer


def test_a_moved_page_is_linked_where_it_is_now(front, client):
    page = build.professional(front)
    body(front, ("page", page.pk))
    assert hrefs(client) == [f' href="{page.url}"']
    page.slug = "et-andet-sted"
    page.save()
    assert hrefs(client) == [' href="/et-andet-sted/"']


def test_a_page_type_with_addresses_of_its_own_is_asked_for_them(front, client, monkeypatch):
    page = build.professional(front)
    monkeypatch.setattr(type(page), "get_url", lambda self, request=None: f"/x/{self.slug}/", raising=False)
    body(front, ("page", page.pk))
    assert hrefs(client) == [f' href="/x/{page.slug}/"']


def test_the_links_of_a_host_are_left_to_the_host(front, client, monkeypatch):
    class Own(text_links.PageLinkHandler):
        @classmethod
        def expand_db_attributes_many(cls, attrs_list):
            return ["<a data-own>"] * len(attrs_list)

    types = {**features.get_link_types(), "page": Own}
    monkeypatch.setattr(features, "get_link_types", lambda: types)
    text_links._rewriter.cache_clear()
    try:
        body(front, ("page", front.pk))
        assert hrefs(client) == [" data-own"]
    finally:
        text_links._rewriter.cache_clear()


def test_in_the_admin_and_in_scripts_the_blocks_ask_as_wagtails_do(front):
    body(front, ("page", front.pk))
    picture = build.image()
    front.picture = build.stream(("picture", build.picture(picture)))
    front.save()
    again = PeerFrontPage.objects.get(pk=front.pk)
    assert not being_drawn()
    assert again.picture[0].value["image"] == picture
    assert f'href="{front.url}"' in str(again.body[0].value)


def test_a_picture_that_was_deleted_leaves_the_page_standing(front, client):
    picture, file = build.image(), build.document()
    address = file.url
    front.body = build.stream(
        ("picture", build.picture(picture)),
        ("downloads", {"title": "Tag med", "files": [{"document": file.pk, "text": ""}] * 2}),
        ("action", {**build.ACTION, "page": 9999, "url": ""}),
    )
    front.save()
    assert client.get("/").content.decode().count(address) == 2
    picture.delete()
    file.delete()
    html = client.get("/").content.decode()
    assert "peer-figure__none" in html and address not in html


def test_a_workshop_of_an_initiative_that_is_gone_is_not_one_of_another(front, client):
    course = build.courses()
    for key, there in ((course.initiative_id, True), (99999, False)):
        front.show_courses = False
        front.body = build.stream(("workshop", {"title": "Kom og hør", "initiative": key}))
        front.save()
        assert ("sal 2" in client.get("/").content.decode()) is there


def test_the_hours_of_the_crisis_line_are_those_of_this_moment(front, client):
    """They are read with the coordinators; without any they stand there all the same, and nothing keeps them."""
    box = CrisisHelp.load()
    for number in range(3):
        box.hours, box.hours_checked_on = f"Linjen svarer fra klokken {number}.", "2026-11-01"
        box.second_way = f"Psykiatrisk skadestue {number}."
        box.save()
        html = client.get("/").content.decode()
        assert f"fra klokken {number}." in html and f"skadestue {number}." in html
        LocalCoordinator.objects.create(name=f"Bodil {number}", phone="12 34 56 78")
    CrisisHelp.objects.all().delete()
    html = client.get("/").content.decode()
    assert "Livslinien" in html and "skadestue" not in html and "None" not in html
