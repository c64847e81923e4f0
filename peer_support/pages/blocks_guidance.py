"""Blocks of the guidance pages: ways of doing something, two things side by side, and statements to think about."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock

from .blocks import ActionBlock, FactsBlock, PointBlock, Previewed, ProseBlock, StepsBlock


class WaysBlock(Previewed, StructBlock):
    """Several ways of doing one thing, as cards."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80)
    ways = ListBlock(PointBlock(), label=gettext_lazy("Ways"), min_num=1)

    def sample(self):
        return {
            "title": _("Ways to meet"),
            "ways": [
                {"title": _("Two people"), "text": _("You go for a walk, or have a cup of coffee.")},
                {"title": _("By telephone"), "text": _("You talk when it suits both of you.")},
            ],
        }

    class Meta:
        icon = "grip"
        label = gettext_lazy("Ways")
        description = gettext_lazy("Several ways of doing one thing, as cards.")
        template = "peer_support/pages/blocks/ways.html"


class ComparedBlock(StructBlock):
    """One line of a comparison."""

    what = CharBlock(label=gettext_lazy("What"), max_length=60)
    left = CharBlock(label=gettext_lazy("The first"), max_length=200)
    right = CharBlock(label=gettext_lazy("The second"), max_length=200)

    class Meta:
        icon = "sliders"
        label = gettext_lazy("Line")


class ComparisonBlock(Previewed, StructBlock):
    """Two things side by side, line by line."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80)
    left = CharBlock(label=gettext_lazy("The first"), max_length=40)
    right = CharBlock(label=gettext_lazy("The second"), max_length=40)
    rows = ListBlock(ComparedBlock(), label=gettext_lazy("Lines"), min_num=1)

    def sample(self):
        return {
            "title": _("Volunteer or paid?"),
            "left": _("Volunteer"),
            "right": _("Paid"),
            "rows": [{"what": _("Time"), "left": _("A few hours a week"), "right": _("A job")}],
        }

    class Meta:
        icon = "table"
        label = gettext_lazy("Comparison")
        description = gettext_lazy("Two things side by side, line by line.")
        template = "peer_support/pages/blocks/comparison.html"


class StatementsBlock(Previewed, StructBlock):
    """Statements of one kind, and three kind answers: most fits, some of it fits, not now. Nobody is given points."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80)
    statements = ListBlock(
        CharBlock(max_length=200),
        label=gettext_lazy("Statements"),
        min_num=1,
        help_text=gettext_lazy("Sentences that begin with “I”."),
    )
    most = TextBlock(label=gettext_lazy("If most of it fits"), max_length=500, rows=2)
    some = TextBlock(label=gettext_lazy("If some of it fits"), max_length=500, rows=2)
    little = TextBlock(
        label=gettext_lazy("If little of it fits now"),
        max_length=500,
        rows=2,
        help_text=gettext_lazy("Kind, and with a way on. It is never a no."),
    )

    def sample(self):
        return {
            "title": _("Time and agreements"),
            "statements": [_("I have an hour or two a week.")],
            "most": _("Then you have what it takes."),
            "some": _("Talk with us about what would help."),
            "little": _("Perhaps later. You are welcome all the same."),
        }

    class Meta:
        icon = "tasks"
        label = gettext_lazy("Statements")
        description = gettext_lazy("Statements to think about, and what to say to the answers.")
        template = "peer_support/pages/blocks/statements.html"


def guidance_blocks():
    """Blocks of a page that explains something."""
    return [
        ("text", ProseBlock()),
        ("facts", FactsBlock()),
        ("ways", WaysBlock()),
        ("comparison", ComparisonBlock()),
        ("steps", StepsBlock()),
        ("action", ActionBlock()),
    ]
