"""What a coordinator fills in: a yes that was said, a yes that is taken back, a step of a request."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access.forms import DateInput
from ..privacy.cpr import CarefulForm
from .models_consent import Consent

# A coordinator hears it; what comes with the form comes by itself.
HEARD = [choice for choice in Consent.How.choices if choice[0] != Consent.How.FORM]


class YesForm(CarefulForm):
    """When and how somebody said yes."""

    on = forms.DateField(label=gettext_lazy("When"), widget=DateInput, initial=timezone.localdate)
    how = forms.ChoiceField(label=gettext_lazy("How"), choices=HEARD, initial=Consent.How.PHONE)

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("That day has not come yet. Write the day when the yes was said."))
        return self.cleaned_data["on"]


class WithdrawForm(CarefulForm):
    """How somebody took a yes back."""

    how = forms.ChoiceField(label=gettext_lazy("How"), choices=HEARD, initial=Consent.How.PHONE)


class TalkStepForm(CarefulForm):
    """The day that is agreed on, and a note."""

    agreed_for = forms.DateField(label=gettext_lazy("Agreed for"), widget=DateInput)
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("No diagnoses and no CPR numbers."),
    )

    def __init__(self, *args, asks_day, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_day:
            del self.fields["agreed_for"]

    def put_faults(self, error: ValidationError):
        """Show the faults of a service at their fields."""
        for name, sentences in error.message_dict.items():
            self.add_error(name if name in self.fields else None, sentences)
