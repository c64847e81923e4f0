"""Rules, words and ideas: built in, kept by editors, and told when they must be looked at again."""

import datetime

import pytest

from peer_support.recruitment.builtin_guidance import entries, load_guidance
from peer_support.recruitment.danish_order import danish_key, first_letter
from peer_support.recruitment.freshness import needs_check
from peer_support.recruitment.guidance import glossary
from peer_support.recruitment.models_guidance import BenefitRule, GlossaryTerm, IdeaArea
from peer_support.testing.factories import CoordinatorFactory, EditorFactory

DAY = datetime.date


def test_a_rule_must_be_checked_when_a_year_has_passed():
    assert needs_check(None)
    assert not needs_check(DAY(2026, 1, 1), today=DAY(2027, 1, 1))
    assert needs_check(DAY(2026, 1, 1), today=DAY(2027, 1, 2))
    assert not needs_check(DAY(2026, 1, 1), today=DAY(2026, 1, 1))


def test_words_stand_in_the_order_of_the_danish_alphabet():
    words = ["Åben", "Ærlig", "Zebra", "Øre", "aften", "Aalborg", "Bisidder", "à la"]
    assert sorted(words, key=danish_key) == [
        "à la",
        "aften",
        "Bisidder",
        "Zebra",
        "Ærlig",
        "Øre",
        "Åben",
        "Aalborg",
    ]
    assert [first_letter(word) for word in ("Ærlig", "aalborg", "é", "1 år", "")] == ["Æ", "Å", "E", "#", "#"]


@pytest.mark.django_db
class TestBuiltIn:
    def test_a_new_site_has_rules_words_and_nine_ideas(self):
        assert BenefitRule.objects.count() == len(entries("BenefitRule")) >= 10
        assert IdeaArea.objects.count() == 9
        assert (
            GlossaryTerm.objects.filter(slug__in=["peer", "recovery", "bisidder", "supervision"]).count() == 4
        )
        assert dict(glossary())["Å"][0].term == "Åben gruppe"

    def test_nobody_has_checked_them_and_every_one_says_whom_to_ask(self):
        for rule in BenefitRule.objects.all():
            assert rule.must_be_checked and rule.ask_first and rule.rule
            rule.full_clean()

    def test_what_an_editor_wrote_or_deleted_stays_so(self):
        BenefitRule.objects.filter(slug="su").delete()
        BenefitRule.objects.filter(slug="dagpenge").update(rule="Vores egne ord.")
        load_guidance()
        assert not BenefitRule.objects.filter(slug="su").exists()
        assert BenefitRule.objects.get(slug="dagpenge").rule == "Vores egne ord."

    def test_an_empty_table_is_filled_again(self):
        IdeaArea.objects.all().delete()
        load_guidance()
        assert IdeaArea.objects.count() == 9


@pytest.mark.django_db
class TestAdmin:
    def test_the_list_says_which_rules_must_be_checked(self, client_for):
        BenefitRule.objects.exclude(slug="dagpenge").delete()
        client = client_for(EditorFactory())
        assert "Skal tjekkes" in client.get("/admin/snippets/peer_support/benefitrule/").content.decode()
        BenefitRule.objects.update(checked_on=datetime.date.today())
        page = client.get("/admin/snippets/peer_support/benefitrule/").content.decode()
        assert "Skal tjekkes" not in page and "Tjekket" in page

    def test_an_editor_writes_a_rule_with_help_and_a_coordinator_cannot(self, client_for):
        client = client_for(EditorFactory())
        form = client.get("/admin/snippets/peer_support/benefitrule/add/").content.decode()
        assert "readability-editor.js" in form and "i henhold til" in form
        values = {"name": "Barsel", "slug": "barsel", "rule": "Spørg.", "ask_first": "Os", "sort_order": 5}
        assert client.post("/admin/snippets/peer_support/benefitrule/add/", values).status_code == 302
        assert BenefitRule.objects.get(slug="barsel").hours == ""
        other = client_for(CoordinatorFactory())
        assert other.get("/admin/snippets/peer_support/benefitrule/add/").status_code == 302

    def test_a_source_is_a_web_address(self, client_for):
        client = client_for(EditorFactory())
        values = {
            "name": "A",
            "slug": "a",
            "rule": "B",
            "ask_first": "C",
            "sort_order": 5,
            "source_url": "javascript:alert(1)",
        }
        answer = client.post("/admin/snippets/peer_support/benefitrule/add/", values)
        assert answer.status_code == 200 and not BenefitRule.objects.filter(slug="a").exists()
