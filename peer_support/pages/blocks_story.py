"""Stories on other pages. Only the story's number is kept; what is shown is read while the page is drawn."""

from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.blocks import CharBlock, IntegerBlock, ListBlock, PageChooserBlock, StructBlock, TextBlock

from .ahead import being_drawn, number_only
from .blocks import Previewed
from .stories import NEWEST, STORY, StoryCard, cards_for, shown_stories, story_models


class StoryChooserBlock(PageChooserBlock):
    """Chooses among the site's stories, of whichever page type they are.

    A page that is drawn gets their numbers only: what may be shown is read by :func:`~.stories.shown_stories`.
    """

    @cached_property
    def target_models(self):
        return story_models()

    def to_python(self, value):
        return super().to_python(value) or self._gone(value)

    def wants(self, raw):
        yield STORY, raw

    def bulk_to_python(self, values):
        if being_drawn():
            return [number_only(self.model_class, value) if value else None for value in values]
        found = super().bulk_to_python(values)
        return [page or self._gone(value) for page, value in zip(found, values, strict=True)]

    def _gone(self, value):
        """Keep the number of a story that was deleted, so that what came from it does not come back without it."""
        return self.model_class(pk=value, title=gettext("Deleted story"), live=False) if value else None

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Story")


def chosen_ids(stream):
    """Return the numbers of the stories chosen in a stream of nothing else, without reading the stories."""
    return [block["value"] for block in stream.raw_data if block["value"]]


def sample_card():
    return StoryCard(
        page_id=0,
        title=_("The day I opened the door"),
        url="#",
        who="Mia",
        quote=_("I was not alone with it any more."),
        words=(),
    )


class StoriesBlock(Previewed, StructBlock):
    """Cards of stories: the chosen ones, or the newest."""

    few = 3
    title = CharBlock(label=gettext_lazy("Heading"), max_length=80, required=False)
    stories = ListBlock(
        StoryChooserBlock(),
        label=gettext_lazy("Stories"),
        min_num=0,
        default=[],
        help_text=gettext_lazy("None chosen: the newest are shown."),
    )
    count = IntegerBlock(label=gettext_lazy("At most"), min_value=1, max_value=12, default=few)

    def wants(self, raw):
        if not raw.get("stories"):
            yield NEWEST, raw.get("count") or self.few

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        if not context.get("peer_preview"):
            chosen = [page.pk for page in value.get("stories") or [] if page]
            context["cards"] = cards_for(
                context.get("request"), chosen or None, limit=value.get("count") or self.few
            )
        return context

    def get_preview_context(self, value, parent_context=None):
        return {**(parent_context or {}), "cards": [sample_card()], "peer_preview": True}

    def sample(self):
        return {"title": _("Meet those who have tried it"), "stories": [], "count": 3}

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Stories")
        description = gettext_lazy(
            "Cards of stories. A story whose consent is taken back disappears by itself."
        )
        template = "peer_support/pages/blocks/stories.html"


class OwnQuoteBlock(Previewed, StructBlock):
    """Words that stand out, in the story they belong to."""

    words = TextBlock(label=gettext_lazy("The words"), max_length=400, rows=3)
    who = CharBlock(label=gettext_lazy("Who said it"), max_length=80, required=False)

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "shown": True, "href": ""}

    def sample(self):
        return {"words": _("I was not alone with it any more."), "who": "Mia"}

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Quote")
        description = gettext_lazy("A few words in large letters.")
        template = "peer_support/pages/blocks/quote.html"


class QuoteBlock(OwnQuoteBlock):
    """Words of somebody. Where they come from a story, they leave with it."""

    story = StoryChooserBlock(
        label=gettext_lazy("From this story"),
        required=False,
        help_text=gettext_lazy(
            "Choose it, and the quote disappears if the consent to the story is taken back."
        ),
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        story = value.get("story")
        if story is None:
            return context
        found = shown_stories(ids=[story.pk])
        href = found[0].get_url(context.get("request")) if found else ""
        return {**context, "shown": bool(found), "href": href}

    def sample(self):
        return {**super().sample(), "story": None}
