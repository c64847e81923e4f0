"""What the public pages read: rules, words and ideas, each in one query."""

from itertools import groupby

from .danish_order import danish_key, first_letter
from .models_guidance import BenefitRule, GlossaryTerm, IdeaArea


def benefit_rules():
    """Return all rules in the editors' order."""
    return list(BenefitRule.objects.all())


def glossary():
    """Return ``[(letter, [term, …]), …]`` in the order of the Danish alphabet."""
    terms = sorted(GlossaryTerm.objects.all(), key=lambda term: danish_key(term.term))
    return [(letter, list(group)) for letter, group in groupby(terms, key=lambda t: first_letter(t.term))]


def idea_areas():
    """Return all ideas in the editors' order."""
    return list(IdeaArea.objects.all())
