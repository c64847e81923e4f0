"""The words that describe people, as snippets: no personal data, so editors may keep them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from ..access.snippets import SnippetViewSet
from .models import Interest, InterestGroup, Language


class InterestViewSet(SnippetViewSet):
    model = Interest
    icon = "tag"
    menu_label = _("Interests")
    list_display = ["name", Column("group", label=_("Group"), sort_key="group__order")]
    list_filter = ["group"]
    search_fields = ["name"]
    ordering = ["group__order", "name"]
    panels = [FieldPanel("name"), FieldPanel("group")]


class InterestGroupViewSet(SnippetViewSet):
    model = InterestGroup
    icon = "folder-open-inverse"
    menu_label = _("Interest groups")
    list_display = ["name", "order"]
    panels = [FieldPanel("name"), FieldPanel("order")]


class LanguageViewSet(SnippetViewSet):
    model = Language
    icon = "globe"
    menu_label = _("Languages")
    list_display = ["name", "code"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("code")]


class WordsViewSetGroup(SnippetViewSetGroup):
    """Interests, their groups, and languages under one menu item."""

    menu_label = _("Interests and languages")
    menu_icon = "tag"
    menu_order = 320
    items = (InterestViewSet, InterestGroupViewSet, LanguageViewSet)
