"""The list, the booklet and the files, asked for as a visitor's browser asks."""

import csv
import io
import json
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from peer_support.directory.models import InitiativeLink, LocalCoordinator
from peer_support.pages.models import DirectoryPage
from peer_support.testing.factories import InitiativeContactFactory

from .directory_rows import make_directory, make_full, make_initiative, make_many

pytestmark = pytest.mark.django_db
CANARY = "Zqvkontakt Hemmelig 51626364"


@pytest.fixture
def page(front):
    return make_directory(front)


@pytest.fixture
def url(page):
    return page.get_url()


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_a_list_has_filters_chips_a_map_and_a_number_to_ring(url, client):
    initiative = make_initiative("Haven", ["Køge"], ["form:one-to-one"], region="1085")
    LocalCoordinator.objects.create(name="Bodil", phone="12 34 56 78", initiative=initiative)
    page = text(client.get(url + "?form=one-to-one"))
    assert 'name="form" value="one-to-one" id="f-form-one-to-one" checked' in page
    assert 'class="peer-chip"' in page and "Haven" in page
    assert 'href="tel:+4512345678"' in page
    assert "<title>Køge: 1</title>" in page and "municipality=0259" in page
    assert "<script>" not in page and "style=" not in page


def test_a_long_list_has_pages_and_the_filters_go_along(url, client):
    for n in range(45):
        make_initiative(f"Nummer {n:02}", status="running")
    first, second, third = (text(client.get(f"{url}?status=running&page={n}")) for n in (1, 2, 3))
    assert [page.count("peer-card__title") for page in (first, second, third)] == [20, 20, 5]
    assert "Nummer 00" in first and "Nummer 20" in second and "Nummer 44" in third
    assert "?status=running&amp;page=2" in first
    assert "Nummer 44" in text(client.get(f"{url}?status=running&page=999"))
    assert "Nummer 00" in text(client.get(f"{url}?page=x"))


def test_an_empty_answer_teaches(url, client):
    make_initiative("Haven", ["Køge"], status="running")
    page = text(client.get(url + "?status=ended"))
    assert f'href="{url}?"' in page and "peer-card__title" not in page


HOSTILE = [
    "q=%00&near=%00&page=%00",
    "q=" + "a" * 5000,
    "q=%25%27%22%3Cscript%3Ealert(1)%3C/script%3E",
    "page=-1",
    "page=1e9999",
    "page=99999999999999999999999999",
    "region=1084%27%20OR%201=1--&form[]=x&status=__all__",
    "sort=pk;drop&near=%F0%9F%92%A9",
    "near=9999999999999999",
    "near=%C2%B2%C2%B3",
    "&".join(f"municipality={n}" for n in range(900)),
    "q=%ed%a0%80",
    "form=none&setting=none&audience=none&relation=none&status=none&region=none&municipality=none",
    "live=false&search_text=x&export=csv&restricted_contact__text=x",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_string_breaks_a_page(url, client, query):
    make_initiative("Haven", ["Køge"])
    for where in ("", "booklet/", "csv/", "json/"):
        response = client.get(f"{url}{where}?{query}")
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "path",
    ["0-x/", "999999/", "999999-x/", "99999999999999999999999-x/", "1-/", "x/", "csv/x/", "1-x/suggest/x/"],
)
def test_an_address_that_is_none_is_not_found(url, client, path):
    assert client.get(url + path).status_code == 404


@pytest.mark.parametrize("path", ["", "booklet/", "booklet/pdf/", "csv/", "json/"])
def test_reading_pages_take_no_post(url, client, path):
    assert client.post(url + path, {"x": "y"}).status_code == 405


def test_texts_of_initiatives_are_never_markup(url, client):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    initiative = make_initiative(evil[:200], ["Køge"], summary=evil, operator=evil, other_names=evil)
    for where in ("", "booklet/", f"{initiative.pk}-x/"):
        page = text(client.get(url + where, follow=True))
        assert "<script>alert" not in page and "<img src=x" not in page


def test_a_thousand_initiatives_cost_as_many_queries_as_a_few_and_a_small_page(url, client):
    make_many(40)
    LocalCoordinator.objects.create(name="Bodil", phone="12 34 56 78")
    entry = f"{url}{make_full().pk}-haven-ved-aaen/"
    query = url + "?q=peer-st%C3%B8tte&region=1084&region=1085&form=one-to-one&form=none&near=3000"
    addresses = [url, query, url + "?page=2", url + "booklet/", url + "?q=findes+ikke&status=ended"]
    addresses += [entry, entry + "suggest/", url + "json/"]
    few = [queries(client, address) for address in addresses]
    make_many(960)
    many = [queries(client, address) for address in addresses]
    assert many == few
    assert max(many) <= 15, many
    assert len(client.get(url).content) <= 60_000


def test_a_file_is_the_selection_in_names_that_the_import_knows(url, client):
    make_full("Haven ved åen")
    make_initiative("=cmd()", ["Aarhus"], summary="+45 er et tal")
    rows = list(
        csv.DictReader(io.StringIO(text(client.get(url + "csv/")).removeprefix("\ufeff")), delimiter=";")
    )
    assert [row["title"] for row in rows] == ["'=cmd()", "Haven ved åen"]
    assert rows[0]["summary"].startswith("'+") and rows[0]["training_stated"] == ""
    assert rows[1]["training_stated"] == "none" and rows[1]["municipalities"] == "Køge; Aarhus"
    data = json.loads(text(client.get(url + "json/?municipality=0259")))
    assert data["count"] == data["total"] == 1
    entry = data["initiatives"][0]
    assert entry["training_stated"] == "none" and entry["evaluation_stated"] is None
    assert (
        entry["url"].endswith(f"/find/{entry['id']}-haven-ved-aaen/")
        and entry["section_1"] == "Svar nummer 1."
    )


def test_a_file_is_kept_for_a_while_and_not_sent_twice(url, client):
    make_initiative("Haven")
    first = client.get(url + "json/")
    assert "max-age" in first["Cache-Control"]
    assert client.get(url + "json/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_no_page_and_no_file_holds_the_restricted_contact_or_a_doubtful_link(url, client):
    initiative = make_full()
    initiative.links.add(InitiativeLink(url="https://example.net/zqvtvivl", doubtful=True))
    initiative.save()
    InitiativeContactFactory(initiative=initiative, text=CANARY)
    entry = f"{url}{initiative.pk}-haven-ved-aaen/"
    for where in (
        url,
        f"{url}?q={quote(CANARY)}",
        f"{url}booklet/",
        f"{url}csv/",
        f"{url}json/",
        entry,
        entry + "suggest/",
    ):
        page = text(client.get(where)).replace(" value=", "")
        assert (
            "51626364" not in page.replace(quote(CANARY), "").replace(CANARY, "") and "zqvtvivl" not in page
        )
    assert "Haven ved åen" not in text(client.get(f"{url}?q=51626364"))


def test_drafts_and_unpublished_initiatives_are_nowhere(url, client):
    hidden = make_initiative("Zqvskjult", ["Køge"], live=False)
    shown = make_initiative("Synlig", ["Køge"])
    shown.summary = "Zqvkladde"
    shown.save_revision()
    for where in ("", "booklet/", "csv/", "json/"):
        page = text(client.get(url + where))
        assert "Zqvskjult" not in page and "Zqvkladde" not in page
    assert client.get(f"{url}{hidden.pk}-zqvskjult/").status_code == 404
    assert client.get(f"{url}{hidden.pk}-zqvskjult/suggest/").status_code == 404
    assert "Zqvkladde" not in text(client.get(f"{url}{shown.pk}-synlig/"))
    assert "find/" in str(DirectoryPage.objects.get().get_sitemap_urls())
    assert "zqvskjult" not in str(DirectoryPage.objects.get().get_sitemap_urls())


def test_a_booklet_has_its_contents_by_region(url, client):
    make_full()
    make_initiative("Overalt", nationwide=True)
    make_initiative("Ingen ved hvor")
    page = text(client.get(url + "booklet/"))
    order = [page.index(f'id="chapter-{code}"') for code in ("dk", "1085", "none")]
    assert order == sorted(order)
    assert page.count('href="#i') == 3


def test_a_tile_server_is_asked_only_where_the_host_has_set_one(url, client):
    make_initiative("Haven", ["Køge"])
    plain = client.get(url)
    assert b"<image" not in plain.content and "tiles" not in plain["Content-Security-Policy"]
    tiles = {"url": "https://tiles.example/{z}/{x}/{y}.png", "attribution": "Kortet er fra et sted"}
    with override_settings(PEER_SUPPORT={"MAP_TILES": tiles}):
        drawn = client.get(url)
        assert b'href="https://tiles.example/7/67/39.png"' in drawn.content
        assert "img-src 'self' data: https://tiles.example" in drawn["Content-Security-Policy"]
        assert "Kortet er fra et sted" in drawn.content.decode()


def test_a_map_dot_can_be_hit_with_a_finger():
    import itertools
    from math import dist

    from peer_support.directory.builtin import read_table
    from peer_support.directory.public_map import _apart

    rows = read_table("municipalities")
    where, box = _apart(tuple((r["code"], float(r["latitude"]), float(r["longitude"])) for r in rows))
    assert len(where) == 98
    assert min(dist(a, b) for a, b in itertools.combinations(where.values(), 2)) >= 24
    assert all(0 < x < box[2] and 0 < y < box[3] for x, y in where.values())
    # North is up and east is right, moved or not.
    assert where["0813"][1] < where["0751"][1] < where["0550"][1]
    assert where["0561"][0] < where["0461"][0] < where["0101"][0] < where["0400"][0]
