"""The front page of the peer-support section."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock
from wagtail.fields import StreamField

from ..ahead import PageChooser
from ..base import PeerPageMixin
from ..blocks import Previewed, href_of
from ..blocks_media import PictureBlock, films_in
from ..blocks_story import StoryChooserBlock, chosen_ids
from ..caching import ShowsStoriesMixin
from ..film import frame_source, player_address
from ..happening import first_workshop, next_courses, next_workshop
from ..stories import cards_for
from ..streams import body_blocks

STORIES = 3
WAYS = (
    ("support", gettext_lazy("I want support")),
    ("volunteer", gettext_lazy("I want to volunteer")),
    ("professional", gettext_lazy("I am a professional or a relative")),
)


class WayBlock(Previewed, StructBlock):
    """One way in: who is reading, and the page that is for them."""

    who = ChoiceBlock(label=gettext_lazy("For"), choices=WAYS)
    title = CharBlock(
        label=gettext_lazy("Other words on it"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Empty: the words above."),
    )
    text = CharBlock(label=gettext_lazy("One sentence"), max_length=160, required=False)
    page = PageChooser(label=gettext_lazy("Leads to this page"))

    def get_context(self, value, parent_context=None):
        words = value.get("title") or dict(WAYS).get(value.get("who"), "")
        return {
            **super().get_context(value, parent_context),
            "href": href_of(value, parent_context),
            "words": words,
        }

    def sample(self):
        return {"who": "support", "title": "", "text": _("Meet somebody who has been there."), "page": None}

    class Meta:
        icon = "arrow-right"
        label = gettext_lazy("Way in")
        description = gettext_lazy("A large button for one kind of reader.")
        template = "peer_support/pages/blocks/way.html"


def film_sources(*streams):
    """Return the sources of the players of the films in ``streams``, for the content security policy."""
    players = (player_address(film.get("address")) for stream in streams for film in films_in(stream))
    return sorted({frame_source(player) for player in players if player})


class FrontPageMixin(ShowsStoriesMixin, PeerPageMixin, models.Model):
    """Where visitors begin: what it is, three ways in, stories, and what is happening."""

    # The pages below it make the menu of the section.
    peer_section = True
    peer_template = "peer_support/pages/front_page.html"
    intro = models.CharField(gettext_lazy("introduction"), max_length=300, blank=True)
    picture = StreamField(
        [("picture", PictureBlock())], verbose_name=gettext_lazy("picture"), blank=True, max_num=1
    )
    ways = StreamField(
        [("way", WayBlock())],
        verbose_name=gettext_lazy("ways in"),
        blank=True,
        max_num=4,
        help_text=gettext_lazy("One for those who want support, one for volunteers, one for professionals."),
    )
    show_stories = models.BooleanField(gettext_lazy("show stories"), default=True)
    stories = StreamField(
        [("story", StoryChooserBlock())],
        verbose_name=gettext_lazy("these stories"),
        blank=True,
        max_num=6,
        help_text=gettext_lazy("None chosen: the newest are shown."),
    )
    show_courses = models.BooleanField(gettext_lazy("show the next workshop and courses"), default=True)
    body = StreamField(body_blocks(), verbose_name=gettext_lazy("more"), blank=True)

    peer_panels = [
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("ways"),
        MultiFieldPanel([FieldPanel("show_stories"), FieldPanel("stories")], heading=gettext_lazy("Stories")),
        FieldPanel("show_courses"),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True

    @property
    def frame_sources(self):
        return film_sources(self.body)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["has_film"] = bool(self.frame_sources)
        if self.show_stories:
            chosen = chosen_ids(self.stories)
            context["cards"] = cards_for(request, chosen or None, limit=None if chosen else STORIES)
        if self.show_courses:
            context["courses"] = next_courses()
            context["workshop"] = first_workshop(context["courses"]) or next_workshop()
        return context
