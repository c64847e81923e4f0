"""What lists of courses and enrolments can be narrowed by."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ...access.scopes import current_initiative_ids
from ...directory.models import Initiative
from ..models import CourseState, Enrolment, EnrolmentState, GroupCourse, Kind, WayIn


def _initiatives(request):
    return Initiative.objects.filter(pk__in=current_initiative_ids())


def _courses(request):
    return GroupCourse.objects.order_by("-starts_on", "-number")


def _choice(label, choices, **kwargs):
    return filters.ChoiceFilter(
        label=label, choices=choices, widget=forms.RadioSelect, empty_label=_("All"), **kwargs
    )


class LiveCourseFilterSet(filters.FilterSet):
    """Narrow the overview."""

    kind = filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All"))
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[choice for choice in CourseState.choices if choice[0] in ("planned", "open", "running")],
        empty_label=_("All"),
    )

    class Meta:
        model = GroupCourse
        fields = []


class CourseFilterSet(WagtailFilterSet):
    """Narrow the list and the export of all courses."""

    initiative = filters.ModelChoiceFilter(label=_("Initiative"), queryset=_initiatives, empty_label=_("All"))
    state = _choice(_("State"), CourseState.choices)
    kind = _choice(_("Kind"), Kind.choices)
    starts_on = filters.DateFromToRangeFilter(label=_("First session"))

    class Meta:
        model = GroupCourse
        fields = []


class EnrolmentFilterSet(WagtailFilterSet):
    """Narrow the list and the export of enrolments."""

    course = filters.ModelChoiceFilter(label=_("Course"), queryset=_courses, empty_label=_("All"))
    state = _choice(_("State"), EnrolmentState.choices)
    way_in = _choice(_("Way in"), WayIn.choices)

    class Meta:
        model = Enrolment
        fields = []
