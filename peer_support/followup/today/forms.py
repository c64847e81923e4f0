"""Forms of today's list: when a line comes back, and when a colleague is away."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from ...access.models import Assignment
from ...access.scopes import WORKS_WITH_PEOPLE
from ...privacy.cpr import CarefulForm

DAY = {"type": "date"}


def day_field(label, **more):
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        **more,
    )


class PutOffForm(CarefulForm):
    """Which line, and until which day."""

    initiative = forms.IntegerField()
    digest = forms.RegexField(r"^[0-9a-f]{40}$")
    until = day_field(_("Show it again on"))


class AwayForm(CarefulForm):
    """One colleague's days away, and who stands in. The rules stand on the model."""

    away_from = day_field(_("The first day away"), required=False)
    away_until = day_field(_("The last day away"), required=False)
    covered_by = forms.ModelChoiceField(
        queryset=None, required=False, label=_("Who stands in"), empty_label=_("Every deputy")
    )

    def __init__(self, *args, assignment, **kwargs):
        values = {name: getattr(assignment, name) for name in ("away_from", "away_until", "covered_by")}
        super().__init__(*args, initial=values, prefix=f"a{assignment.pk}", **kwargs)
        self.assignment = assignment
        field = self.fields["covered_by"]
        field.queryset = colleagues_of(assignment)
        field.label_from_instance = get_user_display_name


def colleagues_of(assignment):
    """Return the users who could stand in: those who have a task with the same initiative's people today."""
    rows = Assignment.objects.current().filter(
        initiative=assignment.initiative_id, role__in=WORKS_WITH_PEOPLE, user__is_active=True
    )
    users = get_user_model()._default_manager.filter(
        pk__in=rows.exclude(user=assignment.user_id).values("user")
    )
    return users.order_by(get_user_model().USERNAME_FIELD)
