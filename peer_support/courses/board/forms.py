"""The forms of the steps with an enrolment. Each is one step; its words are those one would say on the telephone."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...matching.board.forms import DayField
from ...privacy.cpr import CarefulForm
from .. import words
from ..models import Enrolment, GroupCourse, IntroWorkshop, LeftWhy, SessionState, WaitingWhy, WantsNext
from ..models_course import INTAKE_STATES, LIVE_STATES

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")}
WRITE = {"required": _("Write a few words. Only coordinators read them.")}


def words_field(label, required=False, help_text=""):
    """Return a field for a few sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages=WRITE,
    )


# Æ, Ø and Å come last, in this order.
_DANISH_LAST = str.maketrans("æøå", "{|}")


def choose_by_name(field, label):
    """Let ``field`` list people by name, as one looks for them; names are encrypted, so no database can sort them."""

    def choices():
        people = [(person.pk, label(person)) for person in field.queryset]
        people.sort(key=lambda choice: choice[1].casefold().translate(_DANISH_LAST))
        return [("", field.empty_label), *people] if field.empty_label is not None else people

    field.choices = choices


class EnrolmentForm(CarefulForm):
    """A step of an enrolment. ``version`` is the enrolment as it was when the form was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, enrolment, **kwargs):
        self.enrolment = enrolment
        kwargs["initial"] = {
            "version": enrolment.version,
            **self.start_values(),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, label_suffix="", **kwargs)
        self.prepare()

    def start_values(self):
        """Return what stands in the fields before anything is typed."""
        return {}

    def prepare(self):
        """Fill the fields that depend on the enrolment."""

    def values(self):
        """Return what the service wants, by its argument names."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**given, "expected_version": self.cleaned_data.get("version")}


class PlainForm(EnrolmentForm):
    """A step that asks for nothing."""


class UnversionedForm(EnrolmentForm):
    """A step whose service reads the enrolment anew by itself."""

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class RegisterForm(UnversionedForm):
    pass


class InviteForm(EnrolmentForm):
    workshop = forms.ModelChoiceField(
        label=_("Which workshop?"),
        queryset=IntroWorkshop.objects.none(),
        empty_label=None,
        error_messages=CHOOSE,
    )

    def prepare(self):
        ahead = IntroWorkshop.objects.filter(
            initiative_id=self.enrolment.initiative_id,
            state=SessionState.PLANNED,
            date__gte=timezone.localdate(),
        ).order_by("date", "start_time")
        field = self.fields["workshop"]
        field.queryset = ahead
        field.label_from_instance = workshop_label


def workshop_label(workshop):
    """Return when and where a workshop is, for a list to choose from."""
    parts = [words.day(workshop.date), words.clock(workshop.start_time), workshop.place_words]
    return " · ".join(part for part in parts if part)


class WorkshopForm(EnrolmentForm):
    attended = forms.TypedChoiceField(
        label=_("Did they come?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        error_messages=CHOOSE,
    )
    on = DayField(label=_("Which day?"), required=False)

    def start_values(self):
        workshop = self.enrolment.workshop
        return {"on": workshop.date if workshop else timezone.localdate()}


class ExcuseForm(EnrolmentForm):
    reason = words_field(_("Why is it all right without the workshop?"), required=True)


class OfferForm(EnrolmentForm):
    answer_by = DayField(
        label=_("Answer by"), required=False, help_text=_("Empty: as long as the course gives.")
    )
    override_reason = words_field(
        _("Why this person first?"), help_text=_("Only where others stand before on the waiting list.")
    )


class AnswerForm(UnversionedForm):
    answer = forms.ChoiceField(
        label=_("What was the answer?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes, I would like the place")), ("no", _("No"))],
        error_messages=CHOOSE,
    )


class EnrolForm(UnversionedForm):
    exception_reason = words_field(
        _("Why without an intro workshop?"), help_text=_("Only where they have not been to one.")
    )
    override_reason = words_field(
        _("Why this person first?"), help_text=_("Only where others stand before on the waiting list.")
    )


class WaitForm(EnrolmentForm):
    reason = forms.ChoiceField(
        label=_("Why?"), widget=forms.RadioSelect, choices=WaitingWhy.choices, error_messages=CHOOSE
    )
    note = words_field(_("Anything to remember?"))

    def start_values(self):
        return {"reason": WaitingWhy.FULL}


class QueueForm(EnrolmentForm):
    before = forms.ModelChoiceField(
        label=_("Before whom?"),
        queryset=Enrolment.objects.none(),
        required=False,
        empty_label=_("Last on the list"),
        error_messages=CHOOSE,
    )
    reason = words_field(_("Why?"), required=True)

    def prepare(self):
        others = Enrolment.objects.filter(course=self.enrolment.course_id, state="waiting").exclude(
            pk=self.enrolment.pk
        )
        field = self.fields["before"]
        field.queryset = others.select_related("citizen", "volunteer").order_by("waiting_order")
        field.label_from_instance = lambda row: f"{row.person.display_name} ({row.person})"


class LeaveForm(EnrolmentForm):
    on = DayField(label=_("From when?"), required=False)
    why = forms.MultipleChoiceField(
        label=_("Why?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[choice for choice in LeftWhy.choices if choice[0] not in ("cancelled", "other_course")],
        help_text=_("As many as fit. None is fine too."),
        error_messages=CHOOSE,
    )
    wants_next = forms.ChoiceField(
        label=_("What would they like next?"),
        required=False,
        widget=forms.RadioSelect,
        choices=WantsNext.choices,
        error_messages=CHOOSE,
    )
    note = words_field(_("Anything to remember?"))

    def start_values(self):
        return {"on": timezone.localdate()}


class CompleteForm(EnrolmentForm):
    wants_next = forms.ChoiceField(
        label=_("What would they like next?"),
        required=False,
        widget=forms.RadioSelect,
        choices=WantsNext.choices,
        error_messages=CHOOSE,
    )


class MoveForm(EnrolmentForm):
    course = forms.ModelChoiceField(
        label=_("To which course?"),
        queryset=GroupCourse.objects.none(),
        empty_label=None,
        error_messages=CHOOSE,
    )
    note = words_field(_("Anything to remember?"))

    def prepare(self):
        here = self.enrolment.course
        others = GroupCourse.objects.filter(
            initiative_id=here.initiative_id, for_whom=here.for_whom, state__in=LIVE_STATES
        ).exclude(pk=here.pk)
        field = self.fields["course"]
        field.queryset = others.order_by("starts_on", "pk")
        field.label_from_instance = course_label


def course_label(course):
    """Return the title and first week of a course, for a list to choose from."""
    first = f" · {words.week(course.starts_on, timezone.localdate())}" if course.starts_on else ""
    state = "" if course.state in INTAKE_STATES else f" · {course.get_state_display()}"
    return f"{course.title} ({course}){first}{state}"
