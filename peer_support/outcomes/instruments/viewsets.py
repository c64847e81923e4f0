"""The words of the questionnaires, as a snippet: words that the centre may use, nobody's data."""

from django import forms
from django.contrib.admin.utils import quote
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn

from ...access.snippets import SnippetViewSet
from .models import InstrumentText
from .presenting import limit_of, scale_of
from .registry import asked_with_text


class InstrumentTextForm(WagtailAdminModelForm):
    """Lets one choose among the instruments that have words."""

    class Media:
        css = {"all": ["peer_support/outcomes/change.css"]}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(code, str(kind.name)) for code, kind in asked_with_text().items()]
        if self.instance.instrument and self.instance.instrument not in dict(names):
            names.append((self.instance.instrument, self.instance.instrument))
        self.fields["instrument"].widget = forms.Select(choices=[("", _("Choose a questionnaire")), *names])
        self.fields["items_text"].widget.attrs["rows"] = 8
        self.fields["words_text"].widget.attrs["rows"] = 6


class FactsPanel(HelpPanel):
    """What is known of each instrument: how many lines to write, how it is counted, and whose the words are."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            facts = [(kind, scale_of(kind), limit_of(kind)) for kind in asked_with_text().values()]
            return {**super().get_context_data(parent_context), "facts": facts}


def _name(text):
    return str(text.kind.name) if text.kind else text.instrument


class InstrumentTextViewSet(SnippetViewSet):
    """Versions of the words. A text that somebody was asked with stays; a copy of it becomes the next version."""

    model = InstrumentText
    icon = "list-ul"
    menu_label = gettext_lazy("Texts of questionnaires")
    menu_order = 341
    add_to_admin_menu = True
    copy_view_enabled = True
    search_fields = ["title"]
    search_backend_name = None
    list_display = [
        "title",
        Column("name", label=gettext_lazy("Questionnaire"), accessor=_name),
        Column("version", label=gettext_lazy("Version"), sort_key="version"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("In use"),
            accessor=lambda text: _("yes") if text.in_use else _("no"),
            primary=lambda text: text.in_use,
        ),
        Column(
            "used",
            label=gettext_lazy("Somebody was asked"),
            accessor=lambda text: _("yes") if text.is_used else _("no"),
        ),
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "The words of a questionnaire belong to those who wrote them. Paste them in as they are, without changing "
                    "any, and only where you have leave. Once somebody has been asked, the words stay; copy the text to make "
                    "a new version."
                )
            ),
            FactsPanel(template="peer_support/outcomes/instruments/facts.html"),
            FieldPanel("instrument"),
            FieldPanel("title"),
            FieldPanel("introduction"),
            FieldPanel("items_text"),
            FieldPanel("words_text"),
            MultiFieldPanel(
                [FieldPanel("leave_from"), FieldPanel("leave_on")],
                heading=gettext_lazy("Your leave to use the words"),
            ),
            FieldPanel("in_use"),
        ],
        base_form_class=InstrumentTextForm,
    )


def keep_used_texts(request, instances):
    """Send the editor back with a sentence where somebody was asked with a text that was to be deleted."""
    for text in instances:
        if isinstance(text, InstrumentText) and (text.is_used or _is_referred_to(text)):
            messages.error(
                request,
                _(
                    "Somebody has been asked with these words, so they are kept. Take them out of use instead."
                ),
            )
            return redirect(reverse(text.snippet_viewset.get_url_name("edit"), args=[quote(text.pk)]))
    return None


def _is_referred_to(text):
    # Whoever keeps the texts sees no questionnaires; all that is asked is whether anything points at this one.
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: text}).exists()
        for relation in text._meta.get_fields(include_hidden=True)
        if relation.one_to_many and relation.auto_created
    )
