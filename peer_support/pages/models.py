"""Thin concrete pages on Wagtail's own ``Page``; what they are stands in ``mixins``."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .mixins.front import FrontPageMixin
from .mixins.professional import ProfessionalPageMixin
from .mixins.recruitment import RecruitmentPageMixin
from .mixins.story import StoryPageMixin
from .mixins.story_index import StoryIndexMixin


class AmbassadorStoryPage(StoryPageMixin, Page):
    content_panels = [*Page.content_panels, *StoryPageMixin.peer_panels]
    parent_page_types = ["peer_support_pages.StoryIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("ambassador's story")


class PeerFrontPage(FrontPageMixin, Page):
    content_panels = [*Page.content_panels, *FrontPageMixin.peer_panels]

    class Meta:
        verbose_name = _("front page of the peer support")


class ProfessionalPage(ProfessionalPageMixin, Page):
    content_panels = [*Page.content_panels, *ProfessionalPageMixin.peer_panels]

    class Meta:
        verbose_name = _("page for professionals")


class RecruitmentPage(RecruitmentPageMixin, Page):
    content_panels = [*Page.content_panels, *RecruitmentPageMixin.peer_panels]

    class Meta:
        verbose_name = _("recruitment page")


class StoryIndexPage(StoryIndexMixin, Page):
    content_panels = [*Page.content_panels, *StoryIndexMixin.peer_panels]
    subpage_types = ["peer_support_pages.AmbassadorStoryPage"]

    class Meta:
        verbose_name = _("page of stories")
