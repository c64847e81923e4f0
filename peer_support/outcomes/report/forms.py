"""The centre's own words in the report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...privacy.cpr import CarefulForm


class ForewordForm(CarefulForm):
    """Free text; an empty one takes the words out again."""

    foreword = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "It stands first in the report. An empty line begins a new paragraph. Write about nobody who could be "
            "recognised."
        ),
    )
