"""Blocks that are read from the directory and the courses while the page is drawn, so that they are never old."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import CharBlock, StructBlock

from .ahead import SnippetNumber
from .blocks import Previewed
from .happening import coordinators_by_town, next_workshop


class CoordinatorsBlock(Previewed, StructBlock):
    """Whom to ring, town by town."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80, required=False)

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "towns": coordinators_by_town()}

    def sample(self):
        return {"title": _("Ring your local coordinator")}

    class Meta:
        icon = "user"
        label = gettext_lazy("Local coordinators")
        description = gettext_lazy("Names and numbers town by town, from the list of local coordinators.")
        template = "peer_support/pages/blocks/coordinators.html"


class WorkshopBlock(Previewed, StructBlock):
    """The next intro workshop, from the courses."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80, required=False)
    initiative = SnippetNumber(
        "peer_support.Initiative",
        label=gettext_lazy("Only of this initiative"),
        required=False,
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return {**context, "workshop": next_workshop(value.get("initiative"))}

    def sample(self):
        return {"title": _("Come and hear more"), "initiative": None}

    class Meta:
        icon = "date"
        label = gettext_lazy("Next intro workshop")
        description = gettext_lazy("Date and place of the next intro workshop, from the courses.")
        template = "peer_support/pages/blocks/workshop.html"
