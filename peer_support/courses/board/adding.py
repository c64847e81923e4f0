"""Choose somebody who is with us already for a course."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...people.models import Citizen, Volunteer
from ...people.standing import COURSE, usable
from ...privacy.cpr import CarefulForm
from ..models import Enrolment
from .forms import CHOOSE, choose_by_name, words_field


class AddForm(CarefulForm):
    """Whom, and how far: on the way in, or straight to a place."""

    INTEREST, PLACE = "interest", "place"
    person = forms.ModelChoiceField(
        label=gettext_lazy("Who?"),
        queryset=Citizen.objects.none(),
        empty_label=gettext_lazy("Choose somebody"),
        error_messages=CHOOSE,
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How far are they?"),
        widget=forms.RadioSelect,
        choices=[
            (INTEREST, gettext_lazy("Interested: they come on the board, and you go on from there")),
            (PLACE, gettext_lazy("They have said yes: give them a place, or a place on the waiting list")),
        ],
        initial=INTEREST,
        error_messages=CHOOSE,
    )
    reason = words_field(
        gettext_lazy("Why without an intro workshop?"),
        help_text=gettext_lazy("Only where they get a place at once and have not been to one."),
    )
    note = words_field(gettext_lazy("Anything to remember?"))

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        model = Volunteer if course.is_for_volunteers else Citizen
        kind = "volunteer" if course.is_for_volunteers else "citizen"
        taken = Enrolment.objects.filter(course=course).exclude(state__in=["left", "declined"])
        people = model.objects.filter(usable(COURSE), initiative_id=course.initiative_id).exclude(
            status="ended"
        )
        people = people.exclude(pk__in=taken.filter(**{f"{kind}__isnull": False}).values(f"{kind}_id"))
        field = self.fields["person"]
        field.queryset = people.order_by("number")
        choose_by_name(
            field, lambda person: _("%(name)s · %(number)s") % {"name": person.display_name, "number": person}
        )
        if not course.wants_intro:
            del self.fields["reason"]

    def clean(self):
        data = super().clean()
        data.setdefault("reason", "")
        return data
