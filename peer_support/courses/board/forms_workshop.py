"""The form of an intro workshop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...matching.board.forms import DayField
from ..models import GroupCourse
from ..models_course import LIVE_STATES
from .forms import CHOOSE, course_label, words_field
from .forms_course import PlaceForm, TimeField, number_field


class WorkshopForm(PlaceForm):
    """A day, a time and a place; the rest can wait."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    date = DayField(label=_("Which day?"))
    start_time = TimeField(label=_("Begins at"))
    minutes = number_field(_("Minutes"), least=10, most=1440, required=True)
    capacity = number_field(_("Places"), help_text=_("Empty: everybody can come."))
    courses = forms.ModelMultipleChoiceField(
        label=_("Which courses does it lead to?"),
        queryset=GroupCourse.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": CHOOSE["invalid_choice"],
            "invalid_pk_value": CHOOSE["invalid_choice"],
        },
    )
    is_public = forms.BooleanField(label=_("Shown on the website"), required=False)
    notes = words_field(_("Your own notes"), help_text=_("Only coordinators see them."))

    NAMES = (
        "title", "date", "start_time", "minutes", "capacity", "place", "place_text", "town", "coordinator",
        "is_public", "notes",
    )  # fmt: skip
    field_order = [
        "title", "date", "start_time", "minutes", "place", "place_text", "town", "coordinator", "capacity", "courses",
        "is_public", "notes",
    ]  # fmt: skip

    def __init__(self, *args, workshop=None, **kwargs):
        initial = {"minutes": 120, "is_public": True}
        if workshop is not None:
            initial = {name: getattr(workshop, name) for name in self.NAMES}
            initial["version"] = workshop.version
            initial["courses"] = list(workshop.courses.values_list("pk", flat=True))
        super().__init__(*args, initial=initial, **kwargs)
        wanted = GroupCourse.objects.filter(
            initiative=self.initiative, state__in=LIVE_STATES, wants_intro=True
        )
        if workshop is not None:
            wanted = wanted | GroupCourse.objects.filter(initiative=self.initiative, workshops=workshop)
        field = self.fields["courses"]
        field.queryset = wanted.distinct().order_by("starts_on", "pk")
        field.label_from_instance = course_label

    def values(self):
        """Return the values the service knows."""
        return {name: self.cleaned_data[name] for name in self.NAMES}
