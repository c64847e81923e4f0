"""Guidance in the admin: rules for benefits, the glossary, and ideas, as Wagtail snippets."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from ..access.snippets import SnippetViewSet
from .models_guidance import BenefitRule, GlossaryTerm, IdeaArea
from .readable_form import ReadableFormMixin


class ReadableForm(ReadableFormMixin, WagtailAdminModelForm):
    """A form whose texts get the readability help."""


def _named(field):
    """Return the panels of a name and of its place in the address, which follows the name while one types it."""
    return [TitleFieldPanel(field, targets=["slug"]), FieldPanel("slug", widget=SlugInput)]


def _freshness(rule):
    return _("Must be checked") if rule.must_be_checked else _("Checked")


def _day(rule):
    return date_format(rule.checked_on, "j. F Y") if rule.checked_on else _("Never")


class BenefitRuleViewSet(SnippetViewSet):
    """What people on a benefit should know. The list says which rules nobody has looked at for a year."""

    model = BenefitRule
    icon = "help"
    menu_order = 1
    copy_view_enabled = False
    list_display = [
        "name",
        StatusTagColumn(
            "freshness",
            label=gettext_lazy("State"),
            accessor=_freshness,
            primary=lambda rule: not rule.must_be_checked,
        ),
        Column("checked_on", label=gettext_lazy("Checked on"), accessor=_day, sort_key="checked_on"),
        Column("source_name", label=gettext_lazy("Source"), classname="peer-roomy"),
    ]
    search_fields = ["name", "also_called"]
    search_backend_name = None
    ordering = ["sort_order", "name"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "This is a notice for people, never a decision. Write what you know, and leave out what you do not."
                )
            ),
            *_named("name"),
            FieldPanel("also_called"),
            FieldPanel("rule"),
            FieldPanel("hours"),
            FieldPanel("ask_first"),
            MultiFieldPanel(
                [FieldPanel("source_name"), FieldPanel("source_url"), FieldPanel("checked_on")],
                heading=gettext_lazy("Where we have it from"),
            ),
            FieldPanel("sort_order"),
        ],
        base_form_class=ReadableForm,
    )


class GlossaryTermViewSet(SnippetViewSet):
    """The words of the field."""

    model = GlossaryTerm
    icon = "openquote"
    menu_order = 2
    copy_view_enabled = False
    list_display = ["term", Column("also_called", label=gettext_lazy("Also called"))]
    search_fields = ["term", "also_called", "explanation"]
    search_backend_name = None
    list_per_page = 100
    edit_handler = ObjectList(
        [
            *_named("term"),
            FieldPanel("explanation"),
            FieldPanel("also_called"),
        ],
        base_form_class=ReadableForm,
    )


class IdeaAreaViewSet(SnippetViewSet):
    """Where peer support helps, and how to begin."""

    model = IdeaArea
    icon = "pick"
    menu_order = 3
    copy_view_enabled = False
    list_display = ["title", Column("sort_order", label=gettext_lazy("Order"), sort_key="sort_order")]
    search_fields = ["title", "what"]
    search_backend_name = None
    ordering = ["sort_order", "title"]
    edit_handler = ObjectList(
        [
            *_named("title"),
            FieldPanel("what"),
            FieldPanel("who"),
            FieldPanel("how_to_begin"),
            FieldPanel("sort_order"),
        ],
        base_form_class=ReadableForm,
    )


class GuidanceGroup(SnippetViewSetGroup):
    """The menu "Guidance"."""

    items = (BenefitRuleViewSet, GlossaryTermViewSet, IdeaAreaViewSet)
    menu_label = gettext_lazy("Guidance")
    menu_name = "peer-support-guidance"
    menu_icon = "help"
    menu_order = 135
