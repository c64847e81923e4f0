"""The board's forms. Each is one step; its words are those one would say on the telephone."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ...conf import peer_settings
from ...people.models import Citizen
from ...privacy.cpr import CarefulForm, CarefulFormMixin
from .. import rules_pause
from ..models import Exclusion, Match, MatchingPolicy
from ..models_match import AgreedEvery, EndingReason, OneMore
from ..rules_agreement import END_AFTER_START, HOURS_AS_A_NUMBER, HOURS_IN_A_WEEK, months_after

DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%y", "%d-%m-%y"]
THINKING = "thinking"


class DayInput(forms.DateInput):
    """The browser's own calendar: it knows the telephone's language, and needs no script."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date, as the browser's calendar sends it or as one writes it by hand."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("We do not understand the date. Write it as 24.12.2026."),
        "required": _("Write a date."),
    }

    def __init__(self, **kwargs):
        super().__init__(input_formats=DATE_FORMATS, **kwargs)


class StepForm(CarefulForm):
    """A step of a match. ``version`` is the match as it was when the form was shown."""

    error_css_class = "w-field--error"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, match, side="", **kwargs):
        self.match, self.side = match, side
        kwargs["initial"] = {"version": match.version, **self.start_values(), **(kwargs.get("initial") or {})}
        super().__init__(*args, label_suffix="", **kwargs)

    def start_values(self):
        """Return what stands in the fields before anything is typed."""
        return {}

    def values(self):
        """Return what the service wants, by its argument names."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SideForm(StepForm):
    """A step of one of the two."""

    side_given = forms.ChoiceField(
        choices=[("citizen", ""), ("volunteer", "")], widget=forms.HiddenInput, required=True
    )

    def start_values(self):
        return {"side_given": self.side}

    def values(self):
        return {"side": self.cleaned_data["side_given"], "answer": self.cleaned_data.get("answer", "")}


class TakeBackForm(SideForm):
    """Take an answer back: it counts as not given yet."""


class AnswerForm(SideForm):
    answer = forms.ChoiceField(
        label=_("What was the answer?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Yes")),
            ("no", _("No, not this match")),
            (THINKING, _("Not decided: we talk again")),
        ],
        error_messages={"required": _("Choose what was said."), "invalid_choice": _("Choose what was said.")},
    )


class DayAfterForm(SideForm):
    answer = forms.ChoiceField(
        label=_("Shall it go on?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Yes, let us go on")),
            ("no", _("No, not with this one")),
            (THINKING, _("Not decided: we talk again")),
        ],
        error_messages={"required": _("Choose what was said."), "invalid_choice": _("Choose what was said.")},
    )


class FirstMeetingForm(StepForm):
    on = DayField(label=_("Which day?"))
    at = forms.TimeField(
        label=_("At what time?"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("We do not understand the time. Write it as 14.30.")},
    )
    place = forms.CharField(
        label=_("Where?"),
        max_length=200,
        required=False,
        help_text=_("A public place is good the first time."),
    )

    def start_values(self):
        match = self.match
        return {
            "on": match.first_meeting_on,
            "at": match.first_meeting_at,
            "place": match.first_meeting_place,
        }


class AgreementForm(StepForm):
    """What the two agree on. Used for the start of a match and for changing the agreement."""

    active_from = DayField(label=_("From"))
    planned_end = DayField(label=_("Until"))
    hours_a_week = forms.DecimalField(
        label=_("Hours a week"),
        min_value=0,
        max_value=HOURS_IN_A_WEEK,
        max_digits=4,
        decimal_places=1,
        required=False,
        localize=True,
        error_messages={"invalid": HOURS_AS_A_NUMBER},
    )
    agreed_every = forms.ChoiceField(
        label=_("How often do they meet?"),
        choices=AgreedEvery.choices,
        required=False,
        help_text=_("You are told when nothing is written down for much longer."),
    )
    place = forms.CharField(label=_("Where do they meet?"), max_length=200, required=False)
    goals = forms.CharField(
        label=_("What do they want from it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("In their own words. No diagnoses and no CPR numbers."),
    )

    def __init__(self, *args, months=6, **kwargs):
        self.months = months
        super().__init__(*args, **kwargs)
        self.fields["planned_end"].help_text = ngettext_lazy(
            "At most %(months)s month at a time. You can agree on more later.",
            "At most %(months)s months at a time. You can agree on more later.",
            "months",
        ) % {"months": months}

    def start_values(self):
        match, today = self.match, timezone.localdate()
        return {
            "active_from": match.active_from or today,
            "planned_end": match.planned_end or months_after(today, self.months),
            "hours_a_week": _plain(_first_known(match.hours_a_week, _agreeable_hours(match))),
            "agreed_every": match.agreed_every,
            "place": match.place or match.first_meeting_place,
            "goals": match.goals,
        }

    def clean(self):
        data = super().clean()
        data["agreed_every"] = data.get("agreed_every") or self.match.agreed_every
        start, end = data.get("active_from"), data.get("planned_end")
        if start and end and end <= start:
            self.add_error("planned_end", END_AFTER_START)
        return data


class ChangedAgreementForm(AgreementForm):
    """The agreement of a match that is under way: when it began stands."""

    active_from = None


def _first_known(*values):
    return next((value for value in values if value is not None), None)


def _plain(hours):
    """Return whole hours without decimals."""
    return int(hours) if hours is not None and hours == int(hours) else hours


def _agreeable_hours(match):
    """Return the hours both have named as possible: the smaller of the two upper limits."""
    known = [person.hours_max for person in (match.citizen, match.volunteer) if person.hours_max]
    return min(known) if known else None


class PauseForm(StepForm):
    paused_from = DayField(label=_("From"))
    paused_until = DayField(label=_("Until"), required=False, help_text=_("Empty: until further notice."))
    reason = forms.CharField(
        label=_("Reason, if you wish"),
        max_length=200,
        required=False,
        help_text=_("Is forgotten when the pause ends."),
    )
    frees_place = forms.BooleanField(label=_("Somebody else may have the place meanwhile"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        weeks = peer_settings.PAUSE_FREES_PLACE_WEEKS
        self.fields["frees_place"].help_text = ngettext_lazy(
            "After %(weeks)s week of pause the place is free anyhow.",
            "After %(weeks)s weeks of pause the place is free anyhow.",
            "weeks",
        ) % {"weeks": weeks}

    def start_values(self):
        match = self.match
        return {
            "paused_from": match.paused_from or timezone.localdate(),
            "paused_until": match.paused_until,
            "reason": match.pause_reason,
            "frees_place": bool(match.place_free_from and match.place_free_from == match.paused_from),
        }

    def clean(self):
        data = super().clean()
        start, end = data.get("paused_from"), data.get("paused_until")
        if start and end and end < start:
            self.add_error("paused_until", _("The pause must not end before it begins."))
        return data


class ResumeForm(StepForm):
    """The end of a pause. Where the place is taken by now, it asks why the volunteer takes one more."""

    one_more = forms.ChoiceField(
        label=_("The place is taken by now. Shall the volunteer take one more?"),
        widget=forms.RadioSelect,
        choices=[("", _("No: the two wait until a place is free")), *OneMore.choices],
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if rules_pause.may_take_up_again(self.match):
            del self.fields["one_more"]


class EndForm(StepForm):
    on = DayField(label=_("Which day did it end?"))
    by = forms.ChoiceField(
        label=_("Who wished to end it?"),
        widget=forms.RadioSelect,
        choices=Match._meta.get_field("ended_by").choices,
        error_messages={"required": _("Choose who wished to end it.")},
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why? Choose all that fit"),
        widget=forms.CheckboxSelectMultiple,
        choices=EndingReason.choices,
        error_messages={"required": _("Choose at least one reason. “Something else” is fine.")},
    )
    citizen_then = forms.ChoiceField(
        label=_("And the citizen?"),
        widget=forms.RadioSelect,
        choices=[
            (Citizen.Status.CONVERSATION, _("We talk about what comes next")),
            (Citizen.Status.WAITING, _("Waits for a new match, with the place in the queue as before")),
            (Citizen.Status.ENDED, _("Does not need more support now")),
        ],
    )
    note = forms.CharField(
        label=_("What is good to remember?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("No diagnoses and no CPR numbers."),
    )

    def start_values(self):
        return {"on": timezone.localdate(), "citizen_then": Citizen.Status.CONVERSATION}


class RuleOutForm(CarefulForm):
    """Why a pair is not to be proposed."""

    kind = forms.ChoiceField(
        label=_("Why not these two?"),
        widget=forms.RadioSelect,
        choices=[
            (Exclusion.Kind.RELATIVE, _("They are related or know each other")),
            (Exclusion.Kind.OTHER, _("Another reason, which you keep to yourself")),
        ],
    )


WEIGHT_FIELDS = (
    "weight_interests",
    "weight_distance",
    "weight_time",
    "weight_hours",
    "weight_preferences",
)


class WeightsForm(CarefulFormMixin, forms.ModelForm):
    """The numbers a plan is made with. Trying them changes nothing; saving them makes a new version."""

    class Meta:
        model = MatchingPolicy
        fields = [*WEIGHT_FIELDS, "waiting_points", "waiting_cap_days", "hysteresis", "aim"]
        widgets = {
            **{name: forms.NumberInput(attrs={"min": 0, "max": 1000, "step": 10}) for name in WEIGHT_FIELDS},
            "waiting_points": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "aim": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.get(name) for name in WEIGHT_FIELDS):
            raise forms.ValidationError(_("At least one of the weights must be more than 0."))
        return data

    def criteria(self):
        """Return the bound fields of the criteria, in the order they are shown."""
        return [self[name] for name in WEIGHT_FIELDS]


class PolicyForm(WeightsForm):
    """The weights and the rules of an initiative, to be saved as the next version."""

    class Meta(WeightsForm.Meta):
        fields = [*WeightsForm.Meta.fields, "contract_required", "certificate_required", "months"]
