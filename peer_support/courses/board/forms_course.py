"""The forms of a course itself: making one from a template, and changing it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ...directory.models import LocalCoordinator, Municipality
from ...matching.board.forms import DayField
from ...people.models import MeetingPlace
from ...privacy.cpr import CarefulForm
from .. import schedule
from ..models import CourseTemplate
from ..planning import Wanted, first_day_of
from .forms import CHOOSE, words_field

NUMBER_FAULTS = {
    "invalid": _("Write a whole number."),
    "min_value": _("Write a larger number."),
    "max_value": _("Write a smaller number."),
    "required": _("Write a number."),
}


class TimeField(forms.TimeField):
    """A time of day, as the browser sends it or as one writes it: 19.00, 19:00, 19."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {
        "invalid": _("We do not understand the time. Write it as 19.00."),
        "required": _("Write a time."),
    }

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%H"], **kwargs)


def number_field(label, least=1, most=1000, required=False, help_text=""):
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        help_text=help_text,
        error_messages=NUMBER_FAULTS,
    )


class PlaceForm(CarefulForm):
    """Where something is held."""

    place = forms.ModelChoiceField(
        label=_("Place"),
        queryset=MeetingPlace.objects.none(),
        required=False,
        empty_label=_("Not decided yet"),
        error_messages=CHOOSE,
    )
    place_text = forms.CharField(
        label=_("The place, as readers see it"),
        max_length=200,
        required=False,
        help_text=_("For example the address and which door. Empty: the name and address of the place."),
    )
    town = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.all(),
        required=False,
        empty_label=_("Not stated"),
        help_text=_("School holidays follow it."),
        error_messages=CHOOSE,
    )
    coordinator = forms.ModelChoiceField(
        label=_("Whom readers can ring"),
        queryset=LocalCoordinator.objects.all(),
        required=False,
        empty_label=_("The first on the list of local coordinators"),
        error_messages=CHOOSE,
    )

    def __init__(self, *args, initiative, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.initiative = initiative
        self.fields["place"].queryset = MeetingPlace.objects.filter(initiative=initiative)


class NewCourseForm(PlaceForm):
    """A template and a first day are enough; the rest can wait."""

    BY_DATE, BY_WEEK = "date", "week"
    template = forms.ModelChoiceField(
        label=_("From which template?"),
        queryset=CourseTemplate.objects.none(),
        empty_label=None,
        error_messages=CHOOSE,
    )
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Empty: the title of the template.")
    )
    when = forms.ChoiceField(
        label=_("When does it begin?"),
        widget=forms.RadioSelect,
        choices=[(BY_DATE, _("On a date")), (BY_WEEK, _("In a week"))],
        initial=BY_DATE,
        error_messages=CHOOSE,
    )
    first_day = DayField(label=_("First session"), required=False)
    week = number_field(_("Week"), most=53)
    year = number_field(_("Year"), least=2000, most=2100)
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", "–"), *((number, capfirst(name)) for number, name in WEEKDAYS.items())],
        error_messages=CHOOSE,
    )
    start_time = TimeField(label=_("Begins at"))
    session_count = number_field(
        _("Number of sessions"), most=520, help_text=_("Empty: as many as the template says.")
    )
    kept = forms.CharField(widget=forms.MultipleHiddenInput, required=False)

    field_order = [
        "template",
        "title",
        "when",
        "first_day",
        "week",
        "year",
        "weekday",
        "start_time",
        "session_count",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = CourseTemplate.objects.filter(in_use=True).prefetch_related(
            "plans"
        )
        if not self.is_bound:
            year, week = schedule.week_of(timezone.localdate())
            self.initial.setdefault("year", year)

    def clean(self):
        data = super().clean()
        if data.get("when") == self.BY_WEEK:
            self._week(data)
        elif not data.get("first_day") and "first_day" not in self.errors:
            self.add_error("first_day", _("Write a date, or choose a week."))
        return data

    def _week(self, data):
        missing = [
            name for name in ("week", "year", "weekday") if data.get(name) is None and name not in self.errors
        ]
        for name in missing:
            self.add_error(name, _("This is needed to find the week."))
        if missing or {"week", "year", "weekday"} & set(self.errors):
            return
        try:
            data["first_day"] = first_day_of(data["year"], data["week"], data["weekday"])
        except ValidationError as error:
            self.add_error("week", error)

    def kept_days(self):
        """Return the days that are held although they are a holiday."""
        days = set()
        for given in self.data.getlist("kept"):
            try:
                days.add(forms.DateField().clean(given))
            except ValidationError:
                continue
        return frozenset(days)

    def wanted(self):
        """Return the :class:`~peer_support.courses.planning.Wanted` of a valid form."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("place", "place_text", "town", "coordinator") if data[name]}
        if data["title"]:
            values["title"] = data["title"]
        return Wanted(
            template=data["template"],
            first_day=data["first_day"],
            start_time=data["start_time"],
            values=values,
            session_count=data["session_count"],
            kept=self.kept_days(),
        )


class ChangeCourseForm(PlaceForm):
    """What a course is and how large. Its days are changed under Sessions."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=120)
    about = words_field(_("What it is"), help_text=_("Readers see it on the website."))
    what_happens = words_field(_("What happens when we meet"), help_text=_("Readers see it on the website."))
    group_rules = words_field(
        _("Rules of the group"), help_text=_("One on each line. Readers see them on the website.")
    )
    start_time = TimeField(label=_("Begins at"))
    minutes = number_field(_("Minutes each time"), least=10, most=1440, required=True)
    capacity = number_field(_("Places"), help_text=_("Empty: everybody can come."))
    minimum = number_field(_("Fewest to start with"), least=0, required=True)
    intake_sessions = number_field(
        _("Open to new people through session number"),
        most=520,
        help_text=_("Empty: people can join all the way."),
    )
    facilitators_needed = number_field(_("Volunteers who lead it"), least=0, most=20, required=True)
    answer_days = number_field(_("Days to answer an offer of a place"), most=60, required=True)
    wants_intro = forms.BooleanField(label=_("Begins with an intro workshop"), required=False)
    go_no_go_on = DayField(label=_("Decide whether it starts"), required=False)
    is_public = forms.BooleanField(label=_("Shown on the website"), required=False)
    notes = words_field(_("Your own notes"), help_text=_("Only coordinators see them."))

    # Values a service knows by these names.
    NAMES = (
        "title", "about", "what_happens", "group_rules", "start_time", "minutes", "capacity", "minimum",
        "intake_sessions", "facilitators_needed", "answer_days", "wants_intro", "go_no_go_on", "is_public", "notes",
        "place", "place_text", "town", "coordinator",
    )  # fmt: skip
    field_order = [
        "title", "about", "what_happens", "group_rules", "start_time", "minutes", "place", "place_text", "town",
        "coordinator", "capacity", "minimum", "intake_sessions", "wants_intro", "answer_days", "facilitators_needed",
        "go_no_go_on", "is_public", "notes",
    ]  # fmt: skip

    def __init__(self, *args, course, **kwargs):
        initial = {name: getattr(course, name) for name in self.NAMES}
        initial["version"] = course.version
        super().__init__(*args, initiative=course.initiative, initial=initial, **kwargs)

    def values(self):
        """Return what changed as the service wants it."""
        return {name: self.cleaned_data[name] for name in self.NAMES}
