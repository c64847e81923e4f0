"""The professional's page: what, where, when, and how to refer, for four minutes between two meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from ..base import PeerPageMixin
from ..blocks import ActionBlock, PointBlock
from ..blocks_media import DownloadBlock
from ..caching import ShowsStoriesMixin
from ..happening import coordinators_by_town, first_workshop, next_courses, next_workshop
from ..streams import body_blocks
from .front import film_sources


class ProfessionalPageMixin(ShowsStoriesMixin, PeerPageMixin, models.Model):
    """Facts of the real course, the way to refer, whom to ring in which town, the rules of the group. One sheet of A4."""

    peer_template = "peer_support/pages/professional.html"
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    initiative = models.ForeignKey(
        "peer_support.Initiative",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only this initiative's courses"),
    )
    for_whom = StreamField(
        [("point", PointBlock())],
        verbose_name=_("who it is for"),
        blank=True,
        help_text=_("Two or three points. Also say who is better helped elsewhere."),
    )
    refer = StreamField(
        [("point", PointBlock())],
        verbose_name=_("how to refer"),
        blank=True,
        help_text=_("The steps, in order. The person says yes first, and decides all the way."),
    )
    rules = StreamField(
        [("point", PointBlock())],
        verbose_name=_("rules of the group"),
        blank=True,
        help_text=_("Empty: the rules of the next course."),
    )
    action = StreamField([("action", ActionBlock())], verbose_name=_("the one step"), blank=True, max_num=1)
    downloads = StreamField([("file", DownloadBlock())], verbose_name=_("files to fetch"), blank=True)
    body = StreamField(body_blocks(), verbose_name=_("more"), blank=True)

    peer_panels = [
        FieldPanel("intro"),
        FieldPanel("initiative"),
        FieldPanel("for_whom"),
        MultiFieldPanel([FieldPanel("refer"), FieldPanel("action")], heading=_("How to refer")),
        FieldPanel("rules"),
        FieldPanel("downloads"),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True

    @property
    def frame_sources(self):
        return film_sources(self.body)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        courses = next_courses(self.initiative_id)
        return {
            **context,
            "has_film": bool(self.frame_sources),
            "course": courses[0] if courses else None,
            "courses": courses,
            "workshop": first_workshop(courses) or next_workshop(self.initiative_id),
            "towns": coordinators_by_town(),
        }
