"""The form on which a person says what fits: plain questions, and choices as large as a thumb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import merging
from .fields import FlagsFormField
from .forms_conversation import InterestField
from .models import Channel, Interest, Language
from .services_own import OWN_FIELDS
from .widgets import FlatCheckboxes, GroupedCheckboxes, WeeklyTimesFormField, WeeklyTimesWidget

BASE = "base-"


class ThumbWeek(WeeklyTimesWidget):
    """A week as a list of days with three choices each; what was told to the minute stays unless it is changed."""

    template_name = "peer_support/people/widgets/own_week.html"


class ThumbChoices(FlatCheckboxes):
    """Choices as buttons."""

    template_name = "peer_support/people/widgets/own_choices.html"


class ThumbGroups(GroupedCheckboxes):
    """Choices as buttons, folded away under the heading of their group."""

    template_name = "peer_support/people/widgets/own_groups.html"


class OwnProfileForm(forms.Form):
    """What fits the person: everything may stay empty, and empty means "not told"."""

    interests = InterestField(
        Interest.objects.all(), label=_("What do you like?"), required=False, widget=ThumbGroups
    )
    times = WeeklyTimesFormField(
        label=_("When do you usually have time?"),
        required=False,
        widget=ThumbWeek,
        help_text=_("Choose all that fit. You can change it again."),
    )
    hours_min = forms.DecimalField(
        label=_("Fewest hours a week"),
        required=False,
        min_value=0,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
        error_messages={"invalid": _("Write the hours as a number, such as 1 or 1.5.")},
    )
    hours_max = forms.DecimalField(
        label=_("Most hours a week"),
        required=False,
        min_value=0,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        localize=True,
        error_messages={"invalid": _("Write the hours as a number, such as 1 or 1.5.")},
    )
    channels = FlagsFormField(
        choices=Channel.choices, label=_("How would you like to meet?"), required=False, widget=ThumbChoices
    )
    languages = forms.ModelMultipleChoiceField(
        Language.objects.all(), label=_("Which languages do you speak?"), required=False, widget=ThumbChoices
    )
    travel_km = forms.IntegerField(
        label=_("How far can you travel, in kilometres?"),
        required=False,
        min_value=0,
        max_value=500,
        error_messages={"invalid": _("Write the kilometres as a whole number, such as 5.")},
    )

    error_css_class = "peer-error"

    def __init__(self, data=None, *, person, **kwargs):
        self.person = person
        kwargs["initial"] = {name: merging.current(person, name) for name in OWN_FIELDS}
        super().__init__(data, label_suffix="", **kwargs)
        self.fields["interests"].queryset = Interest.objects.all()
        self.fields["languages"].queryset = Language.objects.all()

    def base_now(self):
        """Return the fingerprints of the record as it is shown, for the page to carry."""
        return {f"{BASE}{name}": mark for name, mark in merging.fingerprints(self.person, OWN_FIELDS).items()}

    def base_sent(self):
        """Return the fingerprints that came with the page."""
        return {name: self.data.get(f"{BASE}{name}", "") for name in OWN_FIELDS}
