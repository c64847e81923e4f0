"""The choice of a group and of a time, from what one may see."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...access.scopes import current_initiative_ids
from ...courses.models import GroupCourse
from ...directory.models import Initiative
from .collecting import FIRST_DAY, Group

KINDS = (
    ("", gettext_lazy("everybody")),
    ("match", gettext_lazy("all matches")),
    ("course", gettext_lazy("all group courses")),
)
ALL, THIS_YEAR, LAST_YEAR = "all", "this", "last"


def groups_in_scope():
    """Return ``{key: Group}`` of the initiatives and courses in the open scope; two queries."""
    courses = GroupCourse.objects.select_related("initiative").order_by("-starts_on", "pk")
    found = {}
    for initiative in Initiative.objects.filter(pk__in=current_initiative_ids()).order_by("title", "pk"):
        for kind, name in KINDS:
            key = f"{initiative.pk}-{kind or 'all'}"
            found[key] = Group(key, f"{initiative}: {name}", initiative.pk, kind)
    for course in courses:
        key = f"course-{course.pk}"
        found[key] = Group(
            key, " · ".join(filter(None, (str(course), course.title))), course.initiative_id, "course", course
        )
    return found


class GroupForm(forms.Form):
    """Which group, and (for an initiative) which year."""

    group = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    period = forms.ChoiceField(
        label=gettext_lazy("When they answered last"),
        required=False,
        choices=[
            (ALL, gettext_lazy("All years")),
            (THIS_YEAR, gettext_lazy("This year")),
            (LAST_YEAR, gettext_lazy("Last year")),
        ],
    )

    def __init__(self, asked):
        self.groups = groups_in_scope()
        # Whoever comes by the menu sees something at once: the first there is.
        super().__init__(asked or {"group": next(iter(self.groups), ""), "period": ALL})
        self.fields["group"].choices = [("", _("Choose")), *((key, g.name) for key, g in self.groups.items())]

    def chosen(self):
        """Return the :class:`Group` that was chosen, or ``None``."""
        return self.groups.get(self.data.get("group", ""))

    def _year(self):
        year = timezone.localdate().year
        return {THIS_YEAR: year, LAST_YEAR: year - 1}.get(self.data.get("period", ALL))

    def days(self):
        """Return the first and the last day that count."""
        year = self._year()
        return (date(year, 1, 1), date(year, 12, 31)) if year else (FIRST_DAY, date.max)

    def period_text(self):
        """Return the time in words."""
        year = self._year()
        return str(year) if year else _("all years")
