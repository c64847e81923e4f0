"""The guidance pages in the states a visitor meets them in."""

import datetime

from django.utils import timezone

from peer_support.pages.models import (
    BenefitRulesPage,
    GlossaryPage,
    GuidancePage,
    IdeasPage,
    PeerRolePage,
    SelfCheckPage,
)
from peer_support.recruitment.builtin_guidance import load_guidance
from peer_support.recruitment.models_guidance import BenefitRule, GlossaryTerm, IdeaArea

from .states import state


def under(front, page):
    """Publish ``page`` under the section's front page and return its address."""
    return front.add_child(instance=page).get_url()


def rules_page(front):
    load_guidance()
    return under(front, BenefitRulesPage(title="Må jeg være frivillig?", slug="maa-jeg"))


@state("rules: plain")
def _rules(front):
    return rules_page(front)


@state("rules: one chosen, checked today")
def _chosen(front):
    address = rules_page(front)
    BenefitRule.objects.filter(slug="dagpenge").update(checked_on=timezone.localdate())
    return f"{address}?ydelse=dagpenge"


@state("rules: one chosen, not looked at for years")
def _stale(front):
    address = rules_page(front)
    BenefitRule.objects.filter(slug="sygedagpenge").update(checked_on=datetime.date(2020, 5, 4))
    return f"{address}?ydelse=sygedagpenge"


@state("rules: an unknown benefit")
def _unknown(front):
    return f"{rules_page(front)}?ydelse=krone%3Cb%3E"


@state("rules: none")
def _no_rules(front):
    address = rules_page(front)
    BenefitRule.objects.all().delete()
    return address


@state("self-check: plain")
def _self_check(front):
    return under(front, SelfCheckPage(title="Er det noget for mig?", slug="selvtjek"))


@state("self-check: empty")
def _empty_check(front):
    return under(front, SelfCheckPage(title="Er det noget for mig?", slug="selvtjek", statements=[]))


@state("glossary: full")
def _glossary(front):
    load_guidance()
    return under(front, GlossaryPage(title="Ordliste", slug="ordliste"))


@state("glossary: empty")
def _no_words(front):
    GlossaryTerm.objects.all().delete()
    return under(front, GlossaryPage(title="Ordliste", slug="ordliste"))


@state("ideas: nine")
def _ideas(front):
    load_guidance()
    return under(front, IdeasPage(title="Idéer", slug="ideer"))


@state("ideas: empty")
def _no_ideas(front):
    IdeaArea.objects.all().delete()
    return under(front, IdeasPage(title="Idéer", slug="ideer"))


@state("what a peer does: plain")
def _role(front):
    return under(front, PeerRolePage(title="Hvad laver en peer?", slug="hvad-laver-en-peer"))


@state("guidance: empty")
def _guidance(front):
    return under(front, GuidancePage(title="Godt at vide", slug="godt-at-vide"))
