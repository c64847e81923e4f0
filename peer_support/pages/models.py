"""Thin concrete pages on Wagtail's own ``Page``; what they are stands in ``mixins``."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .mixins.courses import CourseIndexMixin
from .mixins.front import FrontPageMixin


class CourseIndexPage(CourseIndexMixin, Page):
    content_panels = [*Page.content_panels, *CourseIndexMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("courses and workshops")


class PeerFrontPage(FrontPageMixin, Page):
    content_panels = [*Page.content_panels, *FrontPageMixin.peer_panels]

    class Meta:
        verbose_name = _("front page of the peer support")
