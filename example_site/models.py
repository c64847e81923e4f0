"""A page type of the site's own, beside those of the package."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from peer_support.pages.base import PeerPageMixin


class TextPage(PeerPageMixin, Page):
    """An ordinary page: a heading and text. ``PeerPageMixin`` gives it the frame and the headers of the others."""

    intro = models.CharField("indledning", max_length=300, blank=True)
    body = RichTextField("tekst", blank=True, features=["h2", "h3", "bold", "ul", "ol", "link"])

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    peer_template = "example_site/text_page.html"

    class Meta:
        verbose_name = "almindelig side"
        verbose_name_plural = "almindelige sider"
