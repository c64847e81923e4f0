"""One initiative as visitors read it."""

import json
import re

import pytest

from peer_support.directory.models import InitiativeLink, LocalCoordinator, Municipality

from .directory_rows import make_directory, make_full, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(front):
    return make_directory(front).get_url()


def entry(client, url, initiative, **options):
    response = client.get(f"{url}{initiative.pk}-x/", follow=True, **options)
    assert response.status_code == 200
    return response.content.decode()


def facts(page):
    return {
        re.sub(r"\s+", " ", label): re.sub(r"<[^>]+>", "", value).strip()
        for label, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.S)
    }


def test_none_is_said_and_not_stated_is_kept_apart(url, client):
    page = entry(client, url, make_full(), headers={"Accept-Language": "en"})
    found = facts(page)
    assert found["Training of peers"] == "none"
    assert found["Supervision of peers"] == "Hver anden uge."
    assert "Recruitment of peers" not in found
    assert re.search(r"Not stated: [^<]*Recruitment of peers", page)


def test_an_entry_with_only_a_name_says_what_is_not_stated(url, client):
    page = entry(client, url, make_initiative("Kun et navn", summary=""))
    assert "Kun et navn" in page and page.count("peer-initiative__unstated") >= 3


def test_the_eight_sections_are_folded_and_an_empty_one_is_named(url, client):
    page = entry(client, url, make_full())
    assert len(re.findall(r"<details[^>]*><summary>\d\. ", page)) == 7
    assert re.search(r'unstated">8\. ', page)


def test_lost_letters_are_told_kindly_and_never_in_the_editors_words(url, client):
    page = entry(client, url, make_full(damaged_lines=12))
    assert "12" not in re.sub(r"\s", "", re.search(r'<p class="peer-note">(.*?)</p>', page, re.S)[1])
    assert "peer-entry__flags" not in page


def test_an_old_name_in_the_address_leads_to_the_entry(url, client):
    initiative = make_initiative("Haven ved åen")
    response = client.get(f"{url}{initiative.pk}-gammelt-navn/")
    assert response.status_code == 302 and response["Location"] == f"{url}{initiative.pk}-haven-ved-aaen/"


@pytest.mark.parametrize("title", ["東京", "!!!", "Ø", "a" * 200, "--", "Å/../æ"])
def test_every_name_makes_an_address(url, client, title):
    assert title.split("/")[0] in entry(client, url, make_initiative(title))


def test_the_coordinator_is_its_own_before_the_towns(url, client):
    initiative = make_initiative("Haven", ["Køge"])
    near = LocalCoordinator.objects.create(name="Fra byen", phone="11 11 11 11")
    near.municipalities.set(Municipality.objects.filter(name="Køge"))
    near.save()
    assert "tel:+4511111111" in entry(client, url, initiative)
    LocalCoordinator.objects.create(name="Egen", phone="22 22 22 22", initiative=initiative, sort_order=9)
    assert "tel:+4522222222" in entry(client, url, initiative)


def test_a_search_engine_is_told_who_it_is(url, client):
    initiative = make_full("Haven </script><b>", operator="Foreningen & vennerne")
    initiative.links.add(InitiativeLink(url="https://example.org/haven"))
    initiative.save()
    page = entry(client, url, initiative)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1]
    data = json.loads(block)
    assert data["@type"] == "Organization" and data["name"] == "Haven </script><b>"
    assert data["areaServed"] == ["Køge", "Aarhus"] and data["sameAs"] == ["https://example.org/haven"]
    assert data["parentOrganization"]["name"] == "Foreningen & vennerne"


def test_source_and_date_are_there_or_said_to_be_unknown(url, client):
    page = entry(client, url, make_full(information_date="2025-03-01"))
    assert "2025" in page and "Eksempel" in page
