"""A block with the centre's own numbers. It reads what was counted at night, and nobody's rows."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, MultipleChoiceBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from ..outcomes.report.public import figure_choices, numbers_for_page
from .ahead import SnippetNumber
from .blocks import Previewed

YEAR, LAST12 = "year", "last12"


class NumbersBlock(Previewed, StructBlock):
    """A few numbers of a year, each with what it counts."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80, required=False)
    figures = MultipleChoiceBlock(
        label=gettext_lazy("Which numbers"),
        choices=figure_choices,
        help_text=gettext_lazy("Two to six are easiest to read. A number below five is never shown."),
    )
    period = ChoiceBlock(
        label=gettext_lazy("Of which time"),
        choices=[
            (YEAR, gettext_lazy("A year that is over")),
            (LAST12, gettext_lazy("The last twelve months, rounded to five")),
        ],
        default=YEAR,
    )
    year = IntegerBlock(
        label=gettext_lazy("Which year"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy("Leave it empty for the last one that is over."),
    )
    initiative = SnippetNumber(
        "peer_support.Initiative",
        label=gettext_lazy("Only of this initiative"),
        required=False,
    )

    def clean(self, value):
        value = super().clean(value)
        if value["year"] and value["period"] == YEAR and value["year"] >= timezone.localdate().year:
            message = _("That year is not over. Choose one that is, or the last twelve months.")
            raise StructBlockValidationError(block_errors={"year": ValidationError(message)})
        return value

    def get_context(self, value, parent_context=None):
        initiative = value.get("initiative")
        shown = numbers_for_page(
            codes=value.get("figures") or (),
            year=value.get("year"),
            last12=value.get("period") == LAST12,
            initiative_id=initiative.pk if initiative else None,
        )
        return {**super().get_context(value, parent_context), "shown": shown}

    def sample(self):
        return {
            "title": _("Our numbers"),
            "figures": ["enquiries", "matches_started", "volunteers"],
            "period": YEAR,
            "year": None,
            "initiative": None,
        }

    class Meta:
        icon = "order"
        label = gettext_lazy("Our numbers")
        description = gettext_lazy("A few numbers of a year. Small numbers are hidden.")
        template = "peer_support/pages/blocks/numbers.html"
