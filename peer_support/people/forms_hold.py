"""Why somebody is under a legal hold, and until when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..privacy.cpr import CarefulForm


class HoldForm(CarefulForm):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the case is, and who asked for it. No diagnoses and no CPR numbers."),
        error_messages={"required": _("Write why. Whoever reads it later needs to know.")},
    )
    until = forms.DateField(
        label=_("Until and including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A year at most. It ends by itself, and can be renewed."),
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("We do not understand the date. Write it as 24.12.2026."),
        },
    )
