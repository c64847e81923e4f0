"""The building blocks that all page types share. Each shows the editor in the block picker what it looks like.

``body_blocks()`` are those of an ordinary text. Pictures and films stand in ``blocks_media``, stories in
``blocks_story``, and what is read from the courses and the directory in ``blocks_live``.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError

from .ahead import PageChooser, WordsBlock

FEATURES = ("h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link")
FEW_FEATURES = ("bold", "italic", "ul", "ol", "link")


class Previewed:
    """Shows ``sample()`` in the editor's block picker, in the look of the public pages."""

    def sample(self):
        raise NotImplementedError

    def get_preview_value(self):
        return self.normalize(self.sample())

    def get_preview_template(self, value, context=None):
        return "peer_support/pages/blocks/preview.html"


def href_of(value, parent_context=None):
    """Return the address that a struct with ``page`` and ``url`` leads to; "" where the page is not published."""
    page = value.get("page")
    if page is not None:
        request = (parent_context or {}).get("request")
        return (page.get_url(request) or "") if page.live else ""
    return value.get("url") or ""


def one_of(value, first, second, message):
    """Raise at ``second`` unless exactly one of the two fields of a struct is filled in."""
    if bool(value.get(first)) == bool(value.get(second)):
        raise StructBlockValidationError(block_errors={second: ValidationError(message)})


class ProseBlock(Previewed, WordsBlock):
    """Text with headings, lists and links, and nothing that a pasted document brings along."""

    written_as = "peer_support.pages.blocks.ProseBlock"

    def __init__(self, required=True, help_text=None, features=FEATURES, **kwargs):
        super().__init__(required=required, help_text=help_text, features=list(features), **kwargs)

    def sample(self):
        heading, text = _("What is it?"), _("You meet somebody who has been through something like it.")
        return f"<h2>{heading}</h2><p>{text}</p>"

    class Meta:
        icon = "pilcrow"
        label = gettext_lazy("Text")
        description = gettext_lazy("Headings, paragraphs, lists and links.")
        template = "peer_support/pages/blocks/prose.html"


class ActionBlock(Previewed, StructBlock):
    """One clear step, with a line that says what happens afterwards."""

    label = CharBlock(label=gettext_lazy("On the button"), max_length=60)
    page = PageChooser(label=gettext_lazy("Leads to this page"), required=False)
    url = URLBlock(label=gettext_lazy("or to this address"), required=False)
    next = CharBlock(
        label=gettext_lazy("What happens next"),
        max_length=160,
        help_text=gettext_lazy("One line. For example: “We ring you within a week. You decide afterwards.”"),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        one_of(cleaned, "page", "url", _("Choose a page, or write an address. One of the two."))
        return cleaned

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "href": href_of(value, parent_context)}

    def sample(self):
        return {
            "label": _("I would like to hear more"),
            "page": None,
            "url": "https://example.com/",
            "next": _("We ring you. You decide afterwards."),
        }

    class Meta:
        icon = "tick"
        label = gettext_lazy("Button")
        description = gettext_lazy("One clear step to take, and what happens next.")
        template = "peer_support/pages/blocks/action.html"


class PointBlock(StructBlock):
    """A short heading and a sentence."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80)
    text = TextBlock(label=gettext_lazy("Text"), max_length=400, required=False, rows=2)

    class Meta:
        icon = "tick-inverse"
        label = gettext_lazy("Point")


class FactBlock(StructBlock):
    """What is asked, and the answer."""

    term = CharBlock(label=gettext_lazy("What"), max_length=60)
    text = CharBlock(label=gettext_lazy("Answer"), max_length=200)

    class Meta:
        icon = "info-circle"
        label = gettext_lazy("Fact")


class FactsBlock(Previewed, StructBlock):
    """Facts, short, side by side."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80, required=False)
    facts = ListBlock(FactBlock(), label=gettext_lazy("Facts"), min_num=1)

    def sample(self):
        return {
            "title": _("In short"),
            "facts": [
                {"term": _("How often"), "text": _("Once a week")},
                {"term": _("Price"), "text": _("It costs nothing")},
            ],
        }

    class Meta:
        icon = "table"
        label = gettext_lazy("Facts")
        description = gettext_lazy("Short answers: how often, where, what it costs.")
        template = "peer_support/pages/blocks/facts.html"


class StepsBlock(Previewed, StructBlock):
    """What happens, in order."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80, required=False)
    steps = ListBlock(PointBlock(), label=gettext_lazy("Steps"), min_num=1)

    def sample(self):
        return {
            "title": _("What happens"),
            "steps": [
                {"title": _("You write or ring"), "text": _("A first name is enough.")},
                {"title": _("We talk together"), "text": _("You say what you would like.")},
            ],
        }

    class Meta:
        icon = "list-ol"
        label = gettext_lazy("Steps")
        description = gettext_lazy("What happens, one step after the other.")
        template = "peer_support/pages/blocks/steps.html"
