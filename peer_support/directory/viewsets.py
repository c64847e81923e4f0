"""Initiatives and their words in the admin, as Wagtail snippets."""

from django import forms
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import chooser, snippets
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from ..access.snippets import ChooserViewSet, SnippetViewSet
from .admin import contact_admin
from .filters import InitiativeFilterSet, TermFilterSet
from .forms import CheckboxColumns, TermForm
from .models import DirectoryTerm, Initiative, LocalCoordinator
from .panels import initiative_form
from .presenting import entry_of, flags_of
from .search import narrow
from .suggestion_admin import suggestion_admin
from .urls import IMPORT_PERMISSIONS, import_url

CSS = "peer_support/directory/admin.css"
# Columns that a telephone has no room for.
ROOMY = "peer-roomy"


class InitiativeIndexView(snippets.IndexView):
    """The list; its search knows the spelling variants on every database."""

    def search_queryset(self, queryset):
        return narrow(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if self.request.user.has_perms(IMPORT_PERMISSIONS):
            label = _("Import initiatives")
            buttons.append(Button(label, url=import_url(), icon_name="upload", priority=20))
        return buttons

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["media"] = context.get("media", forms.Media()) + forms.Media(css={"all": [static(CSS)]})
        return context


class InitiativeInspectView(snippets.InspectView):
    """One entry to read, as it was saved last."""

    def get_object(self, queryset=None):
        return super().get_object(queryset).get_latest_revision_as_object()

    def get_context_data(self, **kwargs):
        return super().get_context_data(entry=entry_of(self.object), **kwargs)


class SearchForm(BaseFilterForm):
    """The search box of the chooser."""

    q = forms.CharField(
        label=gettext_lazy("Search term"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Search")}),
        required=False,
        max_length=200,
    )

    def filter(self, objects):
        objects = super().filter(objects)
        if typed := self.cleaned_data.get("q"):
            objects = narrow(objects, typed)
            self.is_searching, self.search_query = True, typed
        return objects


class InitiativeChooseView(chooser.ChooseView):
    filter_form_class = SearchForm


class InitiativeChooseResultsView(chooser.ChooseResultsView):
    filter_form_class = SearchForm


class InitiativeChooserViewSet(ChooserViewSet):
    choose_view_class = InitiativeChooseView
    choose_results_view_class = InitiativeChooseResultsView


def _to_check(initiative):
    return ", ".join(words for __, words in flags_of(initiative)) or "–"


def _questionnaire(initiative):
    return _("yes") if initiative.has_questionnaire else _("no")


def _places(initiative):
    if initiative.nationwide:
        return _("the whole country")
    names = [municipality.name for municipality in initiative.municipalities.all()]
    shown = ", ".join(names[:3])
    return f"{shown} …" if len(names) > 3 else shown or initiative.get_region_display() or "–"


class InitiativeViewSet(SnippetViewSet):
    """Initiatives: draft, review, preview, chooser, history. What is personal is not among their fields."""

    model = Initiative
    icon = "list-ul"
    menu_order = 1
    edit_handler = initiative_form
    index_view_class = InitiativeIndexView
    inspect_view_class = InitiativeInspectView
    inspect_view_enabled = True
    inspect_template_name = "peer_support/directory/initiative_inspect.html"
    chooser_viewset_class = InitiativeChooserViewSet
    chooser_per_page = 25
    copy_view_enabled = False
    filterset_class = InitiativeFilterSet
    list_per_page = 50
    # Any field says that there is a search box; the view above does the searching.
    search_fields = ["search_text"]
    search_backend_name = None
    list_display = [
        "title",
        # Translators: heading of the column that says whether an entry is a draft or published.
        LiveStatusTagColumn(label=gettext_lazy("Entry")),
        Column("places", label=gettext_lazy("Where"), accessor=_places, classname=ROOMY),
        Column(
            "status",
            label=gettext_lazy("Status"),
            accessor="get_status_display",
            sort_key="status",
            classname=ROOMY,
        ),
        Column(
            "has_questionnaire",
            label=gettext_lazy("Questionnaire"),
            accessor=_questionnaire,
            sort_key="has_questionnaire",
            classname=ROOMY,
        ),
        Column("to_check", label=gettext_lazy("To check"), accessor=_to_check),
        UpdatedAtColumn(label=gettext_lazy("Updated"), classname=ROOMY),
    ]

    def get_queryset(self, request):
        return Initiative.objects.prefetch_related("municipalities", "links")


class DirectoryTermViewSet(SnippetViewSet):
    """The words that readers filter by."""

    model = DirectoryTerm
    icon = "tag"
    menu_order = 2
    copy_view_enabled = False
    filterset_class = TermFilterSet
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("order", label=gettext_lazy("Order"), sort_key="order"),
    ]
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 100
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("name", help_text=gettext_lazy("The word that readers see.")),
            FieldPanel("order", help_text=gettext_lazy("Small numbers come first.")),
        ],
        base_form_class=TermForm,
    )


class LocalCoordinatorViewSet(SnippetViewSet):
    """Whom visitors can ring, town by town."""

    model = LocalCoordinator
    icon = "user"
    menu_order = 3
    copy_view_enabled = False
    list_display = [
        "name",
        Column("phone", label=gettext_lazy("Telephone")),
        Column("sort_order", label=gettext_lazy("Order"), sort_key="sort_order"),
    ]
    search_fields = ["name"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("role"),
            FieldPanel("phone"),
            FieldPanel("email"),
            FieldPanel("when"),
            FieldPanel("municipalities", widget=CheckboxColumns),
            FieldPanel("initiative"),
            FieldPanel("sort_order"),
        ]
    )


class ImportMenuItem(MenuItem):
    """Shown to those who may add initiatives."""

    def is_shown(self, request):
        return request.user.has_perms(IMPORT_PERMISSIONS)


class InitiativesGroup(SnippetViewSetGroup):
    """The menu "Initiatives": entries, words, import, and the restricted contacts for those who may see them."""

    items = (InitiativeViewSet, DirectoryTermViewSet, LocalCoordinatorViewSet)
    menu_label = gettext_lazy("Initiatives")
    menu_name = "peer-support-initiatives"
    menu_icon = "list-ul"
    menu_order = 130

    def get_submenu_items(self):
        return [
            *super().get_submenu_items(),
            suggestion_admin.get_menu_item(order=4),
            contact_admin.get_menu_item(order=5),
            ImportMenuItem(
                _("Import initiatives"),
                import_url(),
                name="peer-support-import-initiatives",
                icon_name="upload",
                order=6,
            ),
        ]
