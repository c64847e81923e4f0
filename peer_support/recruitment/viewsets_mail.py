"""Texts of mails in the admin. They are kept here, above the mail room, because this room knows what is easy to read."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView

from ..access.snippets import SnippetViewSet
from ..mailing.models import MailText
from ..mailing.registry import kind_of, mail_kinds
from .readable_form import ReadableFormMixin


class MailTextForm(ReadableFormMixin, WagtailAdminModelForm):
    """Says which places the kind has, and helps to write easily."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = sorted(((code, str(kind.label)) for code, kind in mail_kinds().items()), key=lambda c: c[1])
        code = self.fields["code"]
        code.widget = forms.Select(choices=[("", "---------"), *choices])
        initiatives = self.fields["initiative"]
        initiatives.widget = forms.Select()
        initiatives.queryset = initiatives.queryset.filter(runs_here=True)
        if kind := kind_of(self.instance.code):
            places = " ".join(f"{{{name}}}" for name in sorted(kind.placeholders))
            text = _("You can write: %(places)s. They are filled in when the mail is sent.") % {
                "places": places
            }
            self.fields["body"].help_text = f"{text} {self.fields['body'].help_text}"
            if kind.by_itself is None:
                self.fields["by_itself"].disabled = True
                self.fields["by_itself"].help_text = _("This mail goes out when somebody presses a button.")


class MailTextCreateView(CreateView):
    """Begins with the built-in words of the kind named in the address (``?code=``)."""

    def get_initial_form_instance(self):
        text = super().get_initial_form_instance() or self.model()
        if kind := kind_of(self.request.GET.get("code", "")):
            text.code, text.subject, text.body = kind.code, str(kind.subject), str(kind.body)
            text.by_itself = bool(kind.by_itself)
        return text


class MailTextViewSet(SnippetViewSet):
    """The centre's own words for its mails."""

    model = MailText
    icon = "mail"
    add_to_admin_menu = False
    add_to_settings_menu = True
    menu_label = gettext_lazy("Own words in mails")
    menu_order = 616
    copy_view_enabled = False
    add_view_class = MailTextCreateView
    search_fields = ["subject", "body"]
    search_backend_name = None
    list_display = [
        Column("label", label=gettext_lazy("Kind of mail"), accessor=str),
        Column("subject", label=gettext_lazy("Subject")),
        Column(
            "initiative",
            label=gettext_lazy("Initiative"),
            accessor=lambda text: str(text.initiative) if text.initiative_id else _("all"),
        ),
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "A mail can be read by others than the one it is for. Write short, and do not say what it is about."
                )
            ),
            FieldPanel("code"),
            FieldPanel("initiative"),
            FieldPanel("subject"),
            FieldPanel("body"),
            FieldPanel("by_itself"),
        ],
        base_form_class=MailTextForm,
    )
