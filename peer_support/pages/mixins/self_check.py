"""Is it something for me? Statements that a visitor answers for themselves, and nobody else sees the answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from .. import guidance_texts as texts
from ..base import PeerPageMixin
from ..blocks import ActionBlock
from ..blocks_guidance import StatementsBlock


class SelfCheckMixin(PeerPageMixin, models.Model):
    """A self-check that stores and sends nothing.

    There is no form on the page. The policy shuts ``connect-src`` and ``form-action``, so that even a script of the
    host's could send no answer, and ``no-store`` keeps the browser from bringing answers back with its Back button.
    """

    peer_template = "peer_support/pages/self_check.html"
    personal = True
    closed_sources = ("connect-src", "form-action")
    intro = models.CharField(_("introduction"), max_length=300, blank=True, default=texts.SELF_CHECK_INTRO)
    statements = StreamField(
        [("statements", StatementsBlock())],
        verbose_name=_("statements"),
        blank=True,
        default=texts.self_check,
    )
    ending = models.CharField(_("at the end"), max_length=300, blank=True, default=texts.SELF_CHECK_ENDING)
    action = StreamField([("action", ActionBlock())], verbose_name=_("the one step"), blank=True, max_num=1)

    peer_panels = [
        FieldPanel("intro"),
        FieldPanel("statements"),
        FieldPanel("ending"),
        FieldPanel("action"),
    ]

    class Meta:
        abstract = True
