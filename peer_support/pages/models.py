"""Thin concrete pages on Wagtail's own ``Page``; what they are stands in ``mixins``."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .mixins.benefit_rules import BenefitRulesMixin
from .mixins.courses import CourseIndexMixin
from .mixins.directory import DirectoryPageMixin
from .mixins.front import FrontPageMixin
from .mixins.glossary import GlossaryMixin
from .mixins.guidance import GuidancePageMixin, PeerRoleMixin
from .mixins.ideas import IdeasMixin
from .mixins.professional import ProfessionalPageMixin
from .mixins.recruitment import RecruitmentPageMixin
from .mixins.self_check import SelfCheckMixin
from .mixins.signup import SignUpPageMixin
from .mixins.story import StoryPageMixin
from .mixins.story_index import StoryIndexMixin


class AmbassadorStoryPage(StoryPageMixin, Page):
    content_panels = [*Page.content_panels, *StoryPageMixin.peer_panels]
    parent_page_types = ["peer_support_pages.StoryIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("ambassador's story")


class DirectoryPage(DirectoryPageMixin, Page):
    content_panels = [*Page.content_panels, *DirectoryPageMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("directory of initiatives")


class BenefitRulesPage(BenefitRulesMixin, Page):
    content_panels = [*Page.content_panels, *BenefitRulesMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("page “May I volunteer?”")


class GlossaryPage(GlossaryMixin, Page):
    content_panels = [*Page.content_panels, *GlossaryMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("glossary")


class GuidancePage(GuidancePageMixin, Page):
    content_panels = [*Page.content_panels, *GuidancePageMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("page of guidance")


class IdeasPage(IdeasMixin, Page):
    content_panels = [*Page.content_panels, *IdeasMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("page of ideas")


class CourseIndexPage(CourseIndexMixin, Page):
    content_panels = [*Page.content_panels, *CourseIndexMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("courses and workshops")


class PeerFrontPage(FrontPageMixin, Page):
    content_panels = [*Page.content_panels, *FrontPageMixin.peer_panels]

    class Meta:
        verbose_name = _("front page of the peer support")


class SignUpPage(SignUpPageMixin, Page):
    content_panels = [*Page.content_panels, *SignUpPageMixin.peer_panels]

    class Meta:
        verbose_name = _("sign-up page")


class PeerRolePage(PeerRoleMixin, Page):
    content_panels = [*Page.content_panels, *PeerRoleMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("page “What a peer does”")


class ProfessionalPage(ProfessionalPageMixin, Page):
    content_panels = [*Page.content_panels, *ProfessionalPageMixin.peer_panels]

    class Meta:
        verbose_name = _("page for professionals")


class RecruitmentPage(RecruitmentPageMixin, Page):
    content_panels = [*Page.content_panels, *RecruitmentPageMixin.peer_panels]

    class Meta:
        verbose_name = _("recruitment page")


class SelfCheckPage(SelfCheckMixin, Page):
    content_panels = [*Page.content_panels, *SelfCheckMixin.peer_panels]
    subpage_types = []

    class Meta:
        verbose_name = _("self-check")


class StoryIndexPage(StoryIndexMixin, Page):
    content_panels = [*Page.content_panels, *StoryIndexMixin.peer_panels]
    subpage_types = ["peer_support_pages.AmbassadorStoryPage"]

    class Meta:
        verbose_name = _("page of stories")
