"""The forms of calls, pauses and endings, in the words one would say on the telephone."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...matching.board.forms import DayField
from ...matching.models_match import OneMore
from ...privacy.cpr import CarefulForm
from .. import planning
from ..models import EndingStep, FollowUp
from ..models_follow_up import Kind, Side
from ..services_ending import NEXT, THANKS

O = FollowUp.Outcome  # noqa: E741
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
# What the answers are called the day after the first meeting: then they decide something.
_DAY_AFTER_WORDS = {
    O.GOING_WELL: _("Yes, let us go on"),
    O.STOP: _("No, not with this one"),
}


def choose(label, choices, **kwargs):
    """A question with one answer."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE, **kwargs
    )


class NoteField(forms.CharField):
    """A free text about somebody; the form refuses CPR numbers."""

    def __init__(self, **kwargs):
        kwargs = {
            "widget": forms.Textarea(attrs={"rows": 4}),
            "required": False,
            "help_text": _("No diagnoses and no CPR numbers."),
            **kwargs,
        }
        super().__init__(**kwargs)


class PlainForm(CarefulForm):
    """Labels without a colon, and the room's own class on a field with a fault."""

    error_css_class = "w-field--error"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class AnswerForm(PlainForm):
    """What came of a call."""

    outcome = choose(_("How is it going?"), ())
    note = NoteField(label=_("What is good to remember?"))
    again_on = DayField(
        label=_("Ring again on"),
        required=False,
        help_text=_("Only if you have agreed on it. If you did not reach them, we ask again in two days."),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        words = _DAY_AFTER_WORDS if kind == Kind.DAY_AFTER else {}
        self.fields["outcome"].choices = [(one.value, words.get(one, one.label)) for one in O]
        if kind == Kind.DAY_AFTER:
            self.fields["outcome"].label = _("Shall it go on?")

    def clean_again_on(self):
        day = self.cleaned_data["again_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        return day


class CallForm(PlainForm):
    """A call that is agreed on."""

    side = choose(_("Whom do you ring?"), Side.choices)
    due_on = DayField(label=_("Which day?"))


class PauseAnswerForm(PlainForm):
    """Ready again?"""

    answer = choose(
        _("What is the answer?"),
        [
            ("ready", _("Ready again: the pause is over")),
            ("longer", _("The pause goes on")),
            ("later", _("Ask again another day")),
        ],
    )
    day = DayField(
        label=_("Until when?"),
        required=False,
        help_text=_("For a longer pause, empty means until further notice. Not needed when they are ready."),
    )
    one_more = choose(
        _("The place is taken by now. Shall the volunteer take one more?"),
        [("", _("No: the two wait until a place is free")), *OneMore.choices],
        required=False,
    )

    def __init__(self, *args, place_taken, **kwargs):
        super().__init__(*args, **kwargs)
        if not place_taken:
            del self.fields["one_more"]

    def clean(self):
        data = super().clean()
        answer, day = data.get("answer"), data.get("day")
        if answer == "later" and not day and "day" not in self.errors:
            self.add_error("day", _("Write the day on which to ask again."))
        elif answer in ("later", "longer") and day and day <= timezone.localdate():
            self.add_error("day", _("Choose a later day than today."))
        return data


class CoverForm(PlainForm):
    """Who keeps contact meanwhile: ``u3`` a colleague, ``v7`` a volunteer, empty nobody."""

    who = choose(_("Who keeps contact meanwhile?"), (), required=False)

    def __init__(self, *args, colleagues, volunteers, **kwargs):
        super().__init__(*args, **kwargs)
        self.volunteers = volunteers
        self.people = {f"u{one.pk}": one for one in colleagues} | {f"v{one.pk}": one for one in volunteers}
        self.fields["who"].choices = [
            ("", _("Nobody needs to")),
            *((f"u{one.pk}", one.get_full_name() or one.get_username()) for one in colleagues),
            *((f"v{one.pk}", f"{one.first_name} ({one})") for one in volunteers),
        ]

    def values(self):
        """Return what the service wants."""
        key = self.cleaned_data["who"]
        one = self.people.get(key)
        return {
            "by_user": one if key.startswith("u") else None,
            "by_volunteer": one if key.startswith("v") else None,
        }


class TalkForm(PlainForm):
    """The closing talk with one side."""

    held = choose(
        _("Have you talked?"),
        [("held", _("Yes, we have talked")), ("booked", _("Not yet: we have agreed on a day"))],
        initial="held",
    )
    on = DayField(label=_("Which day?"))
    note = NoteField(
        label=_("What was said?"),
        help_text=_(
            "What was good, what was hard, what do they take with them? No diagnoses and no CPR numbers."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate

    def clean(self):
        data = super().clean()
        on, today = data.get("on"), timezone.localdate()
        if on and data.get("held") == "held" and on > today:
            self.add_error("on", _("That day has not come yet. Choose “agreed on a day” instead."))
        elif on and data.get("held") == "booked" and on < today:
            self.add_error("on", _("That day is over. Choose today or a later day."))
        return data


class ThanksForm(PlainForm):
    """How somebody was thanked."""

    how = choose(_("How did you say thank you?"), [(one.value, one.label) for one in THANKS])
    words = NoteField(
        label=_("What did you say?"),
        max_length=1200,
        help_text=_("If you wish. It stands with the volunteer's other thank-yous, and on the card."),
    )

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        if side == Side.CITIZEN:
            del self.fields["words"]


class NextForm(PlainForm):
    """What comes next for one side."""

    choice = choose(_("What comes next?"), ())
    pause_until = DayField(
        label=_("If it is a pause: until when?"), required=False, help_text=_("Empty: until further notice.")
    )

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        choices = NEXT[Side(side)]
        self.fields["choice"].choices = [(one.value, one.label) for one in choices]
        if EndingStep.Choice.PAUSE not in choices:
            del self.fields["pause_until"]

    def clean_pause_until(self):
        day = self.cleaned_data["pause_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        return day


class PlanForm(PlainForm):
    """The follow-up plan of an initiative: for each line the days, and whom to ring."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = [line.kind for line in lines]
        for line in lines:
            self.fields[f"days_{line.kind}"] = forms.IntegerField(
                label=_("Days"), min_value=0, max_value=366, initial=line.days
            )
            for side in Side:
                self.fields[f"{side.value}_{line.kind}"] = forms.BooleanField(
                    label=side.label, initial=getattr(line, side.value), required=False
                )

    def rows(self):
        """Return the lines with their bound fields, for the template."""
        labels = dict(Kind.choices)
        return [
            {
                "label": labels[kind],
                "counts": COUNTS[kind],
                "days": self[f"days_{kind}"],
                "sides": [self[f"{side.value}_{kind}"] for side in Side],
            }
            for kind in self.kinds
        ]

    def lines(self):
        """Return what was chosen, as the service wants it."""
        data = self.cleaned_data
        return [
            planning.Line(kind, data[f"days_{kind}"], data[f"citizen_{kind}"], data[f"volunteer_{kind}"])
            for kind in self.kinds
        ]


# What the days of a line count from.
COUNTS = {
    Kind.DAY_AFTER.value: _("days after the first meeting"),
    Kind.WEEK.value: _("days after the start"),
    Kind.MONTH.value: _("days after the start"),
    Kind.QUARTER.value: _("days after the start"),
    Kind.TRIAL.value: _("days before the trial is over"),
    Kind.BEFORE_END.value: _("days before the agreed end"),
}
