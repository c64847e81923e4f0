"""One field: the code."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code a telephone shows, or one of the reserve codes; spaces are allowed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        error_messages={"required": _("Write the six numbers that your telephone shows.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
