"""One question to the person: is something wrong? Everything may stay empty; what is written is looked at, not taken over."""

import copy

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models_correction import CORRECTED, MOST_SIGNS
from .validation import check_person

DO = "wrong"


class CorrectionForm(forms.Form):
    """What it ought to be, field by field, and in the person's own words."""

    words = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy("Write it as you would say it. No CPR number, please."),
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    first_name = forms.CharField(label=gettext_lazy("The right first name"), required=False, max_length=80)
    last_name = forms.CharField(label=gettext_lazy("The right last name"), required=False, max_length=80)
    phone = forms.CharField(
        label=gettext_lazy("The right telephone number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.CharField(
        label=gettext_lazy("The right e-mail address"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )
    postcode = forms.CharField(
        label=gettext_lazy("The right postcode"),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    error_css_class = "peer-error"

    def __init__(self, data=None, *, person, **kwargs):
        self.person = person
        super().__init__(data, label_suffix="", auto_id="wrong-%s", **kwargs)

    def clean(self):
        """Look at what was written with the record's own rules, so that it can be taken over as it is."""
        values = super().clean()
        wanted = {name: values[name] for name in CORRECTED if values.get(name)}
        probe = copy.copy(self.person)
        for name, value in wanted.items():
            setattr(probe, name, value)
        try:
            check_person(probe)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                if name in wanted:
                    self.add_error(name, sentences)
        if not (wanted or values.get("words") or self.errors):
            self.add_error("words", _("Write what is wrong. A few words are enough."))
        return values

    def values(self):
        """Return what the service takes."""
        return {
            "values": {name: self.cleaned_data[name] for name in CORRECTED},
            "words": self.cleaned_data["words"],
        }
