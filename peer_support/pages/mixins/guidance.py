"""Pages that explain: one for any subject, and one for what a peer does."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from .. import guidance_texts as texts
from ..base import PeerPageMixin
from ..blocks_guidance import guidance_blocks


class GuidancePageMixin(PeerPageMixin, models.Model):
    """A page that explains something in plain words."""

    peer_template = "peer_support/pages/guidance.html"
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(guidance_blocks(), verbose_name=_("text"), blank=True)

    peer_panels = [FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        abstract = True


class PeerRoleMixin(PeerPageMixin, models.Model):
    """What a peer does: forms, how often, how formal, paid or not. Begins with a text that the editor may change."""

    peer_template = "peer_support/pages/guidance.html"
    intro = models.CharField(_("introduction"), max_length=300, blank=True, default=texts.ROLE_INTRO)
    body = StreamField(guidance_blocks(), verbose_name=_("text"), blank=True, default=texts.peer_role)

    peer_panels = GuidancePageMixin.peer_panels

    class Meta:
        abstract = True
