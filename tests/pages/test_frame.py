"""The frame around every page: menu, crumbs, what machines are told, locks, and where the way out leads."""

import json
import re

import pytest
from django.test import override_settings
from wagtail.models import Page, PageViewRestriction

from peer_support.pages.models import GlossaryPage, RecruitmentPage
from peer_support.public.leave import leave_address, weeks_of
from peer_support.public.structured import json_ld

pytestmark = pytest.mark.django_db


@pytest.fixture
def below(front):
    """Two pages below the front page, one under the other."""
    parent = front.add_child(
        instance=RecruitmentPage(title="Bliv frivillig", slug="bliv", show_in_menus=True)
    )
    return parent, parent.add_child(instance=GlossaryPage(title="Ordbog", slug="ordbog"))


def shown(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_menu_holds_the_published_pages_that_are_ticked_and_marks_where_one_is(front, below, client):
    front.add_child(instance=GlossaryPage(title="Kladde", slug="kladde", show_in_menus=True, live=False))
    page = shown(client, "/bliv/ordbog/")
    assert '<a href="/bliv/" aria-current="true">Bliv frivillig</a>' in page
    assert "Kladde" not in page
    assert 'aria-current="page">Bliv frivillig' in shown(client, "/bliv/")


def test_the_crumbs_are_the_way_from_the_front_page(below, client):
    crumbs = re.search(r'<nav class="peer-crumbs".*?</nav>', shown(client, "/bliv/ordbog/"), re.S).group()
    assert re.findall(r">([^<>\n]+)</(?:a|span)>", crumbs) == ["Du er ikke alene", "Bliv frivillig", "Ordbog"]


def test_a_lock_on_any_page_above_holds_for_the_pages_below(front, below, client):
    parent, child = below
    for locked in (child, parent, front, Page.get_first_root_node()):
        lock = PageViewRestriction.objects.create(page_id=locked.pk, restriction_type="login")
        assert client.get("/bliv/ordbog/").status_code == 302, locked
        lock.delete()
    assert client.get("/bliv/ordbog/").status_code == 200


def test_a_locked_page_is_in_no_menu(below, client):
    PageViewRestriction.objects.create(page_id=below[0].pk, restriction_type="login")
    assert "Bliv frivillig" not in shown(client, "/")


def test_search_engines_are_told_who_and_where(below, client, settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "ORGANISATION": {"logo": "https://hus.example/l.png"}}
    page = shown(client, "/bliv/")
    assert '<link rel="canonical" href="http://localhost/bliv/">' in page
    assert '<meta property="og:title" content="Bliv frivillig">' in page
    found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))
    assert (found["@type"], found["name"], found["logo"]) == ("NGO", "Prøve", "https://hus.example/l.png")


def test_no_text_ends_the_data_block():
    block = json_ld({"name": "</script><script>alert(1)</script>"})
    assert block.count("<script") == 1 and block.count("</script>") == 1
    assert json.loads(block[block.index("{") : block.rindex("}") + 1])["name"].startswith("</script>")


def test_the_way_out_leads_to_a_calendar_that_names_no_centre(front, client):
    address = leave_address()
    page = shown(client, address)
    assert "Prøve" not in page and "Livslinien" not in page and "<a " not in page
    assert client.get(address).headers["Cache-Control"].find("no-store") >= 0
    with override_settings(PEER_SUPPORT={"LEAVE_URL": "https://vejr.example/"}):
        assert 'href="https://vejr.example/"' in shown(client, "/")


def test_the_calendar_has_iso_weeks_from_monday_to_sunday():
    import datetime

    weeks = weeks_of(datetime.date(2027, 1, 10))
    assert [number for number, __ in weeks][:2] == [53, 1]
    assert all(week[0].weekday() == 0 and len(week) == 7 for __, week in weeks)


def test_the_sitemap_lists_what_everybody_may_read(below, client):
    text = shown(client, "/sitemap.xml")
    assert "http://localhost/bliv/ordbog/" in text
