"""The forms of accompaniment."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...courses.board.forms import CHOOSE, choose_by_name, words_field
from ...courses.board.forms_course import TimeField, number_field
from ...matching.board.forms import DayField
from ...people.models import Citizen
from ...people.models_person import GenderWish
from ...people.standing import MATCH, usable
from ...privacy.cpr import CarefulForm
from ..models_accompaniment import AskedBy, LedTo, TripEnding
from ..rules_accompaniment import Action
from ..services_accompaniment import EDITABLE


def _place(label, help_text=""):
    return forms.CharField(label=label, max_length=200, required=False, help_text=help_text)


class PostcodeField(forms.CharField):
    """Four digits, or nothing."""

    def clean(self, value):
        value = super().clean(value).strip()
        if value and not re.fullmatch(r"\d{4}", value):
            raise ValidationError(_("A Danish postcode has four digits, such as 3000."))
        return value


class TripForm(CarefulForm):
    """When, from where, to where, and what is asked. A day and a time are enough; the rest can wait."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    citizen = forms.ModelChoiceField(
        label=gettext_lazy("Who would like company?"),
        queryset=Citizen.objects.none(),
        empty_label=gettext_lazy("Choose somebody"),
        error_messages=CHOOSE,
    )
    asked_by = forms.ChoiceField(
        label=gettext_lazy("Who asked?"), choices=AskedBy.choices, error_messages=CHOOSE
    )
    day = DayField(label=gettext_lazy("Which day?"))
    start_time = TimeField(label=gettext_lazy("When do they meet?"))
    minutes = number_field(
        gettext_lazy("Minutes in all"),
        least=15,
        most=1440,
        required=True,
        help_text=gettext_lazy("From when they meet until they part. The way home too."),
    )
    from_place = _place(
        gettext_lazy("From where?"), gettext_lazy("Only the one who says yes reads the address.")
    )
    from_postcode = PostcodeField(
        label=gettext_lazy("Postcode where they meet"), max_length=4, required=False
    )
    to_place = _place(gettext_lazy("To where?"), gettext_lazy("Only the one who says yes reads the address."))
    to_postcode = PostcodeField(
        label=gettext_lazy("Postcode where they are going"),
        max_length=4,
        required=False,
        help_text=gettext_lazy("Those you ask see the town, and nothing more."),
    )
    there_and_back = forms.BooleanField(label=gettext_lazy("The way home too"), required=False)
    purpose = words_field(
        gettext_lazy("What for, in the citizen's own words?"),
        help_text=gettext_lazy("Only coordinators read it. No diagnoses."),
    )
    what_is_asked = words_field(
        gettext_lazy("What do you ask of the volunteer?"),
        help_text=gettext_lazy("Everybody you ask reads this. No name, no address and no word of illness."),
    )
    how_to_meet = words_field(
        gettext_lazy("How do they find each other?"),
        help_text=gettext_lazy(
            "Only the one who says yes reads this. For example the telephone number, if the citizen says so."
        ),
    )
    gender_wish = forms.TypedChoiceField(
        label=gettext_lazy("Wishes company of"), choices=GenderWish.choices, coerce=int, error_messages=CHOOSE
    )

    def __init__(self, *args, initiative, trip=None, citizen=None, initial=None, **kwargs):
        start = {"minutes": 120, "there_and_back": True, "asked_by": AskedBy.CITIZEN, "gender_wish": 0}
        if citizen is not None:
            start |= {"from_postcode": citizen.postcode, "gender_wish": citizen.gender_wish}
        if trip is not None:
            start |= {name: getattr(trip, name) for name in EDITABLE}
            start["version"] = trip.version
        super().__init__(*args, label_suffix="", initial=start | (initial or {}), **kwargs)
        self.trip = trip
        if trip is not None or citizen is not None:
            del self.fields["citizen"]
        else:
            field = self.fields["citizen"]
            people = Citizen.objects.filter(usable(MATCH), initiative=initiative).exclude(status="ended")
            field.queryset = people.order_by("number")
            choose_by_name(
                field,
                lambda person: _("%(name)s · %(number)s") % {"name": person.display_name, "number": person},
            )

    def clean_day(self):
        day = self.cleaned_data["day"]
        moved = self.trip is None or day != self.trip.day
        if moved and day < timezone.localdate():
            raise ValidationError(_("The day is over. Choose one that is to come."))
        return day

    def values(self):
        """Return the values the service knows."""
        return {name: self.cleaned_data[name] for name in EDITABLE}


class StepForm(CarefulForm):
    """A step of a trip. ``version`` is the trip as it was when the form was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, trip, **kwargs):
        start = {"version": trip.version, **self.start_values(trip)}
        super().__init__(*args, label_suffix="", initial=start, **kwargs)

    def start_values(self, trip):
        """Return what stands in the fields before anything is typed."""
        return {}

    def values(self):
        """Return what the service wants, by its argument names."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**given, "expected_version": self.cleaned_data.get("version")}


class ReleaseForm(StepForm):
    """The service asks for nothing, not even the version: the lock says whether somebody still goes along."""

    def values(self):
        return {}


def _led_to():
    return forms.MultipleChoiceField(
        label=gettext_lazy("What did it lead to?"),
        choices=LedTo.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=CHOOSE,
    )


def _note():
    return words_field(
        gettext_lazy("Anything to remember?"),
        help_text=gettext_lazy("Only coordinators see it. No diagnoses and no CPR numbers."),
    )


def _ending():
    return forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=TripEnding.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class DoneForm(StepForm):
    led_to = _led_to()
    note = _note()


class LedToForm(DoneForm):
    def start_values(self, trip):
        return {"led_to": trip.led_to, "note": trip.led_to_note}


class NotDoneForm(StepForm):
    ending = _ending()
    note = _note()


class CancelForm(NotDoneForm):
    """Why it is called off."""


FORMS = {
    Action.DONE: DoneForm,
    Action.LED_TO: LedToForm,
    Action.NOT_DONE: NotDoneForm,
    Action.CANCEL: CancelForm,
    Action.RELEASE: ReleaseForm,
    Action.REOPEN: StepForm,
}
