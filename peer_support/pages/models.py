"""Thin concrete pages on Wagtail's own ``Page``; what they are stands in ``mixins``."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .mixins.front import FrontPageMixin
from .mixins.signup import SignUpPageMixin


class PeerFrontPage(FrontPageMixin, Page):
    content_panels = [*Page.content_panels, *FrontPageMixin.peer_panels]

    class Meta:
        verbose_name = _("front page of the peer support")


class SignUpPage(SignUpPageMixin, Page):
    content_panels = [*Page.content_panels, *SignUpPageMixin.peer_panels]

    class Meta:
        verbose_name = _("sign-up page")
