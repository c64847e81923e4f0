"""An ambassador's story. It is shown only while the consent to it holds, whatever else the page says."""

from django.db import models
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from ...recruitment.models_story_consent import StoryConsent
from ..base import PeerPageMixin
from ..blocks_media import PictureBlock, films_in
from ..caching import ShowsStoriesMixin
from ..film import frame_source, player_address
from ..poster import PrintsPosterMixin, Sheet
from ..stories import BIG_PICTURE_SPEC
from ..story_admin.panels import ConsentPanel
from ..streams import media_blocks, story_blocks
from ..talks import talk_address

# Everything that is about the person: emptied when the consent is withdrawn, and never copied with the page.
PERSONAL_FIELDS = ("who", "quote", "words", "portrait", "body", "media", "gives_talks")


class StoryPageMixin(PrintsPosterMixin, ShowsStoriesMixin, PeerPageMixin, models.Model):
    """Portrait, title, key words, quote, text, film and sound of one person, who has said yes to it.

    The consent is a record of its own (:class:`~peer_support.recruitment.models_story_consent.StoryConsent`) and is
    asked at each request. A copy of the page comes out empty, because a yes is to one page.
    """

    peer_template = "peer_support/pages/story.html"
    who = models.CharField(
        _("who tells"),
        max_length=80,
        blank=True,
        help_text=_("As the ambassador wishes it: a first name, another name, or “a volunteer”."),
    )
    quote = models.CharField(
        _("quote"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, in the ambassador's own words."),
    )
    words = models.CharField(
        _("key words"),
        max_length=200,
        blank=True,
        help_text=_("Separate them with commas. For example: hope, work."),
    )
    portrait = StreamField([("picture", PictureBlock())], verbose_name=_("portrait"), blank=True, max_num=1)
    body = StreamField(story_blocks(), verbose_name=_("text"), blank=True)
    media = StreamField(media_blocks(), verbose_name=_("film and sound"), blank=True)
    gives_talks = models.BooleanField(
        _("gives talks"), default=False, help_text=_("Shows the button “Ask for a talk” on the story.")
    )

    exclude_fields_in_copy = list(PERSONAL_FIELDS)
    peer_panels = [
        ConsentPanel(),
        MultiFieldPanel([FieldPanel("who"), FieldPanel("quote"), FieldPanel("words")], heading=_("In short")),
        FieldPanel("portrait"),
        FieldPanel("body"),
        FieldPanel("media"),
        FieldPanel("gives_talks"),
    ]

    class Meta:
        abstract = True

    # The consent

    @cached_property
    def peer_consent(self):
        """The consent that holds today, or nothing."""
        return StoryConsent.objects.valid().filter(page_id=self.pk).first() if self.pk else None

    def is_shown_to(self, request):
        """Whether ``request`` may see the story: the consent holds, or an editor looks at a preview."""
        return self.peer_consent is not None or getattr(request, "is_preview", False)

    def serve(self, request, *args, **kwargs):
        if self.peer_consent is None:
            raise Http404("No consent to this story holds today.")
        response = super().serve(request, *args, **kwargs)
        # No search engine keeps a copy that outlives the consent.
        response.headers.setdefault("X-Robots-Tag", "noarchive, noimageindex")
        return response

    def get_sitemap_urls(self, request=None):
        return super().get_sitemap_urls(request) if self.peer_consent is not None else []

    # What is on it

    @property
    def key_words(self):
        return [word.strip() for word in self.words.split(",") if word.strip()]

    def portrait_data(self):
        """Return the raw value of the portrait, ``{"image": id, "alt": …}``, without reading the picture."""
        return self.portrait.raw_data[0]["value"] if self.portrait else None

    @property
    def shows_pictures(self):
        return self.peer_consent is None or self.peer_consent.covers_picture

    @property
    def shows_media(self):
        return self.peer_consent is None or self.peer_consent.covers_film

    @property
    def frame_sources(self):
        if not self.shows_media:
            return []
        players = (player_address(film.get("address")) for film in films_in(self.media))
        return sorted({frame_source(player) for player in players if player})

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "portrait": self.portrait[0].value if self.portrait and self.shows_pictures else None,
            "blocks": [b for b in self.body if b.block_type != "picture" or self.shows_pictures],
            "media_blocks": list(self.media) if self.shows_media else [],
            "talk_url": talk_address(request, self) if self.gives_talks else "",
            "print_links": self.print_links(request) if self.get_sheet(request) else [],
            "has_film": bool(self.frame_sources),
        }

    def get_sheet(self, request):
        consent = self.peer_consent
        if consent is None or not consent.covers_elsewhere:
            return None
        portrait = self.portrait[0].value if self.portrait and consent.covers_picture else None
        picture = (
            portrait["image"].get_rendition(BIG_PICTURE_SPEC) if portrait and portrait["image"] else None
        )
        return Sheet(
            title=self.title,
            quote=self.quote,
            who=self.who,
            picture=picture,
            picture_alt=portrait["alt"] if picture else "",
            action=_t("Read the whole story"),
        )
