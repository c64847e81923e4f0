"""The form for a meeting: three things to press, and nothing that must be typed."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..access.forms import DateInput
from ..privacy.cpr import strip_cpr
from .models_meeting import Feeling, Outcome

TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"
LENGTHS = ("30", "60", "90", "120")
LONGEST_NOTE = 1000
DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%y"]


class MeetingForm(forms.Form):
    """A meeting as it is told in twenty seconds. ``values()`` is what the service wants."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Did you meet?"),
        choices=[
            (Outcome.MET, gettext_lazy("We met")),
            (Outcome.MOVED, gettext_lazy("We moved it")),
            (Outcome.NOT_MET, gettext_lazy("We did not meet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    day = forms.ChoiceField(
        label=gettext_lazy("Which day?"),
        choices=[
            (TODAY, gettext_lazy("Today")),
            (YESTERDAY, gettext_lazy("Yesterday")),
            (OTHER, gettext_lazy("Another day")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    on = forms.DateField(
        label=gettext_lazy("The day"),
        required=False,
        widget=DateInput,
        input_formats=DATE_FORMATS,
        error_messages={
            "invalid": gettext_lazy("We do not understand the date. Write it as 24.12.2026."),
        },
    )
    minutes = forms.ChoiceField(
        label=gettext_lazy("How long?"),
        choices=[
            ("30", gettext_lazy("30 min")),
            ("60", gettext_lazy("1 hour")),
            ("90", gettext_lazy("1½ hours")),
            ("120", gettext_lazy("2 hours")),
            (OTHER, pgettext_lazy("how long they met", "Another time")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    minutes_other = forms.IntegerField(
        label=gettext_lazy("How many minutes?"),
        required=False,
        min_value=5,
        max_value=720,
        error_messages={
            "invalid": gettext_lazy("Write the minutes as a number, such as 45."),
            "min_value": gettext_lazy("Write the minutes as a number, such as 45."),
            "max_value": gettext_lazy("That is more than twelve hours. Write the minutes, such as 45."),
        },
    )
    feeling = forms.TypedChoiceField(
        label=gettext_lazy("How did it feel?"),
        choices=[
            (Feeling.GOOD, gettext_lazy("Good")),
            (Feeling.ALL_RIGHT, gettext_lazy("All right")),
            (Feeling.HEAVY, gettext_lazy("Heavy")),
        ],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    call_me = forms.BooleanField(label=gettext_lazy("Ring me. I would like to talk."), required=False)
    note = forms.CharField(
        label=gettext_lazy("Do you want to write a line?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Do not write illness, names or CPR numbers. The coordinator reads it."),
    )

    def __init__(self, data=None, *, meeting=None, **kwargs):
        self.cpr_removed = False
        super().__init__(data, initial=_start(meeting), label_suffix="", **kwargs)

    def clean_note(self):
        note, found = strip_cpr(self.cleaned_data["note"])
        self.cpr_removed = bool(found)
        return note

    def clean(self):
        cleaned = super().clean()
        if "on" not in self.errors:
            cleaned["on"] = self._day(cleaned)
        if (
            cleaned.get("minutes") == OTHER
            and not cleaned.get("minutes_other")
            and cleaned.get("outcome") == Outcome.MET
        ):
            if "minutes_other" not in self.errors:
                self.add_error("minutes_other", _("Write the minutes as a number, such as 45."))
        return cleaned

    def _day(self, cleaned):
        today = timezone.localdate()
        chosen = cleaned.get("day") or (OTHER if cleaned.get("on") else TODAY)
        if chosen == OTHER:
            if not cleaned.get("on"):
                self.add_error("on", ValidationError(_("Write the day as 24.12.2026.")))
            return cleaned.get("on")
        return today if chosen == TODAY else today - timedelta(days=1)

    def values(self):
        """Return what :func:`.services_meeting.log_meeting` wants, by its argument names."""
        given = self.cleaned_data
        chosen = given.get("minutes")
        minutes = given.get("minutes_other") if chosen == OTHER else int(chosen) if chosen else None
        return {
            "on": given["on"],
            "outcome": given["outcome"],
            "minutes": minutes if given["outcome"] == Outcome.MET else None,
            "feeling": given.get("feeling"),
            "call_me": given.get("call_me", False),
            "note": given.get("note", ""),
        }


def _start(meeting):
    """What stands in the form before anything is pressed: today, or the meeting that is to be corrected."""
    if meeting is None:
        return {"day": TODAY}
    days = {timezone.localdate(): TODAY, timezone.localdate() - timedelta(days=1): YESTERDAY}
    known = str(meeting.minutes) if meeting.minutes else ""
    return {
        "outcome": meeting.outcome,
        "day": days.get(meeting.on, OTHER),
        "on": meeting.on,
        "minutes": known if known in LENGTHS or not known else OTHER,
        "minutes_other": meeting.minutes if known and known not in LENGTHS else None,
        "feeling": meeting.feeling,
        "call_me": meeting.wants_call,
        "note": meeting.note,
    }
