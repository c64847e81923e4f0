"""May I volunteer? The rule for the benefit one is on. A notice, never a verdict."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ...recruitment.guidance import benefit_rules
from .. import guidance_texts as texts
from ..base import PeerPageMixin
from ..blocks import ActionBlock

PARAMETER = "ydelse"


class BenefitRulesMixin(PeerPageMixin, models.Model):
    """All rules, folded; ``?ydelse=dagpenge`` opens one at the top, so that a link to it can be shared."""

    peer_template = "peer_support/pages/benefit_rules.html"
    intro = models.CharField(_("introduction"), max_length=300, blank=True, default=texts.RULES_INTRO)
    action = StreamField(
        [("action", ActionBlock())],
        verbose_name=_("the one step"),
        blank=True,
        max_num=1,
        help_text=_("For example: ring us, and we find out together."),
    )

    peer_panels = [FieldPanel("intro"), FieldPanel("action")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        rules = benefit_rules()
        wanted = request.GET.get(PARAMETER, "")[:80].strip().casefold()
        chosen = next((rule for rule in rules if rule.slug.casefold() == wanted), None)
        return {
            **context,
            "rules": rules,
            "chosen": chosen,
            "others": [rule for rule in rules if rule != chosen],
            "unknown": bool(wanted) and chosen is None,
            "parameter": PARAMETER,
        }
