"""Thin concrete pages on Wagtail's own ``Page``; what they are stands in ``mixins``."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .mixins.directory import DirectoryPageMixin
from .mixins.front import FrontPageMixin


class DirectoryPage(DirectoryPageMixin, Page):
    content_panels = [*Page.content_panels, *DirectoryPageMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("directory of initiatives")


class PeerFrontPage(FrontPageMixin, Page):
    content_panels = [*Page.content_panels, *FrontPageMixin.peer_panels]

    class Meta:
        verbose_name = _("front page of the peer support")
