"""Filters of the board's lists."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ...conf import peer_settings
from ...directory.models import Postcode
from ...people.models import Citizen
from ..models import Match
from ..models_match import State
from .timeline import SOON

# Calm steps of waiting: code, first day, last day, what to call it.
STEPS = (
    ("over180", 181, None, _("More than 180 days")),
    ("to180", 91, 180, _("91–180 days")),
    ("to90", 31, 90, _("31–90 days")),
    ("to30", 0, 30, _("Up to 30 days")),
)

_NOTHING_KNOWN = {
    "postcode": Q(postcode=""),
    "times": Q(times=""),
    "interests": Q(interest_bits=""),
    "hours": Q(hours_min__isnull=True, hours_max__isnull=True),
    "channels": Q(channels=0),
    "languages": Q(language_bits=0),
}


def step_of(days):
    """Return the code of the step that ``days`` of waiting belong to."""
    return next(code for code, first, __, __ in STEPS if days >= first)


class WaitingFilterSet(django_filters.FilterSet):
    """Narrow the list of those who wait."""

    waiting = django_filters.ChoiceFilter(
        label=_("Has waited"),
        empty_label=_("Any time"),
        choices=[(code, label) for code, __, __, label in STEPS],
        method="by_step",
    )
    town = django_filters.ChoiceFilter(label=_("Town"), empty_label=_("Anywhere"), method="by_town")
    pause = django_filters.ChoiceFilter(
        label=_("Pause"),
        empty_label=_("With and without"),
        choices=[("no", _("Not on a pause")), ("yes", _("On a pause"))],
        method="by_pause",
    )
    missing = django_filters.ChoiceFilter(
        label=pgettext_lazy("filter", "Missing"),
        empty_label=_("No matter"),
        choices=[
            ("any", _("Anything")),
            ("postcode", _("Postcode")),
            ("times", _("Times in the week")),
            ("interests", _("Interests")),
            ("hours", _("Hours a week")),
            ("channels", _("How to meet")),
            ("languages", _("Language")),
        ],
        method="by_missing",
    )

    class Meta:
        model = Citizen
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        numbers = set(self.queryset.exclude(postcode="").values_list("postcode", flat=True))
        places = Postcode.objects.filter(pk__in=numbers).order_by("place").values_list("place", flat=True)
        self.filters["town"].extra["choices"] = [(place, place) for place in dict.fromkeys(places)]

    def by_step(self, queryset, name, value):
        first, last = next((first, last) for code, first, last, __ in STEPS if code == value)
        today = timezone.localdate()
        queryset = queryset.filter(waiting_since__lte=today - timedelta(days=first)) if first else queryset
        return queryset.filter(waiting_since__gte=today - timedelta(days=last)) if last else queryset

    def by_town(self, queryset, name, value):
        numbers = list(Postcode.objects.filter(place=value).values_list("pk", flat=True))
        return queryset.filter(postcode__in=numbers)

    def by_pause(self, queryset, name, value):
        return queryset.filter(paused_today=value == "yes")

    def by_missing(self, queryset, name, value):
        condition = _NOTHING_KNOWN.get(value)
        if condition is None:
            condition = Q()
            for one in _NOTHING_KNOWN.values():
                condition |= one
        return queryset.filter(condition)


class MatchFilterSet(django_filters.FilterSet):
    """Narrow the list of matches."""

    OPEN, CLOSED = "open", "closed"
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        choices=[(OPEN, _("All that go on")), *State.choices],
        method="by_state",
    )
    overdue = django_filters.BooleanFilter(
        label=_("An answer is overdue"), widget=forms.CheckboxInput, method="by_overdue"
    )
    ends_soon = django_filters.BooleanFilter(
        label=_("Ends within 30 days"), widget=forms.CheckboxInput, method="by_ends_soon"
    )

    class Meta:
        model = Match
        fields = []

    def by_state(self, queryset, name, value):
        states = ["proposed", "accepted", "met", "active", "paused"] if value == self.OPEN else [value]
        return queryset.filter(state__in=states)

    def by_overdue(self, queryset, name, value):
        return queryset.filter(overdue_condition()) if value else queryset

    def by_ends_soon(self, queryset, name, value):
        last = timezone.localdate() + timedelta(days=SOON)
        return queryset.filter(state__in=["active", "paused"], planned_end__lte=last) if value else queryset


def overdue_condition(now=None):
    """Return the condition for a proposal to have waited for an answer longer than the reminder allows."""
    limit = (now or timezone.now()) - timedelta(days=peer_settings.PROPOSAL_REMINDER_DAYS)
    return Q(state=State.PROPOSED, proposed_at__lt=limit)


def chosen_in(filterset, request):
    """Return ``(words, address without it)`` for each filter in use."""
    chosen = []
    for name, value in (filterset.form.cleaned_data if filterset.form.is_valid() else {}).items():
        if not value:
            continue
        rest = request.GET.copy()
        rest.pop(name, None)
        field = filterset.form.fields[name]
        choice = dict(getattr(field, "choices", ())).get(value)
        words = (
            _("%(filter)s: %(choice)s") % {"filter": field.label, "choice": choice} if choice else field.label
        )
        chosen.append((words, f"?{rest.urlencode()}"))
    return chosen
