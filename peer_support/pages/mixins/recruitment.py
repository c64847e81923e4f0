"""A page that recruits: what is in it for me, what we expect, faces, and one clear step. Its poster comes with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from ..base import PeerPageMixin
from ..blocks import ActionBlock, PointBlock
from ..blocks_media import DownloadBlock, PictureBlock
from ..blocks_story import StoryChooserBlock, chosen_ids
from ..caching import ShowsStoriesMixin
from ..happening import next_workshop
from ..poster import PrintsPosterMixin, Sheet
from ..stories import BIG_PICTURE_SPEC, cards_for
from ..streams import body_blocks
from .front import film_sources


class Audience(models.TextChoices):
    VOLUNTEERS = "volunteers", _("people who may want to volunteer")
    CITIZENS = "citizens", _("people who may want support")
    PROFESSIONALS = "professionals", _("professionals and relatives")


class RecruitmentPageMixin(PrintsPosterMixin, ShowsStoriesMixin, PeerPageMixin, models.Model):
    """One audience, one step to take."""

    peer_template = "peer_support/pages/recruitment.html"
    audience = models.CharField(
        _("written for"), max_length=15, choices=Audience.choices, default=Audience.VOLUNTEERS
    )
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    picture = StreamField([("picture", PictureBlock())], verbose_name=_("picture"), blank=True, max_num=1)
    gains = StreamField(
        [("point", PointBlock())],
        verbose_name=_("what is in it for me"),
        blank=True,
        help_text=_("Three to five points. Say what one gets, as one friend would say it to another."),
    )
    asks = StreamField(
        [("point", PointBlock())],
        verbose_name=_("what we expect"),
        blank=True,
        help_text=_("Say it straight: how much time, what one needs, and what one need not be able to."),
    )
    faces = StreamField(
        [("story", StoryChooserBlock())],
        verbose_name=_("faces"),
        blank=True,
        max_num=6,
        help_text=_("Stories of ambassadors. One whose consent is taken back disappears by itself."),
    )
    show_workshop = models.BooleanField(_("show the next intro workshop"), default=True)
    initiative = models.ForeignKey(
        "peer_support.Initiative",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only this initiative's workshops"),
    )
    action = StreamField([("action", ActionBlock())], verbose_name=_("the one step"), blank=True, max_num=1)
    downloads = StreamField([("file", DownloadBlock())], verbose_name=_("files to fetch"), blank=True)
    body = StreamField(body_blocks(), verbose_name=_("more"), blank=True)
    poster_title = models.CharField(
        _("heading of the poster"), max_length=80, blank=True, help_text=_("Empty: the title of the page.")
    )
    poster_text = models.CharField(
        _("sentence on the poster"), max_length=200, blank=True, help_text=_("Empty: the introduction.")
    )

    peer_panels = [
        FieldPanel("audience"),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("gains"),
        FieldPanel("asks"),
        FieldPanel("action"),
        FieldPanel("faces"),
        MultiFieldPanel(
            [FieldPanel("show_workshop"), FieldPanel("initiative")], heading=_("Next intro workshop")
        ),
        FieldPanel("downloads"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("poster_title"), FieldPanel("poster_text")], heading=_("Poster and flyer")
        ),
    ]

    class Meta:
        abstract = True

    @property
    def frame_sources(self):
        return film_sources(self.body)

    def face_ids(self):
        """Return the numbers of the chosen stories, in their order, without reading the stories."""
        return chosen_ids(self.faces)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        workshop = next_workshop(self.initiative_id) if self.show_workshop else None
        return {
            **context,
            # Whoever holds the workshop is the one to ring.
            "coordinator": workshop.coordinator if workshop else None,
            "has_film": bool(self.frame_sources),
            "cards": cards_for(request, self.face_ids()) if self.faces else [],
            "workshop": workshop,
            "print_links": self.print_links(request),
        }

    def get_sheet(self, request):
        card = next(iter(cards_for(request, self.face_ids(), limit=1)), None) if self.faces else None
        picture, alt = self._poster_picture(card)
        action = self.action[0].value if self.action else {}
        return Sheet(
            title=self.poster_title or self.title,
            text=self.poster_text or self.intro,
            quote=card.quote if card else "",
            who=card.who if card else "",
            picture=picture,
            picture_alt=alt,
            gains=tuple(child.value for child in self.gains),
            asks=tuple(child.value for child in self.asks),
            action=action.get("label", ""),
            then=action.get("next", ""),
        )

    def _poster_picture(self, card):
        own = self.picture[0].value if self.picture else None
        if own and own["image"]:
            return own["image"].get_rendition(BIG_PICTURE_SPEC), own["alt"]
        return (card.picture, card.picture_alt) if card else (None, "")
