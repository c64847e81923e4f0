"""The short form for agreeing on a conversation."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access.forms import DateInput, TimeInput
from ..privacy.cpr import CarefulForm
from .models import Conversation, ConversationBooking


class BookingForm(CarefulForm):
    """Which day and time, how, and where if it is neither the telephone nor the usual place."""

    day = forms.DateField(label=_("Which day?"), widget=DateInput)
    time = forms.TimeField(label=_("What time?"), widget=TimeInput)
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=10, max_value=240, initial=60)
    how = forms.ChoiceField(
        label=_("How do you talk?"), choices=ConversationBooking.How.choices, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=_("Where?"),
        max_length=200,
        required=False,
        help_text=_("A room, or the link to the video. May stay empty."),
    )
    kind = forms.ChoiceField(label=_("Which conversation is it?"), choices=Conversation.Kind.choices)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose a day from today on."))
        return day

    def values(self):
        """Return what the service takes."""
        data = self.cleaned_data
        at = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        return {
            "at": at,
            "minutes": data["minutes"],
            "how": data["how"],
            "place": data["place"],
            "kind": data["kind"],
        }
