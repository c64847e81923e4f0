"""Where peer support helps: ideas to take and begin with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ...recruitment.guidance import idea_areas
from .. import guidance_texts as texts
from ..base import PeerPageMixin
from ..blocks import ActionBlock


class IdeasMixin(PeerPageMixin, models.Model):
    """All ideas on one page, with an index on top."""

    peer_template = "peer_support/pages/ideas.html"
    intro = models.CharField(_("introduction"), max_length=300, blank=True, default=texts.IDEAS_INTRO)
    action = StreamField([("action", ActionBlock())], verbose_name=_("the one step"), blank=True, max_num=1)

    peer_panels = [FieldPanel("intro"), FieldPanel("action")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "ideas": idea_areas()}
