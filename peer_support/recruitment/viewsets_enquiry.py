"""What people say yes to, and where they heard of us, as snippets: words of the centre, nobody's data."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from ..access.snippets import SnippetViewSet
from .models_consent import ConsentText
from .models_enquiry import EnquirySource


class ConsentTextViewSet(SnippetViewSet):
    """Versions of the texts. A text that was used stays; a copy of it becomes the next version."""

    model = ConsentText
    icon = "clipboard-list"
    menu_label = _("Consent texts")
    menu_order = 1
    copy_view_enabled = True
    list_display = [
        Column("purpose", label=_("What for"), accessor="get_purpose_display", sort_key="purpose"),
        Column("version", label=_("Version"), sort_key="version"),
        Column("valid_from", label=_("Valid from"), sort_key="valid_from"),
        Column("used", label=_("Used"), accessor=lambda text: _("yes") if text.is_used else _("no")),
    ]
    panels = [FieldPanel("purpose"), FieldPanel("valid_from"), FieldPanel("text")]


class EnquirySourceViewSet(SnippetViewSet):
    model = EnquirySource
    icon = "tag"
    menu_label = _("Sources of enquiries")
    menu_order = 2
    copy_view_enabled = False
    search_fields = ["name"]
    search_backend_name = None
    list_display = [
        "name",
        "sort_order",
        Column("in_use", label=_("In use"), accessor=lambda row: _("yes") if row.in_use else _("no")),
    ]
    panels = [FieldPanel("name"), FieldPanel("sort_order"), FieldPanel("in_use")]


class EnquiriesGroup(SnippetViewSetGroup):
    """Texts and sources under one menu item."""

    menu_label = _("Sign-up")
    menu_icon = "form"
    menu_order = 330
    items = (ConsentTextViewSet, EnquirySourceViewSet)
