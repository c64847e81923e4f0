"""All stories, found by key word."""

from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ..ahead import PageChooser
from ..base import PeerPageMixin
from ..caching import ShowsStoriesMixin
from ..stories import key_words_in, shown_stories, story_cards
from ..streams import body_blocks
from ..talks import talk_address

PER_PAGE = 12


class StoryIndexMixin(ShowsStoriesMixin, PeerPageMixin, models.Model):
    """The stories below this page, the newest first. ``?word=`` narrows them, ``?page=`` leafs through."""

    peer_template = "peer_support/pages/story_index.html"
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    talk = StreamField(
        [("page", PageChooser(label=_("Page")))],
        verbose_name=_("where one asks for a talk"),
        blank=True,
        max_num=1,
        help_text=_("Empty: the site's own page for asking for a talk, where there is one."),
    )
    body = StreamField(body_blocks(), verbose_name=_("text below the stories"), blank=True)

    peer_panels = [FieldPanel("intro"), FieldPanel("talk"), FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        stories = shown_stories(elsewhere=False, under=self)
        words = key_words_in(stories)
        wanted = request.GET.get("word", "")[:100].strip()
        known = {word.casefold() for word, __ in words}
        if wanted.casefold() in known:
            stories = [s for s in stories if wanted.casefold() in {word.casefold() for word in s.key_words}]
        else:
            wanted = ""
        leaf = Paginator(stories, PER_PAGE).get_page(request.GET.get("page"))
        return {
            **context,
            "cards": story_cards(leaf.object_list, request),
            "leaf": leaf,
            "words": words,
            "wanted": wanted,
            "talk_url": talk_address(request, None, index=self),
        }
