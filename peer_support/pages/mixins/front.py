"""The front page of the peer-support section."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from ..base import PeerPageMixin


class FrontPageMixin(PeerPageMixin, models.Model):
    """Where visitors begin: what it is, three ways in, and what is happening."""

    # The pages below it make the menu of the section.
    peer_section = True
    peer_template = "peer_support/pages/front_page.html"
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    peer_panels = [FieldPanel("intro")]

    class Meta:
        abstract = True
