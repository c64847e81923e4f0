"""The areas that people choose from, as a snippet: words of the centre, nobody's data."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import Column

from ..access.snippets import SnippetViewSet
from .models import AreaSuggestion


class AreaSuggestionViewSet(SnippetViewSet):
    model = AreaSuggestion
    icon = "pick"
    menu_label = _("Areas of the star")
    menu_order = 340
    add_to_admin_menu = True
    copy_view_enabled = False
    search_fields = ["name"]
    search_backend_name = None
    list_display = [
        "name",
        "sort_order",
        Column("in_use", label=_("In use"), accessor=lambda row: _("yes") if row.in_use else _("no")),
    ]
    panels = [
        HelpPanel(
            _(
                "Suggestions only: everybody may write areas of their own. A star that is made already keeps its words. "
                "Write everyday words of your own; do not copy those of a questionnaire that needs a licence."
            )
        ),
        FieldPanel("name"),
        FieldPanel("sort_order"),
        FieldPanel("in_use"),
    ]
