"""The form "Suggest a change": for the people of an initiative, without an account."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..directory.models import Initiative
from ..directory.models_suggestion import OPEN_FIELDS
from ..directory.suggestions import digest
from ..public.forms import PublicForm

LONGEST_MESSAGE, LONGEST_TEXT = 6000, 20_000
_LONG = ("description", "recruitment", "training", "supervision", "evaluation", "for_whom", "summary")


class SuggestionForm(PublicForm):
    """Free words first; below them each text of the entry, to be written anew. What is left as it is is no wish."""

    purpose = "suggestion"
    button = _("Send the suggestion")
    button_line = _("An editor reads it first. The page does not change before that.")

    message = forms.CharField(
        label=_("What should be different?"),
        help_text=_("Write it in your own words. You need not fill in more than this."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_MESSAGE,
        required=False,
    )
    contact = forms.CharField(
        label=_("How can we reach you if we have a question?"),
        help_text=_("A telephone number or an e-mail. Only the editor sees it. You may leave it empty."),
        max_length=200,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=1000, required=False)

    def __init__(self, data=None, *, initiative):
        self.initiative = initiative
        initial = {name: getattr(initiative, name) for name in OPEN_FIELDS}
        initial["seen"] = " ".join(f"{name}:{digest(value)}" for name, value in initial.items())
        self.base_fields = {**self.base_fields} | {
            name: _field_for(name, len(initial[name])) for name in OPEN_FIELDS
        }
        super().__init__(data, initial=initial)

    def clean_title(self):
        title = self.cleaned_data["title"].strip()
        if not title and "title" in self.data:
            raise forms.ValidationError(_("The initiative needs a name. Write it, or leave it as it was."))
        return title

    @property
    def text_fields(self):
        """The fields of the entry, bound, in order."""
        return [self[name] for name in OPEN_FIELDS]

    @property
    def texts_changed(self):
        """Whether a text differs from the entry's, or has a fault: then the folded part stands open."""
        names = set(OPEN_FIELDS)
        return bool(names & set(self.changed_data) & set(self.data) or names & set(self.errors))

    @property
    def wishes(self):
        """Return ``{field: text}`` of the texts that were sent at all."""
        return {name: self.cleaned_data[name] for name in OPEN_FIELDS if name in self.data}

    @property
    def digests(self):
        """Return ``{field: digest}`` of the texts the visitor was shown."""
        pairs = (part.partition(":") for part in self.cleaned_data.get("seen", "").split())
        return {name: mark for name, __, mark in pairs if name in OPEN_FIELDS and len(mark) == 16}


def _field_for(name, length):
    field = Initiative._meta.get_field(name)
    label = capfirst(field.verbose_name)
    if field.choices:
        return forms.ChoiceField(label=label, choices=field.choices, required=False)
    widget = forms.Textarea(attrs={"rows": 4}) if name in _LONG else forms.TextInput()
    longest = max(field.max_length or LONGEST_TEXT, length)
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)
