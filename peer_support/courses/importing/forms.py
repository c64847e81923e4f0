"""The forms of the import's steps."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ...people.importing.forms import UploadForm
from ...people.models import PeopleUpload
from ...privacy.cpr import CarefulForm
from ..models import LIVE_STATES, GroupCourse


class CourseChoice(forms.ModelChoiceField):
    """The live courses of the open scope, by title and first day."""

    def __init__(self, **kwargs):
        super().__init__(
            GroupCourse.objects.none(),
            label=_("Course"),
            empty_label=_("Choose …"),
            error_messages={"required": _("Choose a course.")},
            **kwargs,
        )

    def label_from_instance(self, course):
        day = date_format(course.starts_on, "j. F Y") if course.starts_on else ""
        return ", ".join(filter(None, (f"{course.title} ({course.number})", day)))


class StartForm(CarefulForm):
    """What the file holds, for which course, and the file."""

    course = CourseChoice()
    kind = forms.ChoiceField(label=_("What is in the file?"), widget=forms.RadioSelect)
    file = UploadForm.base_fields["file"]

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        courses = GroupCourse.objects.filter(state__in=LIVE_STATES).order_by("-starts_on", "-number")
        self.fields["course"].queryset = courses
        self.fields["kind"].choices = [choice for choice in PeopleUpload.Kind.choices if choice[0] in kinds]

    @property
    def nowhere(self):
        """Whether there is no course to read anything into."""
        return not self.fields["course"].queryset.exists()


class ReasonForm(CarefulForm):
    """Why those without a day can do without an intro workshop."""

    exception_reason = forms.CharField(
        label=_("Why those without a date can do without the intro workshop"),
        max_length=500,
        required=False,
        widget=forms.TextInput,
        help_text=_("For example: they signed up before the list was kept here. Empty: each needs a date."),
    )
