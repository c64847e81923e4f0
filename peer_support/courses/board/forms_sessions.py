"""The forms of one session, and of those who lead a course."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...matching.board.forms import DayField
from ...people.models import MeetingPlace, Volunteer
from ...people.standing import COURSE, usable
from ...privacy.cpr import CarefulForm
from .. import queries, words
from ..models import CalledOff, Facilitator, GuidanceDate, Session, SessionState
from ..rules_leading import trained_ids
from .forms import CHOOSE, choose_by_name, words_field
from .forms_course import TimeField, number_field

TAIL = [
    ("yes", gettext_lazy("The later ones follow")),
    ("no", gettext_lazy("Only this one")),
]


class StepForm(CarefulForm):
    """A step with something; ``version`` is what it was when the form was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, version=None, **kwargs):
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, label_suffix="", **kwargs)


def tail_field(label):
    return forms.TypedChoiceField(
        label=label,
        widget=forms.RadioSelect,
        choices=TAIL,
        coerce=lambda value: value == "yes",
        error_messages=CHOOSE,
    )


class MoveSessionForm(StepForm):
    to_date = DayField(label=gettext_lazy("To which day?"))
    to_time = TimeField(label=gettext_lazy("At what time?"), required=False)
    tail = tail_field(gettext_lazy("And the sessions after it?"))

    def __init__(self, *args, session, **kwargs):
        initial = {"to_date": session.date, "to_time": session.start_time, "tail": "no"}
        super().__init__(*args, version=session.version, initial=initial, **kwargs)


class CancelSessionForm(StepForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"), widget=forms.RadioSelect, choices=CalledOff.choices, error_messages=CHOOSE
    )
    tail = forms.TypedChoiceField(
        label=gettext_lazy("What becomes of what it was about?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("We take it next time: the course ends one session later")),
            ("no", gettext_lazy("It is left out: the course is one session shorter")),
        ],
        coerce=lambda value: value == "yes",
        initial="yes",
        error_messages=CHOOSE,
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, version=session.version, **kwargs)


class RestoreSessionForm(StepForm):
    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, version=session.version, **kwargs)


class ChangeSessionForm(StepForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    aim = words_field(gettext_lazy("Aim"))
    checklist = words_field(gettext_lazy("Checklist"), help_text=gettext_lazy("One thing on each line."))
    start_time = TimeField(label=gettext_lazy("Begins at"))
    minutes = number_field(gettext_lazy("Minutes"), least=10, most=1440, required=True)
    place = forms.ModelChoiceField(
        label=gettext_lazy("Another place than usual"),
        queryset=MeetingPlace.objects.none(),
        required=False,
        empty_label=gettext_lazy("The usual place"),
        error_messages=CHOOSE,
    )
    place_text = forms.CharField(
        label=gettext_lazy("Another place, as readers see it"), max_length=200, required=False
    )

    def __init__(self, *args, session, **kwargs):
        initial = {
            **{
                name: getattr(session, name)
                for name in ("title", "aim", "start_time", "minutes", "place", "place_text")
            },
            "checklist": "\n".join(session.checklist),
        }
        super().__init__(*args, version=session.version, initial=initial, **kwargs)
        self.fields["place"].queryset = MeetingPlace.objects.filter(initiative_id=session.initiative_id)

    def values(self):
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        lines = data["checklist"].splitlines()
        return {**data, "checklist": [line.strip() for line in lines if line.strip()]}


class AddSessionForm(StepForm):
    date = DayField(label=gettext_lazy("Which day?"))
    start_time = TimeField(label=gettext_lazy("Begins at"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, version=course.version, initial={"start_time": course.start_time}, **kwargs)


# Those who lead


def named(volunteer):
    return _("%(name)s · %(number)s") % {"name": volunteer.display_name, "number": volunteer}


class LeaderForm(StepForm):
    volunteer = forms.ModelChoiceField(
        label=gettext_lazy("Who?"),
        queryset=Volunteer.objects.none(),
        empty_label=gettext_lazy("Choose a volunteer"),
        error_messages=CHOOSE,
    )
    trained_on = DayField(
        label=gettext_lazy("Trained on"),
        required=False,
        help_text=gettext_lazy(
            "Only where the training was held elsewhere. A training course here counts by itself."
        ),
    )

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, version=course.version, **kwargs)
        leads = queries.leading(course).values("volunteer_id")
        people = Volunteer.objects.filter(
            usable(COURSE), initiative_id=course.initiative_id, status=Volunteer.Status.APPROVED
        ).exclude(pk__in=leads)
        trained = trained_ids(course.initiative_id)
        field = self.fields["volunteer"]
        field.queryset = people.order_by("number")
        choose_by_name(
            field, lambda person: " – ".join([named(person), *_ready(person, trained, course.starts_on)])
        )


def _ready(person, trained, day):
    yield _("trained") if person.pk in trained else _("training not known")
    yield _("has a contract") if person.has_contract(day) else _("no contract")


class FacilitatorForm(StepForm):
    """Which of those who lead the course."""

    facilitator = forms.ModelChoiceField(
        label=gettext_lazy("Who?"),
        queryset=Facilitator.objects.none(),
        empty_label=None,
        error_messages=CHOOSE,
    )

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, version=course.version, **kwargs)
        field = self.fields["facilitator"]
        field.queryset = Facilitator.objects.filter(course=course).select_related("volunteer")
        field.label_from_instance = lambda row: named(row.volunteer)


class EndLeaderForm(FacilitatorForm):
    until = DayField(label=gettext_lazy("Until when?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until", timezone.localdate())


class TrainingForm(FacilitatorForm):
    trained_on = DayField(label=gettext_lazy("Trained on"))


class StandInForm(FacilitatorForm):
    session = forms.ModelChoiceField(
        label=gettext_lazy("Which session?"),
        queryset=Session.objects.none(),
        empty_label=None,
        error_messages=CHOOSE,
    )
    volunteer = forms.ModelChoiceField(
        label=gettext_lazy("Who stands in?"),
        queryset=Volunteer.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
        error_messages=CHOOSE,
    )
    field_order = ["facilitator", "session", "volunteer"]

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, course=course, **kwargs)
        ahead = queries.meeting(course).filter(state=SessionState.PLANNED, date__gte=timezone.localdate())
        self.fields["session"].queryset = ahead
        self.fields["session"].label_from_instance = lambda row: f"{row} · {words.day(row.date)}"
        trained = trained_ids(course.initiative_id)
        people = Volunteer.objects.filter(usable(COURSE), pk__in=trained, status=Volunteer.Status.APPROVED)
        self.fields["volunteer"].queryset = people.order_by("number")
        choose_by_name(self.fields["volunteer"], named)


class GuidanceForm(StepForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What?"), choices=GuidanceDate.Kind.choices, error_messages=CHOOSE
    )
    date = DayField(label=gettext_lazy("Which day?"))
    start_time = TimeField(label=gettext_lazy("Begins at"), required=False)
    given_by = forms.CharField(label=gettext_lazy("Who gives it?"), max_length=120, required=False)

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, version=course.version, **kwargs)
