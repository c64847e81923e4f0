"""The guidance pages: what a visitor reads, in every state, without JavaScript."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from wagtail.models import Page

from peer_support.recruitment.models_guidance import BenefitRule, GlossaryTerm, IdeaArea
from peer_support.recruitment.readable_form import ReadableFormMixin

from .states import load_all

pytestmark = pytest.mark.django_db
STATES = {name: build for name, build in load_all().items() if name.split(":")[0] in
          ("rules", "self-check", "glossary", "ideas", "what a peer does", "guidance")}  # fmt: skip


@pytest.fixture
def opened(front, client):
    """Return a function that builds a state and returns (soup, response)."""

    def open_state(name, more=""):
        answer = client.get(STATES[name](front) + more)
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser"), answer

    return open_state


@pytest.mark.parametrize("name", STATES)
def test_every_state_opens_with_one_heading_and_few_queries(
    name, front, client, django_assert_max_num_queries
):
    address = STATES[name](front)
    client.get(address)
    with django_assert_max_num_queries(15):
        answer = client.get(address)
    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200 and len(soup.find_all("h1")) == 1
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert not soup.find_all(style=True) and not soup.find_all(
        "script", src=False, type=lambda t: t != "application/ld+json"
    )


def test_all_rules_can_be_read_without_choosing(opened):
    soup, __ = opened("rules: plain")
    names = [h.get_text() for h in soup.select("details h3")]
    assert names == [rule.name for rule in BenefitRule.objects.all()] and "Folkepension" in names
    assert "Spørg altid dem, der betaler dig" in soup.get_text()


def test_a_chosen_rule_stands_on_top_with_hours_source_date_and_whom_to_ask(opened):
    soup, __ = opened("rules: one chosen, checked today")
    rule = soup.select_one("#peer-rule")
    assert rule.h2.get_text() == "Dagpenge"
    assert "44 timer om måneden" in rule.get_text() and "Din a-kasse" in rule.get_text()
    assert rule.a["href"].startswith("https://") and not rule.select(".peer-warning")
    assert "Dagpenge" in soup.title.get_text()
    assert soup.select_one("[aria-current=true]").get_text() == "Dagpenge"


def test_a_rule_that_nobody_has_looked_at_for_a_year_says_so(opened):
    soup, __ = opened("rules: one chosen, not looked at for years")
    assert "4. maj 2020" in soup.select_one("#peer-rule .peer-warning").get_text()


def test_an_unknown_number_of_hours_is_said_to_be_unknown(opened):
    soup, __ = opened("rules: plain", "?ydelse=kontanthjaelp")
    assert "Vi kender ikke et fast tal" in soup.select_one("#peer-rule").get_text()


@pytest.mark.parametrize(
    "value", ["%00", "x" * 5000, "%F0%9F%92%A9", "'--", "%3Cscript%3E", "dagpenge&ydelse=su", "DAGPENGE"]
)
def test_whatever_stands_in_the_address_the_page_opens(front, client, value):
    answer = client.get(f"{STATES['rules: plain'](front)}?ydelse={value}")
    assert answer.status_code == 200 and "<script>" not in answer.content.decode()


def test_an_unknown_benefit_is_answered_kindly(opened):
    soup, __ = opened("rules: an unknown benefit")
    assert "Vi kender ikke en ydelse med det navn" in soup.get_text() and not soup.select("#peer-rule")


def test_the_self_check_has_no_form_may_connect_nowhere_and_is_not_kept(opened):
    soup, answer = opened("self-check: plain")
    policy = answer.headers["Content-Security-Policy"]
    assert "connect-src 'none'" in policy and "form-action 'none'" in policy
    assert "no-store" in answer.headers["Cache-Control"]
    assert not soup.select("main form")
    assert len(soup.select("main fieldset")) == 15
    assert {box["autocomplete"] for box in soup.select("main input")} == {"off"}
    assert len(soup.select("main details dd")) == 12


def test_a_host_that_opens_its_policy_does_not_open_the_self_check(opened, settings):
    settings.PEER_SUPPORT = {
        **settings.PEER_SUPPORT,
        "CSP_SOURCES": {"connect-src": ["https://count.example"]},
    }
    __, answer = opened("self-check: plain")
    assert "connect-src 'none'" in answer.headers["Content-Security-Policy"]
    __, answer = opened("glossary: full")
    assert "https://count.example" in answer.headers["Content-Security-Policy"]


def test_the_glossary_runs_from_a_to_aa_with_anchors_and_json_ld(opened):
    soup, __ = opened("glossary: full")
    letters = [link.get_text() for link in soup.select("nav[aria-label] .peer-chip")]
    assert letters[0] == "A" and letters[-1] == "Å"
    assert soup.select_one("#recovery dt").get_text() == "Recovery"
    data = [json.loads(tag.string) for tag in soup.find_all("script", type="application/ld+json")]
    terms = next(d for d in data if d["@type"] == "DefinedTermSet")["hasDefinedTerm"]
    assert len(terms) == GlossaryTerm.objects.count() and terms[0]["url"].endswith("#ambassadoer")


def test_a_word_cannot_break_out_of_the_json_ld(opened):
    GlossaryTerm.objects.create(
        term="</script><b>", slug="ond", explanation="</script><script>alert(1)</script>"
    )
    soup, answer = opened("glossary: full")
    assert "alert(1)</script>" not in answer.content.decode()


def test_nine_ideas_each_with_a_first_step(opened):
    soup, __ = opened("ideas: nine")
    assert len(soup.select("article")) == 9 == IdeaArea.objects.count()
    assert all(len(article.select("ol li")) >= 3 for article in soup.select("article"))
    assert {link["href"][1:] for link in soup.select("nav .peer-chip")} == {
        a["id"] for a in soup.select("article")
    }


def test_what_a_peer_does_compares_paid_and_volunteer(opened):
    soup, __ = opened("what a peer does: plain")
    assert [th.get_text() for th in soup.select("thead th")] == ["Frivillig peer", "Lønnet peer"]
    assert len(soup.select(".peer-cards li")) == 6
    assert re.search("Hvor tit", soup.get_text())


def test_the_editor_gets_the_readability_help_on_every_page_type(front, client_for, django_user_model):
    types = [
        model for model in apps.get_app_config("peer_support_pages").get_models() if issubclass(model, Page)
    ]
    assert len(types) > 5
    assert all(issubclass(model.get_edit_handler().get_form_class(), ReadableFormMixin) for model in types)
    client = client_for(django_user_model.objects.create_superuser("chef", "chef@example.org", "x"))
    page = client.get(f"/admin/pages/add/peer_support_pages/guidancepage/{front.pk}/").content.decode()
    assert page.count("readability-editor.js") == 1 and "data-peer-rules" in page
