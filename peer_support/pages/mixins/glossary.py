"""The words of the field, from A to Å."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from ...recruitment.guidance import glossary
from .. import guidance_texts as texts
from ..base import PeerPageMixin


class GlossaryMixin(PeerPageMixin, models.Model):
    """All words in the order of the Danish alphabet, each with an anchor of its own."""

    peer_template = "peer_support/pages/glossary.html"
    intro = models.CharField(_("introduction"), max_length=300, blank=True, default=texts.GLOSSARY_INTRO)

    peer_panels = [FieldPanel("intro")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        letters = glossary()
        return {**context, "letters": letters, "term_set": self.term_set(letters, request)}

    def term_set(self, letters, request):
        """Return the words as schema.org tells them to search engines, or None where there are none."""
        address = self.get_full_url(request) or ""
        terms = [
            {
                "@type": "DefinedTerm",
                "name": term.term,
                "description": term.explanation,
                "url": f"{address}#{term.slug}",
            }
            for __, terms in letters
            for term in terms
        ]
        if not terms:
            return None
        return {
            "@context": "https://schema.org",
            "@type": "DefinedTermSet",
            "name": self.title,
            "url": address,
            "hasDefinedTerm": terms,
        }
